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
        self._compiled: dict[str, tuple[str, tuple[str, ...] | None]] = {}

    def rows(self, connection: Connection, params: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """All rows; a parameter that the statement does not have is ignored."""
        sql, names = self.compiled(connection)
        # Straight to the driver's cursor: SQLAlchemy's rows and contexts would add a quarter to a page.
        cursor = connection.connection.cursor()
        cursor.execute(sql, params if names is None else tuple(params[name] for name in names))
        rows: Sequence[Sequence[Any]] = cursor.fetchall()
        cursor.close()
        return rows

    def compiled(self, connection: Connection) -> tuple[str, tuple[str, ...] | None]:
        """Its SQL for the engine, and the order of its parameters where the driver goes by that."""
        known = self._compiled.get(connection.dialect.name)
        if known is not None:
            return known
        compiled = self._statement.compile(dialect=connection.dialect)
        # The dialect of SQLite is asked for positions, that of PostgreSQL for names.
        names = tuple(compiled.positiontup or ()) if compiled.dialect.positional else None
        return self._compiled.setdefault(connection.dialect.name, (str(compiled), names))
