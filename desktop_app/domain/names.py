"""Finding a unit by what an operator types of its name: words of it, a short name, pinyin or its initials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from desktop_app.domain.message_text import fold
from desktop_app.domain.units import Unit


class HowFound(IntEnum):
    """How a name answers a query, the closest first."""

    SAME = 0
    BEGINS = 1
    CONTAINS = 2
    PINYIN_BEGINS = 3
    PINYIN_CONTAINS = 4
    SCATTERED = 5


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found, the one of its names that answered, and how."""

    unit: Unit
    name: str
    how: HowFound


def match_units(query: str, units: Iterable[Unit]) -> tuple[UnitMatch, ...]:
    """The units whose full or short name answers `query`, the closest first; all units for an empty query.

    `query` may mix words with pinyin (市zjj), whole syllables with initials (tonglzjj), and leave characters out
    (市住建局 finds 市住房和城乡建设局). A character of several readings answers to each (重庆: chongqing, zhongqing).
    """
    wanted = _plain(query)
    found: list[tuple[tuple[int, int, int], UnitMatch]] = []
    for order, unit in enumerate(units):
        if not wanted:
            found.append(((0, 0, order), UnitMatch(unit, unit.name, HowFound.CONTAINS)))
            continue
        answers = [(how, name) for name in unit.names if (how := _answer(wanted, _plain(name))) is not None]
        if answers:
            how, name = min(answers, key=lambda answer: (answer[0], len(answer[1])))
            found.append(((how, len(name), order), UnitMatch(unit, name, how)))
    return tuple(match for _, match in sorted(found, key=lambda one: one[0]))


def _plain(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _answer(query: str, name: str) -> HowFound | None:
    if query == name:
        return HowFound.SAME
    if name.startswith(query):
        return HowFound.BEGINS
    if query in name:
        return HowFound.CONTAINS
    if any("a" <= letter <= "z" for letter in query):
        return _by_pinyin(query, name)
    return HowFound.SCATTERED if len(query) > 1 and _is_scattered(query, name) else None


def _is_scattered(query: str, name: str) -> bool:
    """Whether the characters stand in the name in this order, others between them."""
    rest = iter(name)
    return all(letter in rest for letter in query)


def _by_pinyin(query: str, name: str) -> HowFound | None:
    """The closest way in which a run of the name's characters reads as the query."""
    spellings = tuple(_spellings(letter) for letter in name)
    for start in range(len(name)):
        if _reads(query, spellings[start:]):
            return HowFound.PINYIN_CONTAINS if start else HowFound.PINYIN_BEGINS
    return None


def _reads(query: str, spellings: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the query is used up by whole spellings or initials, the last of which may be unfinished."""
    reached = {0}
    for ways in spellings:
        further: set[int] = set()
        for place in reached:
            rest = query[place:]
            for way in ways:
                if way.startswith(rest):
                    return True
                if rest.startswith(way):
                    further.add(place + len(way))
                if rest.startswith(way[0]):
                    further.add(place + 1)
                if way[:2] in ("zh", "ch", "sh") and rest.startswith(way[:2]):
                    further.add(place + 2)
        reached = further
        if not reached:
            return False
    return False


@lru_cache(maxsize=8192)
def _spellings(letter: str) -> tuple[str, ...]:
    """The character itself and every reading of it; ü typed as v or as u."""
    # pypinyin takes its time to load: only who types pinyin pays for it.
    from pypinyin import Style, pinyin

    readings = {letter}
    for reading in pinyin(letter, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False):
        for one in reading:
            readings |= {one, one.replace("v", "u")}
    return tuple(sorted(reading for reading in readings if reading))
