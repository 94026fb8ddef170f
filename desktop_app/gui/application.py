"""Starting the window: log-in painted first, the rest imported while the password is typed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QEventLoop, QLibraryInfo, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMessageBox
from shiboken6 import isValid

from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.entrance_cards import NewPasswordPage, RecoveryPage
from desktop_app.gui.garbage import Garbage
from desktop_app.gui.login_page import EntryCard, LoginPage
from desktop_app.gui.messages import Message
from desktop_app.gui.one_window import OneWindow, ask_to_show, hold
from desktop_app.gui.theme import apply_theme
from desktop_app.gui.while_closed import WhileClosed, restoring
from desktop_app.gui.window_settings import HIGH_CONTRAST, LAST_USER, TEXT_SIZE, WindowSettings
from desktop_app.services import office_place

if TYPE_CHECKING:
    from desktop_app.gui.founding_page import Founding
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.services.office_place import ServerFields
    from desktop_app.services.restoration import Restored
    from desktop_app.services.session import Session

HELD_BY_ANOTHER = 3
_DAMAGED = frozenset(("damaged", "wrong_key", "no_office"))
"""Codes of data that can't be opened, whatever the password."""
_TRY_OUT_MS = 30_000
_AFTER_FOUNDING = (
    "单位已建立。请到“设置 → 安全”制作两人恢复码，由两个人分别保管：密码都忘了的时候，只有它能打开数据。"
)


def start(folder: Path, today: date | None) -> int:
    """Open the window on a data folder and run until it is closed; 3 where another window holds the folder."""
    application = make_application()
    held = _hold(folder)
    if held is None:
        return HELD_BY_ANOTHER
    program = Program(application, folder, today, backs_up=True)
    program.show_entrance()
    held.when_asked(program.come_forward)
    try:
        return application.exec()
    finally:
        program.close()
        held.release()


def try_out(folder: Path, user: str, password: str) -> str:
    """Log in as a person would, and say how many cases the window lists; for the self-test. TimeoutError."""
    application = make_application()
    program = Program(application, folder, None)
    card = program.show_entrance()
    if not isinstance(card, LoginPage):
        raise RuntimeError("没有出现登录页")
    counted: list[str] = []
    loop = QEventLoop()
    program.opened.connect(lambda window: window.register_listed.connect(counted.append))
    program.opened.connect(lambda window: window.register_listed.connect(lambda _: loop.quit()))
    program.opened.connect(lambda window: window.workspace.open("register"))
    QTimer.singleShot(_TRY_OUT_MS, loop, loop.quit)
    card.user.setText(user)
    card.password.setText(password)
    card.submitted.emit()
    loop.exec()
    if program.window is not None:
        program.window.close()
    program.close()
    if not counted:
        raise TimeoutError("窗口没有列出留言")
    return counted[0]


def make_application() -> QApplication:
    """The one QApplication of the process, with Qt's own words in Chinese."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication([sys.argv[0]])
    application.setApplicationName("liuyan")
    application.setApplicationDisplayName("留言办")
    application.installTranslator(chinese_words(application))
    Garbage(application)
    return application


def chinese_words(parent: QObject) -> QTranslator:
    """What Qt's own dialogs say, in Chinese."""
    translator = QTranslator(parent)
    translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return translator


def _hold(folder: Path) -> OneWindow | None:
    """The folder for this window alone; None, and said so, where it can't be had."""
    from desktop_app.services.office import settle_restore

    try:
        held = hold(folder)
        if held is None:
            QMessageBox.information(None, "留言办", ask_to_show(folder))
            return None
        settle_restore(folder)
    except StorageProblem as problem:
        QMessageBox.critical(None, "留言办", f"{problem.message}{problem.remedy or ''}")
        return None
    except OSError as error:
        QMessageBox.critical(
            None, "留言办", f"数据文件夹不能写入：\n{folder}\n{error.strerror}。请检查权限，或另指定文件夹。"
        )
        return None
    return held


class Program(QObject):
    """The windows from log-in to close: entrance, main window, lock."""

    opened = Signal(object)
    """MainWindow, once somebody has logged in."""
    _came = Signal(object)

    def __init__(
        self, application: QApplication, folder: Path, today: date | None, backs_up: bool = False
    ) -> None:
        super().__init__()
        self._application, self._folder, self._today = application, folder, today
        self._backs_up = backs_up
        self._settings = WindowSettings(folder)
        self._worker = ThreadPoolExecutor(1, "liuyan-entrance")
        self._came.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)
        self._entrance: QMainWindow | None = None
        self._card: Any = None
        self._waiting: Session | None = None
        """Open, while another password is being chosen."""
        self._tells_seats = False
        """The office has just come to a server: whoever may see it is shown how other seats reach it."""
        self.window: MainWindow | None = None
        self._hook = sys.excepthook
        sys.excepthook = self._tell_bug
        apply_theme(
            application, self._settings.get(TEXT_SIZE, "标准"), self._settings.get(HIGH_CONTRAST, False)
        )

    # ------------------------------------------------------------ entrance

    def show_entrance(self) -> EntryCard:
        """Log-in, or, where the folder holds no office, the card that founds one."""
        entrance = QMainWindow()
        entrance.setWindowTitle("留言办")
        entrance.resize(1100, 700)
        card = self._first_card()
        self._card = card
        entrance.setCentralWidget(card)
        self._entrance = entrance
        card.installEventFilter(self)
        entrance.show()
        card.focus_first()
        return card

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only after the first paint is anything heavy imported."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, lambda: self._worker.submit(import_ahead))
        return False

    def come_forward(self) -> None:
        """To the front of the screen, as it stands: somebody started the program again."""
        window = self.window or self._entrance
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()

    def _first_card(self) -> EntryCard:
        return self._login() if office_place.holds_office(self._folder) else self._founding()

    def _login(self) -> LoginPage:
        card = LoginPage(self._folder, self._settings.get(LAST_USER, ""), self._enter)
        card.restore_wanted.connect(self._restore_at_entrance)
        card.recovery_wanted.connect(self._show_recovery)
        card.server_wanted.connect(self._show_server)
        return card

    def _founding(self) -> EntryCard:
        from desktop_app.gui.founding_page import FoundingPage
        from desktop_app.services import regulations

        page = FoundingPage(self._folder, self._found)
        page.restore_wanted.connect(self._restore_instead)
        page.server_wanted.connect(self._show_server)

        def offer(found: list[tuple[str, str]]) -> None:
            if isValid(page):  # another card may have taken its place meanwhile
                page.offer_regulations(found)

        self._ask(lambda: [(one.id, one.short_title) for one in regulations.load_all()], offer)
        return page

    def _enter(self, user: str, password: str) -> None:
        def work() -> Session:
            from desktop_app.services import office

            return office.enter(self._folder, user, password, self._today, via="window")

        self._card.set_busy(True)
        self._ask(work, self._came_in)

    def _came_in(self, session: Session) -> None:
        """The password was right; it may be one to be changed before anything is opened."""

        def look() -> tuple[str, int]:
            from desktop_app.services import access_rules, accounts

            return accounts.password_is_due(session), access_rules.rules(session).shortest

        def then(found: tuple[str, int]) -> None:
            why, shortest = found
            if why:
                self._show_card(
                    NewPasswordPage(session.user.name, why, shortest, partial(self._choose_password, session))
                )
            else:
                self._open(session)

        self._waiting = session
        self._ask(look, then)

    def _choose_password(self, session: Session, password: str) -> None:
        def work() -> Session:
            from desktop_app.services import accounts

            accounts.change_password(session, session.user.name, password)
            return session

        self._card.set_busy(True)
        self._ask(work, self._open)

    def _show_recovery(self) -> None:
        """Instead of the log-in: both codes, and a new password."""
        card = RecoveryPage(self._settings.get(LAST_USER, ""), self._recover)
        card.left.connect(lambda: self._show_card(self._login()))
        self._show_card(card)

    def _recover(self, codes: tuple[str, str], user: str, password: str) -> None:
        def work() -> str:
            from desktop_app.services import two_persons

            two_persons.recover_access(self._folder, codes, user, password, self._today)
            return f"“{user}”的密码已改，请用新密码登录，再到“设置 → 安全”重新制作两人恢复码。"

        self._card.set_busy(True)
        self._ask(work, self._ask_again)

    def _show_server(self) -> None:
        """Instead of the log-in or of founding: where the server is."""
        from desktop_app.gui.server_page import ServerPage

        read = partial(office_place.fields_in, folder=self._folder)
        page = ServerPage(office_place.known_server(self._folder), self._connect, read)
        page.left.connect(lambda: self._show_card(self._first_card()))
        self._show_card(page)

    def _connect(self, given: ServerFields) -> None:
        def then(there: bool) -> None:
            self._show_card(self._login() if there else self._founding())
            self._card.tell("已连上服务器。" if there else "已连上服务器，那里还没有单位的数据。")

        self._card.set_busy(True)
        self._ask(lambda: office_place.connect(self._folder, given), then)

    def _found(self, founding: Founding) -> None:
        def work() -> Session:
            from desktop_app.services import office
            from desktop_app.services.session import OfficeClock

            office.found(
                self._folder,
                founding.office,
                founding.regulation,
                founding.admin,
                founding.password,
                OfficeClock(self._today),
            )
            return office.enter(self._folder, founding.admin, founding.password, self._today, via="window")

        def then(session: Session) -> None:
            self._tells_seats = office_place.is_on_server(self._folder)
            self._open(session)
            if self.window is not None:
                self.window.workspace.strip.show_message(Message(_AFTER_FOUNDING))

        self._card.set_busy(True)
        self._ask(work, then)

    def _ask(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Do `work` off the window's thread; what goes wrong stands in the card."""

        def run() -> None:
            try:
                result = work()
            except Exception as error:
                failure = error
                self._came.emit(lambda: self._refused(failure))
            else:
                self._came.emit(lambda: then(result))

        self._worker.submit(run)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, LiuyanError):
            self._card.refused(error.message + (getattr(error, "remedy", None) or ""))
            if getattr(error, "code", "") in _DAMAGED and isinstance(self._card, LoginPage):
                self._card.offer_restore()
            return
        from desktop_app.log import report_bug

        self._card.refused(f"程序出错，数据没有改动。错误报告存于 {report_bug(error, self._folder)}")

    def _open(self, session: Session) -> None:
        from desktop_app import log
        from desktop_app.gui.main_window import MainWindow
        from desktop_app.gui.operations import Operations

        log.set_up(self._folder)
        if log.keeps_times():
            from desktop_app.gui.turns import TurnWatch

            TurnWatch(self)
        self._settings.put(LAST_USER, session.user.name)
        settings = WindowSettings(self._folder, session.user.name)
        window = MainWindow(Operations(session), settings, self._backs_up)
        window.lock_wanted.connect(self._lock)
        window.theme_wanted.connect(self._change_theme)
        window.restore_wanted.connect(self._restore)
        self._application.installEventFilter(window)
        self.window = window
        self._waiting = None
        window.show_as_left()
        if self._entrance is not None:
            self._entrance.close()
            self._entrance.deleteLater()
            self._entrance = None
        if self._tells_seats and session.may(Right.RESTORE):
            self._tells_seats = False
            window.workspace.open_settings("数据所在")
        self.opened.emit(window)

    def _change_theme(self, size: str, high_contrast: bool) -> None:
        """At once, and from the next start on: the log-in looks the same for all who sit here."""
        self._settings.put(TEXT_SIZE, size)
        self._settings.put(HIGH_CONTRAST, high_contrast)
        apply_theme(self._application, size, high_contrast)

    # ------------------------------------------------------------ lock

    def _lock(self) -> None:
        window = self.window
        if window is None or window.is_covered:
            return
        card = LoginPage(self._folder, window.user, self._unlock, locked=True)
        self._card = card
        window.cover(card)
        card.focus_first()

    def _unlock(self, user: str, password: str) -> None:
        def work() -> None:
            from desktop_app.services import office

            office.prove_password(self._folder, user, password)

        def uncover(_: None) -> None:
            if self.window is not None:
                self.window.uncover()

        self._card.set_busy(True)
        self._ask(work, uncover)

    # ------------------------------------------------------------ restore

    def _restore(self, work: WhileClosed) -> None:
        """Close the window, do what can only be done while nothing is open, and ask for the password again."""
        window = self.window
        if window is None:
            return
        card = EntryCard(work.title, "请不要关机；中途断电也不会丢失，下次打开时接着做完。", "登录")
        card.set_busy(True)
        self._show_card(card)
        was_here = not office_place.is_on_server(self._folder)

        def then(words: str) -> None:
            self._tells_seats = was_here and office_place.is_on_server(self._folder)
            self._ask_again(words)

        window.gone.connect(lambda: self._ask(work.act, then))
        window.gone.connect(window.deleteLater)
        self.window = None
        self._application.removeEventFilter(window)
        window.leave_as_it_is()

    def _restore_instead(self) -> None:
        """On a new machine: user and password of the backup instead of a new office."""
        card = self._login()
        self._show_card(card)
        card.tell("填用户名和备份那天的密码，再点“从备份恢复…”。")
        card.offer_restore()

    def _restore_at_entrance(self, user: str, password: str) -> None:
        """A chosen backup in the place of data that can't be opened."""
        name, _ = QFileDialog.getOpenFileName(
            self._entrance, "恢复哪个备份", str(self._folder / "backups"), "备份 (*.backup);;所有文件 (*)"
        )
        if not name:
            return
        self._card.set_busy(True)

        def restore() -> Restored:
            from desktop_app.services import restoration

            opener = restoration.with_password(user, password)
            return restoration.restore(self._folder, Path(name), user, opener, self._today, True)

        self._ask(restoring(restore).act, self._ask_again)

    def _ask_again(self, words: str) -> None:
        card = self._login()
        self._show_card(card)
        card.tell(words)

    def _show_card(self, card: EntryCard) -> None:
        """A window with `card` in it, in the place of the one there is."""
        if self._entrance is None:
            self._entrance = QMainWindow()
            self._entrance.setWindowTitle("留言办")
            self._entrance.resize(1100, 700)
        self._card = card
        self._entrance.setCentralWidget(card)
        self._entrance.show()
        card.focus_first()

    # ------------------------------------------------------------ end

    def _tell_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A fault of the program in a slot: reported, and the window goes on."""
        if self.window is None or not isinstance(error, Exception):
            self._hook(kind, error, trace)
            return
        self.window.show_problem(error)

    def close(self) -> None:
        """Wait for the entrance's thread; the window has closed already."""
        sys.excepthook = self._hook
        self._worker.shutdown(wait=True, cancel_futures=True)
        if self._waiting is not None:
            self._waiting.close()


def import_ahead() -> None:
    """Everything the first page after log-in needs."""
    import importlib

    from desktop_app.services import office

    office.import_ahead()
    for name in (
        "desktop_app.services.queries",
        "desktop_app.gui.desk_page",
        "desktop_app.gui.main_window",
        "desktop_app.gui.register_page",
    ):
        importlib.import_module(name)
