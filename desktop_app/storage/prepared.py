"""Statements of SQLAlchemy Core compiled once, for what is asked many times a second.

Core's own cache still walks the whole statement on each call; for a page of fifty rows that costs more than
the database does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.sql.selectable import Select


class Prepared:
    """A SELECT whose parameters are all named; rows come back as plain sequences, types as the driver gives them."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._sql: str | None = None
        self._names: tuple[str, ...] = ()

    def rows(self, connection: Connection, params: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """All rows; a parameter that the statement does not have is ignored."""
        if self._sql is None:
            compiled = self._statement.compile(dialect=connection.dialect)
            self._names = tuple(compiled.positiontup or ())
            self._sql = str(compiled)
        # Straight to the driver's cursor: SQLAlchemy's rows and contexts would add a quarter to a page.
        cursor = connection.connection.cursor()
        cursor.execute(self._sql, tuple(params[name] for name in self._names))
        rows: Sequence[Sequence[Any]] = cursor.fetchall()
        cursor.close()
        return rows
