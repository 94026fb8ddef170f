"""Finding another case that a step is to name: by its number, by words of it, or because it looks alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.likeness import Likeness, differing_words
from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.privacy import masked_text
from desktop_app.domain.repeats import keys_of
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services.case_loading import find_row
from desktop_app.services.near_repeats import near_of
from desktop_app.services.searching import as_may_be_asked
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
        query = as_may_be_asked(session, work, CaseQuery(text=wanted, descending=True))
        found = work.cases.piece(query, None, MOST_SHOWN + 2)
        rows += [row for row in found.rows if named is None or row.number != named.number]
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


@dataclass(frozen=True, slots=True)
class AlikeCase(FoundCase):
    """A case that another looks like: `why` for people, `suspected` as at import, `differs` where they part, masked."""

    why: str = ""
    suspected: bool = False
    differs: str = ""


def alike_cases(session: Session, number: str) -> tuple[AlikeCase, ...]:
    """Other cases about the same matter, as far as their messages tell (X 第四条, T 第五条), the likest first."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        alike = keys_of(work.messages.get(number)).alike
        found = work.content_index.by_likeness(alike)
        numbers = dict.fromkeys(one for key in alike for one in found.get(key, ()) if one != number)
        near = near_of(work, number, tuple(numbers))
        rows = {one.number: one for one in _standing(work, (near_one.number for near_one in near))}
        shown = [one for one in near if one.number in rows][:MOST_SHOWN]
        messages = work.messages.get_many([number, *(one.number for one in shown)])
        return tuple(
            _alike(rows[one.number], one.likeness, messages[one.number], messages[number]) for one in shown
        )


def _standing(work: Work, numbers: Iterable[str]) -> list[CaseRow]:
    rows = (work.cases.get(one) for one in numbers)
    return [row for row in rows if row is not None and not row.voided]


def _alike(row: CaseRow, likeness: Likeness, message: Message, mine: Message) -> AlikeCase:
    seen = _found(row, message.citizen)
    differs = ""
    if likeness.suspected:
        texts = masked_text(message.text, message.citizen), masked_text(mine.text, mine.citizen)
        differs = differing_words(*texts)
    return AlikeCase(
        *(seen.number, seen.title, seen.status, seen.received, seen.lead),
        why=likeness.words,
        suspected=likeness.suspected,
        differs=differs,
    )


def _shown(work: Work, rows: Sequence[CaseRow]) -> tuple[FoundCase, ...]:
    shown = rows[:MOST_SHOWN]
    messages = work.messages.get_many([row.number for row in shown])
    return tuple(_found(row, messages[row.number].citizen) for row in shown)


def _found(row: CaseRow, citizen: Citizen) -> FoundCase:
    title = " ".join(masked_text(row.title, citizen).split()) or "（无标题）"
    return FoundCase(row.number, title, row.status, row.received, row.lead)
