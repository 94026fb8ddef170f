"""时限日历: what falls due and what must be reminded, day by day, and the cases of the day chosen beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.gui import calendar_state as state
from desktop_app.gui.calendar_banner import CalendarBanner
from desktop_app.gui.calendar_state import Mark
from desktop_app.gui.case_groups import CaseGroups
from desktop_app.gui.day_count_popup import DayCountHints
from desktop_app.gui.day_looks import MARK_COLOURS
from desktop_app.gui.month_grid import MonthGrid
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.year_view import YearView
from desktop_app.services import day_lists
from desktop_app.services.day_lists import CalendarDay
from desktop_app.services.queries import Listed

NOTHING_ON_DAY = "这一天没有到期和应当提醒的件。"


class CalendarPage(Page):
    """Month or year at the left, the chosen day's cases at the right; what must be done today is the desk's."""

    title = "时限日历"
    kinds = frozenset({"cases", "settings", "batches"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._today = context.session.today
        self._day = self._today
        self._days: dict[date, CalendarDay] = {}
        self.grid = MonthGrid()
        self.year = YearView()
        self.day_list = CaseGroups("这一天的件")
        self._build()
        self._connect()
        self._show_page()

    # ------------------------------------------------------------------ laying out

    def _build(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.year)
        self.banner = CalendarBanner()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._side())
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([900, 400])
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.addWidget(self.splitter)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back = QPushButton("‹ 上月")
        self.month_name = label("", "section")
        self.forward = QPushButton("下月 ›")
        self.to_today = QPushButton("今天")
        self.by_year = QPushButton("全年")
        self.by_year.setCheckable(True)
        self.to_today.setToolTip("回到今天（Home）")
        for widget in (self.back, self.month_name, self.forward, self.to_today, self.by_year):
            row.addWidget(widget)
        row.addStretch(1)
        for mark in Mark:
            row.addWidget(_legend(mark))
        return row

    def _side(self) -> QWidget:
        self.day_name = label("", "section")
        self.no_cases = label(NOTHING_ON_DAY, "hint")
        self.to_desk = QPushButton("今天要办的，见今日工作台")
        self.to_desk.setProperty("role", "link")
        self.day_list.hide()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.day_name)
        column.addWidget(self.no_cases)
        column.addWidget(self.day_list, 1)
        column.addStretch(0)
        column.addWidget(self.to_desk, 0, Qt.AlignmentFlag.AlignLeft)
        return side

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._turn(-1))
        self.forward.clicked.connect(lambda: self._turn(1))
        self.to_today.clicked.connect(self.go_to_today)
        self.by_year.toggled.connect(self._switch)
        self.grid.day_wanted.connect(self.choose)
        self.grid.today_wanted.connect(self.go_to_today)
        self.grid.entered.connect(self._into_list)
        self.year.day_wanted.connect(self._open_month)
        self.year.year_turned.connect(self._turn)
        self.year.today_wanted.connect(self.go_to_today)
        self.banner.year_wanted.connect(self.context.open_holidays)
        self.to_desk.clicked.connect(lambda: self.context.open_page("desk"))
        self.day_list.opened.connect(self.context.open_case)
        DayCountHints(self.day_list, self.context.operations, self.day_list.number_at)

    # ------------------------------------------------------------------ moving about

    @property
    def day(self) -> date:
        """The day chosen."""
        return self._day

    def choose(self, day: date) -> None:
        """Go to a day; another month is turned to first."""
        same_month = (day.year, day.month) == (self._day.year, self._day.month)
        self._day = day
        if same_month and not self.by_year.isChecked():
            self.grid.setCurrentIndex(self.grid.month.index_of(day))
            self._ask_day()
        else:
            self._show_page()
            self._ask()

    def go_to_today(self) -> None:
        self.choose(self.context.session.today)

    def _turn(self, by: int) -> None:
        self.choose(state.stepped(self._day, by * (12 if self.by_year.isChecked() else 1)))

    def _switch(self, yearly: bool) -> None:
        self.stack.setCurrentWidget(self.year if yearly else self.grid)
        self._show_page()
        self._ask()
        self.focus_first()

    def _open_month(self, day: date) -> None:
        self._day = day
        self.by_year.setChecked(False)

    def _into_list(self) -> None:
        if self.day_list.cases.rowCount():
            heading = self.day_list.cases.index(0, 0)
            self.day_list.setCurrentIndex(self.day_list.cases.index(0, 0, heading))
            self.day_list.setFocus()

    def focus_first(self) -> None:
        if self.by_year.isChecked():
            self.year.focus_month(self._day.month)
        else:
            self.grid.setFocus()

    # ------------------------------------------------------------------ showing

    def refresh(self) -> None:
        """Ask again for everything that is shown; the day itself may have turned meanwhile."""
        today = self.context.session.today
        if today != self._today and self._day == self._today:
            self._day = today
        self._today = today
        self._days.clear()
        self._show_page()
        self._ask()

    def _span(self) -> tuple[date, date]:
        if self.by_year.isChecked():
            return date(self._day.year, 1, 1), date(self._day.year, 12, 31)
        return state.grid_span(self._day)

    def _show_page(self) -> None:
        """The page of the chosen day with what is known of it: the figures stand before the marks come."""
        first, last = self._span()
        days = [self._known(first + timedelta(days=i)) for i in range((last - first).days + 1)]
        yearly = self.by_year.isChecked()
        self.month_name.setText(f"{self._day.year}年" if yearly else f"{self._day.year}年{self._day.month}月")
        self.back.setText("‹ 上年" if yearly else "‹ 上月")
        self.forward.setText("下年 ›" if yearly else "下月 ›")
        if yearly:
            self.year.show_year(state.year_cells(days, self._day.year, self._today))
        else:
            self.grid.show_cells(state.day_cells(days, self._day, self._today), self._day)
        self.banner.show_span(self.context.session.calendar(), first, last)
        self._name_day()

    def _known(self, day: date) -> CalendarDay:
        known = self._days.get(day)
        return known or CalendarDay(self.context.session.calendar().day(day))

    def _ask(self) -> None:
        first, last = self._span()
        self.context.operations.query(
            self, "days", lambda session: day_lists.calendar_days(session, first, last), self._show_days
        )

    def _show_days(self, days: Sequence[CalendarDay]) -> None:
        self._days |= {one.day.date: one for one in days}
        self._show_page()
        self._ask_day()

    def _ask_day(self) -> None:
        self._name_day()
        day = self._day
        self.context.operations.query(
            self,
            "day",
            lambda session: state.marked_cases(day_lists.day_cases(session, day)),
            self._show_day,
        )

    def _name_day(self) -> None:
        self.day_name.setText(state.day_heading(self._known(self._day), self._today))

    def _show_day(self, cases: Mapping[Mark, Sequence[Listed]]) -> None:
        self.day_list.show_groups(state.day_groups(cases, self._today))
        self.day_list.setVisible(bool(cases))
        self.no_cases.setVisible(not cases)


def _legend(mark: Mark) -> QWidget:
    made = label(f"{mark.shape} {mark.word}", wrap=False)
    made.setStyleSheet(f"color: {MARK_COLOURS[mark].name()}")
    return made
