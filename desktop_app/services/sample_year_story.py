"""How a story of a sample year is told: forward in time from the day a message came, until it ends or the year does.

Each step has the day on which it happened and the day on which the office entered it: paper may be entered late.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from desktop_app.domain.deadlines import Limit, end_of_period, extended_due, held_within, latest_rework_date
from desktop_app.domain.regulation import Regulation, Term
from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.services.sample_year_topics import Arrival
from desktop_app.services.sample_year_units import Habit

_LATE_PAPER = 0.03
_UPSTREAM_DAYS = 14


@dataclass(frozen=True, slots=True)
class Planned:
    """One step of a case of the year. A key that begins with ``@`` names another case by its place in the year;
    `event` as ``last:reply`` the case's last record of that step."""

    entered: date
    place: int
    order: int
    action: str
    on: date
    keys: dict[str, str]


@dataclass(frozen=True, slots=True)
class Year:
    """What all stories of the year share. `end` is the last day of which anything is told."""

    regulation: Regulation
    units: UnitRegister
    habits: dict[str, Habit]
    calendar: WorkCalendar
    end: date


@dataclass
class YearStory:
    """One case as it is told. `day` is where the telling has come to; past the year's end nothing more is added."""

    year: Year
    arrival: Arrival
    place: int
    dice: Random
    day: date = field(init=False)
    unit: Unit = field(init=False)
    steps: list[Planned] = field(default_factory=list)
    received_by_unit: date | None = None
    due: date | None = None
    answered: date | None = None
    refused: bool = False
    barred: bool = False
    over: bool = False
    entered: date = field(init=False)

    def __post_init__(self) -> None:
        self.day = self.entered = self.arrival.received
        self.unit = self.arrival.unit

    # ------------------------------------------------------------ what is at hand

    @property
    def regulation(self) -> Regulation:
        return self.year.regulation

    @property
    def habit(self) -> Habit:
        return self.year.habits[self.unit.name]

    @property
    def handler(self) -> str:
        """Who works on it in the unit; a register of units may have gaps."""
        return self.unit.handler or f"{self.unit.name}经办人"

    @property
    def from_above(self) -> bool:
        origin = self.regulation.term("source", self.arrival.message.board)
        return origin is not None and "upstream" in origin.flags

    @property
    def upstream_due(self) -> date | None:
        return self.arrival.received + timedelta(days=_UPSTREAM_DAYS) if self.from_above else None

    def knows(self, action: str) -> bool:
        return action in self.regulation.actions

    def chance(self, of_one: float) -> bool:
        return self.dice.random() < of_one

    def words(self, vocabulary: str, flag: str = "", without: str = "") -> list[str]:
        """The regulation's words of a list, those with a flag, those without one."""
        terms: tuple[Term, ...] = self.regulation.vocabularies[vocabulary]
        return [
            one.value
            for one in terms
            if (not flag or flag in one.flags) and (not without or without not in one.flags)
        ]

    # ------------------------------------------------------------ telling

    def wait(self, least: int, most: int) -> None:
        """Some working days later; with 0 the same day, or the next working day."""
        days = self.dice.randint(least, most)
        calendar = self.year.calendar
        if days:
            self.day = calendar.nth_working_day_after(self.day, days)
        else:
            self.day = calendar.next_working_day_on_or_after(self.day)

    def until(self, day: date) -> None:
        """Go on to that day, unless the telling is past it already."""
        self.day = max(self.day, day)

    def step(self, action: str, **keys: str) -> bool:
        """Add a step of today; one that the regulation does not know, or beyond the year's end, is left out."""
        if self.over or not self.knows(action):
            return False
        late = self.dice.randint(1, 5) if self.chance(_LATE_PAPER) else 0
        entered = self.year.calendar.nth_working_day_after(self.day, late) if late else self.day
        self.entered = max(self.entered, entered)
        if self.entered > self.year.end:
            self.over = True
            return False
        told = {name: value for name, value in keys.items() if value}
        self.steps.append(Planned(self.entered, self.place, len(self.steps), action, self.day, told))
        return True

    def every_way(self, action: str, **keys: str) -> None:
        """A step that leads through several states: once for each (受理、分办)."""
        rule = self.regulation.actions[action]
        for turn in range(max(1, len(rule.ways))):
            if turn:
                self.wait(0, 1)
            self.step(action, **keys)

    # ------------------------------------------------------------ the unit's clock

    def clock_starts(self) -> None:
        limit = self.regulation.limits_on(self.arrival.received).reply
        due = end_of_period(self.year.calendar, self.day, Limit(limit.days, limit.unit))
        self.received_by_unit = self.day
        self.due = held_within(due, self.day, self.upstream_due)

    def extended(self, days: int) -> None:
        assert self.due is not None
        unit = self.regulation.limits_on(self.arrival.received).extension.unit
        self.due = extended_due(self.year.calendar, self.due, days, unit)

    def sent_back_until(self) -> date:
        """The date for work to be done again: two to five working days on, no later than the rules allow."""
        limits = self.regulation.limits_on(self.arrival.received)
        base = Limit(limits.reply.days, limits.reply.unit)
        latest = latest_rework_date(
            self.year.calendar,
            self.received_by_unit or self.day,
            base,
            limits.extension,
            self.day,
            limits.rework,
        )
        wanted = self.year.calendar.nth_working_day_after(self.day, self.dice.randint(2, 5))
        self.due = min(wanted, latest)
        return self.due


def related(story: YearStory, other: Unit) -> bool:
    """Whether the unit is above or below the one that has the case, or is that one."""
    units = story.year.units
    return units.is_same_or_below(story.unit, other) or units.is_same_or_below(other, story.unit)
