"""What other seats have changed, as the server tells it: one connection of its own that does nothing but listen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import psycopg

from desktop_app.storage.server import connect
from desktop_app.storage.server_extras import CHANNEL

if TYPE_CHECKING:
    from desktop_app.storage.server_address import ServerAddress

_LOOK_UP = 0.5
"""Seconds after which the listener looks whether it is still wanted."""
_GATHER = 0.1
"""Seconds in which the news of several transactions are told as one."""
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 10.0
"""Seconds until a lost line is tried again."""

Tables = frozenset[str] | None
"""Names of the tables that somebody changed; None where nobody knows, since the line was down."""


class ServerNews:
    """Listens until closed. `changed` is called on the listener's thread, `reachable` with whether the line is up."""

    def __init__(
        self,
        address: ServerAddress,
        own: Callable[[int], bool],
        changed: Callable[[Tables], None],
        reachable: Callable[[bool], None] = lambda _: None,
    ) -> None:
        """`own`: whether a connection of that number on the server is one of this seat, whose news are no news."""
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
            self._changed(frozenset(told))
