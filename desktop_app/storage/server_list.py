"""A list of cases read out of the search index of a server: any words and filters together, in any order.

A GIN index answers all at once and in no order: of a frequent word it would name a third of a million cases for a
page of fifty. So a list is read piece by piece in its order, a piece being what has one mark more: a day, a month, a
year, a thousand numbers. The first pieces are small; where little is found in them the next are larger. A page is
one question all the same: the server reads its pieces one after the other, no further than until the page is full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from desktop_app.domain.case_queries import CaseQuery, Cursor
from desktop_app.storage.case_ids import join_id
from desktop_app.storage.index_terms import Search, filter_terms
from desktop_app.storage.search_tokens import BETWEEN, DUE, LEAD, RECEIVED, STATUS, VOIDED, day_mark, mark
from desktop_app.storage.server_pieces import WHOLE, Days, Numbers, Piece, Pieces, Place, Walk, piece_of
from desktop_app.storage.server_search import NO_NUL

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

GATHER_AT_MOST = 2_000
"""Cases that are few enough to sort all of them, where they are wanted by state or by unit."""

_COLUMNS = {"due": "due", "received": "received", "status": "status", "unit": "lead"}
_GROUPS = {"status": STATUS, "unit": LEAD}
_ASKED = "search_terms(s.terms) @@ %(wanted)s::tsquery"
_WORD = re.compile(r"[^\s()]+")
_SIGNS = {"AND": "&", "OR": "|", "NOT": "& !"}


@dataclass(frozen=True, slots=True)
class _Behind:
    """The condition of standing behind a place; `of_row`: it asks the row of the case, too."""

    condition: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    of_row: bool = False


_ANYWHERE = _Behind()


class ServerList:
    """One question put to the index of one connection to a server; the pair of `IndexedList`."""

    def __init__(
        self, connection: Connection, query: CaseQuery, search: Search | None, any_voided: Callable[[], bool]
    ) -> None:
        """`any_voided`: whether the office has such cases."""
        self._connection = connection
        self._query = query
        self._search = search
        terms = filter_terms(query)
        if search is not None:
            terms.insert(0, f"({search.match})")
        self._match = " AND ".join(terms)
        self._any_voided = any_voided
        self._rarely = search is not None and search.is_uncommon
        self._sign = "<" if query.descending else ">"
        self._turn = "DESC" if query.descending else "ASC"
        self._page = 0

    @property
    def is_exact(self) -> bool:
        """Whether what the index names needs no second look."""
        return self._search is None or not self._search.needs_recheck

    def count(self, at_most: int | None = None) -> int:
        """How many the index names; counted no further than `at_most`."""
        if at_most is None:
            return self._count((), _ANYWHERE, look_again=False)
        total, walk = 0, Walk(self._numbers(), None, at_most, self._rarely)
        while total < at_most and (piece := walk.piece()):
            found = self._count(piece.marks, self._behind_in(piece.place, by_key=False), look_again=False)
            walk.go_on(found)
            total += found
        return min(total, at_most)

    def count_after(self, place: Cursor) -> int:
        """How many the index names behind a place in the list."""
        start = Place(place.key, join_id(place.year, place.serial))
        return self._count((), self._behind(start), look_again=False)

    def ids(self, after: Cursor | None = None, skip: int = 0, page: int | None = None) -> Iterator[int]:
        """The ids of the list in its order, read as they are taken; `skip` more are passed over first.

        `page`: so many will be taken, where that is known; one question brings them.
        """
        self._page = page or 0
        start = None if after is None else Place(after.key, join_id(after.year, after.serial))
        if self._query.sort == "number":
            return self._walked(self._numbers(), (), start, skip)
        if self._query.include_voided or (
            self._query.sort in _GROUPS and self.count(GATHER_AT_MOST + 1) <= GATHER_AT_MOST
        ):
            return iter(self._ids_of((), self._behind(start), by_key=True)[skip:])
        return self._by_day(start, skip) if self._query.sort not in _GROUPS else self._by_group(start, skip)

    def checked(self) -> int:
        """How many there really are, by looking at all of them."""
        return self._count((), _ANYWHERE, look_again=True)

    # ------------------------------------------------------------------ order

    def _numbers(self) -> Numbers:
        return Numbers(self._connection, self._query.descending)

    def _by_day(self, start: Place | None, skip: int) -> Iterator[int]:
        """By a date, and those without a due date behind all others, whichever way the dates run."""
        query = self._query
        dated = query.sort != "due" or start is None or start.key is not None
        if dated:
            kind = DUE if query.sort == "due" else RECEIVED
            days = Days(self._connection, query.descending, kind, _COLUMNS[query.sort], self._only())
            first = start or self._first_day()
            skip = yield from self._walked(days, (), first, skip)
        if query.sort == "due" and not (query.due_from or query.due_to or query.overdue_on):
            place = None if dated or start is None else Place(None, start.case_id)
            yield from self._walked(self._numbers(), (day_mark(DUE, None),), place, skip)

    def _only(self) -> dict[str, object]:
        """What an index of the table by due dates begins with, of all that the filters let pass."""
        query = self._query
        if query.sort != "due":
            return {}
        if query.open_only:
            return {"is_open": 1}
        if query.overdue_on:
            return {"awaiting_reply": 1}
        statuses = query.wanted_statuses
        if statuses is not None and len(statuses) == 1:
            return {"status": statuses[0]}
        return {"category": query.category} if query.category else {}

    def _first_day(self) -> Place | None:
        """The place before the first day that the filters let pass: what lies before it need not be looked through."""
        query = self._query
        if query.sort != "due":
            return None
        if not query.descending:
            return Place(query.due_from.isoformat(), 0) if query.due_from else None
        if query.overdue_on and not (query.due_to and query.due_to < query.overdue_on):
            return Place(query.overdue_on.isoformat(), 0)
        return Place(Days.after(query.due_to.isoformat()), 0) if query.due_to else None

    def _by_group(self, start: Place | None, skip: int) -> Iterator[int]:
        """By state or by leading unit, each group in the order of the register."""
        kind = _GROUPS[self._query.sort]
        for value in self._values(_COLUMNS[self._query.sort], start):
            marks = (mark(kind, value),)
            begun = start is not None and start.key == value
            place = Place(None, start.case_id) if start is not None and begun else None
            if skip and not begun and (count := self._count(marks, _ANYWHERE, look_again=True)) <= skip:
                skip -= count
                continue
            skip = yield from self._walked(self._numbers(), marks, place, skip)

    def _values(self, column: str, start: Place | None) -> Iterator[str]:
        """Each state or leading unit that any case has, from that of `start` on; stepped along the column's index."""
        end = "max" if self._query.descending else "min"
        sql = f"SELECT {end}({column}) FROM cases WHERE voided = 0"
        value = self._one(sql, {}) if start is None else start.key
        while value is not None:
            yield value
            value = self._one(f"{sql} AND {column} {self._sign} %(value)s", {"value": value})

    def _walked(
        self, pieces: Pieces, marks: tuple[str, ...], start: Place | None, skip: int
    ) -> Generator[int, None, int]:
        """The ids of one order of pieces behind a place; returns how many were still to be passed over at its end."""
        place, passed = self._passed(pieces, marks, start, skip) if skip else (start, 0)
        skip -= passed
        walk = Walk(pieces, place, rarely=self._rarely)
        if self._page:
            wanted = skip + self._page
            first = self._first_of(walk.ladder(), marks, pieces.by_key, wanted)
            if len(first) == wanted:
                case_id, key = first[-1]
                walk.go_back(Place(key, case_id))
            yield from (case_id for case_id, _ in first[skip:])
            skip = max(0, skip - len(first))
        while piece := walk.piece():
            by_key = pieces.by_key and piece.key is None
            found = self._ids_of((*marks, *piece.marks), self._behind_in(piece.place, by_key), by_key)
            yield from found[skip:]
            skip = max(0, skip - len(found))
            walk.go_on(len(found))
        return skip

    def _passed(
        self, pieces: Pieces, marks: tuple[str, ...], place: Place | None, skip: int
    ) -> tuple[Place | None, int]:
        """The place behind as many whole pieces, the largest first, as hold no more than `skip`; and how many they held."""
        passed = 0
        for level in reversed(range(WHOLE)):
            while (key := pieces.first_behind(place)) is not None:
                piece = piece_of(pieces, key, level, place)
                behind = self._behind_in(piece.place, pieces.by_key)
                count = self._count((*marks, *piece.marks), behind, look_again=True)
                if passed + count > skip:
                    break
                passed += count
                place = pieces.end(key, level)
        return place, passed

    # ------------------------------------------------------------------ asking

    def _first_of(
        self, ladder: Sequence[Piece], marks: tuple[str, ...], by_key: bool, at_most: int
    ) -> list[Sequence[Any]]:
        """The first of these pieces, each with the key it is sorted by: those behind that are not needed are not read.

        The server appends one to the other as they stand: no process of its may help it (`server_line`).
        """
        if not ladder:
            return []
        parts, params = [], {}
        for place, piece in enumerate(ladder):
            sql, given = self._part(piece, marks, by_key)
            parts.append(f"({sql.replace('%(', f'%(of_{place}_')})")
            params.update({f"of_{place}_{name}": value for name, value in given.items()})
        where = "" if self.is_exact else f" WHERE {self._held(params)}"
        sql = f"SELECT s.case_id, s.key FROM ({' UNION ALL '.join(parts)}) s{where} LIMIT {at_most}"
        return self._rows(sql, params)

    def _part(self, piece: Piece, marks: tuple[str, ...], by_key: bool) -> tuple[str, dict[str, Any]]:
        """A piece in the order of the list, without the second look."""
        column = _COLUMNS[self._query.sort] if by_key and piece.key is None else None
        behind = self._behind_in(piece.place, column is not None)
        joined, params = self._asked((*marks, *piece.marks), behind, False, column is not None, apart=True)
        order = f"s.case_id {self._turn}"
        if column is not None:
            return (
                f"SELECT s.case_id, c.{column} AS key {joined} ORDER BY key {self._turn}, {order} OFFSET 0",
                params,
            )
        params["same"] = piece.key
        return f"SELECT s.case_id, %(same)s::text AS key {joined} ORDER BY {order} OFFSET 0", params

    def _ids_of(self, marks: Sequence[str], behind: _Behind, by_key: bool) -> list[int]:
        """All of a piece, in the order of the list; `by_key`: they differ in the key by which it is sorted."""
        column = _COLUMNS.get(self._query.sort) if by_key else None
        order = f"s.case_id {self._turn}"
        if column is not None:
            order = f"c.{column} {self._turn} NULLS LAST, {order}"
        joined, params = self._asked(marks, behind, look_again=True, with_row=column is not None)
        return [row[0] for row in self._rows(f"SELECT s.case_id {joined} ORDER BY {order}", params)]

    def _count(self, marks: Sequence[str], behind: _Behind, look_again: bool) -> int:
        joined, params = self._asked(marks, behind, look_again)
        return int(self._one(f"SELECT count(*) {joined}", params))

    def _asked(
        self,
        marks: Sequence[str],
        behind: _Behind,
        look_again: bool,
        with_row: bool = False,
        apart: bool = False,
    ) -> tuple[str, dict[str, Any]]:
        """FROM and WHERE of what has these marks and stands behind a place; with the second look, where it is needed.

        `apart`: the index is asked by itself, in whatever order the rows are wanted, and however few.
        """
        params = {"wanted": _as_tsquery(self._with(marks, few=apart)), **behind.params}
        where = [behind.condition] if behind.condition else []
        tables = ""
        if with_row or behind.of_row:
            tables += " JOIN cases c ON c.id = s.case_id"
        if look_again and not self.is_exact:
            # A case of a unit that is meant may have no words at all.
            side = "LEFT" if self._search and self._search.units else "INNER"
            tables += f" {side} JOIN search_texts t ON t.case_id = s.case_id"
            where.append(self._holds(params))
        if not tables and not apart:
            return f"FROM case_search s WHERE {' AND '.join((_ASKED, *where))}", params
        # OFFSET 0, so that the index is asked first whatever the planner thinks of the rows.
        named = f"(SELECT case_id FROM case_search s WHERE {_ASKED} OFFSET 0) s"
        return f"FROM {named}{tables}{' WHERE ' if where else ''}{' AND '.join(where)}", params

    def _behind_in(self, place: Place | None, by_key: bool) -> _Behind:
        """Behind a place of an order that has no end of undated cases."""
        if place is None:
            return _ANYWHERE
        column = _COLUMNS.get(self._query.sort)
        if not by_key or column is None:
            return _Behind(f"s.case_id {self._sign} %(case)s", {"case": place.case_id})
        condition = f"(c.{column}, s.case_id) {self._sign} (%(key)s, %(case)s)"
        return _Behind(condition, {"key": place.key, "case": place.case_id}, of_row=True)

    def _behind(self, place: Place | None) -> _Behind:
        """Behind a place of the whole list: those without a due date stand behind all others."""
        if place is None or self._query.sort != "due":
            return self._behind_in(
                place and Place(place.key or "", place.case_id), self._query.sort != "number"
            )
        if place.key is None:
            condition = f"(c.due IS NULL AND s.case_id {self._sign} %(case)s)"
            return _Behind(condition, {"case": place.case_id}, of_row=True)
        dated = self._behind_in(place, by_key=True)
        return _Behind(f"({dated.condition} OR c.due IS NULL)", dated.params, of_row=True)

    def _held(self, params: dict[str, Any]) -> str:
        """The second look at one case after the other: a question within the question, which no planner turns round."""
        # A case of a unit that is meant may have no words at all.
        of_units = self._search is not None and self._search.units
        texts = "(SELECT) one LEFT JOIN search_texts t ON" if of_units else "search_texts t WHERE"
        return f"(SELECT {self._holds(params)} FROM {texts} t.case_id = s.case_id)"

    def _holds(self, params: dict[str, Any]) -> str:
        """That the words hold the term itself, or that the citizen or the unit is meant."""
        search = self._search
        assert search is not None
        params["term"] = search.term.replace("\x00", NO_NUL)
        ways = ["position(%(term)s IN t.folded) > 0"]
        if search.by_name:
            name = BETWEEN + search.letters if search.letters else search.term
            params["name"] = name.replace("\x00", NO_NUL)
            ways.append("position(%(name)s IN t.names) > 0")
        if search.units:
            params["units"] = list(search.units)
            ways.append(
                "EXISTS (SELECT 1 FROM case_units u WHERE u.case_id = s.case_id AND u.unit = ANY(%(units)s))"
            )
        return f"({' OR '.join(ways)})"

    @cached_property
    def _leave_out_voided(self) -> bool:
        return not self._query.include_voided and self._any_voided()

    def _with(self, marks: Sequence[str], few: bool) -> str:
        """All that must hold. Of few cases voided ones are left out without asking whether there are any, which takes
        longer; of many it would take longer to look for them in vain."""
        terms = " AND ".join(part for part in (self._match, *marks) if part)
        leave_out = not self._query.include_voided if few else self._leave_out_voided
        return f"({terms}) NOT {VOIDED}" if leave_out else terms

    def _one(self, sql: str, params: dict[str, Any]) -> Any:
        return self._rows(sql, params)[0][0]

    def _rows(self, sql: str, params: dict[str, Any]) -> list[Sequence[Any]]:
        cursor = self._connection.connection.cursor()
        try:
            cursor.execute(sql, params)
            return list(cursor.fetchall())
        finally:
            cursor.close()


def _as_tsquery(match: str) -> str:
    """An expression of `index_terms` as PostgreSQL writes it; no token has a quotation mark or a backslash in it."""
    return _WORD.sub(lambda word: _SIGNS.get(word[0]) or _quoted(word[0]), match)


def _quoted(token: str) -> str:
    return f"'{token[:-1]}':*" if token.endswith("*") else f"'{token}'"
