"""A long job as it is shown: its title, how far it is, and that it is to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

Progress = Callable[[int, int], bool]
"""Called within a job with done and total; False asks it to stop (it raises Cancelled)."""


class Job(QObject):
    """A long job, waiting or under way, for the strip that shows it."""

    progress = Signal(int, int)
    ended = Signal()

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask it to stop; it ends with Cancelled, and nothing half-done stays."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        return self._stop.is_set()
