"""放假安排: the notices that hold, one to enter with what it would change, and one to take back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError
from desktop_app.gui import holidays_state as state
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.notice_effect import NoticeEffect
from desktop_app.gui.notice_entry import NoticeEntry
from desktop_app.gui.notice_list import NoticeList
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.typing_keeper import TypingKeeper
from desktop_app.services import holidays
from desktop_app.services.holidays import Change, Preview, Standing
from desktop_app.services.session import Session

FILES = "放假通知 (*.txt *.md *.json);;所有文件 (*)"
_PAUSE_MS = 200
"""To count every deadline anew at each letter would make the typing falter."""
_CHANGES = Changes.of("cases", "settings")
_MAY_NOT = "录入和撤销放假安排，须由经办或系统管理员办理。"


class HolidaysPage(Page):
    """Entry and list at the left; at the right the year, and what moves."""

    title = "放假安排"
    kinds = frozenset({"settings"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setAcceptDrops(True)
        self._may_enter = context.session.may(Right.KEEP_CALENDAR)
        today = context.session.today
        self.entry = NoticeEntry(today)
        self.keeper = TypingKeeper(context, "holidays", self.entry.typed, self)
        self.keeper.found.connect(self.entry.put_typed)
        self.effect = NoticeEffect(context.session.calendar(), today)
        self.notices = NoticeList()
        self.undo = QPushButton("撤销这一份")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._build()
        self._connect()

    # ------------------------------------------------------------------ laying out

    def _build(self) -> None:
        self.undo.setEnabled(False)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        if not self._may_enter:
            self.entry.setEnabled(False)
            column.addWidget(label(_MAY_NOT, "note"))
        column.addWidget(self.entry, 3)
        column.addLayout(row(label("已有的通知", "section"), None, self.undo))
        column.addWidget(self.notices, 2)
        around = QScrollArea()
        around.setWidget(left)
        around.setWidgetResizable(True)
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(around)
        splitter.addWidget(self.effect)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([460, 880])
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.addWidget(splitter)

    def _connect(self) -> None:
        self.entry.changed.connect(self._ask)
        self.entry.changed.connect(self.keeper.touch)
        self._pause.timeout.connect(self._read)
        self.entry.open.clicked.connect(self._choose_file)
        self.entry.confirm.clicked.connect(self.enter)
        self.notices.currentItemChanged.connect(self._on_notice)
        self.notices.itemClicked.connect(self._on_notice)
        self.undo.clicked.connect(self.withdraw)
        self.effect.opened.connect(self.context.open_case)
        confirm = QShortcut(QKeySequence("Ctrl+Return"), self)
        confirm.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        confirm.activated.connect(self.enter)

    def focus_first(self) -> None:
        (self.entry.text if self._may_enter else self.notices).setFocus()

    def show_year(self, year: int) -> None:
        """Look at a year, such as one whose notice is not entered yet."""
        self.notices.choose_none()
        if self.entry.given() is None:
            self.effect.show_calendar(self.context.session.calendar(), year)

    # ------------------------------------------------------------------ the list

    def refresh(self) -> None:
        self.context.operations.query(self, "notices", holidays.list_notices, self._show_notices)
        self.keeper.look()
        if self.notices.chosen is not None:
            self._on_notice()
        else:
            self._ask()

    def _show_notices(self, standing: Sequence[Standing]) -> None:
        self.notices.show_lines(state.notice_lines(standing))
        self._allow_undo()

    def _allow_undo(self) -> None:
        chosen = self.notices.chosen
        self.undo.setEnabled(self._may_enter and chosen is not None and chosen.event is not None)
        self.undo.setToolTip(
            "" if self.undo.isEnabled() else "选中一份录入的通知才能撤销；程序自带的不能撤销"
        )

    def _on_notice(self) -> None:
        """A notice chosen: its year, and for one that was entered what taking it back would do."""
        self._allow_undo()
        chosen = self.notices.chosen
        if chosen is None:
            return
        self.context.operations.forget(self, "effect")
        if chosen.event is None:
            self.effect.show_calendar(self.context.session.calendar(), chosen.year)
            return
        event = chosen.event
        self.context.operations.query(
            self,
            "effect",
            lambda session: holidays.preview_withdrawal(session, event),
            lambda change: self.effect.show_change(change, withdrawing=True),
            lambda error: self.context.show_message(message_of(error)),
            aside=True,
        )

    # ------------------------------------------------------------------ reading one

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择放假通知", "", FILES)
        if name:
            self.open_file(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._may_enter and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        self.open_file(Path(files[0]))

    def open_file(self, path: Path) -> None:
        """Put the text of a file into the box, where it is read like any other."""

        def read(_: Session) -> str:
            from desktop_app.documents.notice_files import notice_text

            return notice_text(path)

        self.context.operations.query(
            self,
            "file",
            read,
            lambda text: self.entry.put_text(text, path.name),
            lambda error: self.context.show_message(message_of(error)),
        )

    def _ask(self) -> None:
        """What stands in the box is read once the typing pauses; until then it cannot be confirmed."""
        self.context.operations.forget(self, "effect")
        self._pause.stop()
        if self.entry.given() is None:
            self.entry.show_nothing()
            self.effect.show_calendar(self.context.session.calendar())
            return
        self.entry.confirm.setEnabled(False)
        self._pause.start()

    def _read(self) -> None:
        given = self.entry.given()
        if given is None:
            return
        self.notices.choose_none()
        self.context.operations.query(
            self, "effect", lambda session: holidays.preview(session, given), self._show_preview, aside=True
        )

    def _show_preview(self, shown: Preview) -> None:
        self.entry.show_preview(shown)
        if shown.change is not None:
            self.effect.show_change(shown.change, withdrawing=False)
        else:
            year = shown.read.notice.year if shown.read.notice is not None else None
            self.effect.show_calendar(self.context.session.calendar(), year)

    # ------------------------------------------------------------------ entering and taking back

    def enter(self) -> None:
        """Enter what was read, and tell what moved."""
        given = self.entry.given()
        if given is None or not self.entry.confirm.isEnabled():
            return
        if self.entry.confirm.hasFocus():
            self.entry.text.setFocus()  # switched off, the button would pass the focus on to the list
        self.entry.confirm.setEnabled(False)

        def done(entered: Preview) -> None:
            change = entered.change
            if change is None or change.event is None:
                return
            event = change.event
            self.notices.choose_none()
            self.entry.clear()
            self.effect.show_calendar(change.after, change.notice.year)
            self.context.show_message(
                Message(
                    state.done_words(change, withdrawn=False), "done", undo=lambda: self._take_back(event)
                )
            )

        def failed(error: LiuyanError) -> None:
            self.entry.confirm.setEnabled(True)
            self.context.show_message(message_of(error))

        self.context.operations.change(
            self, lambda session: holidays.enter(session, given), done, _CHANGES, failed
        )

    def withdraw(self) -> None:
        """Take back the notice chosen in the list."""
        chosen = self.notices.chosen
        if chosen is not None and chosen.event is not None:
            self._take_back(chosen.event)

    def _take_back(self, event: int) -> None:
        if self.undo.hasFocus():
            self.notices.setFocus()
        self.undo.setEnabled(False)

        def done(change: Change) -> None:
            self.notices.choose_none()
            self.effect.show_calendar(change.after, change.notice.year)
            self.context.show_message(Message(state.done_words(change, withdrawn=True), "done"))

        def failed(error: LiuyanError) -> None:
            self._allow_undo()
            self.context.show_message(message_of(error))

        self.context.operations.change(
            self, lambda session: holidays.withdraw(session, event), done, _CHANGES, failed
        )
