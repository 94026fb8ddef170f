"""The unit's clock, read off a case: due and reminder dates, whether a reply is awaited, whether it ever ran out.

The arithmetic is in deadlines; here is which days go into it (X 第五条（四）, T 第十条 to 第十四条).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.assignment import Assignment, Extension, Reply, Rework
from desktop_app.domain.case import Case
from desktop_app.domain.deadlines import (
    CountedDay,
    Limit,
    days_overdue,
    deadline,
    end_of_period,
    extended_due,
    held_within,
    is_overdue,
    late_application,
    reminder_date,
)
from desktop_app.domain.history import RETURNED
from desktop_app.domain.oversight_changes import MERGED
from desktop_app.domain.regulation import Limits, Regulation
from desktop_app.domain.work_calendar import WorkCalendar

FROM_RECEIPT, FROM_DISPATCH = "receipt", "dispatch"


@dataclass(frozen=True, slots=True)
class Missed:
    """A due date that stood, and the later day on which the unit acted: replied, asked for more days, or lost the
    case."""

    due: date
    on: date


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one assignment. `running` is False before a T unit's receipt and once a reply is in.

    `due_from` tells 按交办日预计 (dispatch) from a date that binds; `provisional` is 暂定（放假安排未发布）.
    `ran_out` is 曾逾期 by recorded facts; whether it has run out by now is `overdue_on`. `missed` are the dates that
    the unit let pass; `first_reply_late` is None while it has not replied.
    """

    start: date
    due: date
    reminder: date
    due_from: str
    provisional: bool
    running: bool
    ran_out: bool
    missed: tuple[Missed, ...] = ()
    first_reply_late: bool | None = None

    def overdue_on(self, today: date) -> bool:
        return self.running and is_overdue(self.due, today)


def clock_of(assignment: Assignment, regulation: Regulation, case: Case, calendar: WorkCalendar) -> Clock:
    """The clock of `assignment`; the case's registration date picks the limits in force, and no limit passes the
    day by which a superior wants it (T 第三条)."""
    limits = regulation.limits_on(case.received)
    start = assignment.received or assignment.dispatched
    walked = _walk(assignment, limits, start, calendar, upstream_due(case))
    counts = assignment.received is not None or regulation.clock.unclaimed_counts_from_dispatch
    unclaimed = _claimed_too_late(assignment, regulation, limits, calendar)
    missed = (*walked.missed, unclaimed) if unclaimed is not None else walked.missed
    return Clock(
        start=start,
        due=walked.due,
        reminder=reminder_date(calendar, max(start, walked.begun), walked.due),
        due_from=FROM_RECEIPT if assignment.received is not None else FROM_DISPATCH,
        provisional=_is_provisional(calendar, walked.counted_after, walked.due),
        running=counts and assignment.open and assignment.reply_in is None,
        ran_out=bool(missed),
        missed=missed,
        first_reply_late=walked.first_reply_late if unclaimed is None or not assignment.replies else True,
    )


def _claimed_too_late(
    assignment: Assignment, regulation: Regulation, limits: Limits, calendar: WorkCalendar
) -> Missed | None:
    """The date counted from dispatch where a unit that never claimed let it pass: that date drove 催办, so a receipt
    presumed from its late reply does not undo it (docs/architecture.md, 期限 3)."""
    if not (assignment.presumed and regulation.clock.unclaimed_counts_from_dispatch):
        return None
    expected = end_of_period(calendar, assignment.dispatched, base_limit(assignment, limits))
    late = assignment.received is not None and assignment.received > expected
    return Missed(expected, assignment.received) if late and assignment.received is not None else None


def case_clock(case: Case, regulation: Regulation, calendar: WorkCalendar) -> Clock | None:
    """The clock of the unit that leads, or led to the end; None where no unit does: before the first dispatch,
    and after a return was accepted, until the next (docs/architecture.md, 期限 7)."""
    lead = present_lead(case)
    return clock_of(lead, regulation, case, calendar) if lead is not None else None


def present_lead(case: Case) -> Assignment | None:
    """The unit that leads, or led to the end. One whose return was accepted, one from whom the case was merged into
    another, and one that had it before it was taken up again have nothing to do with it any more."""
    lead = case.lead
    if lead is None or lead.how_ended in (RETURNED, MERGED) or lead.event <= case.begun_again:
        return None
    return lead


def upstream_due(case: Case) -> date | None:
    """The day by which a superior wants the case, where it was handed down with one."""
    return case.handed_down.due if case.handed_down is not None else None


def claim_by(assignment: Assignment, regulation: Regulation, received: date, calendar: WorkCalendar) -> date:
    """The last day on which the unit is expected to claim the slip (X 第五条（三） 第一时间)."""
    return end_of_period(calendar, assignment.dispatched, regulation.limits_on(received).claim)


def overdue_days(clock: Clock, calendar: WorkCalendar, today: date) -> int:
    """Working days overdue on `today`, 0 while not overdue."""
    return days_overdue(calendar, clock.due, today) if clock.overdue_on(today) else 0


def counted_days(
    assignment: Assignment, regulation: Regulation, case: Case, calendar: WorkCalendar
) -> tuple[CountedDay, ...]:
    """Every day counted for this assignment, with why; after a rework, the count that stood before it."""
    limits = regulation.limits_on(case.received)
    start = assignment.received or assignment.dispatched
    extensions = [one.granted for one in assignment.extensions if one.granted]
    return deadline(
        calendar,
        start,
        base_limit(assignment, limits),
        extensions,
        limits.extension.unit,
        not_after=upstream_due(case),
    ).days


def base_limit(assignment: Assignment, limits: Limits) -> Limit:
    """The regulation's limit, or the shorter one that the office set."""
    return Limit(assignment.days or limits.reply.days, limits.reply.unit)


def _is_provisional(calendar: WorkCalendar, counted_after: date, due: date) -> bool:
    """暂定: the count touches a year without a notice. Where nothing was counted, nothing will move."""
    first = counted_after + timedelta(days=1)
    return first <= due and bool(calendar.provisional_years(first, due))


@dataclass(frozen=True, slots=True)
class _Walked:
    """Where an assignment stands at its end. `counted_after` is the day from which the due date was counted (a
    date set by the office was not counted at all); `begun` the day of the last sending back, or the start."""

    due: date
    missed: tuple[Missed, ...]
    counted_after: date
    begun: date
    first_reply_late: bool | None


def _walk(
    assignment: Assignment, limits: Limits, start: date, calendar: WorkCalendar, latest: date | None
) -> _Walked:
    """Follow the assignment step by step: the due date that stands at its end, and those that were missed.

    An extension asked for by the due date counts from the asking, so its late granting makes nobody late; one
    asked for afterwards moves the date but the assignment stays 曾逾期 (docs/architecture.md, 期限 4).
    """
    due = held_within(end_of_period(calendar, start, base_limit(assignment, limits)), start, latest)
    missed: list[Missed] = []
    first_reply_late: bool | None = None
    counted_after = begun = start
    steps: list[Extension | Rework | Reply] = [
        *assignment.extensions,
        *assignment.reworks,
        *assignment.replies,
    ]
    for step in sorted(steps, key=lambda one: one.event):
        match step:
            case Extension():
                if assignment.received is not None and late_application(due, step.applied_on):
                    missed.append(Missed(due, step.applied_on))
                if step.granted:
                    due = extended_due(calendar, due, step.granted, limits.extension.unit)
            case Rework():
                due = counted_after = step.due
                begun = step.on
            case Reply():
                late = is_overdue(due, step.on)
                if late:
                    missed.append(Missed(due, step.on))
                if first_reply_late is None:
                    first_reply_late = late
    ended = assignment.ended if assignment.reply_in is None and assignment.received is not None else None
    if ended is not None and is_overdue(due, ended):
        missed.append(Missed(due, ended))
    return _Walked(due, tuple(missed), counted_after, begun, first_reply_late)
