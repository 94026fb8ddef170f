"""Full, read-only, vanishing disks: a plain sentence with what to do, nothing half done, and nothing lost.

Each is tried in a child process, whose limits and rights are taken from it; a bug there is told as such.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop_app.domain.messages import Message, Registration
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.services import backups, office, recovery, registration, restoration, verification
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

pytestmark = pytest.mark.file_only(
    "the disk of the office is the server's; a seat's own holds nothing to lose"
)

TODAY = date(2026, 10, 30)
NOBODY = 65534
ROOM = 96 * 1024
"""Bytes to which a file may grow: less than an office, more than a lock."""

Act = Callable[[Path], object]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disk") / "office"
    found_quickly(folder, T)
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    for _ in range(3):
        register(session)
    with session.change() as work:
        work.attachments.add("2026-0001", b"SCAN" * 1000, "scan", FIRST, added="2026-09-22", name="a.pdf")
    backups.back_up(session)
    session.close()
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "office"
    shutil.copytree(template, copy)
    return copy


def register(session: Session, text: str = "小区门口的路灯坏了半个月。") -> None:
    given = Registration(T, date(2026, 9, 22), "市长板块", Message(title="路灯不亮", text=text))
    registration.register_one(session, given)


def enter(folder: Path) -> Session:
    return office.enter(folder, FIRST, PASSWORD, TODAY)


def whole(folder: Path) -> tuple[int, int]:
    """Cases and events of an office that proves whole."""
    session = enter(folder)
    found = verification.verify(session)
    session.close()
    assert found.problems == ()
    return found.cases, found.events


# ------------------------------------------------------------------ what is tried


def register_much(folder: Path) -> None:
    session = enter(folder)
    try:
        register(session, "长" * 400_000)
    finally:
        session.close()


def attach_much(folder: Path) -> None:
    session = enter(folder)
    try:
        with session.change() as work:
            work.attachments.add("2026-0001", b"x" * 400_000, "scan", FIRST, added="2026-09-23", name="b.pdf")
    finally:
        session.close()


def back_up(folder: Path) -> None:
    session = enter(folder)
    try:
        backups.back_up(session)
    finally:
        session.close()


def newest(folder: Path) -> Path:
    (file,) = (folder / "backups").iterdir()
    return file


def restore(folder: Path) -> None:
    opener = restoration.with_password(FIRST, PASSWORD)
    restoration.restore(folder, newest(folder), FIRST, opener, TODAY)


def restore_to_new(folder: Path) -> None:
    opener = restoration.with_password(FIRST, PASSWORD)
    restoration.restore(folder.parent / "new", newest(folder), FIRST, opener, TODAY)


def recover(folder: Path) -> None:
    recovery.recover(folder, folder.parent / "new", FIRST, PASSWORD, TODAY)


def found_anew(folder: Path) -> None:
    office.found(folder.parent / "new", "甲市", T, FIRST, PASSWORD)


# ------------------------------------------------------------------ how


def full_disk() -> None:
    """From here on no file may grow beyond a little; the kernel says so instead of killing."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))


def no_rights() -> None:
    """From here on as somebody whom file modes bind."""
    if os.geteuid() == 0:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)


def told(act: Act, folder: Path, limit: Callable[[], None]) -> tuple[str, str, str]:
    """Class, code and whole sentence of the error that `act` ends with under that limit."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_try, args=(act, folder, limit, theirs))
    child.start()
    answer = ours.recv()
    child.join()
    assert child.exitcode == 0
    assert isinstance(answer, tuple)
    return answer


def _try(act: Act, folder: Path, limit: Callable[[], None], answer: Connection) -> None:
    limit()
    try:
        act(folder)
    except LiuyanError as error:
        remedy = getattr(error, "remedy", None) or ""
        answer.send((type(error).__name__, getattr(error, "code", ""), error.message + remedy))
    except BaseException as error:
        answer.send(("bug", type(error).__name__, str(error)))
    else:
        answer.send(("", "", ""))


# ------------------------------------------------------------------ full


@pytest.mark.parametrize(
    "act", [register_much, attach_much, back_up, restore, restore_to_new, recover, found_anew]
)
def test_a_full_disk_is_told_and_nothing_is_lost(folder: Path, act: Act) -> None:
    before = whole(folder)
    files = {path.name for path in folder.rglob("*")}
    kind, code, words = told(act, folder, full_disk)
    # The engine tells a quota that is used up as a fault of the disk, Python as a full one; both sentences name it.
    assert kind == "StorageProblem" and code in ("disk_full", "damaged"), words
    assert "磁盘" in words and "已满" in words and "请" in words
    after = whole(folder)
    assert after[0] == before[0]
    assert after[1] - before[1] <= (act is back_up)
    assert {path.name for path in folder.rglob("*")} - files <= {
        "office.db-wal",
        "office.db-shm",
        "window.lock",
    }
    assert not (folder.parent / "new").exists() or not (folder.parent / "new" / "office.db").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk with hardly any room, where one may be mounted; elsewhere the limit on files above stands for it."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount")
@pytest.mark.parametrize("act", [register_much, attach_much, back_up, restore])
def test_a_disk_without_room(folder: Path, small_disk: Path, act: Act) -> None:
    there = small_disk / "office"
    shutil.copytree(folder, there)
    before = whole(there)
    free = os.statvfs(small_disk)
    (small_disk / "filler").write_bytes(b"x" * (free.f_bavail * free.f_frsize - 150_000))
    kind, code, words = told(act, there, lambda: None)
    assert (kind, code) == ("StorageProblem", "disk_full"), words
    (small_disk / "filler").unlink()
    assert whole(there)[0] == before[0]
    assert not (there / ".restoring").exists()
    assert len(list((there / "backups").iterdir())) == 1


def test_there_is_room_again_and_work_goes_on(folder: Path) -> None:
    told(register_much, folder, full_disk)
    register_much(folder)
    back_up(folder)
    assert whole(folder)[0] == 4


# ------------------------------------------------------------------ read-only


def for_nobody(folder: Path, mode: int) -> None:
    """The whole tree belongs to whom `no_rights` makes us, and its folders may not be written to."""
    for path in (folder, *folder.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
    for path in (folder, *(one for one in folder.rglob("*") if one.is_dir())):
        path.chmod(mode)
    for above in folder.parents:
        if str(above).startswith(str(Path(folder.anchor) / "tmp")) and above.stat().st_uid == os.geteuid():
            above.chmod(above.stat().st_mode | 0o055)


@pytest.mark.parametrize("act", [back_up, restore, register_much])
def test_a_read_only_folder_is_told(folder: Path, act: Act) -> None:
    before = whole(folder)
    for name in ("office.db-wal", "office.db-shm", "in-use.lock", "window.lock"):
        (folder / name).unlink(missing_ok=True)
    for_nobody(folder, 0o555)
    kind, code, words = told(act, folder, no_rights)
    for_nobody(folder, 0o755)
    assert (kind, code) == ("StorageProblem", "read_only"), words
    assert "权限" in words and "请" in words
    assert whole(folder) == before


def test_a_second_place_that_is_read_only_is_told(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    session = enter(folder)
    backups.choose_second_place(session, stick)
    session.close()
    for_nobody(folder, 0o755)
    for_nobody(stick, 0o555)
    kind, _, words = told(back_up_and_tell, folder, no_rights)
    for_nobody(stick, 0o755)
    assert kind == "StorageProblem" and "没有抄到第二处" in words and "权限" in words
    assert list(stick.iterdir()) == []
    assert len(list((folder / "backups").iterdir())) >= 1


def back_up_and_tell(folder: Path) -> None:
    """What stands beside the first backup as a sentence, brought out as an error."""
    session = enter(folder)
    try:
        raise StorageProblem("told", backups.back_up(session).fault)
    finally:
        session.close()


# ------------------------------------------------------------------ gone


@pytest.mark.parametrize("act", [back_up, recover, register_much])
def test_a_folder_that_is_gone_is_told(folder: Path, act: Act) -> None:
    kept = folder.rename(folder.with_name("elsewhere"))
    kind, code, words = told(act, folder, lambda: None)
    assert (kind, code) == ("StorageProblem", "no_office"), words
    assert "请" in words and not folder.exists()
    assert whole(kept)[0] == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is open")
def test_what_would_be_written_into_a_deleted_file_is_told(folder: Path) -> None:
    """The system itself would let us write on, and nobody would ever see it again."""
    session = enter(folder)
    kept = shutil.copytree(folder, folder.with_name("kept"))
    shutil.rmtree(folder)
    with pytest.raises(StorageProblem, match="没有保存") as told:
        register(session)
    assert told.value.code == "no_office" and told.value.remedy
    session.close()
    assert whole(kept)[0] == 3


def test_a_stick_pulled_out_halfway_costs_only_the_copy(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    session = enter(folder)
    backups.choose_second_place(session, stick)
    from desktop_app.storage import backup

    pour = backup._pour

    def pulled(source: object, target: object) -> None:
        if str(stick) in str(getattr(target, "name", "")):
            raise OSError(5, "Input/output error")
        pour(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_pour", pulled)
    made = backups.back_up(session)
    session.close()
    assert made.file.exists() and made.second is None
    assert "没有抄到第二处" in made.fault and "优盘" in made.fault
    assert list(stick.iterdir()) == []
