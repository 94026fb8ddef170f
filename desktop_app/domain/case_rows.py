"""The flat row of a case: what a list, a ledger or a calendar shows without opening the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CaseRow:
    """The projection of a case's events, kept in step with them in the same transaction.

    `due_from` is `receipt`, `dispatch` (按交办日预计) or None; `provisional` is 暂定（放假安排未发布）.
    `awaiting_reply`: a clock runs and no reply is in; with `due` it tells overdue on any day.
    `was_overdue` is 曾逾期 as far as recorded facts tell (a reply after due, an extension asked for after due);
    that the clock has run out since is told by `due` and today. Dates are those of the facts.
    """

    number: str
    year: int
    serial: int
    regulation: str
    status: str
    title: str
    received: date
    source: str
    is_open: bool
    board_number: str = ""
    board: str = ""
    domain: str = ""
    category: str = ""
    urgency: str = ""
    topic: str = ""
    lead: str = ""
    supporting: tuple[str, ...] = ()
    due: date | None = None
    reminder: date | None = None
    provisional: bool = False
    due_from: str | None = None
    awaiting_reply: bool = False
    was_overdue: bool = False
    dispatched: date | None = None
    taken: date | None = None
    replied: date | None = None
    published: date | None = None
    private: bool = False
    closed: date | None = None
    archived: date | None = None
    voided: bool = False
    batch: int | None = None
