"""补录旧件: old paper files typed one after the other, by keyboard alone. The page lays out, connects and shows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.backlog_lines import WrongFact, fact
from desktop_app.domain.history import REGISTER
from desktop_app.errors import LiuyanError, Refusal
from desktop_app.gui import backlog_state as state
from desktop_app.gui.backlog_draft import DraftKeeper
from desktop_app.gui.backlog_fields import LEAD, RECEIVED, USUALLY_KEPT, known_of_reply
from desktop_app.gui.backlog_form import BacklogForm
from desktop_app.gui.backlog_head import BacklogHead
from desktop_app.gui.backlog_sitting import CASES_CHANGED, SittingPanel
from desktop_app.gui.backlog_state import Draft, LineFault, Reading
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.services import backlog
from desktop_app.services.backlog import Desk, Entered
from desktop_app.services.queries import Listed
from desktop_app.services.session import Session

_KEPT = "backlog/kept"


class BacklogPage(Page):
    """What is typed at one sitting is one batch. Ctrl+Enter records a file and begins the next."""

    title = "补录旧件"
    kinds = frozenset({"cases", "units", "settings"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.form: BacklogForm | None = None
        self._desk: Desk | None = None
        self._tried = self._busy = False
        self._typed: dict[str, dict[str, str]] = {}
        self._known_of_unit: dict[str, Mapping[str, str]] = {}
        self.head = BacklogHead(context.session.today.year)
        self.sitting = SittingPanel(context)
        self.draft = DraftKeeper(context, self._draft_now, self)
        self.register = QPushButton("登记")
        self.outlook = label("", "hint", wrap=False)
        self._build()
        self._connect()

    # ------------------------------------------------------------------ laying out

    def _build(self) -> None:
        self.register.setProperty("role", "primary")
        self._around = QScrollArea()
        self._around.setWidgetResizable(True)
        self._around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.setSpacing(8)
        page.addWidget(self.head)
        page.addWidget(self._around, 1)
        page.addLayout(row(self.register, self.outlook, None, self.sitting.undo))
        page.addWidget(self.sitting)

    def _connect(self) -> None:
        self.draft.rested.connect(self._look)
        self.head.edited.connect(self.draft.touch)
        self.head.regulation_chosen.connect(self._change_form)
        self.register.clicked.connect(self.save)
        self.sitting.undone.connect(self._undone)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The form as wide as there is room, and no taller than it needs; the list has what is left."""
        if self.form is not None:
            self.form.fit(self._around.viewport().width())
            self._around.setMaximumHeight(self.form.sizeHint().height() + 2)

    # ------------------------------------------------------------------ the desk and the form

    def refresh(self) -> None:
        batch = self.sitting.batch

        def ask(session: Session) -> tuple[Desk, dict[str, str], tuple[Listed, ...]]:
            lines = backlog.sitting(session, batch) if batch is not None else ()
            return backlog.desk(session), DraftKeeper.found(session), lines

        self.context.operations.query(self, "desk", ask, lambda found: self._show_desk(*found))

    def _show_desk(self, desk: Desk, written: dict[str, str], lines: tuple[Listed, ...]) -> None:
        self.sitting.put(lines)
        before, self._desk = self._desk, desk
        if before is not None:
            self.head.show_desk(desk, desk.own)
            self._change_form()
            return
        draft = self.draft.take(written) or Draft({}, frozenset(self._usually_kept()))
        self.head.show_desk(desk, draft.regulation or desk.own, draft.source, draft.year)
        self._make_form(draft.values, draft.kept)
        if self.isVisible():
            self.focus_first()

    def _usually_kept(self) -> list[str]:
        return list(self.context.settings.get(_KEPT, list(USUALLY_KEPT)))

    def _change_form(self) -> None:
        """Another form where another regulation was chosen or the units have changed; what is typed goes over into it."""
        if (
            self.form is not None
            and self._desk is not None
            and self.form.bench != self.head.bench(self._desk)
        ):
            self._make_form(self.form.values(), self.form.kept)
        self.draft.touch()

    def _make_form(self, values: Mapping[str, str], kept: frozenset[str] | set[str]) -> None:
        assert self._desk is not None
        self.form = form = BacklogForm(self.head.bench(self._desk), self._day_as_read, kept)
        form.set_values(values)
        form.know_of_units(self._known_of_unit)
        form.edited.connect(self.draft.touch)
        form.ended.connect(self.register.setFocus)
        form.undo_wanted.connect(self.undo_last)
        form.focused.connect(lambda editor: self._around.ensureWidgetVisible(editor, 0, 48))
        form.changed_height.connect(self._fit)
        self._around.setWidget(form)
        before: QWidget = self.head.regulation
        sitting = self.sitting
        for target in (*form.targets, self.register, sitting.undo, sitting.undo_all, sitting.table):
            QWidget.setTabOrder(before, target)
            before = target
        self._fit()
        self._look()

    def focus_first(self) -> None:
        if self.form is not None:
            self.form.focus_on(RECEIVED)
            self._around.verticalScrollBar().setValue(0)

    # ------------------------------------------------------------------ as it is typed

    def _values(self) -> dict[str, str]:
        assert self.form is not None
        return {**self.form.values(), fact(REGISTER, "source"): self.head.source.currentText()}

    def _day_as_read(self, name: str) -> str:
        """How the day typed in that field is understood; as it was typed where it is not."""
        assert self.form is not None
        year, values = self.head.year_read(), self._values()
        return state.day_as_read(name, values, year, self.form.bench.calendar) if year else values[name]

    def _look(self) -> Reading | None:
        """Read what stands there: what is wrong so far, and what would become of it. None without a year."""
        year = self.head.year_read()
        if self.form is None or year is None:
            self.outlook.setText("")
            return None
        reading = state.read(self._values(), self.form.kept, year, self.form.bench)
        fresh = self.form.is_fresh
        faults = reading.faults if self._tried else reading.faults_so_far
        self.form.show_faults(() if fresh else faults, reading.protected)
        self.outlook.setText("" if fresh else state.outlook(reading, self.context.session.today))
        return reading

    # ------------------------------------------------------------------ the draft

    def _draft_now(self) -> Draft | None:
        if self.form is None:
            return None
        kept = frozenset(self.form.kept)
        self.context.settings.put(_KEPT, sorted(kept))
        head = (self.head.year.text(), self.head.regulation.currentData(), self.head.source.currentText())
        return Draft(self.form.values(), kept, *head)

    def hideEvent(self, event: QHideEvent) -> None:
        self.draft.keep_before_leaving()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draft.watch(self.window())

    # ------------------------------------------------------------------ recording

    def save(self) -> None:
        """Record what stands in the form; faults are shown below their fields, and nothing typed is lost."""
        self._tried = True
        reading = self._look()
        if self._busy or self.form is None:
            return
        if reading is None:
            self.head.year.setFocus()
        elif reading.faults:
            self._show_faults(reading.faults)
        else:
            self._record(reading, self.form)

    def _record(self, reading: Reading, form: BacklogForm) -> None:
        regulation, line, batch = form.bench.regulation.id, reading.line, self.sitting.batch
        values = form.values()
        self._set_busy(True)
        self.context.operations.change(
            self,
            lambda session: backlog.enter(session, regulation, line, batch),
            lambda entered: self._recorded(entered, values),
            CASES_CHANGED,
            self._refused,
        )

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.register.setEnabled(not busy)

    def _recorded(self, entered: Entered, values: dict[str, str]) -> None:
        self._set_busy(False)
        self.sitting.add(entered)
        self._typed[entered.number] = values
        self._known_of_unit[values[LEAD]] = known_of_reply(values)
        self._tried = False
        assert self.form is not None
        self.form.know_of_units(self._known_of_unit)
        self.form.begin_next()
        self._begin()
        alike = f"疑似与 {entered.alike} 重复，请核对。" if entered.alike else ""
        words = f"已登记 {entered.number}，现为“{entered.case.row.status}”。{alike}"
        self.context.show_message(Message(words, "done", undo=self.undo_last))

    def _begin(self) -> None:
        """At the first field of what stands in the form now."""
        self.focus_first()
        self._look()
        self.draft.keep()

    def _refused(self, error: LiuyanError) -> None:
        self._set_busy(False)
        if isinstance(error, WrongFact):
            self._show_faults((state.fault_of(error),))
        elif isinstance(error, Refusal):
            self.context.show_message(message_of(error))
        else:
            self.context.operations.failed.emit(error)

    def _show_faults(self, faults: tuple[LineFault, ...]) -> None:
        assert self.form is not None
        self.form.show_faults(faults, any(one.code == state.PROTECTED for one in faults))
        first = faults[0]
        if self.form.has_field(first.field):
            self.form.focus_on(first.field)
        else:
            self.context.show_message(Message(first.text, "refused"))

    # ------------------------------------------------------------------ taking back

    def undo_last(self) -> None:
        """Take the newest line back, unless one is just being recorded."""
        if not self._busy:
            self.sitting.undo_last()

    def _undone(self, case: Listed) -> None:
        """What was typed of it comes into the form again, where nothing else stands there."""
        words = f"已撤销 {case.number}，登记号保留不再使用。"
        typed = self._typed.pop(case.number, None)
        if self.form is not None and self.form.is_fresh and typed is not None:
            self.form.set_values(typed)
            self._begin()
            words += "内容已填回，改正后可再登记。"
        self.context.show_message(Message(words, "done"))
