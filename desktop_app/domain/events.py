"""Events: facts in the past tense, the only truth about a case.

Each event is one step as it was accepted: what, on which day it happened, who entered it and when. Events are
never edited or deleted; a mistake is undone by a further event (`correct`) that names it. They form one
sequence an office, chained by SM3: each carries the digest of its own canonical text and, inside that text,
the digest of the one before, so that any later change shows.

Protected text (identity, message, reply, opinions) does not stand in the canonical text. There stands its
SM3 digest, under the key's name; the words lie in a side table. Lawful disposal of the words leaves the chain whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

EVENT_VERSION = 1
FIRST_LINK = "0" * 64

DIGEST_PREFIX = "sm3:"
"""What stands in the canonical text in place of protected words is this prefix and their digest."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event on its way into the journal, not yet numbered or chained.

    `keys` are the short facts of the step, `protected` the words that go to the side table. `case` is the
    register number (2026-0312) or None where the event is about the office. `practice` marks an event
    entered under another day than the clock's (`--today`).
    """

    action: str
    on: date
    by: str
    entered: str
    case: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    protected: Mapping[str, str] = field(default_factory=dict, repr=False)
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the journal holds it. `all_keys` joins the short facts and the protected words.

    `disposed`: keys of protected words that are gone, lawfully or lost; only their digests stand in the journal.
    """

    id: int
    action: str
    on: date
    by: str
    entered: str
    case: str | None
    keys: Mapping[str, str]
    protected: Mapping[str, str] = field(repr=False)
    practice: bool = False
    version: int = EVENT_VERSION
    disposed: frozenset[str] = frozenset()

    @property
    def all_keys(self) -> dict[str, str]:
        return {**self.keys, **self.protected}


def digest(text: str) -> str:
    """SM3 (GB/T 32905-2016) of the UTF-8 bytes of `text`, as 64 hexadecimal digits."""
    return hashlib.new("sm3", text.encode("utf-8")).hexdigest()


def salted_digest(salt: str, text: str) -> str:
    """Digest of protected words. The salt lies beside the words, so a short name cannot be guessed from its digest."""
    return digest(f"{salt}\n{text}")


def canonical_text(
    event_id: int, event: NewEvent, protected_digests: Mapping[str, str], previous: str
) -> str:
    """The one text that is hashed and stored exactly as hashed: JSON, keys sorted, no spaces."""
    return json.dumps(
        {
            "action": event.action,
            "by": event.by,
            "case": event.case,
            "entered": event.entered,
            "id": event_id,
            "keys": dict(event.keys),
            "on": event.on.isoformat(),
            "practice": event.practice,
            "previous": previous,
            "protected": {key: DIGEST_PREFIX + value for key, value in protected_digests.items()},
            "version": EVENT_VERSION,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
