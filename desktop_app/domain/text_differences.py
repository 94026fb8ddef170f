"""Where two texts differ, letter by letter: what the old one loses, what the new one gains.

For the unit's answer beside the text that goes public: the operator sees what was cut and what was written anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

Span = tuple[int, int]

_MOST_LETTERS = 1_500
"""Up to so many letters are compared one by one; of longer texts first the sentences, then the letters of those that
changed, and what changed at more length still is told as one piece."""

_MOST_PAIRS = 60_000
"""Pairs of equal letters that are weighed against each other. Chinese text of that length has half of them; a row of
a thousand dashes has a million, and would hold up the typing for a minute."""

_SHORTEST_COMMON = 3
"""Fewer letters between two changes say nothing of what stayed: 的 stands everywhere."""

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")


@dataclass(frozen=True, slots=True)
class Differences:
    """`removed` are spans of the old text, `added` of the new one, each in order and none touching the next."""

    removed: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()

    @property
    def letters_removed(self) -> int:
        return sum(end - start for start, end in self.removed)

    @property
    def letters_added(self) -> int:
        return sum(end - start for start, end in self.added)


@dataclass(frozen=True, slots=True)
class _Change:
    """``old[a:b]`` became ``new[c:d]``."""

    a: int
    b: int
    c: int
    d: int

    @property
    def replaces(self) -> bool:
        return self.a < self.b and self.c < self.d


def differences(old: str, new: str) -> Differences:
    """Without its spans, what is left of either text is the same."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    changes = _joined(_changes(old[head : len(old) - tail], new[head : len(new) - tail]))
    return Differences(
        tuple((one.a + head, one.b + head) for one in changes if one.a < one.b),
        tuple((one.c + head, one.d + head) for one in changes if one.c < one.d),
    )


def _alike(one: str, other: str) -> int:
    """How many letters the two have in common at their beginning."""
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def _changes(old: str, new: str) -> Iterator[_Change]:
    if _comparable(old, new):
        yield from _unequal(old, new)
        return
    olds, news = _SENTENCE.findall(old), _SENTENCE.findall(new)
    for block in _unequal(olds, news):
        at, to = len("".join(olds[: block.a])), len("".join(news[: block.c]))
        was, now = "".join(olds[block.a : block.b]), "".join(news[block.c : block.d])
        whole = _Change(0, len(was), 0, len(now))
        within = _unequal(was, now) if _comparable(was, now) else iter((whole,))
        yield from (_Change(one.a + at, one.b + at, one.c + to, one.d + to) for one in within)


def _comparable(old: str, new: str) -> bool:
    """Whether letters can be compared one by one while somebody types."""
    if max(len(old), len(new)) > _MOST_LETTERS:
        return False
    counted = Counter(new)
    return sum(counted[letter] for letter in old) <= _MOST_PAIRS


def _unequal(old: str | list[str], new: str | list[str]) -> Iterator[_Change]:
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (_Change(a, b, c, d) for what, a, b, c, d in found if what != "equal")


def _joined(changes: Iterator[_Change]) -> list[_Change]:
    """Replacements with next to nothing between them are one; what was only cut, or only added, stays apart."""
    whole: list[_Change] = []
    for one in changes:
        before = whole[-1] if whole else None
        if before is not None and one.a - before.b < _SHORTEST_COMMON:
            both = _Change(before.a, one.b, before.c, one.d)
            touching = one.a == before.b
            if touching or before.replaces or one.replaces or (before.a < before.b) != (one.a < one.b):
                whole[-1] = both
                continue
        whole.append(one)
    return whole
