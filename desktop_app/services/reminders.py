"""One key for the morning's pressure: every case that must be reminded of, or urged, one joint step a unit.

X 第五条（四）, T 第十三条、第十九条. Unit by unit: what the rules refuse for one unit is told and stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop_app.domain.accused_guards import complaint_clause, refuse_barred
from desktop_app.domain.corrections import CORRECT
from desktop_app.domain.open_items import open_items
from desktop_app.domain.regulation import OpenItemRule, Regulation
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import regulations
from desktop_app.services.case_loading import Loaded, load_case, situation_of
from desktop_app.services.cases import act_in
from desktop_app.services.open_cases import open_cases
from desktop_app.services.pressure import addressee, press_in, pressed_since
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

REMINDER, OVERDUE = "reminder_due", "overdue"
"""Triggers (`open_items.TRIGGERS`) whose step can be taken on all cases at once: it asks for no judgement."""

Progress = Callable[[int, int], bool]

_ON_PAPER = "书面"


@dataclass(frozen=True, slots=True)
class PressedUnit:
    """A unit that was pressed: whom to ring up there, about which cases, under which document number.

    `events` are the steps recorded, a case each.
    """

    regulation: str
    action: str
    unit: str
    head: str
    phone: str
    numbers: tuple[str, ...]
    document: str
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitNotPressed:
    """A unit on whose cases nothing was recorded, and why."""

    unit: str
    numbers: tuple[str, ...]
    reason: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class PressedAll:
    """What came of it, by unit. `left`: how many units were not come to, where it was stopped."""

    done: tuple[PressedUnit, ...]
    refused: tuple[UnitNotPressed, ...]
    left: int = 0

    @property
    def cases(self) -> int:
        return sum(len(one.numbers) for one in self.done)


@dataclass(frozen=True, slots=True)
class _OfUnit:
    regulation: Regulation
    rule: OpenItemRule
    unit: str
    numbers: tuple[str, ...]


def press_all(session: Session, trigger: str, progress: Progress | None = None) -> PressedAll:
    """Take the step of that trigger (REMINDER, OVERDUE) on every case that waits for it today and on which it was
    not taken yet. `progress` may stop it between two units: what was recorded stands."""
    session.require(Right.REGISTER)
    waiting = _waiting(session, trigger)
    done: list[PressedUnit] = []
    refused: list[UnitNotPressed] = []
    left = 0
    waiting = [one for each in waiting if (one := _without_accusations(session, each, refused)).numbers]
    for place, one in enumerate(waiting, start=1):
        try:
            pressed = _press(session, one)
        except Refusal as refusal:
            refused.append(UnitNotPressed(one.unit, one.numbers, refusal.message, refusal.clause))
        else:
            done += [pressed] if pressed is not None else []
        if progress is not None and not progress(place, len(waiting)):
            left = len(waiting) - place
            break
    return PressedAll(tuple(done), tuple(refused), left)


def _waiting(session: Session, trigger: str) -> list[_OfUnit]:
    """By regulation and unit, in the order of their first cases."""
    found: dict[tuple[str, str], list[str]] = {}
    today = session.today
    with session.read() as work:
        for one in open_cases(session, work, today):
            rule = _rule(regulations.load(one.row.regulation), trigger)
            item = next((item for item in one.items[today] if rule and item.kind == rule.kind), None)
            if rule is not None and item is not None and not one.pressed_since(rule.verb, item.since):
                found.setdefault((one.row.regulation, one.row.lead), []).append(one.row.number)
    waiting = []
    for (name, unit), numbers in found.items():
        regulation = regulations.load(name)
        rule = _rule(regulation, trigger)
        assert rule is not None
        waiting.append(_OfUnit(regulation, rule, unit, tuple(numbers)))
    return waiting


def _without_accusations(session: Session, one: _OfUnit, refused: list[UnitNotPressed]) -> _OfUnit:
    """Without the cases that accuse the unit itself (X 第六条): those must not keep its other cases back."""
    kept = []
    for number in one.numbers:
        with session.read() as work:
            situation = situation_of(session, work, load_case(work, number))
        try:
            refuse_barred(situation, one.unit, complaint_clause(one.regulation))
        except Refusal as refusal:
            refused.append(UnitNotPressed(one.unit, (number,), refusal.message, refusal.clause))
        else:
            kept.append(number)
    return replace(one, numbers=tuple(kept))


def _rule(regulation: Regulation, trigger: str) -> OpenItemRule | None:
    return next((rule for rule in regulation.open_items if rule.trigger == trigger), None)


def _press(session: Session, one: _OfUnit) -> PressedUnit | None:
    """One transaction a unit. Cases that somebody pressed or moved on meanwhile are left out; None: all of them."""
    with session.change() as work:
        units = session.units(work)
        numbers = [number for number in one.numbers if _still_waits(session, work, one, number)]
        if not numbers:
            return None
        keys = {
            "to": addressee(one.regulation, one.rule.verb, one.unit, units),
            "channel": _ON_PAPER,
            "by": session.user.display_name or session.user.name,
        }
        done = press_in(session, work, numbers, one.rule.verb, keys, session.today)
        known = units.find(one.unit)
    return PressedUnit(
        regulation=one.regulation.id,
        action=one.rule.verb,
        unit=one.unit,
        head=known.head if known is not None else "",
        phone=known.phone if known is not None else "",
        numbers=tuple(numbers),
        document=done[0].document,
        events=tuple(each.event for each in done),
    )


def take_back(session: Session, done: Iterable[PressedUnit]) -> int:
    """撤销: void every step of such a run, all or none; both stay in the stories. How many cases it was.

    Refusal `Overtaken` where somebody went on with one of the cases: what rests on the step is not taken away unseen.
    """
    today, count = session.today, 0
    with session.change() as work:
        for one in done:
            for number, event in zip(one.numbers, one.events, strict=True):
                keys = {"event": str(event), "reason": "撤销"}
                act_in(session, work, number, CORRECT, keys, today, seen=event)
                count += 1
    return count


def _still_waits(session: Session, work: Work, one: _OfUnit, number: str) -> bool:
    loaded = load_case(work, number)
    return _lead(loaded) == one.unit and any(
        item.kind == one.rule.kind and not pressed_since(loaded.case, one.rule.verb, item.since)
        for item in open_items(situation_of(session, work, loaded))
    )


def _lead(loaded: Loaded) -> str:
    return loaded.case.lead.unit if loaded.case.lead is not None else ""


def units_of(done: Iterable[PressedUnit]) -> int:
    """How many units were pressed; one that works under two regulations is one."""
    return len({one.unit for one in done})
