"""What Qt tells a delegate of the item that it paints. PySide6's stubs leave the fields out."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget


class ItemOption(Protocol):
    """The fields of QStyleOptionViewItem and of those it comes from, as Qt's own reference has them.

    A view always gives itself as `widget`.
    """

    rect: QRect
    state: QStyle.StateFlag
    palette: QPalette
    font: QFont
    fontMetrics: QFontMetrics
    widget: QWidget
    text: str


def fields(option: QStyleOptionViewItem) -> ItemOption:
    """The same object, with its fields known by type."""
    return cast(ItemOption, option)
