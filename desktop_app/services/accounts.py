"""The users of an office: who may enter, as what, and with which password. Each change is an entry of the journal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop_app.domain.passwords import check_password
from desktop_app.domain.rights import Right, check_combination, check_kept, posts_lacking, separated
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import access_rules, server_logins
from desktop_app.services.edited_meanwhile import Edited, merged
from desktop_app.services.journaling import note
from desktop_app.services.session import Session
from desktop_app.services.settings_keys import ROLES_SEPARATED, USERS_EDITION

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class Account:
    """A user, and how it stands with the password: `waits` seconds after wrong ones, `handed_over` by somebody else."""

    user: User
    waits: float
    handed_over: bool


def list_users(session: Session) -> list[User]:
    """Everybody, those who have left too."""
    with session.read() as work:
        return work.users.all()


def list_accounts(session: Session) -> list[Account]:
    """Everybody, with what the keyring knows of the password."""
    from desktop_app.storage import keyring, wrong_passwords

    waiting = wrong_passwords.waiting(session.folder)
    return [
        Account(
            user,
            waiting.get(user.name, 0.0),
            keyring.password_state(session.folder, user.name).handed_over,
        )
        for user in list_users(session)
    ]


def still_here(session: Session) -> bool:
    """Whether the user may still be here; what the user may do is what it is by now."""
    with session.read() as work:
        session.look_again(work)
    return session.user.active


# ------------------------------------------------------------------ coming and going


def add_user(
    session: Session, name: str, roles: Collection[Role], password: str, handed_over: bool = False
) -> User:
    """A further user. Refusal `unknown_value` for a taken name, `missing_key` for no role, `weak_password`.

    Once the three posts are apart, whoever keeps the accounts gives no roles. `handed_over`: the window asks for
    another password when the user first comes.
    """
    from desktop_app.storage import keyring, keyring_entries

    session.require(Right.KEEP_ACCOUNTS)
    name = name.strip()
    _check_given(session, roles)
    if not name:
        raise Refusal("missing_key", "用户要有名字。")
    user = User(name, frozenset(roles), created=session.clock.now())
    with session.change() as work:
        check_password(name, password, access_rules.rules_in(work).shortest)
        if work.users.get(name) is not None:
            raise Refusal("unknown_value", f"已经有名为“{name}”的用户。")
        work.users.put(user)
        note(session, work, "add-user", {"user": name, "roles": _in_one(user.roles)})
        _users_changed(session, work)
        state = keyring_entries.PasswordState(session.clock.now(), handed_over)
        # An entry that a crash left behind belongs to nobody.
        keyring.remove_user(work.shelf, name)
        keyring.add_user(work.shelf, session.database.key, name, password, state)
        server_logins.give(work, user, session.separation)
    return user


def remove_user(session: Session, name: str) -> User:
    """The user can enter no more; what was entered in that name stays. Roles go; the name is not given again."""
    from desktop_app.storage import keyring

    session.require(Right.KEEP_ACCOUNTS)
    if name == session.user.name:
        raise Refusal("not_allowed_for_role", "不能停用自己。", None, "请由另一名系统管理员办理。")
    with session.change() as work:
        user = _known_user(work, name)
        if not user.active:
            raise Refusal("unknown_value", f"“{name}”已经停用。")
        removed = replace(user, active=False, roles=frozenset())
        check_kept(_with(work, removed), session.separation)
        work.users.put(removed)
        note(session, work, "remove-user", {"user": name, "roles": _in_one(user.roles)})
        _users_changed(session, work)
        server_logins.take(work, name)
        keyring.remove_user(work.shelf, name)
    return removed


def readmit_user(session: Session, name: str, password: str, roles: Collection[Role] = ()) -> User:
    """One who had left may enter again, with a new password, and roles where whoever readmits may give them."""
    from desktop_app.storage import keyring, keyring_entries

    session.require(Right.KEEP_ACCOUNTS)
    _check_given(session, roles)
    with session.change() as work:
        check_password(name, password, access_rules.rules_in(work).shortest)
        user = _known_user(work, name)
        if user.active:
            raise Refusal("unknown_value", f"“{name}”没有停用。")
        readmitted = replace(user, active=True, roles=frozenset(roles))
        work.users.put(readmitted)
        note(session, work, "readmit-user", {"user": name, "roles": _in_one(readmitted.roles)})
        _users_changed(session, work)
        server_logins.take(work, name)
        keyring.remove_user(work.shelf, name)
        state = keyring_entries.PasswordState(session.clock.now(), handed_over=True)
        keyring.add_user(work.shelf, session.database.key, name, password, state)
        server_logins.give(work, readmitted, session.separation)
    return readmitted


def _check_given(session: Session, roles: Collection[Role]) -> None:
    """Roles go with the account only where one person may give both."""
    if roles:
        session.require(Right.GRANT_ROLES)
        check_combination(roles, session.separation)
    elif session.may(Right.GRANT_ROLES):
        raise Refusal("missing_key", "用户至少要有一个角色。")


# ------------------------------------------------------------------ roles


def set_roles(
    session: Session, name: str, roles: Collection[Role], shown: Collection[Role] | None = None
) -> User:
    """Give a user other roles. Refusal `not_allowed_for_role` for oneself or an unlawful combination once posts are
    separated, and where a post would have nobody left; `EditedMeanwhile` where somebody else has given others since
    `shown`."""
    session.require(Right.GRANT_ROLES)
    with session.change() as work:
        user = _known_user(work, name)
        if session.separation and name == session.user.name:
            raise Refusal("not_allowed_for_role", "岗位已经分设，不能改自己的角色。")
        if not user.active:
            raise Refusal("unknown_value", f"“{name}”已经停用。", None, "请先由系统管理员恢复这个用户。")
        if shown is not None:
            given = [{"roles": _labels(one)} for one in (user.roles, shown, roles)]
            merged(session, work, _roles_of(name), *given)
        check_combination(roles, session.separation)
        changed = replace(user, roles=frozenset(roles))
        check_kept(_with(work, changed), session.separation)
        work.users.put(changed)
        note(session, work, "set-roles", {"user": name, "roles": _in_one(changed.roles)})
        _users_changed(session, work)
        server_logins.regroup(work, [changed], session.separation)
    _see_to_self(session, changed)
    return changed


def separate_roles(session: Session) -> list[User]:
    """Set the posts apart for good, as far as there are people for it (`domain.rights.separated`)."""
    session.require(Right.GRANT_ROLES)
    with session.change() as work:
        users, separation = separated(work.users.all())
        for user in users:
            work.users.put(user)
        work.settings.put(ROLES_SEPARATED, separation)
        note(session, work, "separate-roles", {"posts": "no" if lacking_of(users) else "yes"})
        _users_changed(session, work)
        # Whoever does it comes last: what he was until now, he must be until then.
        own_last = sorted(users, key=lambda one: one.name == session.user.name)
        server_logins.regroup(work, own_last, separation)
    with session.read() as work:
        session.look_again(work)
    return users


def lacking_of(users: Collection[User]) -> tuple[Role, ...]:
    """The posts that nobody holds alone yet, so that the three are not apart."""
    return posts_lacking(users)


# ------------------------------------------------------------------ passwords


def change_password(session: Session, name: str, password: str) -> None:
    """A user changes the own password; who keeps the passwords anybody's, who is then asked for another."""
    from desktop_app.storage import keyring, keyring_entries

    own = name == session.user.name
    if not own:
        session.require(Right.KEEP_PASSWORDS)
    with session.change() as work:
        check_password(name, password, access_rules.rules_in(work).shortest)
        if not _known_user(work, name).active:
            raise Refusal("unknown_value", f"“{name}”已经停用，没有密码可改。")
        note(session, work, "change-password", {"user": name})
        state = keyring_entries.PasswordState(session.clock.now(), handed_over=not own)
        account = server_logins.known(work, name)
        keyring.change_password(work.shelf, session.database.key, name, password, state)
        login = server_logins.renew(work, name, account)
    if own and login is not None:
        session.database.renew_login(login)


def change_own_password(session: Session, old: str, new: str) -> None:
    """From the window: whoever finds it open must not take it over. StorageProblem `wrong_password`."""
    from desktop_app.storage import keyring

    if new == old:
        raise Refusal("weak_password", "新密码和原来的一样。")
    keyring.unlock(session.folder, session.user.name, old)
    change_password(session, session.user.name, new)


def password_is_due(session: Session) -> str:
    """In a sentence, why the user is to choose another password before working; empty where nothing asks for it."""
    from desktop_app.storage import keyring

    state = keyring.password_state(session.folder, session.user.name)
    if state.handed_over:
        return "现在的密码是别人替您设的，请换成只有您知道的。"
    if not session.clock.practice and access_rules.rules(session).is_expired(state.changed, session.today):
        return "密码已到使用期限，请换一个。"
    return ""


def unlock_user(session: Session, name: str) -> None:
    """Lift the lock that wrong passwords brought about."""
    from desktop_app.storage import wrong_passwords

    session.require(Right.KEEP_PASSWORDS)
    with session.change() as work:
        if not _known_user(work, name).active:
            raise Refusal("unknown_value", f"“{name}”已经停用。")
        note(session, work, "unlock-user", {"user": name})
        wrong_passwords.unlock_account(work.shelf, name)


# ------------------------------------------------------------------ within


def _known_user(work: Work, name: str) -> User:
    user = work.users.get(name)
    if user is None:
        raise Refusal("unknown_value", f"没有名为“{name}”的用户。")
    return user


def _with(work: Work, changed: User) -> list[User]:
    return [changed if user.name == changed.name else user for user in work.users.all()]


def _roles_of(name: str) -> Edited:
    return Edited(
        f"“{name}”的角色", {"roles": "角色"}, "set-roles", lambda event: event.keys.get("user") == name
    )


def read_roles(kept: Mapping[str, str]) -> frozenset[Role]:
    """The roles that a refusal (`EditedMeanwhile.known`) tells of."""
    return frozenset(role for role in Role if role.label in kept["roles"].split("、"))


def _labels(roles: Collection[Role]) -> str:
    return "、".join(role.label for role in Role if role in roles)


def _in_one(roles: Collection[Role]) -> str:
    return ",".join(sorted(roles))


def _users_changed(session: Session, work: Work) -> None:
    """Other seats see by the edition that they must look again who may do what."""
    edition = str(int(work.settings.get(USERS_EDITION) or 0) + 1)
    work.settings.put(USERS_EDITION, edition)
    session.users_edition = edition


def _see_to_self(session: Session, changed: User) -> None:
    if changed.name == session.user.name:
        session.user = changed
