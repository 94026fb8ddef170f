"""Counting deadlines anew where the calendar changes: what would move, told before; and every row as it then stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.history import fold
from desktop_app.domain.messages import Citizen
from desktop_app.domain.privacy import masked_text
from desktop_app.domain.projection import row_of
from desktop_app.domain.rights import Right
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.services import regulations
from desktop_app.services.journaling import new_event
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

RECOUNT = "recount"
"""The event of a case whose dates moved: old and new due date, and the notice that moved them."""

_LONGEST = timedelta(days=366)
"""No deadline is counted further than this past the date that stands in the end (tests hold regulations to it)."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose dates stand otherwise. `title` is masked, and empty for who may not see cases; `is_open` as in
    the register."""

    number: str
    title: str
    is_open: bool
    old_due: date
    new_due: date
    old_reminder: date | None
    new_reminder: date | None
    old_provisional: bool
    new_provisional: bool

    @property
    def keeps_its_dates(self) -> bool:
        """Only whether they are 暂定 has changed."""
        return (self.old_due, self.old_reminder) == (self.new_due, self.new_reminder)


@dataclass(frozen=True, slots=True)
class Moves:
    """What a change of the calendar does: open cases that move, open ones that only become certain (or uncertain),
    and closed ones that are counted anew for the record."""

    moved: tuple[Moved, ...] = ()
    confirmed: tuple[Moved, ...] = ()
    settled: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Recounted:
    """Rows that stand otherwise under another calendar, as they will stand, and what that means."""

    rows: tuple[CaseRow, ...] = ()
    moves: Moves = Moves()


def recounted(
    session: Session, work: Work, before: WorkCalendar, after: WorkCalendar, year: int
) -> Recounted:
    """Every case that stands otherwise by `after`, which differs from `before` by a notice of `year`.

    Nothing is written. Archived cases are counted, too: their rows must stay what their events make them.
    """
    first = first_difference(before, after, year)
    return recounted_since(session, work, after, first - _LONGEST) if first is not None else Recounted()


def recounted_since(session: Session, work: Work, after: WorkCalendar, first_due: date) -> Recounted:
    """The same for every case due on `first_due` or later; nothing is written."""
    rows = work.cases.due_between(first_due, date.max)
    numbers = [row.number for row in rows]
    messages, events = work.messages.get_many(numbers), work.journal.of_cases(numbers)
    sees_cases = session.may(Right.SEE_CASES)
    changed: list[CaseRow] = []
    found: list[Moved] = []
    for row in rows:
        regulation = regulations.load(row.regulation)
        case = fold(row.number, effective_steps(events[row.number]), regulation)
        new = row_of(case, messages[row.number], regulation, after, row.batch)
        if new != row:
            changed.append(new)
            found.append(_moved(row, new, messages[row.number].citizen if sees_cases else None))
    return Recounted(tuple(changed), _sorted_out(found))


def first_difference(before: WorkCalendar, after: WorkCalendar, year: int) -> date | None:
    """The first day that the calendars judge otherwise, among those a notice of `year` may arrange."""
    day = date(year - 1, 12, 1)
    while day < date(year + 1, 2, 1):
        if (before.is_working(day), before.is_provisional(day)) != (
            after.is_working(day),
            after.is_provisional(day),
        ):
            return day
        day += timedelta(days=1)
    return None


def _moved(row: CaseRow, new: CaseRow, citizen: Citizen | None) -> Moved:
    if row.due is None or new.due is None:
        raise AssertionError(f"a clock came or went by the calendar alone: {row.number}")
    return Moved(
        number=row.number,
        title=masked_text(row.title, citizen) if citizen is not None else "",
        is_open=row.is_open,
        old_due=row.due,
        new_due=new.due,
        old_reminder=row.reminder,
        new_reminder=new.reminder,
        old_provisional=row.provisional,
        new_provisional=new.provisional,
    )


def _sorted_out(found: list[Moved]) -> Moves:
    found.sort(key=lambda one: (one.old_due, one.number))
    return Moves(
        moved=tuple(one for one in found if one.is_open and not one.keeps_its_dates),
        confirmed=tuple(one for one in found if one.is_open and one.keeps_its_dates),
        settled=tuple(one for one in found if not one.is_open),
    )


def write_recounted(session: Session, work: Work, counted: Recounted, source: str) -> None:
    """Put the rows as they stand now, and record on each case that moved what moved it."""
    for row in counted.rows:
        work.cases.update(row)
    moves = counted.moves
    work.journal.append(
        [
            new_event(session, RECOUNT, _keys(one, source), case=one.number)
            for one in (*moves.moved, *moves.settled)
            if not one.keeps_its_dates
        ]
    )


def _keys(one: Moved, source: str) -> dict[str, str]:
    keys = {"old_due": one.old_due.isoformat(), "new_due": one.new_due.isoformat()}
    if one.old_reminder != one.new_reminder and one.old_reminder and one.new_reminder:
        keys |= {"old_reminder": one.old_reminder.isoformat(), "new_reminder": one.new_reminder.isoformat()}
    return keys | {"source": source}
