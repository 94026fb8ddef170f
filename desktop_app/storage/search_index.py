"""Search in the words of cases: an FTS5 index over single characters and bigrams of folded text.

FTS5's own tokenizers can't cut Chinese, and its trigram silently finds nothing for two characters. Here every
character and every two neighbours are a token of their own, written in plain ASCII so that no tokenizer
touches them, and nothing but their presence is kept (`detail=none`). One or two characters are thereby exact;
for three and more the index names candidates, which are looked at again in the folded text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Text,
    and_,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
)

from desktop_app.domain.message_text import fold
from desktop_app.storage.case_ids import id_of
from desktop_app.storage.tables import search_texts

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_BETWEEN = "\x1f"
"""Stands between the texts of a case, so that nothing is found across two of them."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MOST_TOKENS = 24
"""Of a long term that many bigrams, evenly spread, name few enough candidates."""

_INDEX = table("case_search", column("rowid", Integer))
_MATCHES: ColumnElement[bool] = literal_column("case_search", Text).op("MATCH", is_comparison=True)(
    bindparam("match", type_=Text)
)
_DROP_TERMS = "DELETE FROM case_search WHERE rowid = ?"
_PUT_TERMS = "INSERT INTO case_search (rowid, terms) VALUES (?, ?)"
_COUNT = "SELECT count(*) FROM case_search WHERE case_search MATCH ?"
_TEXT = select(search_texts.c.folded).where(search_texts.c.case_id == bindparam("case"))
_DROP_TEXT = delete(search_texts).where(search_texts.c.case_id == bindparam("case"))


class SearchIndex:
    """What can be found of each case; kept in step in the transaction that changes the case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, number: str, texts: Iterable[str]) -> None:
        """Makes `texts` all that can be found of the case, whatever was there."""
        case_id, folded = id_of(number), folded_text(texts)
        # Most acts change no word of a case, and the index is the dearest part of an act.
        if self._connection.execute(_TEXT, {"case": case_id}).scalar() != folded:
            self.drop(number)
            self._add([(case_id, folded)])

    def put_many(self, cases: Sequence[tuple[str, Iterable[str]]]) -> None:
        """Adds many cases that are not in the index yet."""
        if cases:
            self._add([(id_of(number), folded_text(texts)) for number, texts in cases])

    def drop(self, number: str) -> None:
        """Takes the case out of the index."""
        case_id = id_of(number)
        self._connection.exec_driver_sql(_DROP_TERMS, (case_id,))
        self._connection.execute(_DROP_TEXT, {"case": case_id})

    def _add(self, folded: Sequence[tuple[int, str]]) -> None:
        self._connection.exec_driver_sql(
            _PUT_TERMS, [(case_id, " ".join(_tokens(words))) for case_id, words in folded]
        )
        self._connection.execute(
            insert(search_texts), [{"case_id": case_id, "folded": words} for case_id, words in folded]
        )


@dataclass(frozen=True, slots=True)
class Search:
    """A term as it is looked for: `match` for the index, `term` for the second look."""

    term: str
    match: str
    needs_recheck: bool

    @classmethod
    def of(cls, term: str) -> Search | None:
        """The search for `term`, folded as the texts are; None where nothing is left to look for."""
        folded = _fold(term)
        if not folded:
            return None
        if len(folded) == 1:
            return cls(folded, _CODES[folded], False)
        pairs = list(dict.fromkeys(pairwise(folded)))
        if len(pairs) > _MOST_TOKENS:
            pairs = [pairs[place * len(pairs) // _MOST_TOKENS] for place in range(_MOST_TOKENS)]
        match = " ".join(_CODES[first] + _CODES[second] for first, second in pairs)
        return cls(folded, match, len(folded) > 2)

    def count(self, connection: Connection) -> int:
        """How many candidates the index names."""
        return int(connection.exec_driver_sql(_COUNT, (self.match,)).scalar_one())


def folded_text(texts: Iterable[str]) -> str:
    """The texts of a case as they are searched."""
    return _BETWEEN.join(_fold(words) for words in texts if words)


def index_names(case_id: ColumnElement[int]) -> ColumnElement[bool]:
    """That the index names the case as a candidate for `:match`: all candidates are gathered first."""
    return case_id.in_(select(_INDEX.c.rowid).where(_MATCHES))


def index_reads(case_id: ColumnElement[int]) -> tuple[FromClause, ColumnElement[bool], ColumnElement[int]]:
    """The index as the table to read in its own order, what joins it to the cases, and its row number.

    The plus keeps SQLite from turning the join round and asking the index once a case.
    """
    joined = and_(_MATCHES, case_id == literal_column("+case_search.rowid", Integer))
    return _INDEX, joined, _INDEX.c.rowid


def folded_text_holds_term(case_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """That the folded text of the case holds `:term` itself."""
    folded = select(search_texts.c.folded).where(search_texts.c.case_id == case_id).scalar_subquery()
    return func.instr(folded, bindparam("term")) > literal_column("0")


class _Codes(dict[str, str]):
    """Every character as four digits to base 36: plain ASCII, of one length, so that two can't run into one."""

    def __missing__(self, character: str) -> str:
        rest, code = ord(character), ""
        for _ in range(4):
            rest, digit = divmod(rest, 36)
            code = _DIGITS[digit] + code
        self[character] = code
        return code


_CODES = _Codes()


def _fold(words: str) -> str:
    return fold(words).replace(_BETWEEN, " ")


def _tokens(folded: str) -> list[str]:
    codes = _CODES
    singles = [codes[character] for character in set(folded)]
    pairs = [codes[first] + codes[second] for first, second in set(pairwise(folded))]
    return singles + pairs
