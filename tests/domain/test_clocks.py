"""Which days go into a unit's clock: docs/architecture.md, 期限 3 to 9."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.domain.clocks import clock_of, counted_days, overdue_days
from desktop_app.domain.guards import latest_date_for_rework

Walks = Any


def day(text: str) -> date:
    return date.fromisoformat(text)


def ran_out(walk: Any, unit: str) -> bool:
    (held,) = [one for one in walk.case.assignments if one.unit == unit]
    return bool(clock_of(held, walk.regulation, walk.case, walk.calendar).ran_out)


# ---------------------------------------------------------------- 2, 3: receipt, and what stands before it


@pytest.mark.parametrize(
    ("way", "taken", "due", "reminder"),
    [
        ("xizang", "2026-09-21", "2026-10-12", "2026-10-10"),
        ("tongliao", "2026-09-24", "2026-10-09", "2026-10-08"),
        ("tongliao", "2026-09-26", "2026-10-09", "2026-10-08"),
        ("tongliao", "2026-09-30", "2026-10-13", "2026-10-12"),
    ],
)
def test_counted_from_claim_or_receipt(
    request: pytest.FixtureRequest, way: str, taken: str, due: str, reminder: str
) -> None:
    clock = request.getfixturevalue(way).received(taken).clock
    assert (clock.due, clock.reminder, clock.due_from) == (day(due), day(reminder), "receipt")
    assert clock.running and not clock.provisional and not clock.ran_out


def test_before_receipt_only_an_expected_date_which_drives_only_in_xizang(both: Walks) -> None:
    clock = both.dispatched().clock
    assert (clock.start, clock.due_from) == (day("2026-09-19"), "dispatch")
    assert clock.due == day("2026-10-09" if both.is_x else "2026-09-24")
    assert clock.running is both.is_x
    assert clock.overdue_on(day("2026-10-30")) is both.is_x


def test_a_shorter_limit_of_the_office_counts(both: Walks) -> None:
    assert both.received(days="3").clock.due == day("2026-09-24")


def test_a_case_never_dispatched_has_no_clock(both: Walks) -> None:
    assert both.accepted().situation().clock is None


def test_a_reply_from_the_slip_unsigned_presumes_the_receipt(both: Walks) -> None:
    walk = both.reply(both.dispatched(), "2026-09-25")
    assert walk.clock.start == day("2026-09-25") and not walk.clock.ran_out and not walk.clock.running


def test_a_unit_that_was_never_to_sign_is_not_late_by_its_reply(tongliao: Walks) -> None:
    assert not tongliao.reply(tongliao.dispatched(), "2026-10-30").clock.ran_out


def test_a_unit_that_never_claimed_was_late_by_the_date_that_drove_the_urging(xizang: Walks) -> None:
    assert xizang.reply(xizang.dispatched(), "2026-10-30").clock.ran_out


# ---------------------------------------------------------------- 4: extensions


@pytest.mark.parametrize(
    ("way", "days", "due"), [("xizang", "20", "2026-11-09"), ("tongliao", "3", "2026-10-09")]
)
def test_an_extension_counts_from_the_due_date_that_stood(
    request: pytest.FixtureRequest, way: str, days: str, due: str
) -> None:
    walks = request.getfixturevalue(way)
    walk = walks.grant(walks.extension(walks.received(), "2026-09-22", days), "2026-09-23")
    assert walk.clock.due == day(due) and not walk.clock.ran_out
    numbered = counted_days(walk.case.lead, walk.regulation, walk.case, walk.calendar)
    assert numbered[-1].date == day(due)


def test_applied_for_in_time_and_granted_later_is_not_late(tongliao: Walks) -> None:
    walk = tongliao.extension(tongliao.received(), "2026-09-29", "3")
    assert walk.clock.due == day("2026-09-29") and walk.clock.overdue_on(day("2026-09-30"))
    tongliao.grant(walk, "2026-10-08")
    assert walk.clock.due == day("2026-10-09") and not walk.clock.ran_out
    assert not tongliao.reply(walk, "2026-10-09").clock.ran_out


def test_granted_after_the_reply_came_still_counts_from_the_asking(both: Walks) -> None:
    """The paper with the consent may be entered when the reply is in already."""
    walk = both.received()
    due = walk.clock.due
    both.extension(walk, due.isoformat(), "2")
    later = walk.calendar.nth_working_day_after(due, 2)
    both.reply(walk, later.isoformat())
    assert walk.clock.ran_out
    both.grant(walk, later.isoformat())
    assert walk.clock.due == later and not walk.clock.ran_out


def test_applied_for_too_late_moves_the_date_but_the_delay_stays(both: Walks) -> None:
    walk = both.received()
    late = walk.calendar.nth_working_day_after(walk.clock.due, 1)
    both.extension(walk, late.isoformat(), "2")
    assert walk.clock.ran_out
    both.grant(walk, late.isoformat())
    assert walk.clock.due == walk.calendar.nth_working_day_after(late, 1)
    both.reply(walk, late.isoformat())
    assert walk.clock.ran_out


def test_a_second_extension_is_judged_by_the_first(both: Walks) -> None:
    walk = both.received()
    first = walk.clock.due
    both.grant(both.extension(walk, first.isoformat(), "1"), first.isoformat())
    second = walk.clock.due
    both.grant(both.extension(walk, second.isoformat(), "1"), second.isoformat())
    assert walk.clock.due > second and not walk.clock.ran_out


# ---------------------------------------------------------------- 6: overdue


def test_overdue_from_the_day_after_due_counted_in_working_days(tongliao: Walks) -> None:
    walk = tongliao.received()
    clock = walk.clock
    assert clock.due == day("2026-09-29")
    assert not clock.overdue_on(day("2026-09-29")) and clock.overdue_on(day("2026-09-30"))
    assert overdue_days(clock, walk.calendar, day("2026-09-29")) == 0
    assert overdue_days(clock, walk.calendar, day("2026-10-07")) == 1
    assert overdue_days(clock, walk.calendar, day("2026-10-08")) == 2


def test_a_reply_stops_the_clock_and_a_late_one_is_remembered(both: Walks) -> None:
    walk = both.received()
    due = walk.clock.due
    in_time = both.reply(both.received(), due.isoformat())
    assert not in_time.clock.ran_out and not in_time.clock.overdue_on(day("2026-11-23"))
    late = both.reply(walk, walk.calendar.nth_working_day_after(due, 1).isoformat())
    assert late.clock.ran_out and not late.clock.running


# ---------------------------------------------------------------- 7: returns and new leads


def test_an_accepted_return_ends_the_clock_as_of_its_day(both: Walks) -> None:
    walk = both.received().act("return", "2026-09-21", reason="无关").act("accept-return", "2026-09-28")
    assert walk.case.lead.ended == day("2026-09-21")
    assert walk.situation().clock is None
    walk.act("dispatch", "2026-09-28", lead="住建局").act("receive", "2026-09-29")
    assert walk.clock.start == day("2026-09-29") and not walk.clock.ran_out


def test_a_refused_return_never_stopped_the_clock(both: Walks) -> None:
    walk = both.received()
    due = walk.clock.due
    walk.act("return", "2026-09-21", reason="无关")
    assert walk.clock.running and walk.clock.due == due
    walk.act("refuse-return", "2026-10-20", reason="有关")
    assert walk.clock.due == due and walk.clock.overdue_on(day("2026-10-20"))


def test_a_return_later_than_the_receipt_day_is_marked_late(both: Walks) -> None:
    same_day = both.received().act("return", "2026-09-21", reason="无关")
    late = both.received().act("return", "2026-09-22", reason="无关")
    unsigned = both.dispatched().act("return", "2026-09-29", reason="无关")
    marks = [walk.case.lead.return_requests[0].late for walk in (same_day, late, unsigned)]
    assert marks == [False, True, False]


def test_a_delay_stays_with_the_unit_that_had_it(both: Walks) -> None:
    walk = both.received()
    walk.act("change-units", "2026-10-30", lead="住建局", reason="久催不办").act("receive", "2026-11-02")
    assert walk.clock.start == day("2026-11-02") and not walk.clock.ran_out
    assert ran_out(walk, "甲市教育局") and not ran_out(walk, "甲市住建局")


def test_a_supporting_units_return_leaves_the_clock_alone(both: Walks) -> None:
    walk = both.received(supporting="住建局")
    due = walk.clock.due
    walk.act("return", "2026-09-22", reason="无关", unit="住建局").act("accept-return", "2026-09-22")
    assert walk.clock.due == due and walk.clock.running


# ---------------------------------------------------------------- 8, 9: done again


def test_the_rework_date_takes_the_place_of_the_due_date(both: Walks) -> None:
    walk = both.rework(both.replied(), "2026-09-28", "2026-10-08")
    assert walk.clock.due == day("2026-10-08") and walk.clock.running and not walk.clock.ran_out
    assert walk.clock.overdue_on(day("2026-10-09"))
    assert not both.reply(walk, "2026-10-08").clock.ran_out
    again = both.rework(both.replied(), "2026-09-28", "2026-10-08")
    assert both.reply(again, "2026-10-09").clock.ran_out


@pytest.mark.parametrize(("way", "latest"), [("xizang", "2026-11-09"), ("tongliao", "2026-10-09")])
def test_no_later_than_limit_and_cap_would_have_allowed(
    request: pytest.FixtureRequest, way: str, latest: str
) -> None:
    """Counted from the regulation's own limit, also where the office had set a shorter one."""
    walks = request.getfixturevalue(way)
    for walk in (walks.replied(), walks.reply(walks.received(days="2"), "2026-09-25")):
        assert latest_date_for_rework(walk.situation(), day("2026-09-28")) == day(latest)
        after = walk.calendar.nth_working_day_after(day(latest), 1).isoformat()
        refused = walk.refused("rework", "2026-09-28", ground="其他", due=after)
        assert refused.code == "rework_date_too_late"
        assert refused.clause == ("第五条（五）" if walks.is_x else "第十九条")
        assert walks.rework(walk, "2026-09-28", latest).clock.due == day(latest)


def test_where_that_has_passed_five_working_days_from_sending_back(both: Walks) -> None:
    walk = both.published()
    assert latest_date_for_rework(walk.situation(), day("2026-11-16")) == day("2026-11-23")
    refused = walk.refused("rework", "2026-11-16", ground="其他", due="2026-11-24")
    assert refused.code == "rework_date_too_late"
    assert both.rework(walk, "2026-11-16", "2026-11-23").status == "办理中"


def test_a_rework_date_lies_not_before_the_sending_back(both: Walks) -> None:
    refused = both.replied().refused("rework", "2026-09-28", ground="其他", due="2026-09-27")
    assert refused.code == "date_before_previous"
    assert both.rework(both.replied(), "2026-09-28", "2026-09-28").clock.reminder == day("2026-09-28")


def test_a_late_first_reply_stays_late_after_a_good_second_one(both: Walks) -> None:
    walk = both.reply(both.received(), "2026-10-30")
    both.reply(both.rework(walk, "2026-11-02", "2026-11-09"), "2026-11-03")
    assert walk.clock.ran_out


def test_an_extension_after_sending_back_counts_from_the_rework_date(both: Walks) -> None:
    walk = both.rework(both.replied(), "2026-09-28", "2026-09-30")
    both.grant(both.extension(walk, "2026-09-29", "2"), "2026-09-29")
    assert walk.clock.due == day("2026-10-09")


# ---------------------------------------------------------------- 1: provisional


def test_a_count_that_touches_a_year_without_notice_is_provisional(xizang: Walks) -> None:
    walk = xizang.dispatched()
    walk.today = day("2026-12-31")
    walk.act("receive", "2026-12-21")
    assert walk.clock.due == day("2027-01-05") and walk.clock.provisional
    settled = xizang.dispatched()
    settled.today = day("2026-12-31")
    assert not settled.act("receive", "2026-12-01").clock.provisional


def test_a_date_set_by_the_office_was_not_counted_and_will_not_move(xizang: Walks) -> None:
    walk = xizang.dispatched()
    walk.today = day("2026-12-31")
    walk.act("receive", "2026-12-21")
    xizang.rework(xizang.reply(walk, "2026-12-28"), "2026-12-29", "2027-01-05")
    assert walk.clock.due == day("2027-01-05") and not walk.clock.provisional
    xizang.grant(xizang.extension(walk, "2026-12-30", "2"), "2026-12-30")
    assert walk.clock.provisional
