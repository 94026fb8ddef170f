"""Putting other files in the place of what an office holds, so that a crash leaves the one or the other whole: a
proved backup, or the same office under another key.

What comes in lies ready in `.restoring/` on the same disk. A plan written there is the point of no return: from
then on each file is moved by a rename, what was there into a folder of its own, and whoever opens the office next
finishes what was cut off (`settle`). Without a plan, what lies ready is thrown away.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.errors import StorageProblem
from desktop_app.storage.attachment_contents import ATTACHMENTS_FOLDER
from desktop_app.storage.backup import FORMS_FOLDER
from desktop_app.storage.engine import connect_file, translated
from desktop_app.storage.in_use import STAGING, alone, being_restored, is_half_restored
from desktop_app.storage.keyring_entries import KEYRING_FILE
from desktop_app.storage.safe_files import disk_faults_told, settle_folder, write_whole
from desktop_app.storage.seals import SEAL_FILE

_PLAN = "plan.json"
_DATABASE = "office.db"
_BESIDE_DATABASE = ("office.db-wal", "office.db-shm")
_PARTS = (_DATABASE, *_BESIDE_DATABASE, KEYRING_FILE, ATTACHMENTS_FOLDER, FORMS_FOLDER, SEAL_FILE)


@dataclass(frozen=True, slots=True)
class Standing:
    """How much an office holds, and when its last event was entered; None where that can't be read."""

    cases: int | None
    events: int | None
    last_event: str | None


def standing(folder: Path, key: bytes) -> Standing | None:
    """What lies in `folder` now, as far as `key` opens it; None where there is no office."""
    path = folder / _DATABASE
    if not path.exists():
        return None
    try:
        with translated():
            driver = connect_file(path, key)
            try:
                cases = driver.execute("SELECT count(*) FROM cases").fetchone()[0]
                row = driver.execute("SELECT id, canonical FROM events ORDER BY id DESC LIMIT 1").fetchone()
            finally:
                driver.close()
        return Standing(cases, row[0] if row else 0, json.loads(row[1])["entered"] if row else None)
    except (StorageProblem, ValueError, KeyError, TypeError):
        return Standing(None, None, None)


def clear_staging(folder: Path) -> Path:
    """An empty folder in `folder` for what is to come in; the caller is alone there."""
    staging = folder / STAGING
    with disk_faults_told():
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(mode=0o700)
    return staging


def drop_staging(folder: Path) -> None:
    """Throws away what lay ready."""
    shutil.rmtree(folder / STAGING, ignore_errors=True)


def name_for_kept(folder: Path, now: datetime) -> str:
    """A name, free in `folder`, for what is there now; empty where nothing is."""
    if not any((folder / name).exists() for name in _PARTS):
        return ""
    plain = f"before-restore-{now:%Y%m%d-%H%M%S}"
    name, count = plain, 1
    while (folder / name).exists():
        count += 1
        name = f"{plain}-{count}"
    return name


def put_in_place(folder: Path, parts: Sequence[str], kept: str, discard: bool = False) -> Path | None:
    """Lets `parts` of the staging folder take the place of those in `folder`; the caller is alone there.

    Returns the folder in which what was there is kept, None where nothing was. `discard`: it is deleted once the
    new parts are in place, as a renewal of the key wants it.
    """
    with disk_faults_told():
        plan = json.dumps({"kept": kept, "parts": list(parts), "discard": discard})
        write_whole(folder / STAGING / _PLAN, plan.encode())
        settle_alone(folder)
    return folder / kept if kept else None


def settle(folder: Path) -> None:
    """Finishes, or forgets, a restore that was cut off; a look at one name where there was none.

    StorageProblem ``locked`` while one is under way.
    """
    if not is_half_restored(folder):
        return
    try:
        with alone(folder, window_too=False), disk_faults_told():
            settle_alone(folder)
    except StorageProblem as problem:
        if problem.code != "locked":
            raise
        if (folder / STAGING / _PLAN).exists():
            raise being_restored() from problem


def settle_alone(folder: Path) -> None:
    """The same for whoever is alone there: each move is made, unless it was made before; the plan goes last."""
    staging = folder / STAGING
    plan = _plan(staging)
    if plan is not None:
        if plan.kept:
            (folder / plan.kept).mkdir(mode=0o700, exist_ok=True)
        if (staging / _DATABASE).exists():
            # A log that belongs to the old file must never be read into the new one.
            for name in _BESIDE_DATABASE:
                _keep(folder, name, plan.kept)
        for name in plan.parts:
            if (staging / name).exists():
                _keep(folder, name, plan.kept)
                (staging / name).replace(folder / name)
        settle_folder(folder)
        if plan.discard:
            shutil.rmtree(folder / plan.kept)
        (staging / _PLAN).unlink()
        settle_folder(staging)
    shutil.rmtree(staging, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Plan:
    kept: str
    parts: list[str]
    discard: bool = False


def _plan(staging: Path) -> _Plan | None:
    path = staging / _PLAN
    return _Plan(**json.loads(path.read_bytes())) if path.exists() else None


def _keep(folder: Path, name: str, kept: str) -> None:
    if (folder / name).exists():
        (folder / name).replace(folder / kept / name)
        settle_folder(folder / kept)
        settle_folder(folder)
