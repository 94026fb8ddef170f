"""The quick look at a start: a whole office passes, one that was cut short or altered does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain.events import NewEvent
from desktop_app.errors import StorageProblem
from desktop_app.storage.database import Database
from desktop_app.storage.engine import connect_file
from desktop_app.storage.start_check import check_open, check_start
from tests.engines import behind


@pytest.fixture
def filled(office: Database, make_event: Callable[..., NewEvent]) -> Database:
    with office.change() as work:
        work.journal.append([make_event("2026-0001") for _ in range(300)])
    return office


def check(database: Database) -> None:
    """As at the start of the program."""
    if database.on_server:
        check_open(database)
    else:
        database.close()
        check_start(database.path, database.key)


def fault_of(database: Database) -> str:
    with pytest.raises(StorageProblem) as told:
        check(database)
    assert told.value.code == "damaged" and told.value.remedy
    return told.value.message


@pytest.mark.file_only("a file may be open elsewhere, and the newest then lie in its WAL")
def test_a_whole_file_passes_open_or_closed(filled: Database) -> None:
    check_start(filled.path, filled.key)
    assert filled.path.with_name("office.db-wal").stat().st_size > 0
    filled.close()
    check_start(filled.path, filled.key)


def test_a_new_office_passes(office: Database) -> None:
    check(office)


def test_a_whole_office_passes(filled: Database) -> None:
    check(filled)


@pytest.mark.file_only("pages of the file")
@pytest.mark.parametrize("pages", [1, 3])
def test_a_file_cut_short_is_told(filled: Database, pages: int) -> None:
    filled.close()
    content = filled.path.read_bytes()
    filled.path.write_bytes(content[: -4096 * pages])
    fault_of(filled)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE journal_head SET event_id = 299", "末尾"),
        ("UPDATE journal_head SET hash = 'x'", "末尾"),
        ("DELETE FROM events WHERE id = 300", "末尾"),
        ("DELETE FROM journal_head", "末尾"),
        ("UPDATE events SET canonical = canonical || ' ' WHERE id > 1", "校验值"),
    ],
)
def test_a_journal_that_does_not_fit_is_told(filled: Database, statement: str, words: str) -> None:
    with behind(filled.folder, filled.key) as driver:
        driver.disarm()
        driver.execute(statement)
    assert words in fault_of(filled)


@pytest.mark.file_only("pages of the file")
def test_a_damaged_end_of_the_journal_is_told(filled: Database, tmp_path: Path) -> None:
    filled.close()
    driver = connect_file(filled.path, filled.key)
    root = driver.execute("SELECT rootpage FROM sqlite_master WHERE name = 'events'").fetchone()[0]
    driver.close()
    content = bytearray(filled.path.read_bytes())
    content[(root - 1) * 4096 + 100] ^= 1
    filled.path.write_bytes(content)
    fault_of(filled)
