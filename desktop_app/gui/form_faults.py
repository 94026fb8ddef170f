"""What is wrong with a form as it is typed, beside the field it is about. No Qt, and nothing is recorded.

The same checks run again, with all others, when the step is done; these only speak earlier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.actions import ACTIONS, LIST_MARK, KeyKind
from desktop_app.domain.corrections import CORRECT, Step
from desktop_app.domain.guards import GUARDS
from desktop_app.domain.regulation import ActionRule
from desktop_app.domain.situation import Situation
from desktop_app.domain.step_dates import check_dates
from desktop_app.errors import Refusal
from desktop_app.gui.action_fields import day_given, given_keys, required_now
from desktop_app.gui.form_shapes import DAY, NEW, ActionForm, Shape


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A fault of one field: what is wrong, by which clause, what to do."""

    field: str
    message: str
    clause: str = ""
    remedy: str = ""

    @property
    def text(self) -> str:
        clause = f"（{self.clause}）" if self.clause and self.clause not in self.message else ""
        return f"{self.message}{clause}{self.remedy}"


_GUARDED_FIELDS: dict[str, tuple[str, ...]] = {
    "limit_within_regulation": ("days",),
    "unit_not_complained_of": ("lead", "supporting"),
    "approval_in_order": ("level",),
    "extension_within_cap": ("days",),
    "rework_date_allowed": ("due",),
    "urge_was_served": ("ground",),
    "transfer_decided": ("decided_by", "violation", "consequences"),
}
"""Guards that can judge once any of these fields is filled in; the fault stands beside the first filled one."""

_FIELD_OF_CODE = {
    "date_in_future": DAY,
    "date_before_previous": DAY,
    "extension_over_cap": "days",
    "limit_longer_than_regulation": "days",
    "rework_date_too_late": "due",
    "no_served_urge": "ground",
    "no_decision": "decided_by",
}
_ABOUT_ANOTHER_CASE = ("unknown_case", "unknown_value", "unit_complained_of")
"""What is wrong with the other case that a step names, where the refusal names no key."""
_KEY = re.compile(r"（([a-z][a-z_]*)(?:=[a-z]+)?）")
"""The command line's name of a key, as refusals carry it; no word for a window."""


def plain_words(text: str | None) -> str:
    """A refusal's sentence without the command line's key names."""
    return _KEY.sub("", text or "")


def faults_as_typed(
    form: ActionForm, situation: Situation, values: Mapping[str, str]
) -> tuple[FieldFault, ...]:
    """Faults of what is filled in so far; what is still empty is no fault yet."""
    if form.action == CORRECT:
        return ()
    rule = situation.regulation.actions[form.action]
    keys, faults = _readable(form, situation, given_keys(form, values))
    step = Step(0, form.action, _day(values, situation.today), keys)
    try:
        check_dates(situation, step)
    except Refusal as refusal:
        faults.append(_fault(DAY, refusal))
    known = {fault.field for fault in faults}
    return (*faults, *(fault for fault in _guarded(rule, situation, step) if fault.field not in known))


def _day(values: Mapping[str, str], today: date) -> date:
    return day_given(values, today)


def _readable(
    form: ActionForm, situation: Situation, keys: Mapping[str, str]
) -> tuple[dict[str, str], list[FieldFault]]:
    """The values that mean something, units by their full names; faults for the others."""
    read: dict[str, str] = {}
    faults: list[FieldFault] = []
    for name, value in keys.items():
        key = ACTIONS[form.action].key(name)
        if key is not None and key.kind in (KeyKind.UNIT, KeyKind.UNITS):
            names = [one.strip() for one in re.split("[、，,；;\n]", value) if one.strip()]
            missing = [one for one in names if situation.units.find(one) is None]
            if missing:
                said = "”“".join(missing)
                faults.append(
                    FieldFault(name, f"单位名册中没有“{said}”。", "", "请从列出的单位中选，或先录入名册。")
                )
                continue
            found = [situation.units.find(one) for one in names]
            value = LIST_MARK.join(unit.name for unit in found if unit is not None)
        elif key is not None and key.kind is KeyKind.COUNT and not (value.isascii() and value.isdigit()):
            faults.append(FieldFault(name, "应为天数，如 3。"))
            continue
        read[name] = value
    return read, faults


def _guarded(rule: ActionRule, situation: Situation, step: Step) -> list[FieldFault]:
    found = []
    for name in rule.guards:
        fields = [field for field in _GUARDED_FIELDS.get(name, ()) if step.get(field)]
        if not fields:
            continue
        try:
            GUARDS[name](situation, step, rule.guard_articles.get(name, rule.article) or None)
        except Refusal as refusal:
            found.append(_fault(_blamed(fields, step, refusal), refusal))
    return found


def _blamed(fields: list[str], step: Step, refusal: Refusal) -> str:
    """Of several fields the one whose value the refusal names."""
    named = [name for name in fields if any(f"“{one}”" in refusal.message for one in step.names(name))]
    return named[-1] if named else fields[0]


def _fault(field: str, refusal: Refusal) -> FieldFault:
    return FieldFault(field, plain_words(refusal.message), refusal.clause or "", plain_words(refusal.remedy))


def missing_fields(
    form: ActionForm, situation: Situation, values: Mapping[str, str]
) -> tuple[FieldFault, ...]:
    """What must still be filled in before the step can be done."""
    regulation = situation.regulation
    wanted = required_now(form, regulation, values)
    faults = []
    for field in form.fields:
        if field.name in wanted and not values.get(field.name, "").strip():
            verb = "选" if field.choices else "填写"
            faults.append(FieldFault(field.name, f"请{verb}{field.title}。", form.clause))
    return (*faults, *_missing_ways(form, situation, given_keys(form, values)))


def _missing_ways(form: ActionForm, situation: Situation, keys: Mapping[str, str]) -> list[FieldFault]:
    """Alternatives of which none is complete; told at the first field of the first way that is begun."""
    rule = situation.regulation.actions[form.action]
    faults = []
    for entry in rule.requires:
        if "|" not in entry and "+" not in entry:
            continue
        ways = [way.split("+") for way in entry.split("|")]
        if any(all(name in keys for name in way) for way in ways):
            continue
        begun = next((way for way in ways if any(name in keys for name in way)), ways[0])
        field = next(name for name in begun if name not in keys)
        words = next((one for one in form.ways if one), "")
        faults.append(FieldFault(field, words or "还没有填完。", form.clause))
    return faults


def fault_of_refusal(form: ActionForm, refusal: Refusal) -> FieldFault:
    """Where a refusal belongs on the form; its field is empty where it concerns the step as a whole."""
    names = [*_KEY.findall(refusal.message), _FIELD_OF_CODE.get(refusal.code, "")]
    if refusal.code in _ABOUT_ANOTHER_CASE:
        names += [field.name for field in form.fields if field.shape is Shape.CASE]
    asked = [way for name in names for way in (name, NEW + name) if form.field(way) is not None]
    return _fault(asked[0] if asked else "", refusal)
