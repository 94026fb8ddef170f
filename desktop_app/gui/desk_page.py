"""今日工作台: what must be done today, group by group in the order of the law, and what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop_app.domain.office_items import OfficeItem
from desktop_app.errors import LiuyanError, Refusal
from desktop_app.gui import desk_state as state
from desktop_app.gui.changes import Changes
from desktop_app.gui.day_count_popup import DayCountHints
from desktop_app.gui.desk_model import DEADLINE, Place
from desktop_app.gui.desk_press import DeskPress
from desktop_app.gui.desk_state import DeskHeading
from desktop_app.gui.desk_view import DeskView
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.services import desk, kept_items, office_duties
from desktop_app.services.desk import Desk

_SETTLES_MS = 400
"""Several steps in a row are counted once, after the last."""


class DeskPage(Page):
    """Counts also while another page is shown: its tab tells how much is left."""

    title = state.TITLE
    kinds = frozenset({"cases", "units", "settings", "batches"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.desk: Desk | None = None
        self._whole: frozenset[str] = frozenset()
        self.view = DeskView()
        self.view.desk.show_elsewhere(context.elsewhere)
        self.press = DeskPress(context, self)
        self.day, self.sum = label("", "section"), label("", "strong", wrap=False)
        self.day_off, self.empty = label("", "banner"), label("", "empty")
        self.coming = label("", "hint")
        self._lay_out()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLES_MS)
        self._later.timeout.connect(self._bring_up_to_date)
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.day)
        head.addWidget(self.sum)
        head.addStretch(1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.day_off)
        column.addWidget(self.stack, 1)
        column.addWidget(self.coming)
        self.day_off.hide()

    def _connect(self) -> None:
        self.view.opened.connect(self._open)
        self.view.acted.connect(self._act)
        self.view.unfolded.connect(self._unfold)
        self.press.ended.connect(self.view.setFocus)
        DayCountHints(
            self.view, self.context.operations, self._number_of, lambda index: index.column() == DEADLINE
        )
        for trigger, keys in state.PRESS_KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._press_by_key, trigger))

    def _number_of(self, index: QModelIndex) -> str | None:
        place = self.view.desk.place(index)
        return place.line.number or None if place is not None and place.line is not None else None

    # ------------------------------------------------------------------ showing

    def refresh(self) -> None:
        self.context.operations.query(
            self,
            "desk",
            partial(desk.desk, most=state.LINES_AT_FIRST, whole=self._whole),
            self._show,
            self._not_shown,
            aside=True,
        )

    def _on_changed(self, changes: Changes) -> None:
        if self.concerns(changes):
            self._stale = True
            self._later.start()

    def _show(self, shown: Desk) -> None:
        self.desk = shown
        today = self.context.session.today
        self.day.setText(state.day_words(shown, today))
        self.sum.setText(state.sum_words(shown))
        self.day_off.setText(state.day_off_words(shown, today))
        self.day_off.setVisible(not shown.day.working and bool(shown.waiting))
        self.empty.setText(state.empty_words(shown, today))
        self.coming.setText(state.coming_words(shown, today))
        self.coming.setVisible(bool(shown.waiting))
        had_focus = self.view.hasFocus() or self.empty.hasFocus()
        self.view.show_headings(state.headings(shown, today))
        self.stack.setCurrentWidget(self.view if shown.waiting else self.empty)
        if had_focus:
            self.focus_first()
        self.retitled.emit(state.tab_title(shown))
        self._save_found()

    def _save_found(self) -> None:
        """What had to be found from the records, as after an import, need not be found at the next start."""
        if self.context.session.kept_cases.unsaved:
            self.context.operations.change(
                self, kept_items.save_found, lambda _: None, Changes(frozenset()), lambda _: None
            )

    def _not_shown(self, error: LiuyanError) -> None:
        """Such as to one who keeps the users, and has no case to do with."""
        if not isinstance(error, Refusal):
            self.context.operations.failed.emit(error)
            return
        self.empty.setText(str(error))
        self.stack.setCurrentWidget(self.empty)
        self.retitled.emit(state.TITLE)

    def focus_first(self) -> None:
        self.view.setFocus()

    # ------------------------------------------------------------------ doing

    def _open(self, place: Place) -> None:
        """The case with the form of its step; what the office itself owes is noted as done."""
        line = place.line
        if line is None:
            return
        if line.duty is not None:
            self._settle(line.duty)
        else:
            self.context.open_case(line.number, place.heading.numbers, place.heading.verb)

    def _act(self, heading: DeskHeading) -> None:
        """The button of a group: its step on the line that is chosen there, else on the first; or on all."""
        if heading.press:
            self._press(heading)
            return
        chosen = self.view.desk.place(self.view.currentIndex())
        if chosen is None or chosen.line is None or chosen.heading.key != heading.key:
            chosen = Place(heading, heading.lines[0])
        self._open(chosen)

    def _unfold(self, heading: DeskHeading) -> None:
        self._whole |= {heading.key}
        self.refresh()

    def _press_by_key(self, trigger: str) -> None:
        for heading in self.view.desk.headings:
            if heading.press == trigger:
                self._press(heading)

    def _press(self, heading: DeskHeading) -> None:
        group = next(one for one in self.desk.groups if one.trigger == heading.press) if self.desk else None
        if group is not None and not self.press.busy:
            self.view.buttons[heading.key].setEnabled(False)
            self.press.press(heading.press, group.verb_title, len(group.unpressed))

    # ------------------------------------------------------------------ what the office itself owes

    def _settle(self, duty: OfficeItem) -> None:
        self.context.operations.change(
            self,
            lambda session: office_duties.settle(session, duty.kind, duty.period.text),
            lambda _: self.context.show_message(
                Message(
                    f"已登记：{duty.period.words}“{duty.kind}”办了。", "done", duty.clause, self._undo(duty)
                )
            ),
            Changes.of("cases"),
            self._refused,
        )

    def _undo(self, duty: OfficeItem) -> partial[None]:
        return partial(
            self.context.operations.change,
            self,
            lambda session: office_duties.reopen(session, duty.kind, duty.period.text),
            lambda _: None,
            Changes.of("cases"),
            self._refused,
        )

    def _refused(self, error: LiuyanError) -> None:
        self.context.show_message(message_of(error))
