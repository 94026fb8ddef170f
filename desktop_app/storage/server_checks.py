"""Proof that an office's tables on a server stand as the program made them; the pair of `integrity` for a file.

Pages and references are the server's own to keep whole; what the program relies on besides is looked at here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop_app.domain.office_records import Problem
from desktop_app.storage.integrity import COUNTS_DIFFER
from desktop_app.storage.server_extras import SERVER_EXTRAS

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_TRIGGER = re.compile(r"CREATE TRIGGER (\w+) .*? ON (\w+)", re.DOTALL)
_STANDING = """
SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgenabled = 'O' AND relnamespace = current_schema()::regnamespace
"""
_LOOSE = """
SELECT conname, conrelid::regclass::text FROM pg_constraint
WHERE connamespace = current_schema()::regnamespace AND NOT convalidated
"""


def check_tables(connection: Connection) -> list[Problem]:
    """Kept counts, guards and references; an empty list where all is well."""
    return [*_counts(connection), *_guards(connection), *_references(connection)]


def _counts(connection: Connection) -> list[Problem]:
    found = connection.exec_driver_sql(COUNTS_DIFFER).scalars()
    return [Problem("counts", "status_counts", f"按状态的件数与实有件数不符：{status}") for status in found]


def _guards(connection: Connection) -> list[Problem]:
    """Triggers that are gone or switched off: whoever owns the database may do that, and then change the journal."""
    wanted = {match.groups() for one in SERVER_EXTRAS for match in _TRIGGER.finditer(one)}
    standing = {(name, table) for name, table in connection.exec_driver_sql(_STANDING)}
    return [
        Problem("structure", table, f"表 {table} 的触发器 {name} 不在或已停用，须请服务器管理员说明。")
        for name, table in sorted(wanted - standing)
    ]


def _references(connection: Connection) -> list[Problem]:
    found = connection.exec_driver_sql(_LOOSE)
    return [Problem("reference", table, f"表 {table} 的约束 {name} 没有核对过") for name, table in found]
