"""PostgreSQL itself: how an office's database on a server is reached, and how one transaction begins and ends there.

The pair of `engine`, which does the same for a file. The driver is imported only where an office lies on a server.
"""

from __future__ import annotations

import secrets
import socket
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from desktop_app.domain.waiting import Waiting
from desktop_app.errors import StorageProblem
from desktop_app.storage.faults import as_problem
from desktop_app.storage.server_faults import is_away, outcome_unknown, server_lost
from desktop_app.storage.server_line import connect
from desktop_app.storage.server_turn import Turn, line_name
from desktop_app.storage.turns import TURN_SECONDS

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from desktop_app.storage.server_address import ServerAddress

_KNOW_WITHIN = 60.0
"""Seconds in which a server that went away in the midst of a commit is asked again what became of it."""
_ASK_AGAIN = 0.5
_TOLD_WITHIN = 5.0
"""Seconds in which a server hears that a question is not wanted any more."""

# The line's own row, written with each change: what stands there was committed, whatever was heard of it. The number
# of a transaction would not do: a server that crashes may give it to another one.
_MARK_AND_COMMIT = (
    "INSERT INTO last_changes (line, number, day) VALUES ('{line}', {number}, CURRENT_DATE::text) "
    "ON CONFLICT (line) DO UPDATE SET number = excluded.number, day = excluded.day; COMMIT"
)
_MARK = "SELECT number FROM last_changes WHERE line = %s"
_SWEEP = "DELETE FROM last_changes WHERE day < (CURRENT_DATE - 1)::text"
_WHO = (
    "SELECT pid, extract(epoch FROM backend_start)::text FROM pg_stat_activity WHERE pid = pg_backend_pid()"
)
_END = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE pid = %s AND extract(epoch FROM backend_start)::text = %s"
)


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


@dataclass
class _Line:
    """A connection as the server knows it, and how many changes were sent over it."""

    backend: int
    since: str
    name: str
    sent: int = 0
    changes: bool = False
    """Whether the transaction that is open changes anything that must be there once or not at all."""


class _Made(threading.local):
    """The line that a thread is just making."""

    driver: psycopg.Connection[Any] | None = None


class ServerPlace:
    """An office's database on a server, as `Database` uses it."""

    def __init__(self, address: ServerAddress) -> None:
        self.address = address
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=self._new_line,
            poolclass=NullPool,  # a thread keeps its own
            pool_reset_on_return=None,  # whoever closes one has ended its transaction, or lost the line
            hide_parameters=True,  # a citizen's words must not stand in the report of a bug
            use_native_hstore=False,
        )
        self._lines: weakref.WeakKeyDictionary[Connection, _Line] = weakref.WeakKeyDictionary()
        self._drivers: weakref.WeakSet[psycopg.Connection[Any]] = weakref.WeakSet()
        self._lost: list[_Line] = []
        self._made = _Made()
        self._guard = threading.Lock()
        self._enough = threading.Event()
        self._away: StorageProblem | None = None
        self._left = False
        self.wanted: Callable[[], None] = lambda: None
        """Told that somebody needs the server while it is away (`note`)."""
        self.waits: Callable[[Waiting | None], None] = lambda _: None
        """Told, on the thread that waits, that it waits for its turn to write, and that it does no longer (None)."""

    # ------------------------------------------------------------------ lines

    def connect(self) -> Connection:
        """A new line. StorageProblem at once, and no attempt, while the server is known to be away."""
        away = self._away
        if away is not None:
            self.wanted()
            raise StorageProblem(*away.args)
        self._made.driver = None
        try:
            connection = self._engine.connect()
            driver = _driver(connection)
            row = driver.execute(_WHO).fetchone()
            self._end_lost(driver)
        except BaseException:
            # SQLAlchemy asks a first line this and that, and leaves it open where that fails.
            if self._made.driver is not None:
                self._made.driver.close()
            raise
        assert row is not None
        with self._guard:
            self._lines[connection] = _Line(row[0], row[1], secrets.token_hex(8))
        return connection

    def _new_line(self) -> psycopg.Connection[Any]:
        driver = connect(self.address)
        self._made.driver = driver
        self._register(driver)
        away = self._away
        if away is not None:  # found out meanwhile: whoever broke the lines did not know of this one
            raise StorageProblem(*away.args)
        return driver

    def _end_lost(self, driver: psycopg.Connection[Any]) -> None:
        """What a line that broke had begun may still be open at the server, with every other seat waiting for it."""
        while self._lost:
            with self._guard:
                line = self._lost.pop() if self._lost else None
            if line is not None:
                driver.execute(_END, (line.backend, line.since))

    def let_go(self, connection: Connection) -> None:
        """The line is closed: its number at the server may soon be another seat's."""
        with self._guard:
            line = self._lines.pop(connection, None)
            if line is not None and connection.invalidated:
                self._lost.append(line)

    def is_own(self, backend: int) -> bool:
        """Whether the server knows one of this seat's connections by that number."""
        with self._guard:
            return any(line.backend == backend for line in self._lines.values())

    def note(self, problem: StorageProblem | None) -> None:
        """What whoever watches the server found. One that does not answer leaves nobody waiting: lines on which
        something was asked break, and are made anew once it is back (None)."""
        if not self._left:
            self._away = problem if problem is not None and is_away(problem) else None
        if problem is not None and problem.code == "server_silent":
            self.break_lines()

    def break_lines(self) -> None:
        """Ends every line at this end, from any thread; whoever waits on one hears that it was lost."""
        with self._guard:
            drivers = list(self._drivers)
        for driver in drivers:
            with suppress(OSError, psycopg.Error), socket.fromfd(driver.fileno(), 0, 0) as line:
                line.shutdown(socket.SHUT_RDWR)

    def ask_no_longer(self) -> None:
        """From any thread: whoever waits to hear what became of a change (`commit`) is told that nobody knows, and
        whoever waits for his turn gives up (``given_up``)."""
        self._enough.set()

    def leave(self) -> None:
        """From any thread, as the program ends: nobody waits for the server any longer."""
        self._enough.set()
        self._away = self._away or server_lost()
        self._left = True
        self.break_lines()

    # ------------------------------------------------------------------ transactions

    def begin_change(
        self,
        connection: Connection,
        patience: float | None,
        marked: bool = True,
        by: tuple[str, str] = ("", ""),
    ) -> None:
        """Alone among all seats until the transaction ends; what was committed before is seen. `by` is told to who
        waits meanwhile: the user, and what the change is called.

        Not `marked` where the tables themselves go: nobody can be asked then what became of an answer that was lost.
        """
        if not self._left:
            self._enough.clear()
        connection.begin()
        self._lines[connection].changes = marked
        seconds = TURN_SECONDS if patience is None else patience
        turn = Turn(self.address, seconds, self._enough.is_set, self.waits, self._register)
        turn.take(_driver(connection), line_name(*by))

    def _register(self, driver: psycopg.Connection[Any]) -> None:
        with self._guard:
            self._drivers.add(driver)

    def begin_read(self, connection: Connection) -> None:
        """One snapshot."""
        connection.begin()
        self._lines[connection].changes = False
        _driver(connection).execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def begin_beside(self, connection: Connection) -> None:
        """A short one that waits for nobody who is writing."""
        connection.begin()
        self._lines[connection].changes = False
        _driver(connection).execute("BEGIN; SET LOCAL statement_timeout = 5000", prepare=False)

    def interrupt(self, connection: Connection) -> None:
        """From any thread: asks the server to end the statement that is under way; returns once it was told."""
        with suppress(OSError, psycopg.Error):
            # Not `cancel`, which holds the interpreter until a server has answered that may be away.
            _driver(connection).cancel_safe(timeout=_TOLD_WITHIN)

    def commit(self, connection: Connection) -> None:
        """Commits; where the line breaks just then, the server is asked whether the act stands.

        StorageProblem ``server_lost``: nothing was kept. ``outcome_unknown``: the server can't be asked.
        """
        driver, line = _driver(connection), self._lines[connection]
        if driver.info.transaction_status == TransactionStatus.INERROR:
            raise RuntimeError("a statement failed and was passed over: COMMIT would quietly roll back")
        if not line.changes:
            connection.commit()
            return
        line.sent += 1
        try:
            if line.sent == 1:
                driver.execute(_SWEEP)
            driver.execute(_MARK_AND_COMMIT.format(line=line.name, number=line.sent), prepare=False)
            connection.commit()  # for SQLAlchemy to know: the driver is in no transaction any more
        except (DBAPIError, psycopg.Error) as error:
            problem = as_problem(error)
            if problem is None or not is_away(problem):
                raise
            connection.invalidate()
            if not self._stands(line):
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

    # ------------------------------------------------------------------ a lost answer

    def _stands(self, line: _Line) -> bool:
        """Whether the last change sent over a line that broke was committed, asked until the server is back."""
        until = time.monotonic() + _KNOW_WITHIN
        while True:
            with suppress(psycopg.Error), connect(self.address) as asking:
                self._register(asking)
                # A COMMIT may still be on its way there: only once nobody waits for it does it come too late for sure.
                while asking.execute(_END, (line.backend, line.since)).fetchone() is not None:
                    if time.monotonic() > until or self._enough.wait(_ASK_AGAIN / 10):
                        raise outcome_unknown()
                row = asking.execute(_MARK, (line.name,)).fetchone()
                return row is not None and row[0] == line.sent
            if time.monotonic() > until or self._enough.wait(_ASK_AGAIN):
                raise outcome_unknown()


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    driver: Any = connection.connection.driver_connection
    return driver  # type: ignore[no-any-return]
