"""A year as twelve small months; each day bears its most pressing mark, else 休 or 班."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QToolTip, QWidget

from desktop_app.gui import day_looks
from desktop_app.gui.calendar_state import WEEKDAYS, DayCell, month_spoken
from desktop_app.gui.day_looks import HOLIDAY, MARK_COLOURS, accent, on_accent, quiet

COLUMNS = 4
_WEEKS = 6
_EMS = 2.3
"""How many times the height of its figures a day needs in width."""

_ROWS = _WEEKS + 2
"""The month's name, the days of the week, six weeks."""


class SmallMonth(QAbstractButton):
    """One month; pressing it opens the month, pressing a day in it opens it at that day."""

    day_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: tuple[DayCell, ...] = ()
        self._pixels = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.clicked.connect(self._pressed)
        self._at: QPointF | None = None

    def show_cells(self, cells: Sequence[DayCell], spoken: str) -> None:
        """The days of the month, and the month in one sentence."""
        self._cells = tuple(cells)
        self.setText(f"{cells[0].date.month}月")
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Over a day the tooltip tells of that day, elsewhere of the month."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(QPointF(event.pos()))
            spoken = next((cell.spoken for cell in self._cells if cell.date == day), self.toolTip())
            QToolTip.showText(event.globalPos(), spoken, self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance("00") * 14, metrics.height() * _ROWS)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 13 * _ROWS)

    @property
    def room(self) -> int:
        """The height of figures that its squares have room for: two figures and a sign side by side."""
        wide, high = self._unit()
        return int(min(self.fontMetrics().height(), wide / _EMS, high * 0.8))

    def set_figures(self, pixels: int) -> None:
        """How high the figures are, in pixels; the same in every month of a year."""
        self._pixels = pixels
        self.update()

    def day_at(self, place: QPointF) -> date | None:
        """The day whose square holds a point of this widget."""
        for cell in self._cells:
            if self._square(cell).contains(place):
                return cell.date
        return None

    def square_of(self, day: date) -> QRectF:
        """Where a day of this month stands."""
        return next(self._square(cell) for cell in self._cells if cell.date == day)

    def _square(self, cell: DayCell) -> QRectF:
        week, weekday = divmod(cell.date.day - 1 + self._cells[0].date.weekday(), 7)
        wide, high = self._unit()
        return QRectF(4 + weekday * wide, (week + 2) * high, wide, high)

    def _unit(self) -> tuple[float, float]:
        return (self.width() - 8) / 7, self.height() / _ROWS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES:
            event.ignore()  # a button would pass the focus on in its own way: the year knows its rows
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._at = event.position()
        super().mouseReleaseEvent(event)
        self._at = None

    def _pressed(self) -> None:
        day = self.day_at(self._at) if self._at is not None else None
        self.day_wanted.emit(day or self._cells[0].date)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Base))
        wide, high = self._unit()
        font = self.font()
        font.setPixelSize(max(self._pixels or self.room, 1))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(QRectF(8, 0, self.width(), high), Qt.AlignmentFlag.AlignVCenter, self.text())
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(quiet(palette))
        for weekday, name in enumerate(WEEKDAYS):
            painter.drawText(QRectF(4 + weekday * wide, high, wide, high), Qt.AlignmentFlag.AlignCenter, name)
        for cell in self._cells:
            _paint_day(painter, palette, self._square(cell), cell)
        focused = self.hasFocus()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(accent(palette) if focused else palette.color(QPalette.ColorRole.Mid), 2 if focused else 1)
        )
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))


def _paint_day(painter: QPainter, palette: QPalette, square: QRectF, cell: DayCell) -> None:
    mark = cell.most_pressing
    colour = day_looks.figure(cell, palette)
    if cell.changed:
        painter.setPen(QPen(accent(palette), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if cell.today:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent(palette))
        painter.drawRoundedRect(square.adjusted(1, 1, -1, -1), 3, 3)
        colour = on_accent(palette)
    if mark is not None:
        sign, tone = mark.shape, MARK_COLOURS[mark]
    else:
        sign, tone = cell.corner, HOLIDAY if cell.off else accent(palette)
    _paint_side_by_side(
        painter, square, (str(cell.date.day), colour), (sign, on_accent(palette) if cell.today else tone)
    )


def _paint_side_by_side(
    painter: QPainter, square: QRectF, figure: tuple[str, QColor], sign: tuple[str, QColor]
) -> None:
    """The day's figure and its sign, together in the middle of the square."""
    metrics = painter.fontMetrics()
    widths = [metrics.horizontalAdvance(text) for text, _ in (figure, sign)]
    left = square.center().x() - sum(widths) / 2
    for (text, colour), width in zip((figure, sign), widths, strict=True):
        painter.setPen(colour)
        place = QRectF(left, square.top(), width + 1, square.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        left += width


class YearView(QWidget):
    """Twelve months; arrows go from one to the next, PgUp and PgDn turn the year, Home goes to today."""

    day_wanted = Signal(object)
    year_turned = Signal(int)
    today_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self.months = [SmallMonth(self) for _ in range(12)]
        for place, month in enumerate(self.months):
            month.day_wanted.connect(self.day_wanted)
            grid.addWidget(month, place // COLUMNS, place % COLUMNS)

    def show_year(
        self,
        months: Sequence[Sequence[DayCell]],
        spoken: Callable[[Sequence[DayCell]], str] = month_spoken,
    ) -> None:
        """Twelve months of squares; `spoken` puts one into a sentence."""
        for widget, cells in zip(self.months, months, strict=True):
            widget.show_cells(cells, spoken(cells))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One size of figures in the whole year, though columns differ by a pixel."""
        super().resizeEvent(event)
        room = min(month.room for month in self.months)
        for month in self.months:
            month.set_figures(room)

    def focus_month(self, month: int) -> None:
        self.months[month - 1].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _TURNS:
            self.year_turned.emit(_TURNS[key])
        elif key == Qt.Key.Key_Home:
            self.today_wanted.emit()
        elif key in _STEPS and self.focusWidget() in self.months:
            place = self.months.index(self.focusWidget()) + _STEPS[key]  # type: ignore[arg-type]
            if 0 <= place < 12:
                self.months[place].setFocus()
        elif key in _ENTERS and self.focusWidget() in self.months:
            self.focusWidget().click()  # type: ignore[attr-defined]
        else:
            super().keyPressEvent(event)


_TURNS = {int(Qt.Key.Key_PageUp): -1, int(Qt.Key.Key_PageDown): 1}
_STEPS = {
    int(Qt.Key.Key_Left): -1,
    int(Qt.Key.Key_Right): 1,
    int(Qt.Key.Key_Up): -COLUMNS,
    int(Qt.Key.Key_Down): COLUMNS,
}
_ENTERS = (int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter))
_MOVES = frozenset({*_TURNS, *_STEPS, *_ENTERS, int(Qt.Key.Key_Home)})
