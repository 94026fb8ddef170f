"""Work off the window's thread: two verbs, query and change, and long jobs in a process of their own.

One writer thread runs changes in order; one reader answers queries, each on its own snapshot; an answer that a newer
request of the same topic has overtaken is dropped. Results come back by signal into the window's thread; then what
changed is told to all pages, and each looks for its own kinds.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop_app.errors import Cancelled, LiuyanError
from desktop_app.services.child_process import Task, entry_of, run_in_child
from desktop_app.services.session import Session

T = TypeVar("T")
Failed = Callable[[LiuyanError], None]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a change touched: kinds (cases, units, settings, batches, papers) and the numbers of cases, where known."""

    kinds: frozenset[str]
    numbers: frozenset[str] = frozenset()


@dataclass
class Job:
    """A long piece of work under way; `cancel` asks it to stop, and nothing of it stays."""

    title: str
    _cancelled: Event = field(default_factory=Event)

    def cancel(self) -> None:
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()


class Operations(QObject):
    """The window's only way to the office's data."""

    changed = Signal(object)
    problem = Signal(object)
    """An error nobody answered for: a LiuyanError, or any other exception, which is a bug."""
    busy = Signal(bool)
    """Whether a change is under way (数据正在保存)."""
    job_started = Signal(object)
    job_progress = Signal(object, int, int)
    job_ended = Signal(object)
    _in_window = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = ThreadPoolExecutor(1, "reader")
        self._writer = ThreadPoolExecutor(1, "writer")
        self._jobs = ThreadPoolExecutor(1, "jobs")
        self._requests: dict[tuple[int, str], int] = {}
        self._writing = 0
        self._running_jobs: list[Job] = []
        self._in_window.connect(self._run_in_window, Qt.ConnectionType.QueuedConnection)

    def query(
        self,
        owner: QObject,
        topic: str,
        ask: Callable[[Session], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Ask, and call `then` with the answer; an older request of the same owner and topic is forgotten."""
        place = (id(owner), topic)
        number = self._requests.get(place, 0) + 1
        self._requests[place] = number

        def is_stale() -> bool:
            return self._requests.get(place) != number or not isValid(owner)

        def work() -> None:
            if not is_stale():
                self._deliver(lambda: ask(self._session), then, failed, is_stale)

        self._reader.submit(work)

    def change(
        self,
        owner: QObject,
        act: Callable[[Session], T],
        then: Callable[[T], None],
        changes: Changes,
        failed: Failed | None = None,
    ) -> None:
        """Do one act; on success tell `then`, and all pages what changed. Acts are done in the order given."""
        self._writing += 1
        self.busy.emit(True)

        def finished(result: T) -> None:
            if isValid(owner):
                then(result)
            self.changed.emit(changes)

        def settled() -> None:
            self._writing -= 1
            if not self._writing:
                self.busy.emit(False)

        def work() -> None:
            self._deliver(lambda: act(self._session), finished, failed, lambda: False)
            self._in_window.emit(settled)

        self._writer.submit(work)

    def job(
        self,
        owner: QObject,
        title: str,
        task: Task[T],
        then: Callable[[T], None],
        changes: Changes | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Do long work in a child process, with progress; `task` must be picklable."""
        job = Job(title)
        self._running_jobs.append(job)
        entry = entry_of(self._session)

        def finished(result: T) -> None:
            if isValid(owner):
                then(result)
            if changes is not None:
                self.changed.emit(changes)

        def ended() -> None:
            self._running_jobs.remove(job)
            self.job_ended.emit(job)

        def tell(done: int, total: int) -> None:
            self._in_window.emit(lambda: self.job_progress.emit(job, done, total))

        def work() -> None:
            self._in_window.emit(lambda: self.job_started.emit(job))
            self._deliver(
                lambda: run_in_child(entry, task, tell, job.is_cancelled), finished, failed, lambda: False
            )
            self._in_window.emit(ended)

        self._jobs.submit(work)
        return job

    @property
    def is_writing(self) -> bool:
        """Whether closing now would have to wait."""
        return self._writing > 0 or bool(self._running_jobs)

    def close(self) -> None:
        """Wait for what is being written, drop what is only being asked."""
        for job in list(self._running_jobs):
            job.cancel()
        self._requests.clear()
        for pool in (self._writer, self._jobs, self._reader):
            pool.shutdown(wait=True, cancel_futures=pool is not self._writer)

    def _deliver(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Failed | None,
        is_stale: Callable[[], bool],
    ) -> None:
        """Run `work` here, and bring what came of it into the window's thread."""
        try:
            result = work()
        except Cancelled:
            return
        except Exception as error:
            failure = error
            self._in_window.emit(lambda: None if is_stale() else self._fail(failure, failed))
        else:
            self._in_window.emit(lambda: None if is_stale() else then(result))

    def _fail(self, error: Exception, failed: Failed | None) -> None:
        if failed is not None and isinstance(error, LiuyanError):
            failed(error)
        else:
            self.problem.emit(error)

    def _run_in_window(self, call: Callable[[], Any]) -> None:
        call()
