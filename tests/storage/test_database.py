from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.events import NewEvent
from desktop_app.domain.messages import Citizen, Message
from desktop_app.errors import StorageProblem
from desktop_app.storage.database import Database, create, open_database
from desktop_app.storage.integrity import check_pages

MakeRow = Callable[..., CaseRow]
MakeEvent = Callable[..., NewEvent]


def test_a_new_office_opens_again_and_keeps_what_was_written(office: Database, key: bytes) -> None:
    with office.change() as work:
        work.settings.put("office", "通辽市政府")
    office.close()
    again = open_database(office.folder, key)
    with again.read() as work:
        assert work.settings.all() == {"office": "通辽市政府"}
    again.close()


def test_creating_twice_is_refused(office: Database, key: bytes) -> None:
    with pytest.raises(StorageProblem) as refused:
        create(office.folder, key)
    assert refused.value.code == "office_exists"


def test_nothing_there_is_told(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(StorageProblem) as told:
        open_database(tmp_path, key)
    assert told.value.code == "no_office"
    assert told.value.remedy


@pytest.mark.file_only("on a server the key is proved by the key ring, and opens no pages")
def test_a_wrong_key_opens_nothing(office: Database) -> None:
    office.close()
    with pytest.raises(StorageProblem) as told:
        open_database(office.folder, bytes(32))
    assert told.value.code == "wrong_key"


@pytest.mark.parametrize("key", [b"", b"short", bytes(64)])
def test_a_key_of_another_length_is_a_mistake_of_ours(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        create(tmp_path, key)


@pytest.mark.file_only("the file itself")
def test_an_empty_file_is_no_office(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "office.db").touch()
    with pytest.raises(StorageProblem) as told:
        open_database(tmp_path, key)
    assert told.value.code == "damaged"


@pytest.mark.file_only("pages of the file")
def test_a_damaged_page_is_told_and_found(office: Database, key: bytes, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(serial) for serial in range(1, 400)])
        page = work._connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'cases'"
        ).scalar_one()
    office.close()
    _damage(office, page)
    again = open_database(office.folder, key)
    with pytest.raises(StorageProblem) as told, again.read() as work:
        list(work.cases.all())
    assert told.value.code == "damaged"
    assert [problem.kind for problem in check_pages(again)] == ["page"]
    again.close()


@pytest.mark.file_only("pages of the file")
def test_damage_at_the_root_keeps_the_office_shut_and_is_found(office: Database, key: bytes) -> None:
    office.close()
    _damage(office, 1)
    with pytest.raises(StorageProblem) as told:
        open_database(office.folder, key)
    assert told.value.code in {"damaged", "wrong_key"}
    assert [problem.kind for problem in check_pages(office)] == ["page"]


def _damage(office: Database, page: int) -> None:
    content = bytearray(office.path.read_bytes())
    content[(page - 1) * 4096 + 1000] ^= 1
    office.path.write_bytes(content)


@pytest.mark.file_only("the disk is the server's")
def test_a_read_only_folder_is_told(office: Database, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageProblem) as told, office.change() as work:
        work._connection.exec_driver_sql("PRAGMA query_only = ON")
        work.settings.put("a", "b")
    assert told.value.code == "read_only"


@pytest.mark.file_only("the disk is the server's")
def test_a_full_disk_is_told_and_nothing_stays(office: Database) -> None:
    with office.change() as work:
        work.settings.put("before", "1")
        pages = work._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        work._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageProblem) as told, office.change() as work:
        work.settings.put("after", "x" * 100_000)
    assert told.value.code == "disk_full"
    with office.read() as work:
        assert work.settings.all() == {"before": "1"}


def test_a_bug_is_not_dressed_up_as_a_fault_of_the_disk(office: Database, make_row: MakeRow) -> None:
    with pytest.raises(IntegrityError) as raised, office.change() as work:
        work.cases.insert([make_row(1, title="秘密的标题"), make_row(1)])
    assert "秘密" not in str(raised.value)


def test_rolling_back_leaves_nothing(office: Database, make_row: MakeRow, make_event: MakeEvent) -> None:
    with pytest.raises(RuntimeError, match="stop"), office.change() as work:
        assert work.numbers.next_register(2026, 3) == [1, 2, 3]
        work.cases.insert([make_row(1)])
        work.numbers.issue("slip", 2026, lambda serial: f"〔2026〕{serial}号", "2026-0001")
        work.search.put("2026-0001", ["水压"])
        work.journal.append([make_event()])
        work.attachments.add("2026-0001", b"scan", "scan", "王敏", added="2026-01-01", name="a.pdf")
        raise RuntimeError("stop")
    with office.change() as work:
        assert work.journal.last() is None
        assert work.cases.get("2026-0001") is None
        assert work.cases.count_by_status() == {}
        assert work.issued.all() == []
        assert work.numbers.next_register(2026) == [1]
        assert work.numbers.issue("slip", 2026, str) == "1"
        assert work.attachments.strays() == []


def test_a_transaction_within_a_transaction_is_a_mistake(office: Database) -> None:
    with office.change(), pytest.raises(RuntimeError, match="already open"), office.read():
        pass
    with office.read() as work:
        assert work.settings.all() == {}


def test_a_snapshot_does_not_move_while_another_writes(office: Database) -> None:
    def write() -> None:
        with office.change() as work:
            work.settings.put("a", "1")

    with office.read() as work:
        assert work.settings.get("a") is None
        _in_thread(write)
        assert work.settings.get("a") is None
    with office.read() as work:
        assert work.settings.get("a") == "1"


def test_the_version_changes_when_another_connection_writes(office: Database) -> None:
    before = office.data_version()

    def write() -> None:
        with office.change() as work:
            work.settings.put("a", "1")

    _in_thread(write)
    after = office.data_version()
    assert after != before
    assert office.data_version() == after


def test_threads_write_beside_each_other(office: Database) -> None:
    def write() -> None:
        for _ in range(10):
            with office.change() as work:
                work.numbers.next_register(2026)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.change() as work:
        assert work.numbers.next_register(2026) == [41]


def _write_elsewhere(folder: str, key: bytes) -> None:
    database = open_database(Path(folder), key)
    for _ in range(10):
        with database.change() as work:
            work.numbers.next_register(2026)
    database.close()


def test_processes_write_beside_each_other(office: Database, key: bytes) -> None:
    spawn = multiprocessing.get_context("fork")
    others = [spawn.Process(target=_write_elsewhere, args=(str(office.folder), key)) for _ in range(2)]
    office.close()  # a connection must not be carried over a fork
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0, 0]
    with office.change() as work:
        assert work.numbers.next_register(2026) == [21]


def test_an_office_held_too_long_is_told(office: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.storage.engine._WAIT_SECONDS", 0.01)
    monkeypatch.setattr("desktop_app.storage.server.TURN_SECONDS", 0.01)
    told: list[str] = []

    def write() -> None:
        try:
            with office.change():
                pass
        except StorageProblem as problem:
            told.append(problem.code)

    with office.change() as work:
        work.settings.put("a", "1")
        _in_thread(write)
    assert told == ["locked"]


@pytest.mark.file_only("what a server's disk must provide is told in docs/security.md")
def test_no_word_stands_in_clear_on_the_disk(
    office: Database, make_row: MakeRow, make_event: MakeEvent
) -> None:
    words = "二次供水水压不足PLAINWORD"
    with office.change() as work:
        work.cases.insert([make_row(1, title=words)])
        work.messages.insert("2026-0001", Message(words, words, Citizen(name=words)))
        work.search.put("2026-0001", [words])
        work.journal.append([make_event(protected={"text": words})])
        work.attachments.add("2026-0001", words.encode(), "scan", "王敏", added="2026", name=words)
    files = [path for path in office.folder.rglob("*") if path.is_file()]
    assert {"office.db", "office.db-wal"} < {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        assert b"PLAINWORD" not in content
        assert words.encode()[:12] not in content
        assert b"SQLite format" not in content


@pytest.mark.file_only("pages of the file")
def test_what_is_deleted_is_written_over(office: Database, key: bytes) -> None:
    """Who holds the key and takes the file apart page by page finds no draft that was dropped."""
    from desktop_app.storage.salvage_pages import read_pages

    word = b"PLAINWORD"
    with office.change() as work:
        work.drafts.put("王敏", "2026-0001", "reply", word.decode() * 2000)
    assert any(word in page for page in read_pages(office.path, key).whole.values())
    with office.change() as work:
        work.drafts.drop("王敏", "2026-0001", "reply")
    assert not any(word in page for page in read_pages(office.path, key).whole.values())


@pytest.mark.file_only("the file itself")
def test_python_s_own_sqlite_can_t_read_it(office: Database) -> None:
    office.close()
    plain = sqlite3.connect(office.path)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        plain.execute("SELECT count(*) FROM cases").fetchone()
    plain.close()


def test_a_whole_office_has_no_problems(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1)])
    assert check_pages(office) == []


def test_counts_that_were_tampered_with_are_found(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1)])
        work._connection.exec_driver_sql("UPDATE status_counts SET count = 7")
    assert [problem.kind for problem in check_pages(office)] == ["counts"]


@pytest.mark.file_only("the file's WAL")
def test_a_connection_ends_with_its_thread_or_with_close(office: Database) -> None:
    def read() -> None:
        with office.read() as work:
            work.settings.all()

    _in_thread(read)
    read()
    office.close()
    assert not (office.folder / "office.db-wal").exists()


def _in_thread(act: Callable[[], None]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()
