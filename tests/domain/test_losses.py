"""Losses told in the journal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.losses import Losses, losses_told, read_spans, write_spans


def test_spans_are_short() -> None:
    assert write_spans([9, 3, 7, 8, 8]) == "3,7-9"
    assert write_spans([]) == ""
    assert read_spans("") == []


@given(st.sets(st.integers(1, 500)))
def test_what_is_written_is_read(numbers: set[int]) -> None:
    assert read_spans(write_spans(numbers)) == sorted(numbers)


def test_several_events_tell_together() -> None:
    told = losses_told(
        [{"lost_events": "3-4"}, {"lost_events": "9", "lost_words": "2", "lost_cases": "2026-0001"}]
    )
    assert told == Losses(frozenset((3, 4, 9)), frozenset((2,)), frozenset(("2026-0001",)))
    assert losses_told([]) == Losses()
