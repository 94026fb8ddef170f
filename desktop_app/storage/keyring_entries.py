"""What stands in the key ring, an entry a name, and how it is read and written whole.

`keyring.json` lies beside the database, on a server in a row (`shelves`). The two recovery codes are an entry under a
name that no user has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from desktop_app.errors import StorageProblem
from desktop_app.storage.key_wrapping import Wrapping
from desktop_app.storage.shelves import Shelf, shelf_of

KEYRING_FILE = "keyring.json"
CODES = ""
"""The name, which no user has, of what the two recovery codes open."""

_VERSION = 2
_CALLED = "密码文件"


@dataclass(frozen=True, slots=True)
class PasswordState:
    """What is known of a password without it. `changed` is when it was set (ISO; empty where an older program did),
    `handed_over` that somebody else chose it, so that its owner is to choose another."""

    changed: str = ""
    handed_over: bool = False


UNKNOWN = PasswordState()


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in the keyring; times in seconds since 1970, `waits_from` and `locked_until` by the clock of the PC."""

    wrapping: Wrapping
    state: PasswordState = UNKNOWN
    account: str = ""
    login: str = ""
    """The user's own account on the server, and its password, sealed; empty where the office has no such accounts."""
    failures: int = 0
    waits_from: float = 0.0
    locked_until: float = 0.0


Place = Path | Shelf
"""The office's folder, or the shelf itself: one within a transaction, so that key ring and rows change together."""

Entries = dict[str, Entry]


def create(folder: Path, first: Entries) -> None:
    """A new key ring; StorageProblem ``office_exists`` where there is one already."""
    shelf = shelf_of(folder)
    shelf.prepare()
    with shelf.locked(KEYRING_FILE, _CALLED):
        if shelf.read(KEYRING_FILE) is not None:
            raise StorageProblem(
                "office_exists", f"此处已有数据：{shelf.place}。", "请换一个空的地方，或直接登录。"
            )
        write_entries(shelf, first)


@contextmanager
def changing(place: Place) -> Iterator[Entries]:
    """The entries, to be changed and then written whole; one writer at a time, over all processes."""
    shelf = on_shelf(place)
    with shelf.locked(KEYRING_FILE, _CALLED):
        entries = read_from(shelf)
        yield entries
        write_entries(shelf, entries)


def on_shelf(place: Place) -> Shelf:
    """The shelf that holds the key ring of a place."""
    return shelf_of(place) if isinstance(place, Path) else place


def read_entries(folder: Path) -> Entries:
    """All entries. StorageProblem ``no_office`` where there is no key ring, ``damaged``, ``newer_schema``."""
    return read_from(shelf_of(folder))


def read_from(shelf: Shelf) -> Entries:
    """The same of a shelf."""
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
        raise damaged(shelf) from error


def damaged(shelf: Shelf) -> StorageProblem:
    """For a key ring that is not what was written."""
    return StorageProblem(
        "damaged", f"密码文件读不出来：{shelf.where(KEYRING_FILE)}。", "请从最近的备份取回 keyring.json。"
    )


_WRAPPING = tuple(one.name for one in fields(Wrapping))


def _entry(told: Mapping[str, Any]) -> Entry:
    return Entry(
        Wrapping(**{name: told[name] for name in _WRAPPING if name in told}),
        PasswordState(told.get("changed", ""), bool(told.get("handed_over", False))),
        told.get("account", ""),
        told.get("login", ""),
        told.get("failures", 0),
        told.get("waits_from", 0.0),
        told.get("locked_until", 0.0),
    )


def _told(entry: Entry) -> dict[str, Any]:
    counted = {one: getattr(entry, one) for one in ("failures", "waits_from", "locked_until")}
    login = {"account": entry.account, "login": entry.login} if entry.login else {}
    return {**asdict(entry.wrapping), **asdict(entry.state), **login, **counted}


def write_entries(shelf: Shelf, entries: Mapping[str, Entry]) -> None:
    """The whole key ring; who only changes it does so within `changing`."""
    told: dict[str, Any] = {
        "version": _VERSION,
        "users": {user: _told(entry) for user, entry in entries.items() if user != CODES},
    }
    if CODES in entries:
        told["recovery"] = _told(entries[CODES])
    shelf.write(KEYRING_FILE, json.dumps(told, ensure_ascii=False, indent=1).encode())
