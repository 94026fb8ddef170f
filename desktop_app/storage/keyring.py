"""The keyring: one random data key, opened by each user's password, and by two recovery codes together.

How it stands on the disk is `keyring_entries`, how it keeps the key `key_wrapping`; `recovery_codes` are the codes,
`wrong_passwords` the waits. None of these imports SQLAlchemy or SQLCipher: the log-in window needs them at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_app.errors import StorageProblem
from desktop_app.storage.key_wrapping import (
    DATA_KEY_BYTES,
    STANDARD,
    Cost,
    is_vouched,
    seal_further,
    sealed_anew,
    stretch_for_nothing,
    unwrap,
    wrap,
)
from desktop_app.storage.keyring_entries import (
    CODES,
    KEYRING_FILE,
    UNKNOWN,
    Entry,
    PasswordState,
    Place,
    changing,
    create,
    damaged,
    on_shelf,
    read_entries,
    read_from,
    write_entries,
)
from desktop_app.storage.shelves import shelf_of
from desktop_app.storage.wrong_passwords import (
    count_failure,
    in_words,
    moment,
    refuse_while_waiting,
    unlock_account,
)


@dataclass(frozen=True, slots=True)
class Login:
    """A user's own account of the office's database on a server."""

    account: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a password opens: the data key, and the user's own login where the office has such."""

    data_key: bytes = field(repr=False)
    login: Login | None = None


def create_keyring(
    folder: Path, user: str, password: str, *, changed: str = "", cost: Cost = STANDARD
) -> bytes:
    """A new data key with its first user; StorageProblem ``office_exists`` where there is a keyring already."""
    data_key = secrets.token_bytes(DATA_KEY_BYTES)
    create(folder, {user: Entry(wrap(data_key, user, password, cost), PasswordState(changed))})
    return data_key


def unlock(folder: Path, user: str, password: str, *, now: float | None = None) -> bytes:
    """The data key, where the password is right. Raises as `open_ring`."""
    return open_ring(folder, user, password, now=now).data_key


def open_ring(folder: Path, user: str, password: str, *, now: float | None = None) -> Unlocked:
    """What the password opens, where it is right.

    StorageProblem ``wrong_password`` for an unknown user too, after the same time; ``account_locked`` while an
    account waits, which it does from the fifth failure on, twice as long each time up to a quarter of an hour.
    """
    entry = read_entries(folder).get(user) if user != CODES else None
    if entry is None:
        stretch_for_nothing(password)
        raise _wrong_password(0.0)
    unlocked = opened(folder, user, entry, password, now)
    if unlocked is None:
        raise _wrong_password(count_failure(folder, user, moment(now)))
    if not entry.wrapping.public:
        # Read-only, or busy: it opens all the same, and is brought up to date another time.
        with suppress(StorageProblem):
            _bring_up_to_date(folder, unlocked.data_key, user, password)
    return unlocked


def opened(folder: Path, name: str, entry: Entry, secret: str, now: float | None) -> Unlocked | None:
    """What it opens where nobody waits and the secret is right; None for a wrong one."""
    refuse_while_waiting(folder, name, entry, moment(now))
    try:
        found = unwrap(entry.wrapping, name, secret, entry.login)
        login = Login(entry.account, found[1].decode()) if found is not None and found[1] else None
    except ValueError as error:
        raise damaged(shelf_of(folder)) from error
    if found is not None and entry.failures:
        unlock_account(folder, name)
    return None if found is None else Unlocked(found[0], login)


def add_user(
    place: Place,
    data_key: bytes,
    user: str,
    password: str,
    state: PasswordState = UNKNOWN,
    *,
    cost: Cost = STANDARD,
) -> None:
    """Gives `user` a password of its own; whoever holds the data key may. ValueError where there is one already."""
    with changing(place) as entries:
        if user in entries:
            raise ValueError(f"{user} is in the keyring already")
        entries[user] = Entry(wrap(data_key, user, password, cost), state)


def change_password(
    place: Place,
    data_key: bytes,
    user: str,
    password: str,
    state: PasswordState = UNKNOWN,
    *,
    cost: Cost = STANDARD,
) -> None:
    """Puts a new password in the place of the old one, and frees a locked account. LookupError: no such user."""
    with changing(place) as entries:
        if user not in entries:
            raise LookupError(user)
        entries[user] = Entry(wrap(data_key, user, password, cost), state)


def remove_user(place: Place, user: str) -> None:
    """From now on that password opens nothing; a name that is not there is none to remove."""
    with changing(place) as entries:
        entries.pop(user, None)


def set_login(place: Place, user: str, login: Login) -> None:
    """Gives a user the account of the server that is his own; only his password shows it. LookupError: no such user;
    ValueError: whose password an older program set."""
    with changing(place) as entries:
        entry = entries.get(user)
        if entry is None:
            raise LookupError(user)
        if not entry.wrapping.public:
            raise ValueError(user)
        sealed = seal_further(entry.wrapping, user, login.password.encode())
        entries[user] = replace(entry, account=login.account, login=sealed)


def may_have_login(place: Place, user: str) -> bool:
    """Whether `set_login` can seal one for that user: not for whom an older program set a password, nor for nobody."""
    entry = read_from(on_shelf(place)).get(user)
    return entry is not None and bool(entry.wrapping.public)


def account_of(place: Place, user: str) -> str:
    """The user's own account on the server; empty where there is none."""
    entry = read_from(on_shelf(place)).get(user)
    return entry.account if entry is not None else ""


def password_state(folder: Path, user: str) -> PasswordState:
    """Of a user's password; of none where the user has no password."""
    entry = read_entries(folder).get(user)
    return entry.state if entry is not None else UNKNOWN


def discard(folder: Path) -> None:
    """Takes back the key ring of an office that could not be made; without its database it opens nothing."""
    shelf_of(folder).remove(KEYRING_FILE)


# ------------------------------------------------------------------ another data key


def cannot_follow(folder: Path, data_key: bytes, users: Collection[str]) -> list[str]:
    """Those of these users to whom another data key can't be given without their password: an older program wrapped
    it, or somebody without the key put them there."""
    entries = read_entries(folder)
    return [
        user for user in users if user in entries and not is_vouched(entries[user].wrapping, data_key, user)
    ]


def write_renewed(folder: Path, target: Path, old_key: bytes, new_key: bytes, users: Collection[str]) -> None:
    """The keyring for another data key, into the folder `target`: the same passwords and codes, of these users only."""
    entries = {
        user: replace(entry, wrapping=sealed_anew(entry.wrapping, new_key, user))
        for user, entry in read_entries(folder).items()
        if (user in users or user == CODES) and is_vouched(entry.wrapping, old_key, user)
    }
    write_entries(shelf_of(target), entries)


# ------------------------------------------------------------------ within


def _bring_up_to_date(folder: Path, data_key: bytes, user: str, password: str) -> None:
    """A key wrapped by an older program, the same way as all others: only now is the password at hand."""
    with changing(folder) as entries:
        entry = entries.get(user)
        if entry is not None and not entry.wrapping.public:
            kept = entry.wrapping
            cost = Cost(kept.time, kept.memory_kib, kept.lanes)
            entries[user] = replace(entry, wrapping=wrap(data_key, user, password, cost))


def _wrong_password(wait: float) -> StorageProblem:
    after = f"请在 {in_words(wait)}后再试。" if wait else "请检查大小写和输入法后再试。"
    return StorageProblem("wrong_password", "用户名或密码不对。", after)
