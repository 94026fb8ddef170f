"""Cases for the lists beside the calendar: those of one day, and what is open today, masked as in the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.users import Role
from desktop_app.services import regulations
from desktop_app.services.queries import Listed, TodoItem, listed_row, todo
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """All cases on which one thing is to be done today by one clause. `cases` are the first of `total`.

    `trigger` is the name of the rule that brought them here (`open_items.TRIGGERS`).
    """

    kind: str
    trigger: str
    clause: str | None
    blocking: bool
    total: int
    cases: tuple[Listed, ...]


def listed(session: Session, rows: Sequence[CaseRow]) -> tuple[Listed, ...]:
    """Rows as they may be shown: titles masked, overdue counted for today."""
    session.require(Role.OPERATOR, Role.REVIEWER, Role.VIEWER)
    with session.read() as work:
        messages = work.messages.get_many([row.number for row in rows])
    return tuple(listed_row(row, messages.get(row.number), session) for row in rows)


def open_groups(session: Session, most: int = 100) -> tuple[OpenGroup, ...]:
    """What is open today by kind, in the order of the regulations, with at most `most` cases each."""
    groups: dict[tuple[str, str, str | None], list[TodoItem]] = {}
    for entry in todo(session):
        rules = {rule.kind: rule for rule in regulations.load(entry.row.regulation).open_items}
        key = (entry.item.kind, rules[entry.item.kind].trigger, entry.item.clause)
        groups.setdefault(key, []).append(entry)
    return tuple(
        OpenGroup(
            kind=kind,
            trigger=trigger,
            clause=clause,
            blocking=any(one.item.blocking for one in entries),
            total=len(entries),
            cases=listed(session, [one.row for one in entries[:most]]),
        )
        for (kind, trigger, clause), entries in groups.items()
    )
