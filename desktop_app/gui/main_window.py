"""The window: a menu, the search box that is always there, the workspace, and a line that says how things stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.frame_facts import FrameFacts, frame_facts
from desktop_app.gui.messages import Message, message_of, show_bug, show_storage_problem
from desktop_app.gui.operations import Changes, Operations
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.gui.workspace import Workspace
from desktop_app.services.child_process import JobFailed
from desktop_app.services.session import Session

SEARCH_DELAY = 250
"""Milliseconds after the last key before a search is asked."""
IDLE_LOCK = 10 * 60 * 1000


class MainWindow(QMainWindow):
    """Everything after log-in, and the cover that hides it while locked."""

    locked = Signal()

    def __init__(self, session: Session, operations: Operations, settings: WindowSettings) -> None:
        super().__init__()
        self._session, self._operations, self._settings = session, operations, settings
        self.workspace = Workspace(session, operations, settings)
        self._covers = QStackedWidget()
        self._covers.addWidget(self._inside())
        self.setCentralWidget(self._covers)
        self.setWindowTitle("留言办")
        self.setMinimumSize(1024, 640)
        self._make_menu()
        self._status = QLabel()
        self.statusBar().addWidget(self._status, 1)
        self._saving = QLabel("数据已保存")
        self.statusBar().addPermanentWidget(self._saving)
        self.statusBar().setSizeGripEnabled(False)
        operations.failed.connect(self.show_problem)
        operations.changed.connect(self._on_changed)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_LOCK)
        self._idle.timeout.connect(self.lock)
        self._idle.start()
        self._ask_facts()

    # ------------------------------------------------------------ layout

    def _inside(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.workspace)
        return inside

    def _corner(self) -> QWidget:
        """Right of the menu: search, who is here, lock."""
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 2, 8, 2)
        self.search = QLineEdit()
        self.search.setPlaceholderText("搜索留言、答复、登记号、单位（Ctrl+F）")
        self.search.setAccessibleName("搜索")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(340)
        self._search_delay = QTimer(self)
        self._search_delay.setSingleShot(True)
        self._search_delay.setInterval(SEARCH_DELAY)
        self._search_delay.timeout.connect(self._search)
        self.search.textChanged.connect(lambda: self._search_delay.start())
        self.search.returnPressed.connect(self._search_now)
        row.addWidget(self.search)
        roles = self._session.user.role_labels
        row.addWidget(QLabel(f"{self._session.user.name} · {roles}"))
        lock = QPushButton("锁定")
        lock.setProperty("role", "quiet")
        lock.clicked.connect(self.lock)
        row.addWidget(lock)
        return corner

    def _make_menu(self) -> None:
        bar = self.menuBar()
        files = bar.addMenu("文件(&F)")
        self._add(files, "导入留言……", "Ctrl+I", partial(self.workspace.open, "import"))
        self._add(files, "登记一件……", "Ctrl+N", partial(self.workspace.open, "entry"))
        files.addSeparator()
        self._add(files, "立即备份", "", self._back_up)
        self._add(files, "锁定", "Ctrl+L", self.lock)
        self._add(files, "退出", "Ctrl+Q", self.close)
        work = bar.addMenu("办理(&B)")
        self._add(work, "留言台账", "Ctrl+1", partial(self.workspace.open, "register"))
        self._add(work, "办件详情", "Ctrl+2", partial(self.workspace.open, "case"))
        self._add(work, "时限日历", "Ctrl+3", partial(self.workspace.open, "calendar"))
        self._add(work, "下一页", "Ctrl+Tab", partial(self.workspace.step, 1))
        self._add(work, "上一页", "Ctrl+Shift+Tab", partial(self.workspace.step, -1))
        self._add(work, "搜索", "Ctrl+F", self._focus_search)
        ledger = bar.addMenu("台账(&T)")
        self._add(ledger, "导出登记台账……", "Ctrl+E", self._export_ledger)
        settings = bar.addMenu("设置(&S)")
        self._add(settings, "单位名册", "Ctrl+U", partial(self.workspace.open, "units"))
        self._add(settings, "设置……", "Ctrl+,", partial(self.workspace.open, "settings"))
        helps = bar.addMenu("帮助(&H)")
        self._add(helps, "快捷键", "F1", self._show_keys)
        bar.setCornerWidget(self._corner(), Qt.Corner.TopRightCorner)

    def _add(self, menu: QObject, title: str, keys: str, call: Callable[[], object]) -> None:
        action = QAction(title, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: call())
        menu.addAction(action)  # type: ignore[attr-defined]

    # ------------------------------------------------------------ search

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _search(self) -> None:
        self.workspace.page("register").set_text(self.search.text().strip())  # type: ignore[attr-defined]
        if self.search.text().strip():
            self.workspace.open("register")
            self.search.setFocus()

    def _search_now(self) -> None:
        self._search_delay.stop()
        self._search()
        self.workspace.open("register").focus_first()

    # ------------------------------------------------------------ acts of the frame

    def _back_up(self) -> None:
        from desktop_app.services import verification

        self._operations.change(
            self,
            verification.back_up,
            lambda made: self._tell_backup(str(made.file)),
            Changes(frozenset(("backups",))),
        )

    def _tell_backup(self, file: str) -> None:
        self.workspace.show_message(Message(f"已备份并核验：{file}", "done"))
        self._ask_facts()

    def _export_ledger(self) -> None:
        from desktop_app.documents.case_ledger import write_case_ledger

        register = self.workspace.page("register")
        query = register.current_query()  # type: ignore[attr-defined]
        folder = self._settings.get("ledger/folder", str(Path.home()))
        name, _ = QFileDialog.getSaveFileName(
            self, "导出台账（列表现在的筛选）", f"{folder}/登记台账.xlsx", "Excel 工作簿 (*.xlsx)"
        )
        if not name:
            return
        target = Path(name).with_suffix(".xlsx")
        self._settings.put("ledger/folder", str(target.parent))
        self._operations.job(
            self,
            "导出台账",
            partial(_ledger_task, write_case_ledger, query, target),
            lambda rows: self.workspace.show_message(Message(f"台账 {rows} 行，已存为 {target}", "done")),
        )

    def _show_keys(self) -> None:
        self.workspace.show_message(
            Message(
                "Ctrl+I 导入　Ctrl+N 登记一件　Ctrl+F 搜索　Ctrl+1/2/3 台账、详情、日历　Enter 打开　空格 勾选　"
                "Ctrl+P 打印承办单　Alt+↓/↑ 下一件、上一件　Ctrl+Enter 办理　Esc 退出表单　Ctrl+E 导出台账　Ctrl+L 锁定",
            )
        )

    # ------------------------------------------------------------ standing

    def _ask_facts(self) -> None:
        self._operations.query(self, "frame", frame_facts, self._show_facts)

    def _show_facts(self, facts: FrameFacts) -> None:
        self._status.setText(facts.line)
        self.setWindowTitle(f"{facts.office} — 留言办")

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & {"settings", "backups"}:
            self._ask_facts()

    def show_problem(self, error: Exception) -> None:
        """What nobody answered for: a sentence in the strip, a dialog where the data are in trouble, or a report."""
        if isinstance(error, StorageProblem):
            show_storage_problem(self, error)
        elif isinstance(error, LiuyanError):
            self.workspace.show_message(message_of(error))
        elif isinstance(error, JobFailed):
            show_bug(self, Path(str(error)))
        else:
            from desktop_app.log import report_bug

            show_bug(self, report_bug(error, self._session.database.folder))

    # ------------------------------------------------------------ lock, close

    def lock(self) -> None:
        """Cover everything; nothing of a case can be read until the password is given again."""
        self.locked.emit()

    def cover(self, page: QWidget) -> None:
        self._covers.addWidget(page)
        self._covers.setCurrentWidget(page)
        self.menuBar().setEnabled(False)
        self.menuBar().hide()
        self.statusBar().hide()
        self.setWindowTitle("留言办 — 已锁定")

    def uncover(self, page: QWidget) -> None:
        self._covers.removeWidget(page)
        page.deleteLater()
        self._covers.setCurrentIndex(0)
        self.menuBar().setEnabled(True)
        self.menuBar().show()
        self.statusBar().show()
        self._idle.start()
        self._ask_facts()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self._idle.start()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for what is being saved; long work is cancelled, and nothing of it stays."""
        self._settings.put("window/geometry", bytes(self.saveGeometry().toHex().data()).decode())
        self._operations.close()
        event.accept()


def _ledger_task(
    write: Callable[..., int], query: object, target: Path, session: Session, progress: object
) -> int:
    return write(session, query, target, progress=progress)
