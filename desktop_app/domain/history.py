"""From steps to a case: what each recorded step made of it. No judgement here: what was recorded, was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.domain.actions import YES
from desktop_app.domain.assignment_changes import (
    ASSIGNMENT_CHANGES,
    DONE,
    RETURNED,
    TAKEN_BACK,
    Change,
    approval_chain,
    ended,
    granted_so_far,
    return_to_answer,
)
from desktop_app.domain.case import (
    Case,
    Complaint,
    Contact,
    Declined,
    FollowUp,
    Pressure,
    PrivateAnswer,
    Publication,
    RefusalRecord,
    Review,
    Service,
    TakenOver,
    Waiver,
)
from desktop_app.domain.corrections import Step
from desktop_app.domain.oversight_changes import OVERSIGHT_CHANGES, handed_down
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.renumbering import DOCUMENT
from desktop_app.domain.replacing import replace

__all__ = [
    "DOCUMENT",
    "REGISTER",
    "RETURNED",
    "TAKEN_BACK",
    "TAKE_OVER",
    "VOID",
    "apply",
    "approval_chain",
    "fold",
    "granted_so_far",
    "return_to_answer",
    "text_to_publish",
]

REGISTER, VOID = "register", "void"
TAKE_OVER = "take-over"
"""Record that a case of an old ledger was taken over as closed; like those two, no step of any regulation."""


def fold(number: str, steps: Sequence[Step], regulation: Regulation) -> Case:
    """The case that these steps make. The first must be its registration."""
    first = steps[0]
    case = Case(
        number=number,
        regulation=regulation.id,
        status=regulation.initial_state,
        received=first.on,
        source=first.get("source"),
    )
    case = handed_down(case, first)
    for step in steps[1:]:
        case = apply(case, step, regulation)
    return case


def apply(case: Case, step: Step, regulation: Regulation) -> Case:
    """The case after one more step: its facts, then the state that the regulation's file names."""
    moves, before = _moves_state(case, step), case.status
    change = _CHANGES.get(step.action)
    if change is not None:
        case = change(case, step, regulation)
    rule = regulation.actions.get(step.action)
    to = rule.leads_to(before, step.get("to")) if rule is not None and moves else None
    return replace(case, status=to) if to is not None else case


def _moves_state(case: Case, step: Step) -> bool:
    """A supporting unit's return leaves the case where it is; a mere delivery is no receipt."""
    if step.action == "accept-return":
        returning = return_to_answer(case)
        return returning is not None and returning.lead
    return step.get("stays") != YES


def _accept(case: Case, step: Step, regulation: Regulation) -> Case:
    return replace(
        handed_down(case, step),
        category=step.get("category"),
        urgency=step.get("urgency") or case.urgency or regulation.values("urgency")[0],
        ground=step.get("ground"),
        topic=step.get("topic"),
    )


def _refuse(case: Case, step: Step, regulation: Regulation) -> Case:
    refusal = RefusalRecord(
        event=step.id,
        on=step.on,
        ground=step.get("ground"),
        explanation=step.get("explanation"),
        suggestion=step.get("suggestion"),
        not_told_reason=step.get("not_told_reason"),
        duplicate_of=step.get("duplicate_of"),
    )
    return replace(case, refusal=refusal, assignments=ended(case.assignments, step.on, "不予受理"))


def _tell_refusal(case: Case, step: Step, regulation: Regulation) -> Case:
    if case.refusal is None:
        return case
    return replace(case, refusal=replace(case.refusal, told_on=step.on, told_channel=step.get("channel")))


def _pass_review(case: Case, step: Step, regulation: Regulation) -> Case:
    review = Review(
        event=step.id,
        on=step.on,
        by=step.get("by"),
        public=step.yes("public"),
        private_reason=step.get("private_reason"),
        public_text=step.get("public_text"),
        cleared=step.yes("cleared"),
        checks=step.names("checks"),
        points=step.get("points"),
        opinion=step.get("opinion"),
    )
    return replace(case, review=review)


def _sign_off(case: Case, step: Step, regulation: Regulation) -> Case:
    return replace(
        case, signed_off_on=step.on, signed_off_by=step.get("by"), signed_off_opinion=step.get("opinion")
    )


def _decline_sign_off(case: Case, step: Step, regulation: Regulation) -> Case:
    declined = Declined(step.id, step.on, step.get("by"), step.get("reason"))
    return replace(
        case,
        review=None,
        signed_off_on=None,
        signed_off_by="",
        signed_off_opinion="",
        declined=(*case.declined, declined),
    )


def _publish(case: Case, step: Step, regulation: Regulation) -> Case:
    text = step.get("text") or text_to_publish(case)
    publication = Publication(step.id, step.on, text, step.get("place"))
    return replace(case, publications=(*case.publications, publication))


def text_to_publish(case: Case) -> str:
    """What goes public when nothing else is given: the reviewed text, else the unit's own reply."""
    if case.review is not None and case.review.public_text:
        return case.review.public_text
    return case.reply_in.text if case.reply_in is not None else ""


def _answer_privately(case: Case, step: Step, regulation: Regulation) -> Case:
    answer = PrivateAnswer(step.id, step.on, step.get("by"), step.get("channel"), step.get("text"))
    return replace(case, private_answer=answer)


def _post_note(case: Case, step: Step, regulation: Regulation) -> Case:
    return replace(case, public_note_on=step.on, public_note=step.get("text"))


def _contact(case: Case, step: Step, regulation: Regulation) -> Case:
    contact = Contact(step.id, step.on, step.get("when"), step.get("channel"), step.get("result"))
    return replace(case, contacts=(*case.contacts, contact))


def _follow_up(case: Case, step: Step, regulation: Regulation) -> Case:
    follow_up = FollowUp(
        event=step.id,
        on=step.on,
        result=step.get("result"),
        channel=step.get("channel"),
        solved=step.yes_or_unknown("solved"),
        note=step.get("note"),
    )
    return replace(case, follow_ups=(*case.follow_ups, follow_up))


def _press(case: Case, step: Step, regulation: Regulation) -> Case:
    pressure = Pressure(
        event=step.id,
        action=step.action,
        on=step.on,
        to=step.get("to"),
        number=step.get(DOCUMENT),
        ground=step.get("ground"),
        channel=step.get("channel"),
        by=step.get("by"),
        answer=step.get("answer"),
        problems=step.get("problems"),
        demands=step.get("demands"),
        new_due=date.fromisoformat(step.get("new_due")) if step.get("new_due") else None,
        feedback=step.get("feedback"),
        copies=step.get("copies"),
    )
    return replace(case, pressure=(*case.pressure, pressure))


def _transfer(case: Case, step: Step, regulation: Regulation) -> Case:
    """The gravest step of pressure, and a record of its own."""
    return OVERSIGHT_CHANGES["transfer"](_press(case, step, regulation), step, regulation)


def _serve(case: Case, step: Step, regulation: Regulation) -> Case:
    service = Service(step.id, step.on, step.get("paper"), step.get("manner"), step.get("received_by"))

    def served(one: Pressure) -> Pressure:
        if one.number != service.paper:
            return one
        return replace(one, served_on=step.on, served_manner=service.manner, served_to=service.received_by)

    return replace(case, pressure=tuple(map(served, case.pressure)), services=(*case.services, service))


def _complained_of(case: Case, step: Step, regulation: Regulation) -> Case:
    complaint = Complaint(step.id, step.get("kind"), step.get("unit"), step.get("person"), step.on)
    return replace(case, complaints=(*case.complaints, complaint))


def _waive(case: Case, step: Step, regulation: Regulation) -> Case:
    return replace(case, waivers=(*case.waivers, Waiver(step.id, step.get("item"), step.on, step.get("by"))))


def _close(case: Case, step: Step, regulation: Regulation) -> Case:
    return replace(case, closed_on=step.on)


def _archive(case: Case, step: Step, regulation: Regulation) -> Case:
    return replace(
        case,
        archived_on=step.on,
        retention=step.get("retention"),
        assignments=ended(case.assignments, step.on, DONE),
    )


def _take_over(case: Case, step: Step, regulation: Regulation) -> Case:
    """Closed from the start; archived, too, where its retention period is known."""
    rule, retention = regulation.actions["archive"], step.get("retention")
    replied = step.get("replied_on")
    taken = TakenOver(step.id, step.get("lead"), date.fromisoformat(replied) if replied else None)
    return replace(
        case,
        taken_over=taken,
        category=step.get("category"),
        closed_on=step.on,
        archived_on=step.on if retention else None,
        retention=retention,
        status=(rule.leads_to(rule.from_states[0], "") or case.status) if retention else rule.from_states[0],
    )


def _void(case: Case, step: Step, regulation: Regulation) -> Case:
    return replace(case, voided=True)


_CHANGES: Mapping[str, Change] = {
    **ASSIGNMENT_CHANGES,
    **OVERSIGHT_CHANGES,
    "accept": _accept,
    "refuse": _refuse,
    "tell-refusal": _tell_refusal,
    "pass-review": _pass_review,
    "sign-off": _sign_off,
    "decline-sign-off": _decline_sign_off,
    "publish": _publish,
    "answer-privately": _answer_privately,
    "post-note": _post_note,
    "contact": _contact,
    "follow-up": _follow_up,
    "remind": _press,
    "urge": _press,
    "supervise": _press,
    "transfer": _transfer,
    "serve": _serve,
    "complained-of": _complained_of,
    "waive": _waive,
    "close": _close,
    "archive": _archive,
    TAKE_OVER: _take_over,
    VOID: _void,
}
