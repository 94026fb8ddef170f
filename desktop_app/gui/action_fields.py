"""The form of a step as data: its fields, what the regulation wants of each, what is proposed. No Qt here.

The vocabulary of steps gives the fields, the regulation's file their words and what is required, the case what
can be proposed. Nothing here is saved by being shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from desktop_app.domain.actions import ACTIONS, NO, YES, Key, KeyKind
from desktop_app.domain.regulation import ActionRule, Regulation
from desktop_app.domain.step_reading import required_keys
from desktop_app.gui.answer_proposals import PUBLIC_TEXT_KEYS
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_proposals import proposals
from desktop_app.gui.form_shapes import DAY, ActionForm, Choice, Field, Proposals, Shape
from desktop_app.gui.proposal_parts import is_masked

_ASKED_FOR_LATER = ("cleared", "cleared_reason")
"""Keys that no form asks for at first: the operator is asked once there is something to clear."""

_SHAPES = {
    KeyKind.WORDS: Shape.LINE,
    KeyKind.TEXT: Shape.TEXT,
    KeyKind.TERM: Shape.CHOICE,
    KeyKind.TERMS: Shape.CHECKS,
    KeyKind.YES_NO: Shape.CHOICE,
    KeyKind.DATE: Shape.DATE,
    KeyKind.COUNT: Shape.COUNT,
    KeyKind.UNIT: Shape.UNIT,
    KeyKind.UNITS: Shape.UNITS,
    KeyKind.EVENT: Shape.LINE,
    KeyKind.PAPER: Shape.CHOICE,
    KeyKind.CASE: Shape.CASE,
}
_SHORT_TEXTS = ("person",)
_POINTS = "points"
_SHOWN_WHEN = {
    ("pass-review", "private_reason"): ("public", NO),
    ("pass-review", "public_text"): ("public", YES),
    ("reply", "private_reason"): ("suggested_public", NO),
}
YES_OR_NO = (Choice(YES, "是"), Choice(NO, "否"))


def action_form(file: CaseFile, action: str, about: str = "") -> ActionForm:
    """The form of a step on this case; `about` is what it was opened from: an open item, or a paper."""
    regulation = file.view.regulation
    rule = regulation.actions[action]
    proposed = proposals(file, action, about)
    marked = required_keys(rule)
    asked = [
        key
        for key in ACTIONS[action].keys
        if key.name not in _ASKED_FOR_LATER and key.name not in proposed.left_out
    ]
    asked.sort(key=lambda key: (*proposed.first, key.name).index(key.name))
    fields = tuple(_field(regulation, rule, key, key.name in marked, proposed) for key in asked)
    return ActionForm(
        action=action,
        title=rule.title,
        clause=rule.article,
        article=regulation.article_text(rule.article),
        fields=(*fields, Field(DAY, "日期", Shape.DATE, True, default=file.today.isoformat())),
        ways=ways_in_words(rule, {field.name for field in fields}),
    )


def _field(regulation: Regulation, rule: ActionRule, key: Key, required: bool, proposed: Proposals) -> Field:
    choices = proposed.choices.get(key.name) or choices_of(regulation, key)
    shape = field_shape(key)
    if rule.name in PUBLIC_TEXT_KEYS and key.name == PUBLIC_TEXT_KEYS[rule.name]:
        shape = Shape.PUBLIC_TEXT
    elif key.name == _POINTS:
        shape = Shape.POINTS
    elif shape is Shape.LINE and choices:
        shape = Shape.CHOICE
    return Field(
        name=key.name,
        title=key.title,
        shape=shape,
        required=required,
        choices=choices,
        default=_clear(proposed.values.get(key.name, "")),
        hint=proposed.hints.get(key.name, ""),
        suggestions=proposed.suggestions.get(key.name, ()),
        shown_when=_SHOWN_WHEN.get((rule.name, key.name)),
        beside=proposed.beside.get(key.name, ""),
        advice=proposed.advice.get(key.name),
    )


def _clear(value: str) -> str:
    """What is covered on the page is not proposed: saved, the stars would stand in the record."""
    return "" if is_masked(value) else value


def field_shape(key: Key) -> Shape:
    """How a key is filled in by itself, whatever the step."""
    if key.name in _SHORT_TEXTS:
        return Shape.LINE
    return Shape.COMBO if key.kind is KeyKind.TERM and key.free else _SHAPES[key.kind]


def choices_of(regulation: Regulation, key: Key) -> tuple[Choice, ...]:
    """The words a field may take, empty where it is free."""
    if key.kind is KeyKind.YES_NO:
        return YES_OR_NO
    if key.kind not in (KeyKind.TERM, KeyKind.TERMS):
        return ()
    terms = regulation.vocabularies.get(key.vocabulary, ())
    beside = key.kind is KeyKind.TERMS
    return tuple(
        Choice(term.value, f"{term.value}（{term.article}）" if beside and term.article else term.value)
        for term in terms
    )


def ways_in_words(rule: ActionRule, asked: Collection[str]) -> tuple[str, ...]:
    """``须填写：说明、合理建议；或者填写：不告知的原因`` for what may be given one way or another, of the fields `asked`."""
    said = []
    for entry in rule.requires:
        ways = [way.split("+") for way in entry.split("|")]
        if len(ways) == 1 and len(ways[0]) == 1:
            continue
        ways = [way for way in ways if set(way) <= set(asked)]
        told = ["、".join(_title(rule, name) for name in way) for way in ways]
        if all(len(way) == 1 for way in ways):
            said.append(f"至少填一项：{'、'.join(told)}。")
        else:
            said.append(f"须填写：{'；或者填写：'.join(told)}。")
    return tuple(said)


def _title(rule: ActionRule, name: str) -> str:
    key = ACTIONS[rule.name].key(name)
    return f"“{key.title if key is not None else name}”"


# ------------------------------------------------------------------ what is asked for, given what is filled in


def is_shown(form: ActionForm, name: str, values: Mapping[str, str]) -> bool:
    """Whether the field is asked for, given the others."""
    field = form.field(name)
    if field is None or field.shown_when is None:
        return field is not None
    other, wanted = field.shown_when
    return values.get(other, "") == wanted and is_shown(form, other, values)


def required_now(form: ActionForm, regulation: Regulation, values: Mapping[str, str]) -> frozenset[str]:
    """The fields that must be filled in, given the others: a ground may ask for more, a private reply for its reason."""
    wanted = {field.name for field in form.fields if field.required}
    if form.action in ACTIONS:
        for key in ACTIONS[form.action].keys:
            term = regulation.term(key.vocabulary, values.get(key.name, "")) if key.vocabulary else None
            wanted |= set(term.requires) if term is not None else set()
    if form.action == "pass-review" and values.get("public") == NO:
        wanted.add("private_reason")
    return frozenset(name for name in wanted if is_shown(form, name, values))


def given_keys(form: ActionForm, values: Mapping[str, str]) -> dict[str, str]:
    """What is sent as the step's keys: fields asked for and filled in, without the day."""
    return {
        name: value.strip()
        for name, value in values.items()
        if name != DAY and value.strip() and (is_shown(form, name, values) or name in _ASKED_FOR_LATER)
    }


def day_given(values: Mapping[str, str], today: date) -> date:
    return date.fromisoformat(values[DAY]) if values.get(DAY) else today
