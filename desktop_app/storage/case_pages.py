"""The list of cases by page: filters, orders, and the place where the next page begins.

A page begins after a row, not at an offset, so the thousandth page costs what the first does. Lists for which the
table has an index are read out of that; all others, and whatever is searched for, out of the search index.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import bindparam, func, select

from desktop_app.domain.case_queries import CasePage, CaseQuery, CaseTotal, CaseWindow, Cursor
from desktop_app.domain.case_rows import CaseRow
from desktop_app.storage.case_ids import join_id, number_of, split_id
from desktop_app.storage.case_statements import SORT_COLUMNS, Shape, prepared_for
from desktop_app.storage.index_terms import Search
from desktop_app.storage.indexed_list import IndexedList
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.server_list import ServerList
from desktop_app.storage.spellings import OneOf, as_list, is_unset
from desktop_app.storage.tables import cases, status_counts

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_RECHECK_AT_MOST = 1_000
"""Candidates that are few enough to look at the whole text of every one of them for a total."""
_QUICK_AT_MOST = 20_000
"""How far a list that is shown at once is counted; the rest is counted behind it."""

_ALL = 2**31 - 1
"""Rows of which a list never has so many."""

Row = Sequence[Any]


class CasePages:
    """Questions about the list of cases."""

    def __init__(self, connection: Connection, before_asking: Callable[[], None] = lambda: None) -> None:
        """`before_asking` brings the search index up to date with what this transaction has changed."""
        self._connection = connection
        self._before_asking = before_asking

    def page(self, query: CaseQuery, after: Cursor | None = None, limit: int = 50) -> CasePage:
        """The first `limit` rows after the place `after`, with the total of all that match `query`."""
        asked = self._ask(query)
        rows, following = asked.rows(after, limit, 0)
        total, exact = asked.total()
        return CasePage(tuple(to_case_row(row) for row in rows), following, total, exact)

    def window(
        self, query: CaseQuery, offset: int, limit: int, near: tuple[int, Cursor] | None = None
    ) -> CaseWindow:
        """Rows `offset` to `offset + limit` of the list, without a total.

        `near` is a place known from an earlier window: the index of a row, and the cursor before it. A jump
        without one passes over `offset` entries of the index.
        """
        start, after = near if near is not None and near[0] <= offset else (0, None)
        rows, following = self._ask(query).rows(after, limit, max(0, offset - start))
        return CaseWindow(tuple(to_case_row(row) for row in rows), following)

    def numbers(self, query: CaseQuery) -> list[str]:
        """The register numbers of all that match, in the order of the list."""
        return [number_of(case_id) for case_id in self._ask(query).ids()]

    def total(self, query: CaseQuery) -> tuple[int, bool]:
        """How many match, and whether that is exact (else it is the most that it can be)."""
        return self._ask(query).total()

    def quick_total(self, query: CaseQuery) -> CaseTotal:
        """The same, but counted no further than a moment allows."""
        return self._ask(query).quick_total()

    def piece(self, query: CaseQuery, after: Cursor | None, limit: int) -> CaseWindow:
        """The next `limit` rows after a place, without a total: for who reads a whole list."""
        rows, following = self._ask(query).rows(after, limit, 0)
        return CaseWindow(tuple(to_case_row(row) for row in rows), following)

    def place_of(self, query: CaseQuery, cursor: Cursor) -> int:
        """How many rows of the list stand no further than a place in it."""
        return self._ask(query).place_of(cursor)

    def cursor_of(self, query: CaseQuery, row: CaseRow) -> Cursor:
        """The place behind a case in a list of that order, whether or not the list has it."""
        keys = {"due": row.due, "received": row.received, "status": row.status, "unit": row.lead}
        key = keys.get(query.sort)
        text = key.isoformat() if isinstance(key, date) else key
        return Cursor(query.sort, query.descending, text, row.year, row.serial)

    def first_received_from(self, day: date) -> tuple[int, int] | None:
        """Year and serial of the first case that came in on that day or later; None where none did."""
        first = _FIRST_FROM.rows(self._connection, {"day": day.isoformat()})[0][0]
        return None if first is None else split_id(first)

    def landmarks(self, query: CaseQuery, every: int) -> list[tuple[int, Cursor]]:
        """Places in a long list from which others are near: the index of every so many-th row, and the cursor
        before it. Walks the whole list once."""
        return self._ask(query).landmarks(every)

    def _ask(self, query: CaseQuery) -> _Direct | _Indexed:
        self._before_asking()
        if query.text or not reads_directly(query):
            search = Search.of(query.text, query.by_name, query.spelled_units) if query.text else None
            if search is not None or not reads_directly(query):
                return _Indexed(self._connection, query, search)
        return _Direct(self._connection, query)


def reads_directly(query: CaseQuery) -> bool:
    """Whether an index of the table gives the list in its order, so that the search index need not be asked."""
    filters = {
        name
        for name, wanted in (
            ("status", query.wanted_statuses is not None),
            ("unit", query.unit),
            ("category", query.category),
            ("due", query.due_from or query.due_to),
            ("overdue", query.overdue_on),
            ("open", query.open_only),
        )
        if wanted
    }
    if query.include_voided or not filters:
        return True
    statuses = query.wanted_statuses
    if statuses is not None and len(statuses) > 1:
        return False
    return (query.sort, frozenset(filters)) in _IN_ORDER


_IN_ORDER = {
    ("number", frozenset(("status",))),
    ("number", frozenset(("category",))),
    ("number", frozenset(("overdue",))),
    ("status", frozenset(("status",))),
    *(
        ("due", frozenset(names))
        for names in (
            ("status",), ("category",), ("open",), ("due",), ("overdue",), ("open", "due"), ("status", "due"),
            ("category", "due"),
        )
    ),
}  # fmt: skip
"""Sort and filters for which the table has an index (`tables.cases`), or few enough rows to be sorted."""


class _Asked:
    """One question put to one connection."""

    def __init__(self, connection: Connection, query: CaseQuery) -> None:
        self._connection = connection
        self._query = query

    def cursor_after(self, row: Row) -> Cursor:
        column = SORT_COLUMNS.get(self._query.sort)
        key = None if column is None else row[_PLACES[column.name]]
        year, serial = split_id(row[0])
        return Cursor(self._query.sort, self._query.descending, key, year, serial)

    def kept_total(self) -> int | None:
        """Of a list by state, or of all: kept by triggers. None where filters ask for more than that."""
        query, total = self._query, 0
        if query.text or query.unit or query.category or query.due_from or query.due_to or query.overdue_on:
            return None
        statuses = query.wanted_statuses
        for status, is_open, voided, count in _KEPT_COUNTS.rows(self._connection, {}):
            if (
                (statuses is None or status in statuses)
                and (is_open or not query.open_only)
                and (query.include_voided or not voided)
            ):
                total += count
        return total

    def by_id(self, ids: Sequence[int]) -> dict[int, Row]:
        found = _SOME.rows(self._connection, {"ids": as_list(self._connection, ids)})
        return {row[0]: row for row in found}

    def any_voided(self) -> bool:
        return any(voided and count for _, _, voided, count in _KEPT_COUNTS.rows(self._connection, {}))


class _Direct(_Asked):
    """Read out of the table by one of its indexes."""

    def __init__(self, connection: Connection, query: CaseQuery) -> None:
        super().__init__(connection, query)
        self._statuses = query.wanted_statuses
        self._params = self._filter_params()

    def rows(self, after: Cursor | None, limit: int | None, skip: int) -> tuple[list[Row], Cursor | None]:
        """At most `limit` rows (None: all) after a place and `skip` more; and the place after the last of them."""
        found = self._take("rows", after, limit, skip)
        if limit is None or len(found) <= limit:
            return found, None
        return found[:limit], self.cursor_after(found[limit - 1])

    def ids(self) -> Iterable[int]:
        return (row[0] for row in self._take("ids", None, None, 0))

    def total(self) -> tuple[int, bool]:
        kept = self.kept_total()
        return (self._count(self._shape("count"), self._params) if kept is None else kept), True

    def quick_total(self) -> CaseTotal:
        return CaseTotal(self.total()[0])

    def place_of(self, cursor: Cursor) -> int:
        behind = 0
        for dated in self._parts(cursor):
            begins = self._begins(cursor, dated)
            shape = self._shape("count", after=begins, dated=dated)
            behind += self._count(shape, self._place(cursor) if begins else self._params)
        return self.total()[0] - behind

    def landmarks(self, every: int) -> list[tuple[int, Cursor]]:
        found: list[tuple[int, Cursor]] = []
        passed = 0
        for dated in self._parts(None):
            shape = self._shape("marks", dated=dated)
            part = prepared_for(shape).rows(
                self._connection, {**self._params, "every": every, "passed": passed}
            )
            found += [(place, self._cursor(key, case_id)) for place, key, case_id in part]
            if dated:
                passed += self._count(self._shape("count", dated=True), self._params)
        return found

    def _cursor(self, key: str | None, case_id: int) -> Cursor:
        year, serial = split_id(case_id)
        return Cursor(self._query.sort, self._query.descending, key, year, serial)

    def _take(
        self, what: Literal["rows", "ids"], after: Cursor | None, limit: int | None, skip: int
    ) -> list[Row]:
        wanted = _ALL if limit is None else limit + 1
        found: list[Row] = []
        for dated in self._parts(after):
            if found and wanted <= len(found):
                break
            begins = after is not None and self._begins(after, dated)
            params = self._place(after) if begins and after is not None else self._params
            params = {**params, "limit": wanted - len(found), "offset": skip}
            shape = self._shape(what, after=begins, dated=dated)
            rows = self._read(shape, params, passing=skip > 0)
            found.extend(rows)
            if skip and not rows and dated:
                skip = max(0, skip - self._count(replace(shape, what="count"), params))
            elif rows:
                skip = 0
        return found

    def _read(self, shape: Shape, params: dict[str, Any], passing: bool) -> Sequence[Row]:
        if shape.what != "rows" or not passing:
            return prepared_for(shape).rows(self._connection, params)
        # What is passed over need be read no further than in the index.
        ids = [row[0] for row in prepared_for(replace(shape, what="ids")).rows(self._connection, params)]
        by_id = self.by_id(ids)
        return [by_id[case_id] for case_id in ids]

    def _begins(self, after: Cursor, dated: bool | None) -> bool:
        return dated is None or dated is (after.key is not None)

    def _place(self, after: Cursor) -> dict[str, Any]:
        return {**self._params, "after_key": after.key, "after_id": join_id(after.year, after.serial)}

    def _count(self, shape: Shape, params: dict[str, Any]) -> int:
        return int(prepared_for(shape).rows(self._connection, params)[0][0])

    def _parts(self, after: Cursor | None) -> tuple[bool | None, ...]:
        query = self._query
        if query.sort != "due":
            return (None,)
        parts: tuple[bool, ...] = (True, False)
        if query.due_from or query.due_to or query.overdue_on:
            parts = (True,)
        return parts[1:] if after is not None and after.key is None else parts

    def _shape(
        self,
        what: Literal["rows", "ids", "count", "marks"],
        *,
        after: bool = False,
        dated: bool | None = None,
    ) -> Shape:
        query = self._query
        return Shape(
            what=what,
            statuses=len(self._statuses) if self._statuses is not None else 0,
            unit=bool(query.unit),
            category=bool(query.category),
            due_from=query.due_from is not None,
            due_to=query.due_to is not None,
            overdue=query.overdue_on is not None,
            open_only=query.open_only,
            include_voided=query.include_voided,
            sort=query.sort,
            descending=query.descending,
            after=after,
            dated=dated,
        )

    def _filter_params(self) -> dict[str, Any]:
        query = self._query
        params: dict[str, Any] = {"unit": query.unit, "category": query.category}
        for place, status in enumerate(self._statuses or ()):
            params[f"status_{place}"] = status
        for name, day in (
            ("due_from", query.due_from),
            ("due_to", query.due_to),
            ("overdue", query.overdue_on),
        ):
            params[name] = None if day is None else day.isoformat()
        return params


class _Indexed(_Asked):
    """Read out of the search index, the rows themselves by their ids."""

    def __init__(self, connection: Connection, query: CaseQuery, search: Search | None) -> None:
        super().__init__(connection, query)
        listed = ServerList if connection.dialect.name == "postgresql" else IndexedList
        self._list = listed(connection, query, search, self.any_voided)

    def rows(self, after: Cursor | None, limit: int | None, skip: int) -> tuple[list[Row], Cursor | None]:
        wanted = None if limit is None else limit + 1
        ids = list(islice(self._list.ids(after, skip, wanted), wanted))
        by_id = self.by_id(ids[:limit])
        rows = [by_id[case_id] for case_id in ids[:limit]]
        if limit is None or len(ids) <= limit:
            return rows, None
        return rows, self.cursor_after(rows[-1]) if rows else None

    def ids(self) -> Iterable[int]:
        return self._list.ids()

    def total(self) -> tuple[int, bool]:
        kept = self.kept_total()
        if kept is not None:
            return kept, True
        if self._list.is_exact:
            return self._list.count(), True
        candidates = self._list.count()
        return (self._list.checked(), True) if candidates <= _RECHECK_AT_MOST else (candidates, False)

    def quick_total(self) -> CaseTotal:
        kept = self.kept_total()
        if kept is not None:
            return CaseTotal(kept)
        counted = self._list.count(_QUICK_AT_MOST + 1)
        if counted > _QUICK_AT_MOST:
            return CaseTotal(_QUICK_AT_MOST, exact=False, or_more=True)
        if self._list.is_exact:
            return CaseTotal(counted)
        if counted <= _RECHECK_AT_MOST:
            return CaseTotal(self._list.checked())
        return CaseTotal(counted, exact=False)

    def place_of(self, cursor: Cursor) -> int:
        return (
            self._list.count() - self._list.count_after(cursor)
            if self._list.is_exact
            else self._walked(cursor)
        )

    def _walked(self, cursor: Cursor) -> int:
        return self._list.checked() - sum(1 for _ in self._list.ids(cursor))

    def landmarks(self, every: int) -> list[tuple[int, Cursor]]:
        places = [
            (place + 1, case_id) for place, case_id in enumerate(self._list.ids()) if (place + 1) % every == 0
        ]
        by_id = self.by_id([case_id for _, case_id in places])
        return [(place, self.cursor_after(by_id[case_id])) for place, case_id in places]


_PLACES = {column.name: place for place, column in enumerate(cases.c)}
_KEPT_COUNTS = Prepared(
    select(status_counts.c.status, status_counts.c.is_open, status_counts.c.voided, status_counts.c.count)
)
_FIRST_DAY = select(func.min(cases.c.received)).where(
    is_unset(cases.c.voided), cases.c.received >= bindparam("day")
)
_FIRST_FROM = Prepared(
    select(func.min(cases.c.id)).where(
        is_unset(cases.c.voided), cases.c.received == _FIRST_DAY.scalar_subquery()
    )
)
_SOME = Prepared(select(*cases.c).where(OneOf(cases.c.id, "ids")))


def to_case_row(row: Sequence[Any]) -> CaseRow:
    """A row of the table, all columns in their order, as a CaseRow."""
    (case_id, regulation, status, title, received, source, is_open, board_number, board, domain, category,
     urgency, topic, lead, supporting, due, reminder, provisional, due_from, awaiting_reply, was_overdue,
     dispatched, taken, replied, published, private, closed, archived, voided, batch) = row  # fmt: skip
    year, serial = split_id(case_id)
    day = date.fromisoformat
    return CaseRow(
        f"{year}-{serial:04d}",
        year,
        serial,
        regulation,
        status,
        title,
        day(received),
        source,
        bool(is_open),
        board_number,
        board,
        domain,
        category,
        urgency,
        topic,
        lead,
        tuple(json.loads(supporting)) if supporting else (),
        day(due) if due else None,
        day(reminder) if reminder else None,
        bool(provisional),
        due_from,
        bool(awaiting_reply),
        bool(was_overdue),
        day(dispatched) if dispatched else None,
        day(taken) if taken else None,
        day(replied) if replied else None,
        day(published) if published else None,
        bool(private),
        day(closed) if closed else None,
        day(archived) if archived else None,
        bool(voided),
        batch,
    )
