"""Each user's own account of the database, where an office on a server has such: kept in step with users and roles, in
the same transaction. In a file, and where all go by one account, there is nothing to do."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from desktop_app.domain.rights import Separation
from desktop_app.domain.users import Role, User

if TYPE_CHECKING:
    from desktop_app.services.session import Session
    from desktop_app.storage.keyring import Login
    from desktop_app.storage.work import Work


def roles_on_server(roles: Collection[Role], separation: Separation) -> frozenset[Role]:
    """Those in whose groups a user with these roles is: until the posts are apart 系统管理员 stands for all three."""
    stands_in = Role.ADMINISTRATOR in roles and separation is not Separation.POSTS
    return frozenset(roles) | (frozenset((Role.SECURITY, Role.AUDITOR)) if stands_in else frozenset())


def set_up(session: Session) -> Login | None:
    """Accounts for everybody, where an office has just come to a server; the door's. None where one serves all."""
    from desktop_app.storage import keyring, keyring_entries

    with session.change() as work:
        door = work.found_accounts()
        if door is not None:
            for user in work.users.all():
                if user.active and keyring.may_have_login(work.shelf, user.name):
                    give(work, user, session.separation)
            if keyring.may_have_login(work.shelf, keyring_entries.CODES):
                give_for_codes(work)
    return door


def give(work: Work, user: User, separation: Separation) -> None:
    """A login for a user who has just got a password."""
    from desktop_app.storage import keyring

    if work.logins.kept:
        made = work.logins.make(roles_on_server(user.roles, separation))
        keyring.set_login(work.shelf, user.name, made)


def give_for_codes(work: Work) -> None:
    """The login by which two recovery codes reach the data: it may set passwords, and sees no case."""
    from desktop_app.storage import keyring, keyring_entries

    if work.logins.kept:
        made = work.logins.make((Role.SECURITY,))
        keyring.set_login(work.shelf, keyring_entries.CODES, made)


def take(work: Work, name: str) -> None:
    """The user's login is no more; to be called while the key ring knows it yet."""
    from desktop_app.storage import keyring

    account = keyring.account_of(work.shelf, name) if work.logins.kept else ""
    if account:
        work.logins.drop(account)


def known(work: Work, name: str) -> str:
    """The user's account, to be renewed once the key ring has another password; empty where there is none."""
    from desktop_app.storage import keyring

    return keyring.account_of(work.shelf, name) if work.logins.kept else ""


def renew(work: Work, name: str, account: str) -> Login | None:
    """Another password for the account, which the user's new password opens."""
    from desktop_app.storage import keyring

    if not account:
        return None
    renewed = work.logins.renew(account)
    keyring.set_login(work.shelf, name, renewed)
    return renewed


def regroup(work: Work, users: Iterable[User], separation: Separation) -> None:
    """Each of these users is in the groups of his roles, and in no others."""
    from desktop_app.storage import keyring

    if work.logins.kept:
        for user in users:
            account = keyring.account_of(work.shelf, user.name)
            if account:
                work.logins.regroup(account, roles_on_server(user.roles, separation))
