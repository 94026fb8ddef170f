"""Which threads read just now, so that another can end a question whose answer nobody waits for any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop_app.errors import Cancelled

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


@dataclass
class _Reading:
    connection: Connection
    guard: threading.Lock = field(default_factory=threading.Lock)
    interrupted: bool = False
    over: bool = False


class Readings:
    """`end` has the engine end what it does on a connection; where that takes a while (`aside`), a thread waits for it."""

    def __init__(self, end: Callable[[Connection], None], aside: bool) -> None:
        self._end = end
        self._aside = aside
        self._of: dict[int, _Reading] = {}

    @contextmanager
    def under_way(self, connection: Connection) -> Iterator[None]:
        """This thread reads by that connection; Cancelled where it was interrupted before it had all."""
        reading = self._of[threading.get_ident()] = _Reading(connection)
        try:
            yield
        except Exception as error:
            if reading.interrupted:
                raise Cancelled from error
            raise
        finally:
            # Whoever is about to interrupt must not hit what this thread does next.
            with reading.guard:
                reading.over = True
            del self._of[threading.get_ident()]

    def interrupt(self, thread: int) -> None:
        """End what that thread waits for, if it reads just now."""
        reading = self._of.get(thread)
        if reading is None:
            return
        if self._aside:
            threading.Thread(
                target=self._interrupt, args=(reading,), name="liuyan-interrupt", daemon=True
            ).start()
        else:
            self._interrupt(reading)

    def _interrupt(self, reading: _Reading) -> None:
        with reading.guard:
            if not reading.over:
                reading.interrupted = True
                self._end(reading.connection)
