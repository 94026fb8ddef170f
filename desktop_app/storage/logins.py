"""The users' own accounts of an office's database: on a server those of `server_accounts`, and none in a file."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Protocol

from desktop_app.domain.users import Role

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from desktop_app.storage.keyring import Login


class Logins(Protocol):
    """The users' own accounts of the database, within one transaction."""

    @property
    def kept(self) -> bool:
        """Whether the office has such; where not, nothing is to be done."""

    def make(self, roles: Collection[Role]) -> Login:
        """A new account in the groups of these roles."""

    def renew(self, account: str) -> Login:
        """Another password for an account."""

    def regroup(self, account: str, roles: Collection[Role]) -> None:
        """An account belongs to the groups of these roles, and to no others."""

    def drop(self, account: str) -> None:
        """An account is no more; one that is not there is none to drop."""


class NoLogins:
    """A file has no accounts."""

    kept = False

    def make(self, roles: Collection[Role]) -> Login:
        raise NotImplementedError

    def renew(self, account: str) -> Login:
        raise NotImplementedError

    def regroup(self, account: str, roles: Collection[Role]) -> None:
        raise NotImplementedError

    def drop(self, account: str) -> None:
        raise NotImplementedError


def logins_of(connection: Connection) -> Logins:
    """Those of the office that `connection` leads to, within its transaction."""
    if connection.dialect.name != "postgresql":
        return NoLogins()
    from desktop_app.storage.server_accounts import ServerLogins

    driver: Any = connection.connection.driver_connection
    return ServerLogins(driver)
