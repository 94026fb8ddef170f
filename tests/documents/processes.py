"""Processes of others, whose end can be waited for; Linux alone."""

from __future__ import annotations

import os
import select


class Watched:
    """A process by its number; one that has ended and whom nobody has buried counts as ended."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        try:
            self._descriptor: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._descriptor = None

    def has_ended(self, within: float = 20) -> bool:
        return self._descriptor is None or bool(select.select([self._descriptor], [], [], within)[0])
