"""The threads behind the window: each does its tasks one after the other, and gives every one back."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject

from desktop_app.errors import LiuyanError
from desktop_app.gui.changes import Changes
from desktop_app.gui.jobs import Job

_LOG = logging.getLogger(__name__)

Failed = Callable[[LiuyanError], None]


@dataclass
class Task:
    """A question, a change or a job: what is asked for, for whom, and in the end what came of it."""

    owner: QObject
    run: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Failed | None
    changes: Changes | None = None
    topic: str = ""
    ticket: int = 0
    job: Job | None = None
    result: Any = None
    error: BaseException | None = None
    dropped: bool = False
    aside: bool = False
    again: str = ""
    asked: float = field(default_factory=time.perf_counter)
    ran: float = 0.0

    def note_time(self) -> None:
        """Into the log, where times are kept: from the question until its answer stood in the page."""
        name = self.topic or "change"
        whole = (time.perf_counter() - self.asked) * 1000
        _LOG.debug("%s: %.1f ms, of which the answer took %.1f", name, whole, self.ran * 1000)

    def let_go(self) -> None:
        """Of everything, in the window's thread, once it is settled: the thread that answered holds on to it until it
        is asked for something else, and what it then were the last to hold would end there (`garbage`)."""
        del self.owner, self.run, self.then, self.failed
        self.result = self.error = None


@dataclass
class Line:
    """A thread that does its tasks one after the other."""

    name: str
    done: Callable[[Task], None]
    wanted: Callable[[Task], bool]
    interrupt: Callable[[int], None] | None = None
    """Has what a thread reads end; for lines whose answers may not be wanted any more."""
    tasks: queue.SimpleQueue[Task | None] = field(default_factory=queue.SimpleQueue)
    thread: threading.Thread | None = None
    running: Task | None = None
    guard: threading.Lock = field(default_factory=threading.Lock)

    def put(self, task: Task) -> None:
        if self.thread is None:
            self.thread = threading.Thread(target=self._work, name=self.name, daemon=True)
            self.thread.start()
        self.tasks.put(task)

    def stop(self) -> None:
        """Ends after what was given is done, and waits for it."""
        if self.thread is not None:
            self.tasks.put(None)
            self.thread.join()
            self.thread = None

    def end_unwanted(self) -> bool:
        """Has the question under way interrupted where its answer is not wanted any more; whether there is such."""
        with self.guard:  # until it is let go, the thread can't begin with the next
            task, thread = self.running, self.thread
            if task is None or thread is None or thread.ident is None or self.wanted(task):
                return False
            task.dropped = True
            if self.interrupt is not None:
                self.interrupt(thread.ident)
            return True

    def _work(self) -> None:
        while (task := self.tasks.get()) is not None:
            with self.guard:
                self.running = task if self.wanted(task) else None
            if self.running is None:
                task.dropped = True
            else:
                self._run(task)
            self.done(task)

    def _run(self, task: Task) -> None:
        started = time.perf_counter()
        try:
            task.result = task.run()
        except BaseException as error:
            task.error = error
        task.ran = time.perf_counter() - started
        with self.guard:
            self.running = None
