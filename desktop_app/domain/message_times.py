"""Reading a message's time in all the forms that exports bring it, as a date and, where given, a time of day.

All times are those of China (+08:00); a time with another offset is turned into it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "+08:00")
"""Fixed: China keeps one zone without summer time, and Windows has no zone data."""

EARLIEST_YEAR, LATEST_YEAR = 1990, 2099
"""A year outside is a slip of the pen or a number that is no date. Old paper may be entered late."""

ABSENT = frozenset({"", "-", "--", "—", "——", "/", "无", "暂无", "null", "none", "nan", "nat"})
"""What exports write where there is no time."""

# Excel counts days from 1899-12-30 (its 1900 was wrongly a leap year; true for all days after 1900-02-28).
_SERIAL_ZERO = datetime(1899, 12, 30)

# From here on a count since 1970 is in milliseconds: as seconds it would be the year 5138.
_MILLISECONDS_FROM = 100_000_000_000

Cell = str | date | datetime | float | int | bool | None


@dataclass(frozen=True, slots=True, order=True)
class MessageTime:
    """When something was written; `time` is None where only the day is known."""

    date: date
    time: time | None = None

    def __str__(self) -> str:
        """`2019-02-28 11:25:05`, or `2019-02-28`."""
        return self.date.isoformat() if self.time is None else f"{self.date} {self.time:%H:%M:%S}"


def read_time(cell: Cell, *, unix_seconds: bool = False) -> MessageTime | None:
    """The time a cell says; None where it is empty or says that there is none.

    Texts (2019/2/28 11:25:05, 2020年1月6日, 2023-05-12T08:00:00+08:00, 20230512 …), date cells, and numbers,
    which are Excel's serial days; with `unix_seconds` (the board's dateline) they are seconds, or
    milliseconds, since 1970. Fractions of a second are rounded. Raises ValueError, in Chinese, for the rest.
    """
    if cell is None:
        return None
    if isinstance(cell, bool):
        raise ValueError("不是日期或时间")
    if isinstance(cell, datetime):
        return _of_moment(cell)
    if isinstance(cell, date):
        return _checked(MessageTime(cell))
    if isinstance(cell, str):
        return _read_text(cell, unix_seconds)
    return _read_unix(cell) if unix_seconds else _read_serial(cell)


def _checked(moment: MessageTime) -> MessageTime:
    if not EARLIEST_YEAR <= moment.date.year <= LATEST_YEAR:
        raise ValueError(f"年份 {moment.date.year} 不合理（应在 {EARLIEST_YEAR} 至 {LATEST_YEAR} 年之间）")
    return moment


def _of_moment(moment: datetime, has_time: bool = True) -> MessageTime:
    try:
        if moment.tzinfo is not None:
            moment = moment.astimezone(CHINA).replace(tzinfo=None)
        moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError("不是合理的日期") from error
    return _checked(MessageTime(moment.date(), moment.time() if has_time else None))


def _read_serial(number: float) -> MessageTime:
    try:
        moment = _SERIAL_ZERO + timedelta(days=number)
    except (OverflowError, ValueError) as error:
        raise ValueError("是一个数，不是日期；请把该列设成日期格式") from error
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise ValueError("是一个数，不是日期；请把该列设成日期格式")
    return _of_moment(moment, has_time=number != int(number))


def _read_unix(number: float) -> MessageTime | None:
    if number == 0:
        return None
    try:
        if abs(number) >= _MILLISECONDS_FROM:
            number /= 1000
        return _of_moment(datetime.fromtimestamp(0, UTC) + timedelta(seconds=number))
    except (OverflowError, ValueError) as error:
        raise ValueError("不是合理的时间（应为 1970 年起的秒数）") from error


_DATE = re.compile(
    r"(?P<year>\d{4})\s*(?:(?P<mark>[-/.年])\s*(?P<month>\d{1,2})\s*(?:(?P=mark)|月)\s*(?P<day>\d{1,2})\s*日?"
    r"|(?P<month2>\d{2})(?P<day2>\d{2}))"
)
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周)[一二三四五六日天]\)?\s*")
_TIME = re.compile(
    r"(?P<half>上午|下午|AM|PM)?\s*(?P<hour>\d{1,2})\s*[:时点]\s*(?P<minute>\d{1,2})"
    r"(?:\s*[:分]\s*(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?)?\s*[分秒]?"
    r"\s*(?P<half2>AM|PM)?\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?",
)
_COMPACT_TIME = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})")
_DIGITS = re.compile(r"-?\d+(?:\.\d+)?")


def _read_text(text: str, unix_seconds: bool) -> MessageTime | None:
    plain = unicodedata.normalize("NFKC", text).strip("\u200b\ufeff \t\r\n").upper()
    if plain.lower() in ABSENT:
        return None
    if unix_seconds and _DIGITS.fullmatch(plain):
        return _read_unix(float(plain))
    found = _DATE.match(plain)
    if found is None:
        raise ValueError("看不出是哪一天；请写成 2023-05-12 或 2023-05-12 08:30:00")
    day = _day(found)
    rest = plain[found.end() :]
    weekday = _WEEKDAY.match(rest)
    rest = (rest[weekday.end() :] if weekday else rest).strip()
    if not rest:
        return _checked(MessageTime(day))
    return _with_time(day, rest.removeprefix("T").strip(), compact=found["month2"] is not None)


def _day(found: re.Match[str]) -> date:
    year, month, day = (int(found["year"]), int(found["month"] or found["month2"]),
                        int(found["day"] or found["day2"]))  # fmt: skip
    if not 1 <= month <= 12:
        raise ValueError(f"没有 {month} 月")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{year} 年 {month} 月没有 {day} 日" if year else "没有 0 年") from error


def _with_time(day: date, text: str, compact: bool) -> MessageTime:
    found = _TIME.fullmatch(text) or (_COMPACT_TIME.fullmatch(text) if compact else None)
    if found is None:
        raise ValueError("日期后面的时间看不明白；请写成 08:30:00")
    parts = found.groupdict()
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = {"上午": "AM", "下午": "PM"}.get(parts.get("half") or "", parts.get("half") or parts.get("half2"))
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "PM" else 0)
    try:
        moment = datetime.combine(day, time(hour, minute, second))
    except ValueError as error:
        raise ValueError(f"没有 {hour:02}:{minute:02}:{second:02} 这个时刻") from error
    moment += timedelta(seconds=float(f"0.{parts.get('fraction') or 0}"))
    return _of_moment(moment.replace(tzinfo=_zone(parts.get("offset"))))


def _zone(offset: str | None) -> timezone | None:
    if offset is None:
        return None
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(f"没有 {offset} 这个时区")
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if offset[0] == "-" else shift)
