"""可能重复: the cases that this one looks like, each with its reason, with a look at both and the steps it may lead to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.page_parts import label
from desktop_app.gui.repeats_state import RepeatLine

BESIDE_KEY = "Ctrl+K"


class RepeatsPanel(QFrame):
    """Hidden where there is none. Decides nothing: 并案 and 不予受理 open their forms."""

    beside_wanted = Signal(str)
    """This case and another are wanted side by side."""
    step_wanted = Signal(str, str)
    """The form of a step, about another case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "form")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 8)
        self._column.setSpacing(4)
        self._numbers: tuple[str, ...] = ()
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.hide()

    def show_lines(self, lines: Sequence[RepeatLine]) -> None:
        """Show the cases anew."""
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._numbers = tuple(line.number for line in lines)
        self.buttons = {}
        for place, line in enumerate(lines):
            self._column.addWidget(self._line(line, first=place == 0))
        self.setVisible(bool(lines))

    def look_at_first(self) -> None:
        """The likest beside this one."""
        if self._numbers:
            self.beside_wanted.emit(self._numbers[0])

    def _line(self, line: RepeatLine, first: bool) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(
            label(f"{'可能重复' if line.certain else '或许相关'}：{line.number}", "strong", wrap=False)
        )
        head.addWidget(label(line.standing, "hint", wrap=False))
        head.addStretch(1)
        head.addWidget(self._button(line, "", "对照"))
        for action, words in line.steps:
            head.addWidget(self._button(line, action, words))
        if first:
            self.buttons[line.number, ""].setToolTip(BESIDE_KEY)
        column.addLayout(head)
        column.addWidget(label(line.title))
        column.addWidget(label(line.why, "hint"))
        return holder

    def _button(self, line: RepeatLine, action: str, words: str) -> QPushButton:
        number = line.number
        button = QPushButton(words)
        button.setProperty("role", "link")
        button.setAccessibleName(f"{words} {number}")
        if action:
            button.clicked.connect(lambda: self.step_wanted.emit(action, number))
        else:
            button.clicked.connect(lambda: self.beside_wanted.emit(number))
        self.buttons[number, action] = button
        return button
