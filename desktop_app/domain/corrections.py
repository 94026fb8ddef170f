"""A history as it stands after all corrections.

A step once recorded is never edited. `correct` names it and either voids it or gives it another day or other keys;
a correction may itself be voided. What comes out is the list of steps that the fold and the checks read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from desktop_app.domain.actions import LIST_MARK, YES
from desktop_app.domain.events import Event
from desktop_app.domain.renumbering import renumbered

CORRECT = "correct"
WITH = "with."
"""A correction's own keys are `event` and `reason`; those it puts in place of others bear this prefix."""

NONE = "无"
"""Said where a list of units is meant to be empty; an empty key says nothing at all."""


@dataclass(frozen=True, slots=True)
class Step:
    """An event as the fold reads it: corrections applied, short facts and protected words together."""

    id: int
    action: str
    on: date
    keys: Mapping[str, str]

    def get(self, key: str) -> str:
        return self.keys.get(key, "")

    def yes(self, key: str) -> bool:
        return self.keys.get(key) == YES

    def yes_or_unknown(self, key: str) -> bool | None:
        return None if key not in self.keys else self.keys[key] == YES

    def count(self, key: str) -> int | None:
        return int(self.keys[key]) if self.keys.get(key) else None

    def names(self, key: str) -> tuple[str, ...]:
        return tuple(name for name in self.get(key).split(LIST_MARK) if name and name != NONE)


class Recorded(Protocol):
    """What of an event tells whether it is a correction and of which; the journal's own and the window's view have it."""

    @property
    def id(self) -> int: ...

    @property
    def action(self) -> str: ...

    @property
    def keys(self) -> Mapping[str, str]: ...


E = TypeVar("E", bound=Recorded)


def effective_steps(events: Iterable[Event]) -> list[Step]:
    """The history as it stands after all corrections and renumbering, in journal order, without `correct` events."""
    events = list(events)
    corrections = standing_corrections(events)
    void = {int(one.keys["event"]) for one in corrections.values() if not _replacing_keys(one)}
    replaced: dict[int, dict[str, str]] = {}
    for one in corrections.values():
        # Several corrections of one step add up; the newest wins.
        replaced.setdefault(int(one.keys["event"]), {}).update(_replacing_keys(one))
    steps = [
        _as_step(event, replaced.get(event.id, {}))
        for event in events
        if event.action != CORRECT and event.id not in void
    ]
    return renumbered(steps)


def standing_corrections(events: Iterable[E]) -> dict[int, E]:
    """Corrections that were not themselves voided, by their own number, oldest first."""
    corrections = [event for event in events if event.action == CORRECT]
    own = {event.id for event in corrections}
    void: set[int] = set()
    for event in reversed(corrections):
        target = int(event.keys["event"])
        if event.id not in void and target in own:
            void.add(target)
    return {event.id: event for event in corrections if event.id not in void}


def _replacing_keys(event: Event) -> dict[str, str]:
    """What it puts in place of what; empty where the words were disposed of, and then still no voiding."""
    told = {**dict.fromkeys(event.disposed, ""), **event.all_keys}
    return {key.removeprefix(WITH): value for key, value in told.items() if key.startswith(WITH)}


def _as_step(event: Event, new: Mapping[str, str]) -> Step:
    keys = {**event.all_keys, **new}
    on = date.fromisoformat(keys.pop("on")) if "on" in new else event.on
    return Step(event.id, event.action, on, {key: value for key, value in keys.items() if value})
