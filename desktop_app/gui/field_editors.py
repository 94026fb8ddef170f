"""Which editor a field of a form gets, by its shape."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.units import UnitRegister
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.gui.case_editor import CaseEditor
from desktop_app.gui.choice_editors import ChecksEditor, ComboEditor, ListEditor, RowEditor, fits_a_row
from desktop_app.gui.day_editors import DayEditor, OpenDayEditor
from desktop_app.gui.field_editor import CountEditor, FieldEditor, LineEditor, TextEditor
from desktop_app.gui.form_shapes import Field, Shape
from desktop_app.gui.points_editor import PointsEditor
from desktop_app.gui.public_text_editor import PublicTextEditor
from desktop_app.gui.unit_edit import UnitEdit


class UnitEditor(FieldEditor):
    """One unit, or several, found by any name or by pinyin."""

    def __init__(self, units: UnitRegister, several: bool) -> None:
        super().__init__()
        self.line = UnitEdit(units, several)
        self.line.textChanged.connect(self.edited)
        self.line.editingFinished.connect(self.settled)
        self._put(self.line)
        self.setFocusProxy(self.line)

    def is_midway(self) -> bool:
        return self.line.hasFocus() and bool(self.line.offered())

    def value(self) -> str:
        return self.line.text().strip().strip("、")

    def set_value(self, text: str) -> None:
        self.line.setText(text)


def make_editor(field: Field, units: UnitRegister, calendar: WorkCalendar, today: date) -> FieldEditor:
    """The editor for a field, holding its default."""
    editor = _editor(field, units, calendar, today)
    if field.default:
        editor.set_value(field.default)
    return editor


def _editor(field: Field, units: UnitRegister, calendar: WorkCalendar, today: date) -> FieldEditor:
    match field.shape:
        case Shape.TEXT:
            return TextEditor(lines=3 if field.required else 2)
        case Shape.CHOICE if fits_a_row(field.choices):
            return RowEditor(field.choices, field.required)
        case Shape.CHOICE:
            return ListEditor(field.choices)
        case Shape.COMBO:
            return ComboEditor(field.choices)
        case Shape.CHECKS:
            return ChecksEditor(field.choices)
        case Shape.DATE if field.required:
            return DayEditor(calendar, today)
        case Shape.DATE:
            return OpenDayEditor(calendar, today)
        case Shape.COUNT:
            return CountEditor()
        case Shape.UNIT | Shape.UNITS:
            return UnitEditor(units, field.shape is Shape.UNITS)
        case Shape.CASE:
            return CaseEditor(today)
        case Shape.POINTS:
            return PointsEditor(next(iter(field.suggestions), ""))
        case Shape.PUBLIC_TEXT:
            return PublicTextEditor(field.title, field.beside)
        case _:
            return LineEditor(field.suggestions)
