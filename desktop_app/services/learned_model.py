"""What was learned of one question (which unit, which category), as it is kept and asked. Plain Python: asking costs no
import of numpy."""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log, sqrt
from operator import itemgetter

MARKS = 20
"""Features by which a past case is remembered: those that are rarest and strongest in it."""

_ALIKE_FROM = 0.15
"""Cosine of the marks of two messages from which they are called alike."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One example: its features and how often each stands there, packed (of 20,000 a mapping each would take 1 GB); its
    answer, and the case it comes from, none where it is a unit's own duties."""

    numbers: array[int]
    times: array[int]
    name: str
    number: str = ""

    @classmethod
    def of(cls, features: Mapping[int, int], name: str, number: str = "") -> Lesson:
        """A lesson of a message's features."""
        times = (min(one, _OFTENEST) for one in features.values())
        return cls(array("I", features), array("H", times), name, number)

    def named(self, name: str) -> Lesson:
        """The same example with another answer."""
        return replace(self, name=name)


_OFTENEST = 0xFFFF


@dataclass(frozen=True)
class LearnedModel:
    """`names` are the answers; `weights` has a row for each known feature and a column for each name, in units of the
    row's `scales`. `past` are the cases remembered, the newest first: number, place of the name, marks."""

    names: tuple[str, ...]
    taught: tuple[int, ...]
    """How many cases stood behind each name."""
    known: array[int]
    rarity: array[float]
    scales: array[float]
    weights: array[int]
    bias: tuple[float, ...]
    past: tuple[tuple[str, int, tuple[int, ...]], ...]

    def scores(self, features: Mapping[int, int]) -> list[float]:
        """How well each name fits; above 0 it fits more than it does not."""
        count = len(self.names)
        totals = list(self.bias)
        for row, much in self._weighed(features).items():
            share = much * self.scales[row]
            for place, weight in enumerate(self.weights[row * count : (row + 1) * count]):
                if weight:
                    totals[place] += share * weight
        return totals

    def alike(self, features: Mapping[int, int], most: int) -> list[tuple[str, str]]:
        """Numbers and names of the past cases most like a message, the likest first."""
        mine = self.marks(features)
        weight = {row: self.rarity[row] ** 2 for row in mine}
        whole = sum(weight.values())
        if not whole:
            return []
        shared: dict[int, float] = {}
        for row in mine:
            for place in self._bearing.get(row, ()):
                shared[place] = shared.get(place, 0.0) + weight[row]
        near = [
            (much / sqrt(whole * norm), place)
            for place, much in shared.items()
            if (norm := self._norms[place]) and much / sqrt(whole * norm) >= _ALIKE_FROM
        ]
        near.sort(key=lambda pair: (-pair[0], pair[1]))
        return [(self.past[place][0], self.names[self.past[place][1]]) for _, place in near[:most]]

    def marks(self, features: Mapping[int, int]) -> tuple[int, ...]:
        """The rows of the features by which a message is remembered."""
        weighed = self._weighed(features)
        return tuple(row for row, _ in sorted(weighed.items(), key=itemgetter(1), reverse=True)[:MARKS])

    def _weighed(self, features: Mapping[int, int]) -> dict[int, float]:
        found = {
            row: (1 + log(times)) * self.rarity[row]
            for feature, times in features.items()
            if (row := self._rows.get(feature)) is not None
        }
        length = sqrt(sum(much * much for much in found.values()))
        return {row: much / length for row, much in found.items()} if length else {}

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {feature: row for row, feature in enumerate(self.known)}

    @cached_property
    def _bearing(self) -> dict[int, list[int]]:
        bearing: dict[int, list[int]] = {}
        for place, (_, _, marks) in enumerate(self.past):
            for row in marks:
                bearing.setdefault(row, []).append(place)
        return bearing

    @cached_property
    def _norms(self) -> list[float]:
        return [sum(self.rarity[row] ** 2 for row in marks) for _, _, marks in self.past]

    # ------------------------------------------------------------------ as it is kept

    def to_bytes(self) -> bytes:
        """A header in JSON, then the tables."""
        head = {
            "names": self.names,
            "taught": self.taught,
            "bias": self.bias,
            "past": [[number, place] for number, place, _ in self.past],
        }
        marks = array("I", (row for _, _, several in self.past for row in (*several, *_BLANK)[:MARKS]))
        packed = json.dumps(head, ensure_ascii=False).encode()
        tables: Sequence[bytes] = [
            packed,
            *(table.tobytes() for table in (self.known, self.rarity, self.scales, self.weights, marks)),
        ]
        return zlib.compress(b"".join(struct.pack("<Q", len(one)) + one for one in tables), 1)


_NONE = 0xFFFFFFFF
_BLANK = (_NONE,) * MARKS


def model_of(content: bytes) -> LearnedModel:
    """What `to_bytes` kept. ValueError where it is none, or of another kind of machine."""
    try:
        parts = list(_parts(zlib.decompress(content)))
        head = json.loads(parts[0])
        known, rarity, scales, weights, marks = (
            _table(kind, part) for kind, part in zip("IffbI", parts[1:], strict=True)
        )
        past = tuple(
            (number, place, tuple(row for row in marks[at * MARKS : (at + 1) * MARKS] if row != _NONE))
            for at, (number, place) in enumerate(head["past"])
        )
        return LearnedModel(
            tuple(head["names"]),
            tuple(head["taught"]),
            known,
            rarity,
            scales,
            weights,
            tuple(head["bias"]),
            past,
        )
    except (zlib.error, struct.error, KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError("no learned model") from error


def _parts(whole: bytes) -> Sequence[bytes]:
    parts, at = [], 0
    while at < len(whole):
        (length,) = struct.unpack_from("<Q", whole, at)
        parts.append(whole[at + 8 : at + 8 + length])
        at += 8 + length
    return parts


def _table(kind: str, content: bytes) -> array:  # type: ignore[type-arg]
    made = array(kind)
    made.frombytes(content)
    return made
