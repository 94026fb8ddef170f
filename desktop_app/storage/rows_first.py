"""The tables of an office that is about to get all of its rows at once: without whatever would have to follow each row.

Keys, indexes, references, guards and the search index are made afterwards, of all rows together, which takes a fraction
of the time; what stands then is the same as in an office that was founded and grew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable, UniqueConstraint

from desktop_app.errors import Cancelled, StorageProblem
from desktop_app.storage import tables
from desktop_app.storage.search_index import SearchIndex
from desktop_app.storage.server_extras import AFTER_ROWS, ORDERS, SEARCH_INDEX, SEARCH_TABLE
from desktop_app.storage.server_search import ServerSearchIndex
from desktop_app.storage.sqlite_extras import SQLITE_EXTRAS
from desktop_app.storage.table_rows import carried_tables

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.schema import Constraint

Progress = Callable[[int, int], bool]
_Tell = Callable[[int], None]
Counts = Mapping[str, int]
"""Rows by the name of their table."""

_A_CASE_SEARCHED = 40
"""To write what is found of a case takes so many times as long as to put a row into an index."""
_MEMORY = "256MB"
"""For an index while it is made; a server gives 64 where nobody asks."""


class RowsFirst(Protocol):
    """The tables behind a connection that is within the transaction in which all of the office comes."""

    def make(self) -> None:
        """The bare tables, stamped with the newest schema."""

    def finish(self, counts: Counts, progress: Progress) -> None:
        """All that follows from the rows. Cancelled; StorageProblem ``damaged`` where rows of one table do not go with
        those of another."""


class FileRowsFirst:
    """In a new file. References are looked at once, at the end, so `foreign_keys` is off on the connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self) -> None:
        # SQLite takes keys and references with the table or never; rows come in the order of their keys.
        for table in tables.metadata.sorted_tables:
            self._connection.execute(CreateTable(table))
        _stamp(self._connection)

    def finish(self, counts: Counts, progress: Progress) -> None:
        _run(self._pieces(counts), progress)

    def _pieces(self, counts: Counts) -> Iterator[_Piece]:
        for table in carried_tables():
            yield from _indexes(self._connection, table, counts)
            if table.foreign_key_constraints:
                yield _Piece(counts[table.name], partial(self._check_references, table.name))
        for statement in SQLITE_EXTRAS:
            yield _statement(self._connection, statement)
        yield _searched(SearchIndex(self._connection), counts)

    def _check_references(self, table: str) -> None:
        if self._connection.exec_driver_sql(f'PRAGMA foreign_key_check("{table}")').first() is not None:
            raise _not_together(table)


class ServerRowsFirst:
    """In an empty schema on a server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self) -> None:
        for table in tables.metadata.sorted_tables:
            self._connection.execute(CreateTable(table, include_foreign_key_constraints=[]))
        for table in carried_tables():
            for key in _keys(table):
                self._run(f'ALTER TABLE "{table.name}" DROP CONSTRAINT {key.name}')
        for statement in SEARCH_TABLE:
            self._run(statement)
        _stamp(self._connection)

    def finish(self, counts: Counts, progress: Progress) -> None:
        self._run(f"SET LOCAL maintenance_work_mem = '{_MEMORY}'")
        _run(self._pieces(counts), progress)
        self._run("RESET maintenance_work_mem")

    def _pieces(self, counts: Counts) -> Iterator[_Piece]:
        for table in carried_tables():
            for key in _keys(table):
                yield _Piece(counts[table.name], partial(self._add, table, key))
            yield from _indexes(self._connection, table, counts)
        for statement in ORDERS:
            yield _statement(self._connection, statement, counts["cases"])
        for table in carried_tables():
            for key in table.foreign_key_constraints:
                yield _Piece(counts[table.name], partial(self._add, table, key))
        yield _searched(ServerSearchIndex(self._connection), counts)
        for statement in SEARCH_INDEX:
            yield _statement(
                self._connection, statement, counts["cases"] * _A_CASE_SEARCHED // len(SEARCH_INDEX)
            )
        for statement in AFTER_ROWS:
            yield _statement(self._connection, statement)
        for name in (*(table.name for table in tables.metadata.sorted_tables), "case_search"):
            yield _statement(self._connection, f'ANALYZE "{name}"')

    def _add(self, table: Table, key: Constraint) -> None:
        # Not by SQLAlchemy's own AddConstraint: that would leave it out wherever the table is made from then on.
        told = self._connection.dialect.ddl_compiler(self._connection.dialect, CreateTable(table)).process(
            key
        )
        try:
            self._run(f'ALTER TABLE "{table.name}" ADD {told}')
        except IntegrityError as error:
            raise _not_together(table.name) from error

    def _run(self, statement: str) -> None:
        self._connection.exec_driver_sql(statement)


# ------------------------------------------------------------------ piece by piece


@dataclass(frozen=True, slots=True)
class _Piece:
    """One thing to make: it takes about as long as to put `size` rows into an index."""

    size: int
    act: Callable[[], object]
    watched: Callable[[_Tell], object] | None = None
    """In the place of `act` where it tells how far it is."""


def _run(pieces: Iterator[_Piece], progress: Progress) -> None:
    waiting = list(pieces)
    total, before = sum(piece.size + 1 for piece in waiting), 0

    def tell(done: int) -> None:
        if not progress(before + done, total):
            raise Cancelled

    for piece in waiting:
        if piece.watched is not None:
            piece.watched(tell)
        else:
            piece.act()
        tell(piece.size + 1)
        before += piece.size + 1


def _statement(connection: Connection, statement: str, size: int = 0) -> _Piece:
    return _Piece(size, partial(connection.exec_driver_sql, statement))


def _indexes(connection: Connection, table: Table, counts: Counts) -> Iterator[_Piece]:
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        yield _Piece(counts[table.name], partial(index.create, connection))


def _searched(search: SearchIndex, counts: Counts) -> _Piece:
    def write(tell: _Tell) -> None:
        search.rebuild(lambda done: tell(done * _A_CASE_SEARCHED))

    return _Piece(counts["cases"] * _A_CASE_SEARCHED, search.rebuild, write)


def _keys(table: Table) -> list[Constraint]:
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    return [table.primary_key, *sorted(unique, key=lambda one: str(one.name))]


def _stamp(connection: Connection) -> None:
    connection.execute(tables.schema_version.insert().values(version_num=tables.SCHEMA_VERSION))


def _not_together(table: str) -> StorageProblem:
    return StorageProblem(
        "damaged",
        f"表 {table} 里有与别的表对不上、或者重复的行。没有搬，原处没有改动。",
        "请先在原处运行 verify；有问题的，先从备份恢复，或用 verify --rebuild 重建。",
    )
