"""The files of closed cases as lists: a year's, to be archived together; and those kept long enough (DA/T 22-2015)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.archive_numbers import file_number_of, kept_until
from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.numbering import parse_register_number
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import regulations
from desktop_app.services.case_loading import load_case
from desktop_app.services.case_view import view_of
from desktop_app.services.cases import act
from desktop_app.services.queries import listed_row
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class FileLine:
    """A closed case as the list of files shows it; the title masked. retention is what its archiving says."""

    number: str
    file_number: str
    title: str
    retention: str
    closed: date
    archived: date | None
    may_archive: bool


@dataclass(frozen=True, slots=True)
class FilesOfYear:
    """The closed cases of a year, in the order of their closing, and all years that have any, newest first.

    `version` is the office's newest event as they were read.
    """

    year: int
    years: tuple[int, ...]
    lines: tuple[FileLine, ...]
    version: int = 0


@dataclass(frozen=True, slots=True)
class ArchivedTogether:
    """What became of cases archived in one go: those that are, and why each other one is not."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Expired:
    """A case whose retention period is over."""

    number: str
    file_number: str
    title: str
    retention: str
    closed: date
    until: date


def files_of_year(session: Session, year: int | None) -> FilesOfYear:
    """The files of a year, the newest where none is given."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        closed = [row for row in work.cases.all() if row.closed is not None and not row.voided]
        years = sorted({row.closed.year for row in closed if row.closed is not None}, reverse=True)
        chosen = year if year is not None else (years[0] if years else session.today.year)
        rows = [row for row in closed if row.closed is not None and row.closed.year == chosen]
        rows.sort(key=lambda row: (row.closed or row.received, row.year, row.serial))
        numbers = [row.number for row in rows]
        messages = work.messages.get_many(numbers)
        kept = work.journal.of_cases(numbers)
        lines = []
        for row in rows:
            steps = effective_steps(kept[row.number])
            retention = [step.get("retention") for step in steps if step.action == "archive"]
            rule = regulations.load(row.regulation).actions["archive"]
            filed = file_number_of(kept[row.number])
            lines.append(
                FileLine(
                    row.number,
                    str(filed) if filed is not None else "",
                    listed_row(row, messages.get(row.number), session).row.title,
                    retention[-1] if retention and row.archived is not None else "",
                    row.closed or row.received,
                    row.archived,
                    row.status in rule.from_states,
                )
            )
        newest = work.journal.last()
    return FilesOfYear(chosen, tuple(years), tuple(lines), newest[0] if newest is not None else 0)


def archive_many(
    session: Session,
    numbers: Sequence[str],
    retention: str,
    progress: Callable[[int, int], bool],
    seen: int | None = None,
) -> ArchivedTogether:
    """The step 归档 for each case, each by itself; stopped, what was archived so far stays.

    `seen` as in `cases.act`: a case on which somebody recorded something since the list was read is left out.
    """
    session.require(Right.WORK_ON_CASES)
    done, refused = [], []
    for place, number in enumerate(numbers):
        try:
            keys = {"retention": retention} if retention else {}
            act(session, number, "archive", keys, session.today, seen=seen)
            done.append(number)
        except Refusal as refusal:
            refused.append((number, refusal.message))
        if not progress(place + 1, len(numbers)):
            break
    return ArchivedTogether(tuple(done), tuple(refused))


def expired(session: Session, on: date) -> list[Expired]:
    """Archived cases whose retention period was over before that day, oldest first: what a 鉴定 has to look at."""
    session.require(Right.SEE_CASES)
    found = []
    with session.read() as work:
        rows = [row for row in work.cases.all() if row.archived is not None and row.closed is not None]
        for row in rows:
            loaded = load_case(work, row.number)
            closed = loaded.case.closed_on
            until = kept_until(closed, loaded.case.retention) if closed is not None else None
            if until is not None and closed is not None and until < on:
                masked = view_of(session, work, loaded, revealed=False)
                number = file_number_of(loaded.events)
                found.append(
                    Expired(
                        row.number,
                        str(number) if number is not None else "",
                        masked.message.title,
                        loaded.case.retention,
                        closed,
                        until,
                    )
                )
    return sorted(found, key=lambda one: (one.until, parse_register_number(one.number)))
