"""Who came, who could not get in: recorded, also while nobody can open the database, and a cut file is noticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.domain.access_entries import Entry
from desktop_app.domain.recovery_codes import new_codes
from desktop_app.errors import StorageProblem
from desktop_app.services import coming_and_going, office, two_persons
from desktop_app.services.session import Session
from desktop_app.storage.shelves import shelf_of
from desktop_app.storage.waiting_entries import WAITING_FILE
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found_quickly(tmp_path / "office", T)
    _enter(tmp_path / "office").close()
    return tmp_path / "office"


def _enter(folder: Path) -> Session:
    return office.enter(folder, FIRST, PASSWORD)


def _entries(folder: Path) -> list[Entry]:
    """All entries, once another has come in."""
    session = _enter(folder)
    with session.read() as work:
        found = work.access.since(0)
        assert list(work.access.check_chain()) == []
    session.close()
    return found


def _fail(folder: Path, user: str, password: str = "不是这个密码") -> None:
    with pytest.raises(StorageProblem) as told:
        office.enter(folder, user, password)
    assert told.value.code == "wrong_password"


def test_coming_and_leaving_are_entries(folder: Path) -> None:
    session = _enter(folder)
    coming_and_going.note_leaving(session, coming_and_going.WINDOW)
    session.close()
    told = [(entry.action, entry.by, entry.keys["via"]) for entry in _entries(folder)]
    assert told == [
        ("login", FIRST, "command-line"),
        ("login", FIRST, "command-line"),
        ("logout", FIRST, "window"),
        ("login", FIRST, "command-line"),
    ]


def test_who_could_not_get_in_is_an_entry_at_the_next_login(folder: Path) -> None:
    _fail(folder, FIRST)
    _fail(folder, FIRST)
    told = [(entry.action, entry.by) for entry in _entries(folder)]
    assert told == [("login", FIRST), ("login-failed", FIRST), ("login-failed", FIRST), ("login", FIRST)]
    assert len(_entries(folder)) == len(told) + 1, "taken in once"


def _waiting(folder: Path) -> bytes:
    content = shelf_of(folder).read(WAITING_FILE)
    assert content is not None
    return content


def test_a_password_typed_as_the_name_is_not_kept(folder: Path) -> None:
    _fail(folder, "天王盖地虎20261126")
    assert "天王盖地虎".encode() not in _waiting(folder)
    (entry,) = (entry for entry in _entries(folder) if entry.action == "login-failed")
    assert (entry.by, entry.keys["name"]) == ("（无此用户）", "天…（13 字）")


def test_what_waits_can_be_read_by_nobody(folder: Path) -> None:
    _fail(folder, FIRST)
    content = _waiting(folder)
    assert FIRST.encode() not in content
    assert b"login" not in content


def _cut(told: dict[str, object], entries: list[str]) -> None:
    told["entries"], told["next"] = entries[:1], 1


def _alter(told: dict[str, object], entries: list[str]) -> None:
    told["entries"] = [entries[0], entries[0]]


def _swap(told: dict[str, object], entries: list[str]) -> None:
    told["entries"] = entries[::-1]


@pytest.mark.parametrize(("change", "fault"), [(_cut, "cut"), (_alter, "altered"), (_swap, "altered")])
def test_a_file_that_was_tampered_with_is_told(folder: Path, change: object, fault: str) -> None:
    _fail(folder, FIRST)
    _fail(folder, "别人")
    told = json.loads(_waiting(folder))
    change(told, told["entries"])  # type: ignore[operator]
    shelf_of(folder).write(WAITING_FILE, json.dumps(told).encode())
    (gap,) = (entry for entry in _entries(folder) if entry.action == "waiting-gap")
    assert gap.keys == {"fault": fault}


@pytest.mark.parametrize(("content", "fault"), [(None, "lost"), ("{", "unreadable"), ("again", "replaced")])
def test_a_file_that_was_taken_away_is_told(folder: Path, content: str | None, fault: str) -> None:
    _fail(folder, FIRST)
    shelf_of(folder).remove(WAITING_FILE)
    if content == "again":
        _fail(folder, FIRST)
    elif content is not None:
        shelf_of(folder).write(WAITING_FILE, content.encode())
    found = _entries(folder)
    (gap,) = (entry for entry in found if entry.action == "waiting-gap")
    assert gap.keys == {"fault": fault}
    assert len([entry for entry in found if entry.action == "login-failed"]) == (content == "again")
    assert [entry.action for entry in _entries(folder)].count("waiting-gap") == 1


def test_endless_attempts_do_not_fill_the_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.storage.waiting_entries.MOST", 2)
    for _ in range(4):
        _fail(folder, "别人")
    found = _entries(folder)
    assert [entry.action for entry in found].count("login-failed") == 2
    (gap,) = (entry for entry in found if entry.action == "waiting-gap")
    assert gap.keys == {"only_counted": "2"}


def test_where_nothing_can_be_written_one_may_still_come_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageProblem("disk_full", "满了", "")

    monkeypatch.setattr("desktop_app.storage.access_log.AccessLog.append", full)
    monkeypatch.setattr("desktop_app.storage.waiting_entries.add", full)
    session = _enter(folder)
    with session.read() as work:
        assert work.access.count() == 1
    session.close()


def test_what_the_database_could_not_take_waits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise StorageProblem("locked", "占用", "")

    with monkeypatch.context() as patched:
        patched.setattr("desktop_app.storage.access_log.AccessLog.append", locked)
        _enter(folder).close()
    assert [entry.action for entry in _entries(folder)] == ["login", "login", "login"]


def test_wrong_recovery_codes_are_an_entry_too(folder: Path) -> None:
    session = _enter(folder)
    two_persons.make_codes(session)
    session.close()
    with pytest.raises(StorageProblem) as told:
        two_persons.recover_access(folder, new_codes(), FIRST, "xin-de-mi-ma-2026")
    assert told.value.code == "wrong_password"
    (entry,) = (entry for entry in _entries(folder) if entry.action == "login-failed")
    assert (entry.by, entry.keys) == (FIRST, {"why": "wrong_password", "as": "recovery-codes"})
