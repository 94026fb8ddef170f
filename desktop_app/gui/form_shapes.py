"""The shapes of a form: fields, their lists of values, and the form as a whole. Plain data, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    COUNT = "count"
    UNIT = "unit"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list, and how it is shown."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `shown_when` names another field and the value at which this one is asked for."""

    name: str
    title: str
    shape: Shape
    required: bool = False
    choices: tuple[Choice, ...] = ()
    default: str = ""
    hint: str = ""
    suggestions: tuple[str, ...] = ()
    shown_when: tuple[str, str] | None = None


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
