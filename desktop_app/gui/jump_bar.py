"""Where one types the place in a long list that one wants to see: a register number, or a day."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.gui.page_parts import label, set_tone
from desktop_app.gui.theme import CURRENT

_WIDTH = 160


class _Line(QLineEdit):
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class JumpBar(QWidget):
    """Hidden until it is asked for; Enter goes, Esc leaves it. What cannot be found stays, to be typed over."""

    wanted = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = _Line()
        self.line.setFixedWidth(CURRENT.px(_WIDTH))
        self.line.setPlaceholderText("登记号或日期")
        self.line.setAccessibleName("跳到登记号或日期")
        self.fault = label("", "fault", wrap=False)
        name = label("跳到", "field", wrap=False)
        name.setBuddy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (name, self.line, self.fault):
            row.addWidget(widget)
        self.line.returnPressed.connect(self._go)
        self.line.given_up.connect(self._give_up)
        self.hide()

    def begin(self) -> None:
        """Show it, with the keyboard in it."""
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def end(self) -> None:
        self._clear()
        self.hide()

    def refused(self, words: str) -> None:
        """Why there is no such place; stands until the next key."""
        set_tone(self.line, "refused")
        self.fault.setText(words)
        self.line.selectAll()

    def _go(self) -> None:
        self._clear()
        if self.line.text().strip():
            self.wanted.emit(self.line.text())

    def _give_up(self) -> None:
        self.end()
        self.left.emit()

    def _clear(self) -> None:
        set_tone(self.line, "")
        self.fault.clear()
