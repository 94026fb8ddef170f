"""The lunar calendar (农历) as far as an office needs it: festivals off work, and the month's small print.

Tables: borax, lunar years 1900–2100, imported when first asked for: a start of the program must not wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR = 1900
LAST_YEAR = 2100
_FIRST_DATE = date(1900, 1, 31)
_LAST_DATE = date(2101, 1, 28)

_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_LUNAR_FESTIVALS = {
    (1, 1): "春节",
    (1, 15): "元宵节",
    (5, 5): "端午节",
    (7, 7): "七夕",
    (7, 15): "中元节",
    (8, 15): "中秋节",
    (9, 9): "重阳节",
    (12, 8): "腊八节",
}
_SOLAR_FESTIVALS = {
    (1, 1): "元旦",
    (3, 8): "妇女节",
    (5, 1): "劳动节",
    (5, 4): "青年节",
    (6, 1): "儿童节",
    (7, 1): "建党节",
    (8, 1): "建军节",
    (9, 10): "教师节",
    (10, 1): "国庆节",
}


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A date by the lunar calendar: 闰六月, 初八. `festival` and `term` (节气) are None on most days."""

    month: str
    day: str
    festival: str | None
    term: str | None

    @property
    def label(self) -> str:
        """What a wall calendar prints under the figure: festival, else 节气, else month or day."""
        return self.festival or self.term or (self.month if self.day == "初一" else self.day)


@lru_cache(maxsize=1024)
def lunar_day(day: date) -> LunarDay | None:
    """The lunar side of a date; None outside 1900-01-31 – 2101-01-28, where there is no table."""
    if not _FIRST_DATE <= day <= _LAST_DATE:
        return None
    from borax.calendars.lunardate import LunarDate

    found = LunarDate.from_solar(day)
    month = f"{'闰' if found.leap else ''}{_MONTHS[found.month - 1]}月"
    festival = None if found.leap else _LUNAR_FESTIVALS.get((found.month, found.day))
    if found.month == 12 and _is_new_year(day + timedelta(days=1)):
        festival = "除夕"
    return LunarDay(month, found.cn_day, festival or _SOLAR_FESTIVALS.get((day.month, day.day)), found.term)


def solar_date(year: int, month: int, day: int) -> date:
    """The date of a lunar day (not of a leap month) of lunar year 1900–2100."""
    from borax.calendars.lunardate import LunarDate

    found: date = LunarDate(year, month, day).to_solar_date()
    return found


def qingming(year: int) -> date:
    """The date of 清明, a solar term, in 1900–2100."""
    from borax.calendars.lunardate import TermUtils

    found: date = TermUtils.nth_term_day(year, term_name="清明")
    return found


def _is_new_year(day: date) -> bool:
    return day.year <= LAST_YEAR and day == solar_date(day.year, 1, 1)
