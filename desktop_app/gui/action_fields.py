"""The form of a step as data: its fields, what the regulation wants of each, what is proposed. No Qt here.

The vocabulary of steps gives the fields, the regulation's file their words and what is required, the case what
can be proposed. Nothing here is saved by being shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.domain.actions import ACTIONS, NO, YES, Key, KeyKind
from desktop_app.domain.regulation import ActionRule, Regulation
from desktop_app.domain.step_reading import required_keys
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_proposals import Proposals, proposals
from desktop_app.gui.form_shapes import DAY, ActionForm, Choice, Field, Shape

_ASKED_FOR_LATER = ("cleared",)
"""Keys that no form asks for at first: the operator is asked once there is something to clear."""

_SHAPES = {
    KeyKind.WORDS: Shape.LINE,
    KeyKind.TEXT: Shape.TEXT,
    KeyKind.TERM: Shape.CHOICE,
    KeyKind.YES_NO: Shape.CHOICE,
    KeyKind.DATE: Shape.DATE,
    KeyKind.COUNT: Shape.COUNT,
    KeyKind.UNIT: Shape.UNIT,
    KeyKind.UNITS: Shape.UNITS,
    KeyKind.EVENT: Shape.LINE,
    KeyKind.PAPER: Shape.CHOICE,
}
_SHORT_TEXTS = ("person",)
_SHOWN_WHEN = {
    ("pass-review", "private_reason"): ("public", NO),
    ("pass-review", "public_text"): ("public", YES),
    ("reply", "private_reason"): ("suggested_public", NO),
}
YES_OR_NO = (Choice(YES, "是"), Choice(NO, "否"))


def action_form(file: CaseFile, action: str, item: str = "") -> ActionForm:
    """The form of a step on this case; `item` is the open item that a waiver is about."""
    regulation = file.view.regulation
    rule = regulation.actions[action]
    proposed = proposals(file, action, item)
    marked = required_keys(rule)
    fields = tuple(
        _field(regulation, rule, key, key.name in marked, proposed)
        for key in ACTIONS[action].keys
        if key.name not in _ASKED_FOR_LATER
    )
    return ActionForm(
        action=action,
        title=rule.title,
        clause=rule.article,
        article=regulation.article_text(rule.article),
        fields=(*fields, Field(DAY, "日期", Shape.DATE, True, default=file.today.isoformat())),
        ways=ways_in_words(rule),
    )


def _field(regulation: Regulation, rule: ActionRule, key: Key, required: bool, proposed: Proposals) -> Field:
    return Field(
        name=key.name,
        title=key.title,
        shape=field_shape(key),
        required=required,
        choices=proposed.choices.get(key.name) or choices_of(regulation, key),
        default=proposed.values.get(key.name, ""),
        hint=proposed.hints.get(key.name, ""),
        suggestions=proposed.suggestions.get(key.name, ()),
        shown_when=_SHOWN_WHEN.get((rule.name, key.name)),
    )


def field_shape(key: Key) -> Shape:
    return Shape.LINE if key.name in _SHORT_TEXTS else _SHAPES[key.kind]


def choices_of(regulation: Regulation, key: Key) -> tuple[Choice, ...]:
    """The words a field may take, empty where it is free."""
    if key.kind is KeyKind.YES_NO:
        return YES_OR_NO
    if key.kind is not KeyKind.TERM:
        return ()
    terms = regulation.vocabularies.get(key.vocabulary, ())
    return tuple(Choice(term.value, term.value) for term in terms)


def ways_in_words(rule: ActionRule) -> tuple[str, ...]:
    """``说明和合理建议都要填；或者只填不告知的原因`` for what may be given one way or another."""
    said = []
    for entry in rule.requires:
        if "|" in entry or "+" in entry:
            ways = ["、".join(_title(rule, name) for name in way.split("+")) for way in entry.split("|")]
            said.append(f"须填写：{'；或者填写：'.join(ways)}。")
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
