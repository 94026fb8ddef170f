"""Holiday notices that an office entered, on top of those built in: which of them stand, and how they are written down.

The journal has each entering and each withdrawal; what stands is folded from it, like a case from its steps.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.domain.events import Event, digest
from desktop_app.domain.national_notices import national_notices, standard_calendar
from desktop_app.domain.notice_read import Scope
from desktop_app.domain.statutory_holidays import statutory_days
from desktop_app.domain.work_calendar import Notice, NoticeDay, WorkCalendar

ENTER, WITHDRAW = "enter-notice", "withdraw-notice"
"""Events of the office. `enter-notice` bears the whole notice, `withdraw-notice` the number of that event."""

WHOLE, WITHDRAWN = "notice", "event"
"""Keys of these events."""

Key = tuple[int, str]
"""Year and region; an empty region is the whole country."""


@dataclass(frozen=True, slots=True)
class EnteredNotice:
    """One notice as it was entered: `event` is its event, `entered` the clock's time, `by` who did it."""

    event: int
    notice: Notice
    scope: Scope
    entered: str
    by: str

    @property
    def key(self) -> Key:
        return self.notice.year, self.notice.region


def write_notice(notice: Notice, scope: Scope) -> str:
    """A notice as one text, for the journal."""
    return json.dumps(_told(notice, scope), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_entered(entered: Sequence[EnteredNotice]) -> str:
    """The notices of one year and region as one text, for storage."""
    told = [
        {"event": one.event, "entered": one.entered, "by": one.by, **_told(one.notice, one.scope)}
        for one in entered
    ]
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_entered(text: str) -> tuple[EnteredNotice, ...]:
    """What `write_entered` wrote. ValueError, KeyError or TypeError for anything else."""
    return tuple(_entered(one, one["event"], one["entered"], one["by"]) for one in json.loads(text))


def _told(notice: Notice, scope: Scope) -> dict[str, Any]:
    return {
        "year": notice.year,
        "region": notice.region,
        "scope": str(scope),
        "source": notice.source,
        "issuer": notice.issuer,
        "days": [
            {"date": day.date.isoformat(), "name": day.name, "isOffDay": day.is_off} for day in notice.days
        ],
    }


def _entered(told: Mapping[str, Any], event: int, entered: str, by: str) -> EnteredNotice:
    days = tuple(
        NoticeDay(date.fromisoformat(day["date"]), day["name"], day["isOffDay"]) for day in told["days"]
    )
    notice = Notice(told["year"], told["source"], told["issuer"], days, told["region"])
    return EnteredNotice(event, notice, Scope(told["scope"]), entered, by)


def fold_entered(events: Iterable[Event]) -> dict[Key, tuple[EnteredNotice, ...]]:
    """What was entered and not withdrawn, by year and region, in the order of entry."""
    found: dict[int, EnteredNotice] = {}
    for event in events:
        if event.action == ENTER:
            found[event.id] = _entered(json.loads(event.keys[WHOLE]), event.id, event.entered, event.by)
        elif event.action == WITHDRAW:
            found.pop(int(event.keys[WITHDRAWN]), None)
    by_key: dict[Key, tuple[EnteredNotice, ...]] = {}
    for one in found.values():
        by_key[one.key] = (*by_key.get(one.key, ()), one)
    return by_key


def standing(built_in: Iterable[Notice], entered: Iterable[EnteredNotice]) -> tuple[Notice, ...]:
    """The notices that hold, by year: each entered one takes the place of what its scope says.

    A year's notice replaces that year's, one of single holidays what was said of these, one of single days
    nothing; what it says of a date holds over what was said before.
    """
    layers = list(built_in)
    for one in _in_order(entered):
        layers = [kept for layer in layers if (kept := _beneath(layer, one)) is not None]
        layers.append(one.notice)
    return tuple(sorted(layers, key=lambda notice: notice.year))


def still_holding(entered: Iterable[EnteredNotice]) -> frozenset[int]:
    """Which of these, by their events, still have a word of theirs that no later one replaced."""
    left: dict[int, Notice] = {}
    for one in _in_order(entered):
        left = {
            event: kept for event, layer in left.items() if (kept := _beneath(layer, one)) is not None
        } | {one.event: one.notice}
    return frozenset(event for event, notice in left.items() if notice.days)


def _in_order(entered: Iterable[EnteredNotice]) -> list[EnteredNotice]:
    return sorted(entered, key=lambda one: one.event)


def _beneath(layer: Notice, entered: EnteredNotice) -> Notice | None:
    """What is left of an earlier notice once a later one is entered."""
    if (layer.year, layer.region) != entered.key or entered.scope is Scope.DAYS:
        return layer
    if entered.scope is Scope.YEAR:
        return None
    named = {name for day in entered.notice.days for name in day.name.split("、")}
    days = tuple(day for day in layer.days if not named & set(day.name.split("、")))
    # A national notice keeps its year certain even where no day of its own is left.
    return replace(layer, days=days) if days or not layer.region else None


def calendar_with(entered: Sequence[EnteredNotice]) -> WorkCalendar:
    """The office's calendar: the national notices built in, and what it entered."""
    if not entered:
        return standard_calendar()
    return WorkCalendar(standing(national_notices(), entered), statutory_days)


def edition_of(texts: Iterable[str]) -> str:
    """Tells one set of entered notices from any other; empty where there is none."""
    kept = sorted(texts)
    return digest("\n".join(kept)) if kept else ""
