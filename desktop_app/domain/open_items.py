"""Open items: what still has to be done on a case, by which clause, since when and until when.

Which items a regulation knows, and which of them block, is in its file; each names a trigger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.open_item_triggers import (
    TRIGGERS,
    barred_unit,
    leading_unit_is_complained_of,
    unit_barred_by,
)
from desktop_app.domain.regulation import OpenItemRule
from desktop_app.domain.situation import Situation

__all__ = [
    "TRIGGERS",
    "OpenItem",
    "all_items",
    "barred_unit",
    "blocking_items",
    "item_by",
    "leading_unit_is_complained_of",
    "open_items",
    "rules_asked",
    "unit_barred_by",
]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing to do. `until` is its own date where it has one; `closed_by` the event that settled or waived it."""

    kind: str
    clause: str | None
    since: date
    until: date | None
    blocking: bool
    verb: str
    closed_by: int | None = None


def open_items(situation: Situation) -> tuple[OpenItem, ...]:
    """What is open on the case today, in the order of the regulation's file; waived items are left out."""
    return tuple(item for item in all_items(situation) if item.closed_by is None)


def all_items(situation: Situation) -> tuple[OpenItem, ...]:
    """What is open today and what would be, had it not been set aside: those name their waiver in `closed_by`."""
    found = (item_by(situation, rule) for rule in rules_asked(situation))
    return tuple(item for item in found if item is not None)


def rules_asked(situation: Situation) -> Iterator[OpenItemRule]:
    """The rules that may find something, as the case stands; which these are does not hang on the day."""
    case, regulation = situation.case, situation.regulation
    if case.voided or not regulation.state(case.status).open:
        return
    for rule in regulation.open_items:
        if not rule.states or case.status in rule.states:
            yield rule


def item_by(situation: Situation, rule: OpenItemRule) -> OpenItem | None:
    """What that rule finds today, also where it was set aside."""
    span = TRIGGERS[rule.trigger](situation, rule)
    if span is None:
        return None
    waiver = _waiver_of(situation, rule.kind, span[0])
    return OpenItem(rule.kind, rule.article or None, *span, rule.blocking, rule.verb, waiver)


def _waiver_of(situation: Situation, kind: str, since: date) -> int | None:
    """The waiver that set this item aside. One that came up again since, such as a new unit's delay, stands."""
    waivers = [one.event for one in situation.case.waivers if one.item == kind and one.on >= since]
    return waivers[-1] if waivers else None


def blocking_items(situation: Situation) -> tuple[OpenItem, ...]:
    return tuple(item for item in open_items(situation) if item.blocking)
