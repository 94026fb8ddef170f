"""Starting the window: log-in painted first, the rest imported while the password is typed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QWidget

from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui import theme
from desktop_app.gui.founding_page import Founding, FoundingPage
from desktop_app.gui.login_page import LoginPage
from desktop_app.gui.window_settings import WindowSettings

if TYPE_CHECKING:
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.services.session import Session

LAST_USER = "window/last-user"
_OFFICE_FILE = "office.db"


def start(folder: Path, today: date | None) -> int:
    """Open the window on a data folder and run until it is closed; 3 where another window holds the folder."""
    application = _application()
    lock = _hold(folder)
    if lock is None:
        QMessageBox.information(
            None, "留言办", f"这个数据文件夹已经有一个窗口打开着：\n{folder}\n请切换到那个窗口。"
        )
        return 3
    program = Program(application, folder, today)
    program.show_entrance()
    try:
        return application.exec()
    finally:
        program.close()
        lock.release()


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication([sys.argv[0]])
    application.setApplicationName("liuyan")
    application.setApplicationDisplayName("留言办")
    return application


def _hold(folder: Path) -> Any:
    """A lock of the kernel's, gone with the process however it ends; None where another window has it."""
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "window.lock", timeout=0)
        lock.acquire()
    except Timeout:
        return None
    return lock


class _Answers(QObject):
    """Brings what a worker found out into the window's thread."""

    came = Signal(object)


class Program(QObject):
    """The windows from log-in to close: entrance, main window, lock."""

    opened = Signal(object)

    def __init__(self, application: QApplication, folder: Path, today: date | None) -> None:
        super().__init__()
        self._application, self._folder, self._today = application, folder, today
        self._settings = WindowSettings(folder)
        self._worker = ThreadPoolExecutor(1, "entrance")
        self._answers = _Answers()
        self._answers.came.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)
        self._entrance: QMainWindow | None = None
        self.window: MainWindow | None = None
        self.apply_theme()

    def apply_theme(self) -> None:
        size = theme.TextSize(self._settings.get(theme.TEXT_SIZE, theme.TextSize.STANDARD.value))
        contrast = self._settings.get(theme.HIGH_CONTRAST, False)
        theme.apply(self._application, size, contrast)

    # ------------------------------------------------------------ entrance

    def show_entrance(self) -> QWidget:
        """Log-in, or, where the folder holds no office, the card that founds one."""
        entrance = QMainWindow()
        entrance.setWindowTitle("留言办")
        entrance.resize(1100, 700)
        page = self._login_page() if (self._folder / _OFFICE_FILE).exists() else self._founding_page()
        entrance.setCentralWidget(page)
        self._entrance = entrance
        entrance.show()
        page.focus_first()
        # Painted first; what is heavy is imported while the password is typed.
        QTimer.singleShot(0, lambda: self._worker.submit(_import_ahead))
        return entrance

    def _login_page(self) -> LoginPage:
        page = LoginPage(self._folder, [], self._settings.get(LAST_USER, ""), self._enter)
        self._page: Any = page
        return page

    def _founding_page(self) -> FoundingPage:
        from desktop_app.services import regulations

        titles = [(one.id, one.short_title) for one in regulations.load_all()]
        page = FoundingPage(self._folder, titles, self._found)
        self._page = page
        return page

    def _enter(self, user: str, password: str) -> None:
        self._page.set_busy(True)

        def work() -> Session:
            from desktop_app.services import office

            return office.enter(self._folder, user, password, self._today)

        self._ask(work, self._open)

    def _found(self, founding: Founding) -> None:
        self._page.set_busy(True)

        def work() -> Session:
            from desktop_app.services import office

            office.found(
                self._folder, founding.office, founding.regulation, founding.admin, founding.password
            )
            return office.enter(self._folder, founding.admin, founding.password, self._today)

        self._ask(work, self._open)

    def _ask(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        def run() -> None:
            try:
                result = work()
            except Exception as error:
                failure = error
                self._answers.came.emit(lambda: self._refused(failure))
            else:
                self._answers.came.emit(lambda: then(result))

        self._worker.submit(run)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, StorageProblem):
            self._page.refused(error.message + (error.remedy or ""))
        elif isinstance(error, LiuyanError):
            self._page.refused(error.message + (getattr(error, "remedy", None) or ""))
        else:
            from desktop_app.log import report_bug

            saved = report_bug(error, self._folder)
            self._page.refused(f"程序出错，数据没有改动。错误报告存于 {saved}")

    def _open(self, session: Session) -> None:
        from desktop_app.gui.main_window import MainWindow
        from desktop_app.gui.operations import Operations

        self._settings.put(LAST_USER, session.user.name)
        self._session = session
        settings = WindowSettings(self._folder, session.user.name)
        window = MainWindow(session, Operations(session, self), settings)
        window.locked.connect(self._lock)
        self._application.installEventFilter(window)
        geometry = QByteArray.fromHex(settings.get("window/geometry", "").encode())
        if geometry.isEmpty() or not window.restoreGeometry(geometry):
            window.resize(1366, 740)
        self.window = window
        window.show()
        window.workspace.page("register").focus_first()
        if self._entrance is not None:
            self._entrance.close()
            self._entrance = None
        self.opened.emit(window)

    # ------------------------------------------------------------ lock

    def _lock(self) -> None:
        if self.window is None or self._page is None or self._is_locked():
            return
        page = LoginPage(self._folder, [], self._session.user.name, self._unlock)
        page.user.setReadOnly(True)
        self._page = page
        self.window.cover(page)
        page.focus_first()

    def _is_locked(self) -> bool:
        return self.window is not None and not self.window.menuBar().isEnabled()

    def _unlock(self, user: str, password: str) -> None:
        self._page.set_busy(True)

        def work() -> None:
            from desktop_app.services import office

            office.prove_password(self._folder, self._session.user.name, password)

        def uncover(_: None) -> None:
            if self.window is not None:
                self.window.uncover(self._page)

        self._ask(work, uncover)

    def close(self) -> None:
        self._worker.shutdown(wait=True, cancel_futures=True)


def _import_ahead() -> None:
    """Everything the first page after log-in needs."""
    import importlib

    for name in (
        "desktop_app.storage.database",
        "desktop_app.services.queries",
        "desktop_app.gui.main_window",
    ):
        importlib.import_module(name)
