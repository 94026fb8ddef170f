"""The window: a menu, the search box that is always there, the workspace, and a line that says how things stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from desktop_app.domain.access_entries import LOCK
from desktop_app.domain.passwords import AccessRules
from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui import frame_jobs
from desktop_app.gui.background_learning import BackgroundLearning
from desktop_app.gui.changes import Changes
from desktop_app.gui.daily_backup import DailyBackup
from desktop_app.gui.frame_facts import FrameFacts, frame_facts, who_words
from desktop_app.gui.idle_watch import IdleWatch
from desktop_app.gui.leaving import agrees_to_leave
from desktop_app.gui.messages import Message, message_of, show_bug, show_storage_problem
from desktop_app.gui.open_drafts import OpenDrafts
from desktop_app.gui.operations import Operations
from desktop_app.gui.screen_watch import ScreenWatch
from desktop_app.gui.search_box import SearchBox
from desktop_app.gui.window_cover import WindowCover
from desktop_app.gui.window_menu import make_menu
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.gui.workspace import Workspace
from desktop_app.services.access import record
from desktop_app.services.coming_and_going import note_unlock
from desktop_app.services.news import GIVEN_UP, is_away
from desktop_app.services.paper_codes import CodedPaper, coded_paper
from desktop_app.services.pc_clock import ClockWatch, doubt_on_entering
from desktop_app.services.sealing import seal_today

if TYPE_CHECKING:
    from desktop_app.documents.ledger_columns import LedgerForm
    from desktop_app.gui.case_page import CasePage
    from desktop_app.gui.ledger_state import LedgerOrder
    from desktop_app.gui.register_page import RegisterPage
    from desktop_app.services.session import Session

_MINUTE_MS = 60_000
_ASK_NO_LONGER_MS = 5_000
"""How long a window that closes waits to hear from a server what became of the last act."""
_USED = frozenset((QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel))


class MainWindow(QMainWindow):
    """Everything after log-in, and the cover that hides it while locked."""

    lock_wanted = Signal()
    theme_wanted = Signal(str, bool)
    restore_wanted = Signal(object)
    """A function that restores, for when the window has closed."""
    gone = Signal()
    """It has closed, and let the data go."""
    papers_known = Signal(object)
    """Titles by form id of the papers in the office's regulation."""
    register_listed = Signal(str)
    """The register shows its rows; how many, in words."""

    def __init__(self, operations: Operations, settings: WindowSettings, backs_up: bool = False) -> None:
        """`backs_up`: in the morning and on leaving, by itself."""
        super().__init__()
        self._operations, self._settings = operations, settings
        self._closing = False
        self._lost_before_closing = 0
        self._idle_minutes = AccessRules().idle_minutes
        self._papers: Mapping[str, str] = {}
        self._day = operations.session.today
        self.user = operations.session.user.name
        self.workspace = Workspace(operations, settings)
        self.workspace.theme_wanted.connect(self.theme_wanted)
        self.workspace.restore_wanted.connect(self.restore_wanted)
        self._covers = QStackedWidget()
        self._covers.addWidget(self.workspace)
        self.setCentralWidget(self._covers)
        self.setWindowTitle("留言办")
        self.setMinimumSize(960, 600)
        self._register.model.opened.connect(
            lambda: self.register_listed.emit(f"{self._register.model.rowCount()} 件")
        )
        self._make_top()
        self._make_status()
        operations.saving.connect(self._on_saving)
        operations.failed.connect(self.show_problem)
        operations.changed.connect(self._on_changed)
        self._cover = WindowCover(self)
        self.idle = IdleWatch(AccessRules().idle_minutes, self)
        self.idle.timeout.connect(self.lock_wanted)
        self.desktop = ScreenWatch(self)
        self.desktop.away.connect(self.lock_wanted)
        QTimer.singleShot(0, self.desktop.begin)
        midnight = QTimer(self)
        midnight.setInterval(_MINUTE_MS)
        midnight.timeout.connect(self._look_at_the_date)
        midnight.start()
        self._clock = ClockWatch()
        if not operations.session.clock.practice:
            operations.query(self, "clock", doubt_on_entering, self.workspace.clock.show_doubt)
        self._ask_facts()
        self._daily = DailyBackup(operations, self.workspace.strip.show_message, backs_up, self)
        self._daily.begin()
        BackgroundLearning(operations, backs_up and self.sees_cases, self)

    @property
    def sees_cases(self) -> bool:
        """Whether whoever sits here may look at cases at all."""
        return self._operations.session.may(Right.SEE_CASES)

    @property
    def _register(self) -> RegisterPage:
        return cast("RegisterPage", self.workspace.page("register"))

    @property
    def _case(self) -> CasePage:
        return cast("CasePage", self.workspace.page("case"))

    def show_as_left(self) -> None:
        """With the size and place it had; for the first time as large as the screen lets it be."""
        geometry = self._settings.get("geometry", "")
        if geometry and self.restoreGeometry(QByteArray.fromHex(geometry.encode())):
            self.show()
        else:
            self.resize(1366, 740)
            self.showMaximized()
        self.workspace.focus_current()

    # ------------------------------------------------------------ the line with the menu

    def _make_top(self) -> None:
        self._top = QFrame()
        self._top.setObjectName("top")
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 4, 8, 4)
        row.setSpacing(8)
        # The menu keeps the room it needs; the search box gives way where the text is large.
        row.addWidget(make_menu(self))
        row.addStretch(1)
        for widget in self._corner():
            row.addWidget(widget, 1000 if widget is self.search else 0)
        self.setMenuWidget(self._top)

    def _corner(self) -> tuple[QWidget, ...]:
        """Right of the menu: search, who is here, lock."""
        self.search = SearchBox()
        self.search.asked.connect(self._search)
        self.search.left.connect(self._go_into_list)
        self.search.scanned.connect(self._open_coded)
        self.search.setVisible(self.sees_cases)
        self.who = QLabel(who_words(self._operations.session.user))
        lock = QPushButton("锁定")
        lock.setToolTip("离开座位时遮住全部内容　Ctrl+L")
        lock.clicked.connect(self.lock_wanted)
        return self.search, self.who, lock

    # ------------------------------------------------------------ search

    def focus_search(self) -> None:
        """Put the keyboard into the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def _search(self, text: str) -> None:
        if text and self.workspace.current != "register":
            self.workspace.open("register")
            self.search.setFocus()
        self._register.set_text(text)

    def _go_into_list(self) -> None:
        self.workspace.open("register")
        self._register.focus_first()

    def _open_coded(self, code: str) -> None:
        """The case whose paper was scanned; a code that leads nowhere stays to be looked at, or scanned over."""
        self._operations.query(
            self, "code", lambda session: coded_paper(session, code), self._open_found, self._code_refused
        )

    def _open_found(self, paper: CodedPaper) -> None:
        self.search.clear()
        self.workspace.open_case(paper.number)

    def _code_refused(self, error: LiuyanError) -> None:
        self.search.selectAll()
        self.show_problem(error)

    def clear_filters(self) -> None:
        """The whole list again."""
        self.search.clear()
        self.search.ask_now()
        self.workspace.open("register")
        self._register.filters.clear()

    # ------------------------------------------------------------ papers, ledger, backup

    def print_papers(self, form: str) -> None:
        """Of the case that is open, else of what is ticked. What is printed must be seen: the register comes up."""
        if self.workspace.current == "case" and self._case.number:
            self._register.printer.print_papers((self._case.number,), form)
        else:
            self.workspace.open("register")
            self._register.print_papers(form)

    def preview_papers(self, form: str) -> None:
        """The same as pages to look at."""
        if self.workspace.current == "case" and self._case.number:
            self._register.printer.preview_papers((self._case.number,), form)
        else:
            self.workspace.open("register")
            self._register.preview_papers(form)

    def papers_to_files(self) -> None:
        """Papers of what is ticked into files, as is then asked for."""
        from desktop_app.gui.batch_dialog import ask_batch

        self.workspace.open("register")
        make = self._register.printer.make_batch
        self._register.with_chosen(
            "存为文件", lambda numbers: ask_batch(self, numbers, self._papers, self._settings, make)
        )

    def export_ledger(self) -> None:
        """Ask which ledger, of what; and write it, of the list as it is filtered now or of all."""
        from desktop_app.documents.case_ledger import office_ledgers

        self.workspace.open("register")
        self._operations.query(self, "ledgers", office_ledgers, self._ask_ledger)

    def _ask_ledger(self, ledgers: dict[str, LedgerForm]) -> None:
        from desktop_app.gui.ledger_dialog import LedgerDialog

        session, query = self._operations.session, self._register.current_query()
        dialog = LedgerDialog(self, session, ledgers, query, self._settings, self._write_ledger)
        dialog.open()
        dialog.ledger.setFocus()

    def _write_ledger(self, order: LedgerOrder) -> None:
        covered = "含网民身份信息，请妥善保管" if order.reason else "身份信息已遮盖"
        self._operations.job(
            self,
            "导出台账",
            partial(frame_jobs.export_ledger, order),
            lambda rows: self._tell_done(f"台账 {rows:,} 行已存为 {order.target}，{covered}。"),
        )

    def back_up(self) -> None:
        """Back up into the data folder, and prove it."""
        self._operations.job(
            self,
            "备份",
            frame_jobs.back_up,
            lambda file: self._tell_done(f"已备份并核验：{file}"),
            Changes.of("backups"),
        )

    def _tell_done(self, words: str) -> None:
        self.workspace.strip.show_message(Message(words, "done"))

    # ------------------------------------------------------------ standing

    def _make_status(self) -> None:
        self._status = QLabel()
        self._saving = QLabel("数据已保存")
        self.statusBar().addWidget(self._status)
        self.drafts = OpenDrafts(self._operations, self.workspace)
        self.statusBar().addPermanentWidget(self.drafts)
        self.statusBar().addPermanentWidget(self._saving)
        self.statusBar().setSizeGripEnabled(False)

    @property
    def standing(self) -> str:
        """What the foot of the window says: office, regulation, day, last backup."""
        return self._status.text()

    def _ask_facts(self) -> None:
        self._operations.query(self, "frame", frame_facts, self._show_facts)

    def _show_facts(self, facts: FrameFacts) -> None:
        if not facts.here:
            # The user was removed meanwhile: no password opens what is covered now.
            self.lock_wanted.emit()
        self.who.setText(facts.who)
        if facts.idle_minutes != self._idle_minutes:
            self._idle_minutes = facts.idle_minutes
            self.idle.set_minutes(facts.idle_minutes)
        self._papers = facts.papers
        self.papers_known.emit(facts.papers)
        self._status.setText(facts.line)
        self._status.setAccessibleName(facts.line)
        if not self.is_covered:
            self.setWindowTitle(f"{facts.office} — 留言办")

    def _on_saving(self, saving: bool) -> None:
        typed = self._operations.line.typed
        standing = f"有 {typed} 处填写的内容等服务器恢复后保存" if typed else "数据已保存"
        under_way = "正在保存…" if self._operations.changing else "正在办理…"
        self._saving.setText(under_way if saving else standing)
        if not self._closing or saving:
            return
        if self._operations.lost > self._lost_before_closing:
            # Something was not kept: whoever sits here must see that first.
            self._closing = False
            self.setEnabled(True)
        else:
            self.close()

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & {"settings", "backups"}:
            self._ask_facts()

    def _look_at_the_date(self) -> None:
        """Past midnight every deadline stands otherwise; a clock that jumped is told; who slept too long is locked out."""
        if self.idle.overslept():
            self.lock_wanted.emit()
        if not self._operations.session.clock.practice:
            self.workspace.clock.show_doubt(self._clock.look())
        today: date = self._operations.session.today
        if today != self._day:
            self._day = today
            self._operations.change(self, seal_today, lambda _: None, Changes(frozenset()))
            self._ask_facts()
            self._daily.begin()
            self._operations.changed.emit(Changes.of("cases", "settings"))

    def show_problem(self, error: Exception) -> None:
        """What nobody answered for: a sentence in the strip, or, for a bug, where its report lies."""
        if isinstance(error, StorageProblem) and (is_away(error) or error.code == GIVEN_UP):
            # The strip over the page says how it stands; a dialog would be in the way for as long.
            self.workspace.strip.show_message(message_of(error))
        elif isinstance(error, StorageProblem):
            show_storage_problem(self, error)
        elif isinstance(error, LiuyanError):
            self.workspace.strip.show_message(message_of(error))
        else:
            from desktop_app.log import report_bug

            show_bug(self, report_bug(error, self._operations.session.folder))

    # ------------------------------------------------------------ lock

    @property
    def is_covered(self) -> bool:
        """Whether the window is locked."""
        return self._covers.currentIndex() > 0

    def cover(self, card: QWidget) -> None:
        """Hide everything behind `card`: no menu, no shortcut, no title tells anything of a case."""
        card.setProperty("covers", True)
        self._covers.addWidget(card)
        self._covers.setCurrentWidget(card)
        self._cover.begin()
        self._top.hide()
        self.statusBar().hide()
        for action in self.actions_of_menu():
            action.setEnabled(False)
        self.setWindowTitle("留言办 — 已锁定")
        self._record(lambda session: record(session, LOCK))

    def uncover(self) -> None:
        """Show everything as it was left."""
        card = self._covers.currentWidget()
        self._covers.setCurrentIndex(0)
        self._covers.removeWidget(card)
        card.deleteLater()
        for action in self.actions_of_menu():
            action.setEnabled(True)
        self._top.show()
        self.statusBar().show()
        self._record(note_unlock)
        self.idle.begin_anew()
        self._cover.end()
        self._ask_facts()
        self.workspace.focus_current()

    def _record(self, note: Callable[[Session], object]) -> None:
        """In the access log; nothing that a page shows."""
        self._operations.change(self, note, lambda _: None, Changes(frozenset()), self._not_noted)

    def _not_noted(self, error: LiuyanError) -> None:
        """The strip over the page, or the card that covers it, says that the server is away."""
        if not (isinstance(error, StorageProblem) and is_away(error)):
            self.show_problem(error)

    def actions_of_menu(self) -> list[QAction]:
        """Every action with a title, wherever in the menu."""
        return [action for action in self.findChildren(QAction) if action.parent() is self]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees all that is done in the program: while somebody works, it does not lock; locked, nothing else comes up."""
        if event.type() in _USED and not self.idle.used():
            return True
        if self._cover.active:
            self._cover.see(watched, event)
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ close

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is being saved is waited for, and a last backup; long work is asked about."""
        jobs = [job for job in self._operations.jobs if self._closing or not self._daily.is_making(job)]
        if jobs and not self._closing and not self._agrees_to_cancel([job.title for job in jobs]):
            event.ignore()
            return
        if self._operations.busy:
            self._closing = True
            self._lost_before_closing = self._operations.lost
            if self._operations.on_server:
                QTimer.singleShot(_ASK_NO_LONGER_MS, self, self._ask_no_longer)
            for job in jobs:
                job.cancel()
            self.setEnabled(False)
            event.ignore()
            return
        if self._daily.before_leaving(self.close):
            self._closing = True
            self.setEnabled(False)
            event.ignore()
            return
        if not agrees_to_leave(self, self._operations):
            self._closing = False
            self.setEnabled(True)
            event.ignore()
            return
        self._settings.put("geometry", bytes(self.saveGeometry().toHex().data()).decode())
        self._operations.close()
        self.workspace.context.works.close()
        event.accept()
        self.gone.emit()

    def _ask_no_longer(self) -> None:
        if self._closing:
            self._operations.session.ask_no_longer()

    def leave_as_it_is(self) -> None:
        """Close without a last backup: what is there is kept by what comes next."""
        self._daily.forget()
        self.close()

    def _agrees_to_cancel(self, titles: list[str]) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("还有工作没有做完")
        box.setText(f"正在{'、'.join(titles)}。现在退出会取消它，已做的部分不保留。")
        wait = box.addButton("继续等待", QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton("取消并退出", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(wait)
        box.setEscapeButton(wait)
        box.exec()
        return box.clickedButton() is leave
