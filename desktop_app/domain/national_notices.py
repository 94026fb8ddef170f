"""The State Council's yearly holiday notices, out of chinese-calendar, each under its title and number.

Numbers are those of the published notices. 2004 and 2005 are cited without: theirs could not be confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from desktop_app.domain.statutory_holidays import statutory_days
from desktop_app.domain.work_calendar import Notice, NoticeDay, WorkCalendar

EDITION = "2026"
"""Tells one set of built-in notices from another; a test sees to it that it changes with them."""

_OFFICE = "国务院办公厅"

_NUMBERS = {
    2006: "国办发明电〔2005〕35号",
    2007: "国办发明电〔2006〕49号",
    2008: "国办发明电〔2007〕52号",
    2009: "国办发明电〔2008〕42号",
    2010: "国办发明电〔2009〕27号",
    2011: "国办发明电〔2010〕40号",
    2012: "国办发明电〔2011〕45号",
    2013: "国办发明电〔2012〕33号",
    2014: "国办发明电〔2013〕28号",
    2015: "国办发明电〔2014〕28号",
    2016: "国办发明电〔2015〕18号",
    2017: "国办发明电〔2016〕17号",
    2018: "国办发明电〔2017〕12号",
    2019: "国办发明电〔2018〕15号",
    2020: "国办发明电〔2019〕16号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}

_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
"""chinese-calendar's short names, in the notices' words."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A notice that changed a year's arrangement afterwards, and the days it spoke of."""

    year: int
    source: str
    issuer: str
    days: tuple[date, ...]


_CHANGES = (
    _Change(
        2015,
        "国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知（国发明电〔2015〕1号）",
        "国务院",
        (date(2015, 9, 3), date(2015, 9, 4), date(2015, 9, 5), date(2015, 9, 6)),
    ),
    _Change(
        2019,
        "国务院办公厅关于调整2019年劳动节假期安排的通知（国办发明电〔2019〕3号）",
        _OFFICE,
        (
            date(2019, 4, 28),
            date(2019, 5, 1),
            date(2019, 5, 2),
            date(2019, 5, 3),
            date(2019, 5, 4),
            date(2019, 5, 5),
        ),
    ),
    _Change(
        2020,
        "国务院办公厅关于延长2020年春节假期的通知（国办发明电〔2020〕1号）",
        _OFFICE,
        (date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)),
    ),
)


@lru_cache(maxsize=1)
def national_notices() -> tuple[Notice, ...]:
    """Every national notice that chinese-calendar holds (2004–2026 in 1.11), oldest first."""
    from chinese_calendar.constants import Holiday, holidays, workdays

    names = {each.value: _NAMES.get(each.chinese, each.chinese) for each in Holiday}
    changed = {day: change for change in _CHANGES for day in change.days}
    last = max(holidays).year
    of_year: dict[int, list[NoticeDay]] = {}
    of_change: dict[str, list[NoticeDay]] = {change.source: [] for change in _CHANGES}
    for table, is_off in ((holidays, True), (workdays, False)):
        for day, holiday in table.items():
            entry = NoticeDay(day, names[holiday], is_off)
            if day in changed:
                of_change[changed[day].source].append(entry)
            else:
                of_year.setdefault(min(_year_of(entry), last), []).append(entry)
    yearly = [Notice(year, _citation(year), _OFFICE, _in_order(days)) for year, days in of_year.items()]
    changes = [
        Notice(each.year, each.source, each.issuer, _in_order(of_change[each.source])) for each in _CHANGES
    ]
    return tuple(sorted((*yearly, *changes), key=lambda notice: notice.year))


@lru_cache(maxsize=1)
def standard_calendar() -> WorkCalendar:
    """The calendar every office starts from: the national notices, and the statute for years without one."""
    return WorkCalendar(national_notices(), statutory_days)


def _year_of(entry: NoticeDay) -> int:
    """New Year's Day of the next year begins in December, arranged by the next year's notice."""
    return entry.date.year + (entry.date.month == 12 and entry.name == "元旦")


def _citation(year: int) -> str:
    if year < 2006:
        return f"国务院办公厅{year}年放假安排"
    title = f"国务院办公厅关于{year}年部分节假日安排的通知"
    number = _NUMBERS.get(year)
    return f"{title}（{number}）" if number else title


def _in_order(days: list[NoticeDay]) -> tuple[NoticeDay, ...]:
    return tuple(sorted(days, key=lambda day: day.date))
