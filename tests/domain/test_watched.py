"""A day that is watched tells which days compare alike; a unit register that is watched, what it was asked."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.domain.watched import WatchedDay, WatchedUnits

DAY = date(2026, 9, 30)
COMPARED = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)
UNITS = (Unit("甲市教育局", ("教育局",), "甲市政府"), Unit("甲市政府"))

days = st.dates(date(2026, 9, 1), date(2026, 10, 31))


@given(day=days, steps=st.lists(st.tuples(st.sampled_from(COMPARED), days, st.booleans()), max_size=6))
def test_every_day_of_the_span_compares_alike_and_none_beside_it(
    day: date, steps: list[tuple[Callable[[Any, Any], bool], date, bool]]
) -> None:
    def outcomes(today: date) -> list[bool]:
        return [
            compare(other, today) if turned else compare(today, other) for compare, other, turned in steps
        ]

    watched = WatchedDay.of(day)
    found = outcomes(watched)
    assert found == outcomes(day)
    assert not watched.pinned
    assert watched.first <= day <= watched.last
    for other in (watched.first, watched.last):
        assert outcomes(other) == found
    for beside in (watched.first - timedelta(days=1) if watched.first > date.min else None,
                   watched.last + timedelta(days=1) if watched.last < date.max else None):  # fmt: skip
        assert beside is None or outcomes(beside) != found


def test_it_stands_in_min_and_max_and_between_others() -> None:
    watched = WatchedDay.of(DAY)
    assert min(watched, date(2026, 10, 9)) is watched
    assert max(watched, date(2026, 9, 1)) is watched
    assert (watched.first, watched.last, watched.pinned) == (date(2026, 9, 1), date(2026, 10, 9), False)


USED: tuple[Callable[[date], object], ...] = (
    lambda day: day.year,
    lambda day: day.month,
    lambda day: day.day,
    lambda day: day + timedelta(days=1),
    lambda day: timedelta(days=1) + day,
    lambda day: day - timedelta(days=1),
    lambda day: day - date(2026, 1, 1),
    lambda day: date(2027, 1, 1) - day,
    lambda day: day in {date(2026, 1, 1)},
    lambda day: f"{day:%m-%d}",
    str,
    repr,
    hash,
    lambda day: day.replace(day=1),
)


@pytest.mark.parametrize("used", USED)
def test_whatever_else_is_done_with_it_pins_it(used: Callable[[date], object]) -> None:
    watched = WatchedDay.of(DAY)
    used(watched)
    assert watched.pinned


def test_no_method_of_a_date_is_left_unwatched() -> None:
    of_any_object = {*dir(object), "__class__", "__doc__"} - {"__hash__", "__eq__", "__str__", "__repr__"}
    made_of_others = {"fromisocalendar", "fromisoformat", "fromordinal", "fromtimestamp", "today"}
    bounds = {"min", "max", "resolution", "__getstate__"}
    for name in {*dir(date)} - of_any_object - made_of_others - bounds:
        assert name in vars(WatchedDay), name


def test_a_register_that_was_asked_for_names_remembers_them() -> None:
    watched = WatchedUnits(UnitRegister(UNITS))
    assert watched.find("教育局") == UNITS[0]
    assert watched.find("水务局") is None
    assert watched.asked == {"教育局", "水务局"}
    assert not watched.whole


LOOKED_THROUGH: tuple[Callable[[UnitRegister], object], ...] = (
    list,
    len,
    lambda units: units.named("教育局"),
    lambda units: units.superiors_of(UNITS[0]),
    lambda units: units.is_same_or_below(UNITS[0], UNITS[1]),
)


@pytest.mark.parametrize("looked", LOOKED_THROUGH)
def test_whatever_else_is_asked_is_about_all_of_it(looked: Callable[[UnitRegister], object]) -> None:
    plain = UnitRegister(UNITS)
    watched = WatchedUnits(plain)
    assert looked(watched) == looked(plain)
    assert watched.whole


def test_no_question_to_a_register_is_left_unwatched() -> None:
    public = {name for name in vars(UnitRegister) if not name.startswith("_")} | {"__iter__", "__len__"}
    assert public <= vars(WatchedUnits).keys()
