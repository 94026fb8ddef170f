"""What one case counts as in the figures, and for which unit: read off the folded case, on no particular day.

Only whether an unanswered case is overdue depends on the day of asking; `as_of` adds that. So what is found here holds
until the case's next event or another calendar, and may be kept (services/figure_facts).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from desktop_app.domain.assignment import Assignment
from desktop_app.domain.assignment_changes import RETURNED, TAKEN_BACK
from desktop_app.domain.case import Case
from desktop_app.domain.clocks import Clock, clock_of, present_lead
from desktop_app.domain.late_steps import late_steps
from desktop_app.domain.oversight_changes import MERGED
from desktop_app.domain.ratings import BoardRating
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.work_calendar import WorkCalendar

EDITION = 2
"""Of what is found here; facts kept under an earlier one are found again. Raise it with any change below."""

PRESSED: Mapping[str, str] = {
    "remind": "reminded",
    "urge": "urged",
    "supervise": "supervised",
    "transfer": "transferred",
}
"""三单一函: the figure of each step of pressure."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of 三单一函: its step, its number (or, where it has none, a word of its own), and the unit pressed."""

    action: str
    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a case counts as. `unit` leads it now, or led it last; empty where none does.

    `keys` count for the case and that unit, `unit_keys` for the case and the unit they stand under. `reply_days` and
    `wait_days` are working days from receipt to the standing reply, and from registration to the answer. `late` is by
    how many working days each unit missed a date at worst (0: on days off right after it). `awaiting` is the unit
    whose clock still runs, and its due date.
    """

    number: str
    received: date
    source: str = ""
    category: str = ""
    topic: str = ""
    unit: str = ""
    keys: frozenset[str] = frozenset()
    unit_keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reply_days: int | None = None
    wait_days: int | None = None
    late: Mapping[str, int] = field(default_factory=dict)
    awaiting: tuple[str, date] | None = None
    papers: tuple[Paper, ...] = ()

    @property
    def all_keys(self) -> frozenset[str]:
        return self.keys.union(*self.unit_keys.values())


def facts_of(
    case: Case, rating: BoardRating | None, regulation: Regulation, calendar: WorkCalendar
) -> CaseFacts:
    """What the case counts as; a voided one counts as nothing, and is for the caller to leave out."""
    lead = present_lead(case)
    clock = clock_of(lead, regulation, case, calendar) if lead is not None else None
    keys = {
        *_way_in(case, regulation),
        *_course(case),
        *_answer(case, lead, clock),
        *_late_publication(case, regulation, calendar),
        *_satisfaction(case, regulation),
        *_rating(rating),
    }
    late = dict(_missed(case, regulation, calendar))
    reply = lead.reply_in if lead is not None else None
    answered_on = case.answered_on if case.answered_with is None else None
    return CaseFacts(
        number=case.number,
        received=case.received,
        source=case.source,
        category=case.category,
        topic=case.topic,
        unit=lead.unit if lead is not None else "",
        keys=frozenset(keys),
        unit_keys=_unit_keys(case, late),
        reply_days=(
            calendar.working_days_between(lead.received, reply.on)
            if lead is not None and reply is not None and lead.received is not None
            else None
        ),
        wait_days=calendar.working_days_between(case.received, answered_on) if answered_on else None,
        late=late,
        awaiting=(lead.unit, clock.due) if lead is not None and clock is not None and clock.running else None,
        papers=tuple(_papers(case)),
    )


def as_of(facts: CaseFacts, today: date, calendar: WorkCalendar) -> CaseFacts:
    """The same on that day: a case still unanswered after its due date is overdue."""
    if facts.awaiting is None or facts.awaiting[1] >= today:
        return facts
    unit, due = facts.awaiting
    days = max(facts.late.get(unit, 0), calendar.working_days_between(due, today))
    overdue = facts.unit_keys.get(unit, frozenset()) | {"overdue", "overdue_open"}
    return replace(facts, unit_keys={**facts.unit_keys, unit: overdue}, late={**facts.late, unit: days})


def _way_in(case: Case, regulation: Regulation) -> Iterator[str]:
    yield "received"
    if case.refusal is not None:
        yield "refused"
    elif case.status == regulation.initial_state:
        yield "pending"
    elif case.category or case.taken_over is not None:
        yield "accepted"
    if case.taken_over is not None:
        yield "taken_over"
    if case.linked_to:
        yield "merged"
    if case.returned_upward is not None:
        yield "sent_up"


def _course(case: Case) -> Iterator[str]:
    if case.closed_on is not None:
        yield "closed"
    if case.explanation is not None:
        yield "explained"
    if case.publications:
        yield "published"
    if case.private_answer is not None:
        yield "private"
    if case.answered_on is not None and case.answered_with is None:
        yield "answered"
    if case.assessment is not None and case.assessment.trend:
        yield "trend"
    if case.major is not None:
        yield "major"
    if case.instructions:
        yield "instructed"


def _answer(case: Case, lead: Assignment | None, clock: Clock | None) -> Iterator[str]:
    """Rule 9 of the arithmetic (docs/architecture.md, 期限): on time is the standing reply of a unit never late."""
    if lead is None or clock is None:
        return
    if clock.provisional:
        yield "provisional"
    if lead.reply_in is not None:
        yield from ("replied", "replied_late" if clock.ran_out else "on_time")
    elif lead.open:
        yield "unanswered"
    if clock.first_reply_late is not None:
        yield "first_replied"
        if not clock.first_reply_late:
            yield "first_on_time"


def _late_publication(case: Case, regulation: Regulation, calendar: WorkCalendar) -> Iterator[str]:
    late = late_steps(case, regulation, calendar)
    if any(one.event in late for one in case.publications):
        yield "published_late"


def _satisfaction(case: Case, regulation: Regulation) -> Iterator[str]:
    """The last follow-up, by the marks of its word in the regulation (T 第十八条)."""
    if not case.follow_ups:
        return
    term = regulation.term("follow_up_result", case.follow_ups[-1].result)
    flags = term.flags if term is not None else frozenset()
    if "reached" not in flags:
        yield "unreached"
    elif "satisfied" not in flags:
        yield "dissatisfied"
    else:
        yield "rather_satisfied" if "rather" in flags else "satisfied"


def _rating(rating: BoardRating | None) -> Iterator[str]:
    """The citizen's own rating on the board, the second series."""
    if rating is None:
        return
    if rating.automatic:
        yield "board_automatic"
    elif rating.satisfied is not None:
        yield "board_satisfied" if rating.satisfied else "board_dissatisfied"


def _unit_keys(case: Case, late: Mapping[str, int]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for held in case.assignments:
        found.setdefault(held.unit, set()).update(_of_hold(held))
    for unit in late:
        found.setdefault(unit, set()).add("overdue")
    for pressure in case.pressure:
        unit = _leading(case, pressure.event)
        found.setdefault(unit, set()).add(PRESSED[pressure.action])
    return {unit: frozenset(keys) for unit, keys in found.items() if keys}


def _of_hold(held: Assignment) -> Iterator[str]:
    if held.lead:
        yield "dispatched"
        if any(one.granted for one in held.extensions):
            yield "extended"
        if held.reworks:
            yield "reworked"
    elif held.how_ended not in (RETURNED, TAKEN_BACK):
        yield "supporting"
    for request in held.return_requests:
        if request.late:
            yield "returned_late"
        if request.accepted:
            yield "returned"
        elif request.answered_on is not None:
            yield "return_refused"


def _missed(case: Case, regulation: Regulation, calendar: WorkCalendar) -> Iterator[tuple[str, int]]:
    """曾逾期 of each unit that led, which stays with it (rule 7); a merged case's clock counts no more."""
    worst: dict[str, int] = {}
    for held in case.assignments:
        if not held.lead or held.how_ended == MERGED:
            continue
        for missed in clock_of(held, regulation, case, calendar).missed:
            days = calendar.working_days_between(missed.due, missed.on)
            worst[held.unit] = max(worst.get(held.unit, 0), days)
    yield from worst.items()


def _papers(case: Case) -> Iterator[Paper]:
    for one in case.pressure:
        number = one.number or f"{case.number}#{one.event}"
        yield Paper(one.action, number, _leading(case, one.event))


def _leading(case: Case, event: int) -> str:
    """The unit that led when that happened; empty where none did."""
    leads = [held.unit for held in case.assignments if held.lead and held.event <= event]
    return leads[-1] if leads else ""
