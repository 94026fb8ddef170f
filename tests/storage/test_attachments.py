from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.office_records import Attachment
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.storage.database import Database, create
from tests.engines import place

MakeRow = Callable[..., CaseRow]


@pytest.fixture
def filled(office: Database, make_row: MakeRow) -> Database:
    with office.change() as work:
        work.cases.insert([make_row(1), make_row(2)])
        for number, content in (("2026-0001", b"one"), ("2026-0002", b"two")):
            work.attachments.add(number, content, "scan", "王敏", added="2026-01-02", name="扫描件.pdf")
    return office


def _problems(office: Database) -> list[tuple[str, str]]:
    with office.read() as work:
        return [(problem.kind, problem.where) for problem in work.attachments.check()]


def _files(office: Database) -> list[str]:
    with office.read() as work:
        return work.attachments.files()


def _sealed(office: Database, file: str) -> bytes:
    with office.read() as work:
        sealed = work.attachments._contents.get(file)
    assert sealed is not None
    return sealed


def _lay_down(office: Database, file: str, sealed: bytes) -> None:
    with office.change() as work:
        work.attachments._contents.replace(file, sealed)


def test_a_file_comes_back_as_it_was(filled: Database, tmp_path: Path) -> None:
    given = tmp_path / "答复 盖章.pdf"
    given.write_bytes(bytes(range(256)) * 100)
    with filled.change() as work:
        added = work.attachments.add("2026-0001", given, "signed-reply", "王敏", added="2026-01-03")
    assert added == Attachment(
        3,
        "2026-0001",
        "signed-reply",
        "答复 盖章.pdf",
        25600,
        hashlib.sha256(given.read_bytes()).hexdigest(),
        "2026-01-03",
        "王敏",
    )
    with filled.read() as work:
        assert work.attachments.of_case("2026-0001")[1:] == [added]
        assert work.attachments.read(3) == given.read_bytes()
        assert work.attachments.read(1) == b"one"
        with pytest.raises(LookupError):
            work.attachments.read(99)
    assert _problems(filled) == []


def test_neither_name_nor_content_shows_on_the_disk(filled: Database) -> None:
    for file in _files(filled):
        assert len(file) == 32
        assert b"one" not in _sealed(filled, file) and b"two" not in _sealed(filled, file)


def test_a_lost_file_is_told_and_found(filled: Database) -> None:
    file = _files(filled)[0]
    with filled.change() as work:
        work.attachments._contents.drop([file])
    with pytest.raises(StorageProblem, match="不见了") as told, filled.read() as work:
        work.attachments.read(1)
    assert told.value.code == "damaged"
    assert _problems(filled) == [("attachment", "2026-0001")]


def test_an_altered_file_is_told_and_found(filled: Database) -> None:
    file = _files(filled)[1]
    sealed = _sealed(filled, file)
    _lay_down(filled, file, bytes([sealed[0] ^ 1]) + sealed[1:])
    with pytest.raises(StorageProblem, match="改动"), filled.read() as work:
        work.attachments.read(2)
    assert _problems(filled) == [("attachment", "2026-0002")]


@pytest.mark.parametrize("left", [0, 1, 16, 18])
def test_a_file_cut_short_is_told_and_found(filled: Database, left: int) -> None:
    file = _files(filled)[1]
    _lay_down(filled, file, _sealed(filled, file)[:left])
    with pytest.raises(StorageProblem, match="改动"), filled.read() as work:
        work.attachments.read(2)
    assert _problems(filled) == [("attachment", "2026-0002")]


def test_a_file_of_another_office_is_told_and_found(
    filled: Database, make_row: MakeRow, tmp_path: Path
) -> None:
    other = create(place(tmp_path / "other"), secrets.token_bytes(32))
    with other.change() as work:
        work.cases.insert([make_row(1), make_row(2)])
        work.attachments.add("2026-0001", b"one", "scan", "王敏", added="2026-01-02", name="扫描件.pdf")
    _lay_down(filled, _files(filled)[0], _sealed(other, _files(other)[0]))
    other.close()
    with pytest.raises(StorageProblem, match="改动"), filled.read() as work:
        work.attachments.read(1)
    assert _problems(filled) == [("attachment", "2026-0001")]


def test_two_files_that_changed_places_are_found(filled: Database) -> None:
    first, second = _files(filled)
    one, two = _sealed(filled, first), _sealed(filled, second)
    _lay_down(filled, first, two)
    _lay_down(filled, second, one)
    assert _problems(filled) == [("attachment", "2026-0001"), ("attachment", "2026-0002")]


def test_an_attachment_moved_to_another_case_is_found(filled: Database) -> None:
    with filled.change() as work:
        work._connection.exec_driver_sql("UPDATE attachments SET case_id = 2026000000002")
    assert _problems(filled) == [("attachment", "2026-0002")]


def test_a_stray_file_is_found(filled: Database) -> None:
    _lay_down(filled, "stray", b"")
    assert _problems(filled) == [("attachment_stray", "stray")]


def test_a_file_too_large_is_refused_before_it_is_read(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.storage.attachments.LARGEST", 3)
    (tmp_path / "big").write_bytes(b"four")
    for content in (b"four", tmp_path / "big"):
        with pytest.raises(Refusal), filled.change() as work:
            work.attachments.add("2026-0001", content, "scan", "王敏", added="")
    with filled.read() as work:
        assert len(work.attachments._contents.names()) == 2


def test_what_a_rolled_back_change_had_laid_down_is_gone(filled: Database) -> None:
    with pytest.raises(ZeroDivisionError), filled.change() as work:
        work.attachments.add("2026-0001", b"three", "scan", "王敏", added="2026-01-02", name="扫描件.pdf")
        raise ZeroDivisionError
    assert _problems(filled) == []


def test_strays_are_taken_away_and_nothing_else(filled: Database) -> None:
    _lay_down(filled, "stray", b"")
    with filled.change() as work:
        work.attachments.drop_strays()
    assert _problems(filled) == []
    assert len(_files(filled)) == 2
