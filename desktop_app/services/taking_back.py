"""Taking back what was brought in or typed by mistake: cases are voided whole, their numbers stay used (作废)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.events import Event
from desktop_app.domain.history import REGISTER, TAKE_OVER, VOID
from desktop_app.services.journaling import new_event
from desktop_app.services.near_repeats import forget
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

CAME_WITH = "steps"
"""Key of a registration: how many steps were recorded along with it, right behind it and in one piece (补录)."""

_NO_ACTS = frozenset((REGISTER, TAKE_OVER, "reveal", "recount"))
"""To have looked at a case, or counted its days anew, is no act on it."""


def later_acts(events: Sequence[Event]) -> list[Event]:
    """What was done on a case after it was entered; the steps that came along with it are no later acts."""
    entered = events[0]
    last = entered.id + int(entered.keys.get(CAME_WITH, "0"))
    return [event for event in events if event.id > last and event.action not in _NO_ACTS]


def take_back(session: Session, work: Work, rows: Iterable[CaseRow], batch: int, reason: str) -> None:
    """Void these cases of a batch. The caller has seen to it that nothing was done on them since."""
    rows = list(rows)
    void = {"batch": str(batch)}
    work.journal.append([new_event(session, VOID, void, case=row.number) for row in rows])
    for row in rows:
        if row.lead:
            # Numbers given to papers of the case are spoiled with it, and never used again.
            work.issued.settle(row.number, {}, reason)
        work.cases.update(replace(row, voided=True, is_open=False))
        work.search.drop(row.number)
        work.content_index.drop(row.number)
        forget(work, row.number)
