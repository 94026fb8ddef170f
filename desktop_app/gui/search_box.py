"""The search box that is always there: asks once the keys rest, and lets the keyboard go into the answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

DELAY_MS = 250
"""After the last key, before a search is asked."""
_AT_LEAST, _AT_MOST = 160, 360


class SearchBox(QLineEdit):
    """↓ and Enter go into the list, Esc takes the search back."""

    asked = Signal(str)
    """What is searched for; empty for nothing."""
    left = Signal()
    """The keyboard goes into the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("搜索标题、正文、登记号、单位　Ctrl+F")
        self.setAccessibleName("搜索")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(_AT_LEAST)
        self.setMaximumWidth(_AT_MOST)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self.ask_now)
        self.textChanged.connect(lambda: self._delay.start())

    def ask_now(self) -> None:
        """Without waiting for the keys to rest."""
        self._delay.stop()
        self.asked.emit(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.clear()
        elif key not in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        self.ask_now()
        self.left.emit()
