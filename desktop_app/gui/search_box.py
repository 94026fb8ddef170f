"""The search box that is always there: asks once the keys rest, and lets the keyboard go into the answers.

A scanner types like a keyboard, text and Enter: the code of a paper opens its case.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop_app.domain.paper_codes import looks_like_code

DELAY_MS = 120
"""After the last key, before a search is asked."""
_AT_LEAST, _AT_MOST = 160, 360


class SearchBox(QLineEdit):
    """↓ and Enter go into the list, Esc takes the search back."""

    asked = Signal(str)
    """What is searched for; empty for nothing."""
    left = Signal()
    """The keyboard goes into the list."""
    scanned = Signal(str)
    """The code of a paper was scanned or typed, and Enter."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("搜索标题、正文、编号、单位、网友、拼音　Ctrl+F")
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
        """Without waiting for the keys to rest. No list answers to the code of a paper: that waits for its Enter."""
        self._delay.stop()
        if not looks_like_code(self.text()):
            self.asked.emit(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.clear()
        elif key not in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        elif key != Qt.Key.Key_Down and looks_like_code(self.text()):
            self._delay.stop()
            self.scanned.emit(self.text())
            return
        self.ask_now()
        self.left.emit()
