"""A list of cases read out of the search index: any words and filters together, in any order.

The index answers in the order of the register. A list in another order is read group by group (the days, states
or units by which it is sorted, each of which has its mark), or, where it is short, gathered and sorted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from desktop_app.domain.case_queries import CaseQuery, Cursor
from desktop_app.storage.case_ids import join_id
from desktop_app.storage.index_terms import Search, filter_terms
from desktop_app.storage.search_tokens import (
    AWAITING,
    BETWEEN,
    DUE,
    LEAD,
    RECEIVED,
    STATUS,
    VOIDED,
    day_mark,
    mark,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

GATHER_AT_MOST = 2_000
"""Cases that are few enough to read the sort key of every one of them."""
_OF_A_MONTH = 500
"""Cases of one month that are sorted together; of a month with more each day is asked for by itself."""
_FIRST_CHECKED, _MOST_CHECKED = 64, 1_024
"""Candidates looked at again in one go: few for the first page, more the longer it takes."""

_IDS = "SELECT rowid FROM case_search WHERE case_search MATCH ?"
_COUNT = "SELECT count(*) FROM case_search WHERE case_search MATCH ?"
_COUNT_SOME = "SELECT count(*) FROM (SELECT 1 FROM case_search WHERE case_search MATCH ? LIMIT ?)"
_CHECK = """
SELECT value FROM json_each(?) JOIN search_texts ON case_id = value
WHERE instr(folded, ?) OR (? AND instr(names, ?))
"""
_OF_UNITS = """
SELECT DISTINCT case_id FROM case_units WHERE case_id IN (SELECT value FROM json_each(?))
AND unit IN (SELECT value FROM json_each(?))
"""
_COLUMNS = {"due": "due", "received": "received", "status": "status", "unit": "lead"}
_GROUPS = {"due": DUE, "received": RECEIVED, "status": STATUS, "unit": LEAD}


class IndexedList:
    """One question put to the index of one connection."""

    def __init__(
        self, connection: Connection, query: CaseQuery, search: Search | None, any_voided: Callable[[], bool]
    ) -> None:
        """`any_voided`: whether the office has such cases."""
        self._connection = connection
        self._query = query
        self._search = search
        words = [f"({search.match})"] if search is not None else []
        self._match = " AND ".join([*words, *filter_terms(query)])
        self._match_of_due = " AND ".join([*words, *_without_days(query)])
        leave_out_voided = not query.include_voided and any_voided()
        self._but = f" NOT {VOIDED}" if leave_out_voided else ""

    @property
    def is_exact(self) -> bool:
        """Whether what the index names needs no second look."""
        return self._search is None or not self._search.needs_recheck

    def count(self, at_most: int | None = None) -> int:
        """How many the index names; counted no further than `at_most`."""
        return self._count_of((), at_most)

    def count_after(self, place: Cursor) -> int:
        """How many the index names behind a place in the list."""
        if self._query.sort != "number":
            return sum(1 for _ in self.ids(place))
        sign = "<" if self._query.descending else ">"
        bound = join_id(place.year, place.serial)
        return int(self._rows(f"{_COUNT} AND rowid {sign} ?", (self._with(()), bound))[0][0])

    def ids(self, after: Cursor | None = None, skip: int = 0, page: int | None = None) -> Iterator[int]:
        """The ids of the list in its order, read as they are taken; `skip` more are passed over first.

        `page`: so many will be taken, where that is known.
        """
        if self.is_exact:
            return self._candidates(after, skip)
        return islice(self._checked(self._candidates(after, 0), page), skip, None)

    def checked(self) -> int:
        """How many there really are, by looking at all of them."""
        return sum(1 for _ in self.ids())

    # ------------------------------------------------------------------ order

    def _candidates(self, after: Cursor | None, skip: int) -> Iterator[int]:
        if self._query.sort == "number":
            return self._stream((), None if after is None else join_id(after.year, after.serial), skip)
        if self._query.include_voided or self.count(GATHER_AT_MOST + 1) <= GATHER_AT_MOST:
            return islice(self._gathered(after), skip, None)
        return self._by_group(after, skip)

    def _stream(self, marks: Sequence[str], after_id: int | None = None, skip: int = 0) -> Iterator[int]:
        """In the order of the register, out of one open question."""
        sql, params = _IDS, [self._with(marks)]
        if after_id is not None:
            sql += " AND rowid < ?" if self._query.descending else " AND rowid > ?"
            params.append(after_id)  # type: ignore[arg-type]
        sql += f" ORDER BY rowid{' DESC' if self._query.descending else ''}"
        if skip:
            sql += f" LIMIT -1 OFFSET {skip}"
        cursor = self._connection.connection.cursor()
        try:
            cursor.execute(sql, params)
            size = _FIRST_CHECKED
            while found := cursor.fetchmany(size):
                for (case_id,) in found:
                    yield case_id
                size = _MOST_CHECKED
        finally:
            cursor.close()

    def _gathered(self, after: Cursor | None) -> Iterator[int]:
        """All of a short list."""
        start = None if after is None else (after.key or "", join_id(after.year, after.serial))
        return self._sorted((), start)

    def _sorted(self, marks: Sequence[str], start: tuple[str, int] | None) -> Iterator[int]:
        """Few cases, sorted by what the rows say; those without a date last whichever way."""
        query = self._query
        column = _COLUMNS[query.sort]
        sql = f"SELECT {column}, id FROM cases WHERE id IN (SELECT value FROM json_each(?))"
        found = self._rows(sql, (json.dumps(list(self._stream(marks))),))
        keyed = sorted(((row[0] or "", row[1]) for row in found), reverse=query.descending)
        dated = query.sort == "due"
        if dated:
            keyed.sort(key=lambda one: one[0] == "")
        if marks and dated:
            first, last = _span(query)
            keyed = [one for one in keyed if first <= one[0] <= last]
        if start is not None:
            keyed = [one for one in keyed if _is_after(one, start, query.descending, dated)]
        return (case_id for _, case_id in keyed)

    def _by_group(self, after: Cursor | None, skip: int) -> Iterator[int]:
        start = None if after is None else (after.key or "", join_id(after.year, after.serial))
        for group in self._groups(None if start is None else start[0]):
            begun = start if start is not None and group.holds(start[0]) else None
            if skip and begun is None and self._is_whole(group):
                count = self._count_of((group.mark,), None)
                if count <= skip:
                    skip -= count
                    continue
            if group.sorted_by_rows:
                found = list(self._sorted((group.mark,), begun))
                yield from found[skip:]
                skip = max(0, skip - len(found))
            elif begun is None:
                yield from self._stream((group.mark,), None, skip)
                skip = 0
            else:
                for case_id in self._stream((group.mark,), begun[1]):
                    if skip:
                        skip -= 1
                    else:
                        yield case_id

    def _is_whole(self, group: _Group) -> bool:
        """Whether all cases of that mark are in the list: a month may lie in the span of deadlines only in part."""
        first, last = _span(self._query)
        return not group.sorted_by_rows or (first <= f"{group.key}-01" and f"{group.key}-31" <= last)

    def _groups(self, start: str | None) -> Iterator[_Group]:
        """Each group in the order of the list, from that of `start` on."""
        query = self._query
        if query.sort in ("due", "received"):
            kind = _GROUPS[query.sort]
            if start != "" or query.sort == "received":
                yield from self._days(kind, start)
            if query.sort == "due" and not (query.due_from or query.due_to or query.overdue_on):
                yield _Group(day_mark(kind, None), "")
            return
        column = _COLUMNS[query.sort]
        for value in self._values(column):
            if start is None or (value <= start if query.descending else value >= start):
                yield _Group(mark(_GROUPS[query.sort], value), value)

    def _days(self, kind: str, start: str | None) -> Iterator[_Group]:
        """The days on which something stands, found by years and months that have any; a thin month as one."""
        first, last = self._bounds(_COLUMNS[self._query.sort])
        if first is None or last is None:
            return
        years = [f"{year:04d}" for year in range(int(first[:4]), int(last[:4]) + 1)]
        for year in self._turned(years):
            if self._beyond(year, start) or not self._has(day_mark(kind, year)):
                continue
            for month in self._turned([f"{year}-{place:02d}" for place in range(1, 13)]):
                if not first[:7] <= month <= last[:7] or self._beyond(month, start):
                    continue
                count = self._count_of((day_mark(kind, month),), _OF_A_MONTH + 1)
                if 0 < count <= _OF_A_MONTH:
                    yield _Group(day_mark(kind, month), month, sorted_by_rows=True)
                elif count:
                    for day in self._turned([f"{month}-{place:02d}" for place in range(1, 32)]):
                        if first <= day <= last and not self._beyond(day, start):
                            yield _Group(day_mark(kind, day), day)

    def _beyond(self, part: str, start: str | None) -> bool:
        """Whether a year, month or day lies wholly before the place where the list begins."""
        if start is None:
            return False
        begun = start[: len(part)]
        return part > begun if self._query.descending else part < begun

    def _turned(self, values: list[str]) -> Iterable[str]:
        return reversed(values) if self._query.descending else values

    def _bounds(self, column: str) -> tuple[str | None, str | None]:
        first, last = (
            self._rows(f"SELECT {end}({column}) FROM cases WHERE voided = 0 AND {column} IS NOT NULL", ())[0][
                0
            ]
            for end in ("min", "max")
        )
        if column == "due" and first is not None and last is not None:
            begun, ended = _span(self._query)
            return max(first, begun), min(last, ended)
        return first, last

    def _values(self, column: str) -> list[str]:
        """Every state, or every leading unit, that any case has; stepped from one to the next in its index."""
        values: list[str] = []
        sql = f"SELECT min({column}) FROM cases WHERE voided = 0"
        found = self._rows(sql, ())[0][0]
        while found is not None:
            values.append(found)
            found = self._rows(f"{sql} AND {column} > ?", (found,))[0][0]
        return values[::-1] if self._query.descending else values

    # ------------------------------------------------------------------ the second look

    def _checked(self, candidates: Iterator[int], page: int | None) -> Iterator[int]:
        size = page or _FIRST_CHECKED
        while part := list(islice(candidates, size)):
            held = self._held(part)
            yield from (case_id for case_id in part if case_id in held)
            size = min(2 * size, _MOST_CHECKED)

    def _held(self, part: list[int]) -> set[int]:
        """Those whose words hold the term itself, or whose citizen or unit is meant."""
        search = self._search
        assert search is not None
        wanted = json.dumps(part)
        name = BETWEEN + search.letters if search.letters else search.term
        held = {row[0] for row in self._rows(_CHECK, (wanted, search.term, search.by_name, name))}
        if search.units:
            held |= {row[0] for row in self._rows(_OF_UNITS, (wanted, json.dumps(search.units)))}
        return held

    # ------------------------------------------------------------------ asking

    def _with(self, marks: Sequence[str]) -> str:
        """All that must hold. Of a day or month of the deadline it is plain whether it lies in the span asked for."""
        match = self._match_of_due if marks and self._query.sort == "due" else self._match
        terms = " AND ".join(part for part in (match, *marks) if part)
        return f"({terms}){self._but}" if self._but else terms

    def _has(self, group: str) -> bool:
        return bool(self._rows(f"{_IDS} LIMIT 1", (self._with((group,)),)))

    def _count_of(self, marks: Sequence[str], at_most: int | None) -> int:
        if at_most is None:
            return int(self._rows(_COUNT, (self._with(marks),))[0][0])
        return int(self._rows(_COUNT_SOME, (self._with(marks), at_most))[0][0])

    def _rows(self, sql: str, params: Sequence[Any]) -> list[Sequence[Any]]:
        cursor = self._connection.connection.cursor()
        try:
            cursor.execute(sql, params)
            return list(cursor.fetchall())
        finally:
            cursor.close()


@dataclass(frozen=True, slots=True)
class _Group:
    """Cases that stand together in a list: those of one mark. `key` is what they are sorted by, or how it begins;
    `sorted_by_rows`: its cases differ in it."""

    mark: str
    key: str
    sorted_by_rows: bool = False

    def holds(self, key: str) -> bool:
        return key.startswith(self.key) if self.sorted_by_rows else key == self.key


def _without_days(query: CaseQuery) -> list[str]:
    """The terms of a query but those of its span of deadlines."""
    awaiting = [AWAITING] if query.overdue_on else []
    return [*awaiting, *filter_terms(replace(query, due_from=None, due_to=None, overdue_on=None))]


def _span(query: CaseQuery) -> tuple[str, str]:
    """The first and the last day of the deadline that are asked for."""
    late = query.overdue_on - timedelta(days=1) if query.overdue_on is not None else date.max
    return (query.due_from or date.min).isoformat(), min(query.due_to or date.max, late).isoformat()


def _is_after(one: tuple[str, int], place: tuple[str, int], descending: bool, dated: bool) -> bool:
    """Whether a key and id stand behind a place in the list."""
    if dated and (one[0] == "") != (place[0] == ""):
        return one[0] == ""
    return one < place if descending else one > place
