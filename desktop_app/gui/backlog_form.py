"""The form in which an old case is typed: Enter goes from field to field, what stays is marked, faults stand below."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_app.domain.backlog_trials import Bench
from desktop_app.gui.backlog_editors import BacklogEditor
from desktop_app.gui.backlog_fields import (
    CLEARED,
    DEFAULTS,
    columns_of,
    is_shown,
    proposals,
    required_now,
)
from desktop_app.gui.backlog_rows import DayAsRead, FieldColumn
from desktop_app.gui.backlog_state import LineFault, is_fresh, knows

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EMPTIES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
_LETTERS_A_COLUMN = 26
"""Room, in letters, below which columns move under each other."""


class BacklogForm(QWidget):
    """Everything of one file. It records nothing; that something was typed is told by `edited`."""

    edited = Signal()
    ended = Signal()
    """Enter in the last field."""
    changed_height = Signal()
    focused = Signal(QWidget)
    """The editor that has the keyboard now."""
    undo_wanted = Signal()
    """Ctrl+Z where nothing is typed yet: it is the file before that is meant."""

    def __init__(self, bench: Bench, day_as_read: DayAsRead, kept: Iterable[str]) -> None:
        super().__init__()
        self.bench, self.kept = bench, set(kept)
        self._known_of_unit: Mapping[str, Mapping[str, str]] = {}
        self._proposed: dict[str, str] = {}
        self._protected = self._loading = False
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 8, 0)
        self._columns.setSpacing(24)
        self._parts = [FieldColumn(one, bench.units, day_as_read) for one in columns_of(bench.regulation)]
        for part in self._parts:
            self._columns.addLayout(part.grid, 1)
        self._rows = [row for part in self._parts for row in part.rows]
        self._cells = {cell.field.name: cell for part in self._parts for cell in part.cells()}
        self._by_target = {id(cell.target): name for name, cell in self._cells.items()}
        for name, cell in self._cells.items():
            cell.editor.edited.connect(lambda name=name: self._edited(name))
            cell.editor.settled.connect(self.edited)
            cell.editor.entered.connect(lambda name=name: self._go_on(name))
            cell.name.pressed.connect(lambda name=name: self.toggle_kept(name))
            cell.target.installEventFilter(self)
        self.set_values({})

    def fit(self, width: int) -> None:
        """Columns beside each other where there is room, else below."""
        letter = self.fontMetrics().horizontalAdvance("国")
        beside = width >= self._columns.count() * _LETTERS_A_COLUMN * letter
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != way:
            self._columns.setDirection(way)

    # ------------------------------------------------------------------ what stands in it

    def values(self) -> dict[str, str]:
        """Every field as it stands, shown or not."""
        return {name: cell.editor.value() for name, cell in self._cells.items()}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Put these in; all other fields are empty, or hold what a form begins with."""
        self._loading = True
        for name, cell in self._cells.items():
            cell.editor.set_value(values.get(name, "") or DEFAULTS.get(name, ""))
        self._loading = self._protected = False
        self.show_faults(())
        self._look()

    def begin_next(self) -> None:
        """An empty form but for what stays, as far as it means something under this regulation."""
        values, regulation = self.values(), self.bench.regulation
        stays = {name: values[name] for name in self.kept if name in values}
        self.set_values({name: one for name, one in stays.items() if knows(regulation, name, one)})

    @property
    def is_fresh(self) -> bool:
        """Whether nothing was typed of this file yet."""
        return is_fresh(self.values(), self.kept)

    def know_of_units(self, known: Mapping[str, Mapping[str, str]]) -> None:
        """What may be proposed of the answers of units."""
        self._known_of_unit = known
        self._look()

    def toggle_kept(self, name: str) -> None:
        """Let a field stay for the next file, or no more."""
        self.kept ^= {name}
        self._look()
        self.edited.emit()

    @property
    def targets(self) -> tuple[QWidget, ...]:
        """What has the keyboard in each field, in the order of the file."""
        return tuple(cell.target for cell in self._cells.values())

    def editor(self, name: str) -> BacklogEditor:
        return self._cells[name].editor

    def has_field(self, name: str) -> bool:
        return name in self._cells

    def name_of(self, name: str) -> str:
        """What stands before a field."""
        return self._cells[name].name.text()

    # ------------------------------------------------------------------ faults

    def show_faults(self, faults: Collection[LineFault], protected: bool = False) -> None:
        """Put each below its field. `protected`: ask whether the words in the answer were looked at."""
        told = {one.field: one.text for one in faults}
        for row in self._rows:
            row.tell(told)
        if protected != self._protected:
            self._protected = protected
            self._look()

    def fault(self, name: str) -> str:
        """What stands below a field's row."""
        row = next(row for row in self._rows if self._cells[name] in row.cells)
        return "" if row.fault.isHidden() else row.fault.text()

    # ------------------------------------------------------------------ as it is typed

    def _edited(self, name: str) -> None:
        if self._loading:
            return
        if name != CLEARED and self._cells[CLEARED].editor.value():
            # What was looked at was another text.
            self._cells[CLEARED].editor.set_value("")
        self._look()
        self.edited.emit()

    def _look(self) -> None:
        """Which fields are asked for, which must be filled in, what each proposes."""
        values, regulation = self.values(), self.bench.regulation
        wanted = required_now(values, regulation)
        self._proposed = proposals(values, self._known_of_unit)
        for name, cell in self._cells.items():
            cell.show(is_shown(name, values, regulation, self._protected))
            cell.editor.name_for_readers(cell.name.tell(name in wanted, name in self.kept))
            cell.editor.propose(self._proposed.get(name, ""))
        for part in self._parts:
            part.show_headings()

    def event(self, event: QEvent) -> bool:
        """Fields come and go, texts grow: the room that is needed has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.changed_height.emit()
        return super().event(event)

    # ------------------------------------------------------------------ keys

    def focus_on(self, name: str) -> None:
        self._cells[name].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.focused.emit(watched)
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        pressed = event.type() == QEvent.Type.KeyPress
        if event.matches(QKeySequence.StandardKey.Undo) and self.is_fresh:
            # Taken before the editor takes it for itself: it has nothing to undo.
            event.accept()
            if pressed:
                self.undo_wanted.emit()
            return True
        return pressed and self._key(self._by_target[id(watched)], event)

    def _key(self, name: str, event: QKeyEvent) -> bool:
        """What the form does with a key; False leaves it to the editor."""
        cell = self._cells[name]
        if event.key() in _ENTER and event.modifiers() in _PLAIN:
            if not cell.editor.value().strip():
                cell.editor.set_value(self._proposed.get(name, ""))
            self._go_on(name)
        elif event.key() == Qt.Key.Key_F2:
            self.toggle_kept(name)
        elif event.key() in _EMPTIES and cell.field.choices:
            cell.editor.set_value("")
        else:
            return False
        return True

    def _go_on(self, name: str) -> None:
        names = list(self._cells)
        for following in names[names.index(name) + 1 :]:
            if self._cells[following].shown:
                self.focus_on(following)
                return
        self.ended.emit()
