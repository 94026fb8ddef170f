"""The shapes of a form: fields, their lists of values, and the form as a whole. Plain data, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Shape(StrEnum):
    """How a field is filled in. CHECKS are several of a list, COMBO one of a list or other words, CASE another case;
    POINTS are what the message asks, PUBLIC_TEXT is edited beside the text it comes from."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    COMBO = "combo"
    CHECKS = "checks"
    DATE = "date"
    COUNT = "count"
    UNIT = "unit"
    UNITS = "units"
    CASE = "case"
    POINTS = "points"
    PUBLIC_TEXT = "public_text"


WIDE = frozenset((Shape.POINTS, Shape.PUBLIC_TEXT))
"""Shapes that take the whole width of a form, or stand beside each other where it holds both."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list, and how it is shown."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What past cases speak for: a value, how it is shown, why, and numbers of cases to look at."""

    value: str
    words: str
    why: str
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `shown_when` names another field and the value at which this one is asked for; `beside` is the text
    that a PUBLIC_TEXT is made from."""

    name: str
    title: str
    shape: Shape
    required: bool = False
    choices: tuple[Choice, ...] = ()
    default: str = ""
    hint: str = ""
    suggestions: tuple[str, ...] = ()
    shown_when: tuple[str, str] | None = None
    beside: str = ""
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a form begins with, by field: values filled in beforehand, words beside the field, words offered while typing,
    lists of its own, the text that a public one is made from, what past cases speak for. `left_out` are keys that this
    case has no use for, `first` those that come first.

    Proposals are for the operator to change; what she must decide herself (whether a paper is stamped, which
    ground) is never proposed.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    suggestions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    advice: Mapping[str, Advice] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionForm:
    """A step's form. `ways` are alternatives the regulation leaves, in words; `clause` and `article` its basis.

    `event` is the record that a correction is about, else 0.
    """

    action: str
    title: str
    clause: str
    article: str
    fields: tuple[Field, ...]
    ways: tuple[str, ...] = ()
    event: int = 0

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


DAY = "on"
"""The field of the day on which the step happened; every form has it."""

NEW = "new."
"""Prefix of the fields in which a correction asks what the corrected step says from now on."""
