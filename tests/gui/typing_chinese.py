"""Chinese typed into a widget the way an input method does it; QTest's keys know ASCII only."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def type_in(widget: QWidget, text: str) -> None:
    """Commit `text` at the widget's cursor."""
    widget.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
