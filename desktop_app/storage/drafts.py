"""What a user has typed into a form and not yet saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select

from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.tables import drafts

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_HERE = (
    drafts.c.user == bindparam("of_user"),
    drafts.c.case_id == bindparam("of_case"),
    drafts.c.action == bindparam("of_action"),
    drafts.c.seat == bindparam("of_seat"),
)
_GET = select(drafts.c.text).where(*_HERE)
_OF_CASE = (
    select(drafts.c.action, drafts.c.seat, drafts.c.text)
    .where(drafts.c.user == bindparam("of_user"), drafts.c.case_id == bindparam("of_case"))
    .order_by(drafts.c.action, drafts.c.seat)
)
_DROP = delete(drafts).where(*_HERE)


_NO_CASE = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed for one action at one seat."""

    action: str
    seat: str
    text: str


class Drafts:
    """One draft a user, case, action and seat: JSON text that only the form reads. An empty number stands for no case.

    Two seats of one user never write over each other; an office in a file has one seat, without a name.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, user: str, number: str, action: str, seat: str = "") -> str | None:
        """What was typed at that seat, or None."""
        text: str | None = self._connection.execute(_GET, _place(user, number, action, seat)).scalar()
        return text

    def of_case(self, user: str, number: str) -> list[Draft]:
        """Everything that user has typed on that case, at whatever seat."""
        rows = self._connection.execute(_OF_CASE, {"of_user": user, "of_case": _case(number)})
        return [Draft(action, seat, text) for action, seat, text in rows]

    def places(self, user: str) -> list[tuple[str, str]]:
        """Number of the case and action of each draft of that user; an empty number for those of no case."""
        rows = self._connection.execute(
            select(drafts.c.case_id, drafts.c.action)
            .distinct()
            .where(drafts.c.user == user)
            .order_by(drafts.c.case_id, drafts.c.action)
        )
        return [(number_of(case) if case else "", action) for case, action in rows]

    def put(self, user: str, number: str, action: str, text: str, seat: str = "") -> None:
        """Keeps what is typed now, in the place of what was typed at that seat."""
        self.drop(user, number, action, seat)
        row = {"user": user, "case_id": _case(number), "action": action, "seat": seat, "text": text}
        self._connection.execute(insert(drafts), row)

    def drop(self, user: str, number: str, action: str, seat: str = "") -> None:
        """Forgets what was typed at that seat, as after the act."""
        self._connection.execute(_DROP, _place(user, number, action, seat))


def _place(user: str, number: str, action: str, seat: str) -> dict[str, Any]:
    return {"of_user": user, "of_case": _case(number), "of_action": action, "of_seat": seat}


def _case(number: str) -> int:
    return id_of(number) if number else _NO_CASE
