"""What the office itself owes: which periods, from which day on, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.office_items import (
    MONTH,
    OFFICE_TRIGGERS,
    PERIOD_WORDS,
    QUARTER,
    YEAR,
    OfficeDays,
    Period,
    YearMonth,
    office_items,
    period_of,
    read_period,
)
from desktop_app.errors import Refusal
from desktop_app.services import regulations

BOTH = ("tongliao-2023", "xizang-2017")
REPORT = "通报期到"
APPRAISAL = {"tongliao-2023": "考核意见待报", "xizang-2017": "纳入绩效考核"}


def day(text: str) -> date:
    return date.fromisoformat(text)


BEGUN = OfficeDays(day("2026-02-10"), day("2026-02-11"))


def owed(
    regulation: str,
    today: str,
    settled: Mapping[str, Iterable[YearMonth]] | None = None,
    days: OfficeDays = BEGUN,
    periods: dict[str, str] | None = None,
) -> list[tuple[str, str]]:
    """What is owed on a day, as kind and period."""
    done = {kind: set(months) for kind, months in (settled or {}).items()}
    items = office_items(regulations.load(regulation), done, days, day(today), periods)
    return [(one.kind, one.period.text) for one in items]


# ------------------------------------------------------------------ what is owed


@pytest.mark.parametrize("regulation", BOTH)
def test_a_report_is_owed_from_the_day_after_its_period(regulation: str) -> None:
    assert owed(regulation, "2026-03-31") == []
    assert owed(regulation, "2026-04-01") == [(REPORT, "2026-Q1")]
    assert owed(regulation, "2026-07-01") == [(REPORT, "2026-Q1"), (REPORT, "2026-Q2")]


@pytest.mark.parametrize("regulation", BOTH)
def test_a_settled_period_is_owed_no_more(regulation: str) -> None:
    first, second = Period(QUARTER, 2026, 1), Period(QUARTER, 2026, 2)
    assert owed(regulation, "2026-07-01", {REPORT: first.months}) == [(REPORT, "2026-Q2")]
    assert owed(regulation, "2026-07-01", {REPORT: first.months | second.months}) == []


@pytest.mark.parametrize("regulation", BOTH)
def test_the_appraisal_is_asked_for_from_the_first_of_december(regulation: str) -> None:
    report = {REPORT: {(2026, month) for month in range(1, 13)}}
    kind = APPRAISAL[regulation]
    assert owed(regulation, "2026-11-30", report) == []
    assert owed(regulation, "2026-12-01", report) == [(kind, "2026")]
    assert owed(regulation, "2026-12-01", {**report, kind: Period(YEAR, 2026).months}) == []


def test_what_was_missed_at_the_years_end_is_owed_until_it_is_done() -> None:
    report = {REPORT: {(year, month) for year in (2026, 2027) for month in range(1, 13)}}
    assert owed("tongliao-2023", "2027-01-04", report) == [("考核意见待报", "2026")]
    assert owed("tongliao-2023", "2027-12-02", report) == [("考核意见待报", "2026"), ("考核意见待报", "2027")]


def test_since_and_until() -> None:
    items = office_items(regulations.load("tongliao-2023"), {}, BEGUN, day("2026-12-07"))
    told = [(one.period.text, one.since, one.until, one.clause) for one in items]
    assert told == [
        ("2026-Q1", day("2026-04-01"), None, "第二十一条"),
        ("2026-Q2", day("2026-07-01"), None, "第二十一条"),
        ("2026-Q3", day("2026-10-01"), None, "第二十一条"),
        ("2026", day("2026-12-01"), day("2026-12-31"), "第二十一条"),
    ]


def test_an_office_may_report_every_month() -> None:
    monthly = {REPORT: MONTH}
    assert owed("tongliao-2023", "2026-04-01", periods=monthly) == [(REPORT, "2026-02"), (REPORT, "2026-03")]
    quarter = Period(QUARTER, 2026, 1)
    assert owed("tongliao-2023", "2026-05-02", {REPORT: quarter.months}, periods=monthly) == [
        (REPORT, "2026-04")
    ]


def test_months_settled_one_by_one_settle_their_quarter() -> None:
    assert owed("tongliao-2023", "2026-04-01", {REPORT: {(2026, 2), (2026, 3)}}) == [(REPORT, "2026-Q1")]
    assert owed("tongliao-2023", "2026-04-01", {REPORT: {(2026, 1), (2026, 2), (2026, 3)}}) == []


def test_an_office_without_cases_has_nothing_to_report_on() -> None:
    nothing = OfficeDays(day("2026-02-10"), None)
    assert owed("tongliao-2023", "2026-12-07", days=nothing) == []
    later = OfficeDays(day("2026-02-10"), day("2026-12-05"))
    assert owed("tongliao-2023", "2026-12-07", days=later) == [("考核意见待报", "2026")]


def test_of_what_was_before_the_program_only_the_last_period_is_asked_for() -> None:
    old = OfficeDays(day("2026-11-23"), day("2018-05-01"))
    assert owed("tongliao-2023", "2026-11-23", days=old) == [(REPORT, "2026-Q3")]
    assert owed("tongliao-2023", "2027-01-04", days=old) == [(REPORT, "2026-Q4"), ("考核意见待报", "2026")]


def test_every_trigger_of_the_data_is_known() -> None:
    used = {rule.trigger for one in regulations.load_all() for rule in one.office_items}
    assert used == set(OFFICE_TRIGGERS)


# ------------------------------------------------------------------ periods

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
KINDS = st.sampled_from(tuple(PERIOD_WORDS))


@given(KINDS, DAYS)
def test_a_day_lies_in_its_period_and_periods_follow_each_other(kind: str, one: date) -> None:
    period = period_of(kind, one)
    assert period.first <= one <= period.last
    assert period.before.last + timedelta(days=1) == period.first
    assert period.after.first == period.last + timedelta(days=1)
    assert period.after.before == period


@given(KINDS, DAYS)
def test_a_period_is_read_as_it_is_written(kind: str, one: date) -> None:
    assert read_period(period_of(kind, one).text) == period_of(kind, one)


def test_periods_in_words() -> None:
    assert [Period(kind, 2026, 3).words for kind in (MONTH, QUARTER)] == ["2026年3月", "2026年第三季度"]
    assert Period(YEAR, 2026).words == "2026年"


@pytest.mark.parametrize("text", ["2026-13", "2026-Q5", "2026-1", "26", "2026年", "", "2026-09-01"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_period(text)
    assert caught.value.code == "unknown_value"
