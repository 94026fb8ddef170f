"""A year as twelve small months; each bears the most pressing mark of its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from desktop_app.gui import day_looks
from desktop_app.gui.calendar_state import WEEKDAYS, DayCell, Mark, month_spoken
from desktop_app.gui.day_looks import MARK_COLOURS, accent, on_accent, quiet

COLUMNS = 4
_WEEKS = 6
_EMS = 2.4
"""How many squares of its text a day needs in width."""

_ROWS = _WEEKS + 2
"""The month's name, the days of the week, six weeks."""


class SmallMonth(QAbstractButton):
    """One month; pressing it opens the month, pressing a day in it opens it at that day."""

    day_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: tuple[DayCell, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.clicked.connect(self._pressed)
        self._at: QPointF | None = None

    def show_cells(self, cells: Sequence[DayCell]) -> None:
        self._cells = tuple(cells)
        self.setText(f"{cells[0].date.month}月")
        self.setAccessibleName(month_spoken(cells))
        self.setToolTip(month_spoken(cells))
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance("00") * 14, metrics.height() * _ROWS)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 12 * _ROWS)

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
        # Two figures and a mark stand side by side in every square.
        font.setPixelSize(min(self.fontMetrics().height(), int(wide / _EMS), int(high * 0.8)))
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
    if cell.today:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent(palette))
        painter.drawRoundedRect(square.adjusted(1, 1, -1, -1), 3, 3)
        colour = on_accent(palette)
    painter.setPen(colour)
    if mark is None:
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, str(cell.date.day))
        return
    painter.drawText(
        square.adjusted(0, 0, -square.width() * 0.42, 0),
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
        str(cell.date.day),
    )
    _paint_shape(painter, square, mark, on_accent(palette) if cell.today else MARK_COLOURS[mark])


def _paint_shape(painter: QPainter, square: QRectF, mark: Mark, colour: QColor) -> None:
    painter.setPen(colour)
    painter.drawText(
        square.adjusted(square.width() * 0.6, 0, 0, 0),
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        mark.shape,
    )


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

    def show_year(self, months: Sequence[Sequence[DayCell]]) -> None:
        for widget, cells in zip(self.months, months, strict=True):
            widget.show_cells(cells)

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
