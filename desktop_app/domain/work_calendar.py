"""Which days an office works, by the State Council's yearly notice and by local ones, and counting on them.

A year with a notice is judged by it. A year without one is *provisional*: weekdays, less the statutory days
known by their date (docs/architecture.md, 期限 1). Days of the week alone are wrong in one date of four.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
PROVISIONAL = "暂定（放假安排未发布）"


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One date a notice speaks of: off, or worked although a weekend (调休上班)."""

    date: date
    name: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """One holiday notice as published. `source` is its title and number, as reasons cite it.

    `year` is the year it arranges; its days may reach into the December before. `region` is empty for the
    State Council's, else the place whose own holidays it grants (藏历新年, 雪顿节 …): those lie on top.
    Of two notices for one date the later in the list holds, so that a changing notice follows the changed.
    """

    year: int
    source: str
    issuer: str
    days: tuple[NoticeDay, ...]
    region: str = ""


@dataclass(frozen=True, slots=True)
class StatutoryDay:
    """A day off by the statute itself, for years whose notice is not out. `source` is the statute."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Day:
    """One date, whether it is worked, and why. `holiday` is its holiday's name where it is off for one.

    `source` is the notice (or statute) that says so; None where only the day of the week decides.
    """

    date: date
    working: bool
    why: str
    source: str | None
    provisional: bool
    holiday: str | None

    @property
    def mark(self) -> str:
        """What Chinese calendars print in the corner: 休, 班, or nothing."""
        if self.holiday is not None:
            return "休"
        return "班" if self.working and self.date.weekday() >= 5 else ""


Statutory = Callable[[int], Mapping[date, StatutoryDay]]


def no_statutory_days(year: int) -> Mapping[date, StatutoryDay]:
    """For calendars that know notices only."""
    return {}


@dataclass(frozen=True, slots=True)
class _Ruling:
    name: str
    is_off: bool
    source: str
    statutory: bool = False


class _Span:
    """Working days of whole years, laid out so that counting is two look-ups.

    `days` are all working days in order. `through[i]` is how many of them lie up to and including the date
    of ordinal `offset + i`; `offset` itself is the ordinal of the day before the first.
    """

    __slots__ = ("days", "first_year", "last_year", "offset", "through")

    def __init__(
        self, first_year: int, last_year: int, offset: int, days: list[date], through: list[int]
    ) -> None:
        self.first_year = first_year
        self.last_year = last_year
        self.offset = offset
        self.days = days
        self.through = through

    def joined(self, later: _Span) -> _Span:
        """This span and the one that begins where it ends, as one."""
        before = len(self.days)
        through = self.through + [before + count for count in later.through[1:]]
        return _Span(self.first_year, later.last_year, self.offset, self.days + later.days, through)


_NOTHING = _Span(0, -1, date.max.toordinal(), [], [0])
_WIDEST = 300
"""Years kept in one span; a date further off (a slip of the pen) is answered without filling the gap."""


class WorkCalendar:
    """Working days of an office. Never changes: `with_notices` gives a new one. Years are built when asked.

    Any year that `datetime.date` knows; OverflowError where a count runs past 9999.
    """

    __slots__ = ("_noted", "_notices", "_rulings", "_span", "_statutory")

    def __init__(self, notices: Iterable[Notice] = (), statutory: Statutory = no_statutory_days) -> None:
        self._notices = tuple(notices)
        self._statutory = statutory
        self._noted = frozenset(notice.year for notice in self._notices if not notice.region)
        self._rulings: dict[int, dict[date, _Ruling]] = {}
        for notice in sorted(self._notices, key=lambda each: bool(each.region)):
            for day in notice.days:
                of_year = self._rulings.setdefault(day.date.year, {})
                of_year[day.date] = _Ruling(day.name, day.is_off, notice.source)
        self._span = _NOTHING

    @property
    def notices(self) -> tuple[Notice, ...]:
        return self._notices

    def with_notices(self, *notices: Notice) -> WorkCalendar:
        """This calendar with further notices, national or local; the later holds where two name one date."""
        return WorkCalendar((*self._notices, *notices), self._statutory)

    def is_provisional(self, day: date) -> bool:
        """Whether the national notice of that year is not known; local ones alone make no year certain."""
        return day.year not in self._noted

    def provisional_years(self, first: date, last: date) -> tuple[int, ...]:
        """Years without a notice that the days from `first` to `last` touch."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self._noted)

    def is_working(self, day: date) -> bool:
        span = self._span
        at = day.toordinal() - span.offset
        if not 0 < at < len(span.through):
            span = self._covering(day.year, day.year)
            at = day.toordinal() - span.offset
        return span.through[at] > span.through[at - 1]

    def nth_working_day_after(self, start: date, n: int) -> date:
        """The n-th working day after `start`, itself not counted (民法典第二百零一条). ValueError: n < 1"""
        span = self._span
        at = start.toordinal() - span.offset
        if at >= 0 and n > 0:
            try:
                return span.days[span.through[at] + n - 1]
            except IndexError:
                pass
        return self._nth_beyond(start, n)

    def next_working_day_on_or_after(self, day: date) -> date:
        return day if self.is_working(day) else self.nth_working_day_after(day, 1)

    def last_working_day_before(self, day: date) -> date:
        span = self._span
        at = day.toordinal() - span.offset
        first_year = day.year
        while True:
            if 0 < at <= len(span.through) and span.through[at - 1] > 0:
                return span.days[span.through[at - 1] - 1]
            if first_year < 1:
                raise OverflowError("年份超出历法范围")
            span = self._covering(first_year, day.year)
            at = day.toordinal() - span.offset
            first_year -= 1

    def working_days_between(self, after: date, upto: date) -> int:
        """How many working days lie after `after`, up to and with `upto`; 0 where `upto` is not later."""
        if upto <= after:
            return 0
        span = self._span
        low, high = after.toordinal() - span.offset, upto.toordinal() - span.offset
        if low < 0 or high >= len(span.through):
            span = self._covering(after.year, upto.year)
            low, high = after.toordinal() - span.offset, upto.toordinal() - span.offset
        return span.through[high] - span.through[low]

    def day(self, day: date) -> Day:
        """One date with its reason, in the words that papers and the calendar show."""
        provisional = self.is_provisional(day)
        weekday = WEEKDAYS[day.weekday()]
        tail = "（暂定）" if provisional else ""
        ruling = self._of_year(day.year).get(day)
        if ruling is None:
            working = day.weekday() < 5
            why = f"{weekday}，工作日{tail}" if working else f"{weekday}，休息日{tail}"
            return Day(day, working, why, None, provisional, None)
        if ruling.is_off:
            why = f"{ruling.name}，法定节假日{tail}" if ruling.statutory else f"{ruling.name}放假{tail}"
            return Day(day, False, why, ruling.source, provisional, ruling.name)
        work = "调休上班" if day.weekday() >= 5 else "工作日"
        return Day(day, True, f"{weekday}，{work}{tail}", ruling.source, provisional, None)

    def days(self, first: date, last: date) -> tuple[Day, ...]:
        """Every date from `first` to `last`, both included; none where `last` is earlier."""
        return tuple(self.day(first + timedelta(days=i)) for i in range((last - first).days + 1))

    def _of_year(self, year: int) -> Mapping[date, _Ruling]:
        """What is said about single dates of a year: the statute where there is no notice, notices on top."""
        spoken = self._rulings.get(year, {})
        if year in self._noted:
            return spoken
        by_statute = {
            day: _Ruling(known.name, True, known.source, statutory=True)
            for day, known in self._statutory(year).items()
        }
        return by_statute | spoken

    def _nth_beyond(self, start: date, n: int) -> date:
        if n < 1:
            raise ValueError(f"第 {n} 个工作日不存在：天数须为正整数")
        last_year = start.year + n // 260
        while True:
            if last_year > date.max.year:
                raise OverflowError("年份超出历法范围")
            span = self._covering(start.year, last_year)
            at = span.through[start.toordinal() - span.offset] + n - 1
            if at < len(span.days):
                return span.days[at]
            last_year += 1

    def _covering(self, first_year: int, last_year: int) -> _Span:
        """A span that holds these years, kept for the next call. Two threads may both build the same."""
        span = self._span
        if span.first_year <= first_year and last_year <= span.last_year:
            return span
        if not span.days:
            span = self._built(first_year, last_year)
        elif max(last_year, span.last_year) - min(first_year, span.first_year) >= _WIDEST:
            return self._built(first_year, last_year)
        else:
            if first_year < span.first_year:
                span = self._built(first_year, span.first_year - 1).joined(span)
            if last_year > span.last_year:
                span = span.joined(self._built(span.last_year + 1, last_year))
        self._span = span
        return span

    def _built(self, first_year: int, last_year: int) -> _Span:
        offset = date(first_year, 1, 1).toordinal() - 1
        days: list[date] = []
        through = [0]
        for year in range(first_year, last_year + 1):
            rulings = self._of_year(year)
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            for ordinal in range(first, last + 1):
                day = date.fromordinal(ordinal)
                ruling = rulings.get(day)
                if (ordinal % 7 not in (6, 0)) if ruling is None else not ruling.is_off:
                    days.append(day)
                through.append(len(days))
        return _Span(first_year, last_year, offset, days, through)
