"""Who may read what was recorded: steps that a regulation shows to some roles only, such as 问责 (X 第七条（四）, T 第二十条).

That such a step was taken, on which day and by whom it was entered is told to everybody who may read the case; what it
says, and what a correction made of it, only to those roles. Whatever shows or hands out the records of a case goes
through here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from desktop_app.domain.case import Case
from desktop_app.domain.corrections import CORRECT, WITH
from desktop_app.domain.events import Event
from desktop_app.domain.oversight import Accountability
from desktop_app.domain.regulation import ActionRule, Regulation
from desktop_app.domain.users import Role

_SHORT_LABELS = {Role.VIEWER: "领导"}
_TARGET = "event"
_TOLD = (_TARGET, f"{WITH}on")
ACCOUNTABILITY = "hold-accountable"


def hidden_events(events: Iterable[Event], regulation: Regulation, roles: Collection[str]) -> dict[int, str]:
    """By event what stands in place of its words, for those that these roles may not read."""
    hidden: dict[int, str] = {}
    for event in events:
        rule = regulation.actions.get(event.action)
        if rule is not None and not may_read(rule, roles):
            hidden[event.id] = mark_of(rule)
        elif event.action == CORRECT and int(event.keys[_TARGET]) in hidden:
            hidden[event.id] = hidden[int(event.keys[_TARGET])]
    return hidden


def may_read(rule: ActionRule, roles: Collection[str]) -> bool:
    """Whether one with these roles may read what the step says."""
    return not rule.seen_by or bool(set(rule.seen_by) & set(roles))


def mark_of(rule: ActionRule) -> str:
    """``（仅审核、领导可见）``."""
    readers = (Role(name) for name in rule.seen_by)
    return f"（仅{'、'.join(_SHORT_LABELS.get(role, role.label) for role in readers)}可见）"


def covered(keys: Mapping[str, str], mark: str) -> dict[str, str]:
    """The keys of a hidden event: which there are, its day, and of a correction which event it is about, but no words."""
    return {name: value if name in _TOLD else mark for name, value in keys.items()}


def case_as_read(case: Case, regulation: Regulation, roles: Collection[str]) -> Case:
    """The case without the words of those steps; how many there are stays to be seen."""
    rule = regulation.actions.get(ACCOUNTABILITY)
    if rule is None or may_read(rule, roles):
        return case
    mark = mark_of(rule)
    held = tuple(Accountability(one.event, one.on, mark, mark) for one in case.accountability)
    return replace(case, accountability=held)
