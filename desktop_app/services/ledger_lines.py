"""Lines of ledgers that have one a step instead of one a case: 督办, 退件, 回访, 批示 (X 第五条, T 第十四条至第十九条)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from desktop_app.domain.case import Case
from desktop_app.domain.regulation import Regulation

CASES = "cases"
"""One line a case."""

Line = dict[str, object]
Cover = Callable[[str], str]
"""Covers protected words in what somebody typed; or leaves them, where the ledger may hold them."""


def lines_of(kind: str, case: Case, regulation: Regulation, cover: Cover) -> Iterator[Line]:
    """What the ledger of that kind says of each of the case's steps, in the order in which they were taken."""
    yield from LINES[kind](case, regulation, cover)


def _pressure(case: Case, regulation: Regulation, cover: Cover) -> Iterator[Line]:
    for one in case.pressure:
        yield {
            "step": regulation.actions[one.action].title,
            "step_on": one.on,
            "document": one.number,
            "addressee": one.to,
            "ground": one.ground,
            "channel": one.channel,
            "served_on": one.served_on,
            "served_manner": one.served_manner,
            "answer": cover(one.answer),
        }


def _returns(case: Case, regulation: Regulation, cover: Cover) -> Iterator[Line]:
    for held in case.assignments:
        for one in held.return_requests:
            yield {
                "step": "退件",
                "step_on": one.on,
                "document": held.number,
                "returning_unit": held.unit,
                "reason": cover(one.reason),
                "suggested_unit": one.suggested_unit,
                "late": "迟" if one.late else "",
                "outcome": _OUTCOMES[one.accepted],
                "outcome_on": one.answered_on,
            }


_OUTCOMES = {None: "待答复", True: "同意", False: "不予退件"}


def _follow_ups(case: Case, regulation: Regulation, cover: Cover) -> Iterator[Line]:
    for one in case.follow_ups:
        yield {
            "step": "回访",
            "step_on": one.on,
            "channel": one.channel,
            "satisfaction": one.result,
            "solved": {None: "", True: "是", False: "否"}[one.solved],
            "note": cover(one.note),
        }


def _instructions(case: Case, regulation: Regulation, cover: Cover) -> Iterator[Line]:
    for place, one in enumerate(case.instructions):
        later = [other.on for other in case.instructions[place + 1 :] if other.leader == one.leader]
        until = min(later) if later else None
        told = [
            back
            for back in case.feedbacks
            if back.to == one.leader and back.on >= one.on and (until is None or back.on < until)
        ]
        yield {
            "step": "批示",
            "step_on": one.on,
            "leader": one.leader,
            "principal": "是" if one.principal else "",
            "instruction": cover(one.text),
            "feedback_due": one.feedback_due,
            "rhythm": one.rhythm,
            "feedback_on": told[-1].on if told else None,
            "feedback": cover(told[-1].text) if told else "",
        }


LINES: Mapping[str, Callable[[Case, Regulation, Cover], Iterator[Line]]] = {
    "pressure": _pressure,
    "returns": _returns,
    "follow_ups": _follow_ups,
    "instructions": _instructions,
}
"""By the word that a ledger's table names."""
