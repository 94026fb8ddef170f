"""The laws that every deadline keeps, whatever the dates; examples are in tests/regulations."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import deadlines
from desktop_app.domain.deadlines import Limit
from desktop_app.domain.national_notices import standard_calendar
from desktop_app.domain.regulation import CALENDAR_DAYS, WORKING_DAYS
from desktop_app.domain.work_calendar import Notice, NoticeDay
from desktop_app.errors import Refusal

ONE = timedelta(days=1)
STARTS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
LENGTHS = st.integers(1, 40)
CALENDAR = standard_calendar()


def walked(start: date, n: int) -> date:
    """The n-th working day after start, one day after the other, by chinese-calendar alone."""
    day = start
    while n:
        day += ONE
        if chinese_calendar.is_workday(day):
            n -= 1
    return day


@given(STARTS, LENGTHS, st.lists(LENGTHS, max_size=3))
def test_due_is_a_working_day_after_the_start(start: date, n: int, extensions: list[int]) -> None:
    found = deadlines.deadline(CALENDAR, start, Limit(n), extensions)
    assert CALENDAR.is_working(found.due)
    assert found.due > start
    assert found.due >= deadlines.due_date(CALENDAR, start, Limit(n))


@given(STARTS, LENGTHS)
def test_one_day_more_is_never_earlier(start: date, n: int) -> None:
    assert deadlines.due_date(CALENDAR, start, Limit(n + 1)) > deadlines.due_date(CALENDAR, start, Limit(n))
    later = deadlines.due_date(CALENDAR, start + ONE, Limit(n))
    assert later >= deadlines.due_date(CALENDAR, start, Limit(n))


@given(STARTS, LENGTHS, LENGTHS, LENGTHS)
def test_extensions_compose(start: date, n: int, first: int, second: int) -> None:
    in_two = deadlines.deadline(CALENDAR, start, Limit(n), (first, second))
    at_once = deadlines.deadline(CALENDAR, start, Limit(n), (first + second,))
    assert (in_two.due, in_two.reminder, in_two.extended) == (at_once.due, at_once.reminder, at_once.extended)
    assert in_two.due == deadlines.due_date(CALENDAR, start, Limit(n + first + second))


@given(STARTS, LENGTHS)
def test_the_reminder_is_the_last_working_day_before_due_and_not_before_receipt(start: date, n: int) -> None:
    found = deadlines.deadline(CALENDAR, start, Limit(n))
    assert start <= found.reminder < found.due
    assert not any(day.working for day in CALENDAR.days(found.reminder + ONE, found.due - ONE))
    assert CALENDAR.is_working(found.reminder) or found.reminder == start


@given(STARTS, LENGTHS, st.lists(LENGTHS, max_size=2))
def test_the_days_shown_are_the_days_counted(start: date, n: int, extensions: list[int]) -> None:
    found = deadlines.deadline(CALENDAR, start, Limit(n), extensions)
    assert [each.date for each in found.days] == [
        start + ONE * i for i in range(1, (found.due - start).days + 1)
    ]
    assert [each.number for each in found.days if each.working] == list(range(1, n + sum(extensions) + 1))
    assert all(each.number is None for each in found.days if not each.working)
    assert found.provisional is any(each.provisional for each in found.days)


@given(st.dates(date(2004, 1, 1), date(2026, 8, 1)), LENGTHS, st.integers(0, 20))
def test_due_is_where_a_walk_over_the_notices_ends(start: date, n: int, extension: int) -> None:
    extensions = (extension,) if extension else ()
    found = deadlines.deadline(CALENDAR, start, Limit(n), extensions)
    assert found.due == walked(start, n + extension)
    assert {each.date for each in found.days if each.number} == {
        each.date for each in found.days if chinese_calendar.is_workday(each.date)
    }


@given(STARTS, LENGTHS)
def test_without_reasons_the_dates_are_the_same(start: date, n: int) -> None:
    full = deadlines.deadline(CALENDAR, start, Limit(n), (2,))
    bare = deadlines.deadline(CALENDAR, start, Limit(n), (2,), reasons=False)
    assert bare.days == ()
    assert (bare.due, bare.reminder, bare.provisional_years) == (
        full.due,
        full.reminder,
        full.provisional_years,
    )
    assert bare.due == deadlines.due_date(CALENDAR, start, Limit(n), (2,))


@given(STARTS, LENGTHS, st.integers(0, 60))
def test_days_overdue_and_days_left_meet_at_the_due_date(start: date, n: int, passed: int) -> None:
    due = deadlines.due_date(CALENDAR, start, Limit(n))
    today = due + ONE * passed
    assert deadlines.days_left(CALENDAR, due, today) == 0
    assert deadlines.days_overdue(CALENDAR, due, start) == 0
    assert deadlines.days_left(CALENDAR, due, start) == n
    assert deadlines.days_overdue(CALENDAR, due, today) == sum(
        CALENDAR.is_working(due + ONE * i) for i in range(1, passed + 1)
    )
    assert deadlines.is_overdue(due, today) is (passed > 0)


@given(STARTS, st.integers(0, 80))
def test_a_rework_date_is_ahead_and_never_past_the_latest(start: date, after: int) -> None:
    sent_back = start + ONE * after
    due = deadlines.due_date(CALENDAR, start, Limit(10))
    latest = deadlines.latest_rework_date(CALENDAR, start, Limit(10), Limit(20), sent_back)
    proposed = deadlines.proposed_rework_date(CALENDAR, start, Limit(10), Limit(20), sent_back, due)
    assert sent_back <= proposed <= latest
    assert proposed in (due, latest)


def test_the_grace_after_a_late_rework_is_the_regulations() -> None:
    terms = (CALENDAR, date(2026, 9, 24), Limit(5), Limit(3), date(2026, 11, 2))
    assert deadlines.latest_rework_date(*terms) == date(2026, 11, 9)
    assert deadlines.latest_rework_date(*terms, grace=Limit(2)) == date(2026, 11, 4)


@given(STARTS, LENGTHS)
def test_calendar_days_end_on_a_working_day_on_or_after_the_nth(start: date, n: int) -> None:
    found = deadlines.deadline(CALENDAR, start, Limit(n, CALENDAR_DAYS))
    nominal = start + ONE * n
    assert found.due >= nominal
    assert CALENDAR.is_working(found.due)
    assert not any(day.working for day in CALENDAR.days(nominal, found.due - ONE))
    assert [each.number for each in found.days if each.number is not None] == list(range(1, n + 1))


def test_calendar_days_count_days_off_too() -> None:
    """民法典第二百零三条: the last day, 10月3日, is a day off; the period ends on the day after the holiday."""
    found = deadlines.deadline(CALENDAR, date(2026, 9, 28), Limit(5, CALENDAR_DAYS))
    assert found.due == date(2026, 10, 8)
    assert [each.number for each in found.days] == [1, 2, 3, 4, 5, None, None, None, None, None]
    extended = deadlines.deadline(CALENDAR, date(2026, 9, 28), Limit(5, CALENDAR_DAYS), (2,))
    assert extended.due == date(2026, 10, 10)
    assert [each.number for each in extended.days][-2:] == [6, 7]


def test_an_extension_may_have_a_unit_of_its_own() -> None:
    found = deadlines.deadline(CALENDAR, date(2026, 9, 28), Limit(5, CALENDAR_DAYS), (2,), WORKING_DAYS)
    assert found.due == date(2026, 10, 10)
    in_days = deadlines.deadline(CALENDAR, date(2026, 9, 24), Limit(5), (3,), CALENDAR_DAYS)
    assert in_days.due == date(2026, 10, 12)
    assert deadlines.due_date(CALENDAR, date(2026, 9, 24), Limit(5), (3,), CALENDAR_DAYS) == in_days.due


def test_the_reminder_is_never_before_the_receipt() -> None:
    """One working day after a receipt on a Saturday: the working day before due lies before the receipt."""
    found = deadlines.deadline(CALENDAR, date(2026, 11, 28), Limit(1))
    assert (found.due, found.reminder) == (date(2026, 11, 30), date(2026, 11, 28))


def test_a_deadline_is_counted_anew_once_the_notice_is_entered() -> None:
    old = deadlines.deadline(CALENDAR, date(2026, 12, 21), Limit(10))
    days = (NoticeDay(date(2027, 1, 1), "元旦", True), NoticeDay(date(2027, 1, 4), "元旦", True))
    entered = CALENDAR.with_notices(Notice(2027, "2027年的通知", "国务院办公厅", days))
    new = deadlines.deadline(entered, date(2026, 12, 21), Limit(10))
    assert (old.due, old.provisional) == (date(2027, 1, 5), True)
    assert (new.due, new.provisional) == (date(2027, 1, 6), False)


def test_over_the_cap_says_what_is_left() -> None:
    with pytest.raises(Refusal) as refused:
        deadlines.check_extension(Limit(20), (15,), 6, "第五条（四）")
    assert refused.value.message == (
        "延期 6 个工作日超过上限：此前已延 15 个工作日，合计不得超过 20 个工作日，最多还可延 5 个工作日。"
    )
    with pytest.raises(Refusal) as refused:
        deadlines.check_extension(Limit(3), (1, 2), 1, "第十四条")
    assert "不能再延" in refused.value.message
    assert deadlines.remaining_extension(Limit(3), (2, 4)) == 0


@pytest.mark.parametrize("limit", [Limit(0), Limit(-1), Limit(0, CALENDAR_DAYS), Limit(5, "weeks")])
def test_impossible_periods_are_told(limit: Limit) -> None:
    with pytest.raises(ValueError, match="期限"):
        deadlines.deadline(CALENDAR, date(2026, 9, 21), limit)
