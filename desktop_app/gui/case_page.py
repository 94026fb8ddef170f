"""办件详情: one case whole, and what may be done with it. The page lays out, connects and shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QComboBox, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.corrections import CORRECT
from desktop_app.domain.open_items import leading_unit_is_complained_of
from desktop_app.errors import LiuyanError
from desktop_app.gui import case_acts
from desktop_app.gui.action_form import ActionFormPanel
from desktop_app.gui.case_columns import CaseColumns
from desktop_app.gui.case_details import CaseDetails
from desktop_app.gui.case_file import CaseFile, open_case_file, read_case_file
from desktop_app.gui.case_heading import CaseHeading
from desktop_app.gui.case_papers_desk import CasePapersDesk
from desktop_app.gui.case_state import CaseState, case_state
from desktop_app.gui.case_texts_state import case_texts
from desktop_app.gui.changes import Changes
from desktop_app.gui.day_count_popup import deadline_facts
from desktop_app.gui.evidence_panel import KEY, EvidencePanel
from desktop_app.gui.evidence_state import evidence_lines
from desktop_app.gui.form_place import NOTHING_CHANGED, FormPlace
from desktop_app.gui.messages import message_of
from desktop_app.gui.next_steps import NextSteps
from desktop_app.gui.open_items_panel import OpenItemsPanel
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label, section
from desktop_app.gui.papers_panel import PapersPanel
from desktop_app.gui.presence_keeper import PresenceKeeper
from desktop_app.gui.repeat_beside import show_beside
from desktop_app.gui.repeats_panel import BESIDE_KEY, RepeatsPanel
from desktop_app.gui.repeats_state import repeat_lines
from desktop_app.gui.story import StoryPanel
from desktop_app.gui.story_state import story
from desktop_app.services.case_view import CaseView, reveal_case
from desktop_app.services.overtaken import news


class CasePage(Page):
    """Shows nothing until `show_case` is called."""

    title = "办件详情"
    kinds = frozenset(("cases", "units", "settings"))

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.number = ""
        self.neighbours: Sequence[str] = ()
        self._revealed: CaseView | None = None
        self._focus_steps, self._reopen, self._step, self._opening = False, False, "", False
        self._version, self._look = 0, False
        self.heading, self.details = CaseHeading(), CaseDetails()
        self.steps, self.items, self.repeats = NextSteps(), OpenItemsPanel(), RepeatsPanel()
        self.story, self.papers, self.evidence = StoryPanel(), PapersPanel(), EvidencePanel()
        self.desk, self.forms = CasePapersDesk(context, self), FormPlace(context)
        self.presence = PresenceKeeper(context.operations, self)
        self.columns = CaseColumns(
            self.details,
            (self.repeats, section("下一步"), self.steps, self.forms, section("待办事项"), self.items),
            (
                section("经过"),
                self.story,
                section("证据链"),
                self.evidence,
                section("文书与附件", self.papers.attach_button),
                self.papers,
            ),
        )
        self._lay_out()
        self._connect()

    @property
    def file(self) -> CaseFile | None:
        """What is shown now; None until the case has been read."""
        return self.forms.file

    @property
    def form(self) -> ActionFormPanel | None:
        """The form that is open, if one is."""
        return self.forms.panel

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
        column.addWidget(self.columns, 1)
        self._stack.addWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self.heading.went.connect(self.go)
        self.presence.told.connect(self.heading.others.setText)
        for part in (self.heading, self.details):
            part.opened.connect(lambda number: self.context.open_case(number, (self.number, number)))
        self.details.reveal.connect(self._reveal)
        self.steps.chosen.connect(self.forms.open_step)
        self.repeats.beside_wanted.connect(
            lambda number: show_beside(self.context, self, self.number, number)
        )
        self.repeats.step_wanted.connect(self.forms.open_step)
        self.items.waive.connect(lambda item: self.forms.open_step("waive", item))
        self.items.settle.connect(self.forms.open_step)
        self.evidence.serve.connect(lambda paper: self.forms.open_step("serve", paper))
        self.evidence.unfolded.connect(lambda: self._bring_into_sight(self.evidence))
        self.story.correct.connect(self.forms.open_correction)
        self.forms.opened.connect(self._form_opened)
        self.forms.look_at.connect(self._bring_into_sight)
        self.forms.closed.connect(self._form_closed)
        self.forms.left.connect(self._left_form)
        self.forms.done.connect(self._form_done)
        self.forms.look_wanted.connect(self._look_at_news)
        self.forms.story_wanted.connect(self.story.focus_new)
        self.papers.paper_wanted.connect(lambda form, way: self.desk.paper(self.number, form, way))
        self.papers.again_wanted.connect(lambda paper: self.desk.again(self.number, paper))
        self.papers.attachment_wanted.connect(self._attachment)
        self.papers.attach_wanted.connect(lambda: self.desk.attach(self.number))
        for keys, way in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda way=way: self._go_by_key(way))
        for keys, act in (
            ("?", self.heading.ask_why),
            (KEY, self.evidence.toggle),
            (BESIDE_KEY, self.repeats.look_at_first),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -------------------------------------------------------------- which case

    def show_case(self, number: str, neighbours: Sequence[str] = (), step: str = "") -> None:
        """Show this case; `neighbours` are the numbers of the list it was opened from, in its order.

        `step`: the action whose form is to stand open, where it can be taken.
        """
        if number != self.number:
            self.forms.close_form()
            self._revealed, self.forms.file = None, None
        self.number, self.neighbours = number, neighbours
        self._focus_steps, self._step = True, step
        self._stale, self._opening = False, True
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
        """Read the case again. That it was opened is on record before it is shown; reading it again is not a further look."""
        number, read = self.number, open_case_file if self._opening else read_case_file
        if number:
            self.context.operations.query(
                self, "case", lambda session: read(session, number), self._show, self._not_shown
            )

    def concerns(self, changes: Changes) -> bool:
        """Other cases may change as they like; units and settings touch every page."""
        others = changes.kinds & self.kinds - {"cases"}
        return bool(self.number) and (bool(others) or changes.touches(self.number))

    def focus_first(self) -> None:
        if self.form is not None:
            self.form.focus_first()
        elif self.file is not None:
            self.steps.focus_primary()

    def hideEvent(self, event: QHideEvent) -> None:
        if self.form is not None:
            self.form.keep_now()
        super().hideEvent(event)
        self._say_presence()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._say_presence()

    def _say_presence(self) -> None:
        """Somebody is at the case while it can be seen, or while a form stands open on it behind another tab."""
        around = self.parentWidget()
        here = self.isVisible() or (self.form is not None and around is not None and around.isVisible())
        shown = self.file.number if self.file is not None and here else ""
        self.presence.be_at(shown, self.form.form.action if self.form is not None and shown else "")

    def _not_shown(self, error: LiuyanError) -> None:
        self.context.show_message(message_of(error))

    # -------------------------------------------------------------- showing

    def _show(self, file: CaseFile) -> None:
        if self._opening or self.file is None:
            self._version = file.view.version
        self._opening = False
        if file.number != self.number:
            self.number = file.number
        file = case_acts.with_revealed(file, self._revealed)
        first = self.file is None
        self.forms.show_file(file)
        view, state = file.view, case_state(file)
        self.heading.show_case(state, deadline_facts(view))
        self.heading.show_place(self._place(), len(self.neighbours))
        self.details.show_details(
            case_texts(view),
            state.facts,
            state.holders,
            state.groups,
            view.revealed,
            may_reveal=file.may_act,
        )
        self.steps.show_steps(state.possible, state.barred, file.may_act)
        self.repeats.show_lines(repeat_lines(file))
        self.items.show_items(state.open_lines)
        fresh = news(view.events, self._version, self.context.session)
        self.story.show_story(story(view), frozenset(one.event for one in fresh))
        self.evidence.show_chain(evidence_lines(view))
        self.papers.show_papers(
            view.regulation,
            file.forms,
            view.papers,
            view.attachments,
            file.may_act,
            without_identity=leading_unit_is_complained_of(file.situation),
        )
        self._stack.setCurrentIndex(1)
        if first:
            self.columns.to_top()
        if self._reopen:
            self._reopen = False
            self.forms.open_again()
        if self._look:
            self._look = False
            self.forms.open_on_news()
        self._open_wanted(state)
        if self._focus_steps and self.form is None:
            self._focus_steps = False
            self.steps.focus_primary()
        self._say_presence()

    def _open_wanted(self, state: CaseState) -> None:
        """The form that the case was opened for, unless another stands open already; what was typed into one is shown
        though its step can no longer be taken."""
        step, self._step = self._step, ""
        possible = any(one.action == step for one in state.possible)
        typed = self.file is not None and step in self.file.drafts and step != CORRECT
        if self.form is None and (possible or typed):
            self.forms.open_step(step)

    def _look_at_news(self) -> None:
        """看变化: the case as it is now, what is new marked, the form on top of it."""
        self._look = True
        self.refresh()

    # -------------------------------------------------------------- the form and its place

    def _form_opened(self) -> None:
        self._say_presence()
        self.steps.setVisible(False)
        self.columns.take_whole(self.form is not None and self.form.wide)
        self._bring_into_sight(self.forms)

    def _form_closed(self) -> None:
        self._say_presence()
        self.steps.setVisible(True)
        self.columns.take_whole(False)

    def _bring_into_sight(self, part: QWidget) -> None:
        # The layout settles first; only then does the part know its height.
        QTimer.singleShot(0, part, lambda: self.columns.bring_into_sight(part))

    def _form_done(self) -> None:
        self._focus_steps = True

    def _left_form(self, action: str) -> None:
        """Back to the buttons, the one that was pressed marked as having a draft."""
        file = self.forms.file
        if file is not None:
            state = case_state(file)
            self.steps.show_steps(state.possible, state.barred, file.may_act)
        self.steps.focus_step(action)

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
            self._revealed, self._reopen = view, True
            self.refresh()

    def _attachment(self, attachment: int, way: str) -> None:
        if self.file is not None:
            one = next(one for one in self.file.view.attachments if one.id == attachment)
            self.desk.attachment(self.number, one, way)
