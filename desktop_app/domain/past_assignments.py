"""An assignment as it stood when a step was taken: a paper about that step, printed later, says what was so then."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.assignment import Assignment, Extension
from desktop_app.domain.case import Case
from desktop_app.domain.paper_basis import Basis


def assignment_concerned(case: Case, basis: Basis) -> Assignment | None:
    """Whose step it was (a supporting unit may return, too), else the unit that led then; None where none had led."""
    for held in case.assignments:
        if basis.event in _events(held):
            return held
    leads = [held for held in case.assignments if held.lead and held.event <= basis.event]
    return leads[-1] if leads else case.lead


def _events(held: Assignment) -> set[int]:
    """The events of the steps that the unit itself took, or that its replies met with."""
    asked = {one.event for one in held.extensions} | {one.event for one in held.return_requests}
    return asked | {one.event for one in held.reworks} | {one.event for one in held.replies}


def as_it_stood(held: Assignment, basis: Basis) -> Assignment:
    """The assignment with that step and what came before it, and nothing that came after."""
    return replace(
        held,
        received=held.received if held.received is not None and held.received <= basis.on else None,
        extensions=tuple(
            _extension_then(one, basis.event) for one in held.extensions if one.event <= basis.event
        ),
        reworks=tuple(one for one in held.reworks if one.event <= basis.event),
        replies=tuple(one for one in held.replies if one.event <= basis.event),
        return_requests=tuple(one for one in held.return_requests if one.event <= basis.event),
        ended=held.ended if held.ended is not None and held.ended <= basis.on else None,
    )


def before(held: Assignment, event: int) -> Assignment:
    """The assignment up to, and without, that step."""
    return replace(
        held,
        extensions=tuple(_extension_then(one, event) for one in held.extensions if one.event < event),
        reworks=tuple(one for one in held.reworks if one.event < event),
        replies=tuple(one for one in held.replies if one.event < event),
        return_requests=tuple(one for one in held.return_requests if one.event < event),
    )


def _extension_then(one: Extension, event: int) -> Extension:
    """Without the answer where that came later."""
    return one if one.decided <= event else replace(one, granted=None, decided_on=None, refused=False)
