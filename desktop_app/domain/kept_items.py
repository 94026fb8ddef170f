"""An open case as its row tells it, with what is kept of what is open on it; and whether that may still be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class KeptItems:
    """What is open on a case (`items`, see open_spells), the newest event it tells of, the edition of the rules and of
    the calendar by which it was found, and what the unit register said (`units`, see unit_marks)."""

    number: str
    last_event: int
    edition: str
    units: str
    items: str


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A case that is not archived, its newest event, and what is kept of it, None where nothing is."""

    number: str
    regulation: str
    lead: str
    due: date | None
    reminder: date | None
    last_event: int
    kept: KeptItems | None
