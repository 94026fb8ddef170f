"""The two verbs for work off the window's thread, query and change, and long jobs in a process of their own.

One reader thread answers queries, each on its own snapshot; one writer thread runs changes in order. Answers
come back to the window's thread; answers nobody waits for any more are dropped. Then what changed is told to all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from desktop_app.domain.waiting import Waiting
from desktop_app.errors import Cancelled, LiuyanError, StorageProblem
from desktop_app.gui.changes import ALL_KINDS, Changes
from desktop_app.gui.jobs import Job, Progress
from desktop_app.gui.line_watch import LineWatch
from desktop_app.gui.task_lines import Failed, Line, Task
from desktop_app.gui.typed_words import TypedWords
from desktop_app.services import coming_and_going, news, presence

if TYPE_CHECKING:
    from desktop_app.services.news import News
    from desktop_app.services.session import Session

T = TypeVar("T")

_LOOK_FOR_OTHERS_MS = 3_000
_INTERRUPT_AGAIN_MS = 50
_ASK_AGAIN_MS = 1_000
_LEAVE_WITHIN = 5.0
"""Seconds in which what is under way may end by itself as the window closes; then a server is waited for no longer."""


_BEHIND = "behind"
"""The topic of what is done though nobody asked for it."""


class Operations(QObject):
    """All work with the office's data that the window asks for."""

    changed = Signal(object)
    """Changes, after each change and job, and when another program has written to the data."""
    failed = Signal(object)
    """An exception nobody else has taken: for the frame."""
    job_started = Signal(object)
    """Job."""
    saving = Signal(bool)
    """Whether a change or a job is under way."""
    reachable = Signal(object)
    """Why the server of an office of several seats can't be reached (StorageProblem), or None: it can; whenever that
    changes."""
    waiting = Signal(object)
    """How long another seat's change is waited for by now (Waiting), or None: not any more."""

    _came_back = Signal(object)
    _job_came_back = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._latest: dict[tuple[int, str], int] = {}
        self._tickets = 0
        self._changes_under_way = 0
        self._jobs: dict[Job, None] = {}
        self._closed = False
        self.line: LineWatch[Task] = LineWatch()
        self.lost = 0
        """How many changes could not be kept; what was typed is not among them, which is kept later."""
        self._version: int | None = None
        self._wrote = False
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._job_came_back.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)
        self._reader = Line("liuyan-reader", self._came_back.emit, self._is_wanted, session.interrupt)
        self._aside = Line("liuyan-aside", self._came_back.emit, self._is_wanted, session.interrupt)
        self._writer = Line("liuyan-writer", self._came_back.emit, lambda task: True)
        self._worker = Line("liuyan-jobs", self._came_back.emit, lambda task: True)
        self._behind = Line("liuyan-behind", self._came_back.emit, self._is_wanted)
        self._leaving = threading.Event()
        self._nag = QTimer(self)
        self._nag.setInterval(_INTERRUPT_AGAIN_MS)
        self._nag.timeout.connect(self._end_unwanted)
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_FOR_OTHERS_MS)
        self._watch.timeout.connect(self.look_for_others)
        self.typed = TypedWords(self)
        session.tell_waits(self._tell_waiting)
        self._stop_listening = news.listen(session, self._heard, self._tell_reachable)
        if self._stop_listening is None:
            self._watch.start()

    def query(
        self,
        owner: QObject,
        topic: str,
        ask: Callable[[Session], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
        aside: bool = False,
    ) -> None:
        """Ask for something, and get it in the window's thread.

        Only the answer to the newest request of one owner on one topic comes back; none once the owner is gone.
        A question over all cases is asked `aside`, on a thread of its own: no list waits behind it.
        """
        if self._closed:
            return
        self._tickets += 1
        self._latest[id(owner), topic] = self._tickets
        task = Task(
            owner, lambda: ask(self.session), then, failed, topic=topic, ticket=self._tickets, aside=aside
        )
        self._ask(task)
        self._end_unwanted()

    def _ask(self, task: Task) -> None:
        if task.aside:
            self._aside.put(task)
            return
        self.line.begins(task)
        self._reader.put(task)

    def forget(self, owner: QObject, topic: str) -> None:
        """Drop whatever is still being asked on that topic."""
        self._tickets += 1
        self._latest[id(owner), topic] = self._tickets
        self._end_unwanted()

    def _end_unwanted(self) -> None:
        """Has questions interrupted that nobody waits for, so that none waits behind them; again, as long as one goes
        on: between two statements there is nothing to interrupt."""
        reader, aside = self._reader.end_unwanted(), self._aside.end_unwanted()
        if reader or aside:
            self._nag.start()
        else:
            self._nag.stop()

    def change(
        self,
        owner: QObject,
        act: Callable[[Session], T],
        then: Callable[[T], None],
        changes: Changes,
        failed: Failed | None = None,
        again: str = "",
    ) -> None:
        """Do something, in the order asked for. Once it is safely on disk: `then`, and `changed` for everybody.

        `again`: where a server is away, this is done once it is back, unless something else was asked for by the
        same name; for what is typed. Everything else has failed then.
        """
        if self._closed:
            return
        if again:
            self.line.is_newer(again)
        self._write(Task(owner, lambda: act(self.session), then, failed, changes, again=again))

    def _write(self, task: Task) -> None:
        self._changes_under_way += 1
        self.saving.emit(True)
        self.line.begins(task)
        self._writer.put(task)

    def job(
        self,
        owner: QObject,
        title: str,
        run: Callable[[Session, Progress], T],
        then: Callable[[T], None],
        changes: Changes | None = None,
        failed: Failed | None = None,
        patience: float | None = None,
    ) -> Job:
        """Do something long in a process of its own, with a strip that shows its progress and 取消.

        `run` is a module's function, or a functools.partial of one, with arguments and a result that can be
        pickled: a lambda or a widget's method cannot go to another process. Cancelled, it ends at its next step; one
        that only reads is given `patience` (seconds) for that.
        """
        from desktop_app.services.child_process import entry_of, run_in_child

        job, entry = Job(title, self), entry_of(self.session)
        tell = partial(self._tell_progress, job)
        return self._begin(
            job,
            owner,
            lambda: run_in_child(entry, run, tell, job.is_cancelled, self.session.own_events, patience),
            then,
            changes,
            failed,
        )

    def behind(
        self,
        owner: QObject,
        run: Callable[[Session, Progress], T],
        then: Callable[[T], None],
        failed: Failed,
    ) -> None:
        """Do something long that nobody asked for, in a process of its own: no strip, and leaving does not wait for
        its end. `run` as for a job."""
        from desktop_app.services.child_process import entry_of, run_in_child

        if self._closed:
            return
        entry = entry_of(self.session)

        def work() -> T:
            told = self._leaving.is_set
            return run_in_child(entry, run, lambda done, total: None, told, self.session.own_events)

        self._tickets += 1
        self._latest[id(owner), _BEHIND] = self._tickets
        self._behind.put(Task(owner, work, then, failed, topic=_BEHIND, ticket=self._tickets))

    def job_here(
        self,
        owner: QObject,
        title: str,
        run: Callable[[Progress], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Job:
        """Something long that cannot leave this process, as a printer cannot; in line with the others.

        `run` must not hold the interpreter for longer than a frame at a time.
        """
        job = Job(title, self)

        def progress(done: int, total: int) -> bool:
            self._tell_progress(job, done, total)
            return not job.is_cancelled()

        return self._begin(job, owner, lambda: run(progress), then, None, failed)

    def _begin(
        self,
        job: Job,
        owner: QObject,
        run: Callable[[], T],
        then: Callable[[T], None],
        changes: Changes | None,
        failed: Failed | None,
    ) -> Job:
        def work() -> T:
            if job.is_cancelled():
                raise Cancelled
            return run()

        self._jobs[job] = None
        self._worker.put(Task(owner, work, then, failed, changes, job=job))
        self.job_started.emit(job)
        self.saving.emit(True)
        return job

    def _tell_progress(self, job: Job, done: int, total: int) -> None:
        self._job_came_back.emit(lambda: job.progress.emit(done, total))

    @property
    def busy(self) -> bool:
        """Whether a change or a job is under way."""
        return bool(self._changes_under_way or self._jobs)

    @property
    def changing(self) -> bool:
        """Whether a change is under way; a job may only read."""
        return self._changes_under_way > 0

    @property
    def on_server(self) -> bool:
        """Whether the office is one of several seats."""
        return self._stop_listening is not None

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(self._jobs)

    def look_for_others(self) -> None:
        """See whether another program, such as the command line, has written to the data."""
        self.query(self, "data version", lambda session: session.data_version(), self._see_version)

    def _heard(self, told: News) -> None:
        """From the thread that listens to the server."""
        kinds = ALL_KINDS if told.kinds is None else told.kinds
        self._job_came_back.emit(lambda: self.changed.emit(Changes(kinds, told.numbers)))

    def _tell_reachable(self, problem: StorageProblem | None) -> None:
        """From the same thread."""
        self._job_came_back.emit(lambda: self._see_line(problem))

    def _see_line(self, problem: StorageProblem | None) -> None:
        self.line.note(problem)
        self.reachable.emit(problem)
        self._try_again()

    def _tell_waiting(self, waiting: Waiting | None) -> None:
        """From the thread that waits."""
        self._job_came_back.emit(lambda: self._see_waiting(waiting))

    def _see_waiting(self, waiting: Waiting | None) -> None:
        self.line.note_turn(waiting)
        self.waiting.emit(waiting)

    @property
    def act_waits(self) -> bool:
        """Whether what waits for its turn is something that somebody pressed a button for."""
        task = self._writer.running
        return self.line.turn is not None and task is not None and not task.again

    def give_up_waiting(self) -> None:
        """Do without what waits for its turn; it has failed then (``given_up``)."""
        if self.act_waits:
            self.session.ask_no_longer()

    def _try_again(self) -> None:
        """What waited for the server, where it is back: what was typed is written, what was asked is asked again."""
        if self._closed or (self.line.away is not None and news.is_away(self.line.away)):
            return
        questions, typing = self.line.take()
        for task in typing:
            task.error = None
            self._write(task)
        for task in questions:
            place = id(task.owner), task.topic
            if isValid(task.owner) and place not in self._latest:
                self._tickets += 1
                task.error, task.ticket = None, self._tickets
                self._latest[place] = self._tickets
                self._ask(task)

    def _waits(self, task: Task, problem: StorageProblem) -> bool:
        """Whether something that failed for the server's being away is tried again by itself."""
        in_turn = self.on_server and bool(task.again) and news.is_in_turn(problem)
        if not (news.is_away(problem) or in_turn) or self._closed:
            return False
        if task.again:
            self.line.keep_typing(task.again, task)
        elif task.changes is None and task.job is None and task.failed is None:
            self.line.keep_question((id(task.owner), task.topic), task)
        else:
            return False
        if self.line.away is None:
            # Nobody else has noticed, and nobody will tell that it is back.
            QTimer.singleShot(_ASK_AGAIN_MS, self, self._try_again)
        return True

    def close(self) -> None:
        """Take nothing more, stop jobs, finish what is being written, and let the data go."""
        self._closed = True
        self._watch.stop()
        if self._stop_listening is not None:
            self._stop_listening()
        self._leaving.set()
        self.typed.close()
        for job in self._jobs:
            job.cancel()
        self._latest.clear()
        self._nag.stop()
        for line in (self._reader, self._aside):
            line.end_unwanted()
        # A server that does not answer keeps no window open.
        enough = threading.Timer(_LEAVE_WITHIN, self.session.leave)
        enough.daemon = True
        enough.start()
        for line in (self._writer, self._worker, self._behind, self._reader, self._aside):
            line.stop()
        if self.line.away is None:
            presence.leave(self.session)
            coming_and_going.note_leaving(self.session, coming_and_going.WINDOW)
        enough.cancel()
        self.session.close()

    def _see_version(self, version: int) -> None:
        before, self._version = self._version, version
        wrote, self._wrote = self._wrote, False
        if before is not None and version != before and not wrote:
            self.changed.emit(Changes(ALL_KINDS))

    def _is_wanted(self, task: Task) -> bool:
        return self._latest.get((id(task.owner), task.topic)) == task.ticket

    def _deliver(self, task: Task) -> None:
        self.line.ends(task)
        if task.job is not None:
            del self._jobs[task.job]
            task.job.ended.emit()
            task.job.deleteLater()
        elif task.changes is not None:
            self._changes_under_way -= 1
        elif task.dropped or not self._is_wanted(task):
            task.let_go()
            return
        else:
            del self._latest[id(task.owner), task.topic]
        self._settle(task)

    def _settle(self, task: Task) -> None:
        there = isValid(task.owner)
        was_work = task.changes is not None or task.job is not None
        waits = False
        if task.error is not None:
            waits = self._tell_error(task, there)
        else:
            if there and not self._closed:
                task.then(task.result)
            task.note_time()
            if task.changes is not None:
                self._wrote = True
                self.changed.emit(task.changes)
        if not waits:
            task.let_go()
        if was_work:
            self.saving.emit(self.busy)

    def _tell_error(self, task: Task, there: bool) -> bool:
        """Whether nobody is told, since it is tried again later."""
        error = task.error
        if isinstance(error, Cancelled):
            return False
        if isinstance(error, StorageProblem):
            if self._waits(task, error):
                return True
            self.lost += task.changes is not None
        if isinstance(error, LiuyanError) and task.failed is not None and there:
            task.failed(error)
        else:
            self.failed.emit(error)
        return False
