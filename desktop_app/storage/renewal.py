"""A copy of an office's database under another key, and what in a data folder is under an older one."""

from __future__ import annotations

import secrets
from pathlib import Path

from desktop_app.errors import StorageProblem
from desktop_app.storage.attachment_contents import ATTACHMENTS_FOLDER
from desktop_app.storage.backup import BACKUPS_FOLDER, backups
from desktop_app.storage.engine import connect_file, translated
from desktop_app.storage.integrity import check_file
from desktop_app.storage.keyring_entries import KEYRING_FILE
from desktop_app.storage.safe_files import disk_faults_told

_DATABASE = "office.db"
PARTS = (_DATABASE, KEYRING_FILE, ATTACHMENTS_FOLDER)
"""What a renewal puts in the place of the old; templates are under no key."""


def copy_database(folder: Path, target: Path, key: bytes, new_key: bytes) -> None:
    """The office's database into the folder `target`, every page of it under the new key, and proved to be so.

    Nobody else may be in `folder`: what is written meanwhile would be lost.
    """
    copy = target / _DATABASE
    with translated(), disk_faults_told():
        driver = connect_file(folder / _DATABASE, key)
        try:
            driver.execute("VACUUM INTO ?", (str(copy),))
        finally:
            driver.close()
        driver = connect_file(copy, key)
        try:
            driver.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"")
        finally:
            driver.close()
        copy.chmod(0o600)
        (target / ATTACHMENTS_FOLDER).mkdir(mode=0o700, exist_ok=True)
    problems = check_file(copy, new_key)
    if problems:
        raise StorageProblem(
            "damaged",
            f"换了密钥的数据没有通过核对，没有更换：{problems[0].message}",
            "请先运行 verify 核对数据，并换一个磁盘再试。",
        )


def name_for_old() -> str:
    """Under which the old files wait to be deleted, once the new ones are in place."""
    return f".before-renewal-{secrets.token_hex(4)}"


def still_old(folder: Path) -> tuple[str, ...]:
    """What lies in the data folder under keys of before: the passwords of those days open it."""
    kept = sorted(path.name for path in folder.glob("before-restore-*") if path.is_dir())
    older = [f"{BACKUPS_FOLDER}/{one.path.name}" for one in backups(folder / BACKUPS_FOLDER)]
    return (*kept, *older)
