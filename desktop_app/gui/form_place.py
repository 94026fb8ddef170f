"""Where the form of a step opens on the page of a case: its draft, its doing, its refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.corrections import CORRECT
from desktop_app.errors import LiuyanError, Refusal
from desktop_app.gui import case_acts
from desktop_app.gui.action_fields import action_form
from desktop_app.gui.action_form import ActionFormPanel
from desktop_app.gui.answer_proposals import PUBLIC_TEXT_KEYS
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.changes import Changes
from desktop_app.gui.correction_fields import correction_form
from desktop_app.gui.form_shapes import ActionForm
from desktop_app.gui.meanwhile_state import clashes, why_barred
from desktop_app.gui.messages import is_outcome_unknown, message_of
from desktop_app.gui.page import PageContext
from desktop_app.services.case_search import find_cases
from desktop_app.services.cases import Done
from desktop_app.services.drafts import take_up
from desktop_app.services.overtaken import Overtaken, news
from desktop_app.services.public_text import PublicTextCheck, check_public_text, look_through

NOTHING_CHANGED = Changes(frozenset())
"""A draft or a look at the case: nothing that another page shows."""


class FormPlace(QWidget):
    """Holds one form at most. Opening it saves nothing; what is typed is kept as a draft."""

    opened = Signal()
    closed = Signal()
    look_at = Signal(object)
    """A part of the open form that must come into sight."""
    left = Signal(str)
    """Esc: the action whose form was left."""
    done = Signal()
    """The step is recorded, its form closed."""
    look_wanted = Signal()
    """The case is to be read again, then `open_on_news`."""
    story_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.file: CaseFile | None = None
        self.panel: ActionFormPanel | None = None
        self._about = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        context.operations.failed.connect(self._not_done)

    # -------------------------------------------------------------- opening and closing

    def show_file(self, file: CaseFile) -> None:
        """The case as it was read again. What others did to it meanwhile is told above the form that stands open."""
        self.file = file
        if self.panel is not None:
            since = news(file.view.events, self.panel.seen, self._context.session)
            if since:
                self.panel.tell_news(since)

    def open_step(self, action: str, about: str = "") -> None:
        """The form of a step; `about` is what it was opened from: an open item, a paper, the points of a review."""
        if self.file is not None:
            # What was typed in the last moment belongs to what the next form proposes.
            self.close_form()
            self._about = about
            self._open_from_draft(action_form(self.file, action, about), self.file)

    def open_correction(self, event: int) -> None:
        """The form that corrects one line of the story."""
        if self.file is not None:
            self.close_form()
            self._open_from_draft(correction_form(self.file, event), self.file)

    def _open_from_draft(self, form: ActionForm, file: CaseFile) -> None:
        """With what was typed before, and what others did to the case since."""
        draft = case_acts.draft_for(form, file)
        panel = self._open(form, file, draft)
        if draft:
            number, action, kept = file.number, form.action, file.drafts[form.action]
            self._context.operations.change(
                self,
                lambda session: take_up(session, number, action, kept),
                lambda _: None,
                NOTHING_CHANGED,
            )
        seen = case_acts.version_typed_on(form.action, file) if draft else file.view.version
        me = self._context.session.user.name
        since = [one for one in news(file.view.events, seen, self._context.session) if one.by != me]
        reason = why_barred(file, form)
        if reason:
            panel.bar(since, reason)
        elif since:
            panel.seen = seen
            panel.tell_news(since, insist=True)

    def open_on_news(self) -> None:
        """The open form made anew on the case as it is now: what is typed stays, the rest is proposed afresh."""
        old, file = self.panel, self.file
        if old is None or file is None:
            return
        since = news(file.view.events, old.seen, self._context.session)
        reason = why_barred(file, old.form)
        if reason:
            old.bar(since, reason)
            return
        event, action, typed = old.form.event, old.form.action, old.typed_values()
        form = correction_form(file, event) if event else action_form(file, action, self._about)
        self.close_form()
        panel = self._open(form, file, typed, from_draft=False)
        self._put(action, case_acts.as_draft(form, panel.values(), panel.seen))
        panel.tell_looked(since, clashes(old.form, form, typed))

    def open_again(self) -> None:
        """With what can be proposed now that more is known; nothing happens where something was typed."""
        panel = self.panel
        if panel is None or case_acts.as_draft(panel.form, panel.values()):
            return
        if panel.form.event:
            self.open_correction(panel.form.event)
        else:
            self.open_step(panel.form.action, self._about)

    def close_form(self) -> None:
        """Close what is open; what was typed in the last moment is kept."""
        if self.panel is None:
            return
        panel = self.panel
        panel.keep_now()
        self.panel = None
        self._column.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.closed.emit()

    def _open(
        self, form: ActionForm, file: CaseFile, values: Mapping[str, str], from_draft: bool = True
    ) -> ActionFormPanel:
        panel = ActionFormPanel(form, file, values, from_draft)
        panel.submitted.connect(self._submit)
        panel.left.connect(self._leave)
        panel.typed.connect(self._keep)
        panel.looked_for.connect(self._look_for)
        panel.other_step.connect(self.open_step)
        panel.look_at.connect(self.look_at)
        panel.case_wanted.connect(lambda number: self._context.open_case(number, (number,)))
        panel.given_up.connect(self._give_up)
        panel.meanwhile.look_wanted.connect(self.look_wanted)
        panel.meanwhile.story_wanted.connect(self.story_wanted)
        self.panel = panel
        self._column.addWidget(panel)
        panel.show()
        self.opened.emit()
        panel.focus_first()
        panel.look_up()
        self._look_for_protected(panel)
        return panel

    def _give_up(self) -> None:
        """不要了: the form goes, and with it the draft."""
        panel = self.panel
        if panel is not None:
            self._drop(panel.form.action)
            self._leave()

    def _leave(self) -> None:
        action = self.panel.form.action if self.panel is not None else ""
        self.close_form()
        self.left.emit(action)

    # -------------------------------------------------------------- drafts

    def _keep(self, values: dict[str, str]) -> None:
        panel = self.panel
        if panel is not None:
            self._look_for_protected(panel)
            self._put(panel.form.action, case_acts.as_draft(panel.form, values, panel.seen))

    def _drop(self, action: str) -> None:
        self._put(action, {})

    def _put(self, action: str, draft: dict[str, str]) -> None:
        file = self.file
        if file is None:
            return
        number = file.number
        self.file = replace(file, drafts=case_acts.drafts_with(file, action, draft))
        self._context.operations.typed.keep(self, number, action, draft, NOTHING_CHANGED)

    # -------------------------------------------------------------- what the form wants to know

    def _look_for(self, name: str, words: str) -> None:
        """Another case, by its number or by words of it."""
        panel, file = self.panel, self.file
        if panel is None or file is None:
            return
        number = file.number
        self._context.operations.query(
            panel,
            f"cases for {name}",
            lambda session: find_cases(session, words, but=number),
            lambda found: panel.show_found(name, words, found),
        )

    def _look_for_protected(self, panel: ActionFormPanel) -> None:
        """What in the text about to go public is protected, while it is still being written."""
        file = self.file
        if file is None or panel.form.action not in PUBLIC_TEXT_KEYS:
            return
        number, action, keys = file.number, panel.form.action, panel.keys()
        self._context.operations.query(
            panel,
            "protected as typed",
            lambda session: check_public_text(session, number, action, keys),
            panel.mark_protected,
            lambda _: None,
        )

    # -------------------------------------------------------------- doing

    def _submit(self, keys: dict[str, str], on: date) -> None:
        panel, file = self.panel, self.file
        if panel is None or file is None:
            return
        if panel.covers_unseen:
            self._show_covered(panel, file, keys, on)
        else:
            self._do(panel, file, keys, on)

    def _show_covered(self, panel: ActionFormPanel, file: CaseFile, keys: dict[str, str], on: date) -> None:
        """First what a paper for others will cover, where there is anything."""
        number, action = file.number, panel.form.action

        def look(check: PublicTextCheck) -> None:
            if self.panel is not panel:
                return
            if check.hits:
                panel.show_covered(check)
            else:
                self._do(panel, file, keys, on)

        self._context.operations.query(
            panel, "covered", lambda session: check_public_text(session, number, action, keys), look
        )

    def _do(self, panel: ActionFormPanel, file: CaseFile, keys: dict[str, str], on: date) -> None:
        number, action, seen = file.number, panel.form.action, panel.seen
        self._context.operations.change(
            self,
            lambda session: case_acts.do(session, number, action, keys, on, seen),
            lambda done: self._recorded(panel, file, done),
            Changes.of("cases", numbers=case_acts.numbers_touched(file, keys)),
            lambda error: self._refused(panel, number, keys, error),
        )

    def _recorded(self, panel: ActionFormPanel, before: CaseFile, done: Done) -> None:
        if self.panel is panel:
            self.close_form()
            self.done.emit()
        undo = None if panel.form.action == CORRECT else lambda: self._undo(before, done)
        self._context.show_message(case_acts.done_message(panel.form, before, done, undo))

    def _undo(self, before: CaseFile, done: Done) -> None:
        """撤销: a correction voids the step just recorded; both stay in the story."""
        self._context.operations.change(
            self,
            lambda session: case_acts.undo(session, done),
            lambda undone: self._context.show_message(case_acts.undone_message(undone)),
            Changes.of("cases", numbers=case_acts.numbers_touched(before, {})),
            lambda error: self._context.show_message(message_of(error)),
        )

    def _refused(self, panel: ActionFormPanel, number: str, keys: dict[str, str], error: LiuyanError) -> None:
        if self.panel is not panel:
            self._context.show_message(message_of(error))
        elif not isinstance(error, Refusal):
            known = "不知道记下没有" if is_outcome_unknown(error) else "没有记下"
            panel.show_problem(f"{known}，原因见提示；填写的内容都在。")
            self._context.operations.failed.emit(error)
        elif isinstance(error, Overtaken):
            panel.set_busy(False)
            panel.tell_news(error.since, insist=True)
        elif error.code == "protected_data_in_public_text":
            action = panel.form.action
            self._context.operations.change(
                panel,
                lambda session: look_through(session, number, action, keys),
                lambda check: panel.show_refusal(error, check),
                NOTHING_CHANGED,
            )
        else:
            panel.show_refusal(error)

    def _not_done(self, error: object) -> None:
        """Something failed that the frame tells about; the form can be tried again."""
        if self.panel is not None:
            self.panel.set_busy(False)
