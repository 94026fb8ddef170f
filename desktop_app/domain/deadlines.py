"""The arithmetic of deadlines: due and reminder dates with their reasons, extension, overdue, rework.

Pure: today is always an argument. The first day does not count (民法典第二百零一条), so the day of claim or
receipt may be any day. Before receipt the same functions count from the dispatch, and the caller marks the
date as expected (按交办日预计).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from desktop_app.domain.regulation import CALENDAR_DAYS, WORKING_DAYS
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.errors import Refusal

UNIT_WORDS = {WORKING_DAYS: "个工作日", CALENDAR_DAYS: "日"}


class Period(Protocol):
    """Anything with a number of days and their unit, such as a regulation's `Limit`."""

    @property
    def days(self) -> int: ...

    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Limit:
    """A period by itself. `unit` is `working_days` or `calendar_days`."""

    days: int
    unit: str = WORKING_DAYS


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One date on the way to the due date. `number` is its place in the count, None where it has none."""

    date: date
    working: bool
    why: str
    source: str | None
    number: int | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date (to the end of that day, 当日止) and how it came about.

    `extensions` are the days granted, in order. `provisional_years` are the years without a notice that the
    count touches. `days` run from the day after `start` to `due`; empty where the reasons were not asked for.
    """

    start: date
    limit: int
    unit: str
    extensions: tuple[int, ...]
    extension_unit: str
    due: date
    reminder: date
    provisional_years: tuple[int, ...]
    days: tuple[CountedDay, ...] = ()

    @property
    def extended(self) -> int:
        """Days of all extensions together."""
        return sum(self.extensions)

    @property
    def provisional(self) -> bool:
        """暂定（放假安排未发布）: to be counted anew once the notice is out."""
        return bool(self.provisional_years)


def end_of_period(calendar: WorkCalendar, start: date, period: Period) -> date:
    """The last day of a period counted from the day after `start`.

    Calendar days that end on a day off run to the next working day (民法典第二百零三条).
    """
    if period.days < 1:
        raise ValueError(f"期限须为正数，不能是 {period.days}")
    if period.unit == WORKING_DAYS:
        return calendar.nth_working_day_after(start, period.days)
    if period.unit == CALENDAR_DAYS:
        return calendar.next_working_day_on_or_after(start + timedelta(days=period.days))
    raise ValueError(f"未知的期限单位：{period.unit}")


def held_within(due: date, start: date, latest: date | None) -> date:
    """The due date, cut to the day by which a superior wants the case; never before the start."""
    return due if latest is None else min(due, max(start, latest))


def extended_due(calendar: WorkCalendar, due: date, days: int, unit: str = WORKING_DAYS) -> date:
    """The due date after an extension: the k-th (working) day after the one that stood before."""
    return end_of_period(calendar, due, Limit(days, unit))


def due_date(
    calendar: WorkCalendar,
    start: date,
    limit: Period,
    extensions: Iterable[int] = (),
    extension_unit: str | None = None,
) -> date:
    """The due date alone, for lists and batches; arguments as for `deadline`."""
    due = end_of_period(calendar, start, limit)
    for days in extensions:
        due = extended_due(calendar, due, days, extension_unit or limit.unit)
    return due


def reminder_date(calendar: WorkCalendar, start: date, due: date) -> date:
    """The last working day before the due date, never before the receipt."""
    return max(start, calendar.last_working_day_before(due))


def deadline(
    calendar: WorkCalendar,
    start: date,
    limit: Period,
    extensions: Sequence[int] = (),
    extension_unit: str | None = None,
    reasons: bool = True,
    not_after: date | None = None,
) -> Deadline:
    """Due date, reminder and, where `reasons`, every day between with why it counts or not.

    `not_after` cuts the first period (a superior's date, T 第三条).
    `start` is the day of claim (X: 领办) or receipt (T: 收到). Extensions are in `extension_unit`, where it is
    not given in the limit's; whether they may be granted is `check_extension`'s question. ValueError for
    periods below one day.
    """
    periods: list[Period] = [limit, *(Limit(days, extension_unit or limit.unit) for days in extensions)]
    ends: list[date] = []
    for period in periods:
        end = end_of_period(calendar, ends[-1] if ends else start, period)
        ends.append(end if ends else held_within(end, start, not_after))
    due = ends[-1]
    return Deadline(
        start=start,
        limit=limit.days,
        unit=limit.unit,
        extensions=tuple(extensions),
        extension_unit=extension_unit or limit.unit,
        due=due,
        reminder=reminder_date(calendar, start, due),
        provisional_years=calendar.provisional_years(start + timedelta(days=1), due),
        days=_counted(calendar, start, periods, ends) if reasons else (),
    )


def _counted(
    calendar: WorkCalendar, start: date, periods: Sequence[Period], ends: Sequence[date]
) -> tuple[CountedDay, ...]:
    counted: list[CountedDay] = []
    number = 0
    begin = start
    for period, end in zip(periods, ends, strict=True):
        last = end if period.unit == WORKING_DAYS else min(end, begin + timedelta(days=period.days))
        for day in calendar.days(begin + timedelta(days=1), end):
            counts = day.working if period.unit == WORKING_DAYS else day.date <= last
            number += counts
            place = number if counts else None
            counted.append(CountedDay(day.date, day.working, day.why, day.source, place, day.provisional))
        begin = end
    return tuple(counted)


def remaining_extension(cap: Period, granted: Iterable[int]) -> int:
    """How many days may still be granted to this assignment."""
    return max(0, cap.days - sum(granted))


def check_extension(cap: Period, granted: Sequence[int], days: int, clause: str | None = None) -> None:
    """Refuses (`extension_over_cap`) to grant what, with all granted before, passes the cap.

    `granted`: the extensions of this assignment so far. `clause`: the article that sets the cap.
    """
    left = remaining_extension(cap, granted)
    if days <= left:
        return
    unit = UNIT_WORDS[cap.unit]
    before = f"此前已延 {sum(granted)} {unit}，" if granted else ""
    most = f"最多还可延 {left} {unit}" if left else "不能再延"
    raise Refusal(
        "extension_over_cap",
        f"延期 {days} {unit}超过上限：{before}合计不得超过 {cap.days} {unit}，{most}。",
        clause,
        f"请把延期改为不超过 {left} {unit}。" if left else "请按现有期限办理，或按逾期处理。",
    )


def late_application(due_then: date, applied_on: date) -> bool:
    """Whether an extension was applied for after the due date that then stood: the date moves, and the case
    stays 曾逾期. Applied for by that date and granted later, it is not."""
    return applied_on > due_then


def is_overdue(due: date, day: date) -> bool:
    """From the day after due. `day` is today, or when the clock stopped: the reply came in, or the return that
    was accepted was made. After rework `due` is the rework date.
    """
    return day > due


def days_overdue(calendar: WorkCalendar, due: date, today: date) -> int:
    """Working days since the due date; 0 up to it, and on days off right after it (overdue all the same)."""
    return calendar.working_days_between(due, today)


def days_left(calendar: WorkCalendar, due: date, today: date) -> int:
    """Working days from tomorrow to the due date, for “还剩 3 个工作日”; 0 on the due date and after."""
    return calendar.working_days_between(today, due)


def latest_rework_date(
    calendar: WorkCalendar,
    start: date,
    base_limit: Period,
    extension_cap: Period,
    sent_back_on: date,
    grace: Period = Limit(5),
) -> date:
    """The last day the office may set for a reply sent back.

    What the regulation's base limit (also where the office set a shorter one) and the whole extension cap
    would have allowed; where that has passed, `grace` from the day of sending back.
    """
    latest = end_of_period(calendar, end_of_period(calendar, start, base_limit), extension_cap)
    return latest if latest >= sent_back_on else end_of_period(calendar, sent_back_on, grace)


def proposed_rework_date(
    calendar: WorkCalendar,
    start: date,
    base_limit: Period,
    extension_cap: Period,
    sent_back_on: date,
    current_due: date,
    grace: Period = Limit(5),
) -> date:
    """What the program proposes: the current due date if still ahead, but never past the latest allowed."""
    latest = latest_rework_date(calendar, start, base_limit, extension_cap, sent_back_on, grace)
    return min(current_due, latest) if current_due > sent_back_on else latest


def publish_by(calendar: WorkCalendar, accepted_reply_on: date) -> date:
    """The day for 今日应公开 (通辽第十二条): the accepted reply's; a day off → next working day."""
    return calendar.next_working_day_on_or_after(accepted_reply_on)
