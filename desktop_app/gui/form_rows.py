"""The rows of a form: a label, an editor, a word beside it, and its fault; those that need the whole width apart."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from desktop_app.gui.choice_editors import ChecksEditor
from desktop_app.gui.field_editor import FieldEditor, TextEditor
from desktop_app.gui.form_faults import FieldFault
from desktop_app.gui.form_shapes import WIDE, Field
from desktop_app.gui.page_parts import label

_LETTERS_OF_A_PART = 22
"""What each wide part needs in width to stand beside another; a text with its other text counts for two."""
_TALL = (TextEditor, ChecksEditor)


class FormRow:
    """One field on the form."""

    def __init__(self, field: Field, editor: FieldEditor) -> None:
        self.field, self.editor = field, editor
        self.title = label(field.title, "field")
        self.title.setBuddy(editor)
        self.hint = label(field.hint, "hint")
        self.fault = label("", "fault")
        self.fault.setVisible(False)
        if not field.hint:
            self.hint.hide()

    @property
    def wide(self) -> bool:
        return self.field.shape in WIDE

    def mark(self, required: bool) -> None:
        """Tell, to the eye and to readers, whether the field must be filled in."""
        title = f"{self.field.title} *" if required else self.field.title
        self.title.setText(title)
        self.editor.set_title(title)
        self.editor.name_for_readers(f"{self.field.title}，必填" if required else self.field.title)

    def show(self, shown: bool) -> None:
        self.title.setVisible(shown and not self.editor.bears_title)
        self.editor.set_asked(shown)
        self.hint.setVisible(shown and bool(self.hint.text()))
        self.fault.setVisible(shown and bool(self.fault.text()))

    def tell(self, fault: FieldFault | None) -> None:
        self.fault.setText(f"✕ {fault.text}" if fault is not None else "")
        self.fault.setVisible(fault is not None and not self.editor.isHidden())


def grid_of(rows: Iterable[FormRow]) -> QGridLayout:
    """Labels right-aligned before their editors, words and faults below these."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    line = 0
    for row in rows:
        top = Qt.AlignmentFlag.AlignTop if isinstance(row.editor, _TALL) else Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(row.title, line, 0, Qt.AlignmentFlag.AlignRight | top)
        grid.addWidget(row.editor, line, 1)
        grid.addWidget(row.hint, line + 1, 1)
        grid.addWidget(row.fault, line + 2, 1)
        line += 3
    grid.setRowStretch(line, 1)
    return grid


class WideRows(QWidget):
    """Fields that need room: beside each other where there is enough for all, else one below the other."""

    def __init__(self, rows: Iterable[FormRow]) -> None:
        super().__init__()
        self._parts = 0
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        for row in rows:
            parts = 2 if row.editor.bears_title else 1
            self._parts += parts
            self._box.addWidget(_part(row), parts)

    def fit(self, width: int) -> None:
        """Arrange the parts for a form of that width."""
        letter = self.fontMetrics().horizontalAdvance("国")
        beside = width >= self._parts * _LETTERS_OF_A_PART * letter
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)


def _part(row: FormRow) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for widget in (row.title, row.hint, row.editor, row.fault):
        column.addWidget(widget)
    column.addStretch(1)
    return part
