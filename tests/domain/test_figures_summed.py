"""Sums: the whole is its groups, rates stay within 0 and 1, the order of cases does not matter, small numbers are guarded."""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.figures import COUNTS, DEFINITIONS, NOBODY, UNSAID, Grouping, Kind
from desktop_app.domain.figures_of_cases import CaseFacts, Paper
from desktop_app.domain.figures_summed import (
    Group,
    Sums,
    median,
    ninth_tenth,
    ranked,
    register_order,
    summed,
    year_before,
)

UNITS = ("", "甲局", "乙局", "丙县")
OF_THE_CASE = (
    "accepted",
    "refused",
    "published",
    "satisfied",
    "dissatisfied",
    "unreached",
    "board_satisfied",
)
OF_A_UNIT = ("dispatched", "extended", "returned", "reworked", "overdue", "reminded", "supporting")
ANSWERS = ((), ("unanswered",), ("replied", "on_time"), ("replied", "replied_late"))


def facts(seed: int) -> CaseFacts:
    """Some case or other: one integer to draw is quicker than twenty."""
    dice = Random(seed)
    answer = dice.choice(ANSWERS)
    units = dice.sample(UNITS, dice.randint(0, 3))
    unit_keys = {unit: frozenset(dice.sample(OF_A_UNIT, dice.randint(1, 4))) for unit in units}
    number = f"{dice.randint(2025, 2026)}-{dice.randint(1, 12_000):04d}"
    return CaseFacts(
        number=number,
        received=date(2025, 1, 1) + timedelta(days=dice.randint(0, 729)),
        source=dice.choice(("市长板块", "主席板块")),
        category=dice.choice(("", "咨询", "投诉")),
        topic=dice.choice(("", "供水", "道路")),
        unit=dice.choice(UNITS),
        keys=frozenset(("received", *answer, *dice.sample(OF_THE_CASE, dice.randint(0, 4)))),
        unit_keys=unit_keys,
        reply_days=dice.randint(0, 60) if "replied" in answer else None,
        late={unit: dice.randint(0, 30) for unit, keys in unit_keys.items() if "overdue" in keys},
        papers=tuple(
            Paper("remind", dice.choice(("提1号", "提2号", number)), unit)
            for unit, keys in unit_keys.items()
            if "reminded" in keys
        ),
    )


def _in_register_order(seeds: list[int]) -> list[CaseFacts]:
    found = {one.number: one for one in map(facts, seeds)}
    return sorted(found.values(), key=lambda one: register_order(one.number))


CASES = st.lists(st.integers(0, 2**32), max_size=30).map(_in_register_order)


@given(CASES, st.sampled_from([one for one in Grouping if one is not Grouping.UNIT]))
def test_the_whole_is_the_sum_of_groups_that_share_no_case(found: list[CaseFacts], by: Grouping) -> None:
    summary = summed(found, by)
    for key in COUNTS:
        assert summary.total.count(key) == sum(one.sums.count(key) for one in summary.groups)
    listed = Counter(number for one in summary.groups for number in one.sums.listed("received"))
    assert sorted(listed) == sorted(one.number for one in found) and set(listed.values()) <= {1}
    assert sum(len(one.sums.reply_days) for one in summary.groups) == len(summary.total.reply_days)


@given(CASES)
def test_by_unit_a_case_counts_once_each_and_what_is_of_the_case_only_once(found: list[CaseFacts]) -> None:
    summary = summed(found, Grouping.UNIT)
    for key in (*OF_THE_CASE, "received", "replied", "on_time"):
        assert summary.total.count(key) == sum(one.sums.count(key) for one in summary.groups)
    for key in OF_A_UNIT:
        of_groups = {number for one in summary.groups for number in one.sums.listed(key)}
        assert set(summary.total.listed(key)) == of_groups
        assert summary.total.count(key) <= sum(one.sums.count(key) for one in summary.groups)
    assert [one.name for one in summary.groups].count(NOBODY) <= 1


@given(CASES)
def test_rates_lie_within_0_and_1_and_are_none_of_nothing(found: list[CaseFacts]) -> None:
    for sums in (summed(found).total, *(one.sums for one in summed(found, Grouping.UNIT).groups)):
        for one in DEFINITIONS:
            value = sums.value(one.key)
            if one.kind is Kind.RATE:
                part, whole = sums.ratio(one.key)
                assert (value is None) == (whole == 0)
                assert value is None or (
                    0 <= value <= 1 and Fraction(part, whole) == Fraction(value).limit_denominator(1000)
                )
            elif one.kind is Kind.DAYS:
                assert value is None or 0 <= value <= 60
            else:
                assert value == len(sums.listed(one.key))


@given(CASES, st.sampled_from(Grouping), st.randoms(use_true_random=False))
def test_the_order_of_cases_does_not_matter(found: list[CaseFacts], by: Grouping, dice: object) -> None:
    other = list(found)
    dice.shuffle(other)  # type: ignore[attr-defined]
    one, two = summed(found, by), summed(other, by)
    assert [group.name for group in one.groups] == [group.name for group in two.groups]
    for mine, yours in zip(
        (one.total, *(group.sums for group in one.groups)),
        (two.total, *(group.sums for group in two.groups)),
        strict=True,
    ):
        assert {key: set(cases) for key, cases in mine.cases.items()} == {
            key: set(cases) for key, cases in yours.cases.items()
        }
        assert (mine.reply_days, mine.late_days, mine.papers) == (
            yours.reply_days,
            yours.late_days,
            yours.papers,
        )


@given(CASES)
def test_what_is_late_falls_into_one_step_each(found: list[CaseFacts]) -> None:
    total = summed(found).total
    assert sum(len(cases) for _, cases in total.late_by()) == total.count("overdue")


@given(st.lists(st.integers(0, 90), min_size=1).map(sorted))
def test_the_median_and_the_ninth_tenth(days: list[int]) -> None:
    assert median(days) == statistics.median(days)
    found = ninth_tenth(days)
    assert found in days
    assert sum(one <= found for one in days) * 10 >= len(days) * 9
    assert sum(one < found for one in days) * 10 < len(days) * 9


def test_ten_cases_by_the_nearest_rank() -> None:
    assert [ninth_tenth(list(range(1, n + 1))) for n in (1, 2, 9, 10, 11, 20)] == [1, 2, 9, 9, 10, 18]


def test_a_sheet_about_several_cases_is_one() -> None:
    both = [
        CaseFacts(f"2026-000{place}", date(2026, 1, 1), papers=(Paper("urge", "催1号", "甲局"),))
        for place in (1, 2)
    ]
    assert summed(both).total.sheets("urge") == 1


def test_months_between_without_a_case_are_told_as_well() -> None:
    found = [
        CaseFacts(f"2026-000{place}", day, keys=frozenset(("received",)))
        for place, day in enumerate((date(2025, 11, 3), date(2026, 2, 1)), start=1)
    ]
    told = [(one.name, one.sums.count("received")) for one in summed(found, Grouping.MONTH).groups]
    assert told == [("2025-11", 1), ("2025-12", 0), ("2026-01", 0), ("2026-02", 1)]


# ---------------------------------------------------------------- small numbers


def group(name: str, on_time: int, replied: int) -> Group:
    numbers = tuple(f"2026-{place:04d}" for place in range(1, replied + 1))
    return Group(name, Sums({"replied": numbers, "on_time": numbers[:on_time]}))


def test_few_cases_are_not_ranked_and_equals_share_a_place() -> None:
    groups = [group("甲局", 9, 10), group("乙局", 3, 3), group("丙局", 18, 20), group("丁局", 20, 20)]
    ranking = ranked([*groups, group(NOBODY, 30, 30), group(UNSAID, 30, 30)], "on_time_rate", 10)
    assert [(place, one.name) for place, one in ranking.placed] == [(1, "丁局"), (2, "丙局"), (2, "甲局")]
    assert [one.name for one in ranking.too_few] == ["乙局"]


def test_no_minimum_ranks_what_has_no_case_at_all() -> None:
    assert ranked([group("甲局", 0, 0)], "on_time_rate", 0).placed == ()


# ---------------------------------------------------------------- periods


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (("2026-07-01", "2026-09-30"), ("2025-07-01", "2025-09-30")),
        (("2025-02-01", "2025-02-28"), ("2024-02-01", "2024-02-29")),
        (("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28")),
        (("2024-02-29", "2024-03-01"), ("2023-02-28", "2023-03-01")),
        (("2025-02-28", "2025-03-31"), ("2024-02-28", "2024-03-31")),
    ],
)
def test_the_same_period_a_year_before(period: tuple[str, str], before: tuple[str, str]) -> None:
    found = year_before(*map(date.fromisoformat, period))
    assert found == tuple(map(date.fromisoformat, before))


@given(st.integers(1901, 2098), st.integers(1, 12), st.integers(1, 12))
def test_whole_months_stay_whole_months(year: int, first: int, length: int) -> None:
    begin = date(year, first, 1)
    months = first + length - 1
    end = date(year + months // 12, months % 12 + 1, 1) - timedelta(days=1)
    one, other = year_before(begin, end)
    assert (one.year, one.month, one.day) == (year - 1, first, 1)
    assert (other + timedelta(days=1)).day == 1 and (other.month, other.year) == (end.month, end.year - 1)
