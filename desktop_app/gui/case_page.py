"""办件详情: one case whole, and what may be done with it. The page lays out, connects and shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.corrections import CORRECT
from desktop_app.errors import LiuyanError, Refusal
from desktop_app.gui import case_acts
from desktop_app.gui.action_fields import action_form
from desktop_app.gui.action_form import ActionFormPanel
from desktop_app.gui.case_details import CaseDetails
from desktop_app.gui.case_file import CaseFile, read_case_file
from desktop_app.gui.case_heading import CaseHeading
from desktop_app.gui.case_papers_desk import CasePapersDesk
from desktop_app.gui.case_state import case_state
from desktop_app.gui.case_texts_state import case_texts
from desktop_app.gui.correction_fields import correction_form
from desktop_app.gui.day_count_state import day_count
from desktop_app.gui.form_shapes import ActionForm
from desktop_app.gui.messages import message_of
from desktop_app.gui.next_steps import NextSteps
from desktop_app.gui.open_items_panel import OpenItemsPanel
from desktop_app.gui.operations import Changes
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label, section
from desktop_app.gui.papers_panel import PapersPanel
from desktop_app.gui.story import StoryPanel
from desktop_app.gui.story_state import story
from desktop_app.services.case_view import CaseView, reveal_case
from desktop_app.services.cases import Done
from desktop_app.services.public_text import check_public_text

_TWO_COLUMNS = 1080
"""Pixels of the right side from which the story stands beside the steps instead of below them."""

NOTHING_CHANGED = Changes(frozenset())
"""A draft or a look at the case: nothing that another page shows."""


class CasePage(Page):
    """Shows nothing until `show_case` is called."""

    title = "办件详情"
    kinds = frozenset(("cases", "units", "settings"))

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.number = ""
        self.neighbours: Sequence[str] = ()
        self.form: ActionFormPanel | None = None
        self._file: CaseFile | None = None
        self._revealed: CaseView | None = None
        self._focus_steps = False
        self.heading, self.details = CaseHeading(), CaseDetails()
        self.steps, self.items = NextSteps(), OpenItemsPanel()
        self.story, self.papers = StoryPanel(), PapersPanel()
        self.desk = CasePapersDesk(context, self)
        self._lay_out()
        self._connect()

    # -------------------------------------------------------------- building

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._empty = label("还没有打开办件。请在“留言台账”中选一件，按 Enter 打开。", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._empty)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        halves = QHBoxLayout()
        halves.setSpacing(0)
        self._left = _scrolling(self.details, "留言和登记信息")
        self._right = _scrolling(self._work(), "下一步、经过、文书")
        halves.addWidget(self._left)
        halves.addWidget(self._right, 1)
        column.addLayout(halves, 1)
        self._stack.addWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _work(self) -> QWidget:
        """The right side: steps and open items, then story and papers, below or beside."""
        work = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom, work)
        self._columns.setContentsMargins(16, 8, 16, 16)
        self._columns.setSpacing(16)
        self._form_place = QVBoxLayout()
        first, second = QVBoxLayout(), QVBoxLayout()
        for part in (section("下一步"), self.steps):
            first.addWidget(part)
        first.addLayout(self._form_place)
        for part in (section("待办事项"), self.items):
            first.addWidget(part)
        for part in (
            section("经过"),
            self.story,
            section("文书与附件", self.papers.attach_button),
            self.papers,
        ):
            second.addWidget(part)
        for half in (first, second):
            half.setSpacing(8)
            half.addStretch(1)
            self._columns.addLayout(half, 1)
        return work

    def _connect(self) -> None:
        self.heading.went.connect(self.go)
        self.details.reveal.connect(self._reveal)
        self.steps.chosen.connect(self.open_form)
        self.items.waive.connect(lambda item: self.open_form("waive", item))
        self.story.correct.connect(self.open_correction)
        self.papers.paper_wanted.connect(lambda form, way: self.desk.paper(self.number, form, way))
        self.papers.attachment_wanted.connect(self._attachment)
        self.papers.attach_wanted.connect(lambda: self.desk.attach(self.number))
        self.context.operations.failed.connect(self._not_done)
        for keys, way in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda way=way: self._go_by_key(way))

    # -------------------------------------------------------------- which case

    def show_case(self, number: str, neighbours: Sequence[str] = ()) -> None:
        """Show this case; `neighbours` are the numbers of the list it was opened from, in its order."""
        if number != self.number:
            self._close_form()
            self._revealed, self._file = None, None
        self.number, self.neighbours = number, neighbours
        self._focus_steps = True
        self._stale = False
        self.refresh()

    def go(self, way: int) -> None:
        """The case before (-1) or after (1) this one in the list."""
        place = self._place()
        if place >= 0 and 0 <= place + way < len(self.neighbours):
            self.show_case(self.neighbours[place + way], self.neighbours)

    def _go_by_key(self, way: int) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QComboBox) and way > 0:
            focus.showPopup()
        else:
            self.go(way)

    def _place(self) -> int:
        return self.neighbours.index(self.number) if self.number in self.neighbours else -1

    def refresh(self) -> None:
        number = self.number
        if number:
            self.context.operations.query(
                self, "case", lambda session: read_case_file(session, number), self._show, self._not_shown
            )

    def concerns(self, changes: Changes) -> bool:
        """Other cases may change as they like; units and settings touch every page."""
        others = changes.kinds & self.kinds - {"cases"}
        return bool(self.number) and (bool(others) or changes.touches(self.number))

    def focus_first(self) -> None:
        if self.form is not None:
            self.form.focus_first()
        elif self._file is not None:
            self.steps.focus_primary()

    def hideEvent(self, event: QHideEvent) -> None:
        if self.form is not None:
            self.form.keep_now()
        super().hideEvent(event)

    def _not_shown(self, error: LiuyanError) -> None:
        self.context.show_message(message_of(error))

    # -------------------------------------------------------------- showing

    def _show(self, file: CaseFile) -> None:
        if file.number != self.number:
            self.number = file.number
        file = case_acts.with_revealed(file, self._revealed)
        first = self._file is None
        self._file = file
        view, state = file.view, case_state(file)
        self.heading.show_case(state, day_count(view))
        self.heading.show_place(self._place(), len(self.neighbours))
        self.details.show_details(
            case_texts(view), state.facts, state.holders, view.revealed, may_reveal=file.may_act
        )
        self.steps.show_steps(state.possible, state.barred, file.may_act)
        self.items.show_items(state.open_lines)
        self.story.show_story(story(view))
        self.papers.show_papers(view.regulation, file.forms, view.papers, view.attachments, file.may_act)
        self._stack.setCurrentIndex(1)
        if first:
            self._left.verticalScrollBar().setValue(0)
            self._right.verticalScrollBar().setValue(0)
        if self._focus_steps and self.form is None:
            self._focus_steps = False
            self.steps.focus_primary()

    def _fit(self) -> None:
        """The left side as wide as its lines need, at most half; the right gets what is left, in one column or two."""
        bar = self._left.verticalScrollBar().sizeHint().width() + 2
        self.details.set_room(self.width() // 2 - bar)
        left = self.details.wanted_width() + bar
        self._left.setFixedWidth(left)
        wide = self.width() - left >= _TWO_COLUMNS
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != way:
            self._columns.setDirection(way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    # -------------------------------------------------------------- forms

    def open_form(self, action: str, item: str = "") -> None:
        """Open the form of a step in its place, with what was typed before; nothing is saved by it."""
        if self._file is not None:
            self._open(action_form(self._file, action, item), self._file)

    def open_correction(self, event: int) -> None:
        """Open the form that corrects one line of the story."""
        if self._file is not None:
            self._open(correction_form(self._file, event), self._file)

    def _open(self, form: ActionForm, file: CaseFile) -> None:
        self._close_form()
        draft = case_acts.draft_for(form, file)
        panel = ActionFormPanel(form, file, draft)
        panel.submitted.connect(self._submit)
        panel.left.connect(self._leave)
        panel.typed.connect(self._keep)
        self.form = panel
        self.steps.setVisible(False)
        self._form_place.addWidget(panel)
        panel.show()
        panel.focus_first()
        # The layout settles first; only then does the panel know its height.
        QTimer.singleShot(0, panel, lambda: self._bring_into_sight(panel))

    def _bring_into_sight(self, panel: ActionFormPanel) -> None:
        """The whole form where it fits, else its beginning."""
        content, bar = self._right.widget(), self._right.verticalScrollBar()
        top = panel.mapTo(content, panel.rect().topLeft()).y() - 8
        height = self._right.viewport().height()
        if top < bar.value() or top + panel.height() + 16 > bar.value() + height:
            bar.setValue(
                min(top, max(0, top + panel.height() + 16 - height)) if panel.height() + 16 < height else top
            )

    def _close_form(self) -> None:
        if self.form is None:
            return
        panel, self.form = self.form, None
        panel.keep_now()
        self._form_place.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.steps.setVisible(True)

    def _leave(self) -> None:
        """Esc: back to the buttons, the one that was pressed marked as having a draft."""
        action = self.form.form.action if self.form is not None else ""
        self._close_form()
        if self._file is not None:
            state = case_state(self._file)
            self.steps.show_steps(state.possible, state.barred, self._file.may_act)
        button = self.steps.buttons.get(action)
        if button is not None:
            button.setFocus()
        else:
            self.steps.focus_primary()

    def _keep(self, values: dict[str, str]) -> None:
        """Keep what is typed as a draft."""
        if self.form is None and self._file is None:
            return
        file, panel = self._file, self.form or self.sender()
        if file is None or not isinstance(panel, ActionFormPanel):
            return
        form, number = panel.form, file.number
        draft = case_acts.as_draft(form, values)
        self._file = replace(file, drafts=case_acts.drafts_with(file, form.action, draft))
        self.context.operations.change(
            self,
            lambda session: case_acts.keep(session, number, form.action, draft),
            lambda _: None,
            NOTHING_CHANGED,
        )

    def _submit(self, keys: dict[str, str], on: date) -> None:
        panel, file, number = self.form, self._file, self.number
        if panel is None or file is None:
            return
        action = panel.form.action
        self.context.operations.change(
            self,
            lambda session: case_acts.do(session, number, action, keys, on),
            lambda done: self._done(panel, file, done),
            Changes.of("cases", numbers=frozenset((number,))),
            lambda error: self._refused(panel, keys, error),
        )

    def _done(self, panel: ActionFormPanel, before: CaseFile, done: Done) -> None:
        if self.form is panel:
            self._close_form()
            self._focus_steps = True
        undo = None if panel.form.action == CORRECT else lambda: self._undo(done)
        self.context.show_message(case_acts.done_message(panel.form, before, done, undo))

    def _undo(self, done: Done) -> None:
        """撤销: a correction voids the step just recorded; both stay in the story."""
        self.context.operations.change(
            self,
            lambda session: case_acts.undo(session, done),
            lambda undone: self.context.show_message(case_acts.undone_message(undone)),
            Changes.of("cases", numbers=frozenset((done.number,))),
            lambda error: self.context.show_message(message_of(error)),
        )

    def _refused(self, panel: ActionFormPanel, keys: dict[str, str], error: LiuyanError) -> None:
        if self.form is not panel:
            self.context.show_message(message_of(error))
        elif not isinstance(error, Refusal):
            panel.show_problem("没有记下，原因见提示；填写的内容都在。")
            self.context.operations.failed.emit(error)
        elif error.code == "protected_data_in_public_text":
            number, action = self.number, panel.form.action
            self.context.operations.query(
                panel,
                "protected",
                lambda session: check_public_text(session, number, action, keys),
                lambda check: panel.show_refusal(error, check),
            )
        else:
            panel.show_refusal(error)

    def _not_done(self, error: object) -> None:
        """Something failed that the frame tells about; the form can be tried again."""
        if self.form is not None:
            self.form.set_busy(False)

    # -------------------------------------------------------------- the rest

    def _reveal(self, reason: str) -> None:
        number = self.number
        self.context.operations.change(
            self,
            lambda session: reveal_case(session, number, reason),
            self._show_revealed,
            NOTHING_CHANGED,
            lambda error: self.details.bar.show_fault(error.message),
        )

    def _show_revealed(self, view: CaseView) -> None:
        if view.row.number == self.number:
            self._revealed = view
            self.refresh()

    def _attachment(self, attachment: int, way: str) -> None:
        if self._file is not None:
            one = next(one for one in self._file.view.attachments if one.id == attachment)
            self.desk.attachment(self.number, one, way)


def _scrolling(widget: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    return area
