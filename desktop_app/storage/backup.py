"""Backups: the whole office in one file, made while people work, proved before it counts as made.

A backup is a zip archive without compression of what is encrypted already: the database (a copy by SQLite's
own VACUUM INTO, under the same key, never the bare file, whose last commits may lie in its WAL), the keyring,
the attachments, the office's own paper templates, and a manifest with the SHA-256 of each. An office on a server
is carried into such a file first: its backup comes to any machine, without a server.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from desktop_app.domain.backup_rotation import superseded
from desktop_app.domain.office_records import Problem
from desktop_app.errors import StorageProblem
from desktop_app.private_folder import HALF_MADE, PrivateFolder
from desktop_app.storage.attachment_contents import ATTACHMENTS_FOLDER
from desktop_app.storage.backup_archive import (
    FORMAT,
    MANIFEST,
    PIECE,
    matches,
    opened_archive,
    read_manifest,
)
from desktop_app.storage.engine import connect_file, translated
from desktop_app.storage.integrity import check_file
from desktop_app.storage.keyring_entries import KEYRING_FILE
from desktop_app.storage.safe_files import disk_faults_told, settle_folder

if TYPE_CHECKING:
    from desktop_app.storage.database import Database

BACKUPS_FOLDER = "backups"
FORMS_FOLDER = "forms"
"""The office's own paper templates in its data folder; nothing of a case stands in them."""

_DATABASE = "office.db"
_PLACES = re.compile(rf"{re.escape(_DATABASE)}|{re.escape(KEYRING_FILE)}|{ATTACHMENTS_FOLDER}/[0-9a-f]+")
_TEMPLATE = re.compile(rf"{FORMS_FOLDER}(/[^/\\:]+)+")
_PARTS = frozenset((_DATABASE, KEYRING_FILE, ATTACHMENTS_FOLDER, FORMS_FOLDER))
_NAME = re.compile(r"liuyan-(\d{8}-\d{6})\.backup")
_TIME = "%Y%m%d-%H%M%S"
_SEALS = 31
"""How many seals a manifest repeats, the newest first."""
_NO_FAULT_OF_THE_DISK = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL}
"""What a name is refused with that no office's backup has."""
_MARK = b"liuyan backup of the office with the key "


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup that lies in a folder, and when it was made by its name."""

    path: Path
    made: datetime


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup's manifest says of it. `made` is the time with its offset, `events` the number of its last event,
    `head` that event's link, by which the state of a journal is known.

    `lost`: files that were missing from the office when it was backed up. `parts` are the files and folders it
    speaks for: what it does not hold of these was not there. `mark` tells which office it is of (`mark_of`), empty
    where an older program made it.
    """

    made: str
    cases: int
    events: int
    head: str
    lost: tuple[str, ...]
    parts: tuple[str, ...]
    mark: str
    access: tuple[int, str] = (0, "")
    """Number and link of the access log's last entry; (0, "") where it has none or an older program made it."""


def backup(database: Database, target: Path, now: datetime) -> Path:
    """Makes a backup and proves it by opening it; returns where it lies.

    `target` is a file, or a folder in which it is called ``liuyan-YYYYMMDD-HHMMSS.backup`` after `now`.
    Others may write meanwhile: the backup is the state of one moment. StorageProblem ``damaged`` where what
    was written does not prove whole; nothing is left then.
    """
    path = target / f"liuyan-{now.strftime(_TIME)}.backup" if target.is_dir() else target
    with disk_faults_told(), translated():
        path.parent.mkdir(parents=True, exist_ok=True)
        with _folder_beside(path) as beside:
            copy = beside / _DATABASE
            if database.on_server:
                source = _carried(database, beside / "carried")
                (source / _DATABASE).rename(copy)
            else:
                source = database.folder
                _copy_database(database, copy)
            archive = beside / "archive"
            _pack(source, copy, archive, database.key, now)
            copy.unlink()
            problems = check_backup(archive, database.key)
            if problems:
                raise StorageProblem(
                    "damaged",
                    f"备份写完后核对不符，未保留：{problems[0].message}",
                    "请换一个磁盘再备份；并运行 verify 核对数据。",
                )
            archive.replace(path)
        settle_folder(path.parent)
    return path


def check_backup(path: Path, key: bytes) -> list[Problem]:
    """What is wrong with a backup: its archive, each file's digest, the database inside; nothing where it is whole."""
    try:
        with opened_archive(path) as archive:
            manifest = _manifest(archive)
            problems = [
                Problem("backup", path.name, f"备份中的 {name} 缺失或被改动。")
                for name, told in manifest["files"].items()
                if not matches(archive, name, told)
            ]
            with disk_faults_told():
                return problems or _check_database(archive, path, key, manifest)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError):
        return [Problem("backup", path.name, f"备份文件 {path.name} 读不出来。")]


@contextmanager
def opened_database(path: Path, key: bytes) -> Iterator[Any]:
    """A driver's connection to a copy of the database in a backup. StorageProblem `damaged`, `wrong_key`."""
    with disk_faults_told(), translated(), _folder_beside(path) as beside:
        copy = beside / _DATABASE
        try:
            with (
                opened_archive(path) as archive,
                archive.open(_DATABASE) as packed,
                copy.open("xb") as plain,
            ):
                _pour(packed, plain)
        except (zipfile.BadZipFile, KeyError, EOFError) as error:
            raise _not_whole(path, "它读不出来，不是完整的备份文件") from error
        driver = connect_file(copy, key)
        try:
            yield driver
        finally:
            driver.close()


def mark_of(key: bytes) -> str:
    """By what an office knows its own backups; the key, being random, can't be told from it."""
    return hashlib.sha256(_MARK + key).hexdigest()[:32]


def read_facts(path: Path) -> BackupFacts | None:
    """What the manifest says, taken at its word; None where it can't be read."""
    try:
        with opened_archive(path) as archive:
            return _facts_of(_manifest(archive))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError):
        return None


def own_backups(folder: Path, *keys: bytes) -> list[tuple[BackupFile, BackupFacts]]:
    """The backups of the office with that key, or one of these, in a folder, the newest first; others may lie there
    as well."""
    marks = {mark_of(key) for key in keys}
    read = ((one, read_facts(one.path)) for one in backups(folder))
    return [(one, facts) for one, facts in read if facts is not None and facts.mark in marks]


def key_for(path: Path, keys: Sequence[bytes]) -> bytes:
    """The one of an office's keys, of now or before, under which the backup is by its mark; else the first."""
    facts = read_facts(path)
    return next((key for key in keys if facts is not None and mark_of(key) == facts.mark), keys[0])


def copy_proved(path: Path, folder: Path, key: bytes) -> Path:
    """A copy of a backup in another folder, which must be there, proved by opening it; it counts only then."""
    with disk_faults_told():
        with _folder_beside(folder / path.name) as beside:
            copy = beside / path.name
            with path.open("rb") as source, copy.open("xb") as target:
                _pour(source, target)
                target.flush()
                os.fsync(target.fileno())
            if check_backup(copy, key):
                raise StorageProblem(
                    "damaged", f"抄到 {folder} 的备份核对不符，未保留。", "请换一个优盘或文件夹。"
                )
            copy.replace(folder / path.name)
        settle_folder(folder)
    return folder / path.name


def rotate(folder: Path, keys: Sequence[bytes], proven: Path, now: datetime) -> None:
    """Deletes of the office's own backups in `folder` those no longer needed; all other files are left alone."""
    here = {one.made: one.path for one, _ in own_backups(folder, *keys)}
    known = [made for made, path in here.items() if path.name == proven.name]
    for made in superseded(here, known, now.replace(tzinfo=None)):
        with suppress(OSError):
            here[made].unlink()


def unpack(path: Path, folder: Path) -> BackupFacts:
    """Puts what a backup holds into the empty `folder`, safe on the disk, each file compared with the manifest.

    StorageProblem ``damaged`` where the backup is not what was made; what was put down so far stays.
    """
    try:
        with opened_archive(path) as archive:
            manifest = _manifest(archive)
            facts = _facts_of(manifest)
            for name, told in manifest["files"].items():
                if not _belongs(name) or not _take_out(archive, name, told, folder / name):
                    raise _not_whole(path, f"其中的 {name} 缺失或被改动")
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise _not_whole(path, "它读不出来，不是完整的备份文件") from error
    except OSError as error:
        if error.errno not in _NO_FAULT_OF_THE_DISK:
            raise
        raise _not_whole(path, "其中有不该有的文件名") from error
    for name in facts.parts:
        if "." not in name:
            (folder / name).mkdir(mode=0o700, exist_ok=True)
    for below in (folder, *(one for one in folder.rglob("*") if one.is_dir())):
        settle_folder(below)
    return facts


def _belongs(name: str) -> bool:
    """Whether a name in an archive is one that a backup may hold: nothing is written outside its folder."""
    steps = name.split("/")
    return bool(_PLACES.fullmatch(name) or _TEMPLATE.fullmatch(name)) and not {".", ".."} & set(steps)


def _take_out(archive: zipfile.ZipFile, name: str, told: dict[str, Any], target: Path) -> bool:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as packed, target.open("xb") as plain:
        while piece := packed.read(PIECE):
            digest.update(piece)
            size += len(piece)
            plain.write(piece)
        plain.flush()
        os.fsync(plain.fileno())
    target.chmod(0o600)
    return (size, digest.hexdigest()) == (told["size"], told["sha256"])


def _not_whole(path: Path, why: str) -> StorageProblem:
    return StorageProblem(
        "damaged", f"备份 {path.name} 没有通过核对：{why}。没有改动任何数据。", "请换一个备份。"
    )


def backups(folder: Path) -> list[BackupFile]:
    """The backups in a folder, the newest first."""
    found: list[BackupFile] = []
    for path in folder.iterdir() if folder.is_dir() else ():
        named = _NAME.fullmatch(path.name)
        if named is not None:
            found.append(BackupFile(path, datetime.strptime(named[1], _TIME)))
    return sorted(found, key=lambda one: one.made, reverse=True)


def last_backup(folder: Path) -> BackupFile | None:
    """The newest backup in a folder, by its name."""
    return next(iter(backups(folder)), None)


def _copy_database(database: Database, copy: Path) -> None:
    driver = connect_file(database.path, database.key)
    try:
        driver.execute("VACUUM INTO ?", (str(copy),))
    finally:
        driver.close()


def _carried(database: Database, folder: Path) -> Path:
    """An office on a server as one in a file, in the new `folder`: all of it as of one moment, and its key ring."""
    from desktop_app.storage.arrival import fill_folder
    from desktop_app.storage.shelves import shelf_of

    folder.mkdir(mode=0o700)
    with database.read() as work:
        departing = work.departing()
        fill_folder(
            folder,
            database.key,
            lambda there, beside, build: departing.carry(there, beside, lambda done, total: True, build),
        )
    ring = shelf_of(database.folder).read(KEYRING_FILE)
    if ring is not None:
        (folder / KEYRING_FILE).write_bytes(ring)
    return folder


def _pack(folder: Path, copy: Path, archive: Path, key: bytes, now: datetime) -> None:
    facts, names = _facts(copy, key)
    wanted = {_DATABASE: copy, KEYRING_FILE: folder / KEYRING_FILE}
    for name in names:
        wanted[f"{ATTACHMENTS_FOLDER}/{name}"] = folder / ATTACHMENTS_FOLDER / name
    for source in sorted((folder / FORMS_FOLDER).rglob("*")):
        name = source.relative_to(folder).as_posix()
        if source.is_file() and _belongs(name):
            wanted[name] = source
    present = {name: source for name, source in wanted.items() if source.is_file()}
    with archive.open("xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
            told: dict[str, Any] = {name: _put(packed, name, source) for name, source in present.items()}
            manifest = {
                "format": FORMAT,
                "made": now.isoformat(timespec="seconds"),
                "mark": mark_of(key),
                **facts,
                "parts": sorted(_PARTS),
                "files": told,
                # A lost attachment must not keep the rest from being saved; verify names it.
                "lost": sorted(wanted.keys() - present.keys()),
            }
            packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _put(packed: zipfile.ZipFile, name: str, source: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as given, packed.open(name, "w", force_zip64=True) as taken:
        while piece := given.read(PIECE):
            digest.update(piece)
            size += len(piece)
            taken.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}


def _facts(copy: Path, key: bytes) -> tuple[dict[str, Any], list[str]]:
    """What the copy says of itself: schema, journal's head, cases; and the attachments that belong to it."""
    driver = connect_file(copy, key)
    try:
        schema = driver.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        head = driver.execute("SELECT event_id, hash FROM journal_head WHERE place = 1").fetchone() or (0, "")
        cases = driver.execute("SELECT count(*) FROM cases").fetchone()[0]
        names = [row[0] for row in driver.execute("SELECT file FROM attachments ORDER BY id")]
        facts = {"schema": schema, "events": head[0], "head": head[1], "cases": cases}
        if driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'seals'").fetchone():
            access = driver.execute("SELECT event_id, hash FROM journal_head WHERE place = 2").fetchone()
            sealed = driver.execute("SELECT canonical, mac FROM seals ORDER BY id DESC LIMIT ?", (_SEALS,))
            facts["access"] = list(access or (0, ""))
            facts["seals"] = [list(row) for row in sealed]
    finally:
        driver.close()
    return facts, names


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    return read_manifest(archive, (_DATABASE, KEYRING_FILE), _PARTS)


def _facts_of(manifest: dict[str, Any]) -> BackupFacts:
    parts = manifest.get("parts", [_DATABASE, KEYRING_FILE, ATTACHMENTS_FOLDER])
    access = manifest.get("access", (0, ""))
    return BackupFacts(
        made=manifest["made"],
        cases=manifest["cases"],
        events=manifest["events"],
        head=manifest["head"],
        lost=tuple(manifest["lost"]),
        parts=tuple(parts),
        mark=manifest.get("mark", ""),
        access=(int(access[0]), str(access[1])),
    )


def _check_database(
    archive: zipfile.ZipFile, path: Path, key: bytes, manifest: dict[str, Any]
) -> list[Problem]:
    with _folder_beside(path) as beside:
        copy = beside / _DATABASE
        with archive.open(_DATABASE) as packed, copy.open("xb") as plain:
            _pour(packed, plain)
        problems = check_file(copy, key)
        if not problems:
            facts, _ = _facts(copy, key)
            if any(manifest[name] != value for name, value in facts.items() if _is_told(name, manifest)):
                problems = [Problem("backup", path.name, "备份的清单与其中的数据不符。")]
        return problems


def _is_told(name: str, manifest: dict[str, Any]) -> bool:
    """Programs before there were seals told nothing of them."""
    return name in manifest or name not in ("access", "seals")


def _pour(source: IO[bytes], target: IO[bytes]) -> None:
    while piece := source.read(PIECE):
        target.write(piece)


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """A folder for half-made files, gone at the end; on the same disk, unless that can only be read."""
    parent = path.parent if os.access(path.parent, os.W_OK) else Path(tempfile.gettempdir())
    with PrivateFolder(parent, HALF_MADE) as folder:
        yield folder.path
