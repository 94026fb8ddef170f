"""The calendar of deadlines: how much stands on each day, and the cases of one day, masked as in the register.

Only cases whose clock still runs, or is expected to, are shown. They are counted in an index that holds no others,
so that it costs the same however many cases are done with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.clocks import FROM_DISPATCH
from desktop_app.domain.office_records import LiveDeadlines
from desktop_app.domain.rights import Right
from desktop_app.domain.work_calendar import Day, WorkCalendar
from desktop_app.services.queries import Listed, listed_row
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day, and how many cases fall due on it, must be reminded of, are expected, are overdue since."""

    day: Day
    due: int = 0
    reminders: int = 0
    expected: int = 0
    overdue_since: int = 0

    @property
    def total(self) -> int:
        return self.due + self.reminders + self.expected + self.overdue_since


@dataclass(frozen=True, slots=True)
class DayCases:
    """The cases behind the figures of a day."""

    due: tuple[Listed, ...] = ()
    reminders: tuple[Listed, ...] = ()
    expected: tuple[Listed, ...] = ()
    overdue_since: tuple[Listed, ...] = ()


def calendar_days(session: Session, first: date, last: date) -> tuple[CalendarDay, ...]:
    """Each day from `first` to `last`: ● due, ▲ to remind, ◇ expected or provisional, ■ overdue since."""
    session.require(Right.SEE_CASES)
    calendar = session.calendar()
    with session.read() as work:
        # What was due on the last working day before the span is overdue since a day within it.
        deadlines = work.cases.live_deadlines(calendar.last_working_day_before(first), last)
        reminders = work.cases.reminder_counts(first, last)
    due, expected = _by_day(deadlines, certain=True), _by_day(deadlines, certain=False)
    since = _overdue_since(calendar, deadlines, session.today)
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return tuple(
        CalendarDay(
            calendar.day(day),
            due.get(day, 0),
            reminders.get(day, 0),
            expected.get(day, 0),
            since.get(day, 0),
        )
        for day in days
    )


def _by_day(deadlines: Iterable[LiveDeadlines], certain: bool) -> dict[date, int]:
    counts: dict[date, int] = {}
    for one in deadlines:
        if one.certain is certain:
            counts[one.due] = counts.get(one.due, 0) + one.count
    return counts


def _overdue_since(
    calendar: WorkCalendar, deadlines: Iterable[LiveDeadlines], today: date
) -> dict[date, int]:
    counts: dict[date, int] = {}
    for one in deadlines:
        if one.awaiting_reply and one.due < today:
            since = calendar.nth_working_day_after(one.due, 1)
            counts[since] = counts.get(since, 0) + one.count
    return counts


def day_cases(session: Session, day: date) -> DayCases:
    """The cases of one day, titles masked, overdue counted for today."""
    session.require(Right.SEE_CASES)
    calendar, today = session.calendar(), session.today
    with session.read() as work:
        rows = work.cases.live_between(calendar.last_working_day_before(day), day)
        falls = [row for row in rows if row.due == day]
        reminders = work.cases.reminders_between(day, day)
        since = [row for row in rows if _is_overdue_since(calendar, row, day, today)]
        wanted = dict.fromkeys(row.number for row in (*falls, *reminders, *since))
        messages = work.messages.get_many(wanted)

    def listed(some: Iterable[CaseRow]) -> tuple[Listed, ...]:
        return tuple(listed_row(row, messages.get(row.number), session) for row in some)

    return DayCases(
        due=listed(row for row in falls if not _is_expected(row)),
        reminders=listed(reminders),
        expected=listed(row for row in falls if _is_expected(row)),
        overdue_since=listed(since),
    )


def _is_overdue_since(calendar: WorkCalendar, row: CaseRow, day: date, today: date) -> bool:
    if not row.awaiting_reply or row.due is None or row.due >= today:
        return False
    return calendar.nth_working_day_after(row.due, 1) == day


def _is_expected(row: CaseRow) -> bool:
    """◇: counted from dispatch, or through a year without its notice."""
    return row.provisional or row.due_from == FROM_DISPATCH
