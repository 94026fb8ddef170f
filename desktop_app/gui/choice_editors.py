"""Editors in which one chooses: one of many, one of a few, one of a list or other words, several of a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
)

from desktop_app.domain.actions import LIST_MARK
from desktop_app.gui.field_editor import FieldEditor
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.form_shapes import Choice

_BETWEEN_CHOICES = 16
_ROW_OF_CHOICES = 5
_LETTERS_IN_A_ROW = 20
"""Up to so many choices, and letters in all, stand side by side; more go into a list that opens."""


def fits_a_row(choices: Sequence[Choice]) -> bool:
    return len(choices) <= _ROW_OF_CHOICES and sum(len(one.words) for one in choices) <= _LETTERS_IN_A_ROW


class ChoiceBox(QComboBox):
    """A list that opens; the wheel passes by, so that scrolling a form changes nothing in it."""

    def __init__(self, choices: Sequence[Choice] = ()) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        for choice in choices:
            self.addItem(choice.words, choice.value)
            self.setItemData(self.count() - 1, choice.words, Qt.ItemDataRole.ToolTipRole)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ListEditor(FieldEditor):
    """One of many; the first entry is none."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.box = ChoiceBox((Choice("", "请选择"), *choices))
        self.box.currentIndexChanged.connect(self.edited)
        self._put(self.box)
        self.setFocusProxy(self.box)

    def value(self) -> str:
        return str(self.box.currentData() or "")

    def set_value(self, text: str) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(text)))


class ComboEditor(FieldEditor):
    """One of a list, or words of one's own where none of it fits."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.box = ChoiceBox(choices)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setCurrentIndex(-1)
        line = self.box.lineEdit()
        assert line is not None
        line.setPlaceholderText("从列表中选，或者直接写")
        self.box.currentTextChanged.connect(self.edited)
        self._put(self.box)
        self.setFocusProxy(self.box)

    def value(self) -> str:
        return self.box.currentText().strip()

    def set_value(self, text: str) -> None:
        self.box.setCurrentIndex(self.box.findText(text, Qt.MatchFlag.MatchExactly))
        self.box.setEditText(text)


class RowEditor(FieldEditor):
    """One of a few, all in sight; arrow keys go along the row. Where it may stay empty, the last says so."""

    def __init__(self, choices: Sequence[Choice], required: bool) -> None:
        super().__init__()
        self.buttons = {choice.value: QRadioButton(choice.words) for choice in choices}
        if not required:
            self.buttons[""] = QRadioButton("不填")
        self._group = QButtonGroup(self)
        row = FlowLayout(self, gap=_BETWEEN_CHOICES)
        for button in self.buttons.values():
            self._group.addButton(button)
            row.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_value("")
        self._group.buttonToggled.connect(self._toggled)
        self.setFocusProxy(next(iter(self.buttons.values())))

    def value(self) -> str:
        return next((value for value, button in self.buttons.items() if button.isChecked()), "")

    def set_value(self, text: str) -> None:
        button = self.buttons.get(text)
        if button is not None:
            button.setChecked(True)
            return
        self._group.setExclusive(False)
        for one in self.buttons.values():
            one.setChecked(False)
        self._group.setExclusive(True)

    def name_for_readers(self, name: str) -> None:
        self.setAccessibleName(name)
        for button in self.buttons.values():
            button.setAccessibleName(f"{name}：{button.text()}")

    def _toggled(self, button: QRadioButton, checked: bool) -> None:
        if checked:
            self.edited.emit()


class TickBox(QCheckBox):
    """One of several in a group: ↑ ↓ go along them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        group = self.group()
        if way is None or group is None:
            super().keyPressEvent(event)
            return
        boxes = group.buttons()
        place = boxes.index(self) + way
        if 0 <= place < len(boxes):
            boxes[place].setFocus(Qt.FocusReason.TabFocusReason)


class _TickWords(QLabel):
    """What a tick box stands for; long words wrap, and a click on them ticks."""

    def __init__(self, words: str, tick: QCheckBox) -> None:
        super().__init__(words)
        self._tick = tick
        self.setWordWrap(True)
        self.setBuddy(tick)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._tick.toggle()
        event.accept()


class ChecksEditor(FieldEditor):
    """Several of a list: each ticked or not with the space bar; ↑ ↓ go along them."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._choices = tuple(choices)
        self.ticks: dict[str, TickBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, choice in enumerate(choices):
            tick = TickBox()
            self.ticks[choice.value] = tick
            self._group.addButton(tick)
            grid.addWidget(tick, place, 0, Qt.AlignmentFlag.AlignTop)
            words = _TickWords(choice.words, tick)
            # Beside the first line, however many there are.
            tick.setFixedHeight(words.fontMetrics().height())
            grid.addWidget(words, place, 1)
        self._group.buttonToggled.connect(lambda *_: self.edited.emit())
        if self.ticks:
            self.setFocusProxy(next(iter(self.ticks.values())))

    def value(self) -> str:
        return LIST_MARK.join(value for value, tick in self.ticks.items() if tick.isChecked())

    def set_value(self, text: str) -> None:
        wanted = text.split(LIST_MARK)
        for value, tick in self.ticks.items():
            tick.setChecked(value in wanted)

    def name_for_readers(self, name: str) -> None:
        self.setAccessibleName(name)
        for choice in self._choices:
            self.ticks[choice.value].setAccessibleName(f"{name}：{choice.words}")
