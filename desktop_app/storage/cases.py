"""Rows of cases: the projection of their events, written in the same transaction as these."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.clocks import FROM_DISPATCH
from desktop_app.domain.office_records import LiveDeadlines
from desktop_app.storage.case_ids import id_of, join_id
from desktop_app.storage.case_pages import CasePages, to_case_row
from desktop_app.storage.chunks import chunked
from desktop_app.storage.search_tokens import MARKED_COLUMNS
from desktop_app.storage.spellings import is_set, is_unset, within
from desktop_app.storage.tables import case_units, cases, status_counts

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.sql.elements import BindParameter

    from desktop_app.storage.search_index import SearchIndex

_CHUNK = 1000

_ALL = select(*cases.c)
_GET = _ALL.where(cases.c.id == bindparam("case"))
_CASES: BindParameter[list[int]] = bindparam("cases", expanding=True)
_SOME = _ALL.where(cases.c.id.in_(_CASES)).order_by(cases.c.id)
_BY_BOARD = _ALL.where(
    cases.c.board_number == bindparam("board"), cases.c.board_number != literal_column("''")
).order_by(cases.c.id)
_OF_BATCH = _ALL.where(cases.c.batch == bindparam("batch"), cases.c.batch.is_not(None)).order_by(cases.c.id)
_AFTER = _ALL.where(cases.c.id > bindparam("after")).order_by(cases.c.id).limit(_CHUNK)
_DUE = (
    _ALL.where(within(cases.c.due, bindparam("first"), bindparam("last")), is_unset(cases.c.voided))
    .order_by(cases.c.due, cases.c.id)
)  # fmt: skip
_REMINDERS = (
    _ALL.where(
        within(cases.c.reminder, bindparam("first"), bindparam("last")),
        is_set(cases.c.awaiting_reply),
        is_unset(cases.c.voided),
    )
    .order_by(cases.c.reminder, cases.c.id)
)  # fmt: skip
# As the index `ix_cases_live_due` has it, word for word: else it would not serve.
_LIVE = text(
    "voided = 0 AND (awaiting_reply = 1 OR (is_open = 1 AND due_from = 'dispatch' AND replied IS NULL))"
)
_LIVE_BETWEEN = _ALL.where(_LIVE, within(cases.c.due, bindparam("first"), bindparam("last"))).order_by(
    cases.c.due, cases.c.id
)
# By the columns of that index as they stand in it, so that nothing need be sorted.
_LIVE_GROUPS = (cases.c.due, cases.c.awaiting_reply, cases.c.provisional, cases.c.due_from)
_LIVE_COUNTS = (
    select(*_LIVE_GROUPS, func.count())
    .where(_LIVE, within(cases.c.due, bindparam("first"), bindparam("last")))
    .group_by(*_LIVE_GROUPS)
)
_REMINDER_COUNTS = (
    select(cases.c.reminder, func.count())
    .where(
        within(cases.c.reminder, bindparam("first"), bindparam("last")),
        is_set(cases.c.awaiting_reply),
        is_unset(cases.c.voided),
    )
    .group_by(cases.c.reminder)
)
_FIRST_RECEIVED = select(func.min(cases.c.received)).where(is_unset(cases.c.voided))
_UPDATE = (
    update(cases)
    .where(cases.c.id == bindparam("case"))
    .values({column.name: bindparam(column.name) for column in cases.c if column.name != "id"})
)
_MARKED_BEFORE = select(*(cases.c[name] for name in MARKED_COLUMNS)).where(cases.c.id == bindparam("case"))
_DROP_UNITS = delete(case_units).where(case_units.c.case_id == bindparam("case"))


class Cases(CasePages):
    """The register: one row a case. The search index is told of every change to what it keeps of a row."""

    def __init__(self, connection: Connection, search: SearchIndex) -> None:
        super().__init__(connection, search.flush)
        self._search = search

    def insert(self, rows: Sequence[CaseRow]) -> None:
        """Adds new rows; their numbers must be new."""
        if not rows:
            return
        params = [row_to_params(row) for row in rows]
        self._connection.execute(insert(cases), params)
        self._add_units(rows)
        self._search.put_rows(one["id"] for one in params)

    def update(self, row: CaseRow) -> None:
        """Puts `row` in the place of the one with its number; LookupError where there is none."""
        params = row_to_params(row)
        case = {"case": params.pop("id")}
        before = self._connection.execute(_MARKED_BEFORE, case).first()
        if before is None:
            raise LookupError(row.number)
        self._connection.execute(_UPDATE, {**params, **case})
        if tuple(before) != tuple(params[name] for name in MARKED_COLUMNS):
            self._search.touch(case["case"])
        if (before.lead, before.supporting) != (params["lead"], params["supporting"]):
            self._connection.execute(_DROP_UNITS, case)
            self._add_units([row])

    def get(self, number: str) -> CaseRow | None:
        """The row of that register number; voided ones too."""
        row = self._connection.execute(_GET, {"case": id_of(number)}).first()
        return None if row is None else to_case_row(row)

    def some(self, numbers: Iterable[str]) -> dict[str, CaseRow]:
        """The rows of these register numbers, as far as there are any; voided ones too."""
        return {
            row.number: row
            for part in chunked(id_of(number) for number in numbers)
            for row in self._rows(_SOME, {"cases": part})
        }

    def by_board_number(self, board_number: str) -> list[CaseRow]:
        """All rows that came in under that number of the board, in register order; voided ones too."""
        return self._rows(_BY_BOARD, {"board": board_number})

    def of_batch(self, batch: int) -> list[CaseRow]:
        """The rows that one import brought in; voided ones too."""
        return self._rows(_OF_BATCH, {"batch": batch})

    def due_between(self, first: date, last: date) -> list[CaseRow]:
        """Rows not voided whose due date lies in the span, both days included, by date; answered ones too."""
        return self._rows(_DUE, _span(first, last))

    def reminders_between(self, first: date, last: date) -> list[CaseRow]:
        """Rows still awaiting a reply whose reminder date lies in the span, both days included, by date."""
        return self._rows(_REMINDERS, _span(first, last))

    def live_between(self, first: date, last: date) -> list[CaseRow]:
        """Rows whose clock runs, or is expected to, and whose due date lies in the span, by date."""
        return self._rows(_LIVE_BETWEEN, _span(first, last))

    def live_deadlines(self, first: date, last: date) -> list[LiveDeadlines]:
        """How many of them fall due on each day of the span."""
        counts: Counter[tuple[str, bool, bool]] = Counter()
        for due, awaiting, provisional, due_from, count in self._connection.execute(
            _LIVE_COUNTS, _span(first, last)
        ):
            counts[due, bool(awaiting), not provisional and due_from != FROM_DISPATCH] += count
        return [
            LiveDeadlines(date.fromisoformat(due), awaiting, certain, count)
            for (due, awaiting, certain), count in counts.items()
        ]

    def reminder_counts(self, first: date, last: date) -> dict[date, int]:
        """How many cases that await a reply must be reminded of from each day of the span on."""
        counted = self._connection.execute(_REMINDER_COUNTS, _span(first, last))
        return {date.fromisoformat(day): count for day, count in counted}

    def first_received(self) -> date | None:
        """The earliest registration date of all cases not voided; None where there is none."""
        first = self._connection.execute(_FIRST_RECEIVED).scalar()
        return None if first is None else date.fromisoformat(first)

    def count_by_status(self, *, include_voided: bool = False) -> dict[str, int]:
        """How many cases are in each state; kept by triggers, so it costs the same at any size."""
        counts: dict[str, int] = {}
        for status, voided, count in self._connection.execute(
            select(status_counts.c.status, status_counts.c.voided, status_counts.c.count)
        ):
            if count and (include_voided or not voided):
                counts[status] = counts.get(status, 0) + count
        return counts

    def count_anew(self) -> None:
        """Makes the counts by state what the rows give, should they ever differ."""
        self._connection.execute(delete(status_counts))
        states = (cases.c.status, cases.c.is_open, cases.c.voided)
        counted = select(*states, func.count()).group_by(*states)
        self._connection.execute(insert(status_counts).from_select([*status_counts.c], counted))

    def count(self) -> int:
        """How many rows there are, voided ones too."""
        return int(self._connection.execute(select(func.count()).select_from(cases)).scalar_one())

    def all(self) -> Iterator[CaseRow]:
        """Every row in register order, voided ones too, read piece by piece."""
        after = 0
        while rows := self._connection.execute(_AFTER, {"after": after}).all():
            after = rows[-1][0]
            for row in rows:
                yield to_case_row(row)

    def _rows(self, statement: Any, params: dict[str, Any]) -> list[CaseRow]:
        return [to_case_row(row) for row in self._connection.execute(statement, params)]

    def _add_units(self, rows: Sequence[CaseRow]) -> None:
        pairs = [
            {"case_id": join_id(row.year, row.serial), "unit": unit}
            for row in rows
            for unit in dict.fromkeys((row.lead, *row.supporting))
            if unit
        ]
        if pairs:
            self._connection.execute(insert(case_units), pairs)


def row_to_params(row: CaseRow) -> dict[str, Any]:
    """The columns of the table that a row fills."""
    if id_of(row.number) != join_id(row.year, row.serial):
        raise ValueError(f"number and year, serial disagree: {row.number}")
    return {
        "id": join_id(row.year, row.serial),
        "regulation": row.regulation,
        "status": row.status,
        "title": row.title,
        "received": row.received.isoformat(),
        "source": row.source,
        "is_open": row.is_open,
        "board_number": row.board_number,
        "board": row.board,
        "domain": row.domain,
        "category": row.category,
        "urgency": row.urgency,
        "topic": row.topic,
        "lead": row.lead,
        "supporting": json.dumps(row.supporting, ensure_ascii=False) if row.supporting else "",
        "due": _iso(row.due),
        "reminder": _iso(row.reminder),
        "provisional": row.provisional,
        "due_from": row.due_from,
        "awaiting_reply": row.awaiting_reply,
        "was_overdue": row.was_overdue,
        "dispatched": _iso(row.dispatched),
        "taken": _iso(row.taken),
        "replied": _iso(row.replied),
        "published": _iso(row.published),
        "private": row.private,
        "closed": _iso(row.closed),
        "archived": _iso(row.archived),
        "voided": row.voided,
        "batch": row.batch,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _span(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}
