"""What the office has set, as words under a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from desktop_app.storage.tables import settings

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_GET = select(settings.c.value).where(settings.c.key == bindparam("wanted"))
_DROP = delete(settings).where(settings.c.key == bindparam("wanted"))


class Settings:
    """Key and value, both text."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> str | None:
        """The value under `key`, or None where nothing was set."""
        value: str | None = self._connection.execute(_GET, {"wanted": key}).scalar()
        return value

    def put(self, key: str, value: str) -> None:
        """Sets `key` to `value`, whatever stood there."""
        self.drop(key)
        self._connection.execute(insert(settings), {"key": key, "value": value})

    def drop(self, key: str) -> None:
        """Forgets `key`."""
        self._connection.execute(_DROP, {"wanted": key})

    def all(self) -> dict[str, str]:
        """Everything that is set, by key."""
        rows = self._connection.execute(select(settings.c.key, settings.c.value).order_by(settings.c.key))
        return {row[0]: row[1] for row in rows}
