"""The groups of the morning desk as a list: ↑ ↓ through all of it, Enter opens or does, a button a group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desktop_app.gui.day_looks import MARK_COLOURS
from desktop_app.gui.desk_model import DEADLINE, NUMBER, TITLE, UNIT, DeskModel, Index, Place
from desktop_app.gui.desk_state import DeskHeading
from desktop_app.gui.item_option import fields
from desktop_app.gui.page_parts import label
from desktop_app.gui.theme import CURRENT

_PAD = 6
"""Above and below the text of a line, at the standard size."""
_WIDEST_UNIT = 0.22
"""Share of the width that the unit's column may take."""


class DeskView(QTreeView):
    """Tells what was asked for; the page knows what to do."""

    opened = Signal(object)
    """Place of a line: Enter or a double click on it."""
    acted = Signal(object)
    """DeskHeading: its button, or Enter or space on the heading."""
    unfolded = Signal(object)
    """DeskHeading: all of its cases are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = DeskModel(self)
        self.setModel(self.desk)
        self.setItemDelegate(_Rows(self))
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.setRootIsDecorated(False)
        self.setIndentation(16)
        self.setUniformRowHeights(False)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("今天要办的")
        self.buttons: dict[str, QPushButton] = {}
        self.doubleClicked.connect(self._enter)

    # ------------------------------------------------------------------ showing

    def show_headings(self, headings: Sequence[DeskHeading]) -> None:
        """Show these. What was chosen stays chosen; where it is gone, what stands in its place now."""
        folded = {
            heading.key
            for row, heading in enumerate(self.desk.headings)
            if not self.isExpanded(self.desk.index(row, 0))
        }
        before = self._where()
        self.desk.show(headings)
        self.buttons = {}
        for row, heading in enumerate(self.desk.headings):
            self.setFirstColumnSpanned(row, QModelIndex(), True)
            self.setExpanded(self.desk.index(row, 0), heading.key not in folded)
            self.setIndexWidget(self.desk.index(row, 0), self._head(heading))
        self._fit()
        self._choose(*before)

    def _head(self, heading: DeskHeading) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        mark = f"{heading.mark.shape} " if heading.mark is not None else ""
        name = label(f"{mark}{heading.name}", "section")
        if heading.mark is not None:
            name.setStyleSheet(f"color: {MARK_COLOURS[heading.mark].name()}")
        clause = label(heading.clause, "hint", wrap=False)
        clause.setToolTip(heading.clause_detail)
        for part in (name, label(heading.count, "strong", wrap=False), clause):
            row.addWidget(part)
        row.addStretch(1)
        if heading.button:
            button = QPushButton(heading.button)
            button.setAccessibleName(f"{heading.name}：{heading.button}")
            # Reached by the keyboard through its heading: thirty stops for Tab would be no help.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if heading.press:
                button.setProperty("role", "primary")
            button.clicked.connect(lambda: self.acted.emit(heading))
            row.addWidget(button)
            self.buttons[heading.key] = button
        return head

    def _where(self) -> tuple[str, str, int]:
        """Key of the heading, number and row of what is chosen."""
        place = self.desk.place(self.currentIndex())
        if place is None:
            return "", "", -1
        row = self.currentIndex().row() if self.currentIndex().parent().isValid() else -1
        return place.heading.key, place.line.number if place.line is not None else "", row

    def _choose(self, key: str, number: str, row: int) -> None:
        keys = [heading.key for heading in self.desk.headings]
        if not keys:
            return
        if key not in keys:
            self.setCurrentIndex(self._first_line(0))
            return
        at = self.desk.index(keys.index(key), 0)
        lines = [line.number for line in self.desk.headings[at.row()].lines]
        if number in lines:
            row = lines.index(number)
        last = self.desk.rowCount(at) - 1
        self.setCurrentIndex(at if row < 0 or last < 0 else self.desk.index(min(row, last), 0, at))

    def _first_line(self, heading: int) -> QModelIndex:
        head = self.desk.index(heading, 0)
        line = self.desk.index(0, 0, head)
        return line if line.isValid() else head

    # ------------------------------------------------------------------ widths

    def _fit(self) -> None:
        """Number and deadline as wide as they need, the unit up to its share; the title gets what is left."""
        metrics, room = self.fontMetrics(), self.viewport().width()
        pad = CURRENT.px(24)
        lines = [line for heading in self.desk.headings for line in heading.lines]
        units = max((metrics.horizontalAdvance(line.unit) for line in lines), default=0)
        due = max((metrics.horizontalAdvance(line.deadline.text) for line in lines), default=0)
        widths = {
            NUMBER: metrics.horizontalAdvance("2026-00000") + pad + self.indentation(),
            UNIT: min(units + pad, round(room * _WIDEST_UNIT)),
            DEADLINE: due + pad,
        }
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
            self.scheduleDelayedItemsLayout()

    # ------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._enter(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _enter(self, index: Index) -> None:
        place = self.desk.place(index)
        if place is None:
            return
        if place.rest:
            self.unfolded.emit(place.heading)
        elif place.line is None:
            self.acted.emit(place.heading)
        else:
            self.opened.emit(place)


class _Rows(QStyledItemDelegate):
    """Lines with air; headings on a ground of their own, with room for their button."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not index.parent().isValid():
            painter.fillRect(
                fields(option).rect, fields(option).palette.brush(QPalette.ColorRole.AlternateBase)
            )
        super().paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = fields(option).fontMetrics.height() + 2 * CURRENT.px(_PAD)
        return QSize(0, height if index.parent().isValid() else height + CURRENT.px(12))


__all__ = ["DeskView", "Place"]
