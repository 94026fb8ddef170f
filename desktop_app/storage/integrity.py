"""Proof that the file itself is whole: its encrypted pages, its structure, its references, its kept figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.domain.office_records import Problem
from desktop_app.storage.engine import connect_file
from desktop_app.storage.faults import as_problem

if TYPE_CHECKING:
    from desktop_app.storage.database import Database

_MOST_LINES = 20
"""Of one kind of fault; a badly damaged file would give thousands."""

COUNTS_DIFFER = """
SELECT status FROM (
    SELECT status, is_open, voided, count(*) AS n FROM cases GROUP BY status, is_open, voided
    EXCEPT SELECT status, is_open, voided, count FROM status_counts
) AS unkept UNION SELECT status FROM (
    SELECT status, is_open, voided, count FROM status_counts WHERE count <> 0
    EXCEPT SELECT status, is_open, voided, count(*) FROM cases GROUP BY status, is_open, voided
) AS unfounded"""
"""In the words of both engines."""


def check_pages(database: Database) -> list[Problem]:
    """Reads every page of the office's file from the disk, or looks at the tables on its server; an empty list where
    all is well."""
    if database.on_server:
        with database.read() as work:
            return work.check_tables()
    return check_file(database.path, database.key)


def check_file(path: Path, key: bytes) -> list[Problem]:
    """The same for any file of that key. A connection of its own: pages in memory would hide what the disk has."""
    from sqlcipher3 import dbapi2

    try:
        driver = connect_file(path, key)
    except dbapi2.DatabaseError as error:
        return [_unreadable(error, "page", path, "打不开")]
    try:
        problems = _lines(driver, path, "page", "PRAGMA cipher_integrity_check", "加密页校验不符")
        if not problems:
            problems = _lines(driver, path, "structure", "PRAGMA integrity_check", "数据结构有误")
        if not problems:
            problems = [
                *_lines(driver, path, "reference", "PRAGMA foreign_key_check", "引用的数据不存在"),
                *_lines(driver, path, "counts", COUNTS_DIFFER, "按状态的件数与实有件数不符"),
            ]
        return problems
    finally:
        driver.close()


def _lines(driver: Any, path: Path, kind: str, statement: str, words: str) -> list[Problem]:
    from sqlcipher3 import dbapi2

    try:
        rows = driver.execute(statement).fetchmany(_MOST_LINES)
    except dbapi2.DatabaseError as error:
        return [_unreadable(error, kind, path, words)]
    found = (" ".join(str(value) for value in row if value is not None) for row in rows)
    return [Problem(kind, path.name, f"{words}：{line}") for line in found if line != "ok"]


def _unreadable(error: Exception, kind: str, path: Path, words: str) -> Problem:
    told = as_problem(error)
    if told is None:
        raise error
    return Problem(kind, path.name, f"{words}：{told.message}")
