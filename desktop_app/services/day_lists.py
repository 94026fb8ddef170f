"""Cases for the list beside the calendar, masked as in the register."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.rights import Right
from desktop_app.services.queries import Listed, listed_row
from desktop_app.services.session import Session


def listed(session: Session, rows: Sequence[CaseRow]) -> tuple[Listed, ...]:
    """Rows as they may be shown: titles masked, overdue counted for today."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        messages = work.messages.get_many([row.number for row in rows])
    return tuple(listed_row(row, messages.get(row.number), session) for row in rows)
