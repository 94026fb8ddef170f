"""Keeping copies of the office: by hand, once a day, on leaving; in two places; the old ones thinned out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import sealing, settings_keys, shared_backups
from desktop_app.services.earlier_keys import keys_of
from desktop_app.services.journaling import note
from desktop_app.services.session import CHINA, Session

BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made and proved: where it lies, how large it is, and by what it is known.

    `second` is its copy in the second place, None where there is none; `fault` says in a sentence why there is none
    though a place was chosen.
    """

    file: Path
    size: int
    sha256: str
    second: Path | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class KnownBackup:
    """A backup of this office, in the data folder or the second place; it was proved when it was made there."""

    file: Path
    made: datetime
    size: int
    second: bool


@dataclass(frozen=True, slots=True)
class ElsewhereMade:
    """A backup that another seat of the office made and keeps: when, and on which PC."""

    made: datetime
    machine: str


def back_up(session: Session, target: Path | None = None) -> BackedUp:
    """Copy the office into one file and prove the copy by opening it.

    Without `target` it goes into the data folder's `backups` and the second place, and old ones there are deleted.
    """
    session.require(Right.BACK_UP)
    session.require_cases()
    made = _back_up(session, target)
    assert made is not None
    return made


def is_due(session: Session, leaving: bool) -> bool:
    """Whether the program should back up by itself: something was recorded since the last time, and, unless one is
    `leaving`, there is none of today; or the second place lacks the last one."""
    if session.clock.practice or not session.reaches_cases:
        return False
    return _lacks_backup(session, leaving) or _second_lacks(session)


def back_up_if_due(session: Session, leaving: bool) -> BackedUp | None:
    """Do what `is_due` tells, whoever is logged in; None where there was nothing to do."""
    if session.clock.practice or not session.reaches_cases:
        return None
    if _lacks_backup(session, leaving):
        return _back_up(session, None, leaving)
    current = _current(session)
    return _with_second(session, _told(current)) if current is not None and _second_lacks(session) else None


def first_under_new_key(session: Session) -> Path:
    """After a renewal of the data key, by whoever renewed it: no backup of before holds what is recorded from now on."""
    made = _back_up(session, None)
    assert made is not None
    return made.file


def last_backup(session: Session) -> datetime | None:
    """When the newest backup was made, in the data folder or by another seat, for the status bar."""
    from desktop_app.storage import backup

    newest = backup.last_backup(session.folder / backup.BACKUPS_FOLDER)
    elsewhere = made_elsewhere(session)
    known = [newest.made] if newest is not None else []
    known += [elsewhere.made.replace(tzinfo=None)] if elsewhere is not None else []
    return max(known, default=None)


def made_elsewhere(session: Session) -> ElsewhereMade | None:
    """The newest backup of all seats, where it was another that made it."""
    with session.read() as work:
        last = shared_backups.last(session, work)
    if last is None or last.claimed or shared_backups.is_own(session, last):
        return None
    return ElsewhereMade(datetime.fromisoformat(last.made), last.machine)


def known_backups(session: Session) -> list[KnownBackup]:
    """The office's own backups in both places, the newest first; of a place that is not there, none."""
    found = _own(session)
    place = second_place(session)
    if place is not None:
        found += _in(session, place, second=True)
    return sorted(found, key=lambda one: (one.made, not one.second), reverse=True)


# ------------------------------------------------------------------ the second place


def second_place(session: Session) -> Path | None:
    """The folder, on a stick or a share, into which each backup is copied as well."""
    with session.read() as work:
        kept = work.settings.get(settings_keys.SECOND_BACKUP_PLACE)
    return Path(kept) if kept else None


def choose_second_place(session: Session, place: Path | None) -> None:
    """Copy backups there from now on, or nowhere. Refusal `unknown_value` for no folder or one within the data's."""
    session.require(Right.KEEP_OFFICE)
    if place is not None:
        place = place.absolute()
        if not place.is_dir():
            raise Refusal("unknown_value", f"没有这个文件夹：{place}", None, "请插好优盘，或另选一处。")
        if place.resolve().is_relative_to(session.folder.resolve()):
            raise Refusal(
                "unknown_value",
                "第二处不能在数据文件夹里面：这块磁盘坏了，两份就一起没了。",
                None,
                "请选优盘、共享文件夹或另一块磁盘。",
            )
    with session.change() as work:
        work.settings.put(settings_keys.SECOND_BACKUP_PLACE, str(place or ""))
        note(
            session,
            work,
            "change-settings",
            protected={settings_keys.SECOND_BACKUP_PLACE: str(place or "无")},
        )


# ------------------------------------------------------------------ within


def _back_up(session: Session, target: Path | None, leaving: bool | None = None) -> BackedUp | None:
    """None where `leaving` is given, as by the program itself, and another seat has begun one meanwhile."""
    from desktop_app.storage import backup

    with session.change() as work:
        if leaving is not None and shared_backups.is_seen_to(session, work, leaving):
            return None
        if target is None:
            shared_backups.claim(session, work)
        note(session, work, BACKUP, protected={"file": str(target)} if target is not None else {})
        seal = sealing.seal_now(session, work)
    sealing.lay_beside(session, seal)
    where = target if target is not None else session.folder / backup.BACKUPS_FOLDER
    now = datetime.now(CHINA)
    try:
        if target is None:
            where.mkdir(exist_ok=True)
        made = _told(backup.backup(session.database, where, now))
    except OSError as error:
        raise StorageProblem(
            "file_not_writable",
            f"备份未能写入 {where}（{error.strerror or type(error).__name__}）。",
            "请检查该位置是否存在、能否写入，或另选一处。",
        ) from error
    if target is not None:
        return made
    facts = backup.read_facts(made.file)
    shared_backups.record(session, facts.head if facts is not None else "")
    backup.rotate(where, keys_of(session), made.file, now)
    return _with_second(session, made)


def _with_second(session: Session, made: BackedUp) -> BackedUp:
    """The copy in the second place. Whatever is wrong there, the first one stands: it is told, and no error."""
    from desktop_app.storage import backup

    place = second_place(session)
    if place is None:
        return made
    fault = f"备份已存在本机，但没有抄到第二处 {place}："
    if not place.is_dir():
        fault += "找不到这个位置。请插好优盘、连上共享文件夹；下次备份时会补抄。"
        return BackedUp(made.file, made.size, made.sha256, fault=fault)
    try:
        second = backup.copy_proved(made.file, place, session.database.key)
        backup.rotate(place, keys_of(session), second, datetime.now(CHINA))
    except StorageProblem as problem:
        fault += problem.message + (problem.remedy or "")
    except OSError as error:
        fault += f"{error.strerror or type(error).__name__}。请检查优盘、共享文件夹。"
    else:
        return BackedUp(made.file, made.size, made.sha256, second)
    return BackedUp(made.file, made.size, made.sha256, fault=fault)


def _lacks_backup(session: Session, leaving: bool) -> bool:
    if _current(session) is not None:
        return False
    with session.read() as work:
        if shared_backups.is_seen_to(session, work, leaving):
            return False
    return leaving or all(one.made.date() != session.today for one in _own(session))


def _second_lacks(session: Session) -> bool:
    place, current = second_place(session), _current(session)
    if place is None or current is None or not place.is_dir():
        return False
    return not (place / current.name).exists()


def _current(session: Session) -> Path | None:
    """The backup that holds all that is recorded. By the journal's link: numbers may be those of another history,
    after a restore, and days those of a wrong clock."""
    from desktop_app.storage import backup

    with session.read() as work:
        last = work.journal.last()
    own = backup.own_backups(session.folder / backup.BACKUPS_FOLDER, session.database.key)
    return next((one.path for one, facts in own if last is not None and facts.head == last[1]), None)


def _own(session: Session) -> list[KnownBackup]:
    from desktop_app.storage import backup

    return _in(session, session.folder / backup.BACKUPS_FOLDER, second=False)


def _in(session: Session, folder: Path, second: bool) -> list[KnownBackup]:
    from desktop_app.storage import backup

    try:
        return [
            KnownBackup(one.path, one.made, one.path.stat().st_size, second)
            for one, _ in backup.own_backups(folder, *keys_of(session))
        ]
    except OSError:
        # A stick that was pulled out while it was being read.
        return []


def _told(file: Path) -> BackedUp:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return BackedUp(file, file.stat().st_size, digest)
