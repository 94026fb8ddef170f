"""An office whose rows come all at once stands in the end as one that was founded; while they come nothing follows them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from desktop_app.errors import Cancelled, StorageProblem
from desktop_app.storage import tables
from desktop_app.storage.arrival import arrival_at
from desktop_app.storage.database import create
from desktop_app.storage.engine import connect_file
from desktop_app.storage.table_rows import carried_tables, rows_of
from tests import engines
from tests.storage.server_dumps import shape_of

KEY = b"k" * 32
NO_ROWS = {table.name: 0 for table in carried_tables()}
_STAND_ON_SERVER = """
SELECT indexname FROM pg_indexes WHERE schemaname = 'liuyan' UNION ALL
SELECT conname FROM pg_constraint WHERE connamespace = 'liuyan'::regnamespace AND contype <> 'c' UNION ALL
SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = 'liuyan'::regnamespace AND NOT tgisinternal
"""
_STAND_IN_FILE = "SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
_WITH_THEIR_TABLE = {f"pk_{table}" for table in ("alembic_version", "attachment_contents", "office_forms")}
"""Tables whose rows are files; and where cases are searched, an empty table."""


def stand(connection: Connection) -> set[str]:
    """What has to be kept in step with rows, by name."""
    asked = _STAND_ON_SERVER if connection.dialect.name == "postgresql" else _STAND_IN_FILE
    return set(connection.exec_driver_sql(asked).scalars()) - _WITH_THEIR_TABLE - {"case_search_pkey"}


def shape(folder: Path) -> dict[Any, Any]:
    if engines.on_server():
        return dict(shape_of(folder))
    with closing(connect_file(folder / "office.db", KEY)) as driver:
        rows = driver.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return {row[:3]: row[3] for row in rows}


def arrive(folder: Path, carry: Callable[..., Any], settled: bool = False) -> Any:
    """Has something come to the place, and lets it stand where `settled`."""
    from desktop_app.storage.arrival import Papers

    with arrival_at(folder, KEY) as coming:
        found = coming.fill(KEY, carry)
        if settled:
            coming.settle(Papers("mark", "head", {"keyring.json": b"{}"}))
    return found


def test_it_stands_in_the_end_as_one_that_was_founded(tmp_path: Path) -> None:
    create(engines.place(tmp_path / "founded"), KEY).close()
    engines.place(tmp_path / "come")
    arrive(tmp_path / "come", lambda there, beside, build: build(NO_ROWS, lambda done, total: True), True)
    assert shape(tmp_path / "come") == shape(tmp_path / "founded")


def test_rows_come_before_all_that_follows_them(tmp_path: Path) -> None:
    engines.place(tmp_path / "come")

    def carry(there: Connection, beside: Path, build: Any) -> tuple[set[str], set[str]]:
        before = stand(there)
        build(NO_ROWS, lambda done, total: True)
        return before, stand(there)

    before, after = arrive(tmp_path / "come", carry)
    assert before == set()
    assert {"ix_events_case_id", "ix_cases_due", "ix_cases_number"} < after


def test_every_piece_is_told_and_any_may_be_the_last(tmp_path: Path) -> None:
    engines.place(tmp_path / "come")
    told: list[tuple[int, int]] = []

    def note(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    def carry(there: Connection, beside: Path, build: Any) -> None:
        build(NO_ROWS, note)

    arrive(tmp_path / "come", carry)
    total = told[0][1]
    assert [done for done, _ in told] == sorted({done for done, _ in told}) and told[-1] == (total, total)
    for last in range(0, len(told), 9):

        def cut(there: Connection, beside: Path, build: Any, last: int = last) -> None:
            build(NO_ROWS, lambda done, total: done < told[last][0])

        with pytest.raises(Cancelled):
            arrive(tmp_path / "come", cut)
        assert not (tmp_path / "come" / ".restoring").exists()
    arrive(tmp_path / "come", carry)


def test_rows_that_refer_to_none_are_told(tmp_path: Path) -> None:
    engines.place(tmp_path / "come")

    def carry(there: Connection, beside: Path, build: Any) -> None:
        rows_of(there).write(tables.search_texts, [(2026000000001, "a", "")])
        build({**NO_ROWS, "search_texts": 1}, lambda done, total: True)

    with pytest.raises(StorageProblem) as told:
        arrive(tmp_path / "come", carry)
    assert told.value.code == "damaged" and "search_texts" in told.value.message


@pytest.mark.server_only("in a file the key comes with the table")
def test_two_rows_of_one_key_are_told(tmp_path: Path) -> None:
    engines.place(tmp_path / "come")

    def carry(there: Connection, beside: Path, build: Any) -> None:
        rows_of(there).write(tables.settings, [("a", "b"), ("a", "c")])
        build({**NO_ROWS, "settings": 2}, lambda done, total: True)

    with pytest.raises(StorageProblem) as told:
        arrive(tmp_path / "come", carry)
    assert told.value.code == "damaged" and "settings" in told.value.message
