"""The keyring: one random data key, wrapped once per user under a key from that user's password.

`keyring.json` lies beside the database. A password is stretched by Argon2id (RFC 9106) into the key that
wraps the data key with AES-256-GCM; a wrong password shows because the wrapping does not open. Nothing here
tells the data key without one of the passwords. This module imports neither SQLAlchemy nor SQLCipher: the
log-in window needs it at once.
"""

from __future__ import annotations

import json
import secrets
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desktop_app.errors import StorageProblem
from desktop_app.storage.safe_files import disk_faults_told, write_whole

KEYRING_FILE = "keyring.json"
DATA_KEY_BYTES = 32

_VERSION = 1
_SALT_BYTES = 16
_NONCE_BYTES = 12
_FREE_ATTEMPTS = 5
_FIRST_WAIT = 30.0
_LONGEST_WAIT = 900.0
"""Seconds: guessing becomes slow, and whoever forgot and remembered waits a quarter of an hour at most."""
_LOCK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Cost:
    """How hard a password is to try. The default is RFC 9106's second recommendation, 0.14 s on two cores."""

    time: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


STANDARD = Cost()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One user's wrapping of the data key; binary values in hexadecimal, times in seconds since 1970."""

    salt: str
    nonce: str
    wrapped: str
    time: int
    memory_kib: int
    lanes: int
    failures: int = 0
    locked_until: float = 0.0


def create_keyring(folder: Path, user: str, password: str, *, cost: Cost = STANDARD) -> bytes:
    """A new data key with its first user; StorageProblem ``office_exists`` where there is a keyring already."""
    data_key = secrets.token_bytes(DATA_KEY_BYTES)
    with disk_faults_told():
        folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        if (folder / KEYRING_FILE).exists():
            raise StorageProblem(
                "office_exists", f"此处已有数据：{folder}。", "请换一个空文件夹，或直接登录。"
            )
        _write(folder, {user: _wrap(data_key, user, password, cost)})
    return data_key


def unlock(folder: Path, user: str, password: str, *, now: float | None = None) -> bytes:
    """The data key, where the password is right.

    StorageProblem ``wrong_password`` for an unknown user too, after the same time; ``account_locked`` while an
    account waits, which it does from the fifth failure on, twice as long each time.
    """
    moment = time.time() if now is None else now
    entries = _read(folder)
    entry = entries.get(user)
    if entry is None:
        _stretch(password, b"\0" * _SALT_BYTES, STANDARD)
        raise _wrong_password(0.0)
    _refuse_while_locked(entry, moment)
    data_key = _unwrap(entry, user, password)
    if data_key is not None:
        if entry.failures:
            _note(folder, user, 0, 0.0)
        return data_key
    wait = _count_failure(folder, user, moment)
    raise _wrong_password(wait)


def add_user(folder: Path, data_key: bytes, user: str, password: str, *, cost: Cost = STANDARD) -> None:
    """Gives `user` a password of its own; whoever holds the data key may. ValueError where there is one already."""
    with _locked(folder):
        entries = _read(folder)
        if user in entries:
            raise ValueError(f"{user} is in the keyring already")
        _write(folder, {**entries, user: _wrap(data_key, user, password, cost)})


def change_password(
    folder: Path, data_key: bytes, user: str, password: str, *, cost: Cost = STANDARD
) -> None:
    """Puts a new password in the place of the old one, and frees a locked account. LookupError: no such user."""
    with _locked(folder):
        entries = _read(folder)
        if user not in entries:
            raise LookupError(user)
        _write(folder, {**entries, user: _wrap(data_key, user, password, cost)})


def unlock_account(folder: Path, user: str) -> None:
    """Forgets a user's failed attempts. LookupError: no such user."""
    _note(folder, user, 0, 0.0)


def discard(folder: Path) -> None:
    """Takes back the key ring of an office that could not be made; without its database it opens nothing."""
    (folder / KEYRING_FILE).unlink(missing_ok=True)


def _refuse_while_locked(entry: _Entry, moment: float) -> None:
    # A clock that was set back must not turn a quarter of an hour into a year.
    remaining = min(entry.locked_until - moment, _LONGEST_WAIT)
    if remaining > 0:
        raise StorageProblem(
            "account_locked",
            f"密码连续输错 {entry.failures} 次，请在 {_in_words(remaining)} 后再试。",
            "等候后可再试；系统管理员也可用“解除锁定”立即放开。",
        )


def _count_failure(folder: Path, user: str, moment: float) -> float:
    """Notes one failure more, whoever else notes one at the same time; returns the wait it brings, in seconds."""
    with _locked(folder):
        entries = _read(folder)
        if user not in entries:
            return 0.0
        failures = entries[user].failures + 1
        beyond = failures - _FREE_ATTEMPTS
        wait = min(_FIRST_WAIT * 2.0 ** min(beyond, 10), _LONGEST_WAIT) if beyond >= 0 else 0.0
        _write(folder, {**entries, user: _changed(entries[user], failures, moment + wait if wait else 0.0)})
    return wait


def _note(folder: Path, user: str, failures: int, locked_until: float) -> None:
    with _locked(folder):
        entries = _read(folder)
        if user not in entries:
            raise LookupError(user)
        _write(folder, {**entries, user: _changed(entries[user], failures, locked_until)})


def _changed(entry: _Entry, failures: int, locked_until: float) -> _Entry:
    return _Entry(**{**asdict(entry), "failures": failures, "locked_until": locked_until})


def _wrong_password(wait: float) -> StorageProblem:
    after = f"请在 {_in_words(wait)} 后再试。" if wait else "请检查大小写和输入法后再试。"
    return StorageProblem("wrong_password", "用户名或密码不对。", after)


def _in_words(seconds: float) -> str:
    whole = int(seconds) + 1 if seconds != int(seconds) else int(seconds)
    return f"{whole} 秒" if whole < 60 else f"{-(-whole // 60)} 分钟"


def _stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # The same password from any keyboard and input method: full-width letters and composed accents are one.
    secret = unicodedata.normalize("NFKC", password).encode()
    return bytes(
        hash_secret_raw(
            secret,
            salt,
            time_cost=cost.time,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=DATA_KEY_BYTES,
            type=Type.ID,
        )
    )


def _bound(user: str) -> bytes:
    return f"liuyan keyring {_VERSION} {user}".encode()


def _wrap(data_key: bytes, user: str, password: str, cost: Cost) -> _Entry:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    wrapped = AESGCM(_stretch(password, salt, cost)).encrypt(nonce, data_key, _bound(user))
    return _Entry(salt.hex(), nonce.hex(), wrapped.hex(), cost.time, cost.memory_kib, cost.lanes)


def _unwrap(entry: _Entry, user: str, password: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = _stretch(password, bytes.fromhex(entry.salt), Cost(entry.time, entry.memory_kib, entry.lanes))
    try:
        opened = AESGCM(key).decrypt(bytes.fromhex(entry.nonce), bytes.fromhex(entry.wrapped), _bound(user))
    except InvalidTag:
        return None
    return bytes(opened)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer at a time, over all processes."""
    from filelock import FileLock, Timeout

    try:
        with disk_faults_told(), FileLock(folder / f"{KEYRING_FILE}.lock", timeout=_LOCK_SECONDS):
            yield
    except Timeout as error:
        raise StorageProblem("locked", "密码文件正被另一个程序写入。", "请稍候再试。") from error


def _read(folder: Path) -> dict[str, _Entry]:
    path = folder / KEYRING_FILE
    try:
        with disk_faults_told():
            told: Any = json.loads(path.read_bytes())
        if told["version"] > _VERSION:
            raise StorageProblem("newer_schema", "密码文件由更新版本的程序写入。", "请改用新版本的程序打开。")
        return {user: _Entry(**entry) for user, entry in told["users"].items()}
    except FileNotFoundError as error:
        raise StorageProblem(
            "no_office", f"此处没有数据：{folder}。", "请核对数据文件夹，或先用 init 建立单位数据。"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageProblem(
            "damaged", f"密码文件读不出来：{path}。", "请从最近的备份取回 keyring.json。"
        ) from error


def _write(folder: Path, entries: dict[str, _Entry]) -> None:
    told = {"version": _VERSION, "users": {user: asdict(entry) for user, entry in entries.items()}}
    write_whole(folder / KEYRING_FILE, json.dumps(told, ensure_ascii=False, indent=1).encode())
