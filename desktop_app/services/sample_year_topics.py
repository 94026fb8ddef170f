"""What people write about in a sample year: topics with their seasons, and a message written about one of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from desktop_app import paths
from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit
from desktop_app.domain.work_calendar import WorkCalendar

_WEEKEND, _HOLIDAY = 0.4, 0.15
"""How much is written on a day off, against a working day."""
_LOCAL = 0.35
"""How often a matter of the place goes to the government there and not to the department above."""
_SENSITIVE = 0.02
"""How often somebody puts a telephone number or an address into the title."""


@dataclass(frozen=True, slots=True)
class Topic:
    """`duty`: words in a unit's duties that make it this unit's business. `months`: twelve weights."""

    name: str
    domain: str
    duty: tuple[str, ...]
    kind: str
    categories: tuple[str, ...]
    months: tuple[int, ...]
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    opinion: str
    replies: tuple[str, ...]
    trend: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message of the year before anything has happened to it: what it is about, where, when it came."""

    topic: Topic
    place: str
    received: date
    message: Message
    unit: Unit


@lru_cache(maxsize=1)
def year_data() -> dict[str, Any]:
    file = paths.resources_folder() / "samples" / "year.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    return tuple(_topic(one) for one in year_data()["topic"])


def _topic(one: Mapping[str, Any]) -> Topic:
    shaped: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in one.items()
    }
    return Topic(**shaped)


def roster_file(regulation: str) -> Path | None:
    """The sample roster of units that goes with a regulation; None where none is shipped."""
    name = year_data()["rosters"].get(regulation)
    return paths.resources_folder() / "samples" / name if name else None


def arrivals(
    regulation: Regulation, units: Sequence[Unit], year: int, count: int, seed: int, calendar: WorkCalendar
) -> list[Arrival]:
    """`count` messages of the year in the order in which they came, each by its own dice: the same for the same seed."""
    known = topics()
    weights = [sum(one.months) for one in known]
    dice = Random(f"{seed}/{regulation.id}/{year}")
    days = _DaysOfMonths(calendar, year)
    drawn = sorted(
        ((topic, days.one_of(topic, dice)) for topic in dice.choices(known, weights, k=count)),
        key=lambda one: one[1],
    )
    return [
        _arrival(regulation, units, topic, day, place, Random(f"{seed}/{regulation.id}/{year}/{place}"))
        for place, (topic, day) in enumerate(drawn)
    ]


class _DaysOfMonths:
    """The days of each month with how much is written on them."""

    def __init__(self, calendar: WorkCalendar, year: int) -> None:
        self._days: list[list[date]] = [[] for _ in range(12)]
        self._weights: list[list[float]] = [[] for _ in range(12)]
        day = date(year, 1, 1)
        while day.year == year:
            self._days[day.month - 1].append(day)
            self._weights[day.month - 1].append(_weight(calendar, day))
            day += timedelta(days=1)

    def one_of(self, topic: Topic, dice: Random) -> date:
        month = dice.choices(range(12), topic.months)[0]
        return dice.choices(self._days[month], self._weights[month])[0]


def _weight(calendar: WorkCalendar, day: date) -> float:
    if calendar.is_working(day):
        return 1.0
    return _WEEKEND if day.weekday() >= 5 else _HOLIDAY


def _arrival(
    regulation: Regulation, units: Sequence[Unit], topic: Topic, day: date, number: int, dice: Random
) -> Arrival:
    places = year_data()["places"]
    place = dice.choice(places.get(regulation.id, places["other"]))
    where = {"place": place, "building": f"{dice.randint(1, 28)}号楼"}
    citizen = _citizen(dice, place)
    title = dice.choice(topic.titles).format(**where)
    if citizen.contact and dice.random() < _SENSITIVE:
        title += f"（联系{citizen.contact}）"
    minute = dice.randrange(24 * 60)
    message = Message(
        title=title,
        text=dice.choice(topic.texts).format(**where),
        citizen=citizen,
        board_number=str(20_000_000 + day.year % 100 * 100_000 + number),
        board=_board(regulation, dice),
        kind=topic.kind,
        domain=topic.domain,
        written=f"{day.isoformat()} {minute // 60:02d}:{minute % 60:02d}:{number % 60:02d}",
        ratings=_ratings(day, dice),
    )
    return Arrival(topic, place, day, message, _unit(units, topic, dice))


def _board(regulation: Regulation, dice: Random) -> str:
    """The board's column; now and then one from which a superior hands messages down."""
    sources = regulation.vocabularies["source"]
    above = [one.value for one in sources if "upstream" in one.flags]
    own = [one.value for one in sources if "upstream" not in one.flags]
    return dice.choice(above) if above and dice.random() < 0.04 else own[0]


def _citizen(dice: Random, place: str) -> Citizen:
    words = year_data()["citizens"]
    if dice.random() < 0.3:
        return Citizen(dice.choice(words["nicknames"]))
    name = dice.choice(words["family"]) + dice.choice(words["given"])
    contact = f"1390000{dice.randrange(10_000):04d}" if dice.random() < 0.75 else ""
    address = f"{place}{dice.randint(1, 28)}号楼" if dice.random() < 0.4 else ""
    return Citizen(name, contact, "", address, "203.0.113.*" if dice.random() < 0.5 else "")


def _ratings(day: date, dice: Random) -> dict[str, str]:
    """What stood on the board already when the message was fetched: few were rated, most of these by the board itself."""
    if dice.random() >= 0.2:
        return {}
    on = (day + timedelta(days=dice.randint(10, 40))).isoformat()
    if dice.random() < 0.55:
        return {"satisfaction": "非常满意", "automatic_praise": "是", "reviewed_on": on}
    satisfaction = dice.choice(("非常满意", "满意", "满意", "一般", "不满意", "非常不满意"))
    return {"satisfaction": satisfaction, "automatic_praise": "否", "reviewed_on": on}


def _unit(units: Sequence[Unit], topic: Topic, dice: Random) -> Unit:
    """Whose business it is: by duties, in part the local government's; any unit where no duties are known."""
    above = [one for word in topic.duty for one in units if word in one.duties]
    local = [one for one in units if "经济社会管理" in one.duties]
    if local and dice.random() < _LOCAL:
        return dice.choice(local)
    return above[0] if above else dice.choice(list(units))
