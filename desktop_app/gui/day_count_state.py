"""Why the deadline is that day: the rules with their articles, and every day between. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from desktop_app.domain.count_rules import CountRule, count_rules
from desktop_app.domain.deadlines import CountedDay
from desktop_app.domain.wording import date_words
from desktop_app.services.case_view import CaseView


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: its place in the count (empty where it has none), why, and by which notice."""

    day: str
    place: str
    why: str
    source: str
    counts: bool


@dataclass(frozen=True, slots=True)
class DayCount:
    rules: tuple[CountRule, ...]
    days: tuple[DayLine, ...]


def day_count(view: CaseView) -> DayCount:
    """The count of the assignment that leads, or led last; empty where the case was never dispatched."""
    held = view.case.lead
    if held is None or view.clock is None:
        return DayCount((), ())
    rules = count_rules(held, view.case, view.regulation, view.clock, partial(date_words, today=view.today))
    return DayCount(rules, tuple(_day(view, day) for day in view.days))


def _day(view: CaseView, day: CountedDay) -> DayLine:
    written = f"{day.date.month}月{day.date.day}日"
    return DayLine(
        day=written if day.date.year == view.today.year else f"{day.date.year}年{written}",
        place=f"第 {day.number} 日" if day.number is not None else "—",
        why=day.why,
        source=day.source or "",
        counts=day.number is not None,
    )
