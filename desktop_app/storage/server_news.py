"""What other seats have changed, as the server tells it: one connection of its own that does nothing but listen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg

from desktop_app.storage.case_ids import number_of
from desktop_app.storage.server_extras import CHANNEL
from desktop_app.storage.server_line import connect

if TYPE_CHECKING:
    from desktop_app.storage.server_address import ServerAddress

_LOOK_UP = 0.5
"""Seconds after which the listener looks whether it is still wanted."""
_GATHER = 0.1
"""Seconds in which the news of several transactions are told as one."""
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 10.0
"""Seconds until a lost line is tried again."""


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
    """Listens until closed. `changed` is called on the listener's thread, `reachable` with whether the line is up."""

    def __init__(
        self,
        address: ServerAddress,
        own: Callable[[int], bool],
        changed: Callable[[Heard | None], None],
        reachable: Callable[[bool], None] = lambda _: None,
    ) -> None:
        """`own`: whether a connection of that number on the server is one of this seat, whose news are no news.

        `changed` is given None where nobody knows what was changed, since the line was down.
        """
        self._address, self._own = address, own
        self._changed, self._reachable = changed, reachable
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="liuyan-news", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stops listening; returns when the thread has ended."""
        self._leaving.set()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _listen(self) -> None:
        wait, was_down = _FIRST_WAIT, False
        while not self._leaving.is_set():
            with suppress(psycopg.Error), connect(self._address) as driver:
                driver.execute(f"LISTEN {CHANNEL}")
                self._reachable(True)
                if was_down:
                    self._changed(None)
                wait, was_down = _FIRST_WAIT, False
                self._hear(driver)
            if self._leaving.is_set():
                return
            if not was_down:
                self._reachable(False)
            was_down = True
            self._leaving.wait(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def _hear(self, driver: psycopg.Connection[Any]) -> None:
        while not self._leaving.is_set():
            told = {
                one.payload
                for one in driver.notifies(timeout=_LOOK_UP, stop_after=1)
                if not self._own(one.pid)
            }
            if not told:
                continue
            told |= {one.payload for one in driver.notifies(timeout=_GATHER) if not self._own(one.pid)}
            self._changed(Heard.of(told))
