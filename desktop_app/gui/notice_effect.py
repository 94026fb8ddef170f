"""A year as it is or would be with a notice, and the cases whose deadlines move with it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.gui import holidays_state as state
from desktop_app.gui.calendar_state import FIRST_MONTH, LAST_MONTH
from desktop_app.gui.case_groups import CaseGroups
from desktop_app.gui.page_parts import label
from desktop_app.gui.year_view import YearView
from desktop_app.services.holidays import Change


class NoticeEffect(QWidget):
    """Twelve months, those days marked that change; what one month holds in words; below, what moves."""

    opened = Signal(str, object)
    """The number of a case, and the numbers listed with it."""

    def __init__(self, calendar: WorkCalendar, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = self._after = calendar
        self._today = today
        self._change: Change | None = None
        self._withdrawing = False
        self._year = today.year
        self.back = QPushButton("‹ 上年")
        self.year_name = label("", "section")
        self.forward = QPushButton("下年 ›")
        self.words = label("", "banner")
        self.year = YearView()
        self.month = label("", "hint")
        self.framed = label("框内 与现在不同", "hint", wrap=False)
        self.heading = label("", "section")
        self.moves = CaseGroups("期限改变的件")
        self._build()
        self.back.clicked.connect(lambda: self._turn(-1))
        self.forward.clicked.connect(lambda: self._turn(1))
        self.year.year_turned.connect(self._turn)
        self.year.today_wanted.connect(lambda: self._go_to(self._today.year))
        self.year.day_wanted.connect(self._tell_month)
        self.moves.opened.connect(self.opened)
        self._show()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (self.back, self.year_name, self.forward):
            head.addWidget(widget)
        head.addStretch(1)
        for words in ("休 放假", "班 调休上班"):
            head.addWidget(label(words, "hint", wrap=False))
        head.addWidget(self.framed)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.year, 1)
        column.addWidget(self.month)
        column.addWidget(self.heading)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(above)
        halves.addWidget(self.moves)
        halves.setStretchFactor(0, 1)
        halves.setSizes([430, 190])
        page = QVBoxLayout(self)
        page.setContentsMargins(8, 0, 0, 0)
        page.addWidget(halves)

    @property
    def shown_year(self) -> int:
        return self._year

    def show_calendar(self, calendar: WorkCalendar, year: int | None = None) -> None:
        """The year as it stands now; nothing changes."""
        self._before = self._after = calendar
        self._change = None
        self._go_to(year or self._year)

    def show_change(self, change: Change, *, withdrawing: bool) -> None:
        """The year as the notice would make it, or as it would be without it."""
        self._before, self._after, self._change = change.before, change.after, change
        self._withdrawing = withdrawing
        self._go_to(change.notice.year)

    def _turn(self, by: int) -> None:
        self._go_to(min(max(self._year + by, FIRST_MONTH.year), LAST_MONTH.year))

    def _go_to(self, year: int) -> None:
        self._year = year
        self.month.hide()
        self._show()

    def _tell_month(self, day: date) -> None:
        self.month.setText(state.month_words(self._after, day))
        self.month.show()

    def _show(self) -> None:
        change = self._change
        self.year_name.setText(f"{self._year}年")
        cells = state.year_cells(self._before, self._after, self._year, self._today)
        self.year.show_year(cells, state.month_spoken)
        provisional = self._after.is_provisional(date(self._year, 1, 1))
        words = state.standing_words(self._year, provisional)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.framed.setVisible(change is not None)
        self.heading.setVisible(change is not None)
        groups = state.move_groups(change, self._today) if change is not None else ()
        self.moves.setVisible(bool(groups))
        self.moves.show_groups(groups)
        if change is not None:
            heading = state.moves_heading(change, withdrawing=self._withdrawing)
            beyond = state.beyond_words(change, self._year)
            self.heading.setText(f"{heading}；{beyond}" if beyond else heading)
