"""The rows of an office's tables as either engine has them, for carrying them from one to the other: read in the order
of their keys, written in one go, known by a digest. No more than a few rows are in memory at any time.

Values are the drivers' own, 0 and 1 for a flag, so that nothing is made of them on the way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql

from desktop_app.storage.server_search import NO_NUL
from desktop_app.storage.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_NOT_AS_ROWS = frozenset(("alembic_version", "attachment_contents", "office_forms"))
"""The schema is the target's own; files lie in rows on one engine and in a folder on the other (`beside_tables`)."""

_MAPPED = "search_texts"
"""The table whose texts may bear a NUL, which PostgreSQL keeps in no text; there NO_NUL stands for it."""

Row = tuple[Any, ...]


def carried_tables() -> tuple[Table, ...]:
    """What is carried row by row, each table after those that it refers to."""
    return tuple(table for table in metadata.sorted_tables if table.name not in _NOT_AS_ROWS)


@dataclass(frozen=True, slots=True)
class Told:
    """How many rows a table has, and by what all of them are known."""

    count: int
    digest: str


class Teller:
    """Counts rows that pass, and digests them in their order."""

    def __init__(self) -> None:
        self._count = 0
        self._digest = hashlib.sha256()

    def passing(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._count += 1
            # A repr tells 1 from "1", NULL from nothing, and where one value ends.
            self._digest.update(repr(row).encode())
            yield row

    @property
    def told(self) -> Told:
        return Told(self._count, self._digest.hexdigest())


class TableRows(Protocol):
    """The tables of one office, within a transaction of its connection."""

    def count(self, table: Table) -> int:
        """How many rows it has."""

    def read(self, table: Table) -> Generator[Row, None, None]:
        """All of them, in the order of the primary key, which is the same order in both engines; to be closed."""

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """Adds rows to a table that is empty."""

    def last_given(self, table: Table) -> int:
        """The highest number that the engine itself has given to a row, whether it is still there or not."""

    def go_on_after(self, table: Table, number: int) -> None:
        """The engine's next number for a row comes after this one."""


def rows_of(connection: Connection) -> TableRows:
    """The tables behind a connection of SQLAlchemy that is within a transaction."""
    driver: Any = connection.connection.driver_connection
    return ServerRows(driver) if connection.dialect.name == "postgresql" else FileRows(driver)


def numbered_tables() -> tuple[Table, ...]:
    """Those whose rows the engine numbers by itself."""
    return tuple(table for table in carried_tables() if table.autoincrement_column is not None)


class FileRows:
    """Tables in an SQLite file."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def count(self, table: Table) -> int:
        return int(self._driver.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0])

    def read(self, table: Table) -> Generator[Row, None, None]:
        asked = f'SELECT {_columns(table)} FROM "{table.name}" ORDER BY {_keys(table)}'
        yield from self._driver.execute(asked)

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        places = ", ".join("?" for _ in table.columns)
        self._driver.executemany(f'INSERT INTO "{table.name}" ({_columns(table)}) VALUES ({places})', rows)

    def last_given(self, table: Table) -> int:
        asked = f'SELECT max("{_number(table)}") FROM "{table.name}"'
        highest = self._driver.execute(asked).fetchone()[0] or 0
        return max(highest, self._kept(table))

    def go_on_after(self, table: Table, number: int) -> None:
        # Others begin after the highest number there is: SQLite knows no other rule for them.
        if table.dialect_options["sqlite"]["autoincrement"] and number > self._kept(table):
            self._driver.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
            self._driver.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table.name, number))

    def _kept(self, table: Table) -> int:
        if not table.dialect_options["sqlite"]["autoincrement"]:
            return 0
        row = self._driver.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).fetchone()
        return row[0] if row is not None else 0


class ServerRows:
    """Tables in an office's schema on a PostgreSQL server, by its own COPY."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def count(self, table: Table) -> int:
        return int(self._driver.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0])

    def read(self, table: Table) -> Generator[Row, None, None]:
        asked = f'SELECT {_columns(table)} FROM "{table.name}" ORDER BY {_keys(table)}'
        with (
            self._driver.cursor() as cursor,
            cursor.copy(f"COPY ({asked}) TO STDOUT (FORMAT BINARY)") as copy,
        ):
            copy.set_types(_types(table))
            rows = copy.rows()
            yield from _with_nuls(rows) if table.name == _MAPPED else rows

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        asked = f'COPY "{table.name}" ({_columns(table)}) FROM STDIN (FORMAT BINARY)'
        with self._driver.cursor() as cursor, cursor.copy(asked) as copy:
            copy.set_types(_types(table))
            for row in _without_nuls(rows) if table.name == _MAPPED else rows:
                copy.write_row(row)

    def last_given(self, table: Table) -> int:
        sequence, number = self._sequence(table), _number(table)
        row = self._driver.execute(
            f'SELECT greatest((SELECT coalesce(max("{number}"), 0) FROM "{table.name}"), '
            f"(SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}))"
        ).fetchone()
        return int(row[0])

    def go_on_after(self, table: Table, number: int) -> None:
        if number:
            self._driver.execute("SELECT setval(%s, %s)", (self._sequence(table), number))

    def _sequence(self, table: Table) -> str:
        row = self._driver.execute(
            "SELECT pg_get_serial_sequence(%s, %s)", (table.name, _number(table))
        ).fetchone()
        return str(row[0])


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _keys(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.primary_key.columns)


def _number(table: Table) -> str:
    column = table.autoincrement_column
    assert column is not None
    return column.name


@cache
def _types(table: Table) -> list[str]:
    """What the columns are to the server; written in its own form, a number is no text and a text no number."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    return [column.type.compile(dialect).split(" ")[0].lower() for column in table.columns]


def _without_nuls(rows: Iterable[Row]) -> Iterator[Row]:
    return (_mapped(row, "\x00", NO_NUL) for row in rows)


def _with_nuls(rows: Iterable[Row]) -> Iterator[Row]:
    return (_mapped(row, NO_NUL, "\x00") for row in rows)


def _mapped(row: Row, old: str, new: str) -> Row:
    return tuple(value.replace(old, new) if isinstance(value, str) else value for value in row)
