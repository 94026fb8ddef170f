"""Entries for the access log that had to wait: failed log-ins, and whatever came while the database could not be
written. They lie in one small file beside the key ring (`shelves`), and are taken into the log at the next log-in.

Nobody can read or forge what lies there. Each entry is encrypted under a key of its own; from each key comes the
next, and the old one is forgotten (a hash ratchet: Schneier & Kelsey, "Secure Audit Logs to Support Computer
Forensics", 1999). The first key stands in the database. Who finds the file learns nothing of what was written
before, and can't cut entries off: the key that is left tells how many there were.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from desktop_app.domain.access_entries import NewEntry
from desktop_app.errors import StorageProblem
from desktop_app.storage.shelves import Shelf, shelf_of

WAITING_FILE = "waiting-entries.json"
MOST = 2000
"""Beyond these, entries are only counted: whoever tries passwords for days must not fill the disk."""

_VERSION = 1
_NONCE = b"\0" * 12
"""Every key encrypts one entry only."""
_CALLED = "登录记录文件"


@dataclass(frozen=True, slots=True)
class Start:
    """Where a file began: its name and first key, which the database remembers; `taken` are the entries it has."""

    name: str
    key: str
    taken: int = 0

    @classmethod
    def anew(cls) -> Start:
        return cls(secrets.token_hex(8), secrets.token_hex(32))


def write_starts(*starts: Start) -> str:
    """Starts as one text, for the database."""
    return json.dumps([asdict(start) for start in starts])


def read_starts(text: str) -> tuple[Start, ...]:
    """The starts of such a text, the newest first."""
    return tuple(Start(**told) for told in json.loads(text))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a file held: its entries beyond those taken, how many more were only counted, how many it has now, and
    what is wrong with it: `lost`, `replaced`, `altered`, `cut`, `unreadable`."""

    entries: tuple[NewEntry, ...] = ()
    only_counted: int = 0
    reached: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    next: int
    key: str
    only_counted: int
    entries: list[str]
    start: str = ""
    """The first key, in the clear, where no database was at hand to remember it: such entries prove nothing."""


def add(folder: Path, entry: NewEntry) -> None:
    """Lays an entry beside the key ring, safely on disk. StorageProblem `read_only`, `disk_full`, `locked`."""
    shelf = shelf_of(folder)
    with shelf.locked(WAITING_FILE, _CALLED):
        file = _readable(shelf) or _new(Start.anew(), known=False)
        if len(file.entries) >= MOST:
            _write(shelf, replace(file, only_counted=file.only_counted + 1))
            return
        text = json.dumps(asdict(entry), ensure_ascii=False).encode()
        sealed = _cipher(file.key).encrypt(_NONCE, text, _bound(file.name, file.next))
        _write(
            shelf,
            replace(file, next=file.next + 1, key=_after(file.key), entries=[*file.entries, sealed.hex()]),
        )


def begin(folder: Path, start: Start) -> None:
    """Begins an empty file that the database knows; the caller holds the lock."""
    _write(shelf_of(folder), _new(start, known=True))


def look(folder: Path, *known: Start) -> Waiting:
    """What lies there beyond what was taken, by the starts that the database knows; the caller holds the lock."""
    try:
        file = _read(shelf_of(folder))
    except StorageProblem as problem:
        if problem.code.startswith("server_"):
            raise  # it was not asked, so nothing is wrong with it
        return Waiting(fault="unreadable")
    if file is None:
        return Waiting(fault="lost" if known else "")
    for start in known:
        if file.name == start.name:
            return _opened(file, start)
    found = _opened(file, Start(file.name, file.start)) if file.start else Waiting()
    return replace(found, fault="replaced" if known else found.fault)


def is_as_known(folder: Path, start: Start | None) -> bool:
    """Whether the file is the one that the database knows, and empty: then there is nothing to take."""
    try:
        file = _read(shelf_of(folder))
    except StorageProblem:
        return False
    return (
        file is not None
        and start is not None
        and (file.name, file.next, file.key) == (start.name, 0, start.key)
    )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One writer of the file at a time, over all processes. StorageProblem `locked`."""
    with shelf_of(folder).locked(WAITING_FILE, _CALLED):
        yield


def _opened(file: _File, start: Start) -> Waiting:
    from cryptography.exceptions import InvalidTag

    key, entries = start.key, []
    try:
        for place, sealed in enumerate(file.entries):
            told = json.loads(_cipher(key).decrypt(_NONCE, bytes.fromhex(sealed), _bound(file.name, place)))
            key = _after(key)
            if place >= start.taken:
                entries.append(NewEntry(**told))
    except (InvalidTag, ValueError, TypeError):
        return Waiting(tuple(entries), file.only_counted, file.next, "altered")
    # The key that is left is that of the next entry; where the last ones were cut off it is too far on.
    whole = key == file.key and file.next == len(file.entries)
    return Waiting(tuple(entries), file.only_counted, file.next, "" if whole else "cut")


def _new(start: Start, known: bool) -> _File:
    return _File(start.name, 0, start.key, 0, [], "" if known else start.key)


def _after(key: str) -> str:
    return hashlib.sha256(b"liuyan next entry " + bytes.fromhex(key)).hexdigest()


def _cipher(key: str) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(hashlib.sha256(b"liuyan this entry " + bytes.fromhex(key)).digest())


def _bound(name: str, place: int) -> bytes:
    return f"{name} {place}".encode()


def _readable(shelf: Shelf) -> _File | None:
    """One that can't be read is begun anew; at the next log-in it shows that it is not the one it should be."""
    try:
        return _read(shelf)
    except StorageProblem as problem:
        if problem.code != "damaged":
            raise
        return None


def _read(shelf: Shelf) -> _File | None:
    content = shelf.read(WAITING_FILE)
    if content is None:
        return None
    try:
        told: Any = json.loads(content)
        told.pop("version")
        file = _File(**told)
        bytes.fromhex(file.key)
        return file
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageProblem(
            "damaged", f"登录记录文件读不出来：{shelf.where(WAITING_FILE)}。", "下次登录时会另起一份。"
        ) from error


def _write(shelf: Shelf, file: _File) -> None:
    content = {"version": _VERSION, **asdict(file)}
    shelf.write(WAITING_FILE, json.dumps(content, ensure_ascii=False).encode())
