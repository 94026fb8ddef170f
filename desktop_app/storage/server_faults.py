"""What a PostgreSQL server and the line to it complain of, told as `StorageProblem`; the pair of `faults`."""

from __future__ import annotations

from desktop_app.errors import StorageProblem
from desktop_app.storage.faults import SAFE

_LOST = (
    "server_lost",
    f"与服务器的连接断了，或者服务器正在重新启动。{SAFE}",
    "填好的内容还在。请稍候再办一次；一直连不上，请找服务器管理员，并看网线是否接好。",
)
_SILENT = (
    "server_silent",
    f"服务器没有回应：可能是网络断了，也可能是服务器太忙或停住了。{SAFE}",
    "填好的内容还在。请稍候再办一次；一直连不上，请找服务器管理员，并看网线是否接好。",
)
_TOO_LONG = (
    "server_lost",
    f"这一步停得太久（如电脑休眠），服务器已经把它撤回。{SAFE}",
    "填好的内容还在，请再办一次。",
)
_NO_SUCH_HOST = (
    "server_lost",
    "找不到这个名字的服务器：网络没有接通，或者地址写错了。没有发出任何数据。",
    "请看网线是否接好，再向服务器管理员核对地址。",
)
_CERTIFICATE = (
    "server_refused",
    "与服务器之间的加密连接（TLS）没有建立：服务器的证书不可信、名字不符，或者服务器没有开启加密。没有发出任何数据。",
    "请向服务器管理员核对地址里的服务器名和证书文件（sslrootcert）；不要为了连上而关闭校验。",
)

# SQLSTATE of PostgreSQL, a whole code or its class (https://www.postgresql.org/docs/15/errcodes-appendix.html).
_SERVER_MEANINGS: dict[str, tuple[str, str, str]] = {
    "55P03": (
        "locked",
        f"另一个席位正在保存，没有等到。{SAFE}",
        "请稍候再试；总是这样，请看是不是有人正在导入很多留言。",
    ),
    "40": ("locked", f"与另一个席位的操作相互等候，服务器让这一步先停下了。{SAFE}", "请再试一次。"),
    "53100": ("disk_full", f"服务器的磁盘空间已满。{SAFE}", "请找服务器管理员腾出空间后再试。"),
    "53": ("server_busy", f"服务器的连接数或内存用尽。{SAFE}", "请稍候再试；总是这样，请找服务器管理员。"),
    "57014": (
        "server_busy",
        f"服务器没有做完这一步就停下了：用时过长，或者被管理员取消。{SAFE}",
        "请再试一次；总是这样，请找服务器管理员。",
    ),
    "25P03": _TOO_LONG,
    "25P04": _TOO_LONG,
    "57": _LOST,
    "08": _LOST,
    "28": (
        "server_refused",
        "服务器不认这个账号或密码，或者不许从这台电脑连接；数据没有改动。",
        "请向服务器管理员核对地址、账号和密码，以及允许连接的电脑（pg_hba.conf）。",
    ),
    "3D": ("no_office", "服务器上没有这个数据库。", "请核对地址，或请服务器管理员先建立数据库。"),
    "42501": (
        "server_refused",
        f"数据库账号没有做这一步的权限。{SAFE}",
        "请向服务器管理员核对账号的权限；角色刚变动过的，请重新登录。",
    ),
    "25006": (
        "read_only",
        f"这个服务器现在只许查看（可能是备用服务器）。{SAFE}",
        "请向服务器管理员核对地址。",
    ),
    "58": (
        "damaged",
        f"服务器读写自己的磁盘时出错。{SAFE}",
        "请找服务器管理员检查磁盘；再运行 verify 核对。",
    ),
    "XX": (
        "damaged",
        "服务器上的数据有损坏；本次操作没有写入。",
        "请不要继续写入；请服务器管理员检查，并运行 verify。",
    ),
}

_AWAY = frozenset(("server_lost", "server_silent"))

# In the words of libpq and of the server, which speaks Chinese where it was told to.
_UNSAID = (
    ("too many clients", "53"),
    ("too many connections", "53"),
    ("remaining connection slots", "53"),
    ("连接数", "53"),
    ('role "', "28"),
    ("认证失败", "28"),
    ("角色", "28"),
    ("password authentication failed", "28"),
    ("no password supplied", "28"),
    ("authentication failed", "28"),
    ("pg_hba.conf", "28"),
    ("is not permitted to log in", "28"),
    ("permission denied for database", "28"),
    ("does not exist", "3D"),
    ("不存在", "3D"),
)
_NO_HOST = ("could not translate host name", "Name or service not known", "无法将主机名")


def server_lost() -> StorageProblem:
    """The line is down."""
    return StorageProblem(*_LOST)


def server_silent() -> StorageProblem:
    """The line may be up, and nobody answers."""
    return StorageProblem(*_SILENT)


def outcome_unknown() -> StorageProblem:
    """The line broke as the server was told to commit, and nobody could be asked whether it did."""
    return StorageProblem(
        "outcome_unknown",
        "保存的那一刻与服务器断开，服务器还没有恢复，不知道这一步存上没有。",
        "连上以后请先看这一件的办理记录：有这一步就是已经存上，没有就请再办一次。填好的内容还在。",
    )


def is_away(problem: StorageProblem) -> bool:
    """Whether the server can't be reached just now, whoever asks for what."""
    return problem.code in _AWAY


_NO_TLS = (
    "root certificate",
    "server certificate",
    "certificate verify failed",
    "not support SSL",
    "SSL error",
)


def as_server_problem(error: BaseException) -> StorageProblem | None:
    """The same of PostgreSQL's; where the server said nothing, there was none to say anything."""
    state: str | None = getattr(error, "sqlstate", None)
    if state is None:
        words = str(error)
        if any(one.__name__ == "OperationalError" for one in type(error).__mro__):
            return StorageProblem(*(_meaning_unsaid(words)))
        return None
    meaning = _SERVER_MEANINGS.get(state) or _SERVER_MEANINGS.get(state[:2])
    return StorageProblem(*meaning) if meaning is not None else None


def _meaning_unsaid(words: str) -> tuple[str, str, str]:
    """Of a failed attempt to connect the driver keeps the server's words only, not its code."""
    if any(told in words for told in _NO_TLS):
        return _CERTIFICATE
    for told, state in _UNSAID:
        if told in words:
            return _SERVER_MEANINGS[state]
    if any(told in words for told in _NO_HOST):
        return _NO_SUCH_HOST
    return _LOST
