"""Figures worked out a second time, from the journal's own text and the calendar of another library.

Nothing of the program's rules is used here: only its file is opened. What the figures should be is read from
docs/command-line.md, so a mistake in the program and one here would have to be the same.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from pathlib import Path
from typing import Any

import chinese_calendar

from tests.engines import behind

LIMITS = {"xizang-2017": 10, "tongliao-2023": 5}
FOLLOWED_UP = {
    "满意": "satisfied",
    "基本满意": "rather_satisfied",
    "不满意": "dissatisfied",
    "未联系上": "unreached",
}
PRESSED = {"remind": "reminded", "urge": "urged", "supervise": "supervised", "transfer": "transferred"}


def working(day: date) -> bool:
    if day.year > 2026:  # no notice yet: weekdays but New Year's Day, as far as a test looks ahead
        return day.weekday() < 5 and (day.month, day.day) != (1, 1)
    return bool(chinese_calendar.is_workday(day))


def after(start: date, days: int) -> date:
    """The n-th working day after `start`."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= working(day)
    return day


def between(start: date, end: date) -> int:
    """Working days after `start` up to `end`."""
    return sum(working(start + timedelta(days=ahead)) for ahead in range(1, (end - start).days + 1))


@dataclass
class Hold:
    unit: str
    lead: bool
    event: int
    sent: date
    days: int
    got: date | None = None
    presumed: bool = False
    told: list[tuple[int, str, date, Any]] = field(default_factory=list)
    ended: date | None = None
    how: str = ""

    @property
    def open(self) -> bool:
        return self.ended is None

    @property
    def replies(self) -> list[date]:
        """Days of replies that were not sent back."""
        standing: list[date] = []
        for _, what, on, _ in self.told:
            if what == "reply":
                standing = [on]
            elif what == "rework":
                standing = []
        return standing


@dataclass
class Told:
    """What one case counts as: keys of its own, keys by unit, the unit that leads, days to the reply."""

    received: date
    keys: set[str]
    of_units: dict[str, set[str]]
    lead: str
    days: int | None
    category: str
    topic: str
    source: str


class Retold:
    """One case told again from its steps."""

    def __init__(self, steps: list[dict[str, Any]], today: date) -> None:
        first = steps[0]
        self.today = today
        self.received = date.fromisoformat(first["on"])
        self.regulation = first["keys"]["regulation"]
        self.source = first["keys"].get("source", "")
        self.keys = {"received"}
        self.of_units: dict[str, set[str]] = {}
        self.holds: list[Hold] = []
        self.screened, self.begun, self.void = "", 0, False
        self.category = self.topic = ""
        self.wanted_by: date | None = None
        self.last_follow_up = ""
        for step in steps:
            self.take(step)

    # -------------------------------------------------------------- steps

    def take(self, step: dict[str, Any]) -> None:
        action, keys, on = step["action"], step["keys"], date.fromisoformat(step["on"])
        if keys.get("upstream_due"):
            self.wanted_by = date.fromisoformat(keys["upstream_due"])
        named = action.replace("-", "_")
        if hasattr(self, f"on_{named}"):
            getattr(self, f"on_{named}")(step["id"], on, keys)
        if action in PRESSED:
            leads = [one.unit for one in self.holds if one.lead]
            self.of_units.setdefault(leads[-1] if leads else "", set()).add(PRESSED[action])

    def on_void(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.void = True

    def on_accept(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.screened, self.category, self.topic = "accepted", keys["category"], keys.get("topic", "")

    def on_refuse(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.screened = "refused"
        self.end(on, "refused")

    def on_reopen(self, event: int, on: date, keys: dict[str, str]) -> None:
        if self.screened == "refused":
            self.screened, self.begun = "", event
        elif keys.get("to") != "待归档":
            self.begun = event

    def on_dispatch(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.give(keys["lead"], True, event, on, keys.get("days"))
        for unit in filter(None, keys.get("supporting", "").split(",")):
            self.give(unit, False, event, on, keys.get("days"))

    def give(self, unit: str, lead: bool, event: int, on: date, days: str | None) -> None:
        self.holds.append(Hold(unit, lead, event, on, int(days or LIMITS[self.regulation])))

    def on_change_units(self, event: int, on: date, keys: dict[str, str]) -> None:
        lead = keys.get("lead")
        if lead:
            for one in self.holds:
                if one.open and (one.lead or one.unit == lead):
                    one.ended, one.how = on, "taken"
            self.give(lead, True, event, on, keys.get("days"))
        if "supporting" in keys:
            wanted = [unit for unit in keys["supporting"].split(",") if unit and unit != "无"]
            for one in self.holds:
                if one.open and not one.lead and one.unit not in wanted:
                    one.ended, one.how = on, "taken"
            there = {one.unit for one in self.holds if one.open and not one.lead}
            for unit in wanted:
                if unit not in there:
                    self.give(unit, False, event, on, keys.get("days"))

    def on_receive(self, event: int, on: date, keys: dict[str, str]) -> None:
        if keys.get("stays") == "yes":
            return
        for one in self.holds:
            if one.open and one.got is None:
                one.got = on

    def leading(self) -> Hold | None:
        return next((one for one in self.holds if one.open and one.lead), None)

    def presume(self, one: Hold, on: date) -> None:
        if one.got is None or (one.presumed and on < one.got):
            one.got, one.presumed = on, True

    def on_return(self, event: int, on: date, keys: dict[str, str]) -> None:
        lead, unit = self.leading(), keys.get("unit", "")
        for one in self.holds:
            if one.open and (one is lead if not unit or (lead and lead.unit == unit) else one.unit == unit):
                self.presume(one, on)
                one.told.append((event, "return", on, None))

    def asked_back(self) -> Hold | None:
        """Whose return is answered: the lead's first, else the one that asked first."""
        asked = [(not one.lead, one.told[-1][0], one) for one in self.holds if one.open and self.waiting(one)]
        return min(asked, key=lambda each: each[:2])[2] if asked else None

    @staticmethod
    def waiting(one: Hold) -> bool:
        returns = [what for _, what, _, _ in one.told if what in ("return", "answered", "reply")]
        return bool(returns) and returns[-1] == "return"

    def on_accept_return(self, event: int, on: date, keys: dict[str, str]) -> None:
        one = self.asked_back()
        assert one is not None
        self.of_units.setdefault(one.unit, set()).add("returned")
        asked = [day for _, what, day, _ in one.told if what == "return"][-1]
        one.ended, one.how = asked, "returned"
        if one.lead:
            self.end(on, "taken")

    def on_refuse_return(self, event: int, on: date, keys: dict[str, str]) -> None:
        one = self.asked_back()
        assert one is not None
        one.told.append((event, "answered", on, None))

    def on_apply_extension(self, event: int, on: date, keys: dict[str, str]) -> None:
        lead = self.leading()
        assert lead is not None
        lead.told.append((event, "extension", on, {"asked": int(keys["days"]), "levels": {}, "days": 0}))

    def on_approve_extension(self, event: int, on: date, keys: dict[str, str]) -> None:
        lead = self.leading()
        assert lead is not None
        ask = [more for _, what, _, more in lead.told if what == "extension"][-1]
        ask["levels"][keys["level"]] = int(keys.get("days") or ask.get("so_far") or ask["asked"])
        ask["so_far"] = ask["levels"][keys["level"]]
        last = "交办单位" if self.source != "主席板块" else "政研室"
        if keys["level"] == last:
            ask["days"] = ask["so_far"]
            self.of_units.setdefault(lead.unit, set()).add("extended")

    def on_reply(self, event: int, on: date, keys: dict[str, str]) -> None:
        lead = self.leading()
        assert lead is not None
        self.presume(lead, on)
        lead.told.append((event, "reply", on, None))

    def on_rework(self, event: int, on: date, keys: dict[str, str]) -> None:
        lead = self.leading()
        assert lead is not None
        lead.told.append((event, "rework", on, date.fromisoformat(keys["due"])))
        self.of_units.setdefault(lead.unit, set()).add("reworked")

    def on_publish(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.keys.add("published")

    def on_answer_privately(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.keys.add("private")

    def on_follow_up(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.last_follow_up = keys["result"]

    def on_link_duplicate(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.end(on, "merged")

    def on_explain(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.end(on, "explained")

    def on_return_upward(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.end(on, "sent up")

    def on_archive(self, event: int, on: date, keys: dict[str, str]) -> None:
        self.end(on, "done")

    def end(self, on: date, how: str) -> None:
        for one in self.holds:
            if one.open:
                one.ended, one.how = on, how

    # -------------------------------------------------------------- clocks

    def course(self, one: Hold) -> tuple[date, bool]:
        """Where the unit's due date stands at the end, and whether one was missed by what is recorded."""
        start = one.got or one.sent
        due = after(start, one.days)
        if self.wanted_by is not None:
            due = min(due, max(start, self.wanted_by))
        missed = False
        for _, what, on, more in sorted(one.told, key=lambda each: each[0]):
            if what == "extension":
                missed |= one.got is not None and on > due
                if more["days"]:
                    due = after(due, more["days"])
            elif what == "rework":
                due = more
            elif what == "reply":
                missed |= on > due
        if one.ended and not one.replies and one.got:
            missed |= one.ended > due
        if one.presumed and self.regulation == "xizang-2017" and one.got:
            missed |= one.got > after(one.sent, one.days)
        return due, missed

    def told(self) -> Told:
        leads = [one for one in self.holds if one.lead]
        lead = leads[-1] if leads and leads[-1].how not in ("returned", "merged") else None
        if lead is not None and lead.event <= self.begun:
            lead = None
        for one in leads:
            units = self.of_units.setdefault(one.unit, set())
            units.add("dispatched")
            due, missed = self.course(one)
            runs = one.open and not one.replies and (one.got or self.regulation == "xizang-2017")
            if one.how != "merged" and (missed or (runs and self.today > due)):
                units.add("overdue")
        days = None
        if lead is not None and lead.replies:
            self.keys.add("replied")
            assert lead.got is not None
            days = between(lead.got, lead.replies[-1])
            if not self.course(lead)[1]:
                self.keys.add("on_time")
        if self.screened:
            self.keys.add(self.screened)
        if self.last_follow_up:
            self.keys.add(FOLLOWED_UP[self.last_follow_up])
        unit = lead.unit if lead is not None else ""
        return Told(
            *(self.received, self.keys, self.of_units, unit, days, self.category, self.topic, self.source)
        )


# ------------------------------------------------------------------ the journal


def cases(folder: Path, key: bytes, today: date) -> dict[str, Told]:
    """Every case that was not taken back, told again."""
    with behind(folder, key) as driver:
        rows = driver.execute("SELECT canonical FROM events WHERE case_id IS NOT NULL ORDER BY id").fetchall()
        words = driver.execute(
            "SELECT event_id, key, words FROM protected_words WHERE key LIKE 'with.%'"
        ).fetchall()
    of_case: dict[str, list[dict[str, Any]]] = {}
    for (text,) in rows:
        event = json.loads(text)
        event["keys"] |= {key: said for number, key, said in words if number == event["id"]}
        of_case.setdefault(event["case"], []).append(event)
    retold = {number: Retold(list(_standing(events)), today) for number, events in of_case.items()}
    return {number: one.told() for number, one in retold.items() if not one.void}


def _standing(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The steps as corrections leave them."""
    voided: set[int] = set()
    new: dict[int, dict[str, str]] = {}
    fixes = [one for one in events if one["action"] == "correct"]
    for fix in reversed(fixes):
        target = int(fix["keys"]["event"])
        if fix["id"] not in voided and target in {one["id"] for one in fixes}:
            voided.add(target)
    for fix in fixes:
        if fix["id"] in voided or int(fix["keys"]["event"]) in {one["id"] for one in fixes}:
            continue
        given = {key[5:]: value for key, value in fix["keys"].items() if key.startswith("with.")}
        if given:
            new.setdefault(int(fix["keys"]["event"]), {}).update(given)
        else:
            voided.add(int(fix["keys"]["event"]))
    for one in events:
        if one["action"] == "correct" or one["id"] in voided:
            continue
        given = dict(new.get(one["id"], {}))
        on = given.pop("on", one["on"])
        yield {**one, "on": on, "keys": {**one["keys"], **given}}


# ------------------------------------------------------------------ sums


def figures(told: dict[str, Told], first: date, last: date) -> dict[str, Any]:
    """The promised figures of a period."""
    return _summed([(one, None) for one in told.values() if first <= one.received <= last])


def figures_by(told: dict[str, Told], first: date, last: date, by: str) -> dict[str, dict[str, Any]]:
    """The same by group."""
    groups: dict[str, list[tuple[Told, str | None]]] = {}
    for one in told.values():
        if not first <= one.received <= last:
            continue
        if by == "unit":
            for unit in {one.lead, *(unit for unit, keys in one.of_units.items() if keys)}:
                groups.setdefault(unit or "（无承办单位）", []).append((one, unit))
        else:
            name = one.received.isoformat()[:7] if by == "month" else getattr(one, by)
            groups.setdefault(name or "（未填）", []).append((one, None))
    return {name: _summed(some) for name, some in groups.items()}


def _summed(some: list[tuple[Told, str | None]]) -> dict[str, Any]:
    counts: dict[str, int] = {}
    days: list[int] = []
    for one, unit in some:
        keys: set[str] = set()
        if unit is None:
            keys = one.keys.union(*one.of_units.values())
        else:
            keys = (one.keys if unit == one.lead else set()) | one.of_units.get(unit, set())
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
        if one.days is not None and unit in (None, one.lead):
            days.append(one.days)
    reached = counts.get("satisfied", 0) + counts.get("rather_satisfied", 0) + counts.get("dissatisfied", 0)
    content = counts.get("satisfied", 0) + counts.get("rather_satisfied", 0)
    replied = counts.get("replied", 0)
    return {
        **counts,
        "on_time_rate": counts.get("on_time", 0) / replied if replied else None,
        "satisfaction_rate": content / reached if reached else None,
        "median_days": statistics.median(days) if days else None,
        "p90_days": sorted(days)[ceil(len(days) * 9 / 10) - 1] if days else None,
    }
