"""What SQLite and PostgreSQL spell differently, as words of SQLAlchemy Core that either understands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Integer, and_, bindparam, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def is_set(flag: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a flag of a table is 1; a literal, because a partial index serves only where its condition does."""
    return flag == literal_column("1")


def is_unset(flag: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a flag of a table is 0."""
    return flag == literal_column("0")


def within(column: ColumnElement[str], first: Any, last: Any) -> ColumnElement[bool]:
    """Whether a text lies in a span, both ends included; PostgreSQL's BETWEEN would not take the order we compare by."""
    return and_(column >= first, column <= last)


class OneOf(ColumnElement[bool]):
    """Whether a column is one of many values, given as one parameter by `as_list`: one statement for any number."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.wanted: ColumnElement[Any] = bindparam(name)

    def self_group(self, against: object = None) -> OneOf:
        """Itself: as any other truth it would be compared with 1 where it stands alone, and no index would serve."""
        return self


@compiles(OneOf, "sqlite")
def _in_json(element: OneOf, compiler: Any, **given: Any) -> str:
    column, wanted = (compiler.process(part, **given) for part in (element.column, element.wanted))
    return f"{column} IN (SELECT value FROM json_each({wanted}))"


@compiles(OneOf, "postgresql")
def _any(element: OneOf, compiler: Any, **given: Any) -> str:
    column, wanted = (compiler.process(part, **given) for part in (element.column, element.wanted))
    return f"{column} = ANY({wanted})"


def as_list(connection: Connection, values: Iterable[Any]) -> Any:
    """Values as the engine takes a list of them for `OneOf`."""
    several = list(values)
    return several if connection.dialect.name == "postgresql" else json.dumps(several)


class PlaceOf(ColumnElement[int]):
    """The place, counted from 1, at which a text holds another; 0 where it does not."""

    inherit_cache = False
    type = Integer()

    def __init__(self, text: ColumnElement[str], part: str) -> None:
        self.text = text
        self.part: ColumnElement[str] = bindparam(None, part, unique=True)


@compiles(PlaceOf, "sqlite")
def _instr(element: PlaceOf, compiler: Any, **given: Any) -> str:
    return f"instr({compiler.process(element.text, **given)}, {compiler.process(element.part, **given)})"


@compiles(PlaceOf, "postgresql")
def _strpos(element: PlaceOf, compiler: Any, **given: Any) -> str:
    return f"strpos({compiler.process(element.text, **given)}, {compiler.process(element.part, **given)})"
