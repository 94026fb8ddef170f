"""The editors in which an old case is typed: made for the keyboard, each with a proposal that Enter takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop_app.domain.units import UnitRegister
from desktop_app.gui.backlog_state import UNKNOWN, UNKNOWN_MARK
from desktop_app.gui.choice_editors import ChoiceBox
from desktop_app.gui.field_editor import FieldEditor, TextEditor
from desktop_app.gui.field_editors import UnitEditor
from desktop_app.gui.form_shapes import Choice, Field, Shape

_LINES = 1
_MOST_LINES = 6


class BacklogEditor(FieldEditor):
    """A field of the form. `entered`: Enter was pressed where the widget itself has taken it."""

    entered = Signal()

    def propose(self, text: str) -> None:
        """Show what may be meant, paler than what stands there; it counts only once it is taken."""
        raise NotImplementedError


class _Line(QLineEdit):
    """Marks all of it when the keyboard comes, so that typing puts another in its place."""

    left = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class LineField(BacklogEditor):
    """A few words. Left as it is shown, a dash has become 无."""

    def __init__(self, shown: Callable[[], str] | None = None) -> None:
        super().__init__()
        self._shown = shown
        self.line = _Line()
        self.line.textChanged.connect(self.edited)
        self.line.left.connect(self._settle)
        self._put(self.line)
        self.setFocusProxy(self.line)

    def value(self) -> str:
        return self.line.text()

    def set_value(self, text: str) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def propose(self, text: str) -> None:
        self.line.setPlaceholderText(text)

    def _settle(self) -> None:
        text = self._shown() if self._shown is not None else self.line.text()
        if text.strip() == UNKNOWN_MARK:
            text = UNKNOWN
        if text != self.line.text():
            self.set_value(text)
        self.settled.emit()


class DayField(LineField):
    """A day, typed in whatever way; left, it stands there whole, with its weekday."""

    def __init__(self, shown: Callable[[], str]) -> None:
        super().__init__(shown)
        self.line.setMinimumWidth(self.line.fontMetrics().horizontalAdvance("2025-09-28 周日 休") + 24)


class TextField(BacklogEditor):
    """Text of some lines; Enter leaves it, Shift+Enter begins another line."""

    def __init__(self) -> None:
        super().__init__()
        self._text = TextEditor(_LINES, _MOST_LINES)
        self._text.edited.connect(self.edited)
        self._put(self._text)
        self.setFocusProxy(self._text.text)

    def value(self) -> str:
        return self._text.value()

    def set_value(self, text: str) -> None:
        self._text.set_value(text)

    def propose(self, text: str) -> None:
        self._text.text.setPlaceholderText(text)


class UnitField(BacklogEditor):
    """One unit, or several, found by any name or by pinyin initials; Enter takes the first that is offered."""

    def __init__(self, units: UnitRegister, several: bool) -> None:
        super().__init__()
        self._unit = UnitEditor(units, several)
        self._hint = self._unit.line.placeholderText()
        self._unit.edited.connect(self.edited)
        self._unit.settled.connect(self.settled)
        if not several:
            self._unit.line.taken.connect(self.entered)
        self._put(self._unit)
        self.setFocusProxy(self._unit.line)

    def is_midway(self) -> bool:
        return self._unit.is_midway()

    def value(self) -> str:
        return self._unit.value()

    def set_value(self, text: str) -> None:
        self._unit.set_value(text)

    def propose(self, text: str) -> None:
        self._unit.line.setPlaceholderText(text or self._hint)


class NumberedField(BacklogEditor):
    """One of a list, chosen by its number: 2 is the second. Delete takes it away."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.box = ChoiceBox()
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(4)
        for place, choice in enumerate(choices, start=1):
            self.box.addItem(f"{place} {choice.words}", choice.value)
            self.box.setItemData(place - 1, choice.words, Qt.ItemDataRole.ToolTipRole)
        self.box.setCurrentIndex(-1)
        self.box.currentIndexChanged.connect(self.edited)
        self._put(self.box)
        self.setFocusProxy(self.box)

    def value(self) -> str:
        return str(self.box.currentData() or "")

    def set_value(self, text: str) -> None:
        self.box.setCurrentIndex(self.box.findData(text) if text else -1)

    def propose(self, text: str) -> None:
        place = self.box.findData(text) if text else -1
        self.box.setPlaceholderText(self.box.itemText(place) if place >= 0 else "")


class FieldName(QLabel):
    """The name of a field, with * where it must be filled in and 保留 where it stays for the next file."""

    pressed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip("单击或按 F2：登记后保留，用于下一件")

        # Room for the star from the start: the fields stay where they are when it comes.
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(f"{title} *") + 4)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def tell(self, required: bool, kept: bool) -> str:
        """Show it; the words are given back for screen readers."""
        self.setText(f"{'保留 ' if kept else ''}{self._title}{' *' if required else ''}")
        role = "badge" if kept else "field"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
        return f"{self._title}{'，必填' if required else ''}{'，保留' if kept else ''}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.pressed.emit()


def make_editor(field: Field, units: UnitRegister, day_as_read: Callable[[str], str]) -> BacklogEditor:
    """The editor of a field; `day_as_read` says how the day typed in a field is understood."""
    match field.shape:
        case Shape.TEXT:
            return TextField()
        case Shape.CHOICE | Shape.COMBO:
            return NumberedField(field.choices)
        case Shape.UNIT | Shape.UNITS:
            return UnitField(units, field.shape is Shape.UNITS)
        case Shape.DATE:
            return DayField(lambda: day_as_read(field.name))
        case _:
            return LineField()
