"""Small parts that pages are put together from: labels by their role, section heads, an article to read beside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

ARTICLE_WIDTH = 240
_NO_LIMIT = 16_777_215
"""Qt's own largest size (QWIDGETSIZE_MAX)."""


def label(text: str, role: str = "", wrap: bool = True) -> QLabel:
    """A label of plain text; `role` gives it its looks (see the style sheet)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap and role not in ("section", "field"))
    if role:
        made.setProperty("role", role)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a widget another tone (overdue, due, remind, refused …) and let the style sheet see it."""
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def article_panel(clause: str, text: str) -> QFrame:
    """What the regulation says, to be read beside the fields."""
    panel = QFrame()
    panel.setProperty("role", "article")
    panel.setFixedWidth(ARTICLE_WIDTH)
    column = QVBoxLayout(panel)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(4)
    column.addWidget(label(clause, "article-title"))
    words = label(text, "article-text")
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.setAccessibleName(f"{clause}原文")
    column.addWidget(words)
    return panel


def widen(widget: QWidget) -> None:
    """Let a widget of fixed width take what it is given again."""
    widget.setMinimumWidth(0)
    widget.setMaximumWidth(_NO_LIMIT)


def section(title: str, *beside: QWidget) -> QWidget:
    """A section's head with what stands at its right."""
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label(title, "section"))
    row.addStretch(1)
    for widget in beside:
        row.addWidget(widget)
    return head
