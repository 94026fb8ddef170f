"""What an office has lost for good and owned up to: told in the journal by the event `recover`, and no fault after.

Without it the journal of an office that was recovered from a damaged disk would never prove whole again, and
nobody would look at what `verify` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RECOVER = "recover"

LOST_EVENTS, LOST_WORDS, LOST_CASES = "lost_events", "lost_words", "lost_cases"
LOST_ENTRIES = "lost_entries"
"""Keys of the event: numbers of events; of events whose protected words are gone; of cases not to be rebuilt; of
entries of the access log."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Numbers of events, of events without their words, of cases that can't be rebuilt, of entries of the access log."""

    events: frozenset[int] = frozenset()
    words: frozenset[int] = frozenset()
    cases: frozenset[str] = frozenset()
    entries: frozenset[int] = frozenset()


def losses_told(told: Iterable[Mapping[str, str]]) -> Losses:
    """All that the keys of `recover` events tell."""
    events: set[int] = set()
    words: set[int] = set()
    cases: set[str] = set()
    entries: set[int] = set()
    for keys in told:
        events |= set(read_spans(keys.get(LOST_EVENTS, "")))
        words |= set(read_spans(keys.get(LOST_WORDS, "")))
        cases |= set(filter(None, keys.get(LOST_CASES, "").split(",")))
        entries |= set(read_spans(keys.get(LOST_ENTRIES, "")))
    return Losses(frozenset(events), frozenset(words), frozenset(cases), frozenset(entries))


def write_spans(numbers: Iterable[int]) -> str:
    """Numbers as a short text: ``3,7-9``."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(f"{low}" if low == high else f"{low}-{high}" for low, high in spans)


def read_spans(text: str) -> list[int]:
    """The numbers of such a text. ValueError where it is none."""
    found: list[int] = []
    for span in filter(None, text.split(",")):
        low, _, high = span.partition("-")
        found += range(int(low), int(high or low) + 1)
    return found
