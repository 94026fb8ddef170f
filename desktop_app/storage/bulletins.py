"""Issued bulletins: figures as they were told, never changed (triggers see to it as well)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select

from desktop_app.domain.bulletin_records import IssuedBulletin
from desktop_app.storage.tables import bulletins

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_HEADS = [
    *(bulletins.c.id, bulletins.c.period_from, bulletins.c.period_to, bulletins.c.issued_on),
    *(bulletins.c.told_on, bulletins.c.number, bulletins.c.title, bulletins.c.by, bulletins.c.entered),
]
_ALL = select(*_HEADS).order_by(bulletins.c.id.desc())
_ONE = select(*_HEADS, bulletins.c.figures, bulletins.c.counted, bulletins.c.digest).where(
    bulletins.c.id == bindparam("wanted")
)


class Bulletins:
    """The bulletins of the office."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, bulletin: IssuedBulletin) -> None:
        self._connection.execute(
            insert(bulletins),
            {
                "id": bulletin.id,
                "period_from": bulletin.first.isoformat(),
                "period_to": bulletin.last.isoformat(),
                "issued_on": bulletin.issued_on.isoformat(),
                "told_on": bulletin.told_on.isoformat(),
                "number": bulletin.number,
                "title": bulletin.title,
                "by": bulletin.by,
                "entered": bulletin.entered,
                "figures": bulletin.figures,
                "counted": bulletin.counted,
                "digest": bulletin.digest,
            },
        )

    def all(self) -> list[IssuedBulletin]:
        """Every bulletin without its figures, the newest first."""
        return [_to_bulletin(row) for row in self._connection.execute(_ALL)]

    def get(self, bulletin_id: int) -> IssuedBulletin | None:
        """One bulletin with all it tells; None where there is none."""
        row = self._connection.execute(_ONE, {"wanted": bulletin_id}).first()
        return None if row is None else _to_bulletin(row)


def _to_bulletin(row: Any) -> IssuedBulletin:
    bulletin_id, first, last, issued_on, told_on, *rest = row
    day = date.fromisoformat
    return IssuedBulletin(bulletin_id, day(first), day(last), day(issued_on), day(told_on), *rest)
