"""Bulletins as they were issued: the figures of a period frozen, and how what is told now differs from them, by case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.figures import COUNTS
from desktop_app.domain.figures_of_cases import CaseFacts
from desktop_app.domain.figures_summed import Sums, register_order, summed


@dataclass(frozen=True, slots=True)
class IssuedBulletin:
    """A bulletin's figures as issued. `id` is the event that issued it; `told_on` the day as of which they are told.

    `digest` covers `figures` and `counted`, both JSON; `counted` holds every case with what it counted as.
    """

    id: int
    first: date
    last: date
    issued_on: date
    told_on: date
    number: str
    title: str
    by: str
    entered: str
    figures: str = ""
    counted: str = ""
    digest: str = ""


class Cause(StrEnum):
    """Why a case counts otherwise than it did: what was recorded on it since."""

    CORRECTED = "更正"
    ENTERED_LATE = "补登"
    WENT_ON = "后续办理"
    VOIDED = "作废"
    CAME_IN = "补登收件"


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case that counts otherwise now than it did in the bulletin: figures it is no longer in, and new ones."""

    number: str
    cause: Cause
    no_longer: tuple[str, ...]
    now_also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Figures as issued and as they are told now, and the cases that make the difference, in register order."""

    then: Sums
    now: Sums
    cases: tuple[CaseChange, ...]

    @property
    def corrections(self) -> tuple[CaseChange, ...]:
        """Those that show the bulletin to have been wrong; the rest is work that has gone on since."""
        return tuple(one for one in self.cases if one.cause is not Cause.WENT_ON)


def differences(
    then: Iterable[CaseFacts], now: Iterable[CaseFacts], causes: Mapping[str, Cause]
) -> Differences:
    """What differs between two tellings of a period; `causes` gives for each case what was recorded since."""
    before = {one.number: one for one in then}
    after = {one.number: one for one in now}
    changes = []
    for number in sorted({*before, *after}, key=register_order):
        old = before[number].all_keys if number in before else frozenset()
        new = after[number].all_keys if number in after else frozenset()
        if old == new:
            continue
        cause = Cause.CAME_IN if number not in before else causes.get(number, Cause.WENT_ON)
        changes.append(CaseChange(number, cause, _in_order(old - new), _in_order(new - old)))
    return Differences(_sums(before), _sums(after), tuple(changes))


def _sums(facts: Mapping[str, CaseFacts]) -> Sums:
    return summed(facts[number] for number in sorted(facts, key=register_order)).total


def _in_order(keys: frozenset[str]) -> tuple[str, ...]:
    return tuple(key for key in COUNTS if key in keys)
