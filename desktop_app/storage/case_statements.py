"""The SQL of the list of cases: one statement for every shape of question, built once.

Whatever changes the SQL stands in `Shape`; values are parameters. Conditions on flags stand as literals, because
a partial index serves only where its condition does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    bindparam,
    func,
    literal_column,
    null,
    select,
    tuple_,
)

from desktop_app.domain.case_queries import SortKey
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.spellings import is_set, is_unset
from desktop_app.storage.tables import case_units, cases

SORT_COLUMNS = {
    "due": cases.c.due,
    "received": cases.c.received,
    "status": cases.c.status,
    "unit": cases.c.lead,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything of a question that changes its SQL."""

    what: Literal["rows", "ids", "count", "marks"]
    """`marks`: of every so many-th row its index, its key and its id."""
    statuses: int
    unit: bool
    category: bool
    due_from: bool
    due_to: bool
    overdue: bool
    open_only: bool
    include_voided: bool
    sort: SortKey
    descending: bool
    after: bool = False
    dated: bool | None = None
    """Of a list by due date: its cases with a date, then those without; None where the order has no such parts."""


@lru_cache(maxsize=512)
def prepared_for(shape: Shape) -> Prepared:
    """The statement of that shape; rows have all columns of `cases` in their order."""
    if shape.what == "marks":
        return Prepared(_marks(shape))
    statement: Select[Any]
    if shape.what == "count":
        return Prepared(select(func.count()).select_from(cases).where(*_conditions(shape)))
    statement = select(cases.c.id) if shape.what == "ids" else select(*cases.c)
    statement = statement.where(*_conditions(shape)).order_by(*_order(shape))
    return Prepared(statement.limit(bindparam("limit")).offset(bindparam("offset")))


def _marks(shape: Shape) -> Select[Any]:
    keys = _keys(shape)
    place = (func.row_number().over(order_by=_order(shape)) + bindparam("passed")).label("place")
    key = (keys[0] if len(keys) > 1 else null()).label("key")
    walked = select(place, key, cases.c.id).where(*_conditions(shape)).subquery()
    return (
        select(walked)
        .where(walked.c.place % bindparam("every") == literal_column("0"))
        .order_by(walked.c.place)
    )


def _conditions(shape: Shape) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if not shape.include_voided:
        wanted.append(is_unset(cases.c.voided))
    if shape.statuses == 1:
        wanted.append(cases.c.status == bindparam("status_0"))
    elif shape.statuses:
        wanted.append(cases.c.status.in_([bindparam(f"status_{place}") for place in range(shape.statuses)]))
    if shape.open_only:
        wanted.append(is_set(cases.c.is_open))
    if shape.unit:
        of_unit = select(case_units.c.case_id).where(case_units.c.unit == bindparam("unit"))
        wanted.append(cases.c.id.in_(of_unit))
    if shape.category:
        wanted.append(cases.c.category == bindparam("category"))
    if shape.due_from:
        wanted.append(cases.c.due >= bindparam("due_from"))
    if shape.due_to:
        wanted.append(cases.c.due <= bindparam("due_to"))
    if shape.overdue:
        wanted.extend((is_set(cases.c.awaiting_reply), cases.c.due < bindparam("overdue")))
    if shape.dated is not None:
        wanted.append(cases.c.due.is_not(None) if shape.dated else cases.c.due.is_(None))
    if shape.after:
        wanted.append(_after(shape))
    return wanted


def _order(shape: Shape) -> list[ColumnElement[Any]]:
    return [key.desc() if shape.descending else key for key in _keys(shape)]


def _keys(shape: Shape) -> list[ColumnElement[Any]]:
    """By what the list is sorted, the number last."""
    column = SORT_COLUMNS.get(shape.sort)
    return [cases.c.id] if column is None or shape.dated is False else [column, cases.c.id]


def _after(shape: Shape) -> ColumnElement[bool]:
    keys = _keys(shape)
    if len(keys) == 1:
        place = bindparam("after_id", type_=BigInteger)
        return keys[0] < place if shape.descending else keys[0] > place
    row = tuple_(*keys)
    start = tuple_(bindparam("after_key", type_=Text), bindparam("after_id", type_=BigInteger))
    return row < start if shape.descending else row > start
