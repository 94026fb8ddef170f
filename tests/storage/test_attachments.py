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


def _files(office: Database) -> list[Path]:
    with office.read() as work:
        return [office.folder / "attachments" / name for name in work.attachments.files()]


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
    for path in _files(filled):
        assert len(path.name) == 32
        assert path.read_bytes() not in (b"one", b"two")


def test_a_lost_file_is_told_and_found(filled: Database) -> None:
    _files(filled)[0].unlink()
    with pytest.raises(StorageProblem, match="不见了") as told, filled.read() as work:
        work.attachments.read(1)
    assert told.value.code == "damaged"
    assert _problems(filled) == [("attachment", "2026-0001")]


def test_an_altered_file_is_told_and_found(filled: Database) -> None:
    path = _files(filled)[1]
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
    with pytest.raises(StorageProblem, match="改动"), filled.read() as work:
        work.attachments.read(2)
    assert _problems(filled) == [("attachment", "2026-0002")]


@pytest.mark.parametrize("left", [0, 1, 16, 18])
def test_a_file_cut_short_is_told_and_found(filled: Database, left: int) -> None:
    path = _files(filled)[1]
    path.write_bytes(path.read_bytes()[:left])
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
    _files(filled)[0].write_bytes(_files(other)[0].read_bytes())
    other.close()
    with pytest.raises(StorageProblem, match="改动"), filled.read() as work:
        work.attachments.read(1)
    assert _problems(filled) == [("attachment", "2026-0001")]


def test_two_files_that_changed_places_are_found(filled: Database) -> None:
    first, second = _files(filled)
    one, two = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)
    assert _problems(filled) == [("attachment", "2026-0001"), ("attachment", "2026-0002")]


def test_an_attachment_moved_to_another_case_is_found(filled: Database) -> None:
    with filled.change() as work:
        work._connection.exec_driver_sql("UPDATE attachments SET case_id = 2026000000002")
    assert _problems(filled) == [("attachment", "2026-0002")]


def test_a_stray_file_is_found(filled: Database) -> None:
    (filled.folder / "attachments" / "stray").write_bytes(b"")
    assert _problems(filled) == [("attachment_stray", "stray")]


def test_a_file_too_large_is_refused_before_it_is_read(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.storage.attachments.LARGEST", 3)
    (tmp_path / "big").write_bytes(b"four")
    for content in (b"four", tmp_path / "big"):
        with pytest.raises(Refusal), filled.change() as work:
            work.attachments.add("2026-0001", content, "scan", "王敏", added="")
    assert len(list((filled.folder / "attachments").iterdir())) == 2
