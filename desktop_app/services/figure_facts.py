"""What each case counts as: as it was kept, or found again from the journal where something happened since.

What is kept holds for one state of the case, of the calendar, of the definitions and of the program (docs/adr/030).
It is written along with each step; the rest, such as what an import brought, is found when figures are first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from desktop_app import __version__
from desktop_app.domain import national_notices
from desktop_app.domain.case import Case
from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.figures_of_cases import EDITION, CaseFacts, facts_of
from desktop_app.domain.history import fold
from desktop_app.domain.kept_facts import Counted, KeptFacts, read_facts, write_facts
from desktop_app.domain.messages import Message
from desktop_app.domain.office_records import Problem
from desktop_app.domain.ratings import rating_of
from desktop_app.domain.regulation import Regulation
from desktop_app.errors import Cancelled
from desktop_app.services import regulations
from desktop_app.services.session import CALENDAR_EDITION, Session

if TYPE_CHECKING:
    from desktop_app.services.child_process import Progress
    from desktop_app.storage.work import Work

_AT_ONCE = 500
"""Cases found again in one transaction: others who write need not wait long."""


def facts_between(session: Session, work: Work, first: date, last: date) -> Iterator[CaseFacts]:
    """What each case received in the span counts as, in register order; nothing is written."""
    edition = edition_of(work)
    for part in _parts(work.case_figures.of(work.case_figures.received_between(first, last))):
        found = _found_again(session, work, [one for one in part if not one.still_true(edition)])
        for one in part:
            if one.plain.number in found:
                yield found[one.plain.number]
            elif one.kept is not None:
                try:
                    yield read_facts(one.kept.facts, one.plain)
                except ValueError:
                    yield from _found_again(session, work, [one]).values()


def out_of_date(session: Session, first: date, last: date) -> list[str]:
    """The cases of the span whose facts would have to be found again."""
    with session.read() as work:
        edition = edition_of(work)
        numbers = work.case_figures.received_between(first, last)
        return [one.plain.number for one in work.case_figures.of(numbers) if not one.still_true(edition)]


def bring_up_to_date(session: Session, numbers: Sequence[str], progress: Progress | None = None) -> None:
    """Find the facts of these cases again and keep them; after Cancelled what was found so far is kept."""
    for begin in range(0, len(numbers), _AT_ONCE):
        if progress is not None and not progress(begin, len(numbers)):
            raise Cancelled
        with session.change() as work:
            edition = edition_of(work)
            stale = [
                one
                for one in work.case_figures.of(numbers[begin : begin + _AT_ONCE])
                if not one.still_true(edition)
            ]
            newest = {one.plain.number: one.last_event for one in stale}
            found = _found_again(session, work, stale).values()
            work.case_figures.put_many(
                KeptFacts(one.number, newest[one.number], edition, write_facts(one)) for one in found
            )


def bring_up_to_date_job(numbers: Sequence[str], session: Session, progress: Progress) -> None:
    """The same in a process of its own."""
    bring_up_to_date(session, numbers, progress)


def keep(
    session: Session, work: Work, case: Case, message: Message, regulation: Regulation, last_event: int
) -> None:
    """Keep what the case counts as after the event just recorded, in the same transaction."""
    if case.voided:
        return
    facts = facts_of(case, rating_of(message.ratings), regulation, session.calendar())
    work.case_figures.put_many([KeptFacts(case.number, last_event, edition_of(work), write_facts(facts))])


def check(
    session: Session, work: Work, case: Case, message: Message, regulation: Regulation
) -> Iterator[Problem]:
    """What is kept of a case and would be used, against what its events make of it."""
    edition = edition_of(work)
    for one in work.case_figures.of([case.number]):
        if one.kept is None or not one.still_true(edition) or case.voided:
            continue
        facts = facts_of(case, rating_of(message.ratings), regulation, session.calendar())
        if one.kept.facts != write_facts(facts):
            yield Problem("projection", case.number, f"{case.number} 存下的统计依据与记录不一致。")


def edition_of(work: Work) -> str:
    """The definitions, the program, and the notices that the calendar is made of."""
    return f"{_of_program()}/{work.settings.get(CALENDAR_EDITION) or ''}"


@cache
def _of_program() -> str:
    return f"{EDITION}/{__version__}/{national_notices.EDITION}"


def _found_again(session: Session, work: Work, stale: Sequence[Counted]) -> dict[str, CaseFacts]:
    numbers = [one.plain.number for one in stale]
    if not numbers:
        return {}
    events, messages = work.journal.of_cases(numbers), work.messages.get_many(numbers)
    calendar = session.calendar()
    found: dict[str, CaseFacts] = {}
    for one in stale:
        number = one.plain.number
        # A row without events or message is damage; `verify` tells of it, and the rest can be told meanwhile.
        if number not in events or number not in messages:
            continue
        regulation = regulations.load(one.regulation)
        case = fold(number, effective_steps(events[number]), regulation)
        facts = facts_of(case, rating_of(messages[number].ratings), regulation, calendar)
        # A case from an old ledger has the unit that was named there, and no assignment.
        found[number] = replace(facts, unit=one.plain.unit)
    return found


def _parts(cases: Iterable[Counted]) -> Iterator[list[Counted]]:
    part: list[Counted] = []
    for one in cases:
        part.append(one)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    yield part
