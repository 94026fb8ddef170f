"""Folders for files that must not outlive their use: this user's alone, and gone with the program.

A leaf that every floor may use. A folder is held by a lock of the kernel's, which ends with its owner however that
ends. What was left behind by one that was killed is swept away when the next folder is made there, and when somebody
enters the office.
"""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock

TEMPORARY_FOLDER = "temporary"
"""In the data folder; papers pass through it on their way to the office suite."""

HALF_MADE = ".liuyan-"
"""Prefix of hidden folders beside the files that are being made, until these are whole."""

_LOCK = ".lock"


class PrivateFolder:
    """`<parent>/<prefix><random>`, mode 0700, from now until `close`. Raises OSError where it cannot be made."""

    def __init__(self, parent: Path, prefix: str = "") -> None:
        parent = parent.absolute()
        sweep(parent, prefix)
        self._made = [folder for folder in (parent, *parent.parents) if not folder.exists()]
        parent.mkdir(parents=True, exist_ok=True)
        self.path = parent / f"{prefix}{secrets.token_hex(6)}"
        # Held before it is there: nobody can sweep it away in between.
        self._lock = _lock(_lock_of(self.path))
        self.path.mkdir(mode=0o700)

    def close(self) -> None:
        """Remove it with all that is in it; what another program holds open goes at the next sweep."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        if not self.path.exists():
            with suppress(OSError):
                _lock_of(self.path).unlink(missing_ok=True)

    def forget_parents(self) -> None:
        """Remove the folders that were made on the way to it, as far as nothing lies in them."""
        for folder in self._made:
            with suppress(OSError):
                folder.rmdir()

    def __enter__(self) -> PrivateFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def sweep(parent: Path, prefix: str = "") -> None:
    """Remove the folders there whose owners have ended without doing so."""
    for lock_file in parent.glob(f"{prefix}*{_LOCK}") if parent.is_dir() else ():
        lock = _free(lock_file)
        if lock is None:
            continue
        shutil.rmtree(lock_file.with_name(lock_file.name.removesuffix(_LOCK)), ignore_errors=True)
        lock.release()
        with suppress(OSError):
            lock_file.unlink(missing_ok=True)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)


def _lock(file: Path) -> BaseFileLock | None:
    """A new folder's lock; None where the file system, as that of some network drives, knows none."""
    from filelock import FileLock, Timeout

    lock = FileLock(file, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except (NotImplementedError, Timeout):
        return None
    return lock


def _free(file: Path) -> BaseFileLock | None:
    """The lock of a folder whose owner is gone; None where the owner lives, or where nobody can tell."""
    try:
        return _lock(file)
    except OSError:
        return None
