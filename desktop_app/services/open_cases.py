"""What is open on every case not yet archived: read as it is kept, found from the journal where that is out of date.

Asked after each step, it reads only the cases that something happened to since, which the journal tells. The journal
stays the only truth: all that is kept, in the session and in the database, is found again from it (docs/adr/034).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.kept_items import KeptItems, OpenRow
from desktop_app.domain.open_items import OpenItem, open_items
from desktop_app.domain.open_spells import read_spells
from desktop_app.domain.situation import Situation
from desktop_app.services import regulations
from desktop_app.services.case_loading import linked_complaints
from desktop_app.services.kept_cases import KeptCase, KeptCases
from desktop_app.services.kept_items import Finding
from desktop_app.services.pressure import pressed_since
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

_AT_ONCE = 500
_TOUCHED_AT_MOST = 1_000
"""Where more has happened since, as after an import, all is read anew."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that is not archived, and by day what is open on it."""

    row: OpenRow
    items: Mapping[date, tuple[OpenItem, ...]]
    kept: KeptCase

    def pressed_since(self, action: str, since: date) -> bool:
        """Whether the unit that leads was pressed in this way on `since` or later."""
        if self.kept.spells is not None:
            return self.kept.spells.pressed_since(action, since)
        return self.kept.folded is not None and pressed_since(self.kept.folded[0], action, since)


def open_cases(session: Session, work: Work, day: date, ahead: date | None = None) -> list[OpenCase]:
    """Every open case by number, with what is open on it on that day.

    `ahead`: a later day, too, but only for cases whose clock reaches it, since the rest comes to nothing new. For
    reading transactions only: what a writing one took back must not be kept.
    """
    kept = session.kept_cases.under(session.calendar(), session.units(work))
    newest = work.journal.last()
    head = newest[0] if newest is not None else 0
    touched = work.journal.cases_since(kept.head, _TOUCHED_AT_MOST) if kept.head is not None else None
    unsaved = {one.number: one for one in kept.unsaved}
    if touched is None:
        cases = _known(session, work, work.open_items.open_rows(), unsaved)
    else:
        cases = _brought_on(session, work, kept, touched, unsaved)
    session.kept_cases = KeptCases(kept.calendar, kept.units, head, cases, tuple(unsaved.values()))
    rules = {one.id: {rule.kind: rule for rule in one.open_items} for one in regulations.load_all()}

    def items(one: KeptCase, each: date) -> tuple[OpenItem, ...]:
        if one.spells is None:
            return _judged(session, work, one, each)
        known = one.items.get(each)
        if known is None:
            known = one.spells.on(each, rules[one.row.regulation])
            one.keep(each, known)
        return known

    return [
        OpenCase(one.row, {each: items(one, each) for each in _days(one.row, day, ahead)}, one)
        for one in cases.values()
    ]


def _known(
    session: Session, work: Work, rows: Sequence[OpenRow], unsaved: dict[str, KeptItems]
) -> dict[str, KeptCase]:
    """These cases as they are kept, or else found; what was found and may be kept comes to `unsaved`."""
    finding = Finding(session, work)
    known: dict[str, KeptCase | None] = {}
    for row in rows:
        known[row.number] = _as_kept(row) if finding.holds(row) else None
    lacking = [row for row in rows if known[row.number] is None]
    for begin in range(0, len(lacking), _AT_ONCE):
        for found in finding.find(lacking[begin : begin + _AT_ONCE]):
            folded = (found.case, found.citizen) if found.spells is None else None
            known[found.row.number] = KeptCase(found.row, found.spells, folded)
            if found.kept is not None:
                unsaved[found.row.number] = found.kept
    return {number: one for number, one in known.items() if one is not None}


def _as_kept(row: OpenRow) -> KeptCase | None:
    try:
        return KeptCase(row, read_spells(row.kept.items)) if row.kept is not None else None
    except ValueError:
        return None


def _brought_on(
    session: Session, work: Work, kept: KeptCases, touched: Iterable[str], unsaved: dict[str, KeptItems]
) -> dict[str, KeptCase]:
    """Only the cases that something happened to since are read: nothing changes a row without an event."""
    cases = dict(kept.by_number)
    for number in touched:
        cases.pop(number, None)
        unsaved.pop(number, None)
    found = _known(session, work, work.open_items.of(touched), unsaved)
    if not found:
        return cases
    return dict(sorted({**cases, **found}.items(), key=lambda one: _place(one[0])))


def _place(number: str) -> tuple[int, int]:
    year, serial = number.split("-")
    return int(year), int(serial)


def _days(row: OpenRow, day: date, ahead: date | None) -> tuple[date, ...]:
    if ahead is None or row.due is None or row.reminder is None or not row.reminder <= ahead <= row.due:
        return (day,)
    return day, ahead


def _judged(session: Session, work: Work, one: KeptCase, day: date) -> tuple[OpenItem, ...]:
    """What is open where that can't be kept: who is complained of in a case answered with this one may change
    without a step of this one."""
    assert one.folded is not None
    case, citizen = one.folded
    return open_items(
        Situation(
            case=case,
            regulation=regulations.load(one.row.regulation),
            calendar=session.calendar(),
            units=session.units(work),
            today=day,
            citizen=citizen,
            linked_complaints=linked_complaints(work, case),
        )
    )
