"""The list of cases by page: filters, orders, and the place where the next page begins.

A page begins after a row, not at an offset, so the thousandth page costs what the first does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select

from desktop_app.domain.case_queries import CasePage, CaseQuery, CaseWindow, Cursor
from desktop_app.domain.case_rows import CaseRow
from desktop_app.storage.case_ids import join_id, number_of, split_id
from desktop_app.storage.case_statements import SORT_COLUMNS, Shape, TextPlan, prepared_for
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.search_index import Search
from desktop_app.storage.tables import cases, status_counts

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_GATHER_AT_MOST = 5_000
_RECHECK_AT_MOST = 1_000
"""Candidates that are few enough to look at the row, or at the whole text, of every one of them."""


class CasePages:
    """Questions about the list of cases."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, query: CaseQuery, after: Cursor | None = None, limit: int = 50) -> CasePage:
        """The first `limit` rows after the place `after`, with the total of all that match `query`."""
        asked = self._ask(query)
        rows, following = asked.take("rows", after, limit)
        total, exact = asked.total()
        return CasePage(tuple(to_case_row(row) for row in rows), following, total, exact)

    def window(
        self, query: CaseQuery, offset: int, limit: int, near: tuple[int, Cursor] | None = None
    ) -> CaseWindow:
        """Rows `offset` to `offset + limit` of the list, without a total.

        `near` is a place known from an earlier window: the index of a row, and the cursor before it. A jump
        without one passes over `offset` entries of the index.
        """
        asked = self._ask(query)
        start, after = near if near is not None and near[0] <= offset else (0, None)
        rows, following = asked.take("rows", after, limit, offset - start)
        return CaseWindow(tuple(to_case_row(row) for row in rows), following)

    def numbers(self, query: CaseQuery) -> list[str]:
        """The register numbers of all that match, in the order of the list."""
        rows, _ = self._ask(query).take("ids", None, None)
        return [number_of(row[0]) for row in rows]

    def total(self, query: CaseQuery) -> tuple[int, bool]:
        """How many match, and whether that is exact (else it is the most that it can be)."""
        return self._ask(query).total()

    def _ask(self, query: CaseQuery) -> _Asked:
        return _Asked(self._connection, query)


class _Asked:
    """One question put to one connection."""

    def __init__(self, connection: Connection, query: CaseQuery) -> None:
        self._connection = connection
        self._query = query
        self._statuses = query.wanted_statuses
        self._search = Search.of(query.text) if query.text else None
        self._candidates = self._search.count(connection) if self._search else 0
        at_most = _RECHECK_AT_MOST if self._search and self._search.needs_recheck else _GATHER_AT_MOST
        self._many = self._candidates > at_most
        self._params = self._filter_params()

    def take(
        self, what: Literal["rows", "ids"], after: Cursor | None, limit: int | None, skip: int = 0
    ) -> tuple[list[Sequence[Any]], Cursor | None]:
        """At most `limit` rows (None: all) after a place and `skip` more; and the place after the last of them."""
        wanted = -1 if limit is None else limit + 1
        found: list[Sequence[Any]] = []
        for dated in self._parts(after):
            if found and 0 <= wanted <= len(found):
                break
            begin = (
                after if after is not None and (dated is None or dated is (after.key is not None)) else None
            )
            shape = self._shape(what, after=begin is not None, dated=dated)
            params = dict(self._params, limit=wanted if wanted < 0 else wanted - len(found), offset=skip)
            if begin is not None:
                params.update(after_key=begin.key, after_id=join_id(begin.year, begin.serial))
            rows = prepared_for(shape).rows(self._connection, params)
            found.extend(rows)
            if skip and not rows and dated:
                skip = max(0, skip - self._count_of(shape, params))
            elif rows:
                skip = 0
        if limit is None or len(found) <= limit:
            return found, None
        return found[:limit], self._cursor(found[limit - 1])

    def total(self) -> tuple[int, bool]:
        """How many match, and whether that is exact."""
        query = self._query
        filtered = query.unit or query.category or query.due_from or query.due_to or query.overdue_on
        if self._search is None and not filtered:
            return self._kept_total(), True
        if self._many and self._search is not None:
            everything = not (filtered or query.open_only or self._statuses)
            exact = everything and not self._search.needs_recheck and self._nothing_voided()
            return self._candidates, exact
        rows = prepared_for(self._shape("count")).rows(self._connection, self._params)
        return int(rows[0][0]), True

    def _nothing_voided(self) -> bool:
        kept = _KEPT_COUNTS.rows(self._connection, {})
        return self._query.include_voided or not any(voided and count for _, _, voided, count in kept)

    def _kept_total(self) -> int:
        query, total = self._query, 0
        for status, is_open, voided, count in _KEPT_COUNTS.rows(self._connection, {}):
            if (
                (self._statuses is None or status in self._statuses)
                and (is_open or not query.open_only)
                and (query.include_voided or not voided)
            ):
                total += count
        return total

    def _count_of(self, shape: Shape, params: dict[str, Any]) -> int:
        rows = prepared_for(replace(shape, what="count")).rows(self._connection, params)
        return int(rows[0][0])

    def _parts(self, after: Cursor | None) -> tuple[bool | None, ...]:
        query = self._query
        if query.sort != "due":
            return (None,)
        if query.due_from or query.due_to or query.overdue_on:
            return (True,)
        return (False,) if after is not None and after.key is None else (True, False)

    def _cursor(self, row: Sequence[Any]) -> Cursor:
        column = SORT_COLUMNS.get(self._query.sort)
        key = None if column is None else row[_PLACES[column.name]]
        year, serial = split_id(row[0])
        return Cursor(self._query.sort, self._query.descending, key, year, serial)

    def _shape(
        self, what: Literal["rows", "ids", "count"], *, after: bool = False, dated: bool | None = None
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
            text=self._text_plan(what),
            recheck=self._search is not None and self._search.needs_recheck,
            after=after,
            dated=dated,
        )

    def _text_plan(self, what: Literal["rows", "ids", "count"]) -> TextPlan:
        if self._search is None:
            return "none"
        if what == "rows" and self._query.sort == "number":
            return "stream"
        return "walk" if what == "rows" and self._many else "gather"

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
        if self._search is not None:
            params.update(match=self._search.match, term=self._search.term)
        return params


_PLACES = {column.name: place for place, column in enumerate(cases.c)}
_KEPT_COUNTS = Prepared(
    select(status_counts.c.status, status_counts.c.is_open, status_counts.c.voided, status_counts.c.count)
)


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
