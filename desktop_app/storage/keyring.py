"""The keyring: one random data key, opened by each user's password, and by two recovery codes together.

`keyring.json` lies beside the database, on a server in a row (`shelves`); `key_wrapping` says how it keeps the key.
Failed attempts, the wait they bring, and whether a password is to be changed stand there too, since they are asked
for before anything is open. This module imports neither SQLAlchemy nor SQLCipher: the log-in window needs it at once.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from desktop_app.errors import StorageProblem
from desktop_app.storage.key_wrapping import (
    DATA_KEY_BYTES,
    STANDARD,
    Cost,
    Wrapping,
    is_vouched,
    seal_further,
    sealed_anew,
    stretch_for_nothing,
    unwrap,
    wrap,
)
from desktop_app.storage.shelves import Shelf, shelf_of

KEYRING_FILE = "keyring.json"

_VERSION = 2
CODES = ""
"""The name, which no user has, of what the two recovery codes open."""
_FREE_ATTEMPTS = 5
_FIRST_WAIT = 30.0
_LONGEST_WAIT = 900.0
"""Seconds: guessing becomes slow, and whoever forgot and remembered waits a quarter of an hour at most."""
_CALLED = "密码文件"


@dataclass(frozen=True, slots=True)
class PasswordState:
    """What is known of a password without it. `changed` is when it was set (ISO; empty where an older program did),
    `handed_over` that somebody else chose it, so that its owner is to choose another."""

    changed: str = ""
    handed_over: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name in the keyring; times in seconds since 1970, `waits_from` and `locked_until` by the clock of the PC."""

    wrapping: Wrapping
    state: PasswordState = PasswordState()
    account: str = ""
    login: str = ""
    """The user's own account on the server, and its password, sealed; empty where the office has no such accounts."""
    failures: int = 0
    waits_from: float = 0.0
    locked_until: float = 0.0


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


Place = Path | Shelf
"""The office's folder, or the shelf itself: one within a transaction, so that key ring and rows change together."""

_Entries = dict[str, _Entry]


def create_keyring(
    folder: Path, user: str, password: str, *, changed: str = "", cost: Cost = STANDARD
) -> bytes:
    """A new data key with its first user; StorageProblem ``office_exists`` where there is a keyring already."""
    data_key = secrets.token_bytes(DATA_KEY_BYTES)
    shelf = shelf_of(folder)
    shelf.prepare()
    with shelf.locked(KEYRING_FILE, _CALLED):
        if shelf.read(KEYRING_FILE) is not None:
            raise StorageProblem(
                "office_exists", f"此处已有数据：{shelf.place}。", "请换一个空的地方，或直接登录。"
            )
        first = _Entry(wrap(data_key, user, password, cost), PasswordState(changed))
        _write(shelf, {user: first})
    return data_key


def unlock(folder: Path, user: str, password: str, *, now: float | None = None) -> bytes:
    """The data key, where the password is right. Raises as `open_ring`."""
    return open_ring(folder, user, password, now=now).data_key


def open_ring(folder: Path, user: str, password: str, *, now: float | None = None) -> Unlocked:
    """What the password opens, where it is right.

    StorageProblem ``wrong_password`` for an unknown user too, after the same time; ``account_locked`` while an
    account waits, which it does from the fifth failure on, twice as long each time up to a quarter of an hour.
    """
    entry = _read(folder).get(user) if user != CODES else None
    if entry is None:
        stretch_for_nothing(password)
        raise _wrong_password(0.0)
    unlocked = _opened(folder, user, entry, password, now)
    if unlocked is None:
        raise _wrong_password(_count_failure(folder, user, _moment(now)))
    if not entry.wrapping.public:
        # Read-only, or busy: it opens all the same, and is brought up to date another time.
        with suppress(StorageProblem):
            _bring_up_to_date(folder, unlocked.data_key, user, password)
    return unlocked


def add_user(
    place: Place,
    data_key: bytes,
    user: str,
    password: str,
    state: PasswordState = PasswordState(),
    *,
    cost: Cost = STANDARD,
) -> None:
    """Gives `user` a password of its own; whoever holds the data key may. ValueError where there is one already."""
    with _changing(place) as entries:
        if user in entries:
            raise ValueError(f"{user} is in the keyring already")
        entries[user] = _Entry(wrap(data_key, user, password, cost), state)


def change_password(
    place: Place,
    data_key: bytes,
    user: str,
    password: str,
    state: PasswordState = PasswordState(),
    *,
    cost: Cost = STANDARD,
) -> None:
    """Puts a new password in the place of the old one, and frees a locked account. LookupError: no such user."""
    with _changing(place) as entries:
        if user not in entries:
            raise LookupError(user)
        entries[user] = _Entry(wrap(data_key, user, password, cost), state)


def remove_user(place: Place, user: str) -> None:
    """From now on that password opens nothing; a name that is not there is none to remove."""
    with _changing(place) as entries:
        entries.pop(user, None)


def set_login(place: Place, user: str, login: Login) -> None:
    """Gives a user the account of the server that is his own; only his password shows it. LookupError: no such user;
    ValueError: whose password an older program set."""
    with _changing(place) as entries:
        entry = entries.get(user)
        if entry is None:
            raise LookupError(user)
        if not entry.wrapping.public:
            raise ValueError(user)
        sealed = seal_further(entry.wrapping, user, login.password.encode())
        entries[user] = replace(entry, account=login.account, login=sealed)


def may_have_login(place: Place, user: str) -> bool:
    """Whether `set_login` can seal one for that user: not for whom an older program set a password, nor for nobody."""
    entry = _read_from(_shelf(place)).get(user)
    return entry is not None and bool(entry.wrapping.public)


def account_of(place: Place, user: str) -> str:
    """The user's own account on the server; empty where there is none."""
    entry = _read_from(_shelf(place)).get(user)
    return entry.account if entry is not None else ""


def unlock_account(place: Place, user: str) -> None:
    """Forgets a user's failed attempts. LookupError: no such user."""
    _note(place, user, 0, 0.0, 0.0)


def password_state(folder: Path, user: str) -> PasswordState:
    """Of a user's password; of none where the user has no password."""
    entry = _read(folder).get(user)
    return entry.state if entry is not None else PasswordState()


def waiting(folder: Path, *, now: float | None = None) -> dict[str, float]:
    """Who has to wait after wrong passwords, and for how many seconds yet."""
    moment = _moment(now)
    return {
        user: min(entry.locked_until - moment, _LONGEST_WAIT)
        for user, entry in _read(folder).items()
        if user != CODES and entry.locked_until > moment
    }


def discard(folder: Path) -> None:
    """Takes back the key ring of an office that could not be made; without its database it opens nothing."""
    shelf_of(folder).remove(KEYRING_FILE)


# ------------------------------------------------------------------ two recovery codes


def set_codes(
    place: Place, data_key: bytes, codes: Sequence[str], made: str, *, cost: Cost = STANDARD
) -> None:
    """From now on these two codes open the office together, and no others."""
    with _changing(place) as entries:
        entries[CODES] = _Entry(wrap(data_key, CODES, " ".join(codes), cost), PasswordState(made))


def codes_made(folder: Path) -> str:
    """When the recovery codes were made; empty where there are none."""
    entry = _read(folder).get(CODES)
    return entry.state.changed if entry is not None else ""


def unlock_by_codes(folder: Path, codes: Sequence[str], *, now: float | None = None) -> bytes:
    """The data key by both codes. Raises as `open_by_codes`."""
    return open_by_codes(folder, codes, now=now).data_key


def open_by_codes(folder: Path, codes: Sequence[str], *, now: float | None = None) -> Unlocked:
    """What both codes open. StorageProblem ``wrong_password``, ``account_locked`` as for a password."""
    entry = _read(folder).get(CODES)
    if entry is None:
        raise StorageProblem(
            "wrong_password",
            "这里没有可用的两人恢复码：没有制作过，或者已经用过一次。",
            "请找还记得密码的安全保密员；都忘了，就只能恢复还记得密码那天的备份。",
        )
    unlocked = _opened(folder, CODES, entry, " ".join(codes), now)
    if unlocked is None:
        wait = _count_failure(folder, CODES, _moment(now))
        after = f"请在 {_in_words(wait)}后再试。" if wait else "请核对是不是最近一次制作的两份。"
        raise StorageProblem("wrong_password", "两份恢复码不对。", after)
    return unlocked


def set_password_by_codes(
    place: Place, data_key: bytes, user: str, password: str, changed: str, *, cost: Cost = STANDARD
) -> None:
    """A new password for `user`; the codes are used up with it."""
    with _changing(place) as entries:
        entries.pop(CODES, None)
        entries[user] = _Entry(wrap(data_key, user, password, cost), PasswordState(changed))


# ------------------------------------------------------------------ another data key


def cannot_follow(folder: Path, data_key: bytes, users: Collection[str]) -> list[str]:
    """Those of these users to whom another data key can't be given without their password: an older program wrapped
    it, or somebody without the key put them there."""
    entries = _read(folder)
    return [
        user for user in users if user in entries and not is_vouched(entries[user].wrapping, data_key, user)
    ]


def write_renewed(folder: Path, target: Path, old_key: bytes, new_key: bytes, users: Collection[str]) -> None:
    """The keyring for another data key, into the folder `target`: the same passwords and codes, of these users only."""
    entries = {
        user: replace(entry, wrapping=sealed_anew(entry.wrapping, new_key, user))
        for user, entry in _read(folder).items()
        if (user in users or user == CODES) and is_vouched(entry.wrapping, old_key, user)
    }
    _write(shelf_of(target), entries)


# ------------------------------------------------------------------ within


def _moment(now: float | None) -> float:
    return time.time() if now is None else now


def _opened(folder: Path, name: str, entry: _Entry, secret: str, now: float | None) -> Unlocked | None:
    """What it opens where nobody waits and the secret is right; None for a wrong one."""
    _refuse_while_locked(folder, name, entry, _moment(now))
    try:
        opened = unwrap(entry.wrapping, name, secret, entry.login)
        login = Login(entry.account, opened[1].decode()) if opened is not None and opened[1] else None
    except ValueError as error:
        raise _damaged(shelf_of(folder)) from error
    if opened is not None and entry.failures:
        _note(folder, name, 0, 0.0, 0.0)
    return None if opened is None else Unlocked(opened[0], login)


def _bring_up_to_date(folder: Path, data_key: bytes, user: str, password: str) -> None:
    """A key wrapped by an older program, the same way as all others: only now is the password at hand."""
    with _changing(folder) as entries:
        entry = entries.get(user)
        if entry is not None and not entry.wrapping.public:
            kept = entry.wrapping
            cost = Cost(kept.time, kept.memory_kib, kept.lanes)
            entries[user] = replace(entry, wrapping=wrap(data_key, user, password, cost))


def _refuse_while_locked(folder: Path, name: str, entry: _Entry, moment: float) -> None:
    until = entry.locked_until
    if not until:
        return
    wait = min(until - entry.waits_from, _LONGEST_WAIT)
    if moment < entry.waits_from or until - moment > _LONGEST_WAIT:
        # The clock was set back: the same wait anew, by the clock as it is now, so that it comes to an end.
        until = moment + wait
        _note(folder, name, entry.failures, moment, until)
    if until > moment:
        raise StorageProblem(
            "account_locked",
            f"密码连续输错 {entry.failures} 次，请在 {_in_words(until - moment)}后再试。",
            "等候后可再试；安全保密员（未分设三员的，系统管理员）也可用“解除锁定”立即放开。",
        )


def _count_failure(folder: Path, name: str, moment: float) -> float:
    """Notes one failure more, whoever else notes one at the same time; returns the wait it brings, in seconds."""
    with _changing(folder) as entries:
        if name not in entries:
            return 0.0
        failures = entries[name].failures + 1
        beyond = failures - _FREE_ATTEMPTS
        wait = min(_FIRST_WAIT * 2.0 ** min(beyond, 10), _LONGEST_WAIT) if beyond >= 0 else 0.0
        entries[name] = _waiting(entries[name], failures, moment, moment + wait if wait else 0.0)
    return wait


def _note(place: Place, name: str, failures: int, since: float, until: float) -> None:
    with _changing(place) as entries:
        if name not in entries:
            raise LookupError(name)
        entries[name] = _waiting(entries[name], failures, since, until)


def _waiting(entry: _Entry, failures: int, since: float, until: float) -> _Entry:
    return replace(entry, failures=failures, waits_from=since, locked_until=until)


def _wrong_password(wait: float) -> StorageProblem:
    after = f"请在 {_in_words(wait)}后再试。" if wait else "请检查大小写和输入法后再试。"
    return StorageProblem("wrong_password", "用户名或密码不对。", after)


def _in_words(seconds: float) -> str:
    whole = int(seconds) + 1 if seconds != int(seconds) else int(seconds)
    return f"{whole} 秒" if whole < 60 else f"{-(-whole // 60)} 分钟"


@contextmanager
def _changing(place: Place) -> Iterator[_Entries]:
    """The entries, to be changed and then written whole; one writer at a time, over all processes."""
    shelf = _shelf(place)
    with shelf.locked(KEYRING_FILE, _CALLED):
        entries = _read_from(shelf)
        yield entries
        _write(shelf, entries)


def _shelf(place: Place) -> Shelf:
    return shelf_of(place) if isinstance(place, Path) else place


def _read(folder: Path) -> _Entries:
    return _read_from(shelf_of(folder))


def _read_from(shelf: Shelf) -> _Entries:
    content = shelf.read(KEYRING_FILE)
    if content is None:
        raise StorageProblem(
            "no_office", f"此处没有数据：{shelf.place}。", "请核对数据文件夹，或先用 init 建立单位数据。"
        )
    try:
        told: Any = json.loads(content)
        if told["version"] > _VERSION:
            raise StorageProblem("newer_schema", "密码文件由更新版本的程序写入。", "请改用新版本的程序打开。")
        entries = {user: _entry(one) for user, one in told["users"].items()}
        codes = told.get("recovery")
        return entries if codes is None else {**entries, CODES: _entry(codes)}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(shelf) from error


def _damaged(shelf: Shelf) -> StorageProblem:
    return StorageProblem(
        "damaged", f"密码文件读不出来：{shelf.where(KEYRING_FILE)}。", "请从最近的备份取回 keyring.json。"
    )


_WRAPPING = tuple(one.name for one in fields(Wrapping))


def _entry(told: Mapping[str, Any]) -> _Entry:
    return _Entry(
        Wrapping(**{name: told[name] for name in _WRAPPING if name in told}),
        PasswordState(told.get("changed", ""), bool(told.get("handed_over", False))),
        told.get("account", ""),
        told.get("login", ""),
        told.get("failures", 0),
        told.get("waits_from", 0.0),
        told.get("locked_until", 0.0),
    )


def _told(entry: _Entry) -> dict[str, Any]:
    counted = {one: getattr(entry, one) for one in ("failures", "waits_from", "locked_until")}
    login = {"account": entry.account, "login": entry.login} if entry.login else {}
    return {**asdict(entry.wrapping), **asdict(entry.state), **login, **counted}


def _write(shelf: Shelf, entries: Mapping[str, _Entry]) -> None:
    told: dict[str, Any] = {
        "version": _VERSION,
        "users": {user: _told(entry) for user, entry in entries.items() if user != CODES},
    }
    if CODES in entries:
        told["recovery"] = _told(entries[CODES])
    shelf.write(KEYRING_FILE, json.dumps(told, ensure_ascii=False, indent=1).encode())
