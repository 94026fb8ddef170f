"""Days off by the statute itself, for years whose yearly notice is not out: the days known by their date.

Source: 全国年节及纪念日放假办法 in its editions of 1949, 1999, 2007, 2013, 2024, articles 2 and 6. Weekends
made up for (补假, 调休) are not known before the notice and are not guessed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from desktop_app.domain import lunar
from desktop_app.domain.work_calendar import StatutoryDay

_STATUTE = "全国年节及纪念日放假办法"


@dataclass(frozen=True, slots=True)
class _Edition:
    """One edition: since when, cited as, days of 劳动节 and 国庆节 from their first on, days of 春节
    counted from 正月初一 (-1 is 除夕), and whether 清明, 端午, 中秋 are days off."""

    in_force: date
    source: str
    labour: int
    national: int
    spring: tuple[int, ...]
    festivals: bool


_EDITIONS = (
    _Edition(date.min, f"{_STATUTE}（1949年政务院发布）", 1, 2, (0, 1, 2), False),
    _Edition(date(1999, 9, 18), f"{_STATUTE}（国务院令第270号修订）", 3, 3, (0, 1, 2), False),
    _Edition(date(2008, 1, 1), f"{_STATUTE}（国务院令第513号修订）", 1, 3, (-1, 0, 1), True),
    _Edition(date(2014, 1, 1), f"{_STATUTE}（国务院令第644号修订）", 1, 3, (0, 1, 2), True),
    _Edition(date(2025, 1, 1), f"{_STATUTE}（国务院令第795号修订）", 2, 3, (-1, 0, 1, 2), True),
)


@lru_cache(maxsize=256)
def statutory_days(year: int) -> Mapping[date, StatutoryDay]:
    """Date → day off of that year, under the edition in force on that date.

    Outside the years of the lunar table (1901–2100) only the days of the solar calendar.
    """
    found: dict[date, StatutoryDay] = {}
    for edition, until in zip(_EDITIONS, (*(each.in_force for each in _EDITIONS[1:]), None), strict=True):
        if year < edition.in_force.year or (until is not None and year > until.year):
            continue
        for day, name in _days_of(edition, year):
            if edition.in_force <= day and (until is None or day < until):
                known = found.get(day)
                full = f"{known.name}、{name}" if known else name
                found[day] = StatutoryDay(full, edition.source)
    return found


def _days_of(edition: _Edition, year: int) -> list[tuple[date, str]]:
    days = [(date(year, 1, 1), "元旦")]
    days += [(date(year, 5, 1 + i), "劳动节") for i in range(edition.labour)]
    days += [(date(year, 10, 1 + i), "国庆节") for i in range(edition.national)]
    if lunar.FIRST_YEAR < year <= lunar.LAST_YEAR:
        first = lunar.solar_date(year, 1, 1)
        days += [(first + timedelta(days=i), "除夕" if i < 0 else "春节") for i in edition.spring]
        if edition.festivals:
            days.append((lunar.qingming(year), "清明节"))
            days.append((lunar.solar_date(year, 5, 5), "端午节"))
            days.append((lunar.solar_date(year, 8, 15), "中秋节"))
    return days
