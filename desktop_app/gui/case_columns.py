"""How the page of a case is laid out: what one reads at the left, what one does at the right, there in one column or in two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.gui.case_details import CaseDetails

_TWO_COLUMNS = 1080
"""Pixels of the right side from which its second part stands beside the first instead of below it."""
_ABOVE = 8


class CaseColumns(QWidget):
    """`first` and `second` are the parts of the right side, from the top down."""

    def __init__(self, details: CaseDetails, first: Sequence[QWidget], second: Sequence[QWidget]) -> None:
        super().__init__()
        self._details = details
        self._whole = False
        work = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom, work)
        self._columns.setContentsMargins(16, 8, 16, 16)
        self._columns.setSpacing(16)
        for parts in (first, second):
            half = QVBoxLayout()
            half.setSpacing(8)
            for part in parts:
                half.addWidget(part)
            half.addStretch(1)
            self._columns.addLayout(half, 1)
        self._left = _scrolling(details, "留言和登记信息")
        self._right = _scrolling(work, "下一步、经过、文书")
        halves = QHBoxLayout(self)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(0)
        halves.addWidget(self._left)
        halves.addWidget(self._right, 1)

    def take_whole(self, whole: bool) -> None:
        """Whether a part needs all the room at the right, such as a text beside another."""
        self._whole = whole
        self.fit()

    def fit(self) -> None:
        """The left side as wide as its lines need, at most half; the right gets what is left, in one column or two."""
        bar = self._left.verticalScrollBar().sizeHint().width() + 2
        self._details.set_room(self.width() // 2 - bar)
        left = self._details.wanted_width() + bar
        self._left.setFixedWidth(left)
        wide = self.width() - left >= _TWO_COLUMNS and not self._whole
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != way:
            self._columns.setDirection(way)

    def to_top(self) -> None:
        """Begin to read at the beginning."""
        self._left.verticalScrollBar().setValue(0)
        self._right.verticalScrollBar().setValue(0)

    def bring_into_sight(self, part: QWidget) -> None:
        """The whole part of the right side where it fits, else its beginning."""
        # Else the bar still ends where it did before the part came.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        bar, room = self._right.verticalScrollBar(), self._right.viewport().height()
        top = part.mapTo(self._right.widget(), part.rect().topLeft()).y() - _ABOVE
        bottom = top + part.height() + 2 * _ABOVE
        if top < bar.value() or bottom > bar.value() + room:
            bar.setValue(max(0, bottom - room) if bottom - top < room and top > bar.value() else top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()


def _scrolling(widget: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    return area
