"""Duplicates linked and answered once: what a step on one case brings about on those tied to it.

A case linked to another (`link-duplicate`) has no clock of its own; when the other is answered, it is answered
as well. The tie stands in both histories, so that either tells it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.corrections import Step
from desktop_app.domain.oversight_changes import LINKED, UNLINKED
from desktop_app.domain.regulation import Regulation
from desktop_app.services.case_loading import Loaded, load_case
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.services.cases import Done
    from desktop_app.storage.work import Work

LINK, ANSWER_WITH, REOPEN = "link-duplicate", "answer-with", "reopen"
_ANSWERS = ("publish", "answer-privately", "report-up")


def follow(session: Session, work: Work, before: Loaded, step: Step, done: Done) -> Done:
    """After a step: tie the other case, or answer those that wait for this one. Same transaction; all or none.

    Returns what the step came to, with the state that the case has now.
    """
    if step.action == LINK:
        main = step.get("of")
        tie(session, work, main, done.number, step.on, LINKED)
        answered = load_case(work, main).case.answered_on
        if answered is not None:
            return _answer(session, work, done.number, main, max(answered, step.on), done)
    elif step.action in _ANSWERS:
        for number in before.case.linked:
            _answer(session, work, number, done.number, step.on, done)
    elif step.action == REOPEN:
        retie(session, work, before, load_case(work, done.number), step.on)
    return done


def retie(session: Session, work: Work, before: Loaded, after: Loaded, on: date) -> None:
    """Where a case is tied to another than before, or to none any more, tell the cases it was and is tied to."""
    was, now = before.case.linked_to, after.case.linked_to
    if was == now:
        return
    if was:
        tie(session, work, was, before.case.number, on, UNLINKED)
    if now:
        tie(session, work, now, before.case.number, on, LINKED)


def tie(session: Session, work: Work, main: str, number: str, on: date, how: str) -> None:
    """Note on the main case that another is answered with it, or no more."""
    from desktop_app.services.cases import record_prepared

    record_prepared(session, work, load_case(work, main), Step(0, how, on, {"number": number}))


def _answer(session: Session, work: Work, number: str, main: str, on: date, done: Done) -> Done:
    """Answer a linked case with the main one's answer, where it still stands in a state that takes one."""
    from desktop_app.services.cases import record_prepared

    loaded = load_case(work, number)
    if not _takes_answer(loaded.regulation, loaded.case.status) or loaded.case.voided:
        return done
    answered = load_case(work, main).case
    channel = "公开" if answered.publications else "直接答复"
    return record_prepared(session, work, loaded, Step(0, ANSWER_WITH, on, {"of": main, "channel": channel}))


def _takes_answer(regulation: Regulation, status: str) -> bool:
    rule = regulation.actions.get(ANSWER_WITH)
    return rule is not None and status in rule.from_states
