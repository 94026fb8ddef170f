"""The cases behind a figure, at the side of the table: what is counted, and each case to open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.gui import figures_state as state
from desktop_app.gui.calendar_state import CaseGroup, case_line
from desktop_app.gui.case_groups import CaseGroups
from desktop_app.gui.day_count_popup import DayCountHints
from desktop_app.gui.figures_state import Row
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.services.queries import Listed
from desktop_app.services.statistics import listed_cases


class FigureCases(QWidget):
    """Shows one figure's cases; Enter opens one, and Alt+↓ then goes through all of them."""

    left = Signal()
    """The keyboard wants to go back to the table."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._numbers: tuple[str, ...] = ()
        self.heading = label("", "section")
        self.note = label(state.CHOOSE, "hint")
        self.list = CaseGroups("这个数包含的件")
        self.list.opened.connect(lambda number, _: context.open_case(number, self._numbers))
        DayCountHints(self.list, context.operations, self.list.number_at)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.heading, self.note):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self.clear()

    def clear(self) -> None:
        """Nothing chosen."""
        self._numbers = ()
        self.heading.hide()
        self.list.hide()
        self.note.setText(state.CHOOSE)

    def show_figure(self, row: Row, key: str, focus: bool) -> None:
        """The cases of one number; the keyboard goes to them where `focus`."""
        self._numbers = row.sums.listed(key)
        self.heading.setText(state.list_heading(row, key))
        self.heading.show()
        self.note.setText(state.list_note(key, len(self._numbers)))
        numbers = self._numbers[: state.MOST_LISTED]
        if not numbers:
            self.list.hide()
            return

        self._context.operations.query(
            self,
            "cases",
            lambda session: listed_cases(session, numbers),
            lambda found: self._show(found, focus),
        )

    def _show(self, found: Sequence[Listed], focus: bool) -> None:
        today = self._context.session.today
        lines = tuple(case_line(one, today) for one in found)
        self.list.show_groups((CaseGroup(f"{len(self._numbers):,} 件", None, lines),))
        self.list.show()
        if focus and lines:
            heading = self.list.cases.index(0, 0)
            self.list.setCurrentIndex(self.list.cases.index(0, 0, heading))
            self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
