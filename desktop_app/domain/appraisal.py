"""The yearly appraisal of units: what each failing costs, appeals against it, and what was decided on them.

Points are set by the office and by nobody else: a failing without points is listed, counts nothing, and says so. Years
are those of the day on which a failing happened, so that one of late December that shows in January counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from desktop_app.domain.failings import Found
from desktop_app.errors import Refusal

MOST_POINTS = Decimal(100)
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Appeal:
    """A unit's objection to a deduction, recorded on `on` by `by`."""

    on: date
    by: str
    reason: str
    event: int = 0


@dataclass(frozen=True, slots=True)
class Override:
    """What was decided on a deduction: other points (0: struck out), by whose decision, and why."""

    on: date
    points: Decimal
    decided_by: str
    reason: str
    by: str
    event: int = 0


@dataclass(frozen=True, slots=True)
class Deduction:
    """One failing with what it costs. `points` is None where the office has set none for it."""

    found: Found
    points: Decimal | None
    appeal: Appeal | None = None
    override: Override | None = None

    @property
    def counts(self) -> Decimal | None:
        """What it costs in the end."""
        return self.override.points if self.override is not None else self.points


@dataclass(frozen=True, slots=True)
class UnitSum:
    """A unit's line: how often each failing was found, and what all of it costs."""

    unit: str
    times: Mapping[str, int]
    points: Decimal
    appeals: int
    overridden: int


def read_points(text: str) -> Decimal:
    """Points as typed: from 0 to 100, at most two decimals. Refusal `unknown_value`."""
    try:
        points = Decimal(text.strip())
    except InvalidOperation:
        points = Decimal("NaN")
    exponent = points.as_tuple().exponent
    if (
        not points.is_finite()
        or not 0 <= points <= MOST_POINTS
        or (isinstance(exponent, int) and exponent < -_PLACES)
    ):
        raise Refusal(
            "unknown_value", f"分值应为 0 至 {MOST_POINTS} 的数，最多两位小数，现为“{text.strip()}”。"
        )
    return points


def points_words(points: Decimal | None) -> str:
    """``2``, ``0.5``; ``未设定`` where there are none."""
    if points is None:
        return "未设定"
    plain = points.normalize()
    return f"{plain:f}"


def unit_sums(deductions: Iterable[Deduction]) -> tuple[UnitSum, ...]:
    """A line for each unit, those that lose most first, then by name."""
    by_unit: dict[str, list[Deduction]] = {}
    for one in deductions:
        by_unit.setdefault(one.found.unit, []).append(one)
    lines = [_unit_sum(unit, some) for unit, some in by_unit.items()]
    return tuple(sorted(lines, key=lambda one: (-one.points, one.unit)))


def _unit_sum(unit: str, some: Sequence[Deduction]) -> UnitSum:
    times: dict[str, int] = {}
    for one in some:
        times[one.found.kind] = times.get(one.found.kind, 0) + 1
    return UnitSum(
        unit,
        times,
        sum((one.counts for one in some if one.counts is not None), Decimal(0)),
        sum(one.appeal is not None for one in some),
        sum(one.override is not None for one in some),
    )
