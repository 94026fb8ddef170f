"""Files written whole or not at all, and the disk's complaints told as StorageProblem."""

from __future__ import annotations

import errno
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_app.errors import StorageProblem

_HALF_WRITTEN = re.compile(r"\..+\.[0-9a-f]{8}")
_SURELY_OVER = 3600.0
"""Seconds."""
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def disk_faults_told() -> Iterator[None]:
    """A full or write-protected disk raises StorageProblem ``disk_full`` or ``read_only``; other errors pass."""
    try:
        yield
    except OSError as error:
        where = error.filename or ""
        if error.errno in _NO_RIGHT:
            raise StorageProblem(
                "read_only",
                f"没有写入权限：{where}。已保存的数据不受影响。",
                "请检查数据文件夹的权限，或换一个可写的位置。",
            ) from error
        if error.errno in _NO_ROOM:
            raise StorageProblem(
                "disk_full", f"磁盘空间已满：{where}。已保存的数据不受影响。", "请腾出空间后再试。"
            ) from error
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Puts `content` at `path` so that a crash leaves the old file or the new one, readable by its owner only."""
    with disk_faults_told():
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            descriptor = os.open(
                beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
            )
            with os.fdopen(descriptor, "wb") as file:
                _hold(file.fileno())
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                if os.name != "nt":
                    beside.replace(path)  # while it is held: nobody takes it for one that was left behind
            if os.name == "nt":
                beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
        settle_folder(path.parent)


def sweep_half_written(folder: Path) -> None:
    """Removes from `folder` what `write_whole` left half written where its program was killed. Raises OSError."""
    for path in folder.glob(".*.*"):
        if _HALF_WRITTEN.fullmatch(path.name) and _is_abandoned(path):
            path.unlink(missing_ok=True)


def _hold(descriptor: int) -> None:
    """A lock that ends with the program. Where the file system, as that of some network drives, knows none, so be it."""
    if os.name != "nt":
        import fcntl

        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_abandoned(path: Path) -> bool:
    """Whether nobody is writing it. Windows tells nobody; there a file is written in an instant, not in an hour."""
    if os.name == "nt":
        return time.time() - path.stat().st_mtime > _SURELY_OVER
    import fcntl

    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def settle_folder(folder: Path) -> None:
    """Makes a rename in `folder` outlast a power cut; Windows needs and offers no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
