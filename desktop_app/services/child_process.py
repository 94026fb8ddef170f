"""Long work in a process of its own, so that no Python thread steals the window's frames.

The child opens the same office with the key that reaches it over its own pipe (never on a command line), does the
task, tells how far it is, and sends back what came of it. Cancelling ends the task at its next step; a transaction
that was open is rolled back.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from desktop_app.errors import Cancelled, LiuyanError, StorageProblem
from desktop_app.services.own_events import OwnEvents
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.keyring import Login

T = TypeVar("T")
Progress = Callable[[int, int], bool]
Task = Callable[[Session, Progress], T]
"""Must be picklable: a function of a module, or a partial of one."""

_PROGRESS, _RESULT, _REFUSED, _BROKEN = "progress", "result", "refused", "broken"
_CANCEL = "cancel"
_STOP_WITHIN = 10.0
"""Seconds in which a child ends that has said what became of it."""


class JobFailed(Exception):
    """A bug in a job; its report lies in the file that the argument names."""


_OWN = "own"
"""What the child recorded: it was done at this seat, and is no news to it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the child needs to enter the office as the same user, at the same seat: `own` is what that has recorded."""

    folder: Path
    user: str
    key: bytes
    today: date | None
    own: tuple[range, ...] = ()
    login: Login | None = field(default=None, repr=False)
    """The user's own account on the server."""


def entry_of(session: Session) -> Entry:
    return Entry(
        session.folder,
        session.user.name,
        session.database.key,
        session.clock.fixed,
        session.own_events.spans,
        session.database.login,
    )


def run_in_child(
    entry: Entry,
    task: Task[T],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    own: OwnEvents | None = None,
    patience: float | None = None,
) -> T:
    """Run `task` in a child and return its result; blocks. Its LiuyanError is raised here; a child that dies is
    a StorageProblem `job_died`, and nothing of it stays. `own` learns what the child recorded, however it ended.

    Cancelled, a task ends at its next step, and is waited for. With `patience` (seconds) it is only waited for so long
    and its process ended then: for a task that reads and writes nothing.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_work, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    stop_within = _STOP_WITHIN
    try:
        ours.send((entry, task))
        return _listen(ours, progress, cancelled, own or OwnEvents(), patience)  # type: ignore[no-any-return]
    except _OutOfPatience as error:
        stop_within = 0.0
        raise Cancelled from error
    finally:
        ours.close()
        child.join(stop_within)
        if child.is_alive():
            child.terminate()
            child.join()


class _OutOfPatience(Exception):
    """A cancelled child has not ended in time."""


def _listen(
    pipe: Connection,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    own: OwnEvents,
    patience: float | None,
) -> Any:
    told: float | None = None
    while True:
        if told is None and cancelled():
            told = time.monotonic()
            pipe.send(_CANCEL)
        if told is not None and patience is not None and time.monotonic() > told + patience:
            raise _OutOfPatience
        try:
            if not pipe.poll(0.1):
                continue
            kind, content = pipe.recv()
        except (EOFError, OSError) as error:
            raise StorageProblem(
                "job_died", "这项工作中途停止了，没有改动任何数据。", "请再试一次；仍不行请查看错误报告。"
            ) from error
        if kind == _PROGRESS:
            progress(*content)
        elif kind == _OWN:
            own.add_all(content)
        elif kind == _RESULT:
            return content
        elif kind == _REFUSED:
            raise content
        else:
            raise JobFailed(content)


def _work(pipe: Connection) -> None:
    """The child's whole life."""
    from desktop_app.services import office

    entry, task = pipe.recv()

    def progress(done: int, total: int) -> bool:
        pipe.send((_PROGRESS, (done, total)))
        return not (pipe.poll() and pipe.recv() == _CANCEL)

    try:
        session = office.enter_with_key(entry.folder, entry.user, entry.key, entry.today, entry.login)
        before = set(entry.own)
        session.own_events.add_all(entry.own)
        try:
            result = task(session, progress)
        finally:
            pipe.send((_OWN, [span for span in session.own_events.spans if span not in before]))
            session.close()
        pipe.send((_RESULT, result))
    except LiuyanError as error:
        pipe.send((_REFUSED, error))
    except KeyboardInterrupt:
        pipe.send((_REFUSED, Cancelled()))
    except Exception as error:
        from desktop_app.log import report_bug

        saved = report_bug(error, entry.folder)
        pipe.send((_BROKEN, str(saved)))
    finally:
        pipe.close()
