"""What the page of holiday notices shows, worked out without Qt: the list, the findings, the year, what moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.notice_read import NoticeRead
from desktop_app.domain.wording import full_date, short_date, weekday_words
from desktop_app.domain.work_calendar import Day, WorkCalendar
from desktop_app.errors import Fault
from desktop_app.gui.calendar_state import CaseGroup, CaseLine, DayCell
from desktop_app.services.holidays import Change, Standing
from desktop_app.services.recount import Moved

NATION = "全国"
MOST_LINES = 500
"""So many cases are listed; all are counted."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in the list: its year, where it holds, its title, and how it came. `event` is None where built in."""

    year: int
    where: str
    source: str
    came: str
    event: int | None
    holds: bool

    @property
    def spoken(self) -> str:
        return f"{self.year}年 {self.where}  {self.source}\n{self.came}"


def notice_lines(standing: Sequence[Standing]) -> tuple[NoticeLine, ...]:
    """The list of all notices, in the order given."""
    return tuple(_line(one) for one in standing)


def _line(one: Standing) -> NoticeLine:
    entered = one.entered
    came = "程序自带" if entered is None else f"{entered.by} {entered.entered[:10]} 录入"
    return NoticeLine(
        year=one.notice.year,
        where=one.notice.region or NATION,
        source=one.notice.source,
        came=came if one.holds else f"{came}，已被后来的代替",
        event=entered.event if entered is not None else None,
        holds=one.holds,
    )


def found_words(found: NoticeRead) -> str:
    """``2027年 全国：放假 33 天，调休上班 6 天``; empty where not even the year is known."""
    notice = found.notice
    if notice is None:
        return ""
    off = sum(day.is_off for day in notice.days)
    worked = len(notice.days) - off
    return f"{notice.year}年 {notice.region or NATION}：放假 {off} 天，调休上班 {worked} 天"


def fault_words(fault: Fault) -> str:
    """A fault or a doubt without the name of the text: there is only one on the page."""
    return f"{fault.place}：{fault.reason}" if fault.place else fault.reason


# ------------------------------------------------------------------ the year


def year_cells(
    before: WorkCalendar, after: WorkCalendar, year: int, today: date
) -> tuple[tuple[DayCell, ...], ...]:
    """Twelve months as they will be; days that are worked now and will not be, or the other way, are marked."""
    cells: list[list[DayCell]] = [[] for _ in range(12)]
    for was, will in zip(_days(before, year), _days(after, year), strict=True):
        cells[will.date.month - 1].append(_cell(was, will, today))
    return tuple(map(tuple, cells))


def _days(calendar: WorkCalendar, year: int) -> tuple[Day, ...]:
    return calendar.days(date(year, 1, 1), date(year, 12, 31))


def _cell(was: Day, will: Day, today: date) -> DayCell:
    changed = was.working is not will.working
    spoken = f"{full_date(will.date)}，{will.why}"
    return DayCell(
        date=will.date,
        small="",
        named=False,
        corner=will.mark,
        off=not will.working,
        in_month=True,
        today=will.date == today,
        provisional=will.provisional,
        marks=(),
        spoken=f"{spoken}；现在是{was.why}" if changed else spoken,
        changed=changed,
    )


def month_spoken(cells: Sequence[DayCell]) -> str:
    """``2027年2月，休 9 天，班 1 天，改变 6 天``."""
    first = cells[0].date
    words = [f"{first.year}年{first.month}月"]
    for name, count in (
        ("休", sum(cell.corner == "休" for cell in cells)),
        ("班", sum(cell.corner == "班" for cell in cells)),
        ("改变", sum(cell.changed for cell in cells)),
    ):
        if count:
            words.append(f"{name} {count} 天")
    return "，".join(words if len(words) > 1 else [*words, "没有放假和调休"])


def month_words(calendar: WorkCalendar, month: date) -> str:
    """The month's holidays and make-up days in one line: ``2月：5日至13日 春节放假；14日（周日）上班``."""
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    parts = [_stretch(days) for days in _stretches(calendar.days(first, last))]
    return f"{month.month}月：{'；'.join(parts)}" if parts else f"{month.month}月：没有放假和调休"


def _stretches(days: Sequence[Day]) -> list[list[Day]]:
    """Days in a row that are off for the same holiday; make-up days one by one."""
    found: list[list[Day]] = []
    for day in days:
        if not day.mark:
            continue
        before = found[-1][-1] if found else None
        joined = before is not None and before.date + timedelta(days=1) == day.date
        if joined and before is not None and day.holiday and before.holiday == day.holiday:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _stretch(days: Sequence[Day]) -> str:
    first, last = days[0], days[-1]
    if first.working:
        return f"{first.date.day}日（{weekday_words(first.date)}）上班"
    span = f"{first.date.day}日至{last.date.day}日" if len(days) > 1 else f"{first.date.day}日"
    return f"{span} {first.holiday}放假"


def beyond_words(change: Change, year: int) -> str:
    """What of a notice lies outside the year that is shown; empty where nothing does."""
    outside = [day for day in change.notice.days if day.date.year != year]
    if not outside:
        return ""
    return "通知还安排了 " + "、".join(
        f"{day.date.year}年{day.date.month}月{day.date.day}日{'休' if day.is_off else '班'}"
        for day in outside
    )


# ------------------------------------------------------------------ what moves


def moves_heading(change: Change, *, withdrawing: bool) -> str:
    """``录入后，3 件的期限改变``."""
    moves = change.moves
    when = "撤销后" if withdrawing else "录入后"
    if not (moves.moved or moves.confirmed or moves.settled):
        return f"{when}，没有件的期限改变"
    return f"{when}，{len(moves.moved):,} 件的期限改变" if moves.moved else f"{when}，没有件改变日期"


def move_groups(change: Change, today: date) -> tuple[CaseGroup, ...]:
    """The cases that move, those that only become certain, and those settled already; what is empty is left out."""
    moves = change.moves
    certain = any(one.old_provisional for one in moves.confirmed)
    return tuple(
        CaseGroup(
            f"{heading}  {_count_words(len(cases))}",
            None,
            tuple(_move_line(one, today) for one in cases[:MOST_LINES]),
        )
        for heading, cases in (
            ("期限改变", moves.moved),
            ("日期不变，由暂定成为确定" if certain else "日期不变，成为暂定", moves.confirmed),
            ("已办结，按新安排重算", moves.settled),
        )
        if cases
    )


def _count_words(count: int) -> str:
    return f"{count:,} 件" if count <= MOST_LINES else f"{count:,} 件（列出前 {MOST_LINES} 件）"


def _move_line(one: Moved, today: date) -> CaseLine:
    old = short_date(one.old_due, today) + ("（暂定）" if one.old_provisional else "")
    new = short_date(one.new_due, today) + ("（暂定）" if one.new_provisional else "")
    note = f"到期 {old} → {new}" if old != new else f"到期 {new} 不变"
    if one.old_reminder != one.new_reminder and one.old_reminder and one.new_reminder:
        reminders = (short_date(one.old_reminder, today), short_date(one.new_reminder, today))
        note += f"　提醒 {reminders[0]} → {reminders[1]}"
    return CaseLine(one.number, one.title, note, f"{one.number}  {one.title}\n{note}")


def done_words(change: Change, *, withdrawn: bool) -> str:
    """``已录入“…”，3 件的期限改变，已记入各件的经过。``"""
    moved = len(change.moves.moved)
    moves = f"{moved:,} 件的期限改变，已记入各件的经过" if moved else "没有件改变期限"
    verb = "已撤销" if withdrawn else "已录入"
    replaced = f"，代替了{'、'.join(f'“{source}”' for source in change.replaced)}" if change.replaced else ""
    return f"{verb}“{change.notice.source}”{replaced}，{moves}。"


def standing_words(year: int, provisional: bool) -> str:
    """What to know of a year that no notice arranges yet; empty where one does."""
    return f"{year} 年放假安排尚未录入，这里按周末和日期已知的法定节假日暂定" if provisional else ""
