"""What a guard is, and its place in the promised order of checks."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from desktop_app.domain.corrections import Step
from desktop_app.domain.situation import Situation

Guard = Callable[[Situation, Step, "str | None"], None]
"""Looks at the situation and the step, with the clause that stands behind it; returns nothing or raises a Refusal."""


class Stage(Enum):
    """With the state, with what must be given (before any word is looked up), with the keys, or after the dates."""

    STATE = "state"
    GIVEN = "given"
    KEYS = "keys"
    REST = "rest"
