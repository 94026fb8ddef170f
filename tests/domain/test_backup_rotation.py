"""Seven days, eight weeks, twenty-four months; whatever is at hand, never less than one that is proven."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.backup_rotation import DAYS, MONTHS, WEEKS, superseded

NOW = datetime(2026, 11, 26, 17, 30)
times = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda one: one.replace(microsecond=0))


def kept_of(made: list[datetime], proven: list[datetime] | None = None) -> list[datetime]:
    return sorted(set(made) - superseded(made, made if proven is None else proven, NOW), reverse=True)


def test_two_years_of_mornings_and_evenings() -> None:
    made = [NOW - timedelta(days=day, hours=hours) for day in range(900) for hours in (0, 9)]
    kept = kept_of(made)
    assert kept[:DAYS] == [NOW - timedelta(days=day) for day in range(DAYS)]
    weeks = {one.isocalendar()[:2] for one in kept if one > NOW - timedelta(weeks=WEEKS - 1)}
    assert len(weeks) == WEEKS
    assert len({(one.year, one.month) for one in kept}) == MONTHS
    assert len(kept) <= DAYS + WEEKS + MONTHS
    assert datetime(2026, 10, 31, 17, 30) in kept and datetime(2026, 10, 30, 17, 30) not in kept
    assert min(kept) == datetime(2024, 12, 31, 17, 30)


def test_after_a_year_away_nothing_of_what_was_there_is_lost() -> None:
    made = [NOW - timedelta(days=400 + day) for day in range(DAYS)]
    assert kept_of([NOW, *made])[:DAYS] == [NOW, *made[: DAYS - 1]]


def test_several_of_one_day_leave_the_last() -> None:
    made = [NOW - timedelta(minutes=minutes) for minutes in range(0, 300, 10)]
    assert kept_of(made) == [NOW]


def test_the_newest_proven_one_stays_though_newer_ones_are_there() -> None:
    made = [NOW - timedelta(minutes=minutes) for minutes in range(5)]
    assert kept_of(made, made[2:]) == [made[0], made[2]]
    assert kept_of(made, []) == [made[0]]


def test_a_clock_that_was_wrong_costs_nothing() -> None:
    ahead = [NOW + timedelta(days=400 * year, hours=hour) for year in range(1, 5) for hour in range(3)]
    past = [NOW - timedelta(days=day) for day in range(DAYS)]
    assert kept_of([*ahead, *past]) == sorted([*ahead, *past], reverse=True)


@given(st.lists(times, max_size=60), st.data())
def test_what_is_kept(made: list[datetime], data: st.DataObject) -> None:
    proven = data.draw(st.lists(st.sampled_from(made), max_size=5) if made else st.just([]))
    gone = superseded(made, proven, NOW)
    kept = set(made) - gone
    assert gone <= {one for one in made if one <= NOW}
    past = {one for one in kept if one <= NOW}
    assert len(past) <= DAYS + WEEKS + MONTHS + 1
    if any(one <= NOW for one in made):
        assert max(one for one in made if one <= NOW) in kept
    if any(one <= NOW for one in proven):
        assert max(one for one in proven if one <= NOW) in kept
    months = {(one.year, one.month) for one in made if one <= NOW}
    assert {(one.year, one.month) for one in past} >= set(sorted(months)[-MONTHS:])


@given(st.lists(times, max_size=60))
def test_deleting_twice_deletes_nothing_more(made: list[datetime]) -> None:
    kept = kept_of(made)
    assert superseded(kept, kept, NOW) == frozenset()


@given(st.lists(times.filter(lambda one: one <= NOW), min_size=1, max_size=40))
def test_day_by_day_comes_to_no_less_than_all_at_once(made: list[datetime]) -> None:
    """What a daily rotation has deleted is nothing that the last look at all of them would have kept by day."""
    held: set[datetime] = set()
    for one in sorted(set(made)):
        held.add(one)
        held -= superseded(held, held, one)
    days = {one.date() for one in made}
    assert {one.date() for one in held} >= set(sorted(days)[-DAYS:])
