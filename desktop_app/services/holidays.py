"""The office's holiday notices: read one, see what it would do, enter it, and take it back.

What is entered counts at once, for every deadline of the office; what moves is told before and recorded after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop_app.domain.entered_notices import (
    ENTER,
    WHOLE,
    WITHDRAW,
    WITHDRAWN,
    EnteredNotice,
    Key,
    calendar_with,
    edition_of,
    still_holding,
    write_entered,
    write_notice,
)
from desktop_app.domain.national_notices import national_notices
from desktop_app.domain.notice_json import read_notice_json
from desktop_app.domain.notice_read import NoticeRead, Scope
from desktop_app.domain.notice_text import read_notice_text
from desktop_app.domain.office_records import HolidayNotice
from desktop_app.domain.rights import Right
from desktop_app.domain.work_calendar import Notice, WorkCalendar
from desktop_app.errors import Fault, Refusal
from desktop_app.services.journaling import note
from desktop_app.services.recount import Moves, Recounted, recounted, write_recounted
from desktop_app.services.session import CALENDAR_EDITION, Session, entered_notices

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

_NOT_YET = 2**62
"""The number of an event that is still to come: after all others."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the operator gave: the text of a notice, what faults call it, and the own word on the rest."""

    text: str
    file: str
    year: int | None = None
    region: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What entering or withdrawing a notice does, before or after. `event` is its event, None before.

    `replaced` are the sources of entered notices of which nothing stands any more.
    """

    notice: Notice
    moves: Moves
    before: WorkCalendar
    after: WorkCalendar
    replaced: tuple[str, ...] = ()
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A notice as it was read; `change` is None where it has faults."""

    read: NoticeRead
    change: Change | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice in the list of all: built in where `entered` is None; `holds` where something of it still counts."""

    notice: Notice
    entered: EnteredNotice | None
    holds: bool


def read_notice(session: Session, given: Given) -> NoticeRead:
    """The notice in what was given, text or JSON, with its faults and doubts; nothing is raised or written."""
    region = given.region.strip()
    calendar = session.calendar()
    if given.text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        found = read_notice_json(
            given.text.lstrip("\ufeff"), given.file, given.year, region, given.source.strip()
        )
    else:
        found = read_notice_text(
            given.text, given.file, session.today, given.year, region, given.source.strip(), calendar.notices
        )
    return _with_ground(found, calendar, given.file)


def _with_ground(found: NoticeRead, calendar: WorkCalendar, file: str) -> NoticeRead:
    """A change of a year's notice needs that notice."""
    notice = found.notice
    if notice is None or notice.region or found.scope is Scope.YEAR:
        return found
    if any(one.year == notice.year and not one.region for one in calendar.notices):
        return found
    reason = f"这是对 {notice.year} 年放假安排的调整，而那一年的安排尚未录入；请先录入全年的通知"
    return NoticeRead(notice, found.scope, (*found.faults, Fault(file, "", reason)), found.warnings)


def preview(session: Session, given: Given) -> Preview:
    """What was read, and what entering it would do."""
    with session.read() as work:
        found = read_notice(session, given)
        if found.faults or found.notice is None:
            return Preview(found, None)
        change, _ = _entering(session, work, found, _NOT_YET)
        return Preview(found, change)


def enter(session: Session, given: Given) -> Preview:
    """Enter the notice, count every deadline anew, and record both. BadData with all faults where it has any."""
    session.require(Right.KEEP_CALENDAR)
    session.require_cases()
    with session.change() as work:
        found = read_notice(session, given)
        notice = found.sure()
        keys = {
            "year": str(notice.year),
            "region": notice.region,
            "source": notice.source,
            "days": str(len(notice.days)),
            "sha256": hashlib.sha256(given.text.encode("utf-8", "surrogatepass")).hexdigest(),
            WHOLE: write_notice(notice, found.scope),
        }
        event = note(session, work, ENTER, {name: value for name, value in keys.items() if value})
        change, counted = _entering(session, work, found, event.id)
        entered = EnteredNotice(event.id, notice, found.scope, event.entered, event.by)
        kept = [one for one in entered_notices(work) if one.key == entered.key]
        _put(session, work, entered.key, [*kept, entered])
        write_recounted(session, work, counted, notice.source)
        return Preview(found, change)


def _entering(session: Session, work: Work, found: NoticeRead, event: int) -> tuple[Change, Recounted]:
    notice = found.sure()
    entered = entered_notices(work)
    after = [*entered, EnteredNotice(event, notice, found.scope, "", session.user.name)]
    change, counted = _change(session, work, notice, after)
    gone = still_holding(entered) - still_holding(after)
    replaced = tuple(one.notice.source for one in entered if one.event in gone)
    return replace(change, replaced=replaced, event=event if event != _NOT_YET else None), counted


def _change(
    session: Session, work: Work, notice: Notice, will: list[EnteredNotice]
) -> tuple[Change, Recounted]:
    before, after = session.calendar(), calendar_with(will)
    counted = recounted(session, work, before, after, notice.year)
    return Change(notice, counted.moves, before, after), counted


def preview_withdrawal(session: Session, event: int) -> Change:
    """What taking back an entered notice would do. Refusal `nothing_to_undo`."""
    with session.read() as work:
        change, _ = _withdrawing(session, work, event)
        return change


def withdraw(session: Session, event: int) -> Change:
    """Take back an entered notice: what stood before it stands again. Refusal `nothing_to_undo`."""
    session.require(Right.KEEP_CALENDAR)
    session.require_cases()
    with session.change() as work:
        change, counted = _withdrawing(session, work, event)
        notice = change.notice
        keys = {
            WITHDRAWN: str(event),
            "year": str(notice.year),
            "region": notice.region,
            "source": notice.source,
        }
        done = note(session, work, WITHDRAW, {name: value for name, value in keys.items() if value})
        key = (notice.year, notice.region)
        _put(
            session,
            work,
            key,
            [one for one in entered_notices(work) if one.key == key and one.event != event],
        )
        write_recounted(session, work, counted, f"撤销录入：{notice.source}")
        return replace(change, event=done.id)


def _withdrawing(session: Session, work: Work, event: int) -> tuple[Change, Recounted]:
    entered = entered_notices(work)
    target = next((one for one in entered if one.event == event), None)
    if target is None:
        raise Refusal("nothing_to_undo", "这份放假安排没有录入过，或已经撤销。")
    left = [one for one in entered if one.event != event]
    _refuse_without_ground(target, left)
    return _change(session, work, target.notice, left)


def _refuse_without_ground(target: EnteredNotice, left: Iterable[EnteredNotice]) -> None:
    """A year's notice stays as long as changes of it stand."""
    if target.scope is not Scope.YEAR:
        return
    of_year = [one for one in left if one.key == target.key]
    has_ground = any(one.scope is Scope.YEAR for one in of_year) or any(
        one.year == target.notice.year for one in national_notices()
    )
    if of_year and not has_ground:
        raise Refusal(
            "nothing_to_undo",
            f"{target.notice.year} 年的放假安排后来有过调整，不能先撤销它。",
            None,
            f"请先撤销“{of_year[-1].notice.source}”。",
        )


def last_entered(session: Session, year: int, region: str = "") -> int:
    """The event of the notice of that year and region that was entered last, for taking it back.

    Refusal `nothing_to_undo`.
    """
    session.require(Right.KEEP_CALENDAR)
    session.require_cases()
    with session.read() as work:
        events = [one.event for one in entered_notices(work) if one.key == (year, region.strip())]
    if not events:
        where = f"{region.strip()} " if region.strip() else ""
        raise Refusal("nothing_to_undo", f"没有录入过 {where}{year} 年的放假安排。")
    return max(events)


def _put(session: Session, work: Work, key: Key, entered: list[EnteredNotice]) -> None:
    """The notices of one year and region as they are now."""
    if entered:
        last = entered[-1]
        text = write_entered(entered)
        work.notices.put(HolidayNotice(*key, text, last.notice.source, last.entered, last.by))
    else:
        work.notices.drop(*key)
    work.settings.put(CALENDAR_EDITION, edition_of(row.text for row in work.notices.all()))
    session.calendar_changed()


def list_notices(session: Session) -> tuple[Standing, ...]:
    """Every notice known, built in or entered, the newest year first; those replaced stand with the others."""
    with session.read() as work:
        entered = entered_notices(work)
    holding = still_holding(entered)
    whole = {one.notice.year for one in entered if one.scope is Scope.YEAR and not one.notice.region}
    found = [Standing(one, None, one.year not in whole) for one in national_notices()]
    found += [Standing(one.notice, one, one.event in holding) for one in entered]
    return tuple(sorted(found, key=_newest_first))


def _newest_first(one: Standing) -> tuple[int, str, int]:
    return -one.notice.year, one.notice.region, one.entered.event if one.entered is not None else 0


def calendar_of(session: Session, regions: Iterable[str] | None = None) -> WorkCalendar:
    """The office's calendar; where `regions` are given, with the local notices of these alone."""
    with session.read() as work:
        if regions is None:
            return session.calendar()
        wanted = {"", *(region.strip() for region in regions)}
        return calendar_with([one for one in entered_notices(work) if one.notice.region in wanted])
