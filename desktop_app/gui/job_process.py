"""A long job in a process of its own: no Python thread of it can take the window's frames.

The child opens the office with the key it is given over a pipe, never on its command line.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.errors import StorageProblem

if TYPE_CHECKING:
    from desktop_app.services.session import Session

_CANCEL = "cancel"
_GONE = StorageProblem("job_lost", "这项工作意外中断，没有完成。", "请再试一次；再次中断时请联系维护人员。")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the child needs to enter the office as the same user."""

    folder: Path
    user: str
    key: bytes
    today: date | None


@dataclass
class StartedJob:
    """The child's process and our end of the pipe."""

    process: BaseProcess
    pipe: Connection

    def cancel(self) -> None:
        try:
            self.pipe.send(_CANCEL)
        except OSError:
            return  # it has ended already

    def listen(
        self,
        progressed: Callable[[int, int], None],
        ended: Callable[[Any, BaseException | None], None],
    ) -> None:
        """Call back, on a thread of no importance, for each progress and once at the end."""
        threading.Thread(target=self._hear, args=(progressed, ended), name="liuyan-job", daemon=True).start()

    def _hear(
        self,
        progressed: Callable[[int, int], None],
        ended: Callable[[Any, BaseException | None], None],
    ) -> None:
        result: Any = None
        error: BaseException | None = _GONE
        try:
            while True:
                what, value = self.pipe.recv()
                if what == "progress":
                    progressed(*value)
                    continue
                result, error = (value, None) if what == "result" else (None, value)
                break
        except (EOFError, OSError):
            error = _GONE
        self.process.join()
        self.process.close()
        ended(result, error)


def start_job(session: Session, run: Callable[[Session, Callable[[int, int], bool]], Any]) -> StartedJob:
    """Start `run` in a child that has entered the office as this session's user."""
    entry = _Entry(session.database.folder, session.user.name, session.database.key, session.clock.fixed)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_in_child, args=(entry, run, theirs), daemon=True)
    process.start()
    theirs.close()
    return StartedJob(process, ours)


def _in_child(entry: _Entry, run: Callable[[Any, Any], Any], pipe: Connection) -> None:
    from desktop_app import log
    from desktop_app.errors import LiuyanError
    from desktop_app.services.office import enter_with_key

    def progress(done: int, total: int) -> bool:
        pipe.send(("progress", (done, total)))
        return not (pipe.poll() and pipe.recv() == _CANCEL)

    try:
        session = enter_with_key(entry.folder, entry.user, entry.key, entry.today)
        try:
            result = run(session, progress)
        finally:
            session.database.close()
        pipe.send(("result", result))
    except LiuyanError as error:
        pipe.send(("error", error))
    except Exception as error:
        pipe.send(("error", JobFailed(str(log.report_bug(error, entry.folder)))))


class JobFailed(Exception):
    """A bug in a job; its report lies in the file that the argument names."""
