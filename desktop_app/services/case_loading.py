"""A case out of storage: its row, message, events, and what these make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.case import Case, Complaint
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.corrections import Step, effective_steps
from desktop_app.domain.events import Event
from desktop_app.domain.history import fold
from desktop_app.domain.messages import Message
from desktop_app.domain.numbering import BoardNumber, parse_number_or_board
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.situation import Situation
from desktop_app.errors import Refusal
from desktop_app.services import regulations
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything about one case within one transaction."""

    row: CaseRow
    message: Message
    events: tuple[Event, ...]
    steps: tuple[Step, ...]
    case: Case
    regulation: Regulation


def load_case(work: Work, number: str) -> Loaded:
    """The case of that register number, or `board:` number. Refusal `unknown_case` where there is none."""
    row = find_row(work, number)
    return load_row(work, row, work.messages.get(row.number))


def load_row(work: Work, row: CaseRow, message: Message, events: Sequence[Event] | None = None) -> Loaded:
    """The same where row and message, maybe all its events as well, are at hand, as in a walk over many cases."""
    events = work.journal.of_case(row.number) if events is None else events
    regulation = regulations.load(row.regulation)
    steps = effective_steps(events)
    return Loaded(
        row=row,
        message=message,
        events=tuple(events),
        steps=tuple(steps),
        case=fold(row.number, steps, regulation),
        regulation=regulation,
    )


def find_row(work: Work, number: str) -> CaseRow:
    try:
        wanted = parse_number_or_board(number)
    except ValueError as error:
        raise Refusal("unknown_case", f"“{number}”不是登记号：{error}") from error
    if isinstance(wanted, BoardNumber):
        rows = work.cases.by_board_number(wanted.text)
        # Those whose import was undone are found only where no other bears the number.
        row = next((row for row in rows if not row.voided), rows[-1] if rows else None)
    else:
        row = work.cases.get(str(wanted))
    if row is None:
        raise Refusal("unknown_case", f"登记簿中没有 {number}。", None, "请核对登记号。")
    return row


def situation_of(
    session: Session, work: Work, loaded: Loaded, named: Iterable[str] = (), today: date | None = None
) -> Situation:
    """What the rules look at. `named` are words of the step that name other cases; those that exist come along."""
    return Situation(
        case=loaded.case,
        regulation=loaded.regulation,
        calendar=session.calendar(),
        units=session.units(work),
        today=today or session.today,
        citizen=loaded.message.citizen,
        others={word: other for word in named if (other := _other(work, word)) is not None},
        linked_complaints=linked_complaints(work, loaded.case),
    )


def _other(work: Work, word: str) -> Case | None:
    try:
        return load_case(work, word).case
    except Refusal:
        return None


def linked_complaints(work: Work, case: Case) -> tuple[Complaint, ...]:
    """Who is complained of in the cases that this one answers for as well: they bind it, too (X 第六条)."""
    return tuple(one for number in case.linked for one in load_case(work, number).case.complaints)
