"""Renewing the data key: everything under another one, whole or not at all; who has left opens nothing any more.

The office is built anew in `.restoring/` and put in place by the plan of renames that a restore uses (ADR 022).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError, Refusal, StorageProblem
from desktop_app.services import backups, earlier_keys, office, office_place
from desktop_app.services.journaling import note
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Renewed:
    """What was done: so many attachments sealed anew, and those that could not be opened before either (`lost`).

    `still_old`: files and folders in the data folder that the passwords of their day open as before. `backup` is the
    first one under the new key; `fault` says why there is none.
    """

    attachments: int
    lost: tuple[str, ...]
    still_old: tuple[str, ...]
    backup: Path | None
    fault: str


def ready(session: Session, window_is_ours: bool = False) -> Callable[[], Renewed]:
    """Renewing, to be called once the session has let the data go. Refusal `not_allowed_for_role`; also where a user
    has a password from an older program, which can't be given another key without it."""
    session.require(Right.KEEP_KEYS)
    office_place.refuse_on_server(
        session.folder,
        "不能在这里更换数据密钥：别的席位正拿着原来的",
        "停用的用户已经进不来。要彻底更换，请先搬到一个数据文件夹，在那里更换，再搬回服务器。",
    )
    _refuse_who_cannot_follow(session)
    folder, user, key = session.folder, session.user.name, session.database.key
    fixed = session.clock.fixed
    return lambda: _renew(folder, user, key, fixed, window_is_ours)


def _renew(folder: Path, user: str, key: bytes, today: date | None, window_is_ours: bool) -> Renewed:
    from desktop_app.storage import in_use, renewal, restoring

    with in_use.alone(folder, window_too=not window_is_ours):
        restoring.settle_alone(folder)
        staging = restoring.clear_staging(folder)
        new_key = secrets.token_bytes(len(key))
        try:
            renewal.copy_database(folder, staging, key, new_key)
            session = office.enter_with_key(staging, user, new_key, today)
            try:
                count, lost = _fill(session, folder, key)
            finally:
                session.close()
            restoring.put_in_place(folder, renewal.PARTS, renewal.name_for_old(), discard=True)
        except BaseException:
            restoring.drop_staging(folder)
            raise
        still_old = renewal.still_old(folder)
    made, fault = _backed_up(folder, user, new_key, today)
    return Renewed(count, tuple(lost), still_old, made, fault)


def _fill(session: Session, folder: Path, key: bytes) -> tuple[int, list[str]]:
    """Into the copy, under the new key already: keyring, attachments, the key of before, and the record of it."""
    from desktop_app.storage import keyring
    from desktop_app.storage.attachment_contents import ATTACHMENTS_FOLDER

    session.require(Right.KEEP_KEYS)
    _refuse_who_cannot_follow(session, folder, key)
    with session.change() as work:
        staying = [user.name for user in work.users.all() if user.active]
        keyring.write_renewed(folder, session.folder, key, session.database.key, staying)
        count, lost = work.attachments.seal_anew(folder / ATTACHMENTS_FOLDER, key)
        earlier_keys.remember(work, key)
        note(session, work, "renew-key", {"attachments": str(count)})
    return count, lost


def _refuse_who_cannot_follow(session: Session, folder: Path | None = None, key: bytes | None = None) -> None:
    from desktop_app.storage import keyring

    with session.read() as work:
        active = [user.name for user in work.users.all() if user.active]
    left = keyring.cannot_follow(folder or session.folder, key or session.database.key, active)
    if left:
        raise Refusal(
            "not_allowed_for_role",
            f"还不能更换密钥：{'、'.join(left)}的密码是旧版程序设的，没有它不能换成新的密钥。",
            None,
            "请他们各登录一次，或由安全保密员重设密码，再更换。",
        )


def _backed_up(folder: Path, user: str, key: bytes, today: date | None) -> tuple[Path | None, str]:
    """A backup under the new key; the renewal stands whether there is one or not."""
    try:
        session = office.enter_with_key(folder, user, key, today)
        try:
            return backups.first_under_new_key(session), ""
        finally:
            session.close()
    except (LiuyanError, OSError) as error:
        remedy = getattr(error, "remedy", None) or "" if isinstance(error, StorageProblem) else ""
        return None, f"新密钥下的第一份备份没有做成：{error}{remedy}"
