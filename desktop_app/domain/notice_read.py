"""A holiday notice as it was read from a text or a file, with what is wrong in it and what to look at again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.statutory_holidays import statutory_days
from desktop_app.domain.work_calendar import WEEKDAYS, Notice, NoticeDay
from desktop_app.errors import BadData, Fault

NATIONAL_ISSUER = "国务院办公厅"
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years that a notice may arrange; the lunar table ends with the last."""


class Scope(StrEnum):
    """How much of what stood before a notice replaces."""

    YEAR = "year"
    """The whole year: the State Council's yearly notice."""
    HOLIDAYS = "holidays"
    """The holidays it names, whatever else the year's notice says: a change, or a local notice."""
    DAYS = "days"
    """Single days only: a holiday is prolonged."""


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """What was read. `faults` keep it from being entered; `warnings` are shown and let pass.

    `notice` is None where not even its year is known.
    """

    notice: Notice | None
    scope: Scope
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    def sure(self) -> Notice:
        """The notice; BadData with all faults where it cannot be entered."""
        if self.faults or self.notice is None:
            raise BadData(self.faults)
        return self.notice


def title_of(year: int, region: str) -> str:
    """What a notice is cited by where its text bears no title."""
    return f"{region}{year}年放假通知" if region else f"国务院办公厅关于{year}年部分节假日安排的通知"


def checked(
    notice: Notice, scope: Scope, file: str, faults: Sequence[Fault], warnings: Sequence[Fault]
) -> NoticeRead:
    """The notice with what its days, taken together, leave to say."""
    found = [*faults, *(Fault(file, day.isoformat(), reason) for day, reason in _impossible(notice))]
    if not notice.days and not found:
        found.append(Fault(file, "", "没有找到放假或上班的日期；请粘贴通知里写明日期的句子"))
    doubts = [*warnings, *_weekdays_worked(notice, file), *_holidays_left_out(notice, scope, file)]
    return NoticeRead(notice, scope, tuple(found), tuple(doubts))


def _impossible(notice: Notice) -> Iterator[tuple[date, str]]:
    first, last = date(notice.year - 1, 12, 1), date(notice.year + 1, 1, 31)
    for day in notice.days:
        if not first <= day.date <= last:
            yield day.date, f"{notice.year} 年的通知只安排上年12月到次年1月的日子，请核对年份"
    for one, count in Counter(day.date for day in notice.days).items():
        if count > 1:
            yield one, "既写了放假，又写了上班"


def _weekdays_worked(notice: Notice, file: str) -> Iterator[Fault]:
    for day in notice.days:
        if not day.is_off and day.date.weekday() < 5:
            weekday = WEEKDAYS[day.date.weekday()]
            yield Fault(file, day.date.isoformat(), f"写了上班，而这一天是{weekday}，不是周末，请核对")


def _holidays_left_out(notice: Notice, scope: Scope, file: str) -> Iterator[Fault]:
    """Days off by the statute that a year's notice makes working days: part of its text may be missing."""
    if scope is not Scope.YEAR or not notice.days:
        return
    said = {day.date: day.is_off for day in notice.days}
    names = [
        f"{known.name}{day.month}月{day.day}日"
        for day, known in sorted(statutory_days(notice.year).items())
        if not said.get(day, day.weekday() >= 5)
    ]
    if names:
        yield Fault(
            file, "", f"没有写到这些法定节假日，录入后按工作日计算：{'、'.join(names)}；请核对通知是否完整"
        )


def in_order(days: Iterable[NoticeDay]) -> tuple[NoticeDay, ...]:
    """By date; what is said twice stands once."""
    once: dict[tuple[date, bool], NoticeDay] = {}
    for day in days:
        once.setdefault((day.date, not day.is_off), day)
    return tuple(once[key] for key in sorted(once))
