"""What the database engine complains of, told as `StorageProblem`; the one place that knows its codes."""

from __future__ import annotations

from desktop_app.errors import StorageProblem

SAFE = "没有写入半截内容，已保存的数据不受影响。"

# Primary result codes of SQLite (https://www.sqlite.org/rescode.html).
_MEANINGS: dict[int, tuple[str, str, str]] = {
    3: ("read_only", f"数据文件没有写入权限。{SAFE}", "请检查数据文件夹的权限，或换一个可写的位置。"),
    5: (
        "locked",
        f"数据正被另一个程序占用，等候 10 秒后仍未空出。{SAFE}",
        "请稍候再试，或关闭另一个正在写入的程序。",
    ),
    6: ("locked", f"数据正被另一处操作占用。{SAFE}", "请稍候再试。"),
    8: ("read_only", f"数据文件是只读的。{SAFE}", "请检查数据文件夹的权限，或换一个可写的位置。"),
    10: (
        "damaged",
        # A quota that is used up and a stick that was pulled out come as this; the driver tells no closer code.
        f"读写磁盘时出错：空间已满、超出配额，或者磁盘被拔出、有故障。{SAFE}",
        "请检查磁盘的空间和连接后再试；再运行 verify 核对数据，必要时从备份恢复。",
    ),
    11: (
        "damaged",
        "数据文件有损坏；本次操作没有写入。",
        "请不要继续写入；运行 verify 核对，并从最近的备份恢复。",
    ),
    13: ("disk_full", f"磁盘空间已满。{SAFE}", "请腾出空间后再试。"),
    14: ("read_only", f"数据文件打不开。{SAFE}", "请检查数据文件夹是否存在、是否有权限。"),
    15: ("locked", f"数据正被另一个程序占用。{SAFE}", "请稍候再试。"),
    26: (
        "wrong_key",
        "密钥与数据文件不符，或者文件开头已损坏；数据没有改动。",
        "请核对数据文件夹；必要时从备份恢复。",
    ),
}


def code_of(error: BaseException) -> int | None:
    """SQLite's primary result code in a driver's error, or in what SQLAlchemy wrapped around it; else None."""
    original = getattr(error, "orig", None) or error
    code = getattr(original, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def as_problem(error: BaseException) -> StorageProblem | None:
    """The StorageProblem that `error` means, or None where it is no fault of the disk, file or server (a bug)."""
    original = getattr(error, "orig", None) or error
    if hasattr(original, "sqlstate"):
        from desktop_app.storage.server_faults import as_server_problem

        return as_server_problem(original)
    meaning = _MEANINGS.get(code_of(error) or 0)
    return StorageProblem(*meaning) if meaning is not None else None
