"""Triggers of what superiors and supervisors want done: trends, instructions, investigation, the next step of pressure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from desktop_app.domain.case import Case
from desktop_app.domain.corrections import NONE
from desktop_app.domain.deadlines import end_of_period
from desktop_app.domain.oversight import Feedback, Instruction
from desktop_app.domain.regulation import OpenItemRule
from desktop_app.domain.situation import Situation
from desktop_app.domain.trigger_spans import Span, Trigger

_SENT_BACK_OFTEN = 2
"""A reply sent back so many times calls for 督办 (rules of the office, after X 第五条（五）, T 第十九条)."""


def _trend_marked(situation: Situation, rule: OpenItemRule) -> Span | None:
    """X 第二条: what shows a trend is collected, judged, reported, supervised and answered at once."""
    assessment = situation.case.assessment
    return (assessment.on, None) if assessment is not None and assessment.trend else None


def _investigation_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    major = situation.case.major
    if major is None or situation.case.investigations:
        return None
    return major.on, None


def _principal_feedback_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    """X 第五条（三）: the result goes back to the leader of the government who gave the instruction."""
    return _feedback_owed(situation, (one for one in situation.case.instructions if one.principal))


def _feedback_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    return _feedback_owed(situation, (one for one in situation.case.instructions if not one.principal))


def _any_feedback_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    return _feedback_owed(situation, situation.case.instructions)


def _feedback_owed(situation: Situation, instructions: Iterable[Instruction]) -> Span | None:
    """From the instruction until it has been answered for; `until` is the next day set for telling."""
    owed = [one for one in instructions if not _answered_for(situation, one)]
    if not owed:
        return None
    days = [day for one in owed if (day := _next_feedback(situation, one)) is not None]
    return min(one.on for one in owed), min(days, default=None)


def _answered_for(situation: Situation, instruction: Instruction) -> bool:
    """Whether the leader has heard. The principal leader, and one who wants to hear regularly, must have heard the
    result; a word on the way does for the others, until there is a result."""
    result = _result_event(situation.case)
    wants_result = instruction.principal or _flags(situation, instruction)
    if wants_result and not result:
        return False
    return any(back.event > max(instruction.event, result) for back in _told_to(situation.case, instruction))


def _flags(situation: Situation, instruction: Instruction) -> frozenset[str]:
    term = situation.regulation.term("feedback_rhythm", instruction.rhythm)
    return term.flags if term is not None else frozenset()


def _told_to(case: Case, instruction: Instruction) -> list[Feedback]:
    """Feedback on this instruction: to its leader by name where several leaders wrote, else any."""
    several = len({one.leader for one in case.instructions}) > 1
    return [one for one in case.feedbacks if not several or _same_person(one.to, instruction.leader)]


def _same_person(addressed: str, leader: str) -> bool:
    return leader in addressed or addressed in leader


def _result_event(case: Case) -> int:
    """The event that made the result which is to be reported: the standing reply, or whatever ended the case."""
    ends = (case.reply_in, case.refusal, case.explanation, case.returned_upward, case.answered_with)
    return max((one.event for one in ends if one is not None), default=0)


def _next_feedback(situation: Situation, instruction: Instruction) -> date | None:
    """The day set by the leader, or the next turn of a weekly or monthly rhythm, whichever comes first."""
    told = [one.on for one in situation.case.feedbacks if one.event > instruction.event]
    last = max([instruction.on, *told])
    flags = _flags(situation, instruction)
    days = [instruction.feedback_due] if instruction.feedback_due is not None else []
    if "weekly" in flags:
        days.append(last + timedelta(days=7))
    if "monthly" in flags:
        days.append(_month_later(last))
    return min(days, default=None)


def _month_later(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _principal_unsupervised(situation: Situation, rule: OpenItemRule) -> Span | None:
    """X 第五条（三）: the case is a matter of 政府督办 and its handling is watched."""
    for instruction in situation.case.instructions:
        watched = any(
            one.action == "supervise" and one.event > instruction.event for one in situation.case.pressure
        )
        if instruction.principal and not watched and situation.case.reply_in is None:
            return instruction.on, None
    return None


def _sent_back_often(situation: Situation, rule: OpenItemRule) -> Span | None:
    lead = situation.case.open_lead
    if lead is None or len(lead.reworks) < _SENT_BACK_OFTEN:
        return None
    last = lead.reworks[-1]
    if any(one.action == "supervise" and one.event > last.event for one in situation.case.pressure):
        return None
    return last.on, None


def _supervised_without_result(situation: Situation, rule: OpenItemRule) -> Span | None:
    """T 第二十条: 督办无果. As long after the 督办 as after a 催办, or from its own date, there is still no reply."""
    clock, lead = situation.clock, situation.case.lead
    if clock is None or lead is None or not clock.running:
        return None
    if any(one.event > lead.event for one in situation.case.transfers):
        return None
    wait = situation.regulation.limits_on(situation.case.received).after_urge
    for step in situation.case.pressure:
        if step.action != "supervise" or step.event < lead.event:
            continue
        begun = step.new_due or step.served_on or step.on
        ripe = end_of_period(situation.calendar, begun, wait)
        if situation.today >= ripe:
            return ripe, None
    return None


def _special_supervision_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    """T 第二十条: the 督查室 supervises specially what was transferred."""
    transfers = situation.case.transfers
    if not transfers or any(one.event > transfers[-1].event for one in situation.case.special_supervisions):
        return None
    return transfers[-1].on, None


def _dissatisfied(situation: Situation, rule: OpenItemRule) -> Span | None:
    """A citizen who was reached and is not satisfied: the reply had better be done again."""
    case = situation.case
    if not case.follow_ups or case.reply_in is None:
        return None
    last = case.follow_ups[-1]
    term = situation.regulation.term("follow_up_result", last.result)
    flags = term.flags if term is not None else frozenset()
    if "reached" not in flags or "satisfied" in flags or last.event < case.reply_in.event:
        return None
    return last.on, None


def _return_unsigned(situation: Situation, rule: OpenItemRule) -> Span | None:
    """T 第十五条: what comes back is signed by the deputy in charge."""
    asked = [one.pending_return for one in situation.case.assignments if one.open and one.pending_return]
    unsigned = [one for one in asked if one.signer in ("", NONE)]
    return (unsigned[0].on, None) if unsigned else None


def _public_contact_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    """T 第十二条: the unit's and its handler's contact stands with the public answer."""
    case = situation.case
    reply = case.reply_in
    if reply is None or not case.publications or case.publications[-1].event < reply.event:
        return None
    published = "".join(character for character in case.publications[-1].text if character.isdigit())
    phone = "".join(character for character in reply.phone if character.isdigit())
    return None if phone and phone in published else (case.publications[-1].on, None)


def _handed_down_unknown(situation: Situation, rule: OpenItemRule) -> Span | None:
    """T 第三条: by whom, when and until when a case was handed down has to be known before units get limits."""
    told = situation.case.handed_down
    if not situation.from_above or (told is not None and told.due is not None and told.on is not None):
        return None
    return situation.case.received, None


def _report_up_missing(situation: Situation, rule: OpenItemRule) -> Span | None:
    """T 第三条: what came from above is reported there, beside or instead of publishing."""
    case = situation.case
    reply = case.reply_in
    if not situation.from_above or reply is None or case.review is None:
        return None
    if any(one.event > reply.event for one in case.reports_up):
        return None
    return case.review.on, case.handed_down.due if case.handed_down is not None else None


OVERSIGHT_TRIGGERS: Mapping[str, Trigger] = {
    "trend_marked": _trend_marked,
    "investigation_missing": _investigation_missing,
    "principal_feedback_missing": _principal_feedback_missing,
    "feedback_missing": _feedback_missing,
    "any_feedback_missing": _any_feedback_missing,
    "principal_unsupervised": _principal_unsupervised,
    "sent_back_often": _sent_back_often,
    "supervised_without_result": _supervised_without_result,
    "special_supervision_missing": _special_supervision_missing,
    "dissatisfied": _dissatisfied,
    "return_unsigned": _return_unsigned,
    "public_contact_missing": _public_contact_missing,
    "handed_down_unknown": _handed_down_unknown,
    "report_up_missing": _report_up_missing,
}
