"""What the office itself owes, not one of its cases: the periodic report and the appraisal at the year's end.

X 第五条（七）, T 第二十一条. Which things, and how often, is in the regulation's file; each names a trigger. A period
counts as settled once each of its months is, so an office that changes from quarters to months loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.regulation import OfficeItemRule, Regulation
from desktop_app.domain.wording import chinese_number
from desktop_app.errors import Refusal

MONTH, QUARTER, YEAR = "month", "quarter", "year"
PERIOD_WORDS: Mapping[str, str] = {MONTH: "每月", QUARTER: "每季度", YEAR: "每年"}
"""How often, in the office's words."""

_MONTHS_IN = {MONTH: 1, QUARTER: 3, YEAR: 12}
_WRITTEN = re.compile(r"(?P<year>[12][0-9]{3})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")

YearMonth = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year of the calendar; `place` counts it within its year, from 1."""

    kind: str
    year: int
    place: int = 1

    @property
    def text(self) -> str:
        """As commands and the journal write it: ``2026-09``, ``2026-Q3``, ``2026``."""
        if self.kind == MONTH:
            return f"{self.year}-{self.place:02d}"
        return f"{self.year}-Q{self.place}" if self.kind == QUARTER else str(self.year)

    @property
    def words(self) -> str:
        """``2026年9月``, ``2026年第三季度``, ``2026年``."""
        if self.kind == MONTH:
            return f"{self.year}年{self.place}月"
        return (
            f"{self.year}年第{chinese_number(self.place)}季度" if self.kind == QUARTER else f"{self.year}年"
        )

    @property
    def months(self) -> frozenset[YearMonth]:
        """The months it is made of, as year and month."""
        length = _MONTHS_IN[self.kind]
        first = (self.place - 1) * length + 1
        return frozenset((self.year, month) for month in range(first, first + length))

    @property
    def first(self) -> date:
        return date(*min(self.months), 1)

    @property
    def last(self) -> date:
        return self.after.first - timedelta(days=1)

    @property
    def before(self) -> Period:
        """The period of the same kind that ends where this one begins."""
        if self.place > 1:
            return Period(self.kind, self.year, self.place - 1)
        return Period(self.kind, self.year - 1, 12 // _MONTHS_IN[self.kind])

    @property
    def after(self) -> Period:
        if self.place < 12 // _MONTHS_IN[self.kind]:
            return Period(self.kind, self.year, self.place + 1)
        return Period(self.kind, self.year + 1)


def period_of(kind: str, day: date) -> Period:
    """The month, quarter or year in which the day lies."""
    return Period(kind, day.year, (day.month - 1) // _MONTHS_IN[kind] + 1)


def read_period(text: str) -> Period:
    """The period so written. Refusal `unknown_value`."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise Refusal(
            "unknown_value", f"“{text}”不是一个时期；应写作 2026-09（月）、2026-Q3（季度）或 2026（年）。"
        )
    year = int(found["year"])
    if found["quarter"]:
        return Period(QUARTER, year, int(found["quarter"]))
    return Period(MONTH, year, int(found["month"])) if found["month"] else Period(YEAR, year)


@dataclass(frozen=True, slots=True)
class OfficeItem:
    """One thing the office owes for one period. `until` is its own date, where the regulation gives one."""

    kind: str
    clause: str | None
    period: Period
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """What decides which periods are the office's at all: the day from which it works with this program, and the
    earliest registration of its cases (None: it has none, and so nothing to report on)."""

    founded: date
    first_case: date | None


def office_items(
    regulation: Regulation,
    settled: Mapping[str, Collection[YearMonth]],
    days: OfficeDays,
    today: date,
    periods: Mapping[str, str] | None = None,
) -> tuple[OfficeItem, ...]:
    """What the office owes today, in the order of the regulation's file, the older periods first.

    `settled`: the months settled, by kind. `periods`: how often, where the office has set it otherwise.
    """
    chosen = periods or {}
    found = []
    for rule in regulation.office_items:
        done = frozenset(settled.get(rule.kind, ()))
        for period in OFFICE_TRIGGERS[rule.trigger](rule, chosen.get(rule.kind, rule.period), days, today):
            if not period.months <= done:
                found.append(_item(rule, period))
    return tuple(found)


def _item(rule: OfficeItemRule, period: Period) -> OfficeItem:
    if rule.opens:
        return OfficeItem(rule.kind, rule.article or None, period, _opening(rule, period), period.last)
    return OfficeItem(rule.kind, rule.article or None, period, period.last + timedelta(days=1), None)


def _opening(rule: OfficeItemRule, period: Period) -> date:
    return date.fromisoformat(f"{period.year}-{rule.opens}")


def _period_over(rule: OfficeItemRule, kind: str, days: OfficeDays, today: date) -> Iterator[Period]:
    """The last period that is over, and those before it since the office works with this program."""
    last = period_of(kind, today).before
    if _reported_on(last, days):
        yield from _missed_before(last, days)
        yield last


def _before_year_end(rule: OfficeItemRule, kind: str, days: OfficeDays, today: date) -> Iterator[Period]:
    """T 第二十一条 年底前: this year's from its opening day on; one that was missed is owed until it is done."""
    this = period_of(kind, today)
    yield from _missed_before(this, days)
    if _opening(rule, this) <= today and _reported_on(this, days):
        yield this


def _missed_before(period: Period, days: OfficeDays) -> Iterator[Period]:
    """The periods before, from the oldest; those that had ended before the office began are history."""
    earlier = period.before
    if _reported_on(earlier, days) and earlier.last >= days.founded:
        yield from _missed_before(earlier, days)
        yield earlier


def _reported_on(period: Period, days: OfficeDays) -> bool:
    return days.first_case is not None and days.first_case <= period.last


Owed = Callable[[OfficeItemRule, str, OfficeDays, date], Iterator[Period]]

OFFICE_TRIGGERS: Mapping[str, Owed] = {
    "period_over": _period_over,
    "before_year_end": _before_year_end,
}
"""Trigger names a regulation's file may use for what the office owes."""
