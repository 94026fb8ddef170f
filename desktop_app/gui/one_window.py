"""One window a data folder: a second start says who has it open, and brings that window to the front where it can.

The lock is the kernel's, gone with the process however it ends. Beside it lies a note of who holds it; a second start
on the same machine asks by writing to it, which the first window sees.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject

from desktop_app.paths import WINDOW_LOCK

HOLDER_FILE = "window-holder.json"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose window it is: the user and name of the machine, since when; `asked` changes when another start asks."""

    user: str
    machine: str
    since: str
    asked: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine, where it can be brought to the front."""
        return self.machine == platform.node()


class OneWindow(QObject):
    """Holds the folder until `release`."""

    def __init__(self, folder: Path, lock: Any) -> None:
        super().__init__()
        self._lock, self._path = lock, folder / HOLDER_FILE
        self._asked = ""
        _write(self._path, Holder(_user(), platform.node(), datetime.now().isoformat(timespec="minutes")))
        self._watch = QFileSystemWatcher([str(self._path)], self)

    def when_asked(self, show: Callable[[], None]) -> None:
        """Call `show` whenever somebody starts the program on this folder again."""

        def look() -> None:
            holder = read_holder(self._path.parent)
            if holder is not None and holder.asked != self._asked:
                self._asked = holder.asked
                show()
            # A file that was replaced as a whole is watched no more.
            self._watch.addPath(str(self._path))

        self._watch.fileChanged.connect(look)

    def release(self) -> None:
        self._watch.removePath(str(self._path))
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._lock.release()


def hold(folder: Path) -> OneWindow | None:
    """The folder for this window alone; None where another has it. OSError where nothing can be written there."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / WINDOW_LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return None
    return OneWindow(folder, lock)


def read_holder(folder: Path) -> Holder | None:
    """Who has the folder open; None where the note can't be read."""
    try:
        return Holder(**json.loads((folder / HOLDER_FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def ask_to_show(folder: Path) -> str:
    """Ask the window that has the folder to come to the front; what to tell whoever started a second one."""
    holder = read_holder(folder)
    if holder is None:
        return f"这个数据文件夹已经有一个窗口打开着：\n{folder}\n请切换到那个窗口。"
    since = holder.since.replace("T", " ")
    if holder.is_here:
        with suppress(OSError):
            _write(folder / HOLDER_FILE, replace(holder, asked=secrets.token_hex(4)))
        return (
            f"这个数据文件夹已经打开着（{holder.user}，{since} 起）：\n{folder}\n"
            "已请那个窗口到前面来；看不到的话，请在任务栏上点它。"
        )
    return (
        f"这个数据文件夹正由电脑“{holder.machine}”上的 {holder.user} 打开着（{since} 起）：\n{folder}\n"
        "一个数据文件夹同时只能有一个窗口。请在那台电脑上退出后再打开；命令行可以同时使用。"
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _write(path: Path, holder: Holder) -> None:
    """In place, so that whoever watches the file sees it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(holder), file, ensure_ascii=False)
