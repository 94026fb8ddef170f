"""A year of a sample office: N messages, each through a story of its own, told in the order in which things happened.

The same seed tells the same year. All goes through the services, day by day: what came is imported, then each step is
taken as an operator would take it, under that day's date. For training, for measuring, and for the figures' tests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from desktop_app.domain.incoming import IncomingMessage
from desktop_app.domain.message_times import read_time
from desktop_app.domain.oversight import NOT_FROM_ABOVE, HandedDown
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.errors import Cancelled, Refusal
from desktop_app.services import accounts, office, regulations, sample_year_ways, settings_keys
from desktop_app.services.cases import Done, act_in
from desktop_app.services.intake import Incoming, bring_in
from desktop_app.services.pressure import press_in
from desktop_app.services.sample_office import (
    FURTHER_USERS,
    OFFICE,
    PASSWORD,
    Sample,
    SampleUser,
    read_units,
)
from desktop_app.services.sample_year_story import Planned, Year, YearStory
from desktop_app.services.sample_year_topics import Arrival, arrivals, roster_file
from desktop_app.services.sample_year_units import habits_of
from desktop_app.services.session import OfficeClock, Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

CASES, SEED = 5000, 1
_FIRST_USER = "王敏"
_REFUSED, _LINKED, _EXPLAINED = 0.09, 0.04, 0.015
_SENT_BACK_UP = 0.25
_LINKED_WITHIN = 60
"""Days within which a second message about the same matter is joined to the first."""

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class YearWanted:
    """Which year is told: of which regulation, how many messages, by which dice, to which day.

    `units` where the regulation ships no sample roster; `until` is the last day told, that counts as today then.
    """

    regulation: str
    year: int
    cases: int = CASES
    seed: int = SEED
    until: date | None = None
    units: tuple[Unit, ...] = ()


def make(folder: Path, wanted: YearWanted, progress: Progress | None = None) -> Sample:
    """Make the office of that year in `folder`. StorageProblem `office_exists`; Cancelled, and then what was told so
    far stays; Refusal `unknown_value` for a year that has not begun or a regulation without a roster."""
    regulation = regulations.load(wanted.regulation)
    end = _last_day(wanted)
    units = wanted.units or _roster(regulation)
    office.found(folder, OFFICE, regulation.id, _FIRST_USER, PASSWORD, OfficeClock(date(wanted.year, 1, 1)))
    session = office.enter(folder, _FIRST_USER, PASSWORD, date(wanted.year, 1, 1))
    try:
        _settle_in(session, units)
        came = arrivals(regulation, units, wanted.year, wanted.cases, wanted.seed, session.calendar())
        told = [one for one in came if one.received <= end]
        year = Year(regulation, UnitRegister(units), habits_of(units, wanted.seed), session.calendar(), end)
        _Telling(session, year, _stories(year, told, wanted.seed), progress).tell()
        users = accounts.list_users(session)
    finally:
        session.close()
    return Sample(folder, len(told), tuple(SampleUser(one.name, PASSWORD, one.role_labels) for one in users))


def _last_day(wanted: YearWanted) -> date:
    last = date(wanted.year, 12, 31)
    end = wanted.until or min(last, OfficeClock().today())
    if end.year < wanted.year:
        raise Refusal(
            "unknown_value", f"{wanted.year} 年还没有到。", None, "请用 --today 写明讲到哪一天，或换一年。"
        )
    return end


def _roster(regulation: Regulation) -> tuple[Unit, ...]:
    file = roster_file(regulation.id)
    if file is None:
        raise Refusal("unknown_value", f"《{regulation.title}》没有样例单位名册，不能生成样例年度。")
    return tuple(read_units(file))


def _settle_in(session: Session, units: Sequence[Unit]) -> None:
    for name, roles in FURTHER_USERS:
        accounts.add_user(session, name, roles, PASSWORD)
    office.bring_in_units(session, list(units))
    with session.change() as work:
        work.settings.put(settings_keys.OFFICE_CONTACT, _FIRST_USER)
        work.settings.put(settings_keys.OFFICE_PHONE, "0475-0000000")


# ------------------------------------------------------------------ the stories


def _stories(year: Year, came: Sequence[Arrival], seed: int) -> list[YearStory]:
    stories: list[YearStory] = []
    for place, arrival in enumerate(came):
        story = YearStory(year, arrival, place, Random(f"{seed}/{year.regulation.id}/story/{place}"))
        _told(story, _same_matter(stories, story))
        stories.append(story)
    return stories


def _told(story: YearStory, earlier: YearStory | None) -> None:
    throw = story.dice.random()
    if story.from_above and story.knows("return-upward") and story.chance(_SENT_BACK_UP):
        sample_year_ways.sent_back_up(story)
    elif throw < _REFUSED:
        sample_year_ways.refused(story, earlier)
    elif throw < _REFUSED + _LINKED and earlier is not None and story.knows("link-duplicate"):
        sample_year_ways.linked(story, earlier)
    elif throw > 1 - _EXPLAINED and story.knows("explain"):
        sample_year_ways.explained(story)
    else:
        sample_year_ways.usual(story)


def _same_matter(before: Sequence[YearStory], story: YearStory) -> YearStory | None:
    """An earlier message on the same topic, of late, that has an answer of its own or will have."""
    for other in reversed(before):
        if (story.arrival.received - other.arrival.received).days > _LINKED_WITHIN:
            return None
        alone = not (other.refused or other.barred) and other.steps and other.steps[0].action == "accept"
        if alone and other.arrival.topic == story.arrival.topic:
            return other
    return None


# ------------------------------------------------------------------ telling them


@dataclass
class _Telling:
    """The stories told day by day through the services."""

    session: Session
    year: Year
    stories: list[YearStory]
    progress: Progress | None
    numbers: dict[int, str] = field(default_factory=dict)
    last: dict[tuple[int, str], int] = field(default_factory=dict)

    def tell(self) -> None:
        steps = sorted(
            (step for story in self.stories for step in story.steps),
            key=lambda one: (one.entered, one.place, one.order),
        )
        waiting = {day: list(some) for day, some in groupby(steps, key=lambda one: one.entered)}
        came = {day: list(some) for day, some in groupby(self.stories, key=lambda one: one.arrival.received)}
        done = 0
        for day in sorted(waiting.keys() | came.keys()):
            self.session.clock = OfficeClock(day)
            self._import(day, came.get(day, []))
            with self.session.change() as work:
                self._acts(work, day, waiting.get(day, []))
            done += len(waiting.get(day, []))
            if self.progress is not None and not self.progress(done, len(steps)):
                raise Cancelled

    def _import(self, day: date, came: Sequence[YearStory]) -> None:
        if not came:
            return
        rows = [_row(row, story) for row, story in enumerate(came, start=2)]
        sheet = Incoming(f"{day.isoformat()} 留言.xlsx", day.isoformat(), len(rows), rows, ())
        brought = bring_in(self.session, sheet, self.year.regulation, "", day)
        if len(brought.numbers) != len(came):
            raise AssertionError(f"{day}: {brought.duplicates or brought.rejected}")
        self.numbers |= {story.place: number for story, number in zip(came, brought.numbers, strict=True)}

    def _acts(self, work: Work, day: date, steps: Sequence[Planned]) -> None:
        """A day's steps; reminders of one day to one unit go on one paper, for cases that have come so far."""
        waiting = list(steps)
        while waiting:
            step = waiting[0]
            if step.action != "remind":
                self._noted(step, self._act(work, step))
                del waiting[0]
                continue
            first = {one.place: one for one in reversed(waiting)}
            together = [one for one in first.values() if _same_reminder(one, step)]
            self._remind(work, sorted(together, key=lambda one: one.place))
            waiting = [one for one in waiting if one not in together]

    def _act(self, work: Work, step: Planned) -> Done:
        keys = {name: self._resolved(step, value) for name, value in step.keys.items()}
        return act_in(self.session, work, self.numbers[step.place], step.action, keys, step.on)

    def _remind(self, work: Work, steps: Sequence[Planned]) -> None:
        first = steps[0]
        numbers = [self.numbers[one.place] for one in steps]
        for step, done in zip(
            steps, press_in(self.session, work, numbers, "remind", first.keys, first.on), strict=True
        ):
            self._noted(step, done)

    def _resolved(self, step: Planned, value: str) -> str:
        if value.startswith("@"):
            return self.numbers[int(value[1:])]
        if value.startswith("last:"):
            return str(self.last[step.place, value.removeprefix("last:")])
        return value

    def _noted(self, step: Planned, done: Done) -> None:
        self.last[step.place, step.action] = done.event


def _same_reminder(one: Planned, other: Planned) -> bool:
    return one.action == "remind" and (one.on, one.keys["to"]) == (other.on, other.keys["to"])


def _row(row: int, story: YearStory) -> IncomingMessage:
    arrival, above = story.arrival, NOT_FROM_ABOVE
    if story.from_above:
        above = HandedDown("自治区政府政研室", arrival.received, story.upstream_due)
    return IncomingMessage(row, arrival.message, read_time(arrival.message.written), handed_down=above)
