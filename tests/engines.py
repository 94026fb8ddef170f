"""On which engine the offices of this run lie, and what tests do with them behind the program's back.

`pytest --engine postgresql` puts each office into a database of its own, on a server that the run starts. A test
makes its office with `place`, copies it with `copy_office`, attacks it with `behind`, and knows no engine.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.storage.server_address import ServerAddress, read_address, write_address

if TYPE_CHECKING:
    from tests.postgres_server import PostgresServer

SQLITE, POSTGRESQL = "sqlite", "postgresql"
ENGINES = (SQLITE, POSTGRESQL)


class NoServer(Exception):
    """There is no PostgreSQL on this machine; says so in Chinese, for `make test`."""


class _Run:
    """What this run of pytest works on."""

    engine = SQLITE
    server: PostgresServer | None = None
    databases: dict[Path, str]

    def __init__(self) -> None:
        self.databases = {}


_run = _Run()


def choose(engine: str) -> None:
    """From here on offices lie on that engine. Raises NoServer where there is none to be had."""
    if engine == POSTGRESQL:
        from tests.postgres_server import programs

        programs()
    _run.engine = engine


def on_server() -> bool:
    """Whether offices lie on a server in this run."""
    return _run.engine == POSTGRESQL


def server() -> PostgresServer:
    """The run's server, started when it is first asked for."""
    from tests.postgres_server import PostgresServer

    if _run.server is None:
        _run.server = PostgresServer.start()
    return _run.server


def place(folder: Path) -> Path:
    """Where an office is to be made: the folder itself, or one that points to an empty database on the server."""
    if on_server():
        _point(folder, server().make_database(_name_of(folder)))
    return folder


def copy_office(source: Path, target: Path) -> Path:
    """A copy of an office that nobody is in, with its database where that lies on a server; returns `target`."""
    shutil.copytree(source, target)
    if read_address(source) is not None:
        put_database(source, target)
    return target


def put_database(source: Path, target: Path) -> None:
    """Puts a copy of the one office's database in the place of the other's; nobody is in either."""
    address = read_address(source)
    if address is None:
        shutil.copyfile(source / "office.db", target / "office.db")
    else:
        forget(target)
        # A process that was killed may not have been noticed by the server yet.
        server().cut_connections(address.database)
        _point(target, server().make_database(_name_of(target), template=address.database))


def forget(folder: Path) -> None:
    """Drops the databases of all offices in and under that folder."""
    for one in [one for one in _run.databases if one.is_relative_to(folder.resolve())]:
        server().drop_database(_run.databases.pop(one))


def close() -> None:
    """Ends the server, if there is one."""
    if _run.server is not None:
        _run.server.close()
    _run.server = None
    _run.databases.clear()


def _name_of(folder: Path) -> str:
    return "office_" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]


def _point(folder: Path, url: str) -> None:
    address = ServerAddress.of(url)
    _run.databases[folder.resolve()] = address.database
    write_address(folder, address)


# ------------------------------------------------------------------ behind the program's back


class Behind:
    """A connection past the program: of who holds the key to the file, or is the administrator of the server.

    Statements are SQL that both engines understand, their parameters written as ``?``; each is committed at once.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        address = read_address(folder)
        self._on_server = address is not None
        self._disarmed = False
        self._driver: Any
        if address is None:
            from desktop_app.storage.engine import connect_file

            self._driver = connect_file(folder / "office.db", key)
        else:
            self._driver = server().connect(address.database)
            self._driver.execute("SET search_path TO liuyan")

    def execute(self, statement: str, given: Sequence[Any] = ()) -> Any:
        """Runs one statement; what it found is fetched from what this returns."""
        if not given:
            return self._driver.execute(statement)
        return self._driver.execute(self._spelled(statement), given)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs one statement for each row."""
        for row in rows:
            self.execute(statement, row)

    def disarm(self) -> None:
        """Lifts what keeps chains from being changed and references from being broken, as an attacker would."""
        if self._on_server:
            # No trigger fires from here on but those that count along.
            self._have_counted("ENABLE ALWAYS")
            self._driver.execute("SET session_replication_role = replica")
            self._disarmed = True
            return
        for _, trigger in self._triggers():
            if "_not_" in trigger:
                self._driver.execute(f"DROP TRIGGER {trigger}")
        self._driver.execute("PRAGMA foreign_keys = OFF")

    def tables(self) -> list[str]:
        """The names of all tables of the office."""
        asked = (
            "SELECT tablename FROM pg_tables WHERE schemaname = 'liuyan'"
            if self._on_server
            else "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        return [name for (name,) in self._driver.execute(asked).fetchall()]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables."""
        return {
            name: sorted(self._driver.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in self.tables()
        }

    def close(self) -> None:
        """Ends it, and leaves no trace of what was lifted on a server; a file has lost its triggers."""
        if self._disarmed:
            self._have_counted("ENABLE")
        self._driver.close()

    def _have_counted(self, how: str) -> None:
        for table, trigger in self._triggers():
            if "_counted" in trigger:
                self._driver.execute(f'ALTER TABLE {table} {how} TRIGGER "{trigger}"')

    def _spelled(self, statement: str) -> str:
        return statement.replace("%", "%%").replace("?", "%s") if self._on_server else statement

    def _triggers(self) -> list[tuple[str, str]]:
        asked = (
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
            if self._on_server
            else "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
        )
        return [(str(table), str(trigger)) for table, trigger in self._driver.execute(asked).fetchall()]


@contextmanager
def behind(folder: Path, key: bytes) -> Iterator[Behind]:
    """Such a connection to the office in `folder`, closed at the end."""
    opened = Behind(folder, key)
    try:
        yield opened
    finally:
        opened.close()
