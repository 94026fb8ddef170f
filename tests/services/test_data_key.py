"""Renewing the data key: everything under another one or nothing, wherever it dies; and who has left stays out."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.users import Role
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import (
    accounts,
    backups,
    data_key,
    office,
    registration,
    restoration,
    two_persons,
    verification,
)
from desktop_app.services.data_key import Renewed
from desktop_app.storage import keyring, keyring_entries
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly, make_passwords_quick
from tests.engines import copy_office

pytestmark = pytest.mark.file_only(
    "a server's office refuses it, where others hold the old key: test_not_on_a_server"
)

TODAY = date(2026, 10, 30)
LEFT = "走了的人"
SCAN = b"SCAN OF A SIGNED REPLY"


@dataclass(frozen=True)
class Story:
    """An office with a case, a scan, a backup, two recovery codes, and one user who was removed after that backup."""

    folder: Path
    codes: tuple[str, str]
    old_ring: Path


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_quick(monkeypatch)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("renewal") / "office"
    found_quickly(folder, T)
    with pytest.MonkeyPatch.context() as patch:
        make_passwords_quick(patch)
        session = office.enter(folder, FIRST, PASSWORD, TODAY)
        accounts.add_user(session, LEFT, {Role.REVIEWER}, PASSWORD)
        message = Message("路灯不亮", "小区门口的路灯坏了半个月。", Citizen("杨某", "13900001234"))
        number = registration.register_one(
            session, Registration(T, date(2026, 9, 22), "市长板块", message)
        ).number
        with session.change() as work:
            work.attachments.add(number, SCAN, "scan", FIRST, added="2026-09-22", name="a.pdf")
        codes = two_persons.make_codes(session)
        made = backups.back_up(session).file
        # Of another day: of one day the rotation keeps only the last.
        made.rename(made.with_name("liuyan-20261020-080000.backup"))
        shutil.copyfile(folder / keyring_entries.KEYRING_FILE, folder.parent / "old-ring.json")
        accounts.remove_user(session, LEFT)
        session.close()
    return Story(folder, codes, folder.parent / "old-ring.json")


@pytest.fixture
def story(template: Story, tmp_path: Path) -> Story:
    copy_office(template.folder, tmp_path / "office")
    return Story(tmp_path / "office", template.codes, template.old_ring)


def renew(folder: Path) -> Renewed:
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    work = data_key.ready(session)
    session.close()
    return work()


def key_of(folder: Path, user: str = FIRST) -> bytes:
    return keyring.unlock(folder, user, PASSWORD)


def whole(folder: Path) -> int:
    """The office opens, proves, and its scan is what it was; how many events it has."""
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    try:
        found = verification.verify(session)
        assert found.problems == ()
        with session.read() as work:
            (scan,) = work.attachments.of_case("2026-0001")
            assert work.attachments.read(scan.id) == SCAN
        return found.events
    finally:
        session.close()


def test_everything_is_under_another_key_and_the_same_passwords_open_it(story: Story) -> None:
    before, events = key_of(story.folder), whole(story.folder)
    sealed = {path.name: path.read_bytes() for path in (story.folder / "attachments").iterdir()}
    done = renew(story.folder)
    assert (done.attachments, done.lost, done.fault) == (1, (), "")
    assert done.backup is not None and done.backup.exists()
    assert key_of(story.folder) != before
    assert whole(story.folder) == events + 2, "the renewal and the backup after it"
    assert all((story.folder / "attachments" / name).read_bytes() != old for name, old in sealed.items())
    with pytest.raises(StorageProblem):
        office.enter_with_key(story.folder, FIRST, before, TODAY)
    assert not list(story.folder.glob(".*")), "nothing of the old office is left"


def test_who_has_left_opens_nothing_with_an_old_ring_and_an_old_password(story: Story) -> None:
    place = story.folder.parent / "theirs"
    place.mkdir()
    shutil.copyfile(story.old_ring, place / keyring_entries.KEYRING_FILE)
    theirs = keyring.unlock(place, LEFT, PASSWORD)
    office.enter_with_key(story.folder, FIRST, theirs, TODAY).close()
    renew(story.folder)
    with pytest.raises(StorageProblem):
        office.enter_with_key(story.folder, FIRST, theirs, TODAY)
    shutil.copyfile(story.folder / keyring_entries.KEYRING_FILE, place / keyring_entries.KEYRING_FILE)
    with pytest.raises(StorageProblem):
        keyring.unlock(place, LEFT, PASSWORD)


def test_the_recovery_codes_stay_good(story: Story) -> None:
    renew(story.folder)
    two_persons.recover_access(story.folder, story.codes, FIRST, "xin-de-mi-ma-zai-ci", TODAY)
    office.enter(story.folder, FIRST, "xin-de-mi-ma-zai-ci", TODAY).close()


def test_a_backup_of_before_opens_with_the_password_of_its_day(story: Story) -> None:
    (old,) = (story.folder / "backups").iterdir()
    done = renew(story.folder)
    assert done.still_old == (f"backups/{old.name}",)
    elsewhere = story.folder.parent / "elsewhere"
    opener = restoration.with_password(FIRST, PASSWORD)
    restored = restoration.restore(elsewhere, old, FIRST, opener, TODAY)
    assert restored.cases == 1
    assert key_of(elsewhere) != key_of(story.folder)


def test_the_window_knows_and_proves_backups_of_before(story: Story) -> None:
    renew(story.folder)
    session = office.enter(story.folder, FIRST, PASSWORD, TODAY)
    known = backups.known_backups(session)
    assert len(known) == 2
    for one in known:
        shown = restoration.preview_of_own(session, one.file)
        assert shown.hindering == ()
        assert shown.replaces is not None and shown.replaces.cases == 1, "what is there now can be read"
    session.close()


def test_twice_renewed_all_backups_are_still_known(story: Story) -> None:
    renew(story.folder)
    renew(story.folder)
    session = office.enter(story.folder, FIRST, PASSWORD, TODAY)
    assert len(backups.known_backups(session)) >= 2
    assert verification.verify(session).problems == ()
    session.close()


def test_a_scan_that_was_lost_before_stops_nothing_and_is_told(story: Story) -> None:
    (scan,) = (story.folder / "attachments").iterdir()
    scan.write_bytes(b"spoilt")
    done = renew(story.folder)
    assert done.attachments == 0
    assert done.lost == ("2026-0001 的附件“a.pdf”的文件被改动或损坏。",)
    assert (story.folder / "attachments" / scan.name).read_bytes() == b"spoilt"


def test_a_user_with_a_password_of_an_older_program_is_named_and_nothing_changes(story: Story) -> None:
    path = story.folder / keyring_entries.KEYRING_FILE
    told = json.loads(path.read_text("utf-8"))
    told["users"][FIRST]["vouched"] = ""
    path.write_text(json.dumps(told), "utf-8")
    before = key_of(story.folder)
    with pytest.raises(Refusal, match=FIRST):
        renew(story.folder)
    assert key_of(story.folder) == before


def test_only_who_keeps_the_keys_renews(story: Story) -> None:
    session = office.enter(story.folder, FIRST, PASSWORD, TODAY)
    session.user = type(session.user)(FIRST, frozenset((Role.OPERATOR,)))
    with pytest.raises(Refusal) as told:
        data_key.ready(session)
    assert told.value.code == "not_allowed_for_role"
    session.close()


def test_nobody_else_may_be_inside(story: Story) -> None:
    session = office.enter(story.folder, FIRST, PASSWORD, TODAY)
    other = office.enter(story.folder, FIRST, PASSWORD, TODAY)
    work = data_key.ready(session)
    session.close()
    with pytest.raises(StorageProblem) as told:
        work()
    assert told.value.code == "locked"
    other.close()
    assert work().fault == ""


def test_a_full_disk_leaves_the_office_as_it_was(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of(story.folder)

    def full(path: Path, content: bytes) -> None:
        raise StorageProblem("disk_full", "磁盘空间已满。")

    session = office.enter(story.folder, FIRST, PASSWORD, TODAY)
    work = data_key.ready(session)
    session.close()
    monkeypatch.setattr("desktop_app.storage.attachment_contents.write_whole", full)
    with pytest.raises(StorageProblem) as told:
        work()
    assert told.value.code == "disk_full"
    monkeypatch.undo()
    assert key_of(story.folder) == before
    assert not (story.folder / ".restoring").exists()
    whole(story.folder)


# ------------------------------------------------------------------ the machine dies

CALLS = ("replace", "unlink", "mkdir", "fsync", "rmdir")
MOST_CALLS = 120


def renew_and_die(folder: Path, at: int, counter: Any) -> None:
    """Renew, and be killed just before the call to the disk of that number."""
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    work = data_key.ready(session)
    session.close()
    data_key._backed_up = lambda *_: (None, "")  # type: ignore[assignment]
    for name in CALLS:
        setattr(os, name, dying(getattr(os, name), at, counter))
    work()


def dying(call: Callable[..., Any], at: int, counter: Any) -> Callable[..., Any]:
    def counted(*given: Any, **named: Any) -> Any:
        counter.value += 1
        if counter.value == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given, **named)

    return counted


@pytest.mark.skipif(os.name == "nt", reason="there is no fork; the moves are the same renames")
def test_wherever_it_dies_the_old_or_the_new_office_opens(template: Story, tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    old_key, events = key_of(template.folder), whole(template.folder)
    outcomes = []
    for at in range(1, MOST_CALLS):
        folder = tmp_path / str(at)
        copy_office(template.folder, folder)
        counter = context.Value("i", 0)
        child = context.Process(target=renew_and_die, args=(folder, at, counter))
        child.start()
        child.join()
        office.settle_restore(folder)
        is_old = key_of(folder) == old_key
        assert whole(folder) == events + (0 if is_old else 1)
        assert not list(folder.glob(".before-renewal-*")) and not (folder / ".restoring").exists()
        outcomes.append("old" if is_old else "new")
        shutil.rmtree(folder)
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
    else:
        raise AssertionError("the renewal never came to its end")
    changes = sum(before != after for before, after in pairwise(outcomes))
    assert (outcomes[0], outcomes[-1], changes) == ("old", "new", 1)
    assert outcomes.count("new") >= 10, "the moves themselves were not interrupted"
