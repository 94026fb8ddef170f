"""Backups that nobody has to think of: at the first entry of a day, and on leaving after something was recorded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui import frame_jobs
from desktop_app.gui.changes import Changes
from desktop_app.gui.jobs import Job
from desktop_app.gui.messages import Message
from desktop_app.gui.operations import Operations
from desktop_app.services import backups
from desktop_app.services.backups import BackedUp


class DailyBackup(QObject):
    """Asks whether a backup is due, and makes it in a process of its own. What goes wrong is a line in the strip.

    `wanted` is False where a window is opened to be looked at, as by the self-test.
    """

    def __init__(
        self, operations: Operations, show: Callable[[Message], None], wanted: bool, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._operations, self._show = operations, show
        self._wanted = wanted and not operations.session.clock.practice
        self._left = False
        self._job: Job | None = None

    def begin(self) -> None:
        """As the window opens, and when a new day begins under it."""
        if self._wanted:
            self._ask(False, lambda due: self._make("每日备份", False) if due else None)

    def forget(self) -> None:
        """Leave without one."""
        self._wanted = False

    def is_making(self, job: Job) -> bool:
        """Whether that job is ours: it is short, and leaving waits for it without asking."""
        return job is self._job

    def before_leaving(self, leave: Callable[[], object]) -> bool:
        """Whether the window has to wait; `leave` is called once it may go. It waits for this only once."""
        if self._left or not self._wanted:
            return False
        self._left = True

        def go_on(due: bool) -> None:
            if due:
                self._make("退出前备份", True)  # the window goes by itself when all work is done
            else:
                leave()

        def go(_: LiuyanError) -> None:
            leave()  # what can't be asked must not keep anybody here

        self._ask(True, go_on, go)
        return True

    def _ask(
        self, leaving: bool, then: Callable[[bool], None], failed: Callable[[LiuyanError], None] | None = None
    ) -> None:
        ask = partial(backups.is_due, leaving=leaving)
        self._operations.query(self, "due", ask, then, failed or self._tell)

    def _make(self, title: str, leaving: bool) -> None:
        self._job = self._operations.job(
            self,
            title,
            partial(frame_jobs.back_up_if_due, leaving),
            self._made,
            Changes.of("backups"),
            self._tell,
        )

    def _made(self, made: BackedUp | None) -> None:
        if made is not None and made.fault:
            self._show(Message(made.fault, "refused"))

    def _tell(self, error: LiuyanError) -> None:
        remedy = error.remedy if isinstance(error, StorageProblem) else None
        self._show(Message(f"自动备份没有做成：{error}{remedy or ''}", "refused"))
