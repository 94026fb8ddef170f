"""The office's users and their roles; their passwords are the keyring's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select

from desktop_app.domain.users import Role, User
from desktop_app.storage.tables import users

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_COLUMNS = (users.c.name, users.c.roles, users.c.display_name, users.c.active, users.c.created)
_GET = select(*_COLUMNS).where(users.c.name == bindparam("wanted"))
_ALL = select(*_COLUMNS).order_by(users.c.created, users.c.name)
_DROP = delete(users).where(users.c.name == bindparam("wanted"))


class Users:
    """Who may work here."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> User | None:
        """The user of that name."""
        row = self._connection.execute(_GET, {"wanted": name}).first()
        return None if row is None else _to_user(row)

    def all(self) -> list[User]:
        """Every user, inactive ones too, the first entered first."""
        return [_to_user(row) for row in self._connection.execute(_ALL)]

    def put(self, user: User) -> None:
        """Adds `user`, or puts it in the place of the one of that name."""
        self._connection.execute(_DROP, {"wanted": user.name})
        self._connection.execute(
            insert(users),
            {
                "name": user.name,
                "roles": ",".join(role for role in Role if role in user.roles),
                "display_name": user.display_name,
                "active": user.active,
                "created": user.created,
            },
        )


def _to_user(row: Sequence[Any]) -> User:
    name, roles, display_name, active, created = row
    held = frozenset(Role(role) for role in roles.split(",") if role)
    return User(name, held, display_name, bool(active), created)
