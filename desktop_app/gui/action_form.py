"""The form of a step, opened in its place on the page: fields, what the regulation wants, faults as they arise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.corrections import CORRECT
from desktop_app.domain.public_words import PAPER_TEXT_KEYS
from desktop_app.domain.word_answers import CLEARED, answers_text
from desktop_app.errors import Refusal
from desktop_app.gui.action_fields import day_given, given_keys, is_shown, required_now
from desktop_app.gui.advice_line import TAKE_KEY, AdviceLine
from desktop_app.gui.answer_proposals import BY_POINTS
from desktop_app.gui.case_editor import CaseEditor
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.correction_fields import changes_nothing, correction_keys
from desktop_app.gui.field_editor import FieldEditor
from desktop_app.gui.field_editors import make_editor
from desktop_app.gui.form_faults import (
    FieldFault,
    fault_of_refusal,
    faults_as_typed,
    missing_fields,
    plain_words,
)
from desktop_app.gui.form_rows import FormBody, FormRow
from desktop_app.gui.form_shapes import DAY, ActionForm, Field
from desktop_app.gui.meanwhile_strip import MeanwhileStrip
from desktop_app.gui.page_parts import ArticlePanel, label, set_tone
from desktop_app.gui.points_editor import PointsEditor
from desktop_app.gui.protected_words import ProtectedWords
from desktop_app.gui.public_text_editor import PublicTextEditor
from desktop_app.services.case_search import FoundCase
from desktop_app.services.overtaken import Since, told_together
from desktop_app.services.public_text import PublicTextCheck

_PAUSE = 250
"""Milliseconds of rest after which what is typed is looked at and kept."""


class ActionFormPanel(QFrame):
    """Ctrl+Enter does the step, Esc leaves it with the draft kept. Showing the form saves nothing."""

    submitted = Signal(object, object)
    """The step's keys, and the day on which it happened."""
    left = Signal()
    typed = Signal(object)
    """The values as they stand, to be kept as a draft."""
    looked_for = Signal(str, str)
    """A field and the words by which it looks for another case."""
    other_step = Signal(str, str)
    """Another step is wanted instead, and what it is about."""
    look_at = Signal(object)
    """A part of the form, below what is seen of it, that must be looked at now."""
    case_wanted = Signal(str)
    """A past case that stands as a reason is wanted."""
    given_up = Signal()
    """What is typed is to be forgotten, the form closed."""

    def __init__(
        self,
        form: ActionForm,
        file: CaseFile,
        draft: Mapping[str, str] | None = None,
        from_draft: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form, self._file = form, file
        self.seen = file.view.version
        """The version of the case that the operator knows; sent with the step (`services.overtaken`)."""
        self._newest, self._barred, self._unkept = self.seen, False, False
        self.meanwhile = MeanwhileStrip()
        self._answers: tuple[str, ...] = ()
        self._seen = False
        self._told: dict[str, FieldFault] = {}
        self.setProperty("role", "form")
        self._rows = {field.name: self._make_row(field) for field in form.fields}
        self._article = ArticlePanel(form.clause, form.article) if form.article else None
        self._body = FormBody(tuple(self._rows.values()), self._article)
        self._strip = label("", "fault")
        self._strip.setVisible(False)
        self._protected = ProtectedWords()
        self._protected.answered.connect(self._answered)
        self.do_button = QPushButton(f"{'更正' if form.action == CORRECT else form.title}")
        self.leave_button = QPushButton("离开")
        self._lay_out(bool(draft) and from_draft)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._keep)
        self._fill(draft or {})
        self._connect()

    # -------------------------------------------------------------- building

    def _make_row(self, field: Field) -> FormRow:
        situation = self._file.situation
        return FormRow(field, make_editor(field, self._file.units, situation.calendar, self._file.today))

    def _lay_out(self, from_draft: bool) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(self.form.title, "section"))
        head.addWidget(label(f"依据{self.form.clause}" if self.form.clause else "", "hint"))
        head.addStretch(1)
        head.addWidget(label("带 * 的必填" + ("，已填回上次的草稿" if from_draft else ""), "hint"))
        whole.addLayout(head)
        whole.addWidget(self.meanwhile)
        for way in self.form.ways:
            whole.addWidget(label(way, "hint"))
        whole.addWidget(self._body)
        whole.addWidget(self._protected)
        whole.addWidget(self._strip)
        whole.addLayout(self._foot())
        if self._article is not None:
            QWidget.setTabOrder(self.leave_button, self._article.area)

    @property
    def wide(self) -> bool:
        """Whether the form needs all the room there is."""
        return self._body.wide

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self.do_button.setProperty("role", "primary")
        foot.addWidget(self.do_button)
        foot.addWidget(self.leave_button)
        foot.addWidget(label("Ctrl+Enter 办理　Esc 离开，填了的留作草稿", "hint"))
        foot.addStretch(1)
        return foot

    def _fill(self, values: Mapping[str, str]) -> None:
        for name, row in self._rows.items():
            if name in values:
                row.editor.set_value(values[name])
        self._look()

    def _connect(self) -> None:
        for row in self._rows.values():
            row.editor.edited.connect(self._edited)
            row.editor.settled.connect(self._look)
            self._connect_editor(row)
        self.meanwhile.anyway.connect(self._do_anyway)
        self.meanwhile.copy_wanted.connect(self._copy)
        self.meanwhile.leave_wanted.connect(self.leave)
        self.meanwhile.drop_wanted.connect(self.given_up)
        self.do_button.clicked.connect(self.submit)
        self.leave_button.clicked.connect(self.leave)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            done = QShortcut(QKeySequence(keys), self)
            done.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            done.activated.connect(self.submit)
        taking = QShortcut(QKeySequence(TAKE_KEY), self)
        taking.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        taking.activated.connect(self.take_advice)
        leaving = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leaving.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leaving.activated.connect(self.leave)

    def _connect_editor(self, row: FormRow) -> None:
        name, editor = row.field.name, row.editor
        if row.advice is not None:
            row.advice.case_wanted.connect(self.case_wanted)
        if isinstance(editor, CaseEditor):
            editor.looked_for.connect(lambda words: self.looked_for.emit(name, words))
            editor.offer(self._file.alike)
        elif isinstance(editor, PointsEditor):
            editor.send_back.connect(lambda: self.other_step.emit("rework", BY_POINTS))

    # -------------------------------------------------------------- what stands in it

    def values(self) -> dict[str, str]:
        """Every field as it stands, shown or not."""
        return {name: row.editor.value() for name, row in self._rows.items()}

    def keys(self) -> dict[str, str]:
        """The keys of the step as they would be sent."""
        if self.form.action == CORRECT:
            return correction_keys(self.form, self.values())
        keys = given_keys(self.form, self.values())
        return {**keys, CLEARED: answers_text(self._answers)} if self._answers else keys

    def focus_first(self) -> None:
        """Begin at the first required field that is still empty, else at the first field."""
        values = self.values()
        wanted = required_now(self.form, self._file.view.regulation, values)
        empty = [row for name, row in self._rows.items() if name in wanted and not values[name].strip()]
        shown = empty or [row for name, row in self._rows.items() if is_shown(self.form, name, values)]
        if shown:
            shown[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_advice(self) -> None:
        """Take what past cases speak for, where it is shown."""
        for row in self._rows.values():
            if row.advice is not None and not row.advice.isHidden():
                row.advice.take()

    def advice(self, name: str) -> AdviceLine | None:
        return self._rows[name].advice

    def editor(self, name: str) -> FieldEditor:
        return self._rows[name].editor

    def fault(self, name: str) -> str:
        """The fault that stands beside a field, empty where there is none."""
        return self._rows[name].fault.text()

    @property
    def strip(self) -> str:
        """What stands beside the button when the step as a whole was refused."""
        return self._strip.text()

    # -------------------------------------------------------------- as it is typed

    def _edited(self) -> None:
        self._answers, self._seen = (), False
        self._protected.hide()
        self._look()
        self._pause.start()

    def _look(self) -> None:
        """Which fields are asked for, which are required, what is wrong so far."""
        values = self.values()
        wanted = required_now(self.form, self._file.view.regulation, values)
        faults = {fault.field: fault for fault in faults_as_typed(self.form, self._file.situation, values)}
        for name, row in self._rows.items():
            row.show(is_shown(self.form, name, values))
            row.mark(name in wanted)
            fault = None if row.editor.is_midway() else faults.get(name)
            row.tell(fault or self._still_missing(name, values))
        if not self._told:
            self._strip.setVisible(False)

    def _still_missing(self, name: str, values: Mapping[str, str]) -> FieldFault | None:
        """A fault told when the step was tried stands until the field is touched."""
        told = self._told.get(name)
        if told is not None and values[name].strip():
            del self._told[name]
            return None
        return told

    def _keep(self) -> None:
        self.typed.emit(self.values())

    def keep_now(self) -> None:
        """Give out what was typed in the last moment, as before the page turns to another case."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def look_up(self) -> None:
        """Ask what stands behind the numbers of other cases that the form opened with."""
        for name, row in self._rows.items():
            if isinstance(row.editor, CaseEditor) and row.editor.value():
                self.looked_for.emit(name, row.editor.value())

    def show_found(self, name: str, words: str, found: Sequence[FoundCase]) -> None:
        """What was found of other cases, for the field that looked for it."""
        editor = self._rows[name].editor
        if isinstance(editor, CaseEditor):
            editor.show_found(words, found)

    def mark_protected(self, check: PublicTextCheck) -> None:
        """What in the text about to go public is protected, marked in it before the step is tried."""
        for row in self._rows.values():
            if isinstance(row.editor, PublicTextEditor):
                row.editor.mark_protected(check.text, check.hits)

    # -------------------------------------------------------------- doing it

    def submit(self) -> None:
        """Send the step, or tell what is still missing."""
        if not self.do_button.isEnabled():
            return
        values = self.values()
        self._told = {}
        faults = missing_fields(self.form, self._file.situation, values)
        if not faults and changes_nothing(self.form, values):
            faults = (FieldFault("how", "还没有改动；要整条作废，请选“作废这条记录”。"),)
        if faults:
            self._show_faults(faults)
            return
        self._unkept = self._pause.isActive()
        self._pause.stop()
        self.set_busy(True)
        self.submitted.emit(
            self.keys(), day_given(values, self._file.today) if DAY in values else self._file.today
        )

    def leave(self) -> None:
        """Esc: the form closes, what was typed stays as a draft."""
        self.keep_now()
        self.left.emit()

    def set_busy(self, busy: bool) -> None:
        self.do_button.setEnabled(not busy and not self._barred)
        if not busy and self._unkept:
            # Typed just before the step was tried, which came to nothing.
            self._unkept = False
            self._pause.start()

    # -------------------------------------------------------------- what others did meanwhile

    def tell_news(self, since: Sequence[Since], insist: bool = False) -> None:
        """What others recorded since the form was opened; told once, unless the step was tried (`insist`)."""
        newest = max(one.event for one in since)
        if newest > self._newest or insist:
            self._newest = newest
            self.meanwhile.tell_news(told_together(since))
            if insist:
                self._turn_to_meanwhile()

    def tell_looked(self, since: Sequence[Since], clashes: str) -> None:
        """The form was made anew on the case as it is now: what has changed, and which fields with it."""
        if since:
            self.meanwhile.tell_looked(told_together(since), clashes)
            self._turn_to_meanwhile()

    def bar(self, since: Sequence[Since], reason: str) -> None:
        """The step can no longer be taken; what is typed can still be copied or kept."""
        self._barred = True
        self.set_busy(False)
        typed = any(value.strip() for value in self.typed_values().values())
        self.meanwhile.tell_barred(told_together(since), reason, typed)
        self._turn_to_meanwhile()

    def typed_values(self) -> dict[str, str]:
        """What stands in the form otherwise than it was proposed."""
        values = self.values()
        return {one.name: values[one.name] for one in self.form.fields if values[one.name] != one.default}

    def _turn_to_meanwhile(self) -> None:
        self.meanwhile.focus_first()
        self.look_at.emit(self.meanwhile)

    def _do_anyway(self) -> None:
        self.seen = self._newest
        self.submit()

    def _copy(self) -> None:
        """Every field that is shown and filled in, a line each, as it can be pasted anywhere."""
        values = self.values()
        shown = [one for one in self.form.fields if is_shown(self.form, one.name, values)]
        lines = [f"{one.title}：{values[one.name]}" for one in shown if values[one.name].strip()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def show_refusal(self, refusal: Refusal, check: PublicTextCheck | None = None) -> None:
        """The rules said no: beside the field where one is to blame, else beside the button; the form stays open."""
        self.set_busy(False)
        if check is not None and check.hits:
            self._show_protected(check)
            return
        self._show_faults((fault_of_refusal(self.form, refusal),))

    def show_problem(self, words: str) -> None:
        """What kept the step from being recorded though no rule forbids it."""
        self.set_busy(False)
        self._show_faults((FieldFault("", plain_words(words)),))

    def _show_faults(self, faults: Sequence[FieldFault]) -> None:
        values = self.values()
        placed = [fault for fault in faults if fault.field and is_shown(self.form, fault.field, values)]
        self._told = {fault.field: fault for fault in reversed(placed)}
        for fault in placed:
            self._rows[fault.field].tell(fault)
        loose = [fault for fault in faults if fault not in placed]
        words = (
            loose[0].text if loose else f"还有 {len(placed)} 处要改，见上面各项。" if len(placed) > 1 else ""
        )
        self._strip.setText(words)
        self._strip.setVisible(bool(words))
        set_tone(self._strip, "refused")
        if placed:
            self._rows[placed[0].field].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def covers_unseen(self) -> bool:
        """Whether the step puts words on a paper for others, and the operator was not shown yet what it will cover."""
        return self.form.action in PAPER_TEXT_KEYS and not self._seen

    def show_covered(self, check: PublicTextCheck) -> None:
        """What the paper will cover, before the step is done."""
        self.set_busy(False)
        self._show_protected(check)

    def _show_protected(self, check: PublicTextCheck) -> None:
        self._protected.show_hits(check)
        self.look_at.emit(self._protected)

    def _answered(self, answers: tuple[str, ...]) -> None:
        """Every word was looked at: the step is sent again with the answers."""
        self._answers, self._seen = answers, True
        self._protected.hide()
        self.submit()
