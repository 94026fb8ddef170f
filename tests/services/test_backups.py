"""Backups that the program makes by itself, the second place, and what is deleted of the old ones."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from desktop_app.domain.messages import Message, Registration
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import (
    backups,
    office,
    registration,
    restoration,
    shared_backups,
    verification,
)
from desktop_app.services.journaling import note
from desktop_app.services.session import CHINA, OfficeClock, Session
from desktop_app.services.settings_keys import LAST_BACKUP
from desktop_app.storage import backup
from desktop_app.storage.server_address import read_address, write_address
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD)
    yield opened
    opened.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def work_on(session: Session) -> None:
    with session.change() as work:
        note(session, work, "change-settings", {"office.phone": "0475-0000000"})


def back_up_on(session: Session, made: datetime) -> Path:
    """A backup that bears another day in its name."""
    file = backups.back_up(session).file
    return file.rename(file.with_name(f"liuyan-{made:%Y%m%d-%H%M%S}.backup"))


def test_the_first_entry_of_a_day_backs_up_and_the_second_does_not(session: Session) -> None:
    assert backups.is_due(session, leaving=False)
    assert backups.back_up_if_due(session, leaving=False) is not None
    assert not backups.is_due(session, leaving=False)
    work_on(session)
    assert not backups.is_due(session, leaving=False)
    assert backups.back_up_if_due(session, leaving=False) is None
    session.clock = _Tomorrow()
    assert backups.is_due(session, leaving=False)


class _Tomorrow(OfficeClock):
    def today(self) -> date:
        return datetime.now(CHINA).date() + timedelta(days=1)


def test_leaving_backs_up_what_was_recorded_since(session: Session) -> None:
    assert backups.back_up_if_due(session, leaving=False) is not None
    assert backups.back_up_if_due(session, leaving=True) is None
    work_on(session)
    assert backups.is_due(session, leaving=True)
    made = backups.back_up_if_due(session, leaving=True)
    assert made is not None and backup.check_backup(made.file, session.database.key) == []
    assert not backups.is_due(session, leaving=True)


def test_a_training_day_backs_up_nothing(session: Session) -> None:
    session.clock = OfficeClock(date(2026, 10, 30))
    assert not backups.is_due(session, leaving=True)
    assert backups.back_up_if_due(session, leaving=True) is None


def test_a_backup_that_was_lost_is_made_again(session: Session) -> None:
    first = backups.back_up(session).file
    assert not backups.is_due(session, leaving=True)
    first.write_bytes(b"rubbish")
    assert backups.is_due(session, leaving=False)


def test_a_clock_that_was_ahead_does_not_hold_it_up(session: Session) -> None:
    back_up_on(session, datetime.now(CHINA) + timedelta(days=900))
    work_on(session)
    assert backups.back_up_if_due(session, leaving=False) is not None
    assert not backups.is_due(session, leaving=True)
    assert len(backups.known_backups(session)) == 2


def test_old_ones_are_thinned_out_and_strange_files_left_alone(session: Session) -> None:
    folder = session.folder / "backups"
    now = datetime.now(CHINA)
    old = [back_up_on(session, now - timedelta(days=20, minutes=minutes)) for minutes in range(1, 4)]
    strange = [
        folder / "liuyan-20200101-000000.backup",
        folder / "office-schema-0001.db",
        folder / "notes.txt",
    ]
    for path in strange:
        path.write_bytes(b"not ours")
    made = backups.back_up(session)
    assert made.file.exists() and all(path.exists() for path in strange)
    assert [path for path in old if path.exists()] == [old[0]]


def test_backups_of_another_office_on_the_stick_stay(session: Session, stick: Path, tmp_path: Path) -> None:
    found_quickly(tmp_path / "other", T)
    other = office.enter(tmp_path / "other", FIRST, PASSWORD)
    theirs = back_up_on(other, datetime.now(CHINA) - timedelta(days=20, minutes=5))
    shutil.copy(theirs, stick)
    other.close()
    shutil.copy(back_up_on(session, datetime.now(CHINA) - timedelta(days=20, minutes=9)), stick)
    shutil.copy(back_up_on(session, datetime.now(CHINA) - timedelta(days=20, minutes=3)), stick)
    backups.choose_second_place(session, stick)
    made = backups.back_up(session)
    names = {path.name for path in stick.iterdir()}
    assert theirs.name in names and made.file.name in names and len(names) == 3


def test_the_second_place_gets_a_proved_copy(session: Session, stick: Path) -> None:
    assert backups.second_place(session) is None
    backups.choose_second_place(session, stick)
    assert backups.second_place(session) == stick
    made = backups.back_up(session)
    assert made.second == stick / made.file.name and made.fault == ""
    assert backup.check_backup(made.second, session.database.key) == []
    assert list(stick.iterdir()) == [made.second]
    assert [one.second for one in backups.known_backups(session)] == [False, True]
    backups.choose_second_place(session, None)
    assert backups.back_up(session).second is None


def test_a_stick_that_is_not_there_is_told_and_made_up_for(session: Session, stick: Path) -> None:
    backups.choose_second_place(session, stick)
    stick.rmdir()
    made = backups.back_up(session)
    assert made.file.exists() and made.second is None
    assert "优盘" in made.fault and str(stick) in made.fault
    assert not backups.is_due(session, leaving=True)
    stick.mkdir()
    assert backups.is_due(session, leaving=False)
    later = backups.back_up_if_due(session, leaving=False)
    assert later is not None and later.file == made.file and later.second == stick / made.file.name
    assert not backups.is_due(session, leaving=True)


def test_a_file_in_the_place_of_the_folder_is_told(session: Session, stick: Path) -> None:
    backups.choose_second_place(session, stick)
    stick.rmdir()
    stick.write_text("in the way")
    assert "找不到" in backups.back_up(session).fault


def test_a_copy_that_went_wrong_is_not_kept(
    session: Session, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.choose_second_place(session, stick)
    pour = backup._pour

    def spoil(source: IO[bytes], target: IO[bytes]) -> None:
        pour(source, target)
        if str(stick) in str(target.name):
            target.seek(5)
            target.write(b"?")

    monkeypatch.setattr(backup, "_pour", spoil)
    made = backups.back_up(session)
    assert made.second is None and "核对不符" in made.fault
    assert list(stick.iterdir()) == []


def test_places_that_make_no_sense_are_refused(session: Session, tmp_path: Path) -> None:
    for place in (tmp_path / "none", session.folder, session.folder / "backups"):
        with pytest.raises(Refusal) as told:
            backups.choose_second_place(session, place)
        assert told.value.code == "unknown_value"
    assert backups.second_place(session) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere; see the full disk instead")
def test_a_second_place_that_is_read_only_is_told(session: Session, stick: Path) -> None:
    backups.choose_second_place(session, stick)
    stick.chmod(0o500)
    assert "权限" in backups.back_up(session).fault


def test_a_disk_that_is_full_leaves_nothing_half_done(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_put", full)
    with pytest.raises(StorageProblem) as told:
        backups.back_up(session)
    assert told.value.code == "disk_full"
    assert list((session.folder / "backups").iterdir()) == []


# ------------------------------------------------------------------ an office of several seats


@pytest.fixture
def another(session: Session, tmp_path: Path) -> Iterator[Session]:
    """A second seat of the same office."""
    address = read_address(session.folder)
    assert address is not None
    write_address(tmp_path / "seat", address)
    opened = office.enter(tmp_path / "seat", FIRST, PASSWORD)
    yield opened
    opened.close()


@pytest.mark.server_only("a file has one seat")
def test_seats_make_one_backup_a_day_between_them(session: Session, another: Session) -> None:
    assert backups.is_due(session, leaving=False) and backups.is_due(another, leaving=False)
    assert backups.back_up_if_due(another, leaving=False) is not None
    assert not backups.is_due(session, leaving=False)
    assert backups.back_up_if_due(session, leaving=False) is None
    assert backups.known_backups(session) == [] and len(backups.known_backups(another)) == 1
    elsewhere = backups.made_elsewhere(session)
    assert elsewhere is not None and backups.made_elsewhere(another) is None
    assert backups.last_backup(session) == elsewhere.made.replace(tzinfo=None)
    # Not everybody who goes home makes one of his own; whoever wants one makes it.
    work_on(session)
    assert not backups.is_due(session, leaving=True)
    assert backups.back_up(session).file.is_file()


@pytest.mark.server_only("a file has one seat")
def test_a_backup_that_another_seat_has_begun_is_waited_for_an_hour(
    session: Session, another: Session
) -> None:
    with another.change() as work:
        shared_backups.claim(another, work)
    assert not backups.is_due(session, leaving=False) and not backups.is_due(session, leaving=True)
    assert backups.is_due(another, leaving=False)
    assert backups.last_backup(session) is None
    with another.change() as work:
        told = work.settings.get(LAST_BACKUP) or ""
        hour = datetime.now(CHINA) - timedelta(minutes=61)
        kept = {**json.loads(told), "made": hour.isoformat(timespec="seconds")}
        work.settings.put(LAST_BACKUP, json.dumps(kept))
    assert backups.is_due(session, leaving=False)


@pytest.mark.server_only("that of a file is one already")
def test_the_backup_of_an_office_on_a_server_is_one_of_a_file(session: Session, tmp_path: Path) -> None:
    """It comes back into a folder on any machine, complete, while others work on at the server."""
    given = Registration(T, date(2026, 9, 22), "市长板块", Message(title="路灯不亮", text="坏了半个月"))
    number = registration.register_one(session, given).number
    with session.change() as work:
        work.attachments.add(number, b"SCAN" * 1000, "scan", FIRST, added="2026-09-22", name="a.pdf")
        work.forms.put("slip.docx", b"PK our own", "2026-09-22T08:00:00+08:00", FIRST)
    file = backups.back_up(session, tmp_path / "a.backup").file
    assert backup.check_backup(file, session.database.key) == []
    work_on(session)
    folder = tmp_path / "restored"
    done = restoration.restore(folder, file, FIRST, restoration.with_password(FIRST, PASSWORD))
    assert (done.cases, done.problems) == (1, ())
    assert (folder / "forms" / "slip.docx").read_bytes() == b"PK our own"
    restored = office.enter(folder, FIRST, PASSWORD)
    assert verification.verify(restored).problems == ()
    with restored.read() as work:
        (scan,) = work.attachments.of_case(number)
        assert work.attachments.read(scan.id) == b"SCAN" * 1000
    restored.close()
    assert verification.verify(session).problems == ()
