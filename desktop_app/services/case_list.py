"""The register as a list that is scrolled: some rows at a time, however long it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop_app.domain.case_queries import CaseQuery, Cursor
from desktop_app.domain.messages import Message
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.rights import Right
from desktop_app.domain.typed_days import read_day
from desktop_app.domain.units import Unit
from desktop_app.domain.wording import long_date
from desktop_app.errors import Refusal
from desktop_app.services import regulations
from desktop_app.services.case_loading import find_row
from desktop_app.services.found_words import found_in_text
from desktop_app.services.queries import Counts, Listed, count_by_status, listed_row
from desktop_app.services.searching import as_may_be_asked
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

NUMBERS_AT_ONCE = 1_000
"""A list of no more cases comes with the numbers of all of them: they cost less than the rows on one screen."""
LANDMARKS_FROM = 10_000
"""Longer lists get landmarks, so that a jump to any place passes over few rows."""
_EVERY = 500
_FIND_AT_MOST = 200_000
"""In a longer list, sorted otherwise than its index is, the place of a case is not looked for."""


_END = 9999, 10**9 - 1
"""Beyond every register number."""


@dataclass(frozen=True, slots=True)
class Window:
    """Rows from place `first` on; `next` is the place after the last of them, None at the list's end."""

    first: int
    cases: tuple[Listed, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A list at one moment: how long it is, some of its rows, all its numbers where they are not too many.

    Where `total_exact` is False the true total is `total` or less; with `or_more`, `total` or more. `kept_at` is
    the row on which the case stands that was asked about, None where the list does not have it.
    """

    total: int
    total_exact: bool
    window: Window
    numbers: tuple[str, ...] | None
    or_more: bool = False
    kept_at: int | None = None


def open_list(session: Session, query: CaseQuery, first: int, limit: int, keep: str = "") -> OpenedList:
    """The length of the list, counted as far as a moment allows, and `limit` rows from place `first` on."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        asked = as_may_be_asked(session, work, query)
        total = work.cases.quick_total(asked)
        numbers = tuple(work.cases.numbers(asked)) if total.count <= NUMBERS_AT_ONCE else None
        window = _window(session, work, asked, first, limit, None)
        kept_at = _place_in(work, asked, keep, total.count, numbers) if keep else None
    return OpenedList(
        len(numbers) if numbers is not None else total.count,
        total.exact or numbers is not None,
        window,
        numbers,
        total.or_more,
        kept_at,
    )


def _place_in(
    work: Work, query: CaseQuery, number: str, total: int, numbers: tuple[str, ...] | None
) -> int | None:
    """The row of the list on which the case stands."""
    if numbers is not None:
        return numbers.index(number) if number in numbers else None
    row = work.cases.get(number)
    if row is None or (total > _FIND_AT_MOST and query.sort != "number"):
        return None
    place = work.cases.place_of(query, work.cases.cursor_of(query, row)) - 1
    found = work.cases.window(query, place, 1).rows if place >= 0 else ()
    return place if found and found[0].number == number else None


def list_window(
    session: Session, query: CaseQuery, first: int, limit: int, near: tuple[int, Cursor] | None = None
) -> Window:
    """Rows by place. `near` is a place known from an earlier window, and the cursor before it."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return _window(session, work, as_may_be_asked(session, work, query), first, limit, near)


def _window(
    session: Session,
    work: Work,
    query: CaseQuery,
    first: int,
    limit: int,
    near: tuple[int, Cursor] | None,
) -> Window:
    found = work.cases.window(query, first, limit, near)
    messages = work.messages.get_many([row.number for row in found.rows])
    cases = [listed_row(row, messages.get(row.number), session) for row in found.rows]
    if query.text:
        cases = [_with_place(case, messages.get(case.number), query.text) for case in cases]
    return Window(first, tuple(cases), found.next)


def _with_place(case: Listed, message: Message | None, words: str) -> Listed:
    return case if message is None else replace(case, found=found_in_text(message, words))


@dataclass(frozen=True, slots=True)
class ListMeasures:
    """What is found out behind a long list while it is shown already."""

    total: int
    total_exact: bool
    landmarks: tuple[tuple[int, Cursor], ...]


def measure_list(session: Session, query: CaseQuery) -> ListMeasures:
    """How long the list is, as exactly as can be told, and places in it from which others are near."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        asked = as_may_be_asked(session, work, query)
        total, exact = work.cases.total(asked)
        # Of candidates that are looked at one by one no landmarks are made: that would look at all of them.
        long = exact and total >= LANDMARKS_FROM
        return ListMeasures(total, exact, tuple(work.cases.landmarks(asked, _EVERY)) if long else ())


def find_place(session: Session, query: CaseQuery, words: str) -> int:
    """The row on which the list reaches a register number or a day (`words`): of that day, or of the next that has any.

    A day is one of the dates by which the list is sorted, else of registration. Refusal `unknown_case`,
    `unknown_value` where there is nothing of the kind.
    """
    session.require(Right.SEE_CASES)
    with session.read() as work:
        asked = as_may_be_asked(session, work, query)
        cursor, on_row = _meant(session, work, asked, words.strip())
        total = work.cases.quick_total(asked)
        if total.or_more and asked.sort != "number":
            raise Refusal("unknown_value", "这个列表太长，请先按登记号排序，或加筛选条件，再跳转。")
        place = work.cases.place_of(asked, cursor) - on_row
        found = work.cases.window(asked, place, 1).rows
    if on_row and not (found and (found[0].year, found[0].serial) == (cursor.year, cursor.serial)):
        raise Refusal("unknown_case", f"现在的列表里没有 {words.strip()}。", None, "清除条件后再跳转。")
    if not found:
        raise Refusal("unknown_value", f"现在的列表里没有到 {words.strip()} 或更后的件。")
    return place


def _meant(session: Session, work: Work, query: CaseQuery, words: str) -> tuple[Cursor, bool]:
    """The place in the list that the words mean, and whether it is the very row."""
    day = _day(words, session.today.year)
    if day is None:
        number = f"{session.today.year}-{int(words):04d}" if words.isascii() and words.isdigit() else words
        return work.cases.cursor_of(query, find_row(work, number)), True
    if query.sort in ("due", "received"):
        year, serial = _END if query.descending else (0, 0)
        return Cursor(query.sort, query.descending, day.isoformat(), year, serial), False
    if query.sort != "number":
        raise Refusal("unknown_value", "按日期跳转，请先按登记号、期限或收到日期排序。")
    # The newest first: the day begins behind the last case of the days after it.
    edge = work.cases.first_received_from(day + timedelta(days=1) if query.descending else day)
    if edge is None and not query.descending:
        raise Refusal("unknown_value", f"{long_date(day)}以后没有收到留言。")
    year, serial = edge or _END
    return Cursor(query.sort, query.descending, None, year, serial - (not query.descending)), False


def _day(words: str, year: int) -> date | None:
    try:
        return read_day(words, year) if not words.isdigit() or len(words) == 8 else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What a list is narrowed down by: the states with their counts, the units, the categories."""

    counts: Counts
    states: tuple[str, ...]
    categories: tuple[str, ...]
    units: tuple[Unit, ...]


def list_facts(session: Session) -> ListFacts:
    """States and categories of the office's regulation, and of others only what its cases are in."""
    counts = count_by_status(session)
    with session.read() as work:
        own = session.default_regulation(work)
        units = tuple(session.units(work))
    known = (own, *(one for one in regulations.load_all() if one.id != own.id))
    return ListFacts(counts, _states(known, counts), _categories(known), units)


def _states(known: tuple[Regulation, ...], counts: Counts) -> tuple[str, ...]:
    own = [state.name for state in known[0].states]
    for regulation in known[1:]:
        names = [state.name for state in regulation.states]
        for place, name in enumerate(names):
            if name not in own and counts.by_status.get(name):
                before = [own.index(earlier) for earlier in names[:place] if earlier in own]
                own.insert(max(before, default=-1) + 1, name)
    return tuple(own)


def _categories(known: tuple[Regulation, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for one in known for value in one.values("category")))
