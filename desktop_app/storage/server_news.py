"""What other seats have changed, as the server tells it: one connection of its own that does nothing but listen.

It is also who watches whether the server is there: where nothing is heard for a while it asks, and a server that does
not answer in time is away, whatever the network makes the system believe.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg

from desktop_app.errors import StorageProblem
from desktop_app.storage.case_ids import number_of
from desktop_app.storage.faults import as_problem
from desktop_app.storage.server_extras import CHANNEL
from desktop_app.storage.server_faults import server_lost, server_silent
from desktop_app.storage.server_line import connect

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn

    from desktop_app.storage.server import ServerPlace

PULSE = 5.0
"""Seconds of silence after which the server is asked whether it is there."""
ANSWER = 10.0
"""Seconds in which it has to say so."""
_GATHER = 0.1
"""Seconds in which the news of several transactions are told as one."""
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 5.0
"""Seconds until a lost line is tried again; at once, where somebody needs it."""
_LET_THE_THREAD_END = 1.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody changed: names of tables, ``office`` for what concerns no case, ``cases``; `numbers` of the cases,
    empty for any."""

    names: frozenset[str]
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, payloads: Iterable[str]) -> Heard:
        """Reads what the server told (`server_extras`)."""
        names: set[str] = set()
        numbers: set[str] = set()
        any_case = False
        for payload in payloads:
            name, *ids = payload.split(" ")
            if name != "events":
                names.add(name)
                continue
            names.add("cases")
            known = [int(one) for one in ids if one]
            numbers.update(number_of(one) for one in known)
            any_case = any_case or not known
        return cls(frozenset(names), frozenset() if any_case else frozenset(numbers))


class ServerNews:
    """Listens until closed. `changed` is called on the listener's thread, `reachable` with why the server can't be
    reached, once each time; None when it can again."""

    def __init__(
        self,
        place: ServerPlace,
        changed: Callable[[Heard | None], None],
        reachable: Callable[[StorageProblem | None], None] = lambda _: None,
    ) -> None:
        """`place` is told what is found about the server; what its own connections change is no news.

        `changed` is given None where nobody knows what was changed, since the line was down.
        """
        self._place = place
        self._changed, self._reachable = changed, reachable
        self._guard = threading.Lock()
        self._leaving = False
        self._waker, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._listen, name="liuyan-news", daemon=True)
        place.wanted = self._wake
        self._thread.start()

    def close(self) -> None:
        """Stops listening: nothing is told any more. A thread that waits for a server is not waited for."""
        with self._guard:
            self._leaving = True
        self._wake()
        if threading.current_thread() is not self._thread:
            self._thread.join(_LET_THE_THREAD_END)

    def _wake(self) -> None:
        with suppress(OSError):
            self._waker.send(b"!")

    # ------------------------------------------------------------------ the thread

    def _listen(self) -> None:
        with self._waker, self._woken:
            self._listen_on()

    def _listen_on(self) -> None:
        wait, told_away = _FIRST_WAIT, ""
        while not self._leaving:
            problem = self._hear_until_lost(told_away != "")
            if self._leaving:
                return
            if self._was_up:
                wait, told_away = _FIRST_WAIT, ""
            if problem.code != told_away:
                told_away = problem.code
                self._tell_reachable(problem)
            self._rest(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def _hear_until_lost(self, was_away: bool) -> StorageProblem:
        """Listens as long as it can; why it could not any more."""
        self._was_up = False
        try:
            # `closing`: left to itself, a connection would commit first, which one that was given up on can't.
            with closing(connect(self._place.address)) as driver:
                driver.execute(f"LISTEN {CHANNEL}")
                self._was_up = True
                self._tell_reachable(None)
                if was_away:
                    self._tell(None)
                return self._hear(driver)
        except (psycopg.Error, OSError) as error:
            return as_problem(error) or server_lost()

    def _hear(self, driver: psycopg.Connection[Any]) -> StorageProblem:
        line = driver.pgconn
        while True:
            told = self._next(line, PULSE)
            if self._leaving:
                return server_lost()
            if told:
                time.sleep(_GATHER)
                told |= self._there(line)
                self._tell(Heard.of(told))
            elif not self._answers(line):
                return server_silent()

    def _next(self, line: PGconn, within: float) -> set[str]:
        """What is told next; nothing where nothing is within that time, or somebody woke the thread."""
        told = self._there(line)
        until = time.monotonic() + within
        while not told and not self._leaving and (left := until - time.monotonic()) > 0:
            if line.socket in self._readable(line.socket, left):
                told = self._there(line)
        return told

    def _there(self, line: PGconn) -> set[str]:
        """What has come by now, of others."""
        line.consume_input()
        told = set()
        while (one := line.notifies()) is not None:
            if not self._place.is_own(one.be_pid):
                told.add(one.extra.decode())
        return told

    def _answers(self, line: PGconn) -> bool:
        """Asks the server for nothing, and waits for that; what it tells meanwhile stays to be read."""
        line.send_query(b"")
        until = time.monotonic() + ANSWER
        while line.is_busy():
            if self._leaving:
                return True
            if not self._readable(line.socket, until - time.monotonic()) and time.monotonic() >= until:
                return False
            line.consume_input()
        while line.get_result() is not None:
            pass
        return True

    def _readable(self, line: int, within: float) -> list[Any]:
        watched: list[Any] = [line, self._woken]
        found, _, _ = select.select(watched, [], [], max(within, 0))
        if self._woken in found:
            self._woken.recv(4096)
        return found

    def _rest(self, seconds: float) -> None:
        found, _, _ = select.select([self._woken], [], [], seconds)
        if found:
            self._woken.recv(4096)

    # ------------------------------------------------------------------ telling

    def _tell(self, heard: Heard | None) -> None:
        with self._guard:
            if not self._leaving:
                self._changed(heard)

    def _tell_reachable(self, problem: StorageProblem | None) -> None:
        with self._guard:
            if not self._leaving:
                self._place.note(problem)
                self._reachable(problem)
