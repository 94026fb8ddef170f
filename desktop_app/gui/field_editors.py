"""The editors of a form's fields, one a shape. Each gives and takes its value as text and tells when it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, QStringListModel, Qt, Signal
from PySide6.QtGui import QIntValidator, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from desktop_app.domain.units import UnitRegister
from desktop_app.domain.wording import weekday_words
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.form_shapes import Choice, Field, Shape
from desktop_app.gui.unit_edit import UnitEdit

_BETWEEN_CHOICES = 16
_ROW_OF_CHOICES = 5
_LETTERS_IN_A_ROW = 20
"""Up to so many choices, and letters in all, stand side by side; more go into a list that opens."""


class FieldEditor(QWidget):
    """What every editor can do."""

    edited = Signal()
    settled = Signal()
    """What is typed is meant as it stands: the field was left."""

    def is_midway(self) -> bool:
        """Whether what stands there is on its way to something known, and so no fault yet."""
        return False

    def value(self) -> str:
        raise NotImplementedError

    def set_value(self, text: str) -> None:
        raise NotImplementedError

    def name_for_readers(self, name: str) -> None:
        """Tell screen readers what is asked for here."""
        target = self.focusProxy() or self
        target.setAccessibleName(name)

    def _put(self, *widgets: QWidget) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)


class LineEditor(FieldEditor):
    def __init__(self, suggestions: Sequence[str] = ()) -> None:
        super().__init__()
        self.line = QLineEdit()
        if suggestions:
            self.line.setCompleter(_completer(suggestions, self.line))
            self.line.setPlaceholderText(f"如：{'、'.join(suggestions[:3])}")
        self.line.textChanged.connect(self.edited)
        self._put(self.line)
        self.setFocusProxy(self.line)

    def value(self) -> str:
        return self.line.text()

    def set_value(self, text: str) -> None:
        self.line.setText(text)


def _completer(words: Sequence[str], parent: QWidget) -> QCompleter:
    completer = QCompleter(QStringListModel(list(words), parent), parent)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return completer


class CountEditor(LineEditor):
    """A number of days; narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.line.setValidator(QIntValidator(1, 9999, self.line))
        self.line.setMaximumWidth(96)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addStretch(1)


class TextEditor(FieldEditor):
    """Text of some lines; grows with what is typed, up to a height from which it scrolls."""

    def __init__(self, lines: int = 3, most: int = 9) -> None:
        super().__init__()
        self._lines, self._most = lines, most
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self.edited)
        self.text.textChanged.connect(self._grow)
        self._put(self.text)
        self.setFocusProxy(self.text)
        self._grow()

    def value(self) -> str:
        return self.text.toPlainText()

    def set_value(self, text: str) -> None:
        self.text.setPlainText(text)

    def _grow(self) -> None:
        line = self.text.fontMetrics().lineSpacing()
        wanted = max(self._lines, min(self._most, int(self.text.document().size().height())))
        self.text.setFixedHeight(line * wanted + 2 * self.text.frameWidth() + 10)


class ChoiceBox(QComboBox):
    """A list that opens; the wheel passes by, so that scrolling a form changes nothing in it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ListEditor(FieldEditor):
    """One of many; the first entry is none."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.box = ChoiceBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.box.addItem("请选择", "")
        for choice in choices:
            self.box.addItem(choice.words, choice.value)
            self.box.setItemData(self.box.count() - 1, choice.words, Qt.ItemDataRole.ToolTipRole)
        self.box.currentIndexChanged.connect(self.edited)
        self._put(self.box)
        self.setFocusProxy(self.box)

    def value(self) -> str:
        return str(self.box.currentData() or "")

    def set_value(self, text: str) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(text)))


class RowEditor(FieldEditor):
    """One of a few, all in sight; arrow keys go along the row. Where it may stay empty, the last says so."""

    def __init__(self, choices: Sequence[Choice], required: bool) -> None:
        super().__init__()
        self._buttons = {choice.value: QRadioButton(choice.words) for choice in choices}
        if not required:
            self._buttons[""] = QRadioButton("不填")
        self._group = QButtonGroup(self)
        row = FlowLayout(self, gap=_BETWEEN_CHOICES)
        for button in self._buttons.values():
            self._group.addButton(button)
            row.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_value("")
        self._group.buttonToggled.connect(self._toggled)
        self.setFocusProxy(next(iter(self._buttons.values())))

    def value(self) -> str:
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, text: str) -> None:
        button = self._buttons.get(text)
        if button is not None:
            button.setChecked(True)
            return
        self._group.setExclusive(False)
        for one in self._buttons.values():
            one.setChecked(False)
        self._group.setExclusive(True)

    def name_for_readers(self, name: str) -> None:
        self.setAccessibleName(name)
        for button in self._buttons.values():
            button.setAccessibleName(f"{name}：{button.text()}")

    def _toggled(self, button: QRadioButton, checked: bool) -> None:
        if checked:
            self.edited.emit()


class _Day(QDateEdit):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class DayEditor(FieldEditor):
    """A day, its weekday and whether it is worked beside it; ↑ ↓ change the part the cursor is in."""

    def __init__(self, calendar: WorkCalendar, today: date) -> None:
        super().__init__()
        self._calendar, self._today = calendar, today
        self.day = _Day(QDate(today.year, today.month, today.day))
        self.day.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setMinimumWidth(136)
        self._words = QLabel()
        self._words.setProperty("role", "hint")
        self.day.dateChanged.connect(self._tell)
        self.day.dateChanged.connect(self.edited)
        self._put(self.day, self._words)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusProxy(self.day)
        self._tell()

    def value(self) -> str:
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day()).isoformat()

    def set_value(self, text: str) -> None:
        day = date.fromisoformat(text) if text else self._today
        self.day.setDate(QDate(day.year, day.month, day.day))

    def _tell(self) -> None:
        chosen = date.fromisoformat(self.value())
        day = self._calendar.day(chosen)
        worked = "工作日" if day.working else day.holiday or "休息日"
        same = "今天 " if chosen == self._today else ""
        self._words.setText(f"{same}{weekday_words(chosen)} {worked}")


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
            return TextEditor()
        case Shape.CHOICE if _fits_a_row(field.choices):
            return RowEditor(field.choices, field.required)
        case Shape.CHOICE:
            return ListEditor(field.choices)
        case Shape.DATE:
            return DayEditor(calendar, today)
        case Shape.COUNT:
            return CountEditor()
        case Shape.UNIT | Shape.UNITS:
            return UnitEditor(units, field.shape is Shape.UNITS)
        case _:
            return LineEditor(field.suggestions)


def _fits_a_row(choices: Sequence[Choice]) -> bool:
    return len(choices) <= _ROW_OF_CHOICES and sum(len(one.words) for one in choices) <= _LETTERS_IN_A_ROW
