"""The figures of a period, as a whole and by groups, with the same period a year before (X 第五条（七）, T 第二十一条).

What each figure counts is in domain/figures; who sees cases sees figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.figures import Grouping
from desktop_app.domain.figures_of_cases import CaseFacts, as_of
from desktop_app.domain.figures_summed import Group, Sums, summed_by, year_before
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services.figure_facts import bring_up_to_date, facts_between, out_of_date
from desktop_app.services.journaling import note
from desktop_app.services.queries import Listed, listed_row
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

EXPORT = "export-figures"
"""The event of figures that were saved or printed: period, what by, and as what."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of cases received from `first` to `last`, both days included, as they stand on `today`."""

    first: date
    last: date
    today: date
    total: Sums
    groups: Mapping[Grouping, tuple[Group, ...]]

    def by(self, grouping: Grouping) -> tuple[Group, ...]:
        return self.groups.get(grouping, ())


@dataclass(frozen=True, slots=True)
class Compared:
    """A period beside the same a year before, of which only the whole and the months are told."""

    now: Statistics
    before: Statistics


def statistics(session: Session, first: date, last: date, by: Sequence[Grouping] = ()) -> Statistics:
    """The figures of a period. Refusal `unknown_value` where it ends before it begins."""
    session.require(Right.SEE_CASES)
    check_period(first, last)
    with session.read() as work:
        return told_in(session, work, first, last, by)


def up_to_date_statistics(
    session: Session, first: date, last: date, by: Sequence[Grouping] = ()
) -> Statistics:
    """The same, keeping what had to be found again on the way: next time it is quick."""
    session.require(Right.SEE_CASES)
    check_period(first, last)
    if stale := out_of_date(session, first, last):
        # On a disk that is full, or may only be read, figures are told all the same.
        with suppress(StorageProblem):
            bring_up_to_date(session, stale)
    return statistics(session, first, last, by)


def compared(session: Session, first: date, last: date, by: Sequence[Grouping] = ()) -> Compared:
    """The figures of a period, and as a whole and by month those of the same period a year before."""
    session.require(Right.SEE_CASES)
    check_period(first, last)
    with session.read() as work:
        now = told_in(session, work, first, last, tuple(dict.fromkeys((*by, Grouping.MONTH))))
        return Compared(now, told_in(session, work, *year_before(first, last), (Grouping.MONTH,)))


def listed_cases(session: Session, numbers: Sequence[str]) -> tuple[Listed, ...]:
    """The cases behind a figure as the register shows them, masked; those taken back meanwhile are left out."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        rows = [row for number in numbers if (row := work.cases.get(number)) is not None and not row.voided]
        messages = work.messages.get_many([row.number for row in rows])
    return tuple(listed_row(row, messages.get(row.number), session) for row in rows)


def told_in(session: Session, work: Work, first: date, last: date, by: Sequence[Grouping]) -> Statistics:
    """The figures of a period within a transaction that the caller holds open."""
    total, groups = summed_by(facts_today(session, work, first, last), by)
    return Statistics(first, last, session.today, total, groups)


def facts_today(session: Session, work: Work, first: date, last: date) -> Iterator[CaseFacts]:
    """What each case of the period counts as today, in register order."""
    calendar, today = session.calendar(), session.today
    return (as_of(one, today, calendar) for one in facts_between(session, work, first, last))


def check_period(first: date, last: date) -> None:
    if first > last:
        raise Refusal(
            "unknown_value",
            f"统计时段的起始日 {first} 在截止日 {last} 之后。",
            None,
            "请把起始日改到截止日或以前。",
        )


def note_export(session: Session, first: date, last: date, what: str) -> None:
    """Note in the journal that figures of the period were taken out, and as what: Excel, a picture, on paper."""
    session.require(Right.SEE_CASES)
    with session.change() as work:
        note(session, work, EXPORT, {"from": first.isoformat(), "to": last.isoformat(), "as": what})
