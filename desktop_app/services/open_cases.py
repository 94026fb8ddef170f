"""What is open on every case not yet archived. Asked after each step, it folds only what something happened to.

What has happened since is told by the journal, so that it costs little however many cases are open. The answer for
a case stands until its next event, the turn of the day, or a change of the calendar or of the unit
register (docs/adr/018). The journal stays the only truth: all that is kept is found again from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.case import Case
from desktop_app.domain.case_queries import CaseQuery, Cursor
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.history import fold
from desktop_app.domain.messages import Citizen
from desktop_app.domain.open_items import OpenItem, open_items
from desktop_app.domain.situation import Situation
from desktop_app.services import regulations
from desktop_app.services.case_loading import linked_complaints
from desktop_app.services.kept_cases import KeptCase, KeptCases
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

_AT_ONCE = 500
_TOUCHED_AT_MOST = 1_000
"""Where more has happened since, as after an import, all is read anew."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that is not archived, as its row and as its events make it, who wrote it, and by day what is open."""

    row: CaseRow
    case: Case
    citizen: Citizen
    items: Mapping[date, tuple[OpenItem, ...]]


def open_cases(session: Session, work: Work, day: date, ahead: date | None = None) -> list[OpenCase]:
    """Every open case by number, with what is open on it on that day.

    `ahead`: a later day, too, but only for cases whose clock reaches it, since the rest comes to nothing new. For
    reading transactions only: what a writing one took back must not be kept.
    """
    kept = session.kept_cases.under(session.calendar(), session.units(work))
    newest = work.journal.last()
    head = newest[0] if newest is not None else 0
    touched = work.journal.cases_since(kept.head, _TOUCHED_AT_MOST) if kept.head is not None else None
    if touched is None:
        rows, cases = _all_anew(work, kept)
    else:
        rows, cases = _brought_on(work, kept, touched)
    kept = session.kept_cases = KeptCases(kept.calendar, kept.units, head, rows, cases)
    return [
        OpenCase(row, one.case, one.citizen, {each: _items(work, kept, row, each) for each in days})
        for row, one, days in ((row, cases[row.number], _days(row, day, ahead)) for row in rows.values())
    ]


def _all_anew(work: Work, kept: KeptCases) -> tuple[dict[str, CaseRow], dict[str, KeptCase]]:
    """All rows read; what was folded as of its newest event is not folded again."""
    rows = list(_open_rows(work))
    last = work.journal.last_of_cases(row.number for row in rows)
    # A row without events is damage; `verify` tells of it, and the rest can be worked on meanwhile.
    rows = [row for row in rows if row.number in last]
    cases = {
        row.number: known
        for row in rows
        if (known := kept.by_number.get(row.number)) is not None and known.last_event == last[row.number]
    }
    cases.update(_folded(work, [row for row in rows if row.number not in cases], last))
    return {row.number: row for row in rows}, cases


def _brought_on(
    work: Work, kept: KeptCases, touched: Sequence[str]
) -> tuple[dict[str, CaseRow], dict[str, KeptCase]]:
    """Only the cases that something happened to since are read: nothing changes a row without an event."""
    rows, cases = dict(kept.rows), dict(kept.by_number)
    for number in touched:
        rows.pop(number, None)
        cases.pop(number, None)
    found = [row for number in touched if (row := work.cases.get(number)) is not None]
    still = [row for row in found if row.is_open and not row.voided]
    if still:
        rows.update((row.number, row) for row in still)
        rows = {row.number: row for row in sorted(rows.values(), key=lambda row: (row.year, row.serial))}
        cases.update(_folded(work, still, work.journal.last_of_cases(row.number for row in still)))
    return rows, cases


def _days(row: CaseRow, day: date, ahead: date | None) -> tuple[date, ...]:
    if ahead is None or row.due is None or row.reminder is None or not row.reminder <= ahead <= row.due:
        return (day,)
    return day, ahead


def _items(work: Work, kept: KeptCases, row: CaseRow, day: date) -> tuple[OpenItem, ...]:
    one = kept.by_number[row.number]
    known = one.items.get(day)
    # Who is complained of in a case answered with this one may change without a step of this one.
    if known is not None and not one.case.linked:
        return known
    assert kept.calendar is not None and kept.units is not None
    situation = Situation(
        case=one.case,
        regulation=regulations.load(row.regulation),
        calendar=kept.calendar,
        units=kept.units,
        today=day,
        citizen=one.citizen,
        linked_complaints=linked_complaints(work, one.case),
    )
    items = open_items(situation)
    one.keep(day, items)
    return items


def _folded(work: Work, rows: Sequence[CaseRow], last: Mapping[str, int]) -> Iterator[tuple[str, KeptCase]]:
    numbers = [row.number for row in rows]
    events, citizens = work.journal.of_cases(numbers), work.messages.citizens(numbers)
    for row in rows:
        steps = effective_steps(events[row.number])
        case = fold(row.number, steps, regulations.load(row.regulation))
        yield row.number, KeptCase(last[row.number], case, citizens[row.number])


def _open_rows(work: Work) -> Iterator[CaseRow]:
    after: Cursor | None = None
    while True:
        page = work.cases.piece(CaseQuery(open_only=True), after, _AT_ONCE)
        yield from page.rows
        if page.next is None:
            return
        after = page.next
