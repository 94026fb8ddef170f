"""What may be done now: a step is read, checked and made ready for the journal, or refused with its clause.

Order of checks: role, state, keys, words and units, dates, the rest (docs/command-line.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.actions import ACTIONS, LIST_MARK, YES
from desktop_app.domain.case import Case
from desktop_app.domain.corrections import NONE, Step
from desktop_app.domain.guards import Stage, check_guards, stage_of
from desktop_app.domain.history import DOCUMENT, apply, fold
from desktop_app.domain.paper_basis import basis_of
from desktop_app.domain.regulation import ActionRule, Regulation
from desktop_app.domain.situation import Situation
from desktop_app.domain.step_dates import check_dates, check_not_in_future
from desktop_app.domain.step_reading import given_keys, read_keys
from desktop_app.domain.users import Role
from desktop_app.errors import Refusal

STAYS = "stays"
"""Set on a recorded step that leaves the case in its state though its action moves others."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An action as the window offers it: possible now, or why not and by which clause."""

    action: str
    title: str
    clause: str | None
    possible: bool
    reason: str = ""


def prepare(
    situation: Situation, action: str, given: Mapping[str, str], on: date, roles: Collection[str] | None
) -> Step:
    """The step as it may be recorded (its id still 0). `roles` None stands for replay: the role was checked then."""
    rule = find_rule(situation.regulation, action)
    if roles is not None:
        check_role(rule, roles)
    check_state(situation.case, situation.regulation, rule)
    check_guards(situation, Step(0, action, on, {}), rule, Stage.STATE)
    # Before any word is looked up: what is missing is told first.
    check_guards(situation, Step(0, action, on, given_keys(given)), rule, Stage.GIVEN)
    step = Step(0, action, on, read_keys(situation, rule, given))
    check_guards(situation, step, _as_entered_then(rule) if roles is None else rule, Stage.KEYS)
    step = _completed(situation, step)
    check_dates(situation, step)
    check_guards(situation, step, rule, Stage.REST)
    return step


def _as_entered_then(rule: ActionRule) -> ActionRule:
    """The rule as a replay sees it: an item that was set aside then need not be open today."""
    return replace(rule, guards=tuple(name for name in rule.guards if name != "item_may_be_waived"))


def find_rule(regulation: Regulation, action: str) -> ActionRule:
    rule = regulation.actions.get(action)
    if rule is not None:
        return rule
    if action in ACTIONS:
        raise Refusal("wrong_state", f"《{regulation.title}》没有“{action}”这一步。")
    raise Refusal("unknown_value", f"没有“{action}”这种步骤。", None, "可用的步骤见 liuyan actions。")


def check_role(rule: ActionRule, roles: Collection[str]) -> None:
    if rule.role not in roles:
        needed = Role(rule.role).label
        raise Refusal(
            "not_allowed_for_role",
            f"“{rule.title}”须由“{needed}”角色的用户办理。",
            None,
            "请换有此权限的用户登录。",
        )


def check_state(case: Case, regulation: Regulation, rule: ActionRule) -> None:
    if case.voided:
        raise Refusal("wrong_state", f"{case.number} 已作废。", None)
    if case.status not in rule.from_states:
        raise Refusal(
            "wrong_state",
            f"{case.number} 现为“{case.status}”，不能“{rule.title}”；须在{'、'.join(rule.from_states)}时办理。",
            rule.article or None,
        )


def _completed(situation: Situation, step: Step) -> Step:
    """What the step implies: which paper was served, whether the case's state stays."""
    keys = dict(step.keys)
    match step.action:
        case "receive":
            term = situation.regulation.term("receive_manner", step.get("manner"))
            if term is not None and "claims" not in term.flags:
                keys[STAYS] = YES
        case "return":
            _check_returning_unit(situation, step)
        case "dispatch":
            _leave_out(keys, step.get("lead"))
            if keys.get("supporting") == NONE:
                del keys["supporting"]
        case "change-units":
            _settle_units(situation, keys)
        case "waive":
            _check_item_known(situation, step)
        case "serve":
            keys["paper"] = _paper_number(situation, step.get("paper"))
        case "reopen":
            keys["to"] = _state_to_reopen(situation, step.get("to"))
    return replace(step, keys=keys)


def _check_returning_unit(situation: Situation, step: Step) -> None:
    unit = step.get("unit")
    if unit and not any(one.open and one.unit == unit for one in situation.case.assignments):
        raise Refusal("unknown_unit", f"“{unit}”现在不承办本件，无从退件。", None)


def _settle_units(situation: Situation, keys: dict[str, str]) -> None:
    """The unit that leads already is no new lead: its clock must not begin again because it was named."""
    lead = situation.case.open_lead
    if lead is not None and keys.get("lead") == lead.unit:
        del keys["lead"]
    _leave_out(keys, keys.get("lead") or (lead.unit if lead is not None else ""))
    if "lead" in keys:
        return
    wanted = set(keys["supporting"].split(LIST_MARK)) - {NONE} if "supporting" in keys else None
    if wanted is None or wanted == {one.unit for one in situation.case.supporting}:
        raise Refusal(
            "missing_key",
            "变更承办单位须写明与现在不同的牵头单位（lead）或协办单位（supporting）。",
            None,
            f"不再需要协办单位的，填“{NONE}”。",
        )


def _leave_out(keys: dict[str, str], lead: str) -> None:
    """A unit can't support itself. Where nobody else was named in a change, nobody supports."""
    if "supporting" in keys:
        left = [name for name in keys["supporting"].split(LIST_MARK) if name != lead]
        keys["supporting"] = LIST_MARK.join(left) or NONE


def _check_item_known(situation: Situation, step: Step) -> None:
    kinds = [rule.kind for rule in situation.regulation.open_items if not rule.blocking]
    if step.get("item") not in kinds:
        raise Refusal(
            "unknown_value", f"没有可以免办的“{step.get('item')}”；可免办的有：{'、'.join(kinds)}。"
        )


def _state_to_reopen(situation: Situation, wanted: str) -> str:
    """The state a case is taken up again in; the first that the regulation gives, where none is named."""
    ways = situation.regulation.actions["reopen"].ways.get(situation.case.status, ())
    if wanted and wanted not in ways:
        raise Refusal(
            "unknown_value", f"“{situation.case.status}”的件不能退到“{wanted}”；可填：{'、'.join(ways)}。"
        )
    return wanted or ways[0]


def _paper_number(situation: Situation, paper: str) -> str:
    """A document number as recorded, or that of the latest paper of a form; the form itself where it bears none."""
    case = situation.case
    numbers = {one.number for one in case.pressure} | {one.number for one in case.assignments}
    if paper in numbers:
        return paper
    rule = situation.regulation.forms.get(paper)
    if rule is None:
        raise Refusal("unknown_value", f"本件没有“{paper}”这份文书。", None, "请填文书字号或文书代号。")
    basis = basis_of(case, rule)
    if basis is None:
        raise Refusal("form_not_available", f"本件还没有“{rule.title}”，无从登记送达。", rule.article or None)
    return basis.number or paper


def replayed(situation: Situation, steps: Sequence[Step], not_before: int) -> tuple[Case, tuple[Step, ...]]:
    """Fold a corrected history anew, checking every step from event `not_before` on.

    Returns the case and the steps, the corrected one as read again (full words, units by their names); later
    ones stay as they were recorded, so that the journal alone gives the same case. Raises
    `correction_breaks_history` where a later step would no longer be possible, and the step's own refusal
    where the corrected step itself is not.
    """
    case = fold(situation.case.number, steps[:1], situation.regulation)
    if steps[0].id == not_before:
        check_not_in_future(steps[0].on, situation.today, "收件", None)
    read = [steps[0]]
    for step in steps[1:]:
        # Papers made, looks at identity and files kept stand in the journal, too; they are no steps to judge.
        if step.id >= not_before and step.action in situation.regulation.actions:
            again = _checked_again(replace(situation, case=case), step, later=step.id > not_before)
            step = again if step.id == not_before else step
        case = apply(case, step, situation.regulation)
        read.append(step)
    return case, tuple(read)


def _checked_again(situation: Situation, step: Step, later: bool) -> Step:
    given = {key: value for key, value in step.keys.items() if key not in (DOCUMENT, STAYS)}
    try:
        again = prepare(situation, step.action, given, step.on, roles=None)
    except Refusal as refusal:
        if not later:
            raise
        title = situation.regulation.actions[step.action].title
        raise Refusal(
            "correction_breaks_history",
            f"更正后，第 {step.id} 号记录“{title}”就不成立了：{refusal.message}",
            refusal.clause,
            "请先更正后面的记录，或改用其他更正。",
        ) from refusal
    kept = {DOCUMENT: step.keys[DOCUMENT]} if DOCUMENT in step.keys else {}
    return replace(step, keys={**again.keys, **kept})


def offers(situation: Situation, roles: Iterable[str]) -> tuple[Offer, ...]:
    """Every action of the regulation, in its order: possible now, or why not."""
    held = frozenset(roles)
    found = []
    for rule in situation.regulation.actions.values():
        try:
            check_role(rule, held)
            check_state(situation.case, situation.regulation, rule)
            _check_without_keys(situation, rule)
        except Refusal as refusal:
            found.append(Offer(rule.name, rule.title, refusal.clause, False, refusal.message))
        else:
            found.append(Offer(rule.name, rule.title, rule.article or None, True))
    return tuple(found)


def _check_without_keys(situation: Situation, rule: ActionRule) -> None:
    """Those guards that do not look at what the operator will type."""
    keyless = tuple(name for name in rule.guards if stage_of(name) is Stage.STATE or name in _KEYLESS)
    check_guards(situation, Step(0, rule.name, situation.today, {}), replace(rule, guards=keyless))


_KEYLESS = frozenset(("reply_is_public", "nothing_blocks", "investigated_if_major"))
