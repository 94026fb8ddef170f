"""What a user has typed into a form and not yet saved."""

from __future__ import annotations

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
)
_GET = select(drafts.c.text).where(*_HERE)
_DROP = delete(drafts).where(*_HERE)


_NO_CASE = 0


class Drafts:
    """One draft a user, case and action: JSON text that only the form reads. An empty number stands for no case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, user: str, number: str, action: str) -> str | None:
        """What was typed, or None."""
        text: str | None = self._connection.execute(_GET, _place(user, number, action)).scalar()
        return text

    def places(self, user: str) -> list[tuple[str, str]]:
        """Number of the case and action of each draft of that user; an empty number for those of no case."""
        rows = self._connection.execute(
            select(drafts.c.case_id, drafts.c.action)
            .where(drafts.c.user == user)
            .order_by(drafts.c.case_id, drafts.c.action)
        )
        return [(number_of(case) if case else "", action) for case, action in rows]

    def put(self, user: str, number: str, action: str, text: str) -> None:
        """Keeps what is typed now, in the place of what was."""
        self.drop(user, number, action)
        self._connection.execute(
            insert(drafts), {"user": user, "case_id": _case(number), "action": action, "text": text}
        )

    def drop(self, user: str, number: str, action: str) -> None:
        """Forgets what was typed, as after the act."""
        self._connection.execute(_DROP, _place(user, number, action))


def _place(user: str, number: str, action: str) -> dict[str, Any]:
    return {"of_user": user, "of_case": _case(number), "of_action": action}


def _case(number: str) -> int:
    return id_of(number) if number else _NO_CASE
