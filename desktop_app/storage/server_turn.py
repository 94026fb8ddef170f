"""One's turn to write on a server: waiting for the office's one lock, who has it meanwhile, and giving up.

Every change bears, as the name of its line at the server (`application_name`), who makes it and what it is, in so far
as it is called anything: that name every account may read, and it is gone with the change.
"""

from __future__ import annotations

import base64
import binascii
import select
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus

from desktop_app.domain.waiting import Waiting
from desktop_app.errors import StorageProblem
from desktop_app.storage.server_line import connect
from desktop_app.storage.turns import gave_up, waited_in_vain

if TYPE_CHECKING:
    from psycopg.pq.abc import PGresult

    from desktop_app.storage.server_address import ServerAddress

ONE_WRITER = 0x6C697579616E
"""``liuyan``; the lock is the database's, so every office has its own."""

_TOLD_AFTER = 2.0
_LOOK_EVERY = 2.0
"""Seconds after which a wait is told of, and who has the lock is looked up again."""
_STEP = 0.1
_TOLD_WITHIN = 5.0
"""Seconds in which a server hears that the turn is not wanted any more."""

_NAME = "liuyan"
_LONGEST_NAME = 63
_LONGEST = (_LONGEST_NAME - len(_NAME) - 1) // 4 * 3
"""Bytes of UTF-8 that find room in a name, which is ASCII."""

_HOLDER = (
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
    f"AND l.classid = {ONE_WRITER >> 32} AND l.objid = {ONE_WRITER & 0xFFFFFFFF} "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def line_name(user: str, doing: str) -> str:
    """The name of a line on which `user` makes a change that is called `doing`."""
    room = _LONGEST - len(f"\n{doing}".encode())
    who = user.encode()[: max(room, 0)].decode(errors="ignore")
    told = base64.b64encode(f"{who}\n{doing}".encode()[:_LONGEST]).decode()
    return f"{_NAME} {told}"


def read_line_name(name: str) -> tuple[str, str]:
    """Who makes a change, and what it is called; empty where the name does not tell."""
    told = name.removeprefix(f"{_NAME} ")
    if told == name:
        return "", ""
    try:
        user, _, doing = base64.b64decode(told, validate=True).decode(errors="ignore").partition("\n")
    except binascii.Error:
        return "", ""
    return user, doing


@dataclass
class Turn:
    """The wait of one line for the office's lock. `enough` is asked all the while whether to give up; `waits` is told
    how it stands, and None once it is over; `register` hears of the line over which the server is asked meanwhile."""

    address: ServerAddress
    seconds: float
    enough: Callable[[], bool]
    waits: Callable[[Waiting | None], None]
    register: Callable[[psycopg.Connection[Any]], None]
    _asking: psycopg.Connection[Any] | None = None
    _seen: Waiting | None = None

    def take(self, driver: psycopg.Connection[Any], name: str) -> None:
        """Begins a transaction that has the lock; returns once it has.

        StorageProblem ``locked`` after all the seconds, ``given_up``; psycopg.Error of server and line.
        """
        lock_timeout = max(round(self.seconds * 1000), 1)
        began = time.monotonic()
        driver.pgconn.send_query(
            f"BEGIN; SET LOCAL lock_timeout = {lock_timeout}; SET LOCAL application_name = '{name}'; "
            f"SELECT pg_advisory_xact_lock({ONE_WRITER})".encode()
        )
        faults: list[psycopg.Error] = []
        try:
            while not _is_answered(driver, faults):
                self._look(time.monotonic() - began)
                if self.enough():
                    raise gave_up(self._seen)
            if faults:
                raise faults[0]
        except psycopg.errors.LockNotAvailable as error:
            raise waited_in_vain(self.seconds, self._seen) from error
        except BaseException:
            _call_off(driver)
            raise
        finally:
            self._end()

    def _look(self, passed: float) -> None:
        if passed < _TOLD_AFTER or (self._seen is not None and passed - self._seen.seconds < _LOOK_EVERY):
            return
        user, doing = read_line_name(self._ask())
        self._seen = Waiting(passed, self.seconds, user, doing)
        self.waits(self._seen)

    def _ask(self) -> str:
        """The name of the line that has the lock; empty where nobody has it, or it can't be asked."""
        with suppress(psycopg.Error, StorageProblem):
            if self._asking is None:
                self._asking = connect(self.address)
                self.register(self._asking)
            found = self._asking.execute(_HOLDER).fetchone()
            return "" if found is None else str(found[0])
        return ""

    def _end(self) -> None:
        if self._asking is not None:
            self._asking.close()
        if self._seen is not None:
            self.waits(None)


def _is_answered(driver: psycopg.Connection[Any], faults: list[psycopg.Error]) -> bool:
    """Whether the whole answer has come, waiting for it a moment; what the server complains of goes to `faults`."""
    line = driver.pgconn
    line.flush()
    line.consume_input()
    if line.is_busy():
        select.select([line.socket], [], [], _STEP)
        line.consume_input()
    while not line.is_busy():
        result = line.get_result()
        if result is None:
            return True
        if result.status == ExecStatus.FATAL_ERROR:
            faults.append(_fault(result))
    return False


def _fault(result: PGresult) -> psycopg.Error:
    state, words = result.error_field(DiagnosticField.SQLSTATE), result.get_error_message()
    if state is None:
        return psycopg.OperationalError(words)
    return psycopg.errors.lookup(state.decode())(words)


def _call_off(driver: psycopg.Connection[Any]) -> None:
    """So that the line can be used again: the server is told, and what it still says is heard."""
    with suppress(psycopg.Error, OSError):
        if driver.pgconn.transaction_status == TransactionStatus.ACTIVE:
            driver.cancel_safe(timeout=_TOLD_WITHIN)
            while driver.pgconn.get_result() is not None:
                pass
