"""Guards that keep a 控告、检举 and its papers from the accused, by whatever step (X 第六条; for T an office rule)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from desktop_app.domain.accused import named_in, person_in
from desktop_app.domain.case import Case, Complaint
from desktop_app.domain.corrections import Step
from desktop_app.domain.guard_stages import Guard
from desktop_app.domain.open_items import barred_unit, unit_barred_by
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.situation import Situation
from desktop_app.errors import Refusal

_PRESSING = frozenset(("remind", "urge", "supervise"))
_ADDRESSEES = ("to", "copies", "units")
"""Keys in which whoever gets a paper, or takes part, is named in words."""


def refuse_barred(situation: Situation, name: str, clause: str | None) -> None:
    """控告、检举: neither the case nor its papers to the accused, its subordinates, or it under another name."""
    accused = barred_unit(situation, name)
    if accused is not None:
        raise _refusal(accused, f"不得交给该单位及其下属单位{_own_rule(clause)}；“{name}”不能承办", clause)


def complaint_clause(regulation: Regulation) -> str | None:
    """The clause that keeps a case and its papers from the unit it complains of."""
    return regulation.actions["dispatch"].guard_articles.get("unit_not_complained_of") or None


def refuse_newly_barred(situation: Situation, before: Case) -> None:
    """After a correction: no unit may hold the case now that did not before and may not."""
    held = {one.unit for one in before.assignments if one.open}
    for one in situation.case.assignments:
        if one.open and one.unit not in held:
            refuse_barred(situation, one.unit, complaint_clause(situation.regulation))


def _unit_not_complained_of(situation: Situation, step: Step, clause: str | None) -> None:
    for name in (step.get("lead"), *step.names("supporting")):
        refuse_barred(situation, name, clause)


def _nothing_to_the_accused(situation: Situation, step: Step, clause: str | None) -> None:
    """No letter to the accused, no copy, no part in the inquiry; what was delivered before the accusation was known is
    recorded as it was."""
    known = _known_on(situation, step)
    if not known:
        return
    for key in _ADDRESSEES:
        if person_in(known, situation.regulation, step.get(key)):
            words = f"不得把材料和有关情况透露给被控告、被检举的人{_own_rule(clause)}；“{step.get(key)}”不能收文、参加"
            raise _refusal("所登记的人员", words, clause)
    for name in _receivers(situation, step):
        accused = unit_barred_by(situation, name, known)
        if accused is not None:
            words = f"不得把材料和有关情况交给或透露给该单位及其下属单位{_own_rule(clause)}；“{name}”不能收文、参加"
            raise _refusal(accused, words, clause)


def _known_on(situation: Situation, step: Step) -> tuple[Complaint, ...]:
    known = (*situation.case.complaints, *situation.linked_complaints)
    return tuple(one for one in known if one.on <= step.on)


def _receivers(situation: Situation, step: Step) -> Iterator[str]:
    """The names of units to which this step gives something of the case to read."""
    case = situation.case
    lead = case.open_lead
    if step.action in _PRESSING and lead is not None:
        yield lead.unit
    if step.action == "serve":
        yield from _served(case, step.get("paper"))
    for key in _ADDRESSEES:
        yield from _units_in(situation, step.get(key))


def _served(case: Case, paper: str) -> Iterable[str]:
    slips = [one.unit for one in case.assignments if one.number == paper]
    return slips or ([case.open_lead.unit] if case.open_lead is not None else [])


def _units_in(situation: Situation, words: str) -> Iterator[str]:
    """Units that the words name, or whose head, deputy or handler they name."""
    for unit in named_in(situation.units, words) if words else ():
        yield unit.name


def _own_rule(clause: str | None) -> str:
    return "" if clause else "（本单位规定）"


def _refusal(accused: str, words: str, clause: str | None) -> Refusal:
    return Refusal(
        "unit_complained_of",
        f"本件是对“{accused}”的控告、检举，{words}。",
        clause,
        "请交给与被控告、检举对象无隶属关系的单位。",
    )


ACCUSED_GUARDS: Mapping[str, Guard] = {
    "unit_not_complained_of": _unit_not_complained_of,
    "nothing_to_the_accused": _nothing_to_the_accused,
}
