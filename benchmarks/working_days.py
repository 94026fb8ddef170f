"""The n-th working day: two look-ups, against chinese-calendar asked day by day and numpy's busdays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from importlib.util import find_spec

import chinese_calendar

from benchmarks.measure import Row, best_of
from desktop_app.domain.deadlines import Limit, deadline
from desktop_app.domain.national_notices import national_notices, standard_calendar
from desktop_app.domain.statutory_holidays import statutory_days
from desktop_app.domain.work_calendar import WorkCalendar

_ONE = timedelta(days=1)
_STARTS = [date(2020, 1, 1) + _ONE * i for i in range(2000)]
_WALKED = _STARTS[::20]
"""The walk is slow: it takes every twentieth start, and the time is scaled to the same number."""


def _walk(start: date, n: int) -> date:
    day = start
    while n:
        day += _ONE
        n -= chinese_calendar.is_workday(day)
    return day


def _ours(n: int) -> Callable[[], object]:
    nth = standard_calendar().nth_working_day_after
    return lambda: [nth(start, n) for start in _STARTS]


def _against_the_walk(n: int) -> Row:
    nth = standard_calendar().nth_working_day_after
    assert all(nth(start, n) == _walk(start, n) for start in _WALKED)
    walked = best_of(lambda: [_walk(start, n) for start in _WALKED], 3) / len(_WALKED)
    ours = best_of(_ours(n), 20) / len(_STARTS)
    return Row(
        f"working day n = {n}",
        "1 date",
        ours,
        "chinese-calendar day by day",
        walked,
        ">= 500 x faster",
        f"{1 / ours:,.0f} /s",
    )


def _against_numpy(n: int) -> Row:
    import numpy

    off = [day.date for notice in national_notices() for day in notice.days if day.is_off]
    rules = numpy.busdaycalendar(holidays=numpy.array(off, dtype="datetime64[D]"))
    starts = [numpy.datetime64(start) for start in _STARTS]
    theirs = best_of(lambda: [numpy.busday_offset(day, n, "backward", busdaycal=rules) for day in starts], 5)
    ours = best_of(_ours(n), 20) / len(_STARTS)
    return Row(
        f"working day n = {n}",
        "1 date",
        ours,
        "numpy busday_offset (knows no 调休)",
        theirs / len(_STARTS),
        "",
    )


def _whole_deadlines() -> list[Row]:
    calendar, limit = standard_calendar(), Limit(10)

    def bare() -> object:
        return [deadline(calendar, start, limit, (5,), reasons=False) for start in _STARTS]

    def reasoned() -> object:
        return [deadline(calendar, start, limit, (5,)) for start in _STARTS[:100]]

    def first() -> object:
        return WorkCalendar(national_notices(), statutory_days).nth_working_day_after(date(2026, 9, 21), 10)

    return [
        Row("due, reminder, 暂定 with an extension", "1 date", best_of(bare) / len(_STARTS), "", 0, ""),
        Row("the same with every day's reason", "1 date", best_of(reasoned) / 100, "", 0, ""),
        Row("first question to a new calendar", "1 year", best_of(first), "", 0, "<= 5 ms"),
    ]


def run() -> list[Row]:
    rows = [_against_the_walk(10), _against_the_walk(30)]
    if find_spec("numpy") is not None:
        rows.append(_against_numpy(10))
    return rows + _whole_deadlines()
