"""What the calendar shows, without a window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.messages import Citizen
from desktop_app.domain.national_notices import standard_calendar
from desktop_app.gui import calendar_state as state
from desktop_app.gui.calendar_state import DayCell, Mark
from desktop_app.services.day_lists import CalendarDay
from desktop_app.services.queries import Listed

TODAY = date(2026, 10, 9)
CALENDAR = standard_calendar()


def row(number: str = "2026-0001", **facts: object) -> CaseRow:
    known: dict[str, object] = {
        "number": number,
        "year": 2026,
        "serial": int(number[5:]),
        "regulation": "tongliao-2023",
        "status": "办理中",
        "title": "路灯",
        "received": date(2026, 9, 24),
        "source": "市长板块",
        "is_open": True,
        "lead": "市住建局",
        "awaiting_reply": True,
        "due_from": "receipt",
    }
    return CaseRow(**(known | facts))  # type: ignore[arg-type]


def shown(day: date, **rows: tuple[CaseRow, ...]) -> CalendarDay:
    return CalendarDay(CALENDAR.day(day), **{kind: len(some) for kind, some in rows.items()})


def page(month: date, today: date = TODAY) -> dict[date, DayCell]:
    first, last = state.grid_span(month)
    days = [shown(first + timedelta(days=i)) for i in range((last - first).days + 1)]
    return {cell.date: cell for cell in state.day_cells(days, month, today)}


def test_a_page_is_six_weeks_from_monday_with_other_months_pale() -> None:
    cells = page(date(2026, 10, 9))
    assert len(cells) == 42
    assert min(cells).isoformat() == "2026-09-28"
    assert min(cells).weekday() == 0
    assert not cells[date(2026, 9, 30)].in_month
    assert cells[date(2026, 10, 31)].in_month
    assert not cells[date(2026, 11, 1)].in_month


def test_small_print_is_that_of_a_wall_calendar() -> None:
    cells = page(date(2026, 10, 1))
    assert [cells[date(2026, 10, day)].small for day in (1, 2, 8, 10, 18)] == [
        "国庆节",
        "廿二",
        "寒露",
        "九月",
        "重阳节",
    ]
    assert [cells[date(2026, 10, day)].corner for day in (7, 8, 10, 11)] == ["休", "", "班", ""]
    assert cells[date(2026, 10, 1)].named
    assert not cells[date(2026, 10, 2)].named
    assert cells[date(2026, 10, 11)].off


def test_the_first_day_off_bears_the_holidays_name_where_the_day_has_none_of_its_own() -> None:
    assert page(date(2026, 1, 1))[date(2026, 1, 1)].small == "元旦"
    cells = page(date(2026, 2, 1))
    assert [cells[date(2026, 2, day)].small for day in (15, 16, 17, 19)] == ["春节", "除夕", "春节", "初三"]


def test_a_square_counts_its_marks_and_the_most_pressing_comes_first() -> None:
    day = shown(TODAY, due=(row(), row()), overdue_since=(row(),), expected=(row(),))
    [cell] = [one for one in state.day_cells([day], TODAY, TODAY) if one.date == TODAY]
    assert [(each.mark.shape, each.count) for each in cell.marks] == [("■", 1), ("●", 2), ("◇", 1)]
    assert cell.most_pressing is Mark.OVERDUE
    assert cell.spoken == (
        "今天，2026年10月9日 星期五，农历八月廿九，星期五，工作日，逾期 1 件，到期 2 件，预计 1 件"
    )


def test_marks_differ_by_shape_and_word() -> None:
    assert len({mark.shape for mark in Mark}) == len({mark.word for mark in Mark}) == 4


@pytest.mark.parametrize(
    ("day", "by", "there"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
        (date(2026, 12, 9), 1, date(2027, 1, 9)),
        (date(2100, 12, 9), 1, date(2100, 12, 9)),
        (date(1901, 1, 9), -12, date(1901, 1, 9)),
    ],
)
def test_months_are_turned_within_the_years_with_tables(day: date, by: int, there: date) -> None:
    assert state.stepped(day, by) == there


@settings(max_examples=50, deadline=None)
@given(st.dates(state.FIRST_MONTH, state.LAST_MONTH), st.integers(-3000, 3000))
def test_no_step_leads_out_of_the_tables(day: date, by: int) -> None:
    for there in (state.stepped(day, by), state.moved(day, by)):
        assert state.FIRST_MONTH <= there <= date(2100, 12, 31)
        assert state.grid_span(there)[0] <= there <= state.grid_span(there)[1]


def test_a_year_without_its_notice_says_so_where_it_is_seen() -> None:
    assert state.banner(CALENDAR, *state.grid_span(date(2026, 11, 1))) == ""
    words = "2027 年放假安排尚未录入，相关期限为暂定"
    assert state.banner(CALENDAR, *state.grid_span(date(2026, 12, 1))) == words
    assert state.banner(CALENDAR, *state.grid_span(date(2027, 5, 1))) == words


def test_the_small_months_of_a_year_hold_their_own_days_and_tell_their_totals() -> None:
    days = [shown(date(2025, 12, 31) + timedelta(days=i)) for i in range(367)]
    days[9 + 273] = shown(TODAY, due=(row(), row()))
    year = state.year_cells(days, 2026, TODAY)
    assert [len(month) for month in year] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert state.month_spoken(year[9]) == "2026年10月，到期 2 件"
    assert state.month_spoken(year[0]) == "2026年1月，没有到期和应提醒的件"


def listed(case: CaseRow, **more: object) -> Listed:
    known: dict[str, object] = {"overdue": False, "days_overdue": 0, "days_left": 0}
    return Listed(row=case, citizen=Citizen(), **(known | more))  # type: ignore[arg-type]


def test_a_line_at_the_side_says_who_has_the_case_and_how_it_stands() -> None:
    late = listed(row(due=date(2026, 9, 30)), overdue=True, days_overdue=2)
    assert state.case_line(late, TODAY).note == "市住建局 · 逾期 2 个工作日"
    expected = listed(row(due=date(2026, 10, 14), due_from="dispatch"), days_left=4)
    assert state.case_line(expected, TODAY).note == "市住建局 · 还剩 4 个工作日（预计）"
    provisional = listed(row(due=date(2027, 1, 5), provisional=True), days_left=60)
    assert state.case_line(provisional, TODAY).note == "市住建局 · 还剩 60 个工作日（暂定）"
    assert state.case_line(listed(row(status="待初审", lead="", due=None)), TODAY).note == "待初审"


def test_the_lists_of_a_day_leave_out_what_is_empty() -> None:
    groups = state.day_groups({Mark.OVERDUE: (), Mark.DUE: (listed(row(due=TODAY)),)}, TODAY)
    assert [(group.heading, group.mark, len(group.lines)) for group in groups] == [
        ("到期  1 件", Mark.DUE, 1)
    ]


def test_the_heading_of_a_day_names_what_kind_of_day_it_is() -> None:
    assert state.day_heading(shown(TODAY), TODAY) == "10月9日 周五 · 农历八月廿九 · 工作日"
    assert state.day_heading(shown(date(2026, 10, 2)), TODAY) == "10月2日 周五 · 农历八月廿二 · 国庆节放假"
