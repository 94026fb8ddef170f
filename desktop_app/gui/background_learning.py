"""Learning from the office's own cases while nobody waits for it: some time after the window opened, and then now and again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop_app.errors import LiuyanError
from desktop_app.gui import frame_jobs
from desktop_app.gui.operations import Operations
from desktop_app.services import suggestions

_AFTER_START_MS = 30_000
_AGAIN_MS = 3_600_000


class BackgroundLearning(QObject):
    """Asks whether it is time, and learns in a process of its own, without a word: proposals get better, that is all."""

    def __init__(self, operations: Operations, wanted: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._learning = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self.look)
        if wanted and not operations.session.clock.practice:
            self._wait.start(_AFTER_START_MS)

    def look(self) -> None:
        """See whether enough was decided since for learning anew."""
        self._wait.start(_AGAIN_MS)
        if not self._learning:
            self._operations.query(self, "learn", suggestions.is_due, self._learn, _silent, aside=True)

    def _learn(self, due: bool) -> None:
        if due:
            self._learning = True
            self._operations.behind(self, frame_jobs.learn, self._done, self._done)

    def _done(self, _: object) -> None:
        self._learning = False


def _silent(_: LiuyanError) -> None:
    """The next hour is soon enough."""
