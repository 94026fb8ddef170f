"""A second way to count a year: plain loops over the journal's events, sharing no line with domain/history or figures.

Of the program it takes only the journal, the calendar's working days and the regulation's words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop_app.domain.events import Event
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.work_calendar import WorkCalendar


@dataclass
class Hold:
    """A unit that led a case: when it was given it, took it, owed an answer, answered."""

    unit: str
    given: date
    taken: date | None = None
    due: date | None = None
    late: bool = False
    presumed: bool = False
    applied: list[tuple[date, bool]] = field(default_factory=list)
    replied: date | None = None
    first_reply: date | None = None
    first_late: bool = False
    returned: bool = False
    gone: bool = False
    extended: bool = False
    reworked: int = 0


@dataclass
class Tale:
    """All that the events of one case say, for counting."""

    number: str
    received: date
    source: str = ""
    category: str = ""
    topic: str = ""
    refused: bool = False
    merged: bool = False
    holds: list[Hold] = field(default_factory=list)
    pressed: list[tuple[str, str, str, str]] = field(default_factory=list)
    reworks: list[tuple[str, str, date]] = field(default_factory=list)
    late_returns: list[str] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)
    last_follow_up: tuple[str, str] | None = None
    published: bool = False
    private: bool = False
    trend: bool = False
    closed: bool = False
    explained: bool = False
    upward: date | None = None

    @property
    def hold(self) -> Hold | None:
        """The unit that leads now, or led to the end."""
        live = [one for one in self.holds if not one.returned and not one.gone]
        return live[-1] if live else None


def effective(events: Iterable[Event]) -> list[tuple[int, str, date, dict[str, str]]]:
    """The steps that stand: what a correction voided is gone, what it changed is changed."""
    steps: dict[int, list[Any]] = {}
    undone: set[int] = set()
    listed = list(events)
    for event in reversed(listed):
        if event.action == "correct" and event.id not in undone:
            changes = {
                name.removeprefix("with."): value for name, value in event.all_keys.items() if "." in name
            }
            if not changes:
                undone.add(int(event.keys["event"]))
    for event in listed:
        if event.id in undone:
            continue
        if event.action == "correct":
            target = int(event.keys["event"])
            for name, value in event.all_keys.items():
                if "." not in name or target not in steps:
                    continue
                plain = name.partition(".")[2]
                if plain == "on":
                    steps[target][2] = date.fromisoformat(value)
                else:
                    steps[target][3][plain] = value
            continue
        steps[event.id] = [event.id, event.action, event.on, dict(event.all_keys)]
    return [tuple(step) for step in steps.values()]  # type: ignore[misc]


class Recount:
    """Tales of all cases, told from their events."""

    def __init__(self, regulation: Regulation, calendar: WorkCalendar, today: date) -> None:
        self.regulation = regulation
        self.calendar = calendar
        self.today = today
        self.days = regulation.limits.reply.days
        self.claims = {
            one.value for one in regulation.vocabularies["receive_manner"] if "claims" in one.flags
        }
        self.levels = regulation.vocabularies["approval_level"]

    def tale(self, number: str, events: Iterable[Event]) -> Tale:
        steps = effective(events)
        tale = Tale(number, steps[0][2], steps[0][3].get("source", ""))
        if steps[0][3].get("upstream_due"):
            tale.upward = date.fromisoformat(steps[0][3]["upstream_due"])
        for _, action, on, keys in steps[1:]:
            told = getattr(self, "_" + action.replace("-", "_"), None)
            if told is not None:
                told(tale, on, keys)
        self._end(tale)
        return tale

    def _end(self, tale: Tale) -> None:
        """Who has not answered by today is late as well."""
        hold = tale.hold
        if hold is None or hold.replied is not None or tale.explained or tale.refused or tale.merged:
            return
        due = self._due_now(tale, hold)
        if due is not None and self.today > due:
            hold.late = True

    def _due_now(self, tale: Tale, hold: Hold) -> date | None:
        if hold.due is not None:
            return hold.due
        if self.regulation.clock.unclaimed_counts_from_dispatch:
            return self.calendar.nth_working_day_after(hold.given, self.days)
        return None

    def _accept(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        tale.category, tale.topic = keys.get("category", ""), keys.get("topic", "")
        if keys.get("upstream_due"):
            tale.upward = date.fromisoformat(keys["upstream_due"])

    def _assess(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        tale.trend = keys.get("trend") == "yes"

    def _refuse(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        tale.refused = True

    def _link_duplicate(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        tale.merged = True
        for hold in tale.holds:
            hold.gone = True

    def _reopen(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        tale.refused = tale.closed = False
        for hold in tale.holds:
            hold.gone = True
        tale.published = tale.published
        tale.last_follow_up = tale.last_follow_up

    def _dispatch(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        tale.holds.append(Hold(keys["lead"], on))

    def _change_units(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        if not keys.get("lead"):
            return
        hold = tale.hold
        if hold is not None:
            self._missed(tale, hold, on)
            hold.gone = True
        tale.holds.append(Hold(keys["lead"], on))

    def _receive(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        hold = tale.hold
        if hold is None or (keys.get("manner") and keys["manner"] not in self.claims):
            return
        self._starts(tale, hold, on)

    def _starts(self, tale: Tale, hold: Hold, on: date) -> None:
        hold.taken = on
        hold.due = self.calendar.nth_working_day_after(on, self.days)
        if tale.upward is not None:
            hold.due = min(hold.due, max(on, tale.upward))

    def _missed(self, tale: Tale, hold: Hold, on: date) -> None:
        due = self._due_now(tale, hold)
        if hold.replied is None and due is not None and on > due:
            hold.late = True

    def _return(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        hold = tale.hold
        if hold is None:
            return
        if hold.taken is not None and on > hold.taken:
            tale.late_returns.append(hold.unit)
        self._asked_back = on

    def _accept_return(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        hold = tale.hold
        if hold is not None:
            self._missed(tale, hold, self._asked_back)
            hold.returned = True

    def _apply_extension(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        hold = tale.hold
        if hold is not None and hold.due is not None:
            hold.applied.append((on, on > hold.due))
            self._asked, self._left = int(keys["days"]), len(self._chain(tale))

    def _chain(self, tale: Tale) -> list[str]:
        source = self.regulation.term("source", tale.source)
        above = source is not None and "upstream" in source.flags
        return [one.value for one in self.levels if above or "upstream" not in one.flags]

    def _approve_extension(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        hold = tale.hold
        self._asked = int(keys.get("days") or self._asked)
        self._left -= 1
        if self._left or hold is None or hold.due is None:
            return
        hold.extended = True
        if hold.applied[-1][1]:
            hold.late = True
        hold.due = self._further(hold.due, self._asked)

    def _further(self, due: date, days: int) -> date:
        from datetime import timedelta

        if self.regulation.limits.extension.unit == "working_days":
            return self.calendar.nth_working_day_after(due, days)
        return self.calendar.next_working_day_on_or_after(due + timedelta(days=days))

    def _reply(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        hold = tale.hold
        if hold is None:
            return
        due = self._due_now(tale, hold)
        if hold.taken is None:
            self._starts(tale, hold, on)
            if due is None:
                due = hold.due
        late = due is not None and on > due
        hold.late = hold.late or late
        hold.replied = on
        if hold.first_reply is None:
            hold.first_reply, hold.first_late = on, late
        if keys.get("signer", "") in ("", "无") or keys.get("stamped") == "no":
            tale.unsigned.append(hold.unit)

    def _rework(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        hold = tale.hold
        if hold is not None:
            hold.replied = None
            hold.reworked += 1
            hold.due = date.fromisoformat(keys["due"])
            tale.reworks.append((hold.unit, keys["ground"], on))

    def _press(self, action: str, tale: Tale, keys: dict[str, str]) -> None:
        unit = tale.holds[-1].unit if tale.holds else ""
        tale.pressed.append((action, unit, keys.get("ground", ""), keys.get("document", "")))

    def _remind(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        self._press("remind", tale, keys)

    def _urge(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        self._press("urge", tale, keys)

    def _supervise(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        self._press("supervise", tale, keys)

    def _transfer(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        self._press("transfer", tale, keys)

    def _hold_accountable(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        self._press("hold-accountable", tale, keys)

    def _publish(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        tale.published = True

    def _answer_privately(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        tale.private = True

    def _explain(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        tale.explained = True

    def _close(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        tale.closed = True

    def _follow_up(self, tale: Tale, on: date, keys: dict[str, str]) -> None:
        unit = tale.holds[-1].unit if tale.holds else ""
        tale.last_follow_up = (keys["result"], unit)
