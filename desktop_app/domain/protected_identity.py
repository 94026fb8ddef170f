"""The citizen's own name, contact, work unit, address and IP, wherever they stand in a text (X 第六条).

Looked for by plain search: a pattern compiled for each citizen would cost a ledger of 100,000 rows twenty minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.domain import protected_patterns as patterns
from desktop_app.domain.masking import surname_of
from desktop_app.domain.messages import Citizen
from desktop_app.domain.protected_hits import Hit

_NO_NAMES = frozenset(
    {"匿名", "匿名网友", "网友", "网民", "游客", "用户", "先生", "女士", "市民", "群众", "居民", "业主"}
    | {"不详", "未留", "保密"}
)
# What people put between the letters of a name (王 小 明, 扎西·次仁); a name of two letters never runs over a line.
_BETWEEN = r"\s·•.．‧・∙_*|/~\-—–‐"
_COUNTS_IN_WORDS = re.compile(f"[^{_BETWEEN}]")
_COUNTS_IN_SHORT_WORDS = re.compile(f"[^{_BETWEEN}]|\\n")
_COUNTS_IN_CONTACTS = re.compile(r"[0-9a-z@一-鿿]")
_LONG = 3
_SHORTEST_CONTACT = 5


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One thing that is the citizen's own: its letters without what may stand between, and which letters count."""

    kind: str
    compact: str
    counts: re.Pattern[str]


def own_words(folded: str, citizen: Citizen) -> Iterator[Hit]:
    """The citizen's own data in a folded text, whatever stands between their characters."""
    wanted, surname = _looked_for(citizen)
    for one in wanted:
        yield from _occurrences(folded, one)
        if one.kind == "contact" and one.compact.isdigit():
            yield from _occurrences(patterns.with_figures(folded), one)
    if surname and surname in folded:
        yield from _addressed(folded, surname)


@lru_cache(maxsize=512)
def _looked_for(citizen: Citizen) -> tuple[tuple[_Wanted, ...], str]:
    """What to look for of a citizen, and the surname; of one citizen several texts are looked through in a row."""
    wanted = []
    for kind, value, least in (
        ("name", citizen.name, 2),
        ("work_unit", citizen.work_unit, 2),
        ("home", citizen.address, 4),
        ("ip", citizen.ip, 7),
    ):
        told = patterns.same_length_fold(value)
        compact = "".join(_COUNTS_IN_WORDS.findall(told))
        if len(compact) >= least and compact not in _NO_NAMES and "**" not in told:
            counts = _COUNTS_IN_WORDS if len(compact) >= _LONG else _COUNTS_IN_SHORT_WORDS
            wanted.append(_Wanted(kind, compact, counts))
    for part in re.split(r"[,，、;；/|\n]+", patterns.same_length_fold(citizen.contact)):
        compact = "".join(_COUNTS_IN_CONTACTS.findall(part))
        if len(compact) >= _SHORTEST_CONTACT:
            wanted.append(_Wanted("contact", compact, _COUNTS_IN_CONTACTS))
    return tuple(wanted), surname_of(patterns.same_length_fold(citizen.name).strip())


def _addressed(folded: str, surname: str) -> Iterator[Hit]:
    """王先生 where the citizen is 王小明; never sure, for others are called so, too."""
    for found in patterns.TITLES.finditer(folded):
        start = found.start() - len(surname)
        if start >= 0 and folded.startswith(surname, start):
            yield Hit(start, found.end(), "name", folded[start : found.end()], sure=False)


def _occurrences(folded: str, wanted: _Wanted) -> Iterator[Hit]:
    """Where it stands, whatever of the letters that do not count stand between its own."""
    if not all(letter in folded for letter in wanted.compact):
        return
    places = [found.start() for found in wanted.counts.finditer(folded)]
    squeezed = "".join(folded[place] for place in places)
    at = squeezed.find(wanted.compact)
    while at >= 0:
        start, end = places[at], places[at + len(wanted.compact) - 1] + 1
        yield Hit(start, end, wanted.kind, folded[start:end])
        at = squeezed.find(wanted.compact, at + len(wanted.compact))
