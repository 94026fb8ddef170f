"""Restoring a backup: proved first, shown before it is done, and what was there is kept."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.office_records import Problem
from desktop_app.domain.rights import Right
from desktop_app.errors import BadData, Fault, StorageProblem
from desktop_app.paths import WINDOW_LOCK
from desktop_app.private_folder import HALF_MADE, PrivateFolder
from desktop_app.services import built_in_notices, office, office_place, sealing, verification
from desktop_app.services.earlier_keys import key_for
from desktop_app.services.journaling import note
from desktop_app.services.session import CHINA, Session

if TYPE_CHECKING:
    from desktop_app.storage.backup import BackupFacts
    from desktop_app.storage.restoring import Standing

RESTORE = "restore"

_STOOD_THEN = frozenset(("attachment", "attachment_stray", "numbering"))
"""Kinds of problem that do not stand in the way: the archive is as it was made, so the office had them already,
by a lost scan, or a number whose record was lost (`recover`)."""

OpenKey = Callable[[Path], bytes]
"""The data key of the office that was unpacked into a folder; StorageProblem ``wrong_password``."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a backup would bring, everything found wrong with it, and what it would take the place of."""

    file: Path
    made: str
    cases: int
    events: int
    last_event: str | None
    problems: tuple[Problem, ...]
    replaces: Standing | None

    @property
    def hindering(self) -> tuple[Problem, ...]:
        """The problems for which it would not be restored."""
        return tuple(problem for problem in self.problems if problem.kind not in _STOOD_THEN)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: `kept` is the folder with what was there before, None where nothing was."""

    file: Path
    kept: Path | None
    cases: int
    events: int
    problems: tuple[Problem, ...]


def with_password(user: str, password: str) -> OpenKey:
    """By a password of the day of the backup. Failed attempts are counted nowhere: the backup stays as it is."""

    def unlock(folder: Path) -> bytes:
        from desktop_app.storage import keyring

        return keyring.unlock(folder, user, password)

    return unlock


def preview_of_own(session: Session, file: Path) -> Preview:
    """Of a backup of the open office, for its user; one from before a renewal of the key is no stranger."""
    from desktop_app.storage import restoring

    _refuse_on_server(session.folder)
    key = with_key(key_for(session, file))
    shown = preview(session.folder, file, session.user.name, key, session.clock.fixed)
    return replace(shown, replaces=restoring.standing(session.folder, session.database.key))


def ready(session: Session, file: Path) -> Callable[[], Restored]:
    """Restoring a backup of the open office, to be called once its window has let it go but still holds the folder."""
    _refuse_on_server(session.folder)
    key, folder, user = with_key(key_for(session, file)), session.folder, session.user.name
    fixed = session.clock.fixed
    return lambda: restore(folder, file, user, key, fixed, window_is_ours=True)


def with_key(key: bytes) -> OpenKey:
    """By a key of the open office: its own backups have the same, or one of before."""
    return lambda folder: key


def preview(folder: Path, file: Path, user: str, open_key: OpenKey, today: date | None = None) -> Preview:
    """Unpack the backup elsewhere, open it as `user`, look at everything in it; nothing in `folder` is changed.

    StorageProblem `wrong_password`, `damaged`, `newer_schema` …; BadData where there is no such file.
    """
    _refuse_missing(file)
    with PrivateFolder(_roomy(folder, file), HALF_MADE) as beside:
        return _proved(folder, beside.path, file, user, open_key, today)[0]


def restore(
    folder: Path,
    file: Path,
    user: str,
    open_key: OpenKey,
    today: date | None = None,
    window_is_ours: bool = False,
) -> Restored:
    """Put the backup in the place of what `folder` holds, once it is proved; a new folder will do.

    StorageProblem `locked` while a window (but the caller's own) or another command has the office open, and as
    `preview`; then nothing has changed.
    """
    from desktop_app.storage import in_use, restoring
    from desktop_app.storage.safe_files import disk_faults_told
    from desktop_app.storage.seals import SEAL_FILE

    _refuse_missing(file)
    _refuse_on_server(folder)
    with disk_faults_told():
        folder.mkdir(parents=True, exist_ok=True)
    with _swept_if_new(folder), in_use.alone(folder, window_too=not window_is_ours):
        restoring.settle_alone(folder)
        staging = restoring.clear_staging(folder)
        try:
            now = datetime.now(CHINA)
            kept = restoring.name_for_kept(folder, now)
            shown, facts = _proved(folder, staging, file, user, open_key, today, kept)
            if shown.hindering:
                raise _refused(file, shown)
            where = restoring.put_in_place(folder, (*facts.parts, SEAL_FILE), kept)
        except BaseException:
            restoring.drop_staging(folder)
            raise
    return Restored(file, where, shown.cases, shown.events + 1, shown.problems)


def _proved(
    folder: Path,
    place: Path,
    file: Path,
    user: str,
    open_key: OpenKey,
    today: date | None,
    kept: str | None = None,
) -> tuple[Preview, BackupFacts]:
    """Unpacked into `place`, opened and verified; `kept` given, the event of the restore is written there too."""
    from desktop_app.storage import backup, restoring
    from desktop_app.storage.safe_files import disk_faults_told

    with disk_faults_told():
        facts = backup.unpack(file, place)
    key = open_key(place)
    session = office.enter_with_key(place, user, key, today)
    try:
        session.require(Right.RESTORE)
        # An older program counted with the notices that it knew.
        built_in_notices.follow(session)
        found = verification.verify(session, in_place=False)
        with session.read() as work:
            last = work.journal.last()
            event = work.journal.get(last[0]) if last is not None else None
        shown = Preview(
            file,
            facts.made,
            found.cases,
            found.events,
            event.entered if event is not None else None,
            found.problems,
            restoring.standing(folder, key),
        )
        if kept is not None and not shown.hindering:
            _note(session, file, facts, kept)
    finally:
        session.close()
    return shown, facts


def _note(session: Session, file: Path, facts: BackupFacts, kept: str) -> None:
    with file.open("rb") as opened:
        seal = hashlib.file_digest(opened, "sha256").hexdigest()
    with session.change() as work:
        keys = {"file": file.name, "sha256": seal, "made": facts.made, "kept": kept}
        note(session, work, RESTORE, {name: value for name, value in keys.items() if value})
        sealed = sealing.seal_now(session, work)
    sealing.lay_beside(session, sealed)


def _refused(file: Path, shown: Preview) -> StorageProblem:
    first, count = shown.hindering[0], len(shown.hindering)
    more = f"（共 {count} 处）" if count > 1 else ""
    return StorageProblem(
        "damaged",
        f"备份 {file.name} 没有通过核对，没有恢复：{first.message}{more}",
        "请换一个备份；要看全部问题，用 restore --dry-run。",
    )


def _refuse_on_server(folder: Path) -> None:
    office_place.refuse_on_server(
        folder,
        "不能用备份文件替换",
        "请把备份恢复到一个新文件夹，核对以后再搬到一个空的数据库；或请服务器管理员从数据库的备份恢复。",
    )


def _refuse_missing(file: Path) -> None:
    try:
        with file.open("rb"):
            return
    except FileNotFoundError as error:
        raise BadData(Fault(str(file), "", "没有这个备份文件；请核对位置，优盘是否插好")) from error
    except OSError as error:
        raise BadData(Fault(str(file), "", f"备份文件读不了（{error.strerror or error}）")) from error


def _roomy(folder: Path, file: Path) -> Path:
    """Where the unpacked backup finds room: beside the data, else beside the backup, else where the system says."""
    beside = next((one for one in (folder, file.parent) if one.is_dir() and os.access(one, os.W_OK)), None)
    return beside or Path(tempfile.gettempdir())


@contextmanager
def _swept_if_new(folder: Path) -> Iterator[None]:
    """A folder that held nothing holds nothing after a failure, and goes if it is empty."""
    from desktop_app.storage.in_use import IN_USE_LOCK

    new = not any(folder.iterdir())
    try:
        yield
    except BaseException:
        if new:
            for name in (WINDOW_LOCK, IN_USE_LOCK):
                (folder / name).unlink(missing_ok=True)
            with suppress(OSError):
                folder.rmdir()
        raise
