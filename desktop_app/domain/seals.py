"""Seals: once a day, at leaving and in each backup, how far both chains had come, under a key of the office.

A seal names the last number and link of the journal and of the access log. Seals are chained themselves, and each
carries a code (HMAC with SM3) that only who can open the office can make: a seal that lies outside of it, beside
the key ring or in a backup's manifest, can't be forged without.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.events import FIRST_LINK, digest

SEAL_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """Number and link of the last entry of a chain, (0, FIRST_LINK) of an empty one, and how many there were."""

    id: int
    link: str
    count: int


NO_END = ChainEnd(0, FIRST_LINK, 0)


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal. `day` is the day it speaks for, `entered` the clock when it was made, `previous` the digest of the
    seal before it."""

    id: int
    day: str
    entered: str
    journal: ChainEnd
    access: ChainEnd
    previous: str
    mac: str = ""

    @property
    def link(self) -> str:
        """By what the next seal knows this one."""
        return digest(f"{canonical_seal(self)}\n{self.mac}")


def canonical_seal(seal: Seal) -> str:
    """The one text that is stored and authenticated."""
    return json.dumps(
        {
            "access": _end(seal.access),
            "day": seal.day,
            "entered": seal.entered,
            "id": seal.id,
            "journal": _end(seal.journal),
            "previous": seal.previous,
        },
        sort_keys=True,
        separators=(",", ":"),
    )


def seal_mac(key: bytes, canonical: str) -> str:
    """The code of a seal under the office's seal key, as 64 hexadecimal digits."""
    return hmac.new(key, canonical.encode(), "sm3").hexdigest()


def is_genuine(seal: Seal, key: bytes) -> bool:
    """Whether who made the seal had the key."""
    return hmac.compare_digest(seal.mac, seal_mac(key, canonical_seal(seal)))


def read_seal(canonical: str, mac: str) -> Seal:
    """The seal that a text tells. ValueError, KeyError, TypeError where it tells none."""
    told: Any = json.loads(canonical)
    return Seal(
        told["id"],
        told["day"],
        told["entered"],
        _read_end(told["journal"]),
        _read_end(told["access"]),
        told["previous"],
        mac,
    )


def _end(end: ChainEnd) -> list[Any]:
    return [end.id, end.link, end.count]


def _read_end(told: Any) -> ChainEnd:
    number, link, count = told
    return ChainEnd(int(number), str(link), int(count))
