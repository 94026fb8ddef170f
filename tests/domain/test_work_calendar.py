"""Working days against chinese-calendar asked day by day, and what a notice changes."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.national_notices import national_notices, standard_calendar
from desktop_app.domain.statutory_holidays import statutory_days
from desktop_app.domain.work_calendar import Notice, NoticeDay, WorkCalendar

ONE = timedelta(days=1)
NOTED = st.dates(date(2004, 1, 1), date(2026, 12, 31))
ANY = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def notice(year: int, off: list[date], worked: list[date] | None = None, region: str = "") -> Notice:
    days = [NoticeDay(day, "藏历新年", True) for day in off]
    days += [NoticeDay(day, "藏历新年", False) for day in worked or []]
    return Notice(year, f"{year}年的通知", "某机关", tuple(days), region)


def test_every_day_with_a_notice_is_as_chinese_calendar_says() -> None:
    calendar = standard_calendar()
    days = [date(2004, 1, 1) + ONE * i for i in range((date(2026, 12, 31) - date(2004, 1, 1)).days + 1)]
    differing = [day for day in days if calendar.is_working(day) is not chinese_calendar.is_workday(day)]
    assert differing == []
    assert [day.working for day in calendar.days(days[0], days[-1])] == [
        chinese_calendar.is_workday(day) for day in days
    ]


@given(NOTED.filter(lambda day: day < date(2026, 10, 1)), st.integers(1, 40))
def test_the_nth_working_day_is_where_a_walk_ends(start: date, n: int) -> None:
    day, left = start, n
    while left:
        day += ONE
        left -= chinese_calendar.is_workday(day)
    assert standard_calendar().nth_working_day_after(start, n) == day


@given(NOTED, st.integers(0, 400))
def test_counting_between_two_dates_is_what_a_walk_counts(after: date, length: int) -> None:
    upto = min(after + ONE * length, date(2026, 12, 31))
    walked = sum(chinese_calendar.is_workday(after + ONE * i) for i in range(1, (upto - after).days + 1))
    assert standard_calendar().working_days_between(after, upto) == walked
    assert standard_calendar().working_days_between(upto, after) == 0


@given(ANY)
def test_the_last_working_day_before_has_none_between(day: date) -> None:
    calendar = standard_calendar()
    last = calendar.last_working_day_before(day)
    assert last < day
    assert calendar.is_working(last)
    assert not any(each.working for each in calendar.days(last + ONE, day - ONE))


@given(ANY)
def test_the_next_working_day_on_or_after_skips_days_off_only(day: date) -> None:
    calendar = standard_calendar()
    found = calendar.next_working_day_on_or_after(day)
    assert calendar.is_working(found)
    assert not any(each.working for each in calendar.days(day, found - ONE))


@given(st.lists(ANY, min_size=1, max_size=8))
def test_the_order_of_questions_changes_no_answer(days: list[date]) -> None:
    """Years are laid out when first asked for, in whatever order that is."""
    fresh, settled = WorkCalendar(national_notices(), statutory_days), standard_calendar()
    assert [fresh.nth_working_day_after(day, 10) for day in days] == [
        settled.nth_working_day_after(day, 10) for day in days
    ]
    assert [fresh.last_working_day_before(day) for day in days] == [
        settled.last_working_day_before(day) for day in days
    ]


@given(ANY)
def test_a_day_and_its_reason_agree_with_the_count(day: date) -> None:
    calendar = standard_calendar()
    said = calendar.day(day)
    assert said.working is calendar.is_working(day)
    assert said.provisional is calendar.is_provisional(day) is not (2004 <= day.year <= 2026)
    assert ("（暂定）" in said.why) is said.provisional
    assert said.working or said.holiday is None or said.source is not None


@pytest.mark.parametrize(
    ("day", "working", "why", "mark"),
    [
        (date(2026, 9, 23), True, "星期三，工作日", ""),
        (date(2026, 10, 1), False, "国庆节放假", "休"),
        (date(2026, 10, 10), True, "星期六，调休上班", "班"),
        (date(2026, 10, 11), False, "星期日，休息日", ""),
        (date(2026, 9, 26), False, "中秋节放假", "休"),
        (date(2027, 1, 1), False, "元旦，法定节假日（暂定）", "休"),
        (date(2027, 1, 2), False, "星期六，休息日（暂定）", ""),
        (date(2027, 1, 4), True, "星期一，工作日（暂定）", ""),
    ],
)
def test_reasons_are_in_the_offices_words(day: date, working: bool, why: str, mark: str) -> None:
    said = standard_calendar().day(day)
    assert (said.working, said.why, said.mark) == (working, why, mark)


def test_reasons_cite_the_notice_that_decided() -> None:
    calendar = standard_calendar()
    of_2026 = "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）"
    assert calendar.day(date(2026, 10, 10)).source == of_2026
    assert calendar.day(date(2020, 1, 30)).source != calendar.day(date(2020, 1, 31)).source
    assert "延长2020年春节假期" in str(calendar.day(date(2020, 2, 1)).source)
    assert calendar.day(date(2026, 9, 23)).source is None


def test_december_follows_the_notice_of_the_next_year_where_that_speaks_of_it() -> None:
    calendar = standard_calendar()
    assert not calendar.is_working(date(2018, 12, 31))
    assert "2019年" in str(calendar.day(date(2018, 12, 31)).source)
    entered = calendar.with_notices(notice(2027, [date(2026, 12, 31)]))
    assert calendar.is_working(date(2026, 12, 31))
    assert not entered.is_working(date(2026, 12, 31))


def test_a_notice_entered_makes_its_year_certain_and_leaves_the_old_calendar_alone() -> None:
    before = standard_calendar()
    after = before.with_notices(notice(2027, [date(2027, 1, 4)], [date(2027, 1, 9)]))
    assert (before.is_provisional(date(2027, 1, 4)), after.is_provisional(date(2027, 1, 4))) == (True, False)
    assert before.provisional_years(date(2026, 12, 1), date(2028, 1, 1)) == (2027, 2028)
    assert after.provisional_years(date(2026, 12, 1), date(2028, 1, 1)) == (2028,)
    assert (before.is_working(date(2027, 1, 4)), after.is_working(date(2027, 1, 4))) == (True, False)
    assert (before.is_working(date(2027, 1, 9)), after.is_working(date(2027, 1, 9))) == (False, True)


def test_in_a_year_with_a_notice_the_statute_alone_gives_no_day_off() -> None:
    """What the notice does not name is as the week has it: the notice is the whole arrangement."""
    empty = standard_calendar().with_notices(Notice(2027, "空的通知", "某机关", ()))
    assert empty.is_working(date(2027, 1, 1))


def test_local_holidays_lie_on_top_and_do_not_make_a_year_certain() -> None:
    local = notice(2027, [date(2027, 3, 10)], region="西藏自治区")
    calendar = standard_calendar().with_notices(local)
    said = calendar.day(date(2027, 3, 10))
    assert (said.working, said.why, said.source) == (False, "藏历新年放假（暂定）", "2027年的通知")
    assert calendar.is_provisional(date(2027, 3, 10))
    assert not calendar.is_working(date(2027, 2, 5))


def test_a_local_notice_outweighs_a_national_one_entered_after_it() -> None:
    local = notice(2026, [date(2026, 10, 10)], region="西藏自治区")
    again = Notice(2026, "重录", "国务院办公厅", (NoticeDay(date(2026, 10, 10), "国庆节", False),))
    assert not standard_calendar().with_notices(local).with_notices(again).is_working(date(2026, 10, 10))


def test_a_later_notice_changes_only_the_days_it_names() -> None:
    change = Notice(2026, "调整", "国务院办公厅", (NoticeDay(date(2026, 10, 8), "国庆节", True),))
    calendar = standard_calendar().with_notices(change)
    assert not calendar.is_working(date(2026, 10, 8))
    assert not calendar.is_working(date(2026, 10, 7))
    assert calendar.is_working(date(2026, 10, 10))


def test_any_year_can_be_asked() -> None:
    calendar = WorkCalendar(national_notices(), statutory_days)
    assert calendar.nth_working_day_after(date(2026, 9, 21), 10) == date(2026, 10, 12)
    assert calendar.nth_working_day_after(date(1, 1, 1), 1) == date(1, 1, 2)
    assert calendar.nth_working_day_after(date(2100, 12, 30), 10).year == 2101
    assert calendar.nth_working_day_after(date(2026, 9, 21), 1000) == date(2030, 9, 16)
    with pytest.raises(OverflowError):
        calendar.nth_working_day_after(date(9999, 12, 30), 10)
    with pytest.raises(OverflowError):
        calendar.last_working_day_before(date(1, 1, 1))
    with pytest.raises(ValueError, match="正整数"):
        calendar.nth_working_day_after(date(2026, 9, 21), 0)


def test_it_can_be_sent_to_another_process() -> None:
    fresh = WorkCalendar(national_notices(), statutory_days)
    sent = pickle.loads(pickle.dumps(fresh))
    assert sent.nth_working_day_after(date(2026, 9, 21), 10) == date(2026, 10, 12)
    assert not sent.is_provisional(date(2026, 10, 12))
