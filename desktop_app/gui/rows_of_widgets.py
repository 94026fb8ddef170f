"""Widgets in a line, and their names before them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.gui.page_parts import label


def row(*widgets: QWidget | None) -> QHBoxLayout:
    """Widgets in a line; None takes what room is left."""
    made = QHBoxLayout()
    made.setSpacing(8)
    for widget in widgets:
        if widget is None:
            made.addStretch(1)
        else:
            made.addWidget(widget)
    return made


def named(words: str, widget: QWidget) -> tuple[QLabel, QWidget]:
    """A widget with its name before it, for the eye, the keyboard and the screen reader."""
    name = label(words, "field")
    name.setBuddy(widget)
    widget.setAccessibleName(words)
    return name, widget


def together(*widgets: QWidget) -> QWidget:
    """What is never parted by the end of a line."""
    group = QWidget()
    line = QHBoxLayout(group)
    line.setContentsMargins(0, 0, 8, 0)
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    return group
