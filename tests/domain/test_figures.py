"""The definitions themselves: every figure is told in full, and every rate is made of counts."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from desktop_app.domain.figures import BY_KEY, COUNTS, DEFINITIONS, PROMISED, Definition, Kind
from desktop_app.services import regulations


def test_the_keys_of_the_command_line_are_those_promised_and_in_that_order() -> None:
    assert (
        *("received", "accepted", "refused", "dispatched", "replied", "on_time", "overdue", "extended"),
        *("returned", "reworked", "reminded", "urged", "supervised", "transferred", "published", "private"),
        *("satisfied", "rather_satisfied", "dissatisfied", "unreached", "on_time_rate", "satisfaction_rate"),
        *("median_days", "p90_days"),
    ) == PROMISED


@pytest.mark.parametrize("one", DEFINITIONS, ids=lambda one: one.key)
def test_each_says_in_sentences_what_it_counts(one: Definition) -> None:
    assert one.name and one.words.endswith("。") and one.in_full.endswith("。")
    made_of: Iterable[str] = (*one.numerator, *one.denominator)
    assert all(name in COUNTS for name in made_of)
    assert bool(one.denominator) == (one.kind is Kind.RATE)
    assert bool(one.numerator) == (one.kind is not Kind.COUNT)


def test_no_name_and_no_key_stands_for_two_figures() -> None:
    assert len({one.name for one in DEFINITIONS}) == len(BY_KEY) == len(DEFINITIONS)


def test_the_articles_named_are_those_of_steps() -> None:
    steps = {name for one in regulations.load_all() for name in one.actions}
    assert {one.action for one in DEFINITIONS if one.action} <= steps
