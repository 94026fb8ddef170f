"""What is asked of the search index: words, names and filters as one expression of FTS5."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.spoken_names import typed_letters
from desktop_app.storage.frequent_pairs import FREQUENT_PAIRS
from desktop_app.storage.search_tokens import (
    AWAITING,
    CATEGORY,
    CODES,
    DUE,
    INITIALS,
    NAME,
    OPEN,
    SPELLED,
    STATUS,
    UNIT,
    day_mark,
    fold_words,
    mark,
)

_MOST_TOKENS = 24
"""Of a long term that many, evenly spread, name few enough candidates."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
"""Where a span of days has no beginning or no end."""


@dataclass(frozen=True, slots=True)
class Search:
    """A term as it is looked for: `match` for the index; `term` for the second look, where one is needed.

    `by_name`: also in citizens' names. `letters`: what was typed, where it may be pinyin. `units`: those whose
    names it may spell.
    """

    term: str
    match: str
    needs_recheck: bool
    by_name: bool = False
    letters: str = ""
    units: tuple[str, ...] = ()

    @classmethod
    def of(cls, term: str, by_name: bool = False, units: Sequence[str] = ()) -> Search | None:
        """The search for `term`, folded as the texts are; None where nothing is left to look for."""
        folded = fold_words(term)
        if not folded:
            return None
        letters = typed_letters(folded)
        ways = [" AND ".join(_word_tokens(folded))]
        if by_name:
            ways.append(" AND ".join(_name_tokens(folded)))
            if letters:
                ways += [INITIALS + letters, f"{SPELLED}{letters}*"]
        known = tuple(units) if letters else ()
        ways += [mark(UNIT, unit) for unit in known]
        match = " OR ".join(f"({way})" for way in ways) if len(ways) > 1 else ways[0]
        exact = len(folded) <= 2 or (len(folded) == 3 and _is_frequent(folded))
        return cls(folded, match, not exact, by_name, letters if by_name else "", known)

    @property
    def is_uncommon(self) -> bool:
        """Whether two of its Chinese characters stand beside each other in few messages, so that it names few cases."""
        letters = self.term if not self.units else ""
        return any(
            first + second not in FREQUENT_PAIRS and _is_chinese(first) and _is_chinese(second)
            for first, second in pairwise(letters)
        )


def _is_chinese(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _is_frequent(three: str) -> bool:
    return three[:2] in FREQUENT_PAIRS and three[1:] in FREQUENT_PAIRS


def _word_tokens(folded: str) -> list[str]:
    """The fewest tokens that every text with the term has."""
    codes = CODES
    if len(folded) == 1:
        return [codes[folded]]
    triples = [folded[place : place + 3] for place in range(len(folded) - 2)]
    held = {place for place, three in enumerate(triples) if _is_frequent(three)}
    tokens = ["".join(codes[letter] for letter in triples[place]) for place in sorted(held)]
    for place, (first, second) in enumerate(pairwise(folded)):
        if place not in held and place - 1 not in held:
            tokens.append(codes[first] + codes[second])
    tokens = list(dict.fromkeys(tokens))
    if len(tokens) > _MOST_TOKENS:
        tokens = [tokens[place * len(tokens) // _MOST_TOKENS] for place in range(_MOST_TOKENS)]
    return tokens


def _name_tokens(folded: str) -> list[str]:
    if len(folded) == 1:
        return [NAME + CODES[folded]]
    return [NAME + CODES[first] + CODES[second] for first, second in dict.fromkeys(pairwise(folded[:12]))]


def filter_terms(query: CaseQuery) -> list[str]:
    """The expressions that must all hold, for every filter of a query but its text and the voided ones."""
    terms: list[str] = []
    statuses = query.wanted_statuses
    if statuses is not None:
        terms.append(any_of(mark(STATUS, status) for status in statuses))
    if query.open_only:
        terms.append(OPEN)
    if query.unit:
        terms.append(mark(UNIT, query.unit))
    if query.category:
        terms.append(mark(CATEGORY, query.category))
    if query.due_from or query.due_to:
        terms.append(any_of(span_marks(DUE, query.due_from, query.due_to)))
    if query.overdue_on:
        terms.append(AWAITING)
        terms.append(any_of(span_marks(DUE, None, query.overdue_on - timedelta(days=1))))
    return terms


def any_of(terms: Iterable[str]) -> str:
    """One of several; of none, what no case has."""
    many = list(terms)
    if not many:
        return mark(STATUS, "\x00")
    return f"({' OR '.join(many)})" if len(many) > 1 else many[0]


def span_marks(kind: str, first: date | None, last: date | None) -> list[str]:
    """The days from `first` to `last`, by whole years and months where it can be."""
    start = first or date(_FIRST_YEAR, 1, 1)
    end = last or date(_LAST_YEAR, 12, 31)
    return [day_mark(kind, part) for part in _parts(start, end)]


def _parts(day: date, end: date) -> Iterator[str]:
    while day <= end:
        if (day.month, day.day) == (1, 1) and date(day.year, 12, 31) <= end:
            yield f"{day.year:04d}"
            day = date(day.year + 1, 1, 1)
        elif day.day == 1 and (month_end := end_of_month(day)) <= end:
            yield day.isoformat()[:7]
            day = month_end + timedelta(days=1)
        else:
            yield day.isoformat()
            day += timedelta(days=1)


def end_of_month(day: date) -> date:
    """The last day of the month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
