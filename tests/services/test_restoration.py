"""Restoring: the office holds what it held or what the backup brings, wherever the machine dies in between."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.users import Role, User
from desktop_app.errors import BadData, Refusal, StorageProblem
from desktop_app.services import backups, office, registration, restoration, verification
from desktop_app.services.session import CHINA, Session
from desktop_app.storage import backup, keyring
from tests.cli.offices import FIRST, PASSWORD, QUICK, T, found_quickly
from tests.engines import copy_office

pytestmark = pytest.mark.file_only("a plan of renames; a server's office refuses it: test_not_on_a_server")

TODAY = date(2026, 10, 30)
LATER = "hou-lai-de-mi-ma-9"
"""The password of the office as it went on after the backup."""


@dataclass(frozen=True)
class Story:
    """An office with one case and a scan was backed up, went on, and got another password."""

    folder: Path
    file: Path
    events_then: int
    events_now: int


def register(session: Session, title: str) -> str:
    message = Message(title=title, text="小区门口的路灯坏了半个月。", citizen=Citizen("杨某", "13900001234"))
    given = Registration(T, date(2026, 9, 22), "市长板块", message)
    return registration.register_one(session, given).number


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("story") / "office"
    found_quickly(folder, T)
    (folder / "forms").mkdir()
    (folder / "forms" / "slip.docx").write_bytes(b"of then")
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    number = register(session, "路灯不亮")
    with session.change() as work:
        work.attachments.add(number, b"SCAN OF THEN", "scan", FIRST, added="2026-09-22", name="a.pdf")
    file = backups.back_up(session).file
    then = events_of(session)
    register(session, "校车太挤")
    with session.change() as work:
        work.attachments.add(number, b"SCAN OF NOW", "scan", FIRST, added="2026-09-23", name="b.pdf")
        work.users.put(User("孙管理", frozenset((Role.VIEWER,))))
    now = events_of(session)
    keyring.change_password(folder, session.database.key, FIRST, LATER, cost=QUICK)
    (folder / "forms" / "slip.docx").write_bytes(b"of now")
    session.close()
    return Story(folder, file, then, now)


@pytest.fixture
def story(template: Story, tmp_path: Path) -> Story:
    folder = tmp_path / "office"
    copy_office(template.folder, folder)
    return Story(folder, folder / "backups" / template.file.name, template.events_then, template.events_now)


def events_of(session: Session) -> int:
    with session.read() as work:
        return work.journal.count()


def by_password(password: str = PASSWORD, user: str = FIRST) -> restoration.OpenKey:
    return restoration.with_password(user, password)


def whole(folder: Path, password: str) -> int:
    """The number of events of an office that opens by that password and verifies."""
    session = office.enter(folder, FIRST, password, TODAY)
    try:
        found = verification.verify(session)
        assert [problem for problem in found.problems if problem.kind != "backup"] == []
        return found.events
    finally:
        session.close()


def content(folder: Path) -> dict[str, bytes]:
    """Every file but locks, which hold nothing."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def test_what_was_then_is_back_and_what_was_there_is_kept(story: Story) -> None:
    done = restoration.restore(story.folder, story.file, FIRST, by_password(), TODAY)
    assert (done.cases, done.events) == (1, story.events_then + 1)
    assert whole(story.folder, PASSWORD) == done.events
    assert (story.folder / "forms" / "slip.docx").read_bytes() == b"of then"
    assert done.kept is not None and done.kept.parent == story.folder
    assert whole(done.kept, LATER) == story.events_now
    assert (done.kept / "forms" / "slip.docx").read_bytes() == b"of now"
    assert story.file.is_file()
    session = office.enter(story.folder, FIRST, PASSWORD, TODAY)
    with session.read() as work:
        assert work.attachments.read(1) == b"SCAN OF THEN"
        (event,) = work.journal.of_office(restoration.RESTORE)
    session.close()
    assert event.keys["file"] == story.file.name
    assert len(event.keys["sha256"]) == 64 and event.keys["kept"] == done.kept.name


def test_it_comes_to_a_new_machine(story: Story, tmp_path: Path) -> None:
    new = tmp_path / "新电脑" / "data"
    done = restoration.restore(new, story.file, FIRST, by_password(), TODAY)
    assert done.kept is None
    assert whole(new, PASSWORD) == story.events_then + 1


@pytest.mark.parametrize("damage", ["header", "middle", "gone", "keyring"])
def test_it_comes_over_a_damaged_office(story: Story, damage: str) -> None:
    path = story.folder / ("keyring.json" if damage == "keyring" else "office.db")
    if damage == "gone":
        path.unlink()
    else:
        spoiled = bytearray(path.read_bytes())
        place = {"header": 5, "middle": len(spoiled) // 2, "keyring": 3}[damage]
        spoiled[place] ^= 1
        path.write_bytes(spoiled)
    done = restoration.restore(story.folder, story.file, FIRST, by_password(), TODAY)
    assert done.kept is not None
    assert whole(story.folder, PASSWORD) == story.events_then + 1
    if damage != "gone":
        assert (done.kept / path.name).read_bytes() == spoiled


def test_a_second_restore_keeps_what_the_first_brought(story: Story) -> None:
    first = restoration.restore(story.folder, story.file, FIRST, by_password(), TODAY)
    second = restoration.restore(story.folder, story.file, FIRST, by_password(), TODAY)
    assert first.kept != second.kept and second.kept is not None
    assert whole(second.kept, PASSWORD) == story.events_then + 1


def test_a_preview_tells_both_and_changes_nothing(story: Story) -> None:
    before = content(story.folder)
    shown = restoration.preview(story.folder, story.file, FIRST, by_password(), TODAY)
    assert (shown.cases, shown.events, shown.problems) == (1, story.events_then, ())
    assert shown.last_event is not None and shown.replaces is not None
    assert (shown.replaces.cases, shown.replaces.events) == (2, story.events_now)
    assert content(story.folder) == before


def without_change(story: Story, restore: Callable[[], object], error: type[Exception]) -> Any:
    before = content(story.folder)
    with pytest.raises(error) as told:
        restore()
    assert content(story.folder) == before
    assert whole(story.folder, LATER) == story.events_now
    return told.value


@pytest.mark.parametrize("opener", [by_password(LATER), by_password(user="无人")])
def test_the_password_of_then_is_wanted(story: Story, opener: restoration.OpenKey) -> None:
    for act in (restoration.preview, restoration.restore):
        told = without_change(
            story,
            lambda act=act: act(story.folder, story.file, FIRST, opener, TODAY),  # type: ignore[misc]
            StorageProblem,
        )
        assert told.code == "wrong_password"


def test_who_may_only_look_may_not_restore(story: Story) -> None:
    session = office.enter(story.folder, FIRST, LATER, TODAY)
    file = backups.back_up(session).file
    keyring.add_user(story.folder, session.database.key, "孙管理", PASSWORD, cost=QUICK)
    key = session.database.key
    session.close()
    with pytest.raises(Refusal):
        restoration.restore(story.folder, file, "孙管理", restoration.with_key(key), TODAY)


@pytest.mark.parametrize("place", [0.0, 0.2, 0.5, 0.8, 0.999])
def test_a_backup_with_a_flipped_byte_changes_nothing(story: Story, place: float) -> None:
    spoiled = bytearray(story.file.read_bytes())
    spoiled[int(len(spoiled) * place)] ^= 0x10
    story.file.write_bytes(spoiled)
    told = without_change(
        story,
        lambda: restoration.restore(story.folder, story.file, FIRST, by_password(), TODAY),
        StorageProblem,
    )
    assert told.code in ("damaged", "wrong_password")


@pytest.mark.parametrize("keep", [0, 100, -50])
def test_half_a_backup_leaves_no_new_office(story: Story, tmp_path: Path, keep: int) -> None:
    story.file.write_bytes(story.file.read_bytes()[:keep])
    new = tmp_path / "new"
    with pytest.raises(StorageProblem) as told:
        restoration.restore(new, story.file, FIRST, by_password(), TODAY)
    assert told.value.code == "damaged"
    assert not new.exists()


def test_a_backup_that_is_not_there_is_told(story: Story, tmp_path: Path) -> None:
    with pytest.raises(BadData):
        restoration.restore(story.folder, tmp_path / "none.backup", FIRST, by_password(), TODAY)


@pytest.mark.parametrize("name", ["../evil", "forms/../../evil", "/evil", "attachments/../x", "other.txt"])
def test_nothing_is_written_outside(story: Story, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(story.file) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    manifest = json.loads(files["manifest.json"])
    manifest["files"][name] = {"size": 1, "sha256": "0" * 64}
    files |= {"manifest.json": json.dumps(manifest).encode(), name: b"x"}
    with zipfile.ZipFile(story.file, "w") as archive:
        for one, given in files.items():
            archive.writestr(one, given)
    told = without_change(
        story,
        lambda: restoration.restore(story.folder, story.file, FIRST, by_password(), TODAY),
        StorageProblem,
    )
    assert told.code == "damaged"
    assert not list(tmp_path.rglob("evil"))


def test_a_backup_of_an_older_program_leaves_the_templates_alone(story: Story) -> None:
    with zipfile.ZipFile(story.file) as archive:
        files = {one: archive.read(one) for one in archive.namelist() if not one.startswith("forms/")}
    manifest = json.loads(files["manifest.json"])
    del manifest["parts"], manifest["files"]["forms/slip.docx"]
    files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(story.file, "w") as archive:
        for one, given in files.items():
            archive.writestr(one, given)
    restoration.restore(story.folder, story.file, FIRST, by_password(), TODAY)
    assert (story.folder / "forms" / "slip.docx").read_bytes() == b"of now"


def test_what_was_lost_before_the_backup_does_not_stand_in_the_way(story: Story, tmp_path: Path) -> None:
    session = office.enter(story.folder, FIRST, LATER, TODAY)
    for path in (story.folder / "attachments").iterdir():
        path.unlink()
    file = backup.backup(session.database, tmp_path / "later.backup", datetime.now(CHINA))
    session.close()
    shown = restoration.preview(story.folder, file, FIRST, by_password(LATER), TODAY)
    assert [problem.kind for problem in shown.problems] == ["attachment", "attachment"]
    assert shown.hindering == ()
    done = restoration.restore(tmp_path / "new", file, FIRST, by_password(LATER), TODAY)
    assert len(done.problems) == 2


def test_an_altered_row_in_the_backup_stands_in_the_way(story: Story, tmp_path: Path) -> None:
    session = office.enter(story.folder, FIRST, LATER, TODAY)
    with session.change() as work:
        work.messages.replace("2026-0001", Message(title="别的", text="别的"))
    file = backup.backup(session.database, tmp_path / "later.backup", datetime.now(CHINA))
    session.close()
    told = without_change_but_rows(story, file)
    assert told.code == "damaged" and "2026-0001" in told.message


def without_change_but_rows(story: Story, file: Path) -> StorageProblem:
    before = content(story.folder)
    with pytest.raises(StorageProblem) as told:
        restoration.restore(story.folder, file, FIRST, by_password(LATER), TODAY)
    assert content(story.folder) == before
    return told.value


def test_an_office_in_use_is_left_alone(story: Story) -> None:
    session = office.enter(story.folder, FIRST, LATER, TODAY)
    with pytest.raises(StorageProblem) as told:
        restoration.restore(story.folder, story.file, FIRST, by_password(), TODAY)
    assert told.value.code == "locked"
    session.close()
    assert whole(story.folder, LATER) == story.events_now


# ------------------------------------------------------------------ the machine dies

CALLS = ("replace", "unlink", "mkdir", "fsync", "rmdir")
MOST_CALLS = 200


def restore_and_die(story: Story, at: int, counter: Any) -> None:
    """Restore, and be killed just before the call to the disk of that number."""
    for name in CALLS:
        setattr(os, name, dying(getattr(os, name), at, counter))
    restoration.restore(story.folder, story.file, FIRST, by_password(), TODAY)


def dying(call: Callable[..., Any], at: int, counter: Any) -> Callable[..., Any]:
    def counted(*given: Any, **named: Any) -> Any:
        counter.value += 1
        if counter.value == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given, **named)

    return counted


@pytest.mark.skipif(os.name == "nt", reason="there is no fork; the moves are the same renames")
def test_wherever_it_dies_the_one_or_the_other_office_is_whole(template: Story, tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    outcomes = []
    for at in range(1, MOST_CALLS):
        folder = tmp_path / str(at)
        copy_office(template.folder, folder)
        story = Story(folder, folder / "backups" / template.file.name, 0, 0)
        counter = context.Value("i", 0)
        child = context.Process(target=restore_and_die, args=(story, at, counter))
        child.start()
        child.join()
        outcomes.append(outcome(story, template))
        shutil.rmtree(folder)
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
    else:
        raise AssertionError("the restore never came to its end")
    changes = sum(before != after for before, after in pairwise(outcomes))
    assert (outcomes[0], outcomes[-1], changes) == ("old", "new", 1)
    assert outcomes.count("new") >= 10, "the moves themselves were not interrupted"


def outcome(story: Story, template: Story) -> str:
    """Which office is there after somebody has come back; all of it, and the other one still somewhere."""
    office.settle_restore(story.folder)
    assert not (story.folder / ".restoring").exists()
    kept = list(story.folder.glob("before-restore-*"))
    if not kept:
        assert whole(story.folder, LATER) == template.events_now
        return "old"
    assert whole(story.folder, PASSWORD) == template.events_then + 1
    assert whole(kept[0], LATER) == template.events_now
    return "new"
