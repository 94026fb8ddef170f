"""Colours in which the calendar paints. The marks' stand at 7:1 on paper, so that both themes can have them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor, QPalette

from desktop_app.gui.calendar_state import DayCell, Mark

MARK_COLOURS: Mapping[Mark, QColor] = {
    Mark.OVERDUE: QColor("#a3180f"),
    Mark.DUE: QColor("#7a3d00"),
    Mark.REMIND: QColor("#174d89"),
    Mark.EXPECTED: QColor("#495057"),
}
"""A colour each, which never speaks without its shape and word."""

HOLIDAY = QColor("#8f2d12")
LIGHTEST_GROUND = 0.04
"""How much of a colour a ground may have and the text on it keep its contrast."""


def quiet(palette: QPalette) -> QColor:
    """Small print: the text's colour, a third of the way to the paper's."""
    return _between(palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text), 0.68)


def accent(palette: QPalette) -> QColor:
    """What is chosen, and today."""
    return palette.color(QPalette.ColorRole.Link)


def on_accent(palette: QPalette) -> QColor:
    """Text on `accent`."""
    return palette.color(QPalette.ColorRole.Base)


def ground(cell: DayCell, palette: QPalette) -> QColor:
    """Paper; a breath of red on days off."""
    paper = palette.color(QPalette.ColorRole.Base)
    if not cell.off or not cell.in_month:
        return paper
    return _between(paper, HOLIDAY, LIGHTEST_GROUND)


def figure(cell: DayCell, palette: QPalette) -> QColor:
    """The day's figure: red on days off, pale in other months."""
    if not cell.in_month:
        return quiet(palette)
    return HOLIDAY if cell.off else palette.color(QPalette.ColorRole.Text)


def small_print(cell: DayCell, palette: QPalette) -> QColor:
    """农历; festivals and 节气 stand out in their own month."""
    return HOLIDAY if cell.named and cell.in_month else quiet(palette)


def _between(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two; `share` of the way to the other."""
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round((1 - share) * first + share * second) for first, second in parts))
