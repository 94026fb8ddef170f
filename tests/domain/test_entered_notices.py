"""Which notices hold once some were entered on top of those built in, and how they are written down."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entered_notices import (
    ENTER,
    WITHDRAW,
    EnteredNotice,
    calendar_with,
    edition_of,
    fold_entered,
    read_entered,
    standing,
    write_entered,
    write_notice,
)
from desktop_app.domain.events import Event
from desktop_app.domain.national_notices import national_notices, standard_calendar
from desktop_app.domain.notice_read import Scope
from desktop_app.domain.work_calendar import Notice, NoticeDay

TIBET = "西藏自治区"
FRIDAY, SATURDAY = date(2027, 12, 3), date(2027, 12, 4)


def entered(
    event: int,
    days: dict[date, bool],
    scope: Scope = Scope.YEAR,
    name: str = "某节",
    region: str = "",
    year: int = 2027,
) -> EnteredNotice:
    notice = Notice(
        year,
        f"第 {event} 份",
        "某机关",
        tuple(NoticeDay(day, name, off) for day, off in days.items()),
        region,
    )
    return EnteredNotice(event, notice, scope, "2026-11-26T08:00:00.000+08:00", "王敏")


def test_nothing_entered_is_the_standard_calendar() -> None:
    assert calendar_with(()) is standard_calendar()


def test_december_counts_by_its_own_year_until_the_next_years_notice_is_entered() -> None:
    """期限 1: the notice of a year may arrange days from the December before on."""
    thursday = date(2026, 12, 31)
    before = calendar_with(())
    assert before.is_working(thursday)
    assert not before.is_provisional(thursday)
    after = calendar_with([entered(1, {thursday: False, date(2026, 12, 26): False, date(2027, 1, 1): True})])
    assert after.is_working(date(2026, 12, 26))
    assert after.day(date(2026, 12, 26)).source == "第 1 份"
    assert not after.is_provisional(date(2027, 1, 1))
    off = calendar_with([entered(1, {thursday: True, date(2027, 1, 1): True})])
    assert not off.is_working(thursday)
    assert off.day(thursday).why == "某节放假"
    assert off.is_working(date(2026, 12, 30))


def test_a_years_notice_entered_again_replaces_the_first() -> None:
    calendar = calendar_with([entered(1, {FRIDAY: True}), entered(2, {SATURDAY: False})])
    assert calendar.is_working(FRIDAY)
    assert calendar.is_working(SATURDAY)
    assert [one.source for one in calendar.notices if one.year == 2027] == ["第 2 份"]


def test_a_built_in_year_entered_again_is_replaced_whole() -> None:
    calendar = calendar_with([entered(1, {date(2026, 12, 4): True}, year=2026)])
    assert calendar.is_working(date(2026, 10, 1))
    assert not calendar.is_working(date(2026, 12, 4))


def test_a_change_replaces_the_holiday_it_names_and_no_other() -> None:
    day = date(2026, 10, 8)
    calendar = calendar_with([entered(1, {day: True}, Scope.HOLIDAYS, "国庆节", year=2026)])
    assert not calendar.is_working(day)
    assert calendar.is_working(date(2026, 10, 7))
    assert not calendar.is_working(date(2026, 9, 25))
    assert not calendar.is_provisional(day)


def test_a_prolonged_holiday_keeps_what_was_said_of_it() -> None:
    calendar = calendar_with([entered(1, {date(2026, 10, 8): True}, Scope.DAYS, "国庆节", year=2026)])
    assert not any(calendar.is_working(date(2026, 10, day)) for day in range(1, 9))


def test_local_notices_of_one_region_stand_beside_each_other_by_holiday() -> None:
    local = [
        entered(1, {FRIDAY: True}, Scope.HOLIDAYS, "雪顿节", TIBET),
        entered(2, {FRIDAY + timedelta(days=3): True}, Scope.HOLIDAYS, "藏历新年", TIBET),
    ]
    calendar = calendar_with(local)
    assert not calendar.is_working(FRIDAY)
    assert not calendar.is_working(FRIDAY + timedelta(days=3))
    again = entered(3, {FRIDAY + timedelta(days=7): True}, Scope.HOLIDAYS, "雪顿节", TIBET)
    calendar = calendar_with([*local, again])
    assert calendar.is_working(FRIDAY)
    assert not calendar.is_working(FRIDAY + timedelta(days=3))
    assert calendar.is_provisional(FRIDAY)


def test_a_local_notice_lies_on_top_of_a_national_one_entered_later() -> None:
    local = entered(1, {FRIDAY: True}, Scope.HOLIDAYS, "雪顿节", TIBET)
    assert not calendar_with([local, entered(2, {FRIDAY: False})]).is_working(FRIDAY)


def test_entering_and_withdrawing_folds_to_what_stands() -> None:
    first, second = entered(3, {FRIDAY: True}), entered(7, {SATURDAY: False})
    events = [
        Event(
            one.event,
            ENTER,
            FRIDAY,
            one.by,
            one.entered,
            None,
            {"notice": write_notice(one.notice, one.scope)},
            {},
        )
        for one in (first, second)
    ]
    assert fold_entered(events) == {(2027, ""): (first, second)}
    withdrawn = Event(9, WITHDRAW, FRIDAY, "王敏", "", None, {"event": "7"}, {})
    assert fold_entered([*events, withdrawn]) == {(2027, ""): (first,)}
    last = Event(10, WITHDRAW, FRIDAY, "王敏", "", None, {"event": "3"}, {})
    assert fold_entered([*events, withdrawn, last]) == {}


@st.composite
def notices(draw: st.DrawFn) -> EnteredNotice:
    year = draw(st.integers(2020, 2030))
    days = draw(st.dictionaries(st.dates(date(year, 1, 1), date(year, 12, 31)), st.booleans(), max_size=6))
    scope = draw(st.sampled_from(Scope))
    name, region = draw(st.text(min_size=1, max_size=6)), draw(st.sampled_from(["", TIBET]))
    return entered(draw(st.integers(1, 99)), days, scope, name, region, year)


@given(st.lists(notices(), max_size=4))
def test_what_is_written_down_is_read_back(several: list[EnteredNotice]) -> None:
    assert read_entered(write_entered(several)) == tuple(several)


@given(st.lists(notices(), max_size=5, unique_by=lambda one: one.event))
def test_the_last_word_on_a_date_holds(several: list[EnteredNotice]) -> None:
    calendar = calendar_with(several)
    for one in several:
        later = [
            other
            for other in several
            if other.event > one.event or (other.notice.region and not one.notice.region)
        ]
        spoken = {day.date for other in later for day in other.notice.days} | {
            day.date for other in national_notices() if other.year > one.notice.year for day in other.days
        }
        replaced = any(other.key == one.key and other.scope is not Scope.DAYS for other in later)
        for day in one.notice.days:
            if not replaced and day.date not in spoken:
                assert calendar.is_working(day.date) is not day.is_off


def test_standing_notices_are_in_the_order_of_their_years() -> None:
    found = standing(national_notices(), [entered(1, {}), entered(2, {}, Scope.DAYS, year=2026)])
    assert [one.year for one in found] == sorted(one.year for one in found)


def test_an_edition_tells_what_was_entered() -> None:
    one, other = write_entered([entered(1, {FRIDAY: True})]), write_entered([entered(1, {FRIDAY: False})])
    assert edition_of([]) == ""
    assert edition_of([one]) != edition_of([other])
    assert edition_of([one, other]) == edition_of([other, one])
