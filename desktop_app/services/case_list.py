"""The register as a list that is scrolled: some rows at a time, however long it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.case_queries import CaseQuery, Cursor
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.rights import Right
from desktop_app.domain.units import Unit
from desktop_app.services import regulations
from desktop_app.services.queries import Counts, Listed, count_by_status, listed_row
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

NUMBERS_AT_ONCE = 5_000
"""A list of no more cases comes with the numbers of all of them: they cost less than the rows on one screen."""



@dataclass(frozen=True, slots=True)
class Window:
    """Rows from place `first` on; `next` is the place after the last of them, None at the list's end."""

    first: int
    cases: tuple[Listed, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A list at one moment: how long it is, some of its rows, all its numbers where they are not too many.

    Where `total_exact` is False the true total is `total` or less.
    """

    total: int
    total_exact: bool
    window: Window
    numbers: tuple[str, ...] | None


def open_list(session: Session, query: CaseQuery, first: int, limit: int) -> OpenedList:
    """The length of the list and `limit` rows from place `first` on."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        total, exact = work.cases.total(query)
        numbers = tuple(work.cases.numbers(query)) if total <= NUMBERS_AT_ONCE else None
        window = _window(session, work, query, first, limit, None)
    return OpenedList(
        len(numbers) if numbers is not None else total, exact or numbers is not None, window, numbers
    )


def list_window(
    session: Session, query: CaseQuery, first: int, limit: int, near: tuple[int, Cursor] | None = None
) -> Window:
    """Rows by place. `near` is a place known from an earlier window, and the cursor before it."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return _window(session, work, query, first, limit, near)


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
    cases = tuple(listed_row(row, messages.get(row.number), session) for row in found.rows)
    return Window(first, cases, found.next)


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
