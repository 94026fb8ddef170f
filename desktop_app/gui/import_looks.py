"""Looking at a file before it is brought in: a small one by questions, a large one by jobs that can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from desktop_app.gui import import_job
from desktop_app.gui.import_state import FileRead, Wish
from desktop_app.gui.jobs import Job, Progress
from desktop_app.gui.operations import Operations
from desktop_app.services.session import Session

_LOOK = "file"
"""The topic of reading and of trying out: of all that is asked for only the newest is wanted."""


class ImportLooks(QObject):
    """Reads a file and tries it out for the import page, off the window's thread; the newest wish is answered, by one
    of the signals."""

    read = Signal(object)
    """FileRead."""
    unreadable = Signal(object)
    """Why not (LiuyanError)."""
    reading_stopped = Signal()
    tried = Signal(object)
    """What would become of every row (Brought)."""
    refused = Signal(object)
    """Why it cannot be brought in (LiuyanError)."""
    trial_stopped = Signal()

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._turn = 0
        self._job: Job | None = None

    def open(self, path: Path, sheet: str | None) -> bool:
        """Read the file's sheet; whether that is a job."""
        wish: dict[str, Any] = {"path": path, "sheet": sheet}
        answers = self.read, self.unreadable, self.reading_stopped
        if import_job.is_large(path):
            self._as_job(f"读取 {path.name}", partial(import_job.read_large, **wish), *answers)
            return True
        self._as_question(partial(import_job.read_file, **wish), *answers[:2])
        return False

    def try_out(self, read: FileRead, wish: Wish) -> None:
        """See what would come of the import."""
        answers = self.tried, self.refused, self.trial_stopped
        if import_job.is_long(read):
            self._as_job(f"试算 {wish.path.name}", partial(import_job.try_out_large, wish=wish), *answers)
        else:
            self._as_question(partial(import_job.try_out, wish=wish), *answers[:2])

    def drop(self) -> None:
        """Nothing is wanted any more."""
        self._turn += 1
        self._operations.forget(self, _LOOK)
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _as_question(
        self, ask: Callable[[Session], object], answered: SignalInstance, failed: SignalInstance
    ) -> None:
        self.drop()
        self._operations.query(self, _LOOK, ask, answered.emit, failed.emit)

    def _as_job(
        self,
        title: str,
        run: Callable[[Session, Progress], object],
        answered: SignalInstance,
        failed: SignalInstance,
        stopped: SignalInstance,
    ) -> None:
        self.drop()
        turn = self._turn

        def tell(signal: SignalInstance, content: object) -> None:
            if turn == self._turn:
                signal.emit(content)

        def ended() -> None:
            if turn == self._turn and job.is_cancelled():
                stopped.emit()

        job = self._job = self._operations.job(
            self,
            title,
            run,
            partial(tell, answered),
            None,
            partial(tell, failed),
            import_job.SOON,
        )
        job.ended.connect(ended)
