"""What a killed program left is gone once somebody enters again; what belongs to somebody at work stays."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop_app.domain.messages import Message, Registration
from desktop_app.private_folder import HALF_MADE, TEMPORARY_FOLDER, PrivateFolder
from desktop_app.services import backups, leftovers, office, registration, verification
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly
from tests.engines import copy_office

TODAY = date(2026, 10, 30)
LIES_BESIDE = pytest.mark.file_only("a file beside may outlive its transaction; a row on a server does not")
NUMBER = "2026-0001"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="forks, and kills the Unix way")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leftovers") / "office"
    found_quickly(folder, T)
    session = enter(folder)
    message = Message(title="路灯不亮", text="小区门口的路灯坏了半个月。")
    registration.register_one(session, Registration(T, date(2026, 9, 22), "市长板块", message))
    session.close()
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    copy_office(template, tmp_path / "office")
    return tmp_path / "office"


def enter(folder: Path) -> Session:
    return office.enter(folder, FIRST, PASSWORD, TODAY)


def in_the_middle_of(act: Callable[[Path, Connection], None], folder: Path) -> multiprocessing.Process:
    """A process that stands in the middle of an act."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=act, args=(folder, theirs))
    child.start()
    theirs.close()
    assert ours.recv() == "there"
    return child  # type: ignore[return-value]


def kill(child: multiprocessing.Process) -> None:
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()


def attaching(folder: Path, told: Connection) -> None:
    with enter(folder).change() as work:
        work.attachments.add(NUMBER, b"SCAN", "scan", FIRST, added="2026-10-01", name="a.pdf")
        told.send("there")
        signal.pause()


def backing_up(folder: Path, told: Connection) -> None:
    from desktop_app.storage import backup

    def stopped(*given: object) -> list[object]:
        told.send("there")
        signal.pause()
        return []

    backup.check_backup = stopped  # type: ignore[assignment]
    backups.back_up(enter(folder))


def making_papers(folder: Path, told: Connection) -> None:
    made = PrivateFolder(folder / TEMPORARY_FOLDER)
    (made.path / "文书.docx").write_text("王小明", encoding="utf-8")
    told.send("there")
    signal.pause()


def writing(folder: Path, told: Connection) -> None:
    from desktop_app.storage import safe_files

    def stopped(self: Path, target: Path) -> Path:
        told.send("there")
        signal.pause()
        return target

    Path.replace = stopped  # type: ignore[assignment]
    safe_files.write_whole(folder / "last-seal.json", b"{}")


def attached(folder: Path) -> list[Path]:
    return list((folder / "attachments").glob("*"))


@LIES_BESIDE
def test_a_file_that_was_attached_halfway_is_gone(folder: Path) -> None:
    kill(in_the_middle_of(attaching, folder))
    assert len(attached(folder)) == 1 and leftovers.was_cut_off(folder)
    session = enter(folder)
    assert attached(folder) == []
    assert verification.verify(session).problems == ()
    session.close()
    assert not leftovers.was_cut_off(folder)


@LIES_BESIDE
def test_a_file_that_somebody_is_attaching_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.storage import engine

    child = in_the_middle_of(attaching, folder)
    monkeypatch.setattr(engine, "_WAIT_SECONDS", 0.1)
    session = enter(folder)
    assert len(attached(folder)) == 1
    session.close()
    kill(child)


@pytest.mark.parametrize(
    ("act", "place"),
    [
        (backing_up, f"backups/{HALF_MADE}*"),
        (making_papers, f"{TEMPORARY_FOLDER}/*"),
        (writing, ".last-seal.json.*"),
    ],
)
def test_half_made_files_are_gone_and_those_of_somebody_at_work_stay(
    folder: Path, act: Callable[[Path, Connection], None], place: str
) -> None:
    child = in_the_middle_of(act, folder)
    enter(folder).close()
    assert any(not path.name.endswith(".lock") for path in folder.glob(place))
    kill(child)
    enter(folder).close()
    assert list(folder.glob(place)) == []


@LIES_BESIDE
def test_a_disk_that_does_not_let_us_stops_no_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kill(in_the_middle_of(attaching, folder))

    def refused(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        enter(folder).close()
    assert len(attached(folder)) == 1
