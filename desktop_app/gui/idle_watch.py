"""When nobody has used the window for a while: counted by a timer, and by the clock for when the machine slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_MINUTE_MS = 60_000


class IdleWatch(QTimer):
    """Times out after so many minutes without `used`. A timer stands still while the machine sleeps; the clock does
    not, so whoever wakes it is asked for the password first."""

    def __init__(self, minutes: int, parent: QObject, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self._used_at = clock()
        self.setSingleShot(True)
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        """From now on it waits that long; what has passed already counts."""
        self.setInterval(minutes * _MINUTE_MS)
        self.start()

    def used(self) -> bool:
        """Somebody is here. After a sleep longer than the wait it is too late for that: it times out at once, and
        what was pressed must do nothing (False)."""
        if self.overslept():
            self.stop()
            self.timeout.emit()
            return False
        self._used_at = self._clock()
        self.start()
        return True

    def begin_anew(self) -> None:
        """The password was just given."""
        self._used_at = self._clock()
        self.start()

    def overslept(self) -> bool:
        """Whether, by the clock, nobody was here for longer than the wait, though the timer has not said so."""
        return self.isActive() and (self._clock() - self._used_at) * 1000 > self.interval() > 0
