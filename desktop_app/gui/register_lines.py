"""How a line of the register is painted: whole, from the case itself.

Qt would call a delegate for every cell, and each call waits for the interpreter while another thread reads; a
screen painted in one call stays within a frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.domain.message_text import fold, folded
from desktop_app.gui.day_looks import MARK_COLOURS, accent, quiet
from desktop_app.gui.register_columns import DEADLINE, TICK, TITLE, Column, beside_title, title_of
from desktop_app.gui.register_model import RegisterModel
from desktop_app.gui.register_state import deadline_of
from desktop_app.gui.theme import CURRENT
from desktop_app.services.queries import Listed

MARKED = QColor("#ffe58a")
"""The ground of what was searched for; black on it stands at 16:1."""
MARGIN = 8
"""At both sides of a cell, as the style sheet has it for heads; grows with the text."""
_BESIDE_AT_MOST, _FOUND_AT_LEAST = 0.45, 0.55
"""What stands beside a title that is cut may take the one share of the width; where the text has what was looked for,
that has the other, whatever of the title is cut."""
_MARK_AT_MOST = 0.4
"""Share of the title's width that who has the case open elsewhere may take."""
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_ELIDED = Qt.TextElideMode.ElideRight


def figures_font(font: QFont) -> QFont:
    """The same font with figures of one width, so that numbers and dates stand under each other."""
    even = QFont(font)
    even.setFeature(QFont.Tag("tnum"), 1)
    return even


@lru_cache(maxsize=2048)
def found_in(text: str, term: str) -> tuple[tuple[int, int], ...]:
    """Where the folded `term` stands in `text`, as places in the text as it is shown."""
    if not term:
        return ()
    plain = folded(text)
    spans, start = [], plain.text.find(term)
    while start >= 0:
        spans.append(plain.span(start, start + len(term), len(text)))
        start = plain.text.find(term, start + len(term))
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class Cell:
    """A column as it stands on the screen now, in pixels from the left of the list."""

    column: Column
    left: int
    width: int


class LinePainter:
    """Paints lines of the register with the fonts and colours of a widget."""

    def __init__(self, model: RegisterModel, widget: QWidget) -> None:
        self._model = model
        self._term = ""
        self.take_looks(widget)

    def take_looks(self, widget: QWidget) -> None:
        """Fonts and colours of the widget, again after they have changed."""
        self._font, palette = widget.font(), widget.palette()
        self._figures = figures_font(self._font)
        self._metrics = QFontMetrics(self._font)
        self._text = palette.color(QPalette.ColorRole.Text)
        self._quiet, self._accent = quiet(palette), accent(palette)
        self._paper = palette.color(QPalette.ColorRole.Base)
        self._chosen = palette.color(QPalette.ColorRole.Highlight)
        self._line = QPen(palette.color(QPalette.ColorRole.AlternateBase).darker(106))
        self._focus = QPen(self._accent, 2)

    def search_for(self, term: str) -> None:
        """What to mark, as it was typed."""
        self._term = fold(term.strip())

    def paint_line(
        self, painter: QPainter, line: QRect, row: int, cells: Sequence[Cell], selected: bool, current: bool
    ) -> None:
        """One row of the model within `line`; `current` is the one that the keyboard is on."""
        if selected:
            painter.fillRect(line, self._chosen)
        painter.setPen(self._line)
        painter.drawLine(line.bottomLeft(), line.bottomRight())
        if current:
            painter.setPen(self._focus)
            painter.drawRect(line.adjusted(1, 1, -1, -1))
        case = self._model.case(row)
        top, high, margin = line.top(), line.height(), CURRENT.px(MARGIN)
        for cell in cells:
            area = QRect(cell.left + margin, top, cell.width - 2 * margin, high)
            if case is not None:
                self._paint_cell(painter, cell.column, area, case)
            elif cell.column.name == TITLE:
                painter.setPen(self._quiet)
                painter.drawText(area, _LEFT, "……")

    def _paint_cell(self, painter: QPainter, column: Column, area: QRect, case: Listed) -> None:
        even = column.figures or column.name == DEADLINE
        painter.setFont(self._figures if even else self._font)
        if column.name == TITLE:
            self._paint_title(painter, area, case)
        elif column.name == DEADLINE:
            self._paint_deadline(painter, area, case)
        elif column.name == TICK:
            self._paint_tick(painter, area, self._model.is_ticked(case.number))
        elif words := column.text(case, self._model.today):
            self._paint_words(painter, area, words, _RIGHT if column.figures else _LEFT)

    def _paint_words(self, painter: QPainter, area: QRect, words: str, aligned: int) -> None:
        cut = self._metrics.elidedText(words, _ELIDED, area.width())
        if self._term and (spans := found_in(words, self._term)):
            wide = self._metrics.horizontalAdvance(cut)
            left = area.left() if aligned == _LEFT else max(area.left(), area.right() + 1 - wide)
            self._mark(painter, left, area, cut, spans)
        painter.setPen(self._text)
        painter.drawText(area, aligned, cut)

    def _paint_title(self, painter: QPainter, area: QRect, case: Listed) -> None:
        if mark := self._model.mark(case):
            area = self._paint_mark(painter, area, mark)
        title, beside = title_of(case), beside_title(case)
        advance = self._metrics.horizontalAdvance
        width, beside_width = advance(title), advance(beside)
        if width + beside_width > area.width():
            if case.found:
                room = max(area.width() - width, round(area.width() * _FOUND_AT_LEAST))
                beside = self._metrics.elidedText(beside, _ELIDED, room)
                beside_width = advance(beside)
            elif beside_width > area.width() * _BESIDE_AT_MOST:
                beside, beside_width = "", 0
            title = self._metrics.elidedText(title, _ELIDED, area.width() - beside_width)
            width = advance(title)
        if self._term:
            self._mark(painter, area.left(), area, title, found_in(title_of(case), self._term))
        painter.setPen(self._text)
        painter.drawText(area, _LEFT, title)
        if beside:
            right = area.adjusted(width, 0, 0, 0)
            if self._term and case.found:
                self._mark(painter, right.left(), right, beside, found_in(beside, self._term))
            painter.setPen(self._quiet)
            painter.drawText(right, _LEFT, beside)

    def _paint_mark(self, painter: QPainter, area: QRect, mark: str) -> QRect:
        """At the end of the line, who has it open elsewhere; returns what is left for the title."""
        words = self._metrics.elidedText(mark, _ELIDED, round(area.width() * _MARK_AT_MOST))
        painter.setPen(self._quiet)
        painter.drawText(area, _RIGHT, words)
        return area.adjusted(0, 0, -self._metrics.horizontalAdvance(words) - CURRENT.px(2 * MARGIN), 0)

    def _mark(
        self, painter: QPainter, left: int, area: QRect, cut: str, spans: tuple[tuple[int, int], ...]
    ) -> None:
        """A ground behind what was found, as far as it is not cut off."""
        shown = len(cut) - 1 if cut.endswith("…") else len(cut)
        high = self._metrics.height()
        top = area.top() + (area.height() - high) // 2
        for start, end in spans:
            if start < shown:
                before = self._metrics.horizontalAdvance(cut[:start])
                wide = self._metrics.horizontalAdvance(cut[: min(end, shown)]) - before
                painter.fillRect(left + before, top, wide, high, MARKED)

    def _paint_deadline(self, painter: QPainter, area: QRect, case: Listed) -> None:
        deadline = deadline_of(case, self._model.today)
        if not deadline.words:
            return
        slot = self._metrics.height()
        painter.setPen(MARK_COLOURS[deadline.mark] if deadline.mark is not None else self._text)
        if deadline.shape:
            painter.drawText(QRect(area.left(), area.top(), slot, area.height()), _LEFT, deadline.shape)
        words = area.adjusted(slot, 0, 0, 0)
        painter.drawText(words, _LEFT, self._metrics.elidedText(deadline.words, _ELIDED, words.width()))

    def _paint_tick(self, painter: QPainter, area: QRect, ticked: bool) -> None:
        side = round(self._metrics.height() * 0.75)
        box = QRect(0, 0, side, side)
        box.moveCenter(area.center())
        painter.setPen(self._accent if ticked else self._quiet)
        painter.setBrush(self._accent if ticked else self._paper)
        painter.drawRect(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if ticked:
            painter.setPen(self._paper)
            painter.drawText(box, _CENTRE, "✓")
