"""Who has an office open: a lock of the kernel's on its folder, shared by all who work in it, gone with the process.

Whoever must be alone, to put other files in the place of the office's, is refused while anybody is inside.
filelock knows no shared locks, and importing it costs every command 0.1 s.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.errors import StorageProblem
from desktop_app.paths import WINDOW_LOCK
from desktop_app.storage.safe_files import disk_faults_told

IN_USE_LOCK = "in-use.lock"
STAGING = ".restoring"
"""Folder in which what is to come in lies ready; it is there while a restore is under way, or was cut off."""

_RANGE = 2**31 - 2
"""Bytes of the file that may be locked on Windows, which knows no shared locks: who shares takes one of them."""


class Hold:
    """A lock held until `release`, which any thread may call, and as often as it likes; of None there is none."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)  # the kernel lets the lock go with it

    def __del__(self) -> None:
        self.release()


def share(folder: Path) -> Hold:
    """Be inside with others. StorageProblem ``locked`` while somebody must be alone, ``read_only``."""
    hold = _locked(folder / IN_USE_LOCK, alone=False)
    if hold is None:
        raise being_restored()
    return hold


@contextmanager
def alone(folder: Path, window_too: bool = True) -> Iterator[Hold]:
    """Nobody else inside, and no window on the folder unless it is the caller's. StorageProblem ``locked``.

    What is held is for `open_database`, should whoever is alone open the office.
    """
    held: list[Hold] = []
    try:
        if window_too:
            held.append(_or_refuse(_locked(folder / WINDOW_LOCK, alone=True), "有一个窗口打开着"))
        held.append(_or_refuse(_locked(folder / IN_USE_LOCK, alone=True), "正有另一个程序在使用"))
        yield held[-1]
    finally:
        for hold in reversed(held):
            hold.release()


def is_half_restored(folder: Path) -> bool:
    """Whether a restore is under way or was cut off (`restoring.settle` sees to it)."""
    return (folder / STAGING).exists()


def being_restored() -> StorageProblem:
    """What is told to whoever comes while files are being put in place."""
    return StorageProblem("locked", "这个数据文件夹正在恢复备份或更换密钥。", "请等它完成后再打开。")


def _or_refuse(hold: Hold | None, why: str) -> Hold:
    if hold is None:
        raise StorageProblem(
            "locked", f"这个数据文件夹{why}，没有改动。", "请先关闭窗口、等其他命令做完，再试一次。"
        )
    return hold


def _locked(path: Path, alone: bool) -> Hold | None:
    with disk_faults_told():
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if _take(descriptor, alone):
            return Hold(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int, alone: bool) -> bool:
        os.lseek(descriptor, 0 if alone else secrets.randbelow(_RANGE), os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, _RANGE if alone else 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int, alone: bool) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
