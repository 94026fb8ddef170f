"""What is open on a case, with the days on which it is: the answer for every day at once, which can be kept.

Each rule is asked with a day that is watched; what it concludes holds for all days that would have compared alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.case import Case
from desktop_app.domain.open_items import OpenItem, item_by, rules_asked
from desktop_app.domain.regulation import OpenItemRule
from desktop_app.domain.situation import Situation
from desktop_app.domain.watched import WatchedDay

EDITION = "1"
"""Of the rules as the program has them: to be changed along with a trigger, so that nothing kept outlives it."""

_MOST_SPELLS = 40
"""A rule that concludes otherwise more often than that looks at the day itself."""


@dataclass(frozen=True, slots=True)
class Spell:
    """One thing to do, open on each day from `first` to `last`. All days as ISO text; `first` and `last` are empty
    where there is no end, `until` where the thing has no date of its own."""

    kind: str
    first: str
    last: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class OpenSpells:
    """All that is or will be open on a case, as it stands, in the order of the regulation's file.

    `pressed`: steps of pressure on the unit that leads now, and their days.
    """

    spells: tuple[Spell, ...]
    pressed: tuple[tuple[str, str], ...] = ()

    def on(self, day: date, rules: Mapping[str, OpenItemRule]) -> tuple[OpenItem, ...]:
        """What is open on that day; `rules` are those of the case's regulation, by kind."""
        text = day.isoformat()
        return tuple(
            _item(one, rules[one.kind])
            for one in self.spells
            if one.first <= text and (not one.last or text <= one.last)
        )

    def pressed_since(self, action: str, since: date) -> bool:
        """Whether the unit that leads was pressed in this way on `since` or later."""
        return any(done == action and on >= since.isoformat() for done, on in self.pressed)


def open_spells(situation: Situation) -> OpenSpells | None:
    """What is open on the case on any day, whichever is today. None where a rule must be asked day by day."""
    spells: list[Spell] = []
    for rule in rules_asked(situation):
        found = _spells_by(situation, rule)
        if found is None:
            return None
        spells += found
    return OpenSpells(tuple(spells), _pressed(situation.case))


def _spells_by(situation: Situation, rule: OpenItemRule) -> list[Spell] | None:
    spells: list[Spell] = []
    day = date.min
    for _ in range(_MOST_SPELLS):
        watched = WatchedDay.of(day)
        try:
            item = item_by(situation.on(watched), rule)
        except OverflowError:
            return None
        if watched.pinned or (item is not None and (item.since is watched or item.until is watched)):
            return None
        if item is not None and item.closed_by is None:
            _add(spells, item, day, watched.last)
        if watched.last == date.max:
            return spells
        day = watched.last + timedelta(days=1)
    return None


def _add(spells: list[Spell], item: OpenItem, first: date, last: date) -> None:
    """Another spell, or more of the one before."""
    since, until = item.since.isoformat(), item.until.isoformat() if item.until is not None else ""
    begins = first.isoformat() if first != date.min else ""
    if spells:
        before = spells[-1]
        joined = date.fromisoformat(before.last) + timedelta(days=1) == first
        if joined and (before.since, before.until) == (since, until):
            begins = spells.pop().first
    spells.append(Spell(item.kind, begins, last.isoformat() if last != date.max else "", since, until))


def _pressed(case: Case) -> tuple[tuple[str, str], ...]:
    lead = case.lead
    first = lead.event if lead is not None else 0
    return tuple((one.action, one.on.isoformat()) for one in case.pressure if one.event > first)


def _item(one: Spell, rule: OpenItemRule) -> OpenItem:
    until = date.fromisoformat(one.until) if one.until else None
    since = date.fromisoformat(one.since)
    return OpenItem(one.kind, rule.article or None, since, until, rule.blocking, rule.verb)


def write_spells(found: OpenSpells) -> str:
    """As text, for keeping; the same for the same spells."""
    told: dict[str, object] = {"open": [_row(one) for one in found.spells]}
    if found.pressed:
        told["pressed"] = found.pressed
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _row(one: Spell) -> tuple[str, ...]:
    return (one.kind, one.first, one.last, one.since, one.until)


def read_spells(text: str) -> OpenSpells:
    """The spells that `text` tells; ValueError where it tells none."""
    try:
        told = json.loads(text)
        pressed = tuple((action, on) for action, on in told.get("pressed", ()))
        return OpenSpells(tuple(Spell(*row) for row in told["open"]), pressed)
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("no open items") from error
