"""The fields in which an old case is typed, in the order of its paper file: rows, titles, what is asked for. No Qt here.

The steps and their keys give the fields, the regulation's file their words and which of them there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.actions import ACTIONS, NO, YES
from desktop_app.domain.backlog_lines import ON, STEPS, fact, facts_of, title_of
from desktop_app.domain.history import REGISTER
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.step_reading import required_keys
from desktop_app.gui.action_fields import choices_of, field_shape
from desktop_app.gui.form_shapes import Choice, Field, Shape

VERDICT = "verdict"
"""The fork at which a file goes one way or the other; no fact of its own, the steps that follow tell it."""
ACCEPT, REFUSE = "accept", "refuse"

PUBLIC = fact("pass-review", "public")
CLEARED = fact("pass-review", "cleared")
RECEIVED = fact(REGISTER, ON)
LEAD = fact("dispatch", "lead")
DAYS = fact("apply-extension", "days")

_GROUPS = (
    (
        ("收件", "register.on;register.title;register.text;register.citizen register.contact;"
                "register.board_number"),
        ("初审", "verdict accept.category"),
    ),
    (
        ("不予受理", "refuse.on;refuse.ground;refuse.explanation;refuse.suggestion;"
                  "refuse.not_told_reason;refuse.duplicate_of;tell-refusal.on tell-refusal.channel"),
        ("交办", "dispatch.on;dispatch.lead;dispatch.supporting;receive.on apply-extension.days;"
                "apply-extension.on apply-extension.applicant;apply-extension.reason;"
                "apply-extension.progress;approve-extension.on approve-extension.by"),
        ("答复", "reply.on;reply.text;reply.signer reply.stamped;reply.handler reply.phone"),
    ),
    (
        ("审核公开", "pass-review.on;pass-review.by;pass-review.public;pass-review.private_reason;"
                  "pass-review.cleared;sign-off.on;sign-off.by;publish.on;answer-privately.on;"
                  "answer-privately.by answer-privately.channel;post-note.on;post-note.text"),
        ("办结归档", "close.on;archive.on;archive.retention"),
    ),
)  # fmt: skip
"""Columns of groups of rows: fields of a row stand side by side."""

_TITLES = {
    "apply-extension.days": "延期天数",
    "apply-extension.on": "申请日期",
    "approve-extension.on": "批准日期",
    "tell-refusal.on": "告知日期",
    "reply.phone": "电话",
    "refuse.ground": "情形",
    "pass-review.cleared": "已核对",
    "answer-privately.on": "直接答复",
    "answer-privately.by": "答复人",
    "answer-privately.channel": "方式",
    "post-note.on": "说明日期",
}
"""Shorter than the steps say it, beside a field."""

_LONG = ("register.text", "reply.text", "refuse.explanation", "refuse.suggestion", "post-note.text")
_OF_ACCEPTED = frozenset(STEPS) - {REFUSE, "tell-refusal", "close", "archive"}

USUALLY_KEPT = (
    VERDICT,
    "accept.category",
    "pass-review.by",
    "pass-review.public",
    "sign-off.by",
    "archive.retention",
)
"""What stays from one file to the next unless the operator says otherwise."""

DEFAULTS = {VERDICT: ACCEPT, PUBLIC: YES}


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading."""

    title: str
    rows: tuple[tuple[Field, ...], ...]


def columns_of(regulation: Regulation) -> tuple[tuple[Group, ...], ...]:
    """The fields of files under this regulation."""
    known = {VERDICT, *(fact(*one) for one in facts_of(regulation))}
    return tuple(
        tuple(Group(title, _rows(regulation, words, known)) for title, words in column) for column in _GROUPS
    )


def _rows(regulation: Regulation, words: str, known: set[str]) -> tuple[tuple[Field, ...], ...]:
    rows = [[name for name in row.split() if name in known] for row in words.split(";")]
    return tuple(tuple(_field(regulation, name) for name in row) for row in rows if row)


def _field(regulation: Regulation, name: str) -> Field:
    if name == VERDICT:
        ways = tuple(Choice(one, regulation.actions[one].title) for one in (ACCEPT, REFUSE))
        return Field(VERDICT, "初审", Shape.CHOICE, choices=ways)
    action, key = name.split(".")
    title = _TITLES.get(name) or title_of(action, key, regulation)
    if key == ON:
        return Field(name, title, Shape.DATE)
    shape = ACTIONS[action].key(key) if action != REGISTER else None
    if shape is None or name in _LONG:
        return Field(name, title, Shape.TEXT if name in _LONG else Shape.LINE)
    if name == CLEARED:
        return Field(name, title, Shape.CHOICE, choices=(Choice(YES, "逐处看过，可以公开"),))
    return Field(name, title, field_shape(shape), choices=choices_of(regulation, shape))


def is_shown(name: str, values: Mapping[str, str], regulation: Regulation, protected: bool) -> bool:
    """Whether a field is asked for, given the others. `protected`: the answer holds words to look at before they go out."""
    action, _, _ = name.partition(".")
    if action in (REFUSE, "tell-refusal") and values.get(VERDICT) != REFUSE:
        return False
    if action in _OF_ACCEPTED and values.get(VERDICT) == REFUSE:
        return False
    if action in ("apply-extension", "approve-extension") and name != DAYS:
        return bool(values.get(DAYS, "").strip())
    if name == "refuse.duplicate_of":
        term = regulation.term("refusal_ground", values.get("refuse.ground", ""))
        return term is not None and "duplicate_of" in term.requires
    if action in ("answer-privately", "post-note") or name == "pass-review.private_reason":
        return values.get(PUBLIC) == NO
    if action == "publish":
        return values.get(PUBLIC) != NO
    return name != CLEARED or protected or bool(values.get(CLEARED))


def required_now(values: Mapping[str, str], regulation: Regulation) -> frozenset[str]:
    """What must be filled in, given the others: of each step that has a day, what the regulation asks for."""
    refused = values.get(VERDICT) == REFUSE
    wanted = {RECEIVED, fact(REGISTER, "title"), fact(REFUSE, ON) if refused else fact(ACCEPT, "category")}
    for action, keys in STEPS.items():
        rule = regulation.actions.get(action)
        if rule is not None and ON in keys and values.get(fact(action, ON), "").strip():
            wanted |= {fact(action, key) for key in required_keys(rule) if key in keys}
    if values.get(DAYS, "").strip():
        wanted.add(fact("apply-extension", ON))
    return frozenset(wanted)


# ------------------------------------------------------------------ proposals

_SAME_DAY: Mapping[str, tuple[str, ...]] = {
    "refuse": (REGISTER,),
    "tell-refusal": ("refuse",),
    "dispatch": (REGISTER,),
    "approve-extension": ("apply-extension",),
    "pass-review": ("reply",),
    "sign-off": ("pass-review",),
    "publish": ("sign-off", "pass-review"),
    "answer-privately": ("sign-off", "pass-review"),
    "post-note": ("answer-privately",),
    "close": ("publish", "answer-privately", "tell-refusal", "refuse"),
    "archive": ("close",),
}
"""Whose day is proposed for a step: in most offices both happen on one day. A receipt or an answer, by which the
clock runs, is never proposed."""

_OF_REPLY = ("signer", "stamped", "handler", "phone")


def proposals(values: Mapping[str, str], known_of_unit: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What each empty field proposes, to be taken with Enter or passed by; nothing of it counts until it is taken.

    `known_of_unit`: what was last typed of each unit's answers at this sitting.
    """
    proposed = {}
    for action, before in _SAME_DAY.items():
        days = (values.get(fact(one, ON), "").strip() for one in before)
        proposed[fact(action, ON)] = next((day for day in days if day), "")
    lead = values.get(LEAD, "").strip()
    proposed["apply-extension.applicant"] = lead
    proposed["answer-privately.by"] = values.get("reply.handler", "").strip()
    proposed |= known_of_unit.get(lead, {})
    return {name: text for name, text in proposed.items() if text and not values.get(name, "").strip()}


def known_of_reply(values: Mapping[str, str]) -> dict[str, str]:
    """What of an answer may be proposed for the next one of the same unit."""
    return {name: values[name] for key in _OF_REPLY if values.get(name := fact("reply", key), "").strip()}
