"""When something still has to be done: the triggers that a regulation's file may name for its open items.

Each looks at a situation and says since when and until when its item is open, or None.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from desktop_app.domain.accused import BARRED, WARNED, accused_before
from desktop_app.domain.case import Case, Complaint, Pressure
from desktop_app.domain.clocks import claim_by
from desktop_app.domain.deadlines import end_of_period, publish_by
from desktop_app.domain.oversight_triggers import OVERSIGHT_TRIGGERS
from desktop_app.domain.regulation import OpenItemRule
from desktop_app.domain.situation import Situation
from desktop_app.domain.trigger_spans import Span, Trigger


def _in_state(situation: Situation, rule: OpenItemRule) -> Span | None:
    return _state_since(situation), None


def _state_since(situation: Situation) -> date:
    """The day of the fact that brought the case where it is, as far as one is known."""
    case = situation.case
    lead = case.lead
    returns = [one.return_requests[-1].on for one in case.assignments if one.return_requests and not one.open]
    known: list[date] = [case.received, *returns]
    if lead is not None and lead.open:
        known += [lead.dispatched]
        known += [lead.received] if lead.received else []
        known += [reply.on for reply in lead.replies]
    endings = (case.explanation, case.returned_upward, case.answered_with, *case.reports_up, *case.reopenings)
    for moment in (case.review, case.refusal, *case.publications, case.private_answer, *endings):
        if moment is not None:
            known.append(moment.on)
    known += [day for day in (case.signed_off_on, case.closed_on) if day is not None]
    return max(known)


def _unclaimed(situation: Situation, rule: OpenItemRule) -> Span | None:
    lead, expected = situation.case.open_lead, _expected_claim(situation)
    if lead is None or expected is None:
        return None
    return (lead.dispatched, expected) if situation.today > expected else None


def _expected_claim(situation: Situation) -> date | None:
    """Until when the slip should be claimed, where it has not been."""
    case, lead = situation.case, situation.case.open_lead
    if lead is None or lead.received is not None:
        return None
    return claim_by(lead, situation.regulation, case.received, situation.calendar)


def _return_pending(situation: Situation, rule: OpenItemRule) -> Span | None:
    pending = [one.pending_return for one in situation.case.assignments if one.open and one.pending_return]
    return (pending[0].on, None) if pending else None


def _extension_pending(situation: Situation, rule: OpenItemRule) -> Span | None:
    lead = situation.case.open_lead
    asked = lead.pending_extension if lead is not None else None
    return (asked.applied_on, None) if asked is not None else None


def _reminder_due(situation: Situation, rule: OpenItemRule) -> Span | None:
    """X 第五条（四）, T 第十三条: the day before due, while no reply is in; T: or it is not yet published."""
    clock = situation.clock
    if clock is None or not clock.reminder <= situation.today <= clock.due or not _still_owed(situation):
        return None
    if any(step.on >= clock.reminder for step in _pressure(situation, "remind")):
        return None
    return clock.reminder, clock.due


def _still_owed(situation: Situation) -> bool:
    case, clock = situation.case, situation.clock
    if clock is None or case.open_lead is None:
        return False
    expected = _expected_claim(situation)
    if expected is not None and situation.today <= expected:
        # The date counted from dispatch drives nothing before the slip should have been claimed.
        return False
    if clock.running:
        return True
    unpublished = case.reply_in is not None and not case.answered
    return situation.regulation.clock.remind_until_published and unpublished


def _due_today(situation: Situation, rule: OpenItemRule) -> Span | None:
    clock = situation.clock
    if clock is None or not clock.running or clock.due != situation.today:
        return None
    return clock.due, clock.due


def _overdue(situation: Situation, rule: OpenItemRule) -> Span | None:
    clock = situation.clock
    if clock is None or not clock.overdue_on(situation.today):
        return None
    return clock.due + timedelta(days=1), None


def _urged_without_result(situation: Situation, rule: OpenItemRule) -> Span | None:
    """催办无果: some working days after a served 催办 there is still no reply, and no 督办 since."""
    if situation.clock is None or not situation.clock.running:
        return None
    wait = situation.regulation.limits_on(situation.case.received).after_urge
    for urge in _pressure(situation, "urge"):
        if urge.served_on is None:
            continue
        ripe = end_of_period(situation.calendar, urge.served_on, wait)
        supervised = any(step.on >= urge.on for step in _pressure(situation, "supervise"))
        if situation.today >= ripe and not supervised:
            return ripe, None
    return None


def _late_without_supervision(situation: Situation, rule: OpenItemRule) -> Span | None:
    clock = situation.clock
    if clock is None or _pressure(situation, "supervise"):
        return None
    return _overdue(situation, rule)


def _late_without_application(situation: Situation, rule: OpenItemRule) -> Span | None:
    """Overdue, and the unit has not asked since; only one that has the slip can ask."""
    lead, clock = situation.case.open_lead, situation.clock
    if lead is None or clock is None or lead.received is None:
        return None
    if any(one.pending or one.applied_on > clock.due for one in lead.extensions):
        return None
    return _overdue(situation, rule)


def _late_without_explanation(situation: Situation, rule: OpenItemRule) -> Span | None:
    """Overdue, and neither an application that says so nor a contact since tells that the citizen knows."""
    lead, clock = situation.case.open_lead, situation.clock
    if lead is None or clock is None or any(one.citizen_told for one in lead.extensions):
        return None
    if any(contact.on > clock.due for contact in situation.case.contacts):
        return None
    return _overdue(situation, rule)


def _publication_due(situation: Situation, rule: OpenItemRule) -> Span | None:
    """T 第十二条: published on the day the reply came in; a day off moves it to the next working day."""
    case = situation.case
    reply = case.reply_in
    if reply is None or case.answered or _reviewed_as_private(case):
        return None
    return reply.on, publish_by(situation.calendar, reply.on)


def _public_answer_awaited(situation: Situation, rule: OpenItemRule) -> Span | None:
    if _reviewed_as_private(situation.case):
        return None
    return _state_since(situation), None


def _private_answer_awaited(situation: Situation, rule: OpenItemRule) -> Span | None:
    """What was judged unfit for publication goes to the citizen directly (X 第五条（三）, T 第十八条)."""
    if not _reviewed_as_private(situation.case):
        return None
    return _state_since(situation), None


def _reviewed_as_private(case: Case) -> bool:
    return case.review is not None and not case.review.public


def _refusal_untold(situation: Situation, rule: OpenItemRule) -> Span | None:
    refusal = situation.case.refusal
    if refusal is None or refusal.told_on is not None or refusal.not_told_reason:
        return None
    return refusal.on, None


def _note_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    """T 第十八条: a private answer leaves a note in public; one that was followed by a public answer need not."""
    case, answer = situation.case, situation.case.private_answer
    if answer is None or case.public_note_on is not None or not _reviewed_as_private(case):
        return None
    return answer.on, None


def _signature_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    reply = situation.case.reply_in
    if reply is None or (reply.stamped is not False and reply.signer not in ("", "无")):
        return None
    return reply.on, None


def _complained_of_unit_holds_case(situation: Situation, rule: OpenItemRule) -> Span | None:
    for held in situation.case.assignments:
        if held.open and barred_unit(situation, held.unit) is not None:
            return held.dispatched, None
    return None


def _warned_unit_holds_case(situation: Situation, rule: OpenItemRule) -> Span | None:
    """An ordinary 投诉 may go to the unit it is about; its slip had better not say who complained."""
    for held in situation.case.assignments:
        if held.open and _unit_complained_of(situation, held.unit, WARNED) is not None:
            return held.dispatched, None
    return None


def leading_unit_is_complained_of(situation: Situation) -> bool:
    """Whether an ordinary 投诉 lies with the unit it is about: its slip had better name nobody."""
    lead = situation.case.open_lead
    return lead is not None and _unit_complained_of(situation, lead.unit, WARNED) is not None


def barred_unit(situation: Situation, name: str) -> str | None:
    """Who is accused (控告、检举), here or in a case answered with it, on whose account `name` may not have the case."""
    return _unit_complained_of(situation, name, BARRED)


def unit_barred_by(situation: Situation, name: str, complaints: Iterable[Complaint]) -> str | None:
    """The same by these complaints."""
    return accused_before(situation.units, situation.regulation, complaints, name, BARRED)


def _unit_complained_of(situation: Situation, name: str, flag: str) -> str | None:
    complaints = (*situation.case.complaints, *situation.linked_complaints)
    return (
        accused_before(situation.units, situation.regulation, complaints, name, flag) if complaints else None
    )


def _unit_record_incomplete(situation: Situation, rule: OpenItemRule) -> Span | None:
    """T 第十七条: head, deputy, section and handlers of the unit are on record."""
    lead = situation.case.open_lead
    unit = situation.units.find(lead.unit) if lead is not None else None
    if lead is None or unit is None:
        return None
    complete = all((unit.head, unit.deputy, unit.section, unit.handler, unit.phone))
    return None if complete else (lead.dispatched, None)


def _contact_before_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    """X 第五条（二）: the unit gets in touch before and after, with those who left contact data."""
    lead = situation.case.lead
    if lead is None or lead.received is None or _contacted(situation, 0, since=0):
        return None
    return lead.received, None


def _contact_after_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    answered = situation.case.answered_on
    if answered is None or _contacted(situation, 1, since=_last_sent_back(situation.case)):
        return None
    return answered, None


def _contacted(situation: Situation, which: int, since: int) -> bool:
    """Whether a contact of that time was recorded after event `since`, or there is nobody to reach."""
    when = situation.regulation.values("contact_time")[which]
    made = any(one.when == when and one.event > since for one in situation.case.contacts)
    return made or not situation.citizen.contact


def _follow_up_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    """T 第十八条. A reply done again is asked about again: the citizen's view of the first one is why it was."""
    case = situation.case
    answered = case.answered_on
    since = _last_sent_back(case)
    if answered is None or any(one.event > since for one in case.follow_ups):
        return None
    return answered, None


def _last_sent_back(case: Case) -> int:
    """The event that sent the reply back last, 0 where none did."""
    return max((one.event for held in case.assignments for one in held.reworks), default=0)


def _pressure(situation: Situation, action: str) -> list[Pressure]:
    """Steps of that kind since the current assignment began."""
    lead = situation.case.lead
    first = lead.event if lead is not None else 0
    return [step for step in situation.case.pressure if step.action == action and step.event > first]


TRIGGERS: dict[str, Trigger] = {
    **OVERSIGHT_TRIGGERS,
    "in_state": _in_state,
    "unclaimed": _unclaimed,
    "return_pending": _return_pending,
    "extension_pending": _extension_pending,
    "reminder_due": _reminder_due,
    "due_today": _due_today,
    "overdue": _overdue,
    "urged_without_result": _urged_without_result,
    "late_without_application": _late_without_application,
    "late_without_supervision": _late_without_supervision,
    "late_without_explanation": _late_without_explanation,
    "publication_due": _publication_due,
    "public_answer_awaited": _public_answer_awaited,
    "private_answer_awaited": _private_answer_awaited,
    "refusal_untold": _refusal_untold,
    "note_missing": _note_missing,
    "signature_missing": _signature_missing,
    "complained_of_unit_holds_case": _complained_of_unit_holds_case,
    "warned_unit_holds_case": _warned_unit_holds_case,
    "unit_record_incomplete": _unit_record_incomplete,
    "contact_before_missing": _contact_before_missing,
    "contact_after_missing": _contact_after_missing,
    "follow_up_missing": _follow_up_missing,
}
"""Trigger names a regulation's file may use."""
