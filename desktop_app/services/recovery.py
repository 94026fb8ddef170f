"""Out of a damaged office, and its last backup where that helps, into a new one: what can be read, and a list of the rest.

The records are the truth: cases, their numbers and the search are made again from them. What is lost for good
is told in the new office's journal (`domain.losses`), so that it proves whole from then on.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.losses import (
    LOST_CASES,
    LOST_ENTRIES,
    LOST_EVENTS,
    LOST_WORDS,
    RECOVER,
    write_spans,
)
from desktop_app.domain.office_records import Problem
from desktop_app.domain.rights import Right, Separation, may
from desktop_app.domain.users import User
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.private_folder import HALF_MADE, PrivateFolder
from desktop_app.services import office_place, sealing, settings_keys
from desktop_app.services.journaling import note
from desktop_app.services.office import ONE_PERSON
from desktop_app.services.rebuilding import rebuild_cases
from desktop_app.services.session import CALENDAR_EDITION, OfficeClock, Session

if TYPE_CHECKING:
    from desktop_app.storage.salvage import Salvage
    from desktop_app.storage.work import Work

_AS_FOUND = (
    "settings",
    "users",
    "units",
    "paper_templates",
    "paper_values",
    "import_batches",
    "holiday_notices",
    "counters",
    "documents_issued",
    "drafts",
    "bulletins",
)
_TITLES = {
    "settings": "设置",
    "users": "用户",
    "units": "单位名册",
    "paper_templates": "存下的文书模板",
    "paper_values": "存下的文书内容",
    "import_batches": "导入的批次",
    "holiday_notices": "录入的放假安排",
    "counters": "编号的末号",
    "documents_issued": "发文登记",
    "drafts": "没有办完的草稿",
    "bulletins": "已发通报的数字",
    "papers": "文书的制作记录",
    "attachments": "附件的登记",
}


@dataclass(frozen=True, slots=True)
class Recovered:
    """What is in the new office, and all that could not be brought there."""

    folder: Path
    cases: int
    events: int
    attachments: int
    lost: tuple[Problem, ...]


@dataclass
class _Losses:
    """What is found missing on the way."""

    told: list[Problem] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)

    def tell(self, kind: str, where: str, message: str) -> None:
        self.told.append(Problem(kind, where, message))


def recover(folder: Path, target: Path, user: str, password: str, today: date | None = None) -> Recovered:
    """Bring what can be read of `folder` into the new folder `target`; `folder` stays as it is.

    StorageProblem `wrong_password`, `no_office`, `damaged` where nothing can be read; Refusal `office_exists`.
    """
    from desktop_app.storage import database, keyring, keyring_entries

    office_place.refuse_on_server(
        folder,
        "没有数据文件可救",
        "服务器的磁盘坏了，请服务器管理员从数据库的备份恢复；本单位自己的备份，可以用 restore 恢复到一个新文件夹。",
    )
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refusal("office_exists", f"{target} 不是空的。", None, "请另选一个空文件夹。")
    with PrivateFolder(Path(tempfile.gettempdir()), HALF_MADE) as beside:
        ring = _find_keyring(folder, beside.path, user, password)
        key = keyring.unlock(ring, user, password)
        losses = _Losses()
        found, backup = _found(folder, beside.path, key, losses)
        try:
            opened = database.create(target, key)
            shutil.copyfile(ring / keyring_entries.KEYRING_FILE, target / keyring_entries.KEYRING_FILE)
            (target / keyring_entries.KEYRING_FILE).chmod(0o600)
            session = Session(opened, User(user, ONE_PERSON), OfficeClock(today))
            try:
                with session.change() as work:
                    again = _fill(session, work, found, losses)
                    attached = _attach(work, found, (folder, *backup), target, again, losses)
                    note(session, work, RECOVER, _owned_up(losses))
                    sealed = sealing.seal_now(session, work)
                    cases = sum(1 for _ in work.cases.all())
                    events = work.journal.count()
                sealing.lay_beside(session, sealed)
            finally:
                session.close()
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise
    if (folder / "forms").is_dir():
        shutil.copytree(folder / "forms", target / "forms", dirs_exist_ok=True)
    return Recovered(target, cases, events, attached, tuple(losses.told))


def _find_keyring(folder: Path, room: Path, user: str, password: str) -> Path:
    """The folder whose keyring opens: the office's own, or, where that can't be read, one unpacked from a backup."""
    from desktop_app.storage import backup, keyring

    try:
        keyring.unlock(folder, user, password)
        return folder
    except StorageProblem as problem:
        if problem.code not in ("damaged", "no_office"):
            raise
        for place, one in enumerate(backup.backups(folder / backup.BACKUPS_FOLDER)):
            ring = room / f"keyring-{place}"
            with suppress(StorageProblem, OSError):
                ring.mkdir()
                backup.unpack(one.path, ring)
                keyring.unlock(ring, user, password)
                return ring
        raise


def _found(folder: Path, room: Path, key: bytes, losses: _Losses) -> tuple[Salvage, list[Path]]:
    """What the office holds, filled up from the newest backup that is whole and of the same history."""
    from desktop_app.storage import backup
    from desktop_app.storage.database import DATABASE_FILE
    from desktop_app.storage.salvage import Salvage, salvage

    path = folder / DATABASE_FILE
    found = Salvage.of_nothing()
    if path.exists():
        try:
            found = salvage(path, key)
        except StorageProblem as problem:
            losses.tell("page", path.name, problem.message)
    if found.lost_pages:
        losses.tell("page", path.name, f"数据文件有 {found.lost_pages} 页损坏。")
    unpacked: list[Path] = []
    for one, _ in backup.own_backups(folder / backup.BACKUPS_FOLDER, key):
        place = room / one.path.stem
        try:
            place.mkdir()
            backup.unpack(one.path, place)
            earlier = salvage(place / DATABASE_FILE, key)
        except (StorageProblem, OSError):
            continue
        unpacked.append(place)
        if not found.rows.get("events") or found.agrees_with(earlier):
            found.fill_up(earlier)
        break
    if not found.rows.get("events"):
        raise StorageProblem(
            "damaged", f"{folder} 中没有一条记录读得出来。", "请从备份恢复（命令 restore）。"
        )
    return found, unpacked


def _fill(session: Session, work: Work, found: Salvage, losses: _Losses) -> dict[str, str]:
    """Everything but attachments, into the empty office; returns the lost cases with their new numbers."""
    for name in _AS_FOUND:
        work.put_found(found, name)
        if name in found.damaged:
            losses.tell("table", name, f"{_TITLES[name]}：数据文件的这一部分有损坏，可能不全，请核对。")
    _see_to_user(session, work, losses)
    _fill_journal(work, found, losses)
    _fill_trail(work, found, losses)
    _see_to_settings(work)
    return rebuild_cases(session, work, found, losses.told, losses.cases, losses.words)


def _fill_journal(work: Work, found: Salvage, losses: _Losses) -> None:
    """Records with their numbers and links as they were; what is missing between them is told."""
    lost, wordless = work.put_found_journal(found)
    losses.events += lost
    for span in filter(None, write_spans(lost).split(",")):
        losses.tell("event", span, f"第 {span} 号记录读不出来。")
    for event_id, case in wordless:
        losses.words.append(event_id)
        losses.tell(
            "words", case or str(event_id), f"{case or ''} 第 {event_id} 号记录的文字读不出来。".strip()
        )


def _fill_trail(work: Work, found: Salvage, losses: _Losses) -> None:
    """Who looked and printed, and the seals; of seals all or none."""
    losses.entries, sealed = work.put_found_trail(found)
    for span in filter(None, write_spans(losses.entries).split(",")):
        losses.tell("access", span, f"登录与查看记录第 {span} 号读不出来。")
    if not sealed and found.of("seals"):
        losses.tell("seal", "seals", "封条读不全，已从现在起重新加封。")


def _see_to_user(session: Session, work: Work, losses: _Losses) -> None:
    """Whoever recovers must be able to enter, and to restore, as far as the office still says who may."""
    known = work.users.get(session.user.name)
    separation = Separation(work.settings.get(settings_keys.ROLES_SEPARATED) or "")
    if known is not None and not (known.active and may(known.roles, Right.RESTORE, separation)):
        raise Refusal(
            "not_allowed_for_role", "救出数据须由系统管理员办理。", None, "请换系统管理员的用户名和密码。"
        )
    if known is None:
        work.users.put(User(session.user.name, ONE_PERSON, created=session.clock.now()))
        losses.tell(
            "table", "users", f"用户“{session.user.name}”的角色读不出来，已设为全部角色，请重新设置。"
        )


def _see_to_settings(work: Work) -> None:
    """What the office can't do without, from the record of its founding; the calendar's mark from its notices."""
    from desktop_app.domain.entered_notices import edition_of

    for event in work.journal.of_office("found-office"):
        for name, key in (
            (settings_keys.OFFICE_NAME, "office"),
            (settings_keys.DEFAULT_REGULATION, "regulation"),
        ):
            if work.settings.get(name) is None:
                work.settings.put(name, event.keys[key])
    notices = [row.text for row in work.notices.all()]
    if notices or work.settings.get(CALENDAR_EDITION):
        work.settings.put(CALENDAR_EDITION, edition_of(notices))


def _attach(
    work: Work,
    found: Salvage,
    places: tuple[Path, ...],
    target: Path,
    again: dict[str, str],
    losses: _Losses,
) -> int:
    """Papers and scans of cases that are there, and scans of those registered again; each opened before it counts."""
    from desktop_app.storage.attachment_contents import ATTACHMENTS_FOLDER

    for name in ("papers", "attachments"):
        if name in found.damaged:
            losses.tell("table", name, f"{_TITLES[name]}：数据文件的这一部分有损坏，可能不全，请核对。")
    numbers = {row.number for row in work.cases.all()}
    found.part_from_cases("papers", numbers)
    strays = found.part_from_cases("attachments", numbers)
    work.put_found(found, "papers")
    work.put_found(found, "attachments")
    folders = [place / ATTACHMENTS_FOLDER for place in places]
    (target / ATTACHMENTS_FOLDER).mkdir(mode=0o700, exist_ok=True)
    for name in work.attachments.files():
        for source in (one / name for one in folders):
            if source.is_file() and not work.attachments.is_whole(name):
                with suppress(OSError):
                    shutil.copyfile(source, target / ATTACHMENTS_FOLDER / name)
    losses.told += work.attachments.drop_lost()
    for number, row in strays:
        read = (work.attachments.open_found(row, one) for one in folders)
        content = next((one for one in read if one is not None), None)
        if content is None or not again.get(number):
            losses.tell("attachment", number, f"{number} 的附件“{row['name']}”没有救出。")
        else:
            given = {"added": row["added"], "name": row["name"]}
            work.attachments.add(again[number], content, row["kind"], row["by"], **given)
    return len(work.attachments.files())


def _owned_up(losses: _Losses) -> dict[str, str]:
    keys = {
        LOST_EVENTS: write_spans(losses.events),
        LOST_WORDS: write_spans(losses.words),
        LOST_CASES: ",".join(losses.cases),
        LOST_ENTRIES: write_spans(losses.entries),
    }
    return {name: value for name, value in keys.items() if value}
