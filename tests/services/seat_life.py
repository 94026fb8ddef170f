"""One seat of an office on a server, as a process of its own: random acts, each written down before it and after it.

    python -m tests.services.seat_life <seat's folder> <user> <acts> <seed>

What stands in the seat's own file as done was acknowledged to whoever sits there: from then on it may never be lost.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.errors import LiuyanError, Refusal, StorageProblem
from desktop_app.services import case_list, case_view, desk, drafts, office, queries
from desktop_app.services.session import Session
from tests.cli.offices import PASSWORD
from tests.services.office_life import ACTS, TODAY, Life, Promise

NOTES = "acts.jsonl"
_PATIENCE = 120
"""Seconds for a server to come back."""
_AGAIN = 0.1
WEIGHTS = {
    "register": 14,
    "import": 3,
    "undo import": 1,
    "step": 50,
    "correct": 4,
    "press": 2,
    "void number": 3,
    "paper": 4,
    "attach": 4,
    "draft": 6,
    "list": 6,
    "search": 6,
    "look": 8,
    "desk": 1,
}
"""How often each comes; those of `office_life`, and looking."""
LOOKS = ("list", "search", "look", "desk")


def _list(life: Life) -> Promise:
    status = life.chance.choice(("", "待初审", "办理中", "已归档"))
    return {"rows": len(queries.list_cases(life.session, CaseQuery(status=status or None)).cases)}


def _search(life: Life) -> Promise:
    words = life.chance.choice(("路灯", "路灯不亮", "半个月", f"第 {life.chance.randrange(10)}"))
    return {"total": case_list.open_list(life.session, CaseQuery(text=words), 0, 50).total}


def _look(life: Life) -> Promise:
    return {"steps": len(case_view.view_case(life.session, life.case().number).events)}


def _desk(life: Life) -> Promise:
    return {"groups": len(desk.desk(life.session).groups)}


_LOOKING: dict[str, Callable[[Life], Promise]] = {
    "list": _list,
    "search": _search,
    "look": _look,
    "desk": _desk,
}


@dataclass
class Notes:
    """What the seat writes down, safely on its own disk before it goes on."""

    path: Path
    seen: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def put(self, told: dict[str, Any]) -> None:
        os.write(self._file, (json.dumps(told, ensure_ascii=False) + "\n").encode())
        os.fdatasync(self._file)

    def recorded(self, session: Session) -> list[list[Any]]:
        """The seat's own events that are not written down yet, as the program believes them to be in the journal."""
        spans = session.own_events.spans
        fresh = sorted({event for span in spans for event in span} - self.seen)
        self.seen.update(fresh)
        return [[event] for event in fresh]


def live(folder: Path, user: str, acts: int, seed: int) -> None:
    """Enter, wait for the others (a line on standard input), act so many times, and leave."""
    chance = Random(seed)
    session = office.enter(folder, user, PASSWORD, TODAY)
    notes = Notes(folder / NOTES)
    out = folder / "out"
    out.mkdir()
    life = Life(session, chance, out)
    print("here", flush=True)
    sys.stdin.readline()
    for name in chance.choices([*WEIGHTS], [*WEIGHTS.values()], k=acts):
        _act(life, notes, name)
    notes.put({"is": "over"})
    session.close()


def _act(life: Life, notes: Notes, name: str) -> None:
    promised: Promise = {}
    life.promise = promised.update
    notes.put({"is": "will", "act": name})
    started = time.perf_counter()
    try:
        done = (_LOOKING[name] if name in LOOKS else ACTS[name][1])(life)
    except Refusal as refusal:
        _close(notes, life, "refused", name, code=refusal.code)
    except StorageProblem as problem:
        _close(notes, life, "failed", name, code=problem.code, promise=_plain(promised))
        _wait_for(life.session)
    except LiuyanError as error:
        _close(notes, life, "refused", name, code=getattr(error, "code", "bad"))
    else:
        took = time.perf_counter() - started
        _close(notes, life, "done", name, seconds=round(took, 5), what=_plain({**promised, **done}))


def _close(notes: Notes, life: Life, kind: str, name: str, **told: Any) -> None:
    notes.put({"is": kind, "act": name, "events": notes.recorded(life.session), **told})


def _plain(promise: Promise) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in promise.items()}


def _wait_for(session: Session) -> None:
    """As an operator does: until the server answers again."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            drafts.open_drafts(session)
            return
        except StorageProblem:
            if time.monotonic() > until:
                raise
            time.sleep(_AGAIN)


if __name__ == "__main__":
    live(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
