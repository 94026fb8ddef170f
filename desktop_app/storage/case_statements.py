"""The SQL of the list of cases: one statement for every shape of question, built once.

Whatever changes the SQL stands in `Shape`; values are parameters. Conditions on flags stand as literals, because
a partial index serves only where its condition does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    bindparam,
    false,
    func,
    select,
    true,
    tuple_,
)

from desktop_app.domain.case_queries import SortKey
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.search_index import folded_text_holds_term, index_names, index_reads
from desktop_app.storage.tables import case_units, cases

SORT_COLUMNS = {
    "due": cases.c.due,
    "received": cases.c.received,
    "status": cases.c.status,
    "unit": cases.c.lead,
}

TextPlan = Literal["none", "stream", "gather", "walk"]
"""How a text is looked for: not at all; in the index's own order; all candidates, then sorted; in the order of
the list, each row looked at. Which is quickest depends on the order and on how many candidates there are."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything of a question that changes its SQL."""

    what: Literal["rows", "ids", "count"]
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
    text: TextPlan = "none"
    recheck: bool = False
    after: bool = False
    dated: bool | None = None
    """Of a list by due date: its cases with a date, then those without; None where the order has no such parts."""


@lru_cache(maxsize=512)
def prepared_for(shape: Shape) -> Prepared:
    """The statement of that shape; rows have all columns of `cases` in their order."""
    statement: Select[Any]
    if shape.what == "count":
        statement = select(func.count())
    elif shape.what == "ids":
        statement = select(cases.c.id)
    else:
        statement = select(*cases.c)
    statement = (
        statement.select_from(index_reads(cases.c.id)[0], cases)
        if shape.text == "stream"
        else (statement.select_from(cases))
    )
    statement = statement.where(*_conditions(shape))
    if shape.what == "count":
        return Prepared(statement)
    order = [key.desc() if shape.descending else key for key in _keys(shape)]
    return Prepared(statement.order_by(*order).limit(bindparam("limit")).offset(bindparam("offset")))


def _conditions(shape: Shape) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if not shape.include_voided:
        wanted.append(cases.c.voided == false())
    if shape.statuses == 1:
        wanted.append(cases.c.status == bindparam("status_0"))
    elif shape.statuses:
        wanted.append(cases.c.status.in_([bindparam(f"status_{place}") for place in range(shape.statuses)]))
    if shape.open_only:
        wanted.append(cases.c.is_open == true())
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
        wanted.extend((cases.c.awaiting_reply == true(), cases.c.due < bindparam("overdue")))
    if shape.dated is not None:
        wanted.append(cases.c.due.is_not(None) if shape.dated else cases.c.due.is_(None))
    wanted.extend(_text_conditions(shape))
    if shape.after:
        wanted.append(_after(shape))
    return wanted


def _text_conditions(shape: Shape) -> list[ColumnElement[bool]]:
    if shape.text == "none":
        return []
    if shape.text == "walk":
        return [folded_text_holds_term(cases.c.id)]
    named = index_names(cases.c.id) if shape.text == "gather" else index_reads(cases.c.id)[1]
    return [named, folded_text_holds_term(cases.c.id)] if shape.recheck else [named]


def _keys(shape: Shape) -> list[ColumnElement[Any]]:
    """By what the list is sorted, the number last."""
    column = SORT_COLUMNS.get(shape.sort)
    # In the index's own order the list is sorted by the index's row number, which is the case's id.
    number = index_reads(cases.c.id)[2] if shape.text == "stream" else cases.c.id
    return [number] if column is None or shape.dated is False else [column, number]


def _after(shape: Shape) -> ColumnElement[bool]:
    keys = _keys(shape)
    if len(keys) == 1:
        place = bindparam("after_id", type_=Integer)
        return keys[0] < place if shape.descending else keys[0] > place
    row = tuple_(*keys)
    start = tuple_(bindparam("after_key", type_=Text), bindparam("after_id", type_=Integer))
    return row < start if shape.descending else row > start
