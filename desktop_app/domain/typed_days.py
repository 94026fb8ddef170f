"""Days as they are typed from paper, in a hurry: 0924, 9-24, 9.24, 20260924, 2026/9/24, 9月24日.

A day without its year is one of the year that the papers at hand are of.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

EARLIEST_YEAR, LATEST_YEAR = 1990, 2099
"""A year outside is a slip of the hand: the board that all this is about did not exist, or does not yet."""

_ACROSS_NEW_YEAR = timedelta(days=183)
"""So far a step may lie behind the one before and still be taken for one of the following year."""

_PARTED = re.compile(
    r"(?:(?P<year>\d{4}|\d{2})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
)
_TOGETHER = re.compile(r"(?P<year>\d{4})?(?P<month>\d{2})(?P<day>\d{2})")
_WEEKDAY = re.compile(r"\s*(?:周|星期)[一二三四五六日天].*")


def read_day(text: str, year: int, after: date | None = None) -> date:
    """The day that `text` says. ValueError, in Chinese, where it says none.

    Without a year it is a day of `year`; where that would lie before `after`, the step before it on the paper, and
    the same day a year later follows soon, that one: what came in in December is answered in January.
    """
    plain = _WEEKDAY.sub("", unicodedata.normalize("NFKC", text).strip()).strip()
    found = _PARTED.fullmatch(plain) or _TOGETHER.fullmatch(plain)
    if found is None:
        raise ValueError("看不出是哪一天，请写成 0924、9-24 或 2026-9-24")
    month, day = int(found["month"]), int(found["day"])
    if found["year"] is not None:
        return _day(_whole_year(found["year"]), month, day)
    if after is not None and (year, month, day) < (after.year, after.month, after.day):
        later = _day_or_none(year + 1, month, day)
        if later is not None and after <= later <= after + _ACROSS_NEW_YEAR:
            return later
    return _day(year, month, day)


def read_year(text: str) -> int:
    """The year that `text` says, `26` for 2026. ValueError, in Chinese, where it says none."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("年").strip()
    if re.fullmatch(r"[0-9]{2}|[0-9]{4}", plain) is None:
        raise ValueError("年份请写成 2026 或 26")
    year = _whole_year(plain)
    _check_year(year)
    return year


def _whole_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _check_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(f"年份 {year} 不合理（应在 {EARLIEST_YEAR} 至 {LATEST_YEAR} 年之间）")


def _day(year: int, month: int, day: int) -> date:
    _check_year(year)
    if not 1 <= month <= 12:
        raise ValueError(f"没有 {month} 月")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{year} 年 {month} 月没有 {day} 日") from None


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return _day(year, month, day)
    except ValueError:
        return None
