"""What lies beside the database and is wanted before anybody can open it: small documents with a name, the key ring
first of all. They lie in files of the office's folder, or in rows on its server.

On a server they are reached by short connections of the address's own account, which may see this one table, kept in
a schema of its own, and nothing else. The driver is imported only there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from desktop_app.errors import StorageProblem
from desktop_app.storage.safe_files import disk_faults_told, write_whole
from desktop_app.storage.server_address import ServerAddress, read_address

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy.engine import Connection

DOOR_SCHEMA = "liuyan_door"
"""Of the one table that whoever has no more than the address may see."""

_TABLE = f"{DOOR_SCHEMA}.office_files"
_LOCK_SECONDS = 10.0
_CHINA = timezone(timedelta(hours=8))


class Shelf(Protocol):
    """Documents with a name, each written whole or not at all. Raises StorageProblem where disk or server fail."""

    @property
    def place(self) -> str:
        """Where it is, for a sentence."""

    def where(self, name: str) -> str:
        """Where a document of that name is, likewise."""

    def prepare(self) -> None:
        """Makes it, where an office is founded; nothing where it is there."""

    def read(self, name: str) -> bytes | None:
        """The document; None where there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Puts it there, in the place of another of that name."""

    def remove(self, name: str) -> None:
        """Takes it away; one that is not there is none to remove."""

    @contextmanager
    def locked(self, name: str, called: str) -> Iterator[None]:
        """One at a time, over all processes and seats. StorageProblem ``locked``, in which it is `called` so."""


def shelf_of(folder: Path) -> Shelf:
    """The shelf of the office in that folder, or on the server that the folder points to."""
    address = read_address(folder)
    return FolderShelf(folder) if address is None else ServerShelf(address)


def shelf_within(connection: Connection, folder: Path) -> Shelf:
    """The same shelf within the transaction of `connection`, where that leads to a server."""
    address = read_address(folder)
    if address is None or connection.dialect.name != "postgresql":
        return FolderShelf(folder)
    driver: Any = connection.connection.driver_connection
    return ServerShelf(address, driver)


class FolderShelf:
    """Files beside the database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def place(self) -> str:
        return str(self._folder)

    def where(self, name: str) -> str:
        return str(self._folder / name)

    def prepare(self) -> None:
        with disk_faults_told():
            self._folder.mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> bytes | None:
        try:
            with disk_faults_told():
                return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes) -> None:
        write_whole(self._folder / name, content)

    def remove(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)

    @contextmanager
    def locked(self, name: str, called: str) -> Iterator[None]:
        from filelock import FileLock, Timeout

        try:
            with disk_faults_told(), FileLock(self._folder / f"{name}.lock", timeout=_LOCK_SECONDS):
                yield
        except Timeout as error:
            raise _busy(called) from error


class ServerShelf:
    """Rows on a server; one connection serves all that is done under a lock. `line`: a connection in whose transaction
    all is done."""

    def __init__(self, address: ServerAddress, line: psycopg.Connection[Any] | None = None) -> None:
        self._address = address
        self._held = line
        self._within = line is not None

    @property
    def place(self) -> str:
        return self._address.shown

    def where(self, name: str) -> str:
        return f"{self._address.shown}中的 {name}"

    def prepare(self) -> None:
        with self._line() as line, line.transaction():
            line.execute(f"SELECT pg_advisory_xact_lock({_lock_number('')})")
            line.execute(f"CREATE SCHEMA IF NOT EXISTS {DOOR_SCHEMA}")
            line.execute(
                f"CREATE TABLE IF NOT EXISTS {_TABLE} "
                "(name text PRIMARY KEY, content bytea NOT NULL, changed text NOT NULL)"
            )

    def read(self, name: str) -> bytes | None:
        from psycopg.errors import InvalidSchemaName, UndefinedTable

        with self._line() as line:
            try:
                found = line.execute(
                    f"SELECT content FROM {_TABLE} WHERE name = %s", (name,), binary=True
                ).fetchone()
            except (UndefinedTable, InvalidSchemaName):
                return None
        return None if found is None else bytes(found[0])

    def write(self, name: str, content: bytes) -> None:
        with self._line() as line:
            line.execute(
                f"INSERT INTO {_TABLE} (name, content, changed) VALUES (%s, %s, %s) ON CONFLICT (name) "
                "DO UPDATE SET content = excluded.content, changed = excluded.changed",
                (name, content, datetime.now(_CHINA).isoformat(timespec="seconds")),
            )

    def remove(self, name: str) -> None:
        with self._line() as line:
            line.execute(f"DELETE FROM {_TABLE} WHERE name = %s", (name,))

    @contextmanager
    def locked(self, name: str, called: str) -> Iterator[None]:
        from psycopg.errors import LockNotAvailable

        # Within a transaction the lock goes with that, else with the connection.
        ask, local = ("pg_advisory_xact_lock", "LOCAL") if self._within else ("pg_advisory_lock", "")
        with self._line() as line:
            try:
                line.execute(
                    f"SET {local} lock_timeout = {round(_LOCK_SECONDS * 1000)}; "
                    f"SELECT {ask}({_lock_number(name)})",
                    prepare=False,
                )
            except LockNotAvailable as error:
                raise _busy(called) from error
            self._held = line
            try:
                yield
            finally:
                self._held = line if self._within else None

    @contextmanager
    def _line(self) -> Iterator[psycopg.Connection[Any]]:
        if self._held is not None:
            yield self._held
            return
        from desktop_app.storage.server_line import connect, line_faults_told

        with line_faults_told(), connect(self._address) as line:
            yield line


def _lock_number(name: str) -> int:
    """By which the server knows the lock; the database's own."""
    return int.from_bytes(hashlib.sha256(f"{_TABLE} {name}".encode()).digest()[:8], "big", signed=True)


def _busy(called: str) -> StorageProblem:
    return StorageProblem("locked", f"{called}正被另一个程序写入。", "请稍候再试。")
