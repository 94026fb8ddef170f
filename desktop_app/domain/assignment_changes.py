"""Who holds a case: what dispatch, receipt, return, extension, reply and rework make of its assignments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from desktop_app.domain.actions import YES
from desktop_app.domain.assignment import Approval, Assignment, Extension, Reply, ReturnRequest, Rework
from desktop_app.domain.case import Case
from desktop_app.domain.corrections import Step
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.renumbering import DOCUMENT
from desktop_app.domain.replacing import replace

TAKEN_BACK, RETURNED, DONE = "改派", "退件", "办结"

Change = Callable[[Case, Step, Regulation], Case]


def _dispatch(case: Case, step: Step, regulation: Regulation) -> Case:
    held = _new_assignments(step, step.get("lead"), step.names("supporting"))
    return replace(
        case, assignments=case.assignments + held, urgency=step.get("urgency") or case.urgency, review=None
    )


def _new_assignments(step: Step, lead: str, supporting: Iterable[str]) -> tuple[Assignment, ...]:
    units = ([(lead, True)] if lead else []) + [(name, False) for name in supporting]
    return tuple(
        Assignment(
            event=step.id,
            unit=name,
            lead=is_lead,
            dispatched=step.on,
            days=step.count("days"),
            number=step.get(DOCUMENT),
            opinion=step.get("opinion"),
        )
        for name, is_lead in units
    )


def _change_units(case: Case, step: Step, regulation: Regulation) -> Case:
    held = case.assignments
    lead = step.get("lead")
    if lead:
        # A unit that supported and now leads holds the case once, not twice.
        held = _update(
            held,
            lambda one: one.open and (one.lead or one.unit == lead),
            lambda one: replace(one, ended=step.on, how_ended=TAKEN_BACK),
        )
        held += _new_assignments(step, lead, ())
        case = replace(case, status=state_after(regulation, "dispatch"))
    if "supporting" in step.keys:
        wanted = step.names("supporting")
        held = _update(
            held,
            lambda one: not one.lead and one.open and one.unit not in wanted,
            lambda one: replace(one, ended=step.on, how_ended=TAKEN_BACK),
        )
        present = {one.unit for one in held if not one.lead and one.open}
        held += _new_assignments(step, "", [name for name in wanted if name not in present])
    return replace(case, assignments=held)


def _receive(case: Case, step: Step, regulation: Regulation) -> Case:
    manner = step.get("manner")
    if step.get("stays") == YES:
        return _update_lead(case, lambda one: replace(one, delivered=step.on, how_received=manner))

    def taken(one: Assignment) -> Assignment:
        return replace(one, received=step.on, how_received=manner, received_by=step.get("by"))

    return replace(
        case,
        assignments=_update(case.assignments, lambda one: one.open and one.received is None, taken),
    )


def _return(case: Case, step: Step, regulation: Regulation) -> Case:
    unit = step.get("unit")

    def asked(one: Assignment) -> Assignment:
        one = _received_by(one, step.on)
        request = ReturnRequest(
            event=step.id,
            on=step.on,
            signer=step.get("signer"),
            suggested_unit=step.get("suggested_unit"),
            late=one.received is not None and step.on > one.received,
            reason=step.get("reason"),
            basis=step.get("basis"),
        )
        return replace(one, return_requests=(*one.return_requests, request))

    lead = case.open_lead
    if unit and (lead is None or lead.unit != unit):
        held = _update(case.assignments, lambda one: one.open and not one.lead and one.unit == unit, asked)
        return replace(case, assignments=held)
    case = _update_lead(case, asked)
    return replace(case, status=state_after(regulation, "receive"))


def _received_by(one: Assignment, day: date) -> Assignment:
    """A reply or return implies receipt on that day at the latest (推定); an earlier one that comes to light, earlier."""
    if one.received is None or (one.presumed and day < one.received):
        return replace(one, received=day, presumed=True)
    return one


def _withdrawn(one: Assignment) -> Assignment:
    """A unit that answers after all has taken its unanswered return back: nobody decides on it any more."""
    if one.pending_return is None:
        return one
    request = replace(one.pending_return, accepted=False)
    return replace(one, return_requests=(*one.return_requests[:-1], request))


def _accept_return(case: Case, step: Step, regulation: Regulation) -> Case:
    def settled(one: Assignment) -> Assignment:
        request = replace(
            one.return_requests[-1], accepted=True, answered_on=step.on, answer=step.get("reason")
        )
        # The clock of that assignment ends as of the day of the return, not of its acceptance.
        return replace(
            one,
            return_requests=(*one.return_requests[:-1], request),
            ended=request.on,
            how_ended=RETURNED,
        )

    returning = return_to_answer(case)
    held = _update(case.assignments, lambda one: one is returning, settled)
    if returning is not None and returning.lead:
        held = ended(held, step.on, TAKEN_BACK)
    return replace(case, assignments=held)


def _refuse_return(case: Case, step: Step, regulation: Regulation) -> Case:
    def settled(one: Assignment) -> Assignment:
        request = replace(
            one.return_requests[-1], accepted=False, answered_on=step.on, answer=step.get("reason")
        )
        return replace(one, return_requests=(*one.return_requests[:-1], request))

    returning = return_to_answer(case)
    return replace(case, assignments=_update(case.assignments, lambda one: one is returning, settled))


def _apply_extension(case: Case, step: Step, regulation: Regulation) -> Case:
    extension = Extension(
        event=step.id,
        applied_on=step.on,
        days=step.count("days") or 0,
        applicant=step.get("applicant"),
        citizen_told=step.yes("citizen_told"),
        reason=step.get("reason"),
        progress=step.get("progress"),
    )
    return _update_lead(case, lambda one: replace(one, extensions=(*one.extensions, extension)))


def _approve_extension(case: Case, step: Step, regulation: Regulation) -> Case:
    def approved(one: Assignment) -> Assignment:
        extension = one.extensions[-1]
        days = step.count("days") or granted_so_far(extension)
        approval = Approval(step.get("level"), step.get("by"), step.on, days, step.get("opinion"))
        extension = replace(extension, approvals=(*extension.approvals, approval))
        if step.get("level") == approval_chain(regulation, case.source)[-1]:
            extension = replace(extension, granted=days, decided_on=step.on, decided=step.id)
        return replace(one, extensions=(*one.extensions[:-1], extension))

    return _update_lead(case, approved)


def _refuse_extension(case: Case, step: Step, regulation: Regulation) -> Case:
    def refused(one: Assignment) -> Assignment:
        refusal = Approval(step.get("level"), step.get("by"), step.on, None, step.get("opinion"))
        extension = replace(
            one.extensions[-1], refused=True, decided_on=step.on, refusal=refusal, decided=step.id
        )
        return replace(one, extensions=(*one.extensions[:-1], extension))

    return _update_lead(case, refused)


def granted_so_far(extension: Extension) -> int:
    """What the level before agreed to; each level may grant fewer days."""
    return extension.approvals[-1].days or extension.days if extension.approvals else extension.days


def approval_chain(regulation: Regulation, source: str) -> tuple[str, ...]:
    """Levels in order (逐级). A level marked `upstream` stands only for cases handed down from above."""
    origin = regulation.term("source", source)
    from_above = origin is not None and "upstream" in origin.flags
    return tuple(
        term.value
        for term in regulation.vocabularies["approval_level"]
        if from_above or "upstream" not in term.flags
    )


def _reply(case: Case, step: Step, regulation: Regulation) -> Case:
    reply = Reply(
        event=step.id,
        on=step.on,
        text=step.get("text"),
        signer=step.get("signer"),
        stamped=step.yes_or_unknown("stamped"),
        handler=step.get("handler"),
        phone=step.get("phone"),
        suggested_public=step.yes_or_unknown("suggested_public"),
        handling=step.get("handling"),
    )
    case = _update_lead(
        case, lambda one: replace(_withdrawn(_received_by(one, step.on)), replies=(*one.replies, reply))
    )
    return replace(case, review=None, signed_off_on=None, signed_off_by="", signed_off_opinion="")


def _rework(case: Case, step: Step, regulation: Regulation) -> Case:
    due = date.fromisoformat(step.get("due"))
    rework = Rework(step.id, step.on, due, step.get("ground"), step.get("opinion"))

    def sent_back(one: Assignment) -> Assignment:
        replies = one.replies
        if replies:
            replies = (*replies[:-1], replace(replies[-1], sent_back=True))
        return replace(one, replies=replies, reworks=(*one.reworks, rework))

    case = _update_lead(case, sent_back)
    return replace(
        case, review=None, signed_off_on=None, signed_off_by="", signed_off_opinion="", closed_on=None
    )


def return_to_answer(case: Case) -> Assignment | None:
    """Whose return the office answers next: the lead's before all others, then the one asked for first."""
    waiting = [one for one in case.assignments if one.open and one.pending_return is not None]
    return min(waiting, key=_asked_first) if waiting else None


def _asked_first(one: Assignment) -> tuple[bool, int]:
    return not one.lead, one.return_requests[-1].event


def state_after(regulation: Regulation, action: str) -> str:
    """The state that an action of this regulation leads to."""
    targets = regulation.actions[action].targets
    if not targets:
        raise ValueError(f"{regulation.id}: {action} leads to no state")
    return targets[0]


def ended(held: tuple[Assignment, ...], day: date, how: str) -> tuple[Assignment, ...]:
    return _update(held, lambda one: one.open, lambda one: replace(one, ended=day, how_ended=how))


def _update(
    held: tuple[Assignment, ...],
    which: Callable[[Assignment], bool],
    change: Callable[[Assignment], Assignment],
) -> tuple[Assignment, ...]:
    return tuple(change(one) if which(one) else one for one in held)


def _update_lead(case: Case, change: Callable[[Assignment], Assignment]) -> Case:
    return replace(case, assignments=_update(case.assignments, lambda one: one.lead and one.open, change))


ASSIGNMENT_CHANGES: Mapping[str, Change] = {
    "dispatch": _dispatch,
    "change-units": _change_units,
    "receive": _receive,
    "return": _return,
    "accept-return": _accept_return,
    "refuse-return": _refuse_return,
    "apply-extension": _apply_extension,
    "approve-extension": _approve_extension,
    "refuse-extension": _refuse_extension,
    "reply": _reply,
    "rework": _rework,
}
