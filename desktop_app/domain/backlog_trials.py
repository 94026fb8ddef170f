"""Trying an old case out before anything of it is recorded: step by step under the ordinary rules, in memory."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.actions import ACTIONS, KeyKind
from desktop_app.domain.backlog_lines import (
    ON,
    STEPS,
    BacklogLine,
    LineStep,
    WrongFact,
    fact,
    message_of,
    source_of,
    steps_of,
)
from desktop_app.domain.case import Case
from desktop_app.domain.corrections import Step
from desktop_app.domain.history import REGISTER, apply
from desktop_app.domain.messages import Message
from desktop_app.domain.open_items import blocking_items
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.situation import Situation
from desktop_app.domain.step_dates import check_dates, check_not_in_future
from desktop_app.domain.units import UnitRegister
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.domain.workflow import prepare
from desktop_app.errors import Refusal

THIS = "本件"
"""Stands for the register number, which a case has only once it is entered."""

_KEY = re.compile(r"（([a-z][a-z_]*)(?:=[a-z]+)?）")
"""The name of a key, as refusals carry it."""

_LESS_THAN_A_DAY = frozenset(("missing_key", "unknown_value", "unknown_unit"))

_BLAMED = {
    "date_in_future": ON,
    "date_before_previous": ON,
    "not_allowed_for_role": ON,
    "limit_longer_than_regulation": "days",
}
_BLAMED_ELSEWHERE = {
    "extension_over_cap": fact("apply-extension", "days"),
    "reply_not_public": fact("pass-review", "public"),
}


@dataclass(frozen=True, slots=True)
class Bench:
    """By what lines are judged: the rules, the office's days and units, what the user may do, and today."""

    regulation: Regulation
    calendar: WorkCalendar
    units: UnitRegister
    roles: Collection[str]
    today: date


@dataclass(frozen=True, slots=True)
class Trial:
    """A line that the rules let pass: its message, its steps, and the case as they would leave it."""

    received: date
    source: str
    message: Message
    steps: tuple[LineStep, ...]
    situation: Situation


def try_out(line: BacklogLine, bench: Bench) -> Trial:
    """Take every step of the line in memory. Raises WrongFact, which names the fact to blame."""
    received = line.day(REGISTER)
    try:
        check_not_in_future(received, bench.today, "收件", None)
    except Refusal as refusal:
        raise _wrong(fact(REGISTER, ON), refusal) from refusal
    source = source_of(line, bench.regulation)
    message = message_of(line, source)
    state = bench.regulation.initial_state
    situation = _standing(Case(THIS, bench.regulation.id, state, received, source), message, bench)
    steps = []
    for place, step in enumerate(steps_of(line, bench.regulation), start=2):
        try:
            prepared = _prepared(situation, step, bench)
        except Refusal as refusal:
            raise _blamed(line, step, situation, refusal) from refusal
        case = apply(situation.case, replace(prepared, id=place), bench.regulation)
        situation = _standing(case, message, bench)
        steps.append(step)
    return Trial(received, source, message, tuple(steps), situation)


def _prepared(situation: Situation, step: LineStep, bench: Bench) -> Step:
    """The step as it may be recorded. A day that is wrong is told of before another fact is: it was typed before."""
    try:
        return prepare(situation, step.action, step.keys, step.on, bench.roles)
    except Refusal as refusal:
        if refusal.code in _LESS_THAN_A_DAY:
            check_dates(situation, Step(0, step.action, step.on, {}))
        raise


def _standing(case: Case, message: Message, bench: Bench) -> Situation:
    return Situation(case, bench.regulation, bench.calendar, bench.units, bench.today, message.citizen)


# ------------------------------------------------------------------ which fact is to blame


def _blamed(line: BacklogLine, step: LineStep, situation: Situation, refusal: Refusal) -> WrongFact:
    rule = situation.regulation.actions[step.action]
    if refusal.code == "wrong_state" and situation.case.status not in rule.from_states:
        return _out_of_order(step, situation, refusal)
    if refusal.code == "open_items_remain":
        return _wrong(_first_to_do(step, situation), refusal)
    return _wrong(_named(line, step, refusal), refusal)


def _out_of_order(step: LineStep, situation: Situation, refusal: Refusal) -> WrongFact:
    """A step that the line skips: the first that is missing is to blame, all are named."""
    rule = situation.regulation.actions[step.action]
    missing = _way_to(rule.from_states, situation)
    if not missing:
        state = situation.case.status
        return WrongFact(
            _day_of(step.action),
            refusal.code,
            f"“{state}”的件没有“{rule.title}”这一步。",
            refusal.clause,
            "请删去这一步，或改正前面的各步。",
        )
    titles = "、".join(situation.regulation.actions[action].title for action in missing)
    return WrongFact(
        _day_of(missing[0]),
        refusal.code,
        f"“{rule.title}”之前还缺：{titles}。",
        refusal.clause,
        f"请补填；还没有办到的，不填“{rule.title}”。",
    )


def _way_to(wanted: Collection[str], situation: Situation) -> tuple[str, ...]:
    """The fewest steps of a file from the state in hand to one of `wanted`; none where no way leads there."""
    regulation, start = situation.regulation, situation.case.status
    ways: dict[str, tuple[str, ...]] = {start: ()}
    ahead = deque([start])
    while ahead:
        state = ahead.popleft()
        if state in wanted:
            return ways[state]
        for action in STEPS:
            rule = regulation.actions.get(action)
            to = rule.leads_to(state) if rule is not None and state in rule.from_states else None
            if to is not None and to not in ways:
                ways[to] = (*ways[state], action)
                ahead.append(to)
    return ()


def _first_to_do(step: LineStep, situation: Situation) -> str:
    """Closing waits for something that has a step of its own in the file: that one is missing."""
    verb = next((item.verb for item in blocking_items(situation)), "")
    return _day_of(verb) if verb in STEPS else _day_of(step.action)


def _named(line: BacklogLine, step: LineStep, refusal: Refusal) -> str:
    keys = STEPS[step.action]
    if refusal.code in _BLAMED_ELSEWHERE:
        return _BLAMED_ELSEWHERE[refusal.code]
    if refusal.code == "protected_data_in_public_text":
        return fact(step.action if "text" in keys else "reply", "text")
    if refusal.code in _BLAMED and _BLAMED[refusal.code] in keys:
        return fact(step.action, _BLAMED[refusal.code])
    told = [key for key in _KEY.findall(refusal.message) if key in keys]
    # Of two ways to say it, the one that is begun is the one meant; what is filled in already is not missing.
    empty = [key for key in told if not line.get(step.action, key)]
    if refusal.code == "missing_key" and empty:
        return fact(step.action, empty[0])
    if told:
        return fact(step.action, told[0])
    unit = _unit_named(line, step, refusal)
    return fact(step.action, unit) if unit else _day_of(step.action)


def _unit_named(line: BacklogLine, step: LineStep, refusal: Refusal) -> str:
    kinds = (KeyKind.UNIT, KeyKind.UNITS)
    keys = [key.name for key in ACTIONS[step.action].keys if key.kind in kinds]
    if refusal.code != "unknown_unit":
        return ""
    quoted = re.findall("“(.*?)”", refusal.message)
    return next((key for key in keys if any(one and one in line.get(step.action, key) for one in quoted)), "")


def _day_of(action: str) -> str:
    """The fact that says that a step was taken."""
    return fact(action, ON if ON in STEPS[action] else STEPS[action][0])


def _wrong(name: str, refusal: Refusal) -> WrongFact:
    return WrongFact(name, refusal.code, refusal.message, refusal.clause, refusal.remedy)
