"""How long the window's thread was kept, turn by turn, into the log (`log.keeps_times`): what a hand feels as a stall."""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QAbstractEventDispatcher, QObject

_LOG = logging.getLogger(__name__)
_FRAME_MS = 16.0


class TurnWatch(QObject):
    """Notes every turn of events that took longer than a frame."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._woke = time.perf_counter()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._wake)
        dispatcher.aboutToBlock.connect(self._rest)

    def _wake(self) -> None:
        self._woke = time.perf_counter()

    def _rest(self) -> None:
        kept = (time.perf_counter() - self._woke) * 1000
        if kept > _FRAME_MS:
            _LOG.debug("kept the window for %.1f ms", kept)
