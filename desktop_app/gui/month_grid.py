"""One month as Chinese calendars print it: a table of six weeks whose squares bear the marks of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.gui import day_looks
from desktop_app.gui.calendar_state import WEEKDAYS, DayCell, MarkCount, moved, stepped
from desktop_app.gui.day_looks import MARK_COLOURS, accent, on_accent
from desktop_app.gui.item_option import ItemOption, fields

Index = QModelIndex | QPersistentModelIndex

CELL_ROLE = int(Qt.ItemDataRole.UserRole)
_SPOKEN = (int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole))
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


class MonthModel(QAbstractTableModel):
    """Six weeks of seven days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: tuple[DayCell, ...] = ()

    def show(self, cells: Sequence[DayCell]) -> None:
        """The squares of a page. The same days with other marks keep what is chosen."""
        same = bool(cells) and bool(self._cells) and cells[0].date == self._cells[0].date
        if same:
            self._cells = tuple(cells)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 6))
            return
        self.beginResetModel()
        self._cells = tuple(cells)
        self.endResetModel()

    def cell(self, index: Index) -> DayCell | None:
        place = index.row() * 7 + index.column()
        return self._cells[place] if index.isValid() and place < len(self._cells) else None

    def index_of(self, day: date) -> QModelIndex:
        """Where a day stands; an invalid index where it is not on the page."""
        if not self._cells:
            return QModelIndex()
        week, weekday = divmod((day - self._cells[0].date).days, 7)
        return self.index(week, weekday)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._cells) // 7

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 7

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal:
            return WEEKDAYS[section]
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        cell = self.cell(index)
        if cell is None:
            return None
        if role == CELL_ROLE:
            return cell
        if role in _SPOKEN:
            return cell.spoken
        return str(cell.date.day) if role == _DISPLAY else None


class _DayDelegate(QStyledItemDelegate):
    """Paints a square: figure and small print above, 休 or 班 in the corner, marks below."""

    _PAD = 6

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: DayCell | None = index.data(CELL_ROLE)
        if cell is None:
            return
        item = fields(option)
        view = item.widget
        chosen = isinstance(view, MonthGrid) and view.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(item.rect, day_looks.ground(cell, item.palette))
        area = item.rect.adjusted(self._PAD, self._PAD - 2, -self._PAD, -self._PAD + 2)
        top = self._paint_day(painter, item, area, cell)
        self._paint_marks(painter, item.font, area.adjusted(0, top, 0, 0), cell.marks)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent(item.palette), 3 if view.hasFocus() else 2))
            painter.drawRect(item.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_day(self, painter: QPainter, item: ItemOption, area: QRect, cell: DayCell) -> int:
        """The two lines on top; gives back their height."""
        base, palette = item.font, item.palette
        big, small = _sized(base, 1.25, bold=cell.today or cell.in_month), _sized(base, 0.85)
        figures = QFontMetrics(big)
        painter.setFont(big)
        text = str(cell.date.day)
        width = figures.horizontalAdvance(text)
        if cell.today:
            width += self._paint_today(painter, palette, area, figures, text)
        else:
            painter.setPen(day_looks.figure(cell, palette))
            painter.drawText(area.x(), area.y() + figures.ascent(), text)
        painter.setFont(small)
        corner = 0
        if cell.corner:
            corner = QFontMetrics(small).horizontalAdvance(cell.corner) + 8
            self._paint_corner(painter, palette, QRect(area.right() - corner + 1, area.y(), corner, 0), cell)
        painter.setPen(day_looks.small_print(cell, palette))
        room = area.width() - width - corner - 8
        label = QFontMetrics(small).elidedText(cell.small, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(area.x() + width + 6, area.y() + figures.ascent(), label)
        return figures.height() + 4

    def _paint_today(
        self, painter: QPainter, palette: QPalette, area: QRect, figures: QFontMetrics, text: str
    ) -> int:
        """The figure in a filled frame with 今天 told by the frame alone; gives back the added width."""
        box = QRect(area.x() - 3, area.y() - 1, figures.horizontalAdvance(text) + 8, figures.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent(palette))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(on_accent(palette))
        painter.drawText(area.x() + 1, area.y() + figures.ascent(), text)
        return 6

    def _paint_corner(self, painter: QPainter, palette: QPalette, place: QRect, cell: DayCell) -> None:
        metrics = painter.fontMetrics()
        box = QRect(place.x(), place.y(), place.width(), metrics.height())
        colour = day_looks.HOLIDAY if cell.corner == "休" else accent(palette)
        painter.setPen(colour)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.corner)

    def _paint_marks(self, painter: QPainter, base: QFont, area: QRect, marks: Sequence[MarkCount]) -> None:
        """One line a mark with its word where there is room; else shape and count, closer and smaller."""
        if not marks:
            return
        for arrangement in _ARRANGEMENTS:
            font = _sized(base, arrangement.size)
            metrics = QFontMetrics(font)
            columns = arrangement.columns or len(marks)
            texts = [arrangement.text(each) for each in marks]
            wide, high = area.width() // columns, metrics.height()
            fits = -(-len(marks) // columns) * high <= area.height()
            if fits and all(metrics.horizontalAdvance(text) <= wide for text in texts):
                break
        painter.setFont(font)
        for place, (each, text) in enumerate(zip(marks, texts, strict=True)):
            line, column = divmod(place, columns)
            painter.setPen(MARK_COLOURS[each.mark])
            painter.drawText(area.x() + column * wide, area.y() + line * high + metrics.ascent(), text)


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """How a day's marks are set: size of text, how many to a line (0: all), with their words or without."""

    size: float
    columns: int
    worded: bool = False

    def text(self, each: MarkCount) -> str:
        word = f" {each.mark.word} " if self.worded else ""
        return f"{each.mark.shape}{word}{each.count}"


_ARRANGEMENTS = (
    _Arrangement(1.0, 1, worded=True),
    _Arrangement(1.0, 2),
    _Arrangement(0.85, 2),
    _Arrangement(0.85, 0),
    _Arrangement(0.7, 2),
    _Arrangement(0.6, 0),
)
"""From roomy to tight; the first that fits is taken."""


def _sized(base: QFont, factor: float, bold: bool = False) -> QFont:
    font = QFont(base)
    if font.pixelSize() > 0:
        font.setPixelSize(round(font.pixelSize() * factor))
    else:
        font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(bold)
    return font


class MonthGrid(QTableView):
    """Arrows move the day, PgUp and PgDn the month (with Ctrl the year), Home goes to today, Enter to the list."""

    day_wanted = Signal(object)
    """A date that the user moved to or clicked on, on this page or another."""
    today_wanted = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = MonthModel(self)
        self.setModel(self.month)
        self.setItemDelegate(_DayDelegate(self))
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(24)
        # The style sheet pads headers for lists; a calendar needs the height for its days.
        self.horizontalHeader().setFixedHeight(self.fontMetrics().height() + 8)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("月历")
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self.entered)

    def show_cells(self, cells: Sequence[DayCell], chosen: date) -> None:
        self.month.show(cells)
        self.setCurrentIndex(self.month.index_of(chosen))
        self.viewport().update()

    def chosen(self) -> date | None:
        cell = self.month.cell(self.currentIndex())
        return cell.date if cell is not None else None

    def _clicked(self, index: QModelIndex) -> None:
        cell = self.month.cell(index)
        if cell is not None:
            self.day_wanted.emit(cell.date)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        day, key = self.chosen(), event.key()
        if day is None:
            super().keyPressEvent(event)
        elif key in _DAY_STEPS:
            self.day_wanted.emit(moved(day, _DAY_STEPS[key]))
        elif key in _MONTH_STEPS:
            years = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self.day_wanted.emit(stepped(day, _MONTH_STEPS[key] * (12 if years else 1)))
        elif key == Qt.Key.Key_Home:
            self.today_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            event.ignore()


_DAY_STEPS = {
    int(Qt.Key.Key_Left): -1,
    int(Qt.Key.Key_Right): 1,
    int(Qt.Key.Key_Up): -7,
    int(Qt.Key.Key_Down): 7,
}
_MONTH_STEPS = {int(Qt.Key.Key_PageUp): -1, int(Qt.Key.Key_PageDown): 1}
