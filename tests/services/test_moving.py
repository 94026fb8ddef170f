"""An office moves: all of it comes, proved, and the old place says where it has gone; or nothing has happened at all."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from desktop_app.documents.message_files import bring_in_file
from desktop_app.domain.messages import Message, Registration
from desktop_app.errors import BadData, Cancelled, LiuyanError, Refusal, StorageProblem
from desktop_app.services import (
    drafts,
    intake,
    moved,
    moving,
    office,
    office_place,
    registration,
    sample_office,
    verification,
)
from desktop_app.services.moving import Moved
from desktop_app.services.session import Session
from desktop_app.storage import arrival, in_use, keyring, waiting_entries, wrong_passwords
from desktop_app.storage.server_address import ServerAddress, seat_folder
from desktop_app.storage.table_rows import Teller, Told, carried_tables, rows_of
from tests import engines
from tests.cli.offices import T

TODAY = date(2026, 10, 30)
FIRST, OTHER, VIEWER = "王敏", "李建国", "赵科长"
PASSWORD = sample_office.PASSWORD
_ROOM = 4 * 1024 * 1024
"""Bytes to which a file may grow: more than this office, less than a large scan."""
BUILDING = 0.28
"""How far a move is once all rows are there, and indexes are being made of them."""
SCAN = b"%PDF-1.4 a scan" * 5_000


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample office in a folder, with scans, a changed template, a draft, a case taken back, a failed log-in."""
    folder = tmp_path_factory.mktemp("moving") / "office"
    sample_office.make(folder, TODAY)
    (folder / "forms").mkdir()
    (folder / "forms" / "slip.docx").write_bytes(b"PK\x03\x04 our own")
    with pytest.raises(StorageProblem):
        keyring.unlock(folder, OTHER, "wrong password")
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    try:
        number = register(session, "只有一个字符的\u200d\U0001f600 \\N \t\n\r\"'和很多")
        with session.change() as work:
            for name in ("a.pdf", "b.pdf"):
                work.attachments.add(
                    number, SCAN + name.encode(), "scan", FIRST, added="2026-10-01", name=name
                )
        sheet = folder.with_name("sheet.csv")
        sheet.write_text("留言主题,留言详情,收件日期\n路灯,坏了半个月,2026-09-18\n", encoding="utf-8-sig")
        brought = bring_in_file(session, sheet)
        assert brought.batch is not None
        intake.undo(session, brought.batch)
        drafts.keep_draft(session, number, "accept", {"category": "投诉"})
    finally:
        session.close()
    with pytest.raises(StorageProblem):
        office.enter(folder, OTHER, "wrong password", TODAY)
    return folder


@pytest.fixture
def home(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That office in a folder, whichever engine this run is for."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    return Path(shutil.copytree(template, tmp_path / "office"))


@dataclass(frozen=True)
class Elsewhere:
    """A place to move to, as it is given, and the folder by which it is entered."""

    place: str
    folder: Path

    @property
    def is_empty(self) -> bool:
        if not engines.on_server():
            return not self.folder.exists()
        database = ServerAddress.of(self.place).database
        asked = "SELECT count(*) FROM pg_tables WHERE schemaname IN ('liuyan', 'liuyan_door')"
        return engines.server().execute(asked, database=database) == [(0,)] and not self.folder.exists()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    """An empty database on the run's server; with files, an empty folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    if not engines.on_server():
        yield Elsewhere(str(tmp_path / "there"), tmp_path / "there")
        return
    url = engines.server().make_database("elsewhere")
    yield Elsewhere(url, seat_folder(ServerAddress.of(url)))
    engines.server().drop_database("elsewhere")


def register(session: Session, text: str) -> str:
    given = Registration(T, date(2026, 9, 22), "市长板块", Message(title="路灯不亮", text=text))
    return registration.register_one(session, given).number


def key_of(folder: Path) -> bytes:
    return keyring.unlock(folder, FIRST, PASSWORD)


def entered(folder: Path, user: str = FIRST, moved_too: bool = False) -> Session:
    return office.enter(folder, user, PASSWORD, TODAY, moved_too=moved_too)


def move(folder: Path, place: str, progress: moving.Progress = lambda done, total: True) -> Moved:
    session = entered(folder, moved_too=True)
    try:
        go = moving.ready(session, place)
    finally:
        session.close()
    return go(progress)


def told(folder: Path) -> dict[str, Told]:
    """Every table of an office, by its digest."""
    session = office.enter_with_key(folder, FIRST, key_of(folder), TODAY, moved_too=True)
    found: dict[str, Told] = {}
    with session.read() as work:
        rows = rows_of(work._connection)
        for table in carried_tables():
            teller = Teller()
            for _ in teller.passing(rows.read(table)):
                pass
            found[table.name] = teller.told
    session.close()
    return found


def settings(folder: Path) -> dict[str, str]:
    session = office.enter_with_key(folder, FIRST, key_of(folder), TODAY, moved_too=True)
    with session.read() as work:
        found = work.settings.all()
    session.close()
    return found


def journal(folder: Path) -> list[Any]:
    session = office.enter_with_key(folder, FIRST, key_of(folder), TODAY, moved_too=True)
    with session.read() as work:
        found = work._connection.exec_driver_sql("SELECT id, canonical, hash FROM events ORDER BY id").all()
    session.close()
    return [tuple(row) for row in found]


def whole(folder: Path, moved_too: bool = False) -> verification.Verified:
    session = office.enter_with_key(folder, FIRST, key_of(folder), TODAY, moved_too=moved_too)
    found = verification.verify(session)
    session.close()
    assert found.problems == ()
    return found


def untouched(folder: Path, before: list[Any]) -> None:
    """The office is where it was, as it was, and can be worked on."""
    whole(folder)
    assert journal(folder) == before
    session = entered(folder)
    register(session, "还能接着办")
    session.close()


# ------------------------------------------------------------------ there, and back


def test_all_of_it_comes_to_the_other_place(home: Path, elsewhere: Elsewhere) -> None:
    before = journal(home)
    done = move(home, elsewhere.place)
    assert (done.origin, done.attachments, done.templates) == (str(home), 2, 1)
    assert done.place == office_place.shown(elsewhere.folder)
    here, there = told(home), told(elsewhere.folder)
    assert done.tables == {name: one.count for name, one in there.items()}
    differing = {name for name in here if here[name] != there[name]}
    assert differing == {"settings"}
    mark, edition = "office.moved", "users.edition"
    assert settings(home).pop(edition) != settings(elsewhere.folder).pop(edition)
    assert {*settings(home)} - {mark} == {*settings(elsewhere.folder)}
    # One history: the last event of both is the move, and all before it is to the byte what it was.
    assert journal(home) == journal(elsewhere.folder)
    assert journal(home)[:-1] == before and '"move-office"' in journal(home)[-1][1]
    found = whole(elsewhere.folder)
    assert (found.cases, found.events) == (done.cases, done.events) == (152, len(before) + 1)
    assert whole(home, moved_too=True).events == found.events


def test_work_goes_on_there(home: Path, elsewhere: Elsewhere) -> None:
    move(home, elsewhere.place)
    for user in (FIRST, OTHER, VIEWER):
        entered(elsewhere.folder, user).close()
    session = entered(elsewhere.folder)
    with session.read() as work:
        (one, other) = work.attachments.of_case("2026-0151")
        assert work.attachments.read(one.id) == SCAN + b"a.pdf"
        assert session.units(work).find("教育局") is not None
        ids = [paper.id for paper in (one, other)]
    kept = drafts.drafts_of(session, "2026-0151", ["accept"])
    assert kept == {"accept": {"category": "投诉"}}
    assert register(session, "新来的一件") == "2026-0153"
    with session.change() as work:
        added = work.attachments.add("2026-0153", b"new", "scan", FIRST, added="2026-10-30", name="c.pdf")
    assert added.id > max(ids)
    session.close()
    whole(elsewhere.folder)


def test_there_and_back_again_is_the_same(home: Path, elsewhere: Elsewhere, tmp_path: Path) -> None:
    """Each table as it was, but for what each move tells of itself."""
    move(home, elsewhere.place)
    before = told(elsewhere.folder)
    back = tmp_path / "back"
    done = move(elsewhere.folder, str(back))
    after = told(back)
    written = {"access_log", "events", "protected_words", "journal_head", "seals", "settings"}
    assert {name for name in after if after[name] != before[name]} <= written
    assert (done.attachments, done.templates) == (2, 1)
    assert (back / "forms" / "slip.docx").read_bytes() == b"PK\x03\x04 our own"
    assert sorted(path.name for path in (back / "attachments").iterdir()) == sorted(
        path.name for path in (home / "attachments").iterdir()
    )
    whole(back)
    with pytest.raises(StorageProblem) as refused:
        entered(elsewhere.folder)
    assert refused.value.code == "moved" and str(back) in refused.value.message


def test_what_waited_at_the_door_comes_too(home: Path, elsewhere: Elsewhere) -> None:
    with pytest.raises(StorageProblem):
        office.enter(home, OTHER, "wrong password", TODAY)
    session = office.enter_with_key(home, FIRST, key_of(home), TODAY)
    go = moving.ready(session, elsewhere.place)
    session.close()
    go(lambda done, total: True)
    session = entered(elsewhere.folder)
    with session.read() as work:
        failed = work._connection.exec_driver_sql(
            "SELECT count(*) FROM access_log WHERE action = 'login-failed'"
        ).scalar_one()
    session.close()
    assert failed == 2
    assert wrong_passwords.waiting(elsewhere.folder) == {}


# ------------------------------------------------------------------ the old place


def test_the_old_place_says_where_it_has_gone(home: Path, elsewhere: Elsewhere) -> None:
    move(home, elsewhere.place)
    with pytest.raises(StorageProblem) as refused:
        entered(home)
    assert refused.value.code == "moved"
    assert office_place.where(elsewhere.folder) in refused.value.message
    assert office_place.shown(elsewhere.folder) in (refused.value.remedy or "")
    with pytest.raises(StorageProblem) as again:
        move(home, str(home.parent / "third"))
    assert again.value.code == "moved" and not (home.parent / "third").exists()


def test_who_is_still_inside_is_told_with_the_next_act(
    home: Path, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """As another seat of a server is, which nobody can send out."""
    session = entered(home)
    with session.change() as work:
        moved.mark(work, moved.Gone("there", "那里", "2026-10-30T08:00:00+08:00"))
    with pytest.raises(StorageProblem) as refused:
        register(session, "还在这里办")
    assert refused.value.code == "moved"
    session.close()


def test_the_old_place_can_be_opened_again(home: Path, elsewhere: Elsewhere) -> None:
    move(home, elsewhere.place)
    session = entered(home, moved_too=True)
    with pytest.raises(Refusal) as refused:
        moving.reopen(session, " ")
    assert refused.value.code == "missing_key"
    assert moving.reopen(session, "服务器坏了").place == office_place.shown(elsewhere.folder)
    with pytest.raises(Refusal) as twice:
        moving.reopen(session, "服务器坏了")
    assert twice.value.code == "wrong_state"
    session.close()
    session = entered(home)
    register(session, "接着办")
    with session.read() as work:
        (event,) = work.journal.of_office("reopen-office")
    session.close()
    assert event.keys["reason"] == "服务器坏了"
    whole(home)


# ------------------------------------------------------------------ nothing, or all


def test_a_place_that_is_taken_is_left_alone(home: Path, elsewhere: Elsewhere) -> None:
    before = journal(home)
    move(home, elsewhere.place)
    other = Path(shutil.copytree(home, home.parent / "other"))
    session = entered(other, moved_too=True)
    moving.reopen(session, "另一份")
    session.close()
    kept = journal(elsewhere.folder)
    with pytest.raises(StorageProblem) as refused:
        move(other, elsewhere.place)
    assert refused.value.code == "office_exists" and "不是空的" in refused.value.message
    assert journal(elsewhere.folder) == kept and len(kept) == len(before) + 1
    whole(elsewhere.folder)
    entered(other).close()


@pytest.mark.parametrize("share", [0.1, BUILDING, 0.4, 0.7, 0.95])
def test_one_that_is_cancelled_leaves_nothing(home: Path, elsewhere: Elsewhere, share: float) -> None:
    before = journal(home)
    with pytest.raises(Cancelled):
        move(home, elsewhere.place, lambda done, total: done < share * total)
    assert elsewhere.is_empty
    untouched(home, before)


def test_what_does_not_prove_is_not_moved(home: Path, elsewhere: Elsewhere) -> None:
    before = journal(home)
    with engines.behind(home, key_of(home)) as driver:
        driver.execute("UPDATE cases SET title = 'another' WHERE id = 2026000000001")
    with pytest.raises(StorageProblem) as refused:
        move(home, elsewhere.place)
    assert refused.value.code == "damaged" and "2026-0001" in refused.value.message
    assert elsewhere.is_empty
    assert journal(home) == before
    entered(home).close()


def test_a_scan_that_was_lost_before_keeps_nobody_here(home: Path, elsewhere: Elsewhere) -> None:
    next((home / "attachments").iterdir()).unlink()
    done = move(home, elsewhere.place)
    assert done.attachments == 1
    assert [problem.kind for problem in done.problems] == ["attachment"]


class _PowerCut(BaseException):
    pass


def _cut(*_: object) -> None:
    raise _PowerCut


def test_cut_off_before_the_old_place_is_left(
    home: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands there whole, nobody can enter it, and the next move takes its place."""
    before = journal(home)
    with monkeypatch.context() as patched, pytest.raises(_PowerCut):
        patched.setattr(moved, "mark", _cut)
        move(home, elsewhere.place)
    with pytest.raises(StorageProblem) as refused:
        entered(elsewhere.folder) if elsewhere.folder.exists() else _not_there()
    assert refused.value.code == "no_office"
    untouched(home, before)
    move(home, elsewhere.place)
    whole(elsewhere.folder)


def _not_there() -> None:
    raise StorageProblem("no_office", "")


def test_cut_off_after_the_old_place_was_left(
    home: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same command again brings it to its end."""
    with monkeypatch.context() as patched, pytest.raises(_PowerCut):
        patched.setattr(arrival, "open_door_at", _cut)
        move(home, elsewhere.place)
    with pytest.raises(StorageProblem) as gone:
        entered(home)
    assert gone.value.code == "moved"
    done = move(home, elsewhere.place)
    assert done.finished and done.cases == 152
    whole(elsewhere.folder)
    entered(elsewhere.folder).close()


def _move_until_killed(folder: Path, place: str, share: float) -> None:
    def progress(done: int, total: int) -> bool:
        if done > share * total:
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    move(folder, place, progress)


@pytest.mark.parametrize("share", [0.2, BUILDING, 0.6])
def test_a_kill_leaves_nothing_that_anybody_could_enter(
    home: Path, elsewhere: Elsewhere, share: float
) -> None:
    before = journal(home)
    child = multiprocessing.get_context("spawn").Process(
        target=_move_until_killed, args=(home, elsewhere.place, share)
    )
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    if engines.on_server():
        shutil.rmtree(elsewhere.folder)
        assert elsewhere.is_empty
    untouched(home, before)
    move(home, elsewhere.place)
    whole(elsewhere.folder)


def _move_into_little_room(folder: Path, place: str, said: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, _ROOM))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        move(folder, place)
    except LiuyanError as error:
        said.send(getattr(error, "code", ""))
    else:
        said.send("moved")


@pytest.mark.file_only("the disk is the server's, which this machine must not fill")
def test_a_full_disk_leaves_nothing(home: Path, elsewhere: Elsewhere) -> None:
    before, session = journal(home), entered(home)
    with session.change() as work:
        work.attachments.add("2026-0001", b"x" * _ROOM, "scan", FIRST, added="2026-10-02", name="large.pdf")
    session.close()
    said, end = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(
        target=_move_into_little_room, args=(home, elsewhere.place, end)
    )
    child.start()
    code = said.recv()
    child.join()
    assert code == "disk_full"
    assert elsewhere.is_empty
    untouched(home, before)


def _fill_disk_while_building(folder: Path, place: str, said: Connection) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def progress(done: int, total: int) -> bool:
        if done >= BUILDING * total:
            size = (Path(place) / in_use.STAGING / "office.db").stat().st_size
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return True

    try:
        move(folder, place, progress)
    except LiuyanError as error:
        said.send(error.message)
    else:
        said.send("moved")


@pytest.mark.file_only("the disk is the server's, which this machine must not fill")
def test_a_disk_that_fills_up_with_the_indexes_leaves_nothing(home: Path, elsewhere: Elsewhere) -> None:
    before = journal(home)
    said, end = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(
        target=_fill_disk_while_building, args=(home, elsewhere.place, end)
    )
    child.start()
    words = said.recv()
    child.join()
    assert "空间已满" in words
    assert elsewhere.is_empty
    untouched(home, before)


@pytest.mark.server_only("a file has no line")
def test_a_line_that_breaks_while_indexes_are_made_leaves_nothing(home: Path, elsewhere: Elsewhere) -> None:
    before = journal(home)
    cut: list[int] = []

    def progress(done: int, total: int) -> bool:
        if done >= BUILDING * total and not cut:
            cut.append(engines.server().cut_connections("elsewhere"))
        return True

    with pytest.raises(StorageProblem) as refused:
        move(home, elsewhere.place, progress)
    assert cut == [1] and refused.value.code == "server_lost"
    assert elsewhere.is_empty
    untouched(home, before)


def test_progress_goes_on_to_the_end_and_never_back(home: Path, elsewhere: Elsewhere) -> None:
    told: list[int] = []

    def note(done: int, total: int) -> bool:
        told.append(done)
        return total == 1000

    move(home, elsewhere.place, note)
    assert told == sorted(told) and told[-1] == 1000
    assert len({one for one in told if 225 < one <= 350}) > 20, (
        "of the building, which takes long, step by step"
    )


# ------------------------------------------------------------------ who, and where


def test_only_who_may_restore_may_move(home: Path, elsewhere: Elsewhere) -> None:
    for user in (OTHER, VIEWER):
        session = entered(home, user)
        for act in (lambda s: moving.ready(s, elsewhere.place), lambda s: moving.reopen(s, "为什么")):
            with pytest.raises(Refusal) as refused:
                act(session)
            assert refused.value.code == "not_allowed_for_role"
        session.close()


def test_nobody_else_may_be_inside(home: Path, elsewhere: Elsewhere) -> None:
    session = entered(home)
    go = moving.ready(session, elsewhere.place)
    with pytest.raises(StorageProblem) as refused:
        go(lambda done, total: True)
    session.close()
    assert refused.value.code == "locked"
    assert elsewhere.is_empty
    assert in_use.IN_USE_LOCK in {path.name for path in home.iterdir()}


def test_places_that_are_none(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    session = entered(home)
    for place, kind in ((str(home), Refusal), (str(tmp_path / "file"), BadData), ("postgresql://", BadData)):
        with pytest.raises(kind):
            moving.ready(session, place)
    session.close()


@pytest.mark.server_only("a server that does not answer")
def test_a_server_that_cannot_be_reached(home: Path) -> None:
    before = journal(home)
    with pytest.raises(LiuyanError):
        move(home, "postgresql+psycopg://nobody@/nowhere?host=/nonexistent")
    untouched(home, before)
    assert waiting_entries.WAITING_FILE in {path.name for path in home.iterdir()}
