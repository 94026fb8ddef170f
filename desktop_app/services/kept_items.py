"""What is open on each case, kept in the database: written with every step, proved by `verify`, found anew where it lacks.

What is kept holds for one state of the case, of the calendar, of the rules and of the units that were asked for
(docs/adr/034). It says what is open on any day, so the turn of the day leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop_app import __version__
from desktop_app.domain import national_notices
from desktop_app.domain.case import Case
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.history import fold
from desktop_app.domain.kept_items import KeptItems, OpenRow
from desktop_app.domain.messages import Citizen
from desktop_app.domain.office_records import Problem
from desktop_app.domain.open_spells import EDITION, OpenSpells, open_spells, read_spells, write_spells
from desktop_app.domain.situation import Situation
from desktop_app.domain.unit_marks import UnitMarks
from desktop_app.domain.watched import WatchedUnits
from desktop_app.errors import LiuyanError
from desktop_app.services import regulations
from desktop_app.services.session import CALENDAR_EDITION, Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

_PROGRAM = f"{EDITION}/{__version__}/{national_notices.EDITION}"
_AT_ONCE = 500
"""Events of one transaction whose cases are seen to in it. What a larger one, such as an import, brought is found
when the desk is next asked for, and saved by `save_found`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A case as its events make it, and what is open on it. `spells` and `kept` are None where that hangs on more
    than the case itself, so that it can't be kept."""

    row: OpenRow
    case: Case
    citizen: Citizen
    spells: OpenSpells | None
    kept: KeptItems | None


class Finding:
    """Finds what is open on cases, and judges what is kept, as calendar, rules and units stand in one transaction."""

    def __init__(self, session: Session, work: Work) -> None:
        self._work = work
        self._calendar = session.calendar()
        self._units = session.units(work)
        self._marks = UnitMarks(self._units)
        self._notices = work.settings.get(CALENDAR_EDITION) or ""

    def holds(self, row: OpenRow) -> bool:
        """Whether what is kept of the case is what would be found."""
        kept = row.kept
        return (
            kept is not None
            and (kept.last_event, kept.edition) == (row.last_event, self._edition(row.regulation))
            and self._marks.hold(kept.units)
        )

    def find(self, rows: Sequence[OpenRow]) -> Iterator[Found]:
        """Each of these from its events."""
        numbers = [row.number for row in rows]
        events, citizens = self._work.journal.of_cases(numbers), self._work.messages.citizens(numbers)
        for row in rows:
            case = fold(row.number, effective_steps(events[row.number]), regulations.load(row.regulation))
            yield self.of(row, case, citizens[row.number])

    def of(self, row: OpenRow, case: Case, citizen: Citizen) -> Found:
        """The same of a case that is folded already."""
        # Who is complained of in a case answered with this one may change without a step of this one.
        if case.linked:
            return Found(row, case, citizen, None, None)
        watched = WatchedUnits(self._units)
        regulation = regulations.load(row.regulation)
        spells = open_spells(
            Situation(
                case=case,
                regulation=regulation,
                calendar=self._calendar,
                units=watched,
                today=case.received,
                citizen=citizen,
            )
        )
        if spells is None:
            return Found(row, case, citizen, None, None)
        edition, units = self._edition(row.regulation), self._marks.of(watched)
        kept = KeptItems(row.number, row.last_event, edition, units, write_spells(spells))
        return Found(row, case, citizen, spells, kept)

    def _edition(self, regulation: str) -> str:
        return f"{_PROGRAM}/{regulations.load(regulation).edition}/{self._notices}"


class Proof:
    """What is kept, against what the records of its cases make of it."""

    def __init__(self, session: Session, work: Work) -> None:
        self._finding = Finding(session, work)
        self._kept = work.open_items.kept()

    def problems(self, row: CaseRow, last_event: int, case: Case, citizen: Citizen) -> Iterator[Problem]:
        """Whether what is kept of the case, and would be used, is what would be found."""
        kept = self._kept.get(row.number)
        number, due, reminder = row.number, row.due, row.reminder
        open_row = OpenRow(number, row.regulation, row.lead, due, reminder, last_event, kept)
        if kept is None or not row.is_open or not self._finding.holds(open_row):
            return
        found = self._finding.of(open_row, case, citizen)
        if found.kept != kept:
            differing = "、".join(_differing(kept, found.spells)) or "所依据的单位"
            words = f"{number} 存下的待办与记录不一致（{differing}），可用 verify --rebuild 重建。"
            yield Problem("projection", number, words)


def _differing(kept: KeptItems, spells: OpenSpells | None) -> list[str]:
    """The things to do of which the two tell otherwise."""
    try:
        told = read_spells(kept.items)
    except ValueError:
        return ["读不出来"]
    found = spells if spells is not None else OpenSpells(())
    differing = {one.kind for one in {*found.spells} ^ {*told.spells}}
    return sorted(differing | {action for action, _ in {*found.pressed} ^ {*told.pressed}})


def keep_in_step(session: Session, work: Work) -> None:
    """Let what is kept be what the events of this transaction have made of their cases; called before it commits."""
    appended = work.journal.appended
    if 0 < len(appended) <= _AT_ONCE:
        numbers = work.journal.cases_since(appended.start - 1, _AT_ONCE)
        if numbers:
            _keep(session, work, numbers)


def _keep(session: Session, work: Work, numbers: Sequence[str]) -> None:
    finding = Finding(session, work)
    kept: dict[str, KeptItems] = {}
    for row in work.open_items.of(numbers):
        try:
            kept.update((one.row.number, one.kept) for one in finding.find([row]) if one.kept is not None)
        except (LiuyanError, LookupError, ValueError, IndexError):
            # Its records make no case: `verify` tells of it, and what was recorded stands all the same.
            continue
    work.open_items.put_many(kept.values())
    work.open_items.drop(number for number in numbers if number not in kept)


def save_found(session: Session) -> int:
    """Keep what the last question had to find anew; how many cases. A question itself writes nothing, and where this
    can't be written, the next one finds it again."""
    unsaved, saved = session.kept_cases.unsaved, 0
    for begin in range(0, len(unsaved), _AT_ONCE):
        part = {one.number: one for one in unsaved[begin : begin + _AT_ONCE]}
        with session.change() as work:
            finding = Finding(session, work)
            rows = (replace(row, kept=part[row.number]) for row in work.open_items.of(part))
            current = [row.kept for row in rows if row.kept is not None and finding.holds(row)]
            work.open_items.put_many(current)
            saved += len(current)
    session.kept_cases = replace(session.kept_cases, unsaved=())
    return saved


def rebuild(session: Session, work: Work) -> None:
    """Find what is open on every case anew, and keep nothing else."""
    work.open_items.drop_all()
    rows = work.open_items.open_rows()
    for begin in range(0, len(rows), _AT_ONCE):
        _keep(session, work, [row.number for row in rows[begin : begin + _AT_ONCE]])
