"""A quick look at an office's file before anybody works in it: that it can be read, the end of its journal, some records.

It takes a few milliseconds however large the file is; `verify` looks at everything.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.domain.events import digest
from desktop_app.errors import StorageProblem
from desktop_app.storage.engine import connect_file, translated

if TYPE_CHECKING:
    from desktop_app.storage.database import Database

_SAMPLES = 8
_REMEDY = "请不要继续登记：从最近的备份恢复，或用命令 recover 救出能读的部分。"


def check_start(path: Path, key: bytes) -> None:
    """StorageProblem ``damaged``, saying what does not fit, where the file is not as the program left it.

    A file shorter than it should be, and a page that was altered, the engine itself refuses to read.
    """
    with translated():
        driver = connect_file(path, key)
        try:
            fault = fault_of(driver.execute)
        finally:
            driver.close()
    if fault:
        raise StorageProblem("damaged", f"数据文件有损坏：{fault}。没有改动任何数据。", _REMEDY)


def check_open(database: Database) -> None:
    """The same of an office that is open already, as one on a server."""
    with database.read() as work:
        fault = work.fault_at_start()
    if fault:
        raise StorageProblem("damaged", f"数据有损坏：{fault}。没有改动任何数据。", _REMEDY)


def fault_of(ask: Callable[[str], Any]) -> str:
    """What does not fit, by questions that `ask` puts; empty where all does."""

    head = ask("SELECT event_id, hash FROM journal_head WHERE place = 1").fetchone()
    last = ask("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
    if (head and tuple(head)) != (last and tuple(last)):
        return "最后一条记录与记录末尾的登记不符"
    if last is None:
        return ""
    for wanted in {last[0], *random.sample(range(1, last[0] + 1), min(_SAMPLES, last[0]))}:
        row = ask(f"SELECT canonical, hash FROM events WHERE id = {wanted:d}").fetchone()
        if row is not None and digest(row[0]) != row[1]:
            return f"第 {wanted} 号记录与它的校验值不符"
    return ""
