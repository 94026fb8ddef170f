"""Which recorded step a paper rests on: papers are made of what has happened, never ahead of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.case import Case
from desktop_app.domain.regulation import FormRule


@dataclass(frozen=True, slots=True)
class Basis:
    """The latest step of a kind: its event, its day, the document number it was given, if one."""

    event: int
    on: date
    action: str
    number: str = ""


def basis_of(case: Case, form: FormRule) -> Basis | None:
    """The latest recorded step after which the form is made, or None where there is none yet."""
    found = [basis for action in form.after if (basis := latest_step(case, action)) is not None]
    return max(found, key=lambda one: one.event, default=None)


def latest_step(case: Case, action: str) -> Basis | None:
    """The latest step of that action that a paper may rest on; None where there is none, or none is kept."""
    find = _FIND.get(action)
    found = [Basis(event, on, action, number) for event, on, number in find(case)] if find is not None else []
    return max(found, key=lambda one: one.event, default=None)


Steps = Iterable[tuple[int, date, str]]


def _dispatched(case: Case) -> Steps:
    lead = case.lead
    return [(lead.event, lead.dispatched, lead.number)] if lead is not None else []


def _pressed(action: str) -> Callable[[Case], Steps]:
    return lambda case: [(one.event, one.on, one.number) for one in case.pressure if one.action == action]


def _extensions(case: Case) -> Steps:
    return [(one.event, one.applied_on, "") for held in case.assignments for one in held.extensions]


def _returns(case: Case) -> Steps:
    return [(one.event, one.on, "") for held in case.assignments for one in held.return_requests]


def _reworks(case: Case) -> Steps:
    return [(one.event, one.on, "") for held in case.assignments for one in held.reworks]


def _replies(case: Case) -> Steps:
    return [(one.event, one.on, "") for held in case.assignments for one in held.replies]


def _received(case: Case) -> Steps:
    lead = case.lead
    return [(lead.event, lead.received, lead.number)] if lead is not None and lead.received else []


def _only(*records: object) -> Steps:
    return [(one.event, one.on, "") for one in records if one is not None]  # type: ignore[attr-defined]


_FIND: dict[str, Callable[[Case], Steps]] = {
    "dispatch": _dispatched,
    "change-units": _dispatched,
    "receive": _received,
    "remind": _pressed("remind"),
    "urge": _pressed("urge"),
    "supervise": _pressed("supervise"),
    "transfer": _pressed("transfer"),
    "apply-extension": _extensions,
    "return": _returns,
    "rework": _reworks,
    "reply": _replies,
    "refuse": lambda case: _only(case.refusal),
    "pass-review": lambda case: _only(case.review),
    "publish": lambda case: _only(*case.publications),
    "answer-privately": lambda case: _only(case.private_answer),
    "contact": lambda case: _only(*case.contacts),
    "follow-up": lambda case: _only(*case.follow_ups),
    "instruct": lambda case: _only(*case.instructions),
    "feedback": lambda case: _only(*case.feedbacks),
    "investigate": lambda case: _only(*case.investigations),
    "explain": lambda case: _only(case.explanation),
    "return-upward": lambda case: _only(case.returned_upward),
    "report-up": lambda case: _only(*case.reports_up),
    "close": lambda case: [(_last_event(case), case.closed_on, "")] if case.closed_on is not None else [],
    "archive": lambda case: (
        [(_last_event(case), case.archived_on, "")] if case.archived_on is not None else []
    ),
}


def _last_event(case: Case) -> int:
    """A case that is closed rests on its whole history; its latest answer stands for it."""
    given = [
        one.event for one in (*case.publications, case.private_answer, case.refusal, case.explanation) if one
    ]
    return max(given, default=0)
