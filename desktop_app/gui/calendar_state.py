"""What the calendar shows, worked out without Qt: the month's days, their marks, banners and lists."""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from desktop_app.domain import work_calendar
from desktop_app.domain.lunar import lunar_day
from desktop_app.domain.wording import date_words, deadline_words, full_date
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.services.day_lists import CalendarDay, DayCases
from desktop_app.services.queries import Listed

WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
DAYS_SHOWN = 42
"""Six weeks in every month, so that the rows do not jump when the month is turned."""

FIRST_MONTH = date(1901, 1, 1)
LAST_MONTH = date(2100, 12, 1)


class Mark(Enum):
    """What a day holds, the most pressing first: told by shape and word, and by colour besides."""

    OVERDUE = ("■", "逾期")
    DUE = ("●", "到期")
    REMIND = ("▲", "提醒")
    EXPECTED = ("◇", "预计")

    @property
    def shape(self) -> str:
        return self.value[0]

    @property
    def word(self) -> str:
        return self.value[1]


HEADINGS: Mapping[Mark, str] = {
    Mark.OVERDUE: "从这天起逾期",
    Mark.DUE: "到期",
    Mark.REMIND: "应当提醒",
    Mark.EXPECTED: "预计或暂定到期",
}


@dataclass(frozen=True, slots=True)
class MarkCount:
    mark: Mark
    count: int


@dataclass(frozen=True, slots=True)
class DayCell:
    """One square: figure, small print (农历, 节气 or holiday; `named` where it is one to stand out), 休 or 班.

    `changed`: a notice that is being looked at would make it otherwise.
    """

    date: date
    small: str
    named: bool
    corner: str
    off: bool
    in_month: bool
    today: bool
    provisional: bool
    marks: tuple[MarkCount, ...]
    spoken: str
    changed: bool = False

    @property
    def most_pressing(self) -> Mark | None:
        return self.marks[0].mark if self.marks else None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list at the side."""

    number: str
    title: str
    note: str
    detail: str


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """Cases under one heading."""

    heading: str
    mark: Mark | None
    lines: tuple[CaseLine, ...]


def grid_span(month: date) -> tuple[date, date]:
    """The first and last day that the month's page shows: whole weeks, Monday first."""
    first = month.replace(day=1)
    start = first - timedelta(days=first.weekday())
    return start, start + timedelta(days=DAYS_SHOWN - 1)


def stepped(day: date, by: int) -> date:
    """The same day of the month `by` months on, or that month's last; held within the years with tables."""
    index = day.year * 12 + day.month - 1 + by
    year, month = divmod(index, 12)
    target = min(max(date(year, month + 1, 1), FIRST_MONTH), LAST_MONTH)
    return target.replace(day=min(day.day, months.monthrange(target.year, target.month)[1]))


def moved(day: date, by: int) -> date:
    """`by` days on, held within the years with tables."""
    last = LAST_MONTH.replace(day=31)
    return min(max(day + timedelta(days=by), FIRST_MONTH), last)


def day_cells(days: Sequence[CalendarDay], month: date, today: date) -> tuple[DayCell, ...]:
    """The squares of a month's page. The first day of a holiday bears its name, as on printed calendars."""
    cells = []
    before: str | None = None
    for one in days:
        cells.append(_cell(one, month, today, before))
        before = one.day.holiday
    return tuple(cells)


def _cell(one: CalendarDay, month: date, today: date, before: str | None) -> DayCell:
    day = one.day
    lunar = lunar_day(day.date)
    small = lunar.label if lunar is not None else ""
    named = lunar is not None and bool(lunar.festival or lunar.term)
    if day.holiday is not None and day.holiday != before and not (lunar is not None and lunar.festival):
        small, named = day.holiday, True
    marks = tuple(MarkCount(mark, count) for mark, count in marked_counts(one).items() if count)
    return DayCell(
        date=day.date,
        small=small,
        named=named,
        corner=day.mark,
        off=not day.working,
        in_month=(day.date.year, day.date.month) == (month.year, month.month),
        today=day.date == today,
        provisional=day.provisional,
        marks=marks,
        spoken=_spoken(one, today, marks),
    )


def marked_counts(one: CalendarDay) -> Mapping[Mark, int]:
    """How many cases a day has by mark, the most pressing first."""
    return {
        Mark.OVERDUE: one.overdue_since,
        Mark.DUE: one.due,
        Mark.REMIND: one.reminders,
        Mark.EXPECTED: one.expected,
    }


def marked_cases(cases: DayCases) -> Mapping[Mark, Sequence[Listed]]:
    """The cases of a day by mark; marks without any are left out."""
    every = {
        Mark.OVERDUE: cases.overdue_since,
        Mark.DUE: cases.due,
        Mark.REMIND: cases.reminders,
        Mark.EXPECTED: cases.expected,
    }
    return {mark: some for mark, some in every.items() if some}


def _spoken(one: CalendarDay, today: date, marks: Sequence[MarkCount]) -> str:
    """The square in one sentence, for the tooltip and for screen readers."""
    words = [("今天，" if one.day.date == today else "") + full_date(one.day.date), lunar_words(one.day.date)]
    words.append(one.day.why)
    words += [f"{each.mark.word} {each.count} 件" for each in marks] or ["没有到期和应提醒的件"]
    return "，".join(word for word in words if word)


def lunar_words(day: date) -> str:
    """``农历八月廿九``."""
    lunar = lunar_day(day)
    return f"农历{lunar.month}{lunar.day}" if lunar is not None else ""


def day_heading(one: CalendarDay, today: date) -> str:
    """``10月9日 周五 · 农历八月廿九 · 工作日``."""
    why = one.day.why.removeprefix(f"{work_calendar.WEEKDAYS[one.day.date.weekday()]}，")
    parts = (date_words(one.day.date, today), lunar_words(one.day.date), why)
    return " · ".join(part for part in parts if part)


def banner(calendar: WorkCalendar, first: date, last: date) -> str:
    """What to know of years whose holiday notice is not entered; empty where all is certain."""
    years = calendar.provisional_years(first, last)
    if not years:
        return ""
    return f"{'、'.join(map(str, years))} 年放假安排尚未录入，相关期限为暂定"


def year_cells(days: Sequence[CalendarDay], year: int, today: date) -> tuple[tuple[DayCell, ...], ...]:
    """Twelve months of squares, each month its own days only."""
    cells: list[list[DayCell]] = [[] for _ in range(12)]
    for one in days:
        if one.day.date.year == year:
            cells[one.day.date.month - 1].append(_cell(one, one.day.date, today, None))
    return tuple(map(tuple, cells))


def month_spoken(cells: Sequence[DayCell]) -> str:
    """A small month in one sentence: ``2026年10月，逾期 2 件，到期 5 件``."""
    totals = {
        mark: sum(each.count for cell in cells for each in cell.marks if each.mark is mark) for mark in Mark
    }
    words = [f"{mark.word} {count} 件" for mark, count in totals.items() if count]
    first = cells[0].date
    return "，".join([f"{first.year}年{first.month}月", *(words or ["没有到期和应提醒的件"])])


def day_groups(cases: Mapping[Mark, Sequence[Listed]], today: date) -> tuple[CaseGroup, ...]:
    """The cases of one day, by what they are there for."""
    return tuple(
        CaseGroup(f"{HEADINGS[mark]}  {len(listed)} 件", mark, tuple(case_line(one, today) for one in listed))
        for mark, listed in cases.items()
        if listed
    )


def case_line(one: Listed, today: date) -> CaseLine:
    """A case as the side list shows it: who has it and how it stands."""
    row = one.row
    stands = row.status
    if row.due is not None and (row.awaiting_reply or row.due_from == "dispatch"):
        left = -one.days_overdue if one.overdue else one.days_left
        stands = deadline_words(row.due, today, left)
        stands = f"{stands}（{'暂定' if row.provisional else '预计'}）" if _uncertain(one) else stands
    note = " · ".join(part for part in (row.lead, stands) if part)
    return CaseLine(row.number, row.title, note, f"{row.number}  {row.title}\n{row.status} · {note}")


def _uncertain(one: Listed) -> bool:
    return one.row.provisional or one.row.due_from == "dispatch"
