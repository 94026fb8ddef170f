"""Steps of pressure on one unit about several of its cases at once: one paper, one number, a step on each case.

X 第五条（四）, T 第十三条、第十九条. What is sent once is delivered once as well: `deliver` notes it on the other cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.case import Case
from desktop_app.domain.corrections import Step
from desktop_app.domain.history import DOCUMENT
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import UnitRegister
from desktop_app.domain.workflow import prepare
from desktop_app.errors import Refusal
from desktop_app.services.case_loading import Loaded, load_case, situation_of
from desktop_app.services.document_numbers import form_numbered, issue_number
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.services.cases import Done
    from desktop_app.storage.work import Work

PRESSING = ("remind", "urge", "supervise")
"""提醒, 催办, 督办: what may be said to a unit about several cases on one paper."""
REMIND, SERVE = "remind", "serve"


def press_many(
    session: Session, numbers: Sequence[str], action: str, keys: Mapping[str, str], on: date | None = None
) -> tuple[Done, ...]:
    """The step on each of these cases of one unit, under one document number. One refusal stops all of them.

    Refusals: those of the step itself, naming the case; `unknown_unit` where the cases lie with different units;
    `unknown_value` for another action, or cases of different regulations.
    """
    with session.change() as work:
        return press_in(session, work, numbers, action, keys, on or session.today)


def press_in(
    session: Session, work: Work, numbers: Sequence[str], action: str, keys: Mapping[str, str], on: date
) -> tuple[Done, ...]:
    """The same within a transaction that the caller holds open."""
    from desktop_app.services.cases import record_prepared

    if action not in PRESSING:
        known = "、".join(PRESSING)
        raise Refusal("unknown_value", f"几件一并办理的步骤只有 {known}，没有“{action}”。")
    cases = _loaded(work, numbers)
    steps = [_prepared(session, work, one, action, keys, on) for one in cases]
    _check_together(cases)
    step = _numbered(session, work, cases, steps[0])
    document = {DOCUMENT: step.keys[DOCUMENT]} if DOCUMENT in step.keys else {}
    return tuple(
        record_prepared(session, work, one, replace(own, keys={**own.keys, **document}))
        for one, own in zip(cases, steps, strict=True)
    )


def _loaded(work: Work, numbers: Sequence[str]) -> list[Loaded]:
    found = (load_case(work, number) for number in numbers)
    return list({one.case.number: one for one in found}.values())


def _prepared(
    session: Session, work: Work, loaded: Loaded, action: str, keys: Mapping[str, str], on: date
) -> Step:
    try:
        return prepare(situation_of(session, work, loaded), action, keys, on, session.roles)
    except Refusal as refusal:
        number = loaded.case.number
        words = refusal.message if number in refusal.message else f"{number}：{refusal.message}"
        raise Refusal(refusal.code, words, refusal.clause, refusal.remedy) from refusal


def _check_together(cases: Sequence[Loaded]) -> None:
    """One paper goes to one unit, by one regulation."""
    first = cases[0]
    for other in cases[1:]:
        if other.regulation.id != first.regulation.id:
            raise Refusal(
                "unknown_value",
                f"{first.case.number} 按《{first.regulation.title}》办理，"
                f"{other.case.number} 按《{other.regulation.title}》办理，不能写在一份文书上。",
                None,
                "请按办法分开办理。",
            )
        if _unit(other) != _unit(first):
            raise Refusal(
                "unknown_unit",
                f"{first.case.number} 由“{_unit(first)}”承办，{other.case.number} 由“{_unit(other)}”承办，"
                "不能写在一份文书上。",
                None,
                "请按承办单位分开办理。",
            )


def _unit(loaded: Loaded) -> str:
    lead = loaded.case.lead
    return lead.unit if lead is not None else ""


def _numbered(session: Session, work: Work, cases: Sequence[Loaded], step: Step) -> Step:
    """The step with the number that all the cases share; without one where its paper bears none."""
    regulation = cases[0].regulation
    form = form_numbered(regulation, step)
    if form is None:
        return step
    numbers = [one.case.number for one in cases]
    number = issue_number(session, work, regulation, form.series, form.title, step.on.year, numbers)
    return replace(step, keys={**step.keys, DOCUMENT: number})


def deliver(session: Session, work: Work, done: Loaded, step: Step) -> None:
    """After `serve` on one case of a joint paper: it was delivered about its other cases as well.

    Left out are cases where the step is no longer possible, or the delivery of that paper stands already.
    """
    from desktop_app.services.cases import record_prepared

    issued = work.issued.find(step.get("paper")) if step.action == SERVE else None
    for other in issued.of_cases if issued is not None else ():
        if other.case == done.case.number or not other.standing or other.served_on is not None:
            continue
        loaded = load_case(work, other.case)
        rule = loaded.regulation.actions[SERVE]
        if loaded.case.status in rule.from_states and not loaded.case.voided:
            record_prepared(session, work, loaded, step)


def pressed_since(case: Case, action: str, since: date) -> bool:
    """Whether the unit that leads was pressed in this way on `since` or later."""
    lead = case.lead
    first = lead.event if lead is not None else 0
    return any(one.action == action and one.event > first and one.on >= since for one in case.pressure)


def addressee(regulation: Regulation, action: str, unit: str, units: UnitRegister) -> str:
    """To whom a step of pressure is proposed: the unit; T 第十三条 wants a reminder to go to its 主要负责同志."""
    known = units.find(unit)
    name = known.name if known is not None else unit
    if action != REMIND or "主要负责" not in regulation.article_text(regulation.clock.reminder_article):
        return name
    return f"{name}主要负责同志{known.head if known is not None else ''}"
