"""Facts of a case as text, for keeping; and what tells whether they may still be used."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.domain.figures_of_cases import CaseFacts, Paper


@dataclass(frozen=True, slots=True)
class KeptFacts:
    """What is kept of a case: its facts as text, the newest event they tell of, the edition they were found under."""

    number: str
    last_event: int
    edition: str
    facts: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A case of a period: its newest event, what is kept of it (empty where nothing is), and its row's own columns."""

    plain: CaseFacts
    regulation: str
    last_event: int
    kept: KeptFacts | None

    def still_true(self, edition: str) -> bool:
        kept = self.kept
        return kept is not None and (kept.last_event, kept.edition) == (self.last_event, edition)


def write_facts(facts: CaseFacts) -> str:
    """What the row of the case does not tell already."""
    told: dict[str, Any] = {"keys": sorted(facts.keys)}
    if facts.unit_keys:
        told["units"] = {unit: sorted(keys) for unit, keys in sorted(facts.unit_keys.items())}
    if facts.reply_days is not None:
        told["reply"] = facts.reply_days
    if facts.wait_days is not None:
        told["wait"] = facts.wait_days
    if facts.late:
        told["late"] = dict(sorted(facts.late.items()))
    if facts.awaiting is not None:
        told["awaiting"] = [facts.awaiting[0], facts.awaiting[1].isoformat()]
    if facts.papers:
        told["papers"] = [[one.action, one.number, one.unit] for one in facts.papers]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read_facts(text: str, plain: CaseFacts) -> CaseFacts:
    """The facts in `text`, of the case that `plain` names; ValueError where it tells none."""
    try:
        return _read(json.loads(text), plain)
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"no facts of {plain.number}") from error


def _read(told: Any, plain: CaseFacts) -> CaseFacts:
    awaiting = told.get("awaiting")
    return CaseFacts(
        number=plain.number,
        received=plain.received,
        source=plain.source,
        category=plain.category,
        topic=plain.topic,
        unit=plain.unit,
        keys=frozenset(told["keys"]),
        unit_keys={unit: frozenset(keys) for unit, keys in told.get("units", {}).items()},
        reply_days=told.get("reply"),
        wait_days=told.get("wait"),
        late=told.get("late", {}),
        awaiting=(awaiting[0], date.fromisoformat(awaiting[1])) if awaiting else None,
        papers=tuple(Paper(*one) for one in told.get("papers", ())),
    )
