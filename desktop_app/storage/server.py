"""PostgreSQL itself: how an office's database on a server is reached, and how one transaction begins and ends there.

The pair of `engine`, which does the same for a file. The driver is imported only where an office lies on a server.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from desktop_app.errors import StorageProblem
from desktop_app.storage.faults import as_problem
from desktop_app.storage.server_line import WAIT_SECONDS, connect

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from desktop_app.storage.server_address import ServerAddress

_ONE_WRITER = 0x6C697579616E  # "liuyan"; the lock is the database's, so every office has its own
_KNOW_WITHIN = 60.0
"""Seconds in which a server that went away in the midst of a commit is asked again what became of it."""


@contextmanager
def server_faults_told() -> Iterator[None]:
    """Raises what the server, the driver and the line complain of inside as StorageProblem; bugs pass as they are."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        problem = as_problem(error)
        if problem is None:
            raise
        raise problem from error


class ServerPlace:
    """An office's database on a server, as `Database` uses it."""

    def __init__(self, address: ServerAddress) -> None:
        self.address = address
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: connect(address),
            poolclass=NullPool,  # a thread keeps its own
            hide_parameters=True,  # a citizen's words must not stand in the report of a bug
            use_native_hstore=False,
        )
        self._xid: dict[int, str] = {}
        self._own: set[int] = set()

    def connect(self) -> Connection:
        connection = self._engine.connect()
        self._own.add(_driver(connection).info.backend_pid)
        return connection

    def is_own(self, backend: int) -> bool:
        """Whether the server knows one of this seat's connections by that number."""
        return backend in self._own

    def begin_change(self, connection: Connection, patience: float | None) -> None:
        """Alone among all seats until the transaction ends; what was committed before is seen."""
        wait = WAIT_SECONDS if patience is None else patience
        connection.begin()
        cursor = _driver(connection).execute(
            f"BEGIN; SET LOCAL lock_timeout = {max(round(wait * 1000), 1)}; "
            f"SELECT pg_advisory_xact_lock({_ONE_WRITER}); SELECT pg_current_xact_id()::text"
        )
        while cursor.nextset():
            pass
        row = cursor.fetchone()
        assert row is not None
        self._xid[id(connection)] = row[0]

    def begin_read(self, connection: Connection) -> None:
        """One snapshot."""
        connection.begin()
        _driver(connection).execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def commit(self, connection: Connection) -> None:
        """Commits; where the line breaks just then, the server is asked whether the act stands.

        StorageProblem ``server_lost``: nothing was kept. ``outcome_unknown``: the server can't be asked.
        """
        xid = self._xid.pop(id(connection), "")
        if _driver(connection).info.transaction_status == TransactionStatus.INERROR:
            raise RuntimeError("a statement failed and was passed over: COMMIT would quietly roll back")
        try:
            connection.commit()
        except DBAPIError as error:
            problem = as_problem(error)
            if not xid or problem is None or problem.code != "server_lost":
                raise
            connection.invalidate()
            if not self._stands(xid):
                raise problem from error

    def is_broken(self, connection: Connection) -> bool:
        """Whether the line was lost: the driver rolls back a dead one without a word."""
        return connection.invalidated or _driver(connection).closed

    def check_still_there(self) -> None:
        """The server answers for its files itself."""

    def version(self, connection: Connection) -> int:
        """Changes whenever anybody has committed, this connection too; whose it was is told by `ServerNews`."""
        with server_faults_told():
            row = (
                _driver(connection).execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text").fetchone()
            )
        assert row is not None
        return int(row[0])

    def faults_told(self) -> AbstractContextManager[None]:
        return server_faults_told()

    def close(self) -> None:
        self._engine.dispose()

    def _stands(self, xid: str) -> bool:
        """Whether the transaction of that number was committed, asked until the server is back."""
        until = time.monotonic() + _KNOW_WITHIN
        while True:
            with suppress(psycopg.Error), connect(self.address) as asking:
                row = asking.execute("SELECT pg_xact_status(%s::text::xid8)", (xid,)).fetchone()
                if row is not None and row[0] in ("committed", "aborted"):
                    return bool(row[0] == "committed")
            if time.monotonic() > until:
                raise StorageProblem(
                    "outcome_unknown",
                    "保存的那一刻与服务器断开，服务器还没有恢复，不知道这一步存上没有。",
                    "连上以后请先看这一件的办理记录：有这一步就是已经存上，没有就请再办一次。",
                )
            time.sleep(0.5)


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    driver: Any = connection.connection.driver_connection
    return driver  # type: ignore[no-any-return]
