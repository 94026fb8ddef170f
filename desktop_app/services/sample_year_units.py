"""How units of a sample year behave: most are prompt, some slow, a few evasive. A unit keeps its manner all year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from desktop_app.domain.units import Unit


@dataclass(frozen=True, slots=True)
class Habit:
    """`claim`: working days until it claims a slip, at least and at most; `answer`: when it answers, in working days
    after its due date (below 0: before). The others are how often, of 1, it does so."""

    name: str
    claim: tuple[int, int]
    answer: tuple[int, int]
    never_claims: float
    gives_back: float
    wants_longer: float
    misses_the_point: float
    never_answers: float
    satisfies: float


PROMPT = Habit("prompt", (0, 1), (-4, -1), 0.0, 0.02, 0.04, 0.03, 0.0, 0.94)
STEADY = Habit("steady", (0, 1), (-3, 0), 0.01, 0.04, 0.10, 0.07, 0.0, 0.88)
SLOW = Habit("slow", (1, 3), (-1, 6), 0.04, 0.05, 0.25, 0.12, 0.01, 0.80)
EVASIVE = Habit("evasive", (0, 3), (-2, 9), 0.06, 0.16, 0.15, 0.34, 0.02, 0.66)

_HABITS = (PROMPT, STEADY, SLOW, EVASIVE)
_WEIGHTS = (40, 35, 15, 10)


def habits_of(units: Iterable[Unit], seed: int) -> dict[str, Habit]:
    """By name of unit. Where there are at least four, each manner is there."""
    names = sorted(one.name for one in units)
    dice = Random(f"{seed}/habits")
    dice.shuffle(names)
    drawn = dice.choices(_HABITS, _WEIGHTS, k=len(names))
    first = dict(zip(names, _HABITS, strict=False))
    return {**dict(zip(names, drawn, strict=True)), **first}
