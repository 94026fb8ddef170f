"""Facts kept as text come back as they were, and are used only while their stamp fits."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.figures_of_cases import CaseFacts, Paper
from desktop_app.domain.kept_facts import Counted, KeptFacts, read_facts, write_facts

FULL = CaseFacts(
    *("2026-0312", date(2026, 9, 18), "市长板块", "投诉", "供水", "甲局"),
    keys=frozenset(("received", "replied")),
    unit_keys={"甲局": frozenset(("dispatched",)), "乙局": frozenset(("returned", "overdue"))},
    reply_days=4,
    wait_days=7,
    late={"乙局": 0},
    awaiting=("甲局", date(2026, 10, 9)),
    papers=(Paper("urge", "催1号", "乙局"),),
)
PLAIN = CaseFacts(*("2026-0312", date(2026, 9, 18), "市长板块", "投诉", "供水", "甲局"))


@pytest.mark.parametrize("facts", [FULL, PLAIN])
def test_as_text_and_back(facts: CaseFacts) -> None:
    assert read_facts(write_facts(facts), PLAIN) == facts


def test_the_same_facts_are_the_same_text() -> None:
    assert write_facts(FULL) == write_facts(read_facts(write_facts(FULL), PLAIN))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"keys":1}', '{"keys":[],"awaiting":["甲局"]}'])
def test_what_is_no_facts_is_told(text: str) -> None:
    with pytest.raises(ValueError):
        read_facts(text, PLAIN)


def test_they_are_used_only_while_nothing_happened_since() -> None:
    kept = KeptFacts("2026-0312", 7, "1/a", "{}")
    assert Counted(PLAIN, "t", 7, kept).still_true("1/a")
    assert not Counted(PLAIN, "t", 8, kept).still_true("1/a")
    assert not Counted(PLAIN, "t", 7, kept).still_true("2/a")
    assert not Counted(PLAIN, "t", 7, None).still_true("1/a")
