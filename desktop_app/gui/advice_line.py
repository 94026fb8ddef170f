"""What past cases speak for, under a field: the value, one key to take it, why, and the cases themselves to open."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.form_shapes import Advice
from desktop_app.gui.page_parts import case_link, label

TAKE_KEY = "F4"


class AdviceLine(QWidget):
    """Nothing is taken until the operator takes it."""

    taken = Signal(str)
    case_wanted = Signal(str)

    def __init__(self, advice: Advice) -> None:
        super().__init__()
        self.advice = advice
        self.take_button = QPushButton(f"采用“{advice.words}”（{TAKE_KEY}）")
        self.take_button.setProperty("role", "link")
        self.take_button.setAccessibleName(f"采用建议 {advice.words}，{advice.why}")
        self.take_button.clicked.connect(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        holder = QWidget()
        line = FlowLayout(holder)
        line.addWidget(self.take_button)
        self.links = {
            number: case_link(number, f"相似的 {number}", self.case_wanted) for number in advice.cases
        }
        for link in self.links.values():
            line.addWidget(link)
        column.addWidget(holder)
        column.addWidget(label(advice.why, "hint"))

    def take(self) -> None:
        """Put the value into the field."""
        self.taken.emit(self.advice.value)
