"""A spoiled paper's number given anew: the step keeps its place, its paper bears another number from then on.

The record `renumber` stands in the journal of each case that the paper is about, with the old number, the new one
and the reason. It is no step of the procedure: it changes nothing of a case but how its paper is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop_app.domain.corrections import Step

RENUMBER = "renumber"
OLD = "old"
DOCUMENT = "document"
"""Key under which an event carries the document number that it took."""

PAPER, PAPER_AGAIN = "paper", "paper-again"
"""Records of a paper made, or made again. They name its number as it was then, and take none."""


class Numbered(Protocol):
    """An event or a step: what of it tells which number it took."""

    @property
    def action(self) -> str: ...

    @property
    def keys(self) -> Mapping[str, str]: ...


def number_taken(step: Numbered) -> str:
    """The document number that the step took for its paper; empty where it took none."""
    return "" if step.action in (PAPER, PAPER_AGAIN) else step.keys.get(DOCUMENT, "")


def renumbered(steps: Sequence[Step]) -> list[Step]:
    """The steps, each bearing the number that its paper bears after all renumbering."""
    given = {step.get(OLD): step.get(DOCUMENT) for step in steps if step.action == RENUMBER}
    return [_with_number(step, given) for step in steps] if given else list(steps)


def _with_number(step: Step, given: Mapping[str, str]) -> Step:
    number = number_taken(step)
    if step.action == RENUMBER or number not in given:
        return step
    for old, new in given.items():  # in the order of the journal: a sheet may be spoiled more than once
        number = new if number == old else number
    return replace(step, keys={**step.keys, DOCUMENT: number})
