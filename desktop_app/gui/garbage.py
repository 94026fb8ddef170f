"""Cycles of references are collected in the window's thread alone.

Python collects in whichever thread happens to ask for memory. What it finds there may be a widget or a signal's
sender, whose end is the window thread's to bring about: ended in another, it waits for Python's one lock while it holds
one of Qt's, and the window, which holds Python's, waits for Qt's. Neither goes on, ever. So collecting by chance is off
in the window's process, and a timer does it where it does no harm.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


class Garbage(QObject):
    """Collects as often as Python itself would, by its own thresholds; belongs to the application."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()


def collect_what_is_due() -> None:
    """The oldest generation that has grown beyond its threshold, and the younger with it; mostly none."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    if counts[0] <= thresholds[0]:
        return
    oldest = 0
    while oldest < 2 and counts[oldest + 1] > thresholds[oldest + 1]:
        oldest += 1
    gc.collect(oldest)
