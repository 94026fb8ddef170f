from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.domain.access_entries import NewEntry
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.events import NewEvent
from desktop_app.errors import StorageProblem
from desktop_app.storage import keyring
from desktop_app.storage.backup import backup, backups, check_backup, last_backup, read_facts
from desktop_app.storage.database import Database, create, open_database
from desktop_app.storage.key_wrapping import Cost

MakeRow = Callable[..., CaseRow]
MakeEvent = Callable[..., NewEvent]

NOW = datetime(2026, 11, 23, 8, 2, 5)
PASSWORD = "春风又绿江南岸呀呀呀"


@pytest.fixture
def filled(tmp_path: Path, quick: Cost, make_row: MakeRow, make_event: MakeEvent) -> Database:
    folder = tmp_path / "office"
    database = create(folder, keyring.create_keyring(folder, "王敏", PASSWORD, cost=quick))
    with database.change() as work:
        work.cases.insert([make_row(serial, title="PLAINWORD") for serial in range(1, 200)])
        work.journal.append([make_event("2026-0001"), make_event("2026-0002")])
        work.attachments.add("2026-0001", b"PLAINWORD", "scan", "王敏", added="2026", name="a.pdf")
    return database


def test_a_backup_opens_elsewhere_with_the_same_password(filled: Database, tmp_path: Path) -> None:
    target = tmp_path / "backups"
    target.mkdir()
    path = backup(filled, target, NOW)
    assert path == target / "liuyan-20261123-080205.backup"
    assert check_backup(path, filled.key) == []
    assert list(target.iterdir()) == [path]
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "restored")
    restored = open_database(tmp_path / "restored", keyring.unlock(tmp_path / "restored", "王敏", PASSWORD))
    with restored.read() as work:
        assert work.cases.count_by_status() == {"待初审": 199}
        assert list(work.journal.check_chain()) == []
        assert work.attachments.read(1) == b"PLAINWORD"
        assert list(work.attachments.check()) == []
    restored.close()
    filled.close()


def test_a_backup_holds_the_last_commits_that_still_lie_in_the_wal(filled: Database, tmp_path: Path) -> None:
    with filled.change() as work:
        work.settings.put("last", "commit")
    assert (filled.folder / "office.db-wal").stat().st_size > 0
    with zipfile.ZipFile(backup(filled, tmp_path / "a.backup", NOW)) as archive:
        archive.extractall(tmp_path / "restored")
    restored = open_database(tmp_path / "restored", filled.key)
    with restored.read() as work:
        assert work.settings.get("last") == "commit"
    restored.close()
    filled.close()


def test_nothing_in_a_backup_stands_in_clear(filled: Database, tmp_path: Path) -> None:
    content = backup(filled, tmp_path / "a.backup", NOW).read_bytes()
    filled.close()
    assert b"PLAINWORD" not in content
    assert b"SQLite format" not in content


def test_people_go_on_working_while_a_backup_is_made(filled: Database, tmp_path: Path) -> None:
    with filled.read() as work:
        assert work.settings.all() == {}
        path = backup(filled, tmp_path / "a.backup", NOW)
    assert check_backup(path, filled.key) == []
    filled.close()


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_flipped_byte_anywhere_is_found(filled: Database, tmp_path: Path, place: float) -> None:
    path = backup(filled, tmp_path / "a.backup", NOW)
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(content)
    assert [problem.kind for problem in check_backup(path, filled.key)] == ["backup"]
    filled.close()


@pytest.mark.parametrize("keep", [0, 10, -10])
def test_a_backup_cut_short_is_found(filled: Database, tmp_path: Path, keep: int) -> None:
    path = backup(filled, tmp_path / "a.backup", NOW)
    path.write_bytes(path.read_bytes()[:keep])
    assert check_backup(path, filled.key)[0].kind == "backup"
    filled.close()


def test_a_backup_under_another_key_is_found(filled: Database, tmp_path: Path) -> None:
    path = backup(filled, tmp_path / "a.backup", NOW)
    assert check_backup(path, bytes(32)) != []
    filled.close()


def test_a_manifest_that_tells_another_story_is_found(filled: Database, tmp_path: Path) -> None:
    path = backup(filled, tmp_path / "a.backup", NOW)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["manifest.json"] = files["manifest.json"].replace(b'"events": 2', b'"events": 3')
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert "清单" in check_backup(path, filled.key)[0].message
    filled.close()


def test_a_manifest_tells_both_chains_and_the_last_seals(filled: Database, tmp_path: Path) -> None:
    entry = NewEntry("login", "王敏", "2026-11-23T08:00:00.000+08:00")
    with filled.change() as work:
        work.access.append([entry])
        seals = [work.seals.add(f"2026-10-{day:02d}", entry.entered) for day in range(1, 32)]
        seals.append(work.seals.add("2026-11-23", entry.entered))
        ends = work.journal.last(), work.access.last()
    path = backup(filled, tmp_path / "a.backup", NOW)
    facts = read_facts(path)
    assert facts is not None
    assert ((facts.events, facts.head), facts.access) == ends
    told = json.loads(zipfile.ZipFile(path).read("manifest.json"))["seals"]
    assert [mac for _, mac in told] == [seal.mac for seal in reversed(seals[1:])]
    filled.close()


def test_a_lost_attachment_does_not_keep_the_rest_from_being_saved(filled: Database, tmp_path: Path) -> None:
    with filled.read() as work:
        name = work.attachments.files()[0]
    (filled.folder / "attachments" / name).unlink()
    path = backup(filled, tmp_path / "a.backup", NOW)
    assert check_backup(path, filled.key) == []
    assert f"attachments/{name}" in zipfile.ZipFile(path).read("manifest.json").decode()
    filled.close()


def test_a_damaged_office_gives_no_backup(filled: Database, tmp_path: Path) -> None:
    with filled.read() as work:
        page = work._connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_cases_received'"
        ).scalar_one()
    filled.close()
    content = bytearray(filled.path.read_bytes())
    content[(page - 1) * 4096 + 1000] ^= 1
    filled.path.write_bytes(content)
    (tmp_path / "backups").mkdir()
    with pytest.raises(StorageProblem) as told:
        backup(filled, tmp_path / "backups", NOW)
    assert told.value.code == "damaged"
    assert list((tmp_path / "backups").iterdir()) == []


def test_the_newest_backup_is_told_by_its_name(tmp_path: Path) -> None:
    assert last_backup(tmp_path / "none") is None
    for name in ("liuyan-20261122-235959.backup", "liuyan-20261123-080205.backup", "other.backup"):
        (tmp_path / name).touch()
    newest = last_backup(tmp_path)
    assert newest is not None
    assert (newest.path.name, newest.made) == ("liuyan-20261123-080205.backup", NOW)
    assert len(backups(tmp_path)) == 2
