"""What superiors' and supervisors' steps, links between cases, and unusual endings make of a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.domain.assignment_changes import Change, ended
from desktop_app.domain.case import Case
from desktop_app.domain.corrections import Step
from desktop_app.domain.oversight import (
    NOT_FROM_ABOVE,
    Accountability,
    AnsweredWith,
    Assessment,
    Explanation,
    Feedback,
    HandedDown,
    Instruction,
    Investigation,
    Major,
    Reopening,
    SpecialSupervision,
    Transfer,
    UpwardReport,
    UpwardReturn,
)
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.renumbering import DOCUMENT
from desktop_app.domain.replacing import replace

EXPLAINED, MERGED, SENT_UP = "解释办结", "并案", "退回上级"
"""How an assignment ended, beside those of assignment_changes."""

LINKED = "linked"
"""Stands in the history of the case that answers for another one as well; the other one's own step is `link-duplicate`."""

UNLINKED = "unlinked"


def handed_down(case: Case, step: Step) -> Case:
    """What a step says of the case's coming from above; what it does not say stays as it was."""
    known = case.handed_down or NOT_FROM_ABOVE
    told = HandedDown(
        by=step.get("handed_down_by") or known.by,
        on=_day(step, "handed_down_on") or known.on,
        due=_day(step, "upstream_due") or known.due,
    )
    return replace(case, handed_down=told) if told != NOT_FROM_ABOVE else case


def _day(step: Step, key: str) -> date | None:
    return date.fromisoformat(step.get(key)) if step.get(key) else None


def _assess(case: Case, step: Step, regulation: Regulation) -> Case:
    before = case.assessment
    trend = step.yes("trend") if "trend" in step.keys else before is not None and before.trend
    assessment = Assessment(
        event=step.id,
        on=step.on,
        demand=step.get("demand") or (before.demand if before is not None else ""),
        trend=trend,
        note=step.get("note") or (before.note if before is not None else ""),
    )
    return handed_down(replace(case, assessment=assessment), step)


def _instruct(case: Case, step: Step, regulation: Regulation) -> Case:
    instruction = Instruction(
        event=step.id,
        on=step.on,
        leader=step.get("leader"),
        principal=step.yes("principal"),
        text=step.get("text"),
        feedback_due=_day(step, "feedback_due"),
        rhythm=step.get("rhythm"),
    )
    return replace(case, instructions=(*case.instructions, instruction))


def _feedback(case: Case, step: Step, regulation: Regulation) -> Case:
    feedback = Feedback(step.id, step.on, step.get("to"), step.get("text"), step.get("next"))
    return replace(case, feedbacks=(*case.feedbacks, feedback))


def _mark_major(case: Case, step: Step, regulation: Regulation) -> Case:
    return replace(case, major=Major(step.id, step.on, step.get("reason")))


def _investigate(case: Case, step: Step, regulation: Regulation) -> Case:
    investigation = Investigation(
        event=step.id,
        on=step.on,
        by=step.get("by"),
        units=step.get("units"),
        findings=step.get("findings"),
        conclusion=step.get("conclusion"),
    )
    return replace(case, investigations=(*case.investigations, investigation))


def _transfer(case: Case, step: Step, regulation: Regulation) -> Case:
    transfer = Transfer(
        event=step.id,
        on=step.on,
        to=step.get("to"),
        number=step.get(DOCUMENT),
        decided_by=step.get("decided_by"),
        violation=step.get("violation"),
        consequences=step.get("consequences"),
        reported_on=_day(step, "reported_on") or step.on,
        persons=step.get("persons"),
        evidence=step.get("evidence"),
    )
    return replace(case, transfers=(*case.transfers, transfer))


def _special_supervision(case: Case, step: Step, regulation: Regulation) -> Case:
    special = SpecialSupervision(step.id, step.on, step.get("by"), step.get("text"))
    return replace(case, special_supervisions=(*case.special_supervisions, special))


def _hold_accountable(case: Case, step: Step, regulation: Regulation) -> Case:
    held = Accountability(step.id, step.on, step.get("ground"), step.get("by"), step.get("note"))
    return replace(case, accountability=(*case.accountability, held))


def _explain(case: Case, step: Step, regulation: Regulation) -> Case:
    explanation = Explanation(
        event=step.id,
        on=step.on,
        consent_by=step.get("consent_by"),
        text=step.get("text"),
        upstream_consent_by=step.get("upstream_consent_by"),
    )
    held = ended(case.assignments, step.on, EXPLAINED)
    return replace(case, explanation=explanation, assignments=held)


def _return_upward(case: Case, step: Step, regulation: Regulation) -> Case:
    returned = UpwardReturn(step.id, step.on, step.get("to"), step.get("reason"))
    return replace(case, returned_upward=returned, assignments=ended(case.assignments, step.on, SENT_UP))


def _report_up(case: Case, step: Step, regulation: Regulation) -> Case:
    report = UpwardReport(step.id, step.on, step.get("to"), step.get("text"))
    return replace(case, reports_up=(*case.reports_up, report))


def _link_duplicate(case: Case, step: Step, regulation: Regulation) -> Case:
    held = ended(case.assignments, step.on, MERGED)
    return replace(case, linked_to=step.get("of"), assignments=held)


def _linked(case: Case, step: Step, regulation: Regulation) -> Case:
    return replace(case, linked=(*case.linked, step.get("number")))


def _unlinked(case: Case, step: Step, regulation: Regulation) -> Case:
    return replace(case, linked=tuple(one for one in case.linked if one != step.get("number")))


def _answer_with(case: Case, step: Step, regulation: Regulation) -> Case:
    answer = AnsweredWith(step.id, step.on, step.get("of"), step.get("channel"))
    return replace(case, answered_with=answer)


def _reopen(case: Case, step: Step, regulation: Regulation) -> Case:
    """Taken up for a new assignment, the case begins again with what is known of it; for additions only, it stays."""
    to = regulation.actions[step.action].leads_to(case.status, step.get("to")) or case.status
    anew = to not in regulation.actions["archive"].from_states
    reopening = Reopening(step.id, step.on, to, step.get("reason"), anew)
    case = replace(case, reopenings=(*case.reopenings, reopening), archived_on=None)
    if not anew:
        return case
    return replace(
        case,
        refusal=None,
        review=None,
        signed_off_on=None,
        signed_off_by="",
        signed_off_opinion="",
        explanation=None,
        returned_upward=None,
        linked_to="",
        answered_with=None,
        closed_on=None,
    )


OVERSIGHT_CHANGES: Mapping[str, Change] = {
    "assess": _assess,
    "instruct": _instruct,
    "feedback": _feedback,
    "mark-major": _mark_major,
    "investigate": _investigate,
    "transfer": _transfer,
    "special-supervision": _special_supervision,
    "hold-accountable": _hold_accountable,
    "explain": _explain,
    "return-upward": _return_upward,
    "report-up": _report_up,
    "link-duplicate": _link_duplicate,
    LINKED: _linked,
    UNLINKED: _unlinked,
    "answer-with": _answer_with,
    "reopen": _reopen,
}
