"""Finding another case that a step is to name: by its number, by words of it, or because it looks alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.messages import Citizen
from desktop_app.domain.privacy import masked_text
from desktop_app.domain.repeats import keys_of
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services.case_loading import find_row
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case by which it can be told from others; its title is masked."""

    number: str
    title: str
    status: str
    received: date
    lead: str


def find_cases(session: Session, words: str, but: str = "") -> tuple[FoundCase, ...]:
    """The case of that number first, then those in which the words stand, the newest first; never `but` itself."""
    session.require(Right.SEE_CASES)
    wanted = words.strip()
    if not wanted:
        return ()
    with session.read() as work:
        named = _named(work, wanted)
        rows = [named] if named is not None else []
        page = work.cases.page(CaseQuery(text=wanted, descending=True), None, MOST_SHOWN + 2)
        rows += [row for row in page.rows if named is None or row.number != named.number]
        return _shown(work, [row for row in rows if row.number != but])


def _named(work: Work, words: str) -> CaseRow | None:
    """By register number, or by the board's own, with ``board:`` before it or without."""
    for name in (words, f"board:{words}"):
        try:
            row = find_row(work, name)
        except Refusal:
            continue
        if not row.voided:
            return row
    return None


def alike_cases(session: Session, number: str) -> tuple[FoundCase, ...]:
    """Other cases whose message has the same words, or the same citizen and title (docs/command-line.md, 导入)."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        alike = keys_of(work.messages.get(number)).alike
        found = work.content_index.by_likeness(alike)
        numbers = dict.fromkeys(one for key in alike for one in found.get(key, ()) if one != number)
        rows = (work.cases.get(one) for one in numbers)
        return _shown(work, [row for row in rows if row is not None and not row.voided])


def _shown(work: Work, rows: Sequence[CaseRow]) -> tuple[FoundCase, ...]:
    shown = rows[:MOST_SHOWN]
    messages = work.messages.get_many([row.number for row in shown])
    return tuple(_found(row, messages[row.number].citizen) for row in shown)


def _found(row: CaseRow, citizen: Citizen) -> FoundCase:
    title = " ".join(masked_text(row.title, citizen).split()) or "（无标题）"
    return FoundCase(row.number, title, row.status, row.received, row.lead)
