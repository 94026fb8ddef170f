"""The encrypted office against bare SQLite: lists, search, opening, durable acts."""

from __future__ import annotations

import os
import random
import secrets
import sqlite3
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measure import Row, best_of, sizes
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.events import NewEvent
from desktop_app.storage import keyring
from desktop_app.storage.database import Database, create, open_database
from desktop_app.storage.engine import connect_file
from desktop_app.storage.index_terms import Search

_LARGEST = 100_000
_PIECE = 5_000
_ACTS = 200
_ENTERED = "2026-11-23T08:00:00+08:00"
_STATUSES = ("待初审", "待交办", "待签收", "办理中", "待审核", "待公开", "已回复", "已归档")
_WORDS = (
    "小区", "供水", "水压", "不足", "物业", "公交", "线路", "路灯", "噪音", "施工", "学校", "入学", "医保", "报销",
    "街道", "垃圾", "清运", "停车", "收费", "拆迁", "补偿", "工资", "拖欠", "教师", "草场", "牧民", "灌溉", "道路",
    "塌陷", "积水", "暖气", "温度", "希望", "领导", "尽快", "解决", "多次", "反映", "没有", "回复", "我们", "业主",
)  # fmt: skip
_RARE = "翡翠湾滨河"
"""Stands in one message of ten thousand."""
_PAGE_SQL = (
    "SELECT * FROM cases WHERE voided = 0 AND is_open = 1 AND due IS NOT NULL ORDER BY due, id LIMIT 50"
)
_LIKE_SQL = (
    "SELECT cases.*, count(*) OVER () FROM cases JOIN search_texts ON case_id = id "
    "WHERE voided = 0 AND folded LIKE ? ORDER BY id LIMIT 50"
)
_MATCH_SQL = (
    "SELECT case_id FROM search_texts JOIN (SELECT rowid AS id FROM case_search "
    "WHERE case_search MATCH ? ORDER BY rowid LIMIT 50) ON case_id = id"
)


def run() -> list[Row]:
    """Builds an office of each size and measures it, ours beside what bare SQLite takes for the same."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        for size in sizes(_LARGEST):
            folder = Path(name) / str(size)
            database = _office(folder, size)
            plain = _plain_copy(database, folder / "plain.db")
            try:
                rows += _lists(database, plain, size)
                rows += _searches(database, plain, size)
                if size < _LARGEST:
                    rows += _acts(database, folder)
                rows += _opening(database, folder, size)
            finally:
                plain.close()
                database.close()
        rows += _keys(Path(name) / "keys")
    return rows


def _lists(database: Database, plain: sqlite3.Connection, size: int) -> list[Row]:
    raw = best_of(lambda: plain.execute(_PAGE_SQL).fetchall(), 50)
    by_due = CaseQuery(open_only=True, sort="due")
    rows = [
        Row(
            "list page, 50 rows by deadline",
            f"{size:,}",
            _page(database, by_due),
            "plain SQLite",
            raw,
            "≤ 3 ×",
        )
    ]
    encrypted = connect_file(database.path, database.key)
    warm = best_of(lambda: encrypted.execute(_PAGE_SQL).fetchall(), 50)
    encrypted.close()
    rows.append(Row("the same SQL, encrypted, warm", f"{size:,}", warm, "plain SQLite", raw, "≤ 1.5 ×"))
    for words, query in (
        ("list page, newest first", CaseQuery(descending=True)),
        ("list page, one state by deadline", CaseQuery(status="办理中", sort="due")),
        ("list page, two states by deadline", CaseQuery(statuses=("办理中", "待审核"), sort="due")),
        ("list page, one unit", CaseQuery(unit="单位7", sort="due")),
        ("list page, overdue", CaseQuery(overdue_on=date(2026, 2, 1), sort="due")),
        ("list page, deadline backwards", CaseQuery(sort="due", descending=True)),
    ):
        rows.append(Row(words, f"{size:,}", _page(database, query), "", 0, "≤ 16 ms"))
    with database.read() as work:
        counts = best_of(work.cases.count_by_status, 20)
        jump = best_of(lambda: work.cases.window(CaseQuery(sort="due"), size - 100, 50), 5)
        ids = best_of(lambda: work.cases.numbers(CaseQuery(sort="due")), 3)
    rows.append(Row("counts by state", f"{size:,}", counts, "", 0, "≤ 5 ms"))
    rows.append(Row("jump to the list's end, no place known", f"{size:,}", jump, "", 0, "≤ 16 ms"))
    rows.append(Row("register numbers of the whole list", f"{size:,}", ids, "", 0, ""))
    return rows


def _searches(database: Database, plain: sqlite3.Connection, size: int) -> list[Row]:
    rows: list[Row] = []
    for words, term, like_target in (
        ("search, rare, 5 characters", _RARE, "≥ 100 × faster"),
        ("search, rare, 2 characters", _RARE[:2], "≥ 100 × faster"),
    ):
        like = best_of(partial(_like, plain, term), 3)
        target = like_target if size == _LARGEST else ""
        rows.append(Row(words, f"{size:,}", _page(database, CaseQuery(text=term)), "LIKE", like, target))
    for words, query in (
        ("search, common, 2 characters, newest first", CaseQuery(text="水压", descending=True)),
        ("search, common, 4 characters, newest first", CaseQuery(text="水压不足", descending=True)),
        ("search, common, 1 character, newest first", CaseQuery(text="水", descending=True)),
        ("search, common, 2 characters, by deadline", CaseQuery(text="水压", sort="due")),
        ("search, common, one state, by deadline", CaseQuery(text="水压", status="办理中", sort="due")),
        ("search, rare, by deadline", CaseQuery(text=_RARE, sort="due")),
    ):
        with database.read() as work:
            total = work.cases.total(query)[0]
        rows.append(Row(words, f"{size:,}", _page(database, query), "", 0, "≤ 30 ms", f"{total:,} found"))
    match = (Search.of("水压") or Search("", "", False)).match
    encrypted = connect_file(database.path, database.key)
    ours = best_of(lambda: encrypted.execute(_MATCH_SQL, (match,)).fetchall(), 20)
    encrypted.close()
    bare = best_of(lambda: plain.execute(_MATCH_SQL, (match,)).fetchall(), 20)
    rows.append(Row("the same search, encrypted, warm", f"{size:,}", ours, "plain SQLite", bare, "≤ 2 ×"))
    with database.read() as work:
        text, index = (work._connection.exec_driver_sql(sql).scalar_one() for sql in (
            "SELECT sum(length(CAST(folded AS BLOB))) FROM search_texts",
            "SELECT sum(length(block)) FROM case_search_data",
        ))  # fmt: skip
    rows[0] = replace(rows[0], note=f"index {index / text:.2f} × the text of {text / 1e6:.0f} MB")
    return rows


def _like(plain: sqlite3.Connection, term: str) -> list[Any]:
    return plain.execute(_LIKE_SQL, (f"%{term}%",)).fetchall()


def _acts(database: Database, folder: Path) -> list[Row]:
    def floor() -> None:
        descriptor = os.open(folder / "floor", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for _ in range(_ACTS):
            os.write(descriptor, b"x" * 4096)
            os.fdatasync(descriptor)
        os.close(descriptor)

    numbers = iter(range(1, 100 * _ACTS))

    def acts() -> None:
        for _ in range(_ACTS):
            act(database, f"2026-{next(numbers):04d}")

    ours, peer = best_of(acts, 3) / _ACTS, best_of(floor, 3) / _ACTS
    new = [_event(f"2026-{serial:04d}") for serial in range(1, 3001)]

    def append() -> None:
        with database.change() as work:
            work.journal.append(new)

    bulk = best_of(append, 3)
    return [
        Row(
            "one durable act: case, journal, index",
            "10,000",
            ours,
            "append 4 KiB + fdatasync",
            peer,
            ">= 300 /s",
        ),
        Row("3,000 events into the journal at once", "10,000", bulk, "", 0, "<= 300 ms"),
    ]


def act(database: Database, number: str) -> None:
    """One step as a service does it: the case's events and row read, an event, the row and the index written."""
    with database.change() as work:
        work.journal.of_case(number)
        row = work.cases.get(number)
        assert row is not None
        work.journal.append([_event(number)])
        work.cases.update(replace(row, status="已回复", is_open=not row.is_open))
        message = f"{row.title} 经核实，已于当日恢复供水，并与来信人当面说明。"
        work.search.put(number, [row.title, message, row.number])


def _opening(database: Database, folder: Path, size: int) -> list[Row]:
    database.close()

    def first_page() -> None:
        again = open_database(folder, database.key)
        with again.read() as work:
            work.cases.page(CaseQuery(open_only=True, sort="due"))
        again.close()

    def bare() -> None:
        connection = sqlite3.connect(folder / "plain.db")
        connection.execute(_PAGE_SQL).fetchall()
        connection.close()

    ours, peer = best_of(first_page, 10), best_of(bare, 10)
    return [Row("key given → first page", f"{size:,}", ours, "plain SQLite", peer, "≤ 400 ms")]


def _keys(folder: Path) -> list[Row]:
    password = "春风又绿江南岸呀呀呀"
    keyring.create_keyring(folder, "王敏", password)
    standard = keyring.STANDARD

    def argon2() -> None:
        from argon2.low_level import Type, hash_secret_raw

        hash_secret_raw(
            password.encode(), bytes(16), standard.time, standard.memory_kib, standard.lanes, 32, Type.ID
        )

    ours = best_of(lambda: keyring.unlock(folder, "王敏", password), 5)
    return [Row("unlock with a password", "1", ours, "Argon2id alone", best_of(argon2, 5), "≤ 400 ms")]


def _page(database: Database, query: CaseQuery) -> float:
    def ask() -> None:
        with database.read() as work:
            work.cases.page(query)

    return best_of(ask, 50)


def _office(folder: Path, size: int) -> Database:
    database = create(folder, secrets.token_bytes(32))
    chance = random.Random(size)
    started = time.perf_counter()
    for first in range(1, size + 1, _PIECE):
        rows = [_row(chance, serial) for serial in range(first, min(first + _PIECE, size + 1))]
        with database.change() as work:
            work.cases.insert(rows)
            work.search.put_many([(row.number, [row.title, _text(chance, row.serial)]) for row in rows])
            work.journal.append([_event(row.number) for row in rows])
    print(f"  {size:,} cases made in {time.perf_counter() - started:.0f} s", flush=True)
    return database


def _row(chance: random.Random, serial: int) -> CaseRow:
    status = chance.choices(_STATUSES, (3, 2, 2, 8, 2, 2, 20, 61))[0]
    is_open = status not in {"已回复", "已归档"}
    received = date(2026, 1, 1) + timedelta(days=chance.randrange(320))
    return CaseRow(
        number=f"2026-{serial:04d}",
        year=2026,
        serial=serial,
        regulation="tongliao-2023",
        status=status,
        title="".join(chance.choices(_WORDS, k=8)),
        received=received,
        source="市长板块",
        is_open=is_open,
        board_number=str(4_000_000 + serial),
        category=chance.choice(("咨询", "投诉", "求助", "建议")),
        urgency="一般",
        lead=f"单位{chance.randrange(60)}",
        supporting=("单位61",) if chance.random() < 0.1 else (),
        due=received + timedelta(days=14) if status != "待初审" else None,
        reminder=received + timedelta(days=13) if status != "待初审" else None,
        due_from="receipt",
        awaiting_reply=status == "办理中",
        dispatched=received,
        taken=received,
    )


def _text(chance: random.Random, serial: int) -> str:
    # Some 3,000 characters of the language beside the common words, as real messages have.
    odd = "".join(chr(0x4E00 + int(chance.expovariate(1 / 700)) % 20_000) for _ in range(60))
    words = chance.choices(_WORDS, k=60)
    rare = _RARE if serial % 10_000 == 7 else ""
    return "".join(words[:30]) + odd[:30] + rare + "，" + "".join(words[30:]) + odd[30:] + "。"


def _event(number: str) -> NewEvent:
    return NewEvent(
        "reply",
        date(2026, 11, 23),
        "王敏",
        _ENTERED,
        number,
        {"signer": "赵某", "stamped": "yes", "handler": "钱某"},
        {"text": "经核实，已于当日恢复供水，并与来信人当面说明。" * 4},
    )


def _plain_copy(database: Database, path: Path) -> sqlite3.Connection:
    """The same office without encryption, in the same library, so that only the key differs."""
    connection = connect_file(database.path, database.key)
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
    connection.execute("SELECT sqlcipher_export('plain')").fetchone()
    connection.close()
    from sqlcipher3 import dbapi2

    plain: Any = dbapi2.connect(str(path), isolation_level=None)
    plain.execute("PRAGMA cache_size = -16000")
    assert plain.execute("SELECT count(*) FROM cases").fetchone()[0] > 0
    return plain  # type: ignore[no-any-return]
