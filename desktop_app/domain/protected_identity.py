"""The citizen's own name, contact, work unit, address and IP, wherever they stand in a text (X 第六条).

Looked for by plain search: a pattern compiled for each citizen would cost a ledger of 100,000 rows twenty minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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


def own_words(folded: str, citizen: Citizen) -> Iterator[Hit]:
    """The citizen's own data in a folded text, whatever stands between their characters."""
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
            yield from _occurrences(folded, compact, kind, counts)
    yield from _addressed(folded, citizen.name)
    for part in re.split(r"[,，、;；/|\n]+", patterns.same_length_fold(citizen.contact)):
        compact = "".join(_COUNTS_IN_CONTACTS.findall(part))
        if len(compact) >= _SHORTEST_CONTACT:
            yield from _occurrences(folded, compact, "contact", _COUNTS_IN_CONTACTS)
            if compact.isdigit():
                spelt = patterns.with_figures(folded)
                yield from _occurrences(spelt, compact, "contact", _COUNTS_IN_CONTACTS)


def _addressed(folded: str, name: str) -> Iterator[Hit]:
    """王先生 where the citizen is 王小明; never sure, for others are called so, too."""
    surname = surname_of(patterns.same_length_fold(name).strip())
    if surname and surname in folded:
        for found in patterns.TITLES.finditer(folded):
            start = found.start() - len(surname)
            if start >= 0 and folded.startswith(surname, start):
                yield Hit(start, found.end(), "name", folded[start : found.end()], sure=False)


def _occurrences(folded: str, compact: str, kind: str, counts: re.Pattern[str]) -> Iterator[Hit]:
    """Where `compact` stands, whatever of the letters that do not count stand between its own."""
    if not all(letter in folded for letter in compact):
        return
    places = [found.start() for found in counts.finditer(folded)]
    squeezed = "".join(folded[place] for place in places)
    at = squeezed.find(compact)
    while at >= 0:
        start, end = places[at], places[at + len(compact) - 1] + 1
        yield Hit(start, end, kind, folded[start:end])
        at = squeezed.find(compact, at + len(compact))
