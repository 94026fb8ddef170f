"""Recovery: whatever page is damaged, what the others hold is in the new office, and the rest is on the list."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.losses import RECOVER
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import (
    access,
    backups,
    case_view,
    office,
    recovery,
    registration,
    restoration,
    verification,
)
from desktop_app.services.cases import act
from desktop_app.services.recovery import Recovered
from desktop_app.services.session import Session
from desktop_app.storage import keyring
from desktop_app.storage.salvage_pages import PAGE
from tests.cli.offices import FIRST, PASSWORD, QUICK, T, found_quickly

TODAY = date(2026, 10, 30)
CASES = 12

pytestmark = pytest.mark.file_only("rows are salvaged from the pages of a file")


@dataclass(frozen=True)
class Whole:
    """An office as it was before anything was damaged."""

    folder: Path
    events: int
    titles: dict[str, str]
    statuses: dict[str, str]


def register(session: Session, place: int) -> str:
    message = Message(
        title=f"第 {place} 条：路灯不亮",
        text=f"第 {place} 条。"
        + "小区东门外的路灯坏了半个月，夜里看不清路。" * (100 if place % 5 == 0 else 8),
        citizen=Citizen(f"常{place}", f"1380000{place:04d}"),
        board_number=str(700_000 + place),
        raw_title="原样",
        ratings={"解决程度": "5"},
        extra={"点赞数": str(place)},
    )
    given = Registration(T, date(2026, 9, 18), "市长板块", message)
    return registration.register_one(session, given).number


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole") / "office"
    found_quickly(folder, T)
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    office.bring_in_units(session, [Unit("市住建局", phone="0475-1"), Unit("市公安局", phone="0475-2")])
    for place in range(1, CASES + 1):
        number = register(session, place)
        if place % 4:
            act(session, number, "accept", {"category": "投诉"}, date(2026, 9, 18))
            act(session, number, "dispatch", {"lead": "市住建局"}, date(2026, 9, 19))
        if place % 4 > 1:
            act(session, number, "receive", {"manner": "签收"}, date(2026, 9, 21))
    with session.change() as work:
        for place in (1, 2, 3):
            content = b"SCAN" * 400 * place
            work.attachments.add(
                f"2026-{place:04d}",
                content,
                "scan",
                FIRST,
                added="2026-09-22T08:00:00.000+08:00",
                name=f"{place}.pdf",
            )
    made = state_of(folder, session)
    session.close()
    return made


def state_of(folder: Path, session: Session) -> Whole:
    with session.read() as work:
        rows = list(work.cases.all())
        events = work.journal.count()
    return Whole(
        folder, events, {row.number: row.title for row in rows}, {row.number: row.status for row in rows}
    )


@pytest.fixture
def damaged(whole: Whole, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    folder = tmp_path / "damaged"
    shutil.copytree(whole.folder, folder)
    return folder


def flip(path: Path, *places: int) -> None:
    content = bytearray(path.read_bytes())
    for place in places:
        content[place] ^= 0x40
    path.write_bytes(content)


def recover(folder: Path, target: Path) -> Recovered:
    return recovery.recover(folder, target, FIRST, PASSWORD, TODAY)


def opened(target: Path) -> Session:
    """The new office, which proves whole."""
    session = office.enter(target, FIRST, PASSWORD, TODAY)
    found = verification.verify(session)
    assert [problem for problem in found.problems if problem.kind != "numbering"] == []
    return session


def account_for(whole: Whole, done: Recovered) -> None:
    """Everything is in the new office, or on the list."""
    session = opened(done.folder)
    now = state_of(done.folder, session)
    assert done.cases == len(now.titles) and done.events == now.events
    told = " ".join(problem.message for problem in done.lost)
    assert told or now.events == whole.events + 1
    if "号记录读不出来" not in told:
        assert now.events == whole.events + 1
        assert now.statuses == whole.statuses
    for number, title in whole.titles.items():
        assert now.titles.get(number) == title or number in told
    with session.read() as work:
        assert len(work.attachments.files()) == done.attachments
        (event,) = work.journal.of_office(RECOVER)
        assert event.id > whole.events - 1
        if "附件" not in told:
            assert done.attachments == 3
    for number in now.titles:
        case_view.view_case(session, number)
    next_number = register(session, 99)
    assert next_number not in whole.titles
    session.close()


def test_a_whole_office_comes_over_whole(whole: Whole, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in whole.folder.rglob("*") if path.is_file()}
    done = recover(whole.folder, tmp_path / "new")
    assert (done.cases, done.events, done.attachments, done.lost) == (CASES, whole.events + 1, 3, ())
    account_for(whole, done)
    assert {path: path.read_bytes() for path in before} == before


def pages_of(path: Path) -> Iterator[int]:
    return iter(range(path.stat().st_size // PAGE))


def test_whichever_page_is_damaged(whole: Whole, tmp_path: Path) -> None:
    content = (whole.folder / "office.db").read_bytes()
    folder = tmp_path / "damaged"
    shutil.copytree(whole.folder, folder)
    listed = 0
    for page in pages_of(folder / "office.db"):
        (folder / "office.db").write_bytes(content)
        flip(folder / "office.db", page * PAGE + random.Random(page).randrange(16, PAGE))
        done = recover(folder, tmp_path / "new")
        assert any("1 页损坏" in problem.message for problem in done.lost)
        listed += len(done.lost) > 1
        account_for(whole, done)
        shutil.rmtree(tmp_path / "new")
    assert listed > 5


@pytest.mark.parametrize("seed", range(6))
def test_many_pages_at_once(whole: Whole, damaged: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    size = (damaged / "office.db").stat().st_size
    flip(damaged / "office.db", *(chance.randrange(16, size) for _ in range(2 + 3 * seed)))
    account_for(whole, recover(damaged, tmp_path / "new"))


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.97])
def test_a_file_cut_short(whole: Whole, damaged: Path, tmp_path: Path, kept: float) -> None:
    content = (damaged / "office.db").read_bytes()
    (damaged / "office.db").write_bytes(content[: int(len(content) * kept)])
    try:
        done = recover(damaged, tmp_path / "new")
    except StorageProblem as problem:
        assert problem.code == "damaged" and not (tmp_path / "new").exists()
    else:
        account_for(whole, done)


def test_with_a_backup_only_what_came_after_can_be_lost(whole: Whole, damaged: Path, tmp_path: Path) -> None:
    session = office.enter(damaged, FIRST, PASSWORD, TODAY)
    backups.back_up(session)
    later = register(session, 50)
    session.close()
    size = (damaged / "office.db").stat().st_size
    flip(damaged / "office.db", *range(16, size // 2, PAGE))
    done = recover(damaged, tmp_path / "new")
    new = opened(tmp_path / "new")
    now = state_of(tmp_path / "new", new)
    new.close()
    told = " ".join(problem.message for problem in done.lost)
    assert whole.titles.items() <= now.titles.items()
    assert whole.statuses.items() <= now.statuses.items()
    assert later in now.titles or "记录读不出来" in told
    assert done.attachments == 3


def test_what_lay_in_the_log_comes_too(whole: Whole, tmp_path: Path, damaged: Path) -> None:
    session = office.enter(damaged, FIRST, PASSWORD, TODAY)
    number = register(session, 51)
    copy = tmp_path / "pulled"
    shutil.copytree(damaged, copy)  # the machine went off
    session.close()
    assert (copy / "office.db-wal").stat().st_size > 0
    flip(copy / "office.db", 200)
    recover(copy, tmp_path / "new")
    new = opened(tmp_path / "new")
    assert number in state_of(copy, new).titles
    new.close()


def test_lost_and_altered_scans_are_named_and_taken_from_the_backup(damaged: Path, tmp_path: Path) -> None:
    first, second, _ = sorted((damaged / "attachments").iterdir())
    first.unlink()
    flip(second, 10)
    done = recover(damaged, tmp_path / "new")
    assert done.attachments == 1
    assert len([problem for problem in done.lost if "附件" in problem.message]) == 2
    opened(tmp_path / "new").close()


def test_scans_come_back_from_a_backup(damaged: Path, tmp_path: Path) -> None:
    session = office.enter(damaged, FIRST, PASSWORD, TODAY)
    backups.back_up(session)
    session.close()
    first, second, _ = sorted((damaged / "attachments").iterdir())
    first.unlink()
    flip(second, 10)
    done = recover(damaged, tmp_path / "new")
    assert (done.attachments, done.lost) == (3, ())


def test_a_keyring_that_is_gone_comes_from_a_backup(whole: Whole, damaged: Path, tmp_path: Path) -> None:
    session = office.enter(damaged, FIRST, PASSWORD, TODAY)
    backups.back_up(session)
    session.close()
    (damaged / "keyring.json").write_text("rubbish")
    done = recover(damaged, tmp_path / "new")
    assert done.cases == CASES and done.lost == ()
    opened(tmp_path / "new").close()


def test_who_looked_and_the_seals_come_over_too(damaged: Path, tmp_path: Path) -> None:
    session = office.enter(damaged, FIRST, PASSWORD, TODAY)
    for place in range(1, CASES + 1):
        access.record_view(session, f"2026-{place:04d}")
    with session.change() as work:
        sealed = work.seals.add("2026-10-30", session.clock.now())
        entries = work.access.since(0)
    session.close()
    recover(damaged, tmp_path / "new")
    again = office.enter_with_key(tmp_path / "new", FIRST, session.database.key, TODAY)
    with again.read() as work:
        assert work.access.since(0) == entries
        assert sealed in work.seals.all()
        assert list(work.access.check_chain()) == list(work.seals.check()) == []
        assert list(work.seals.check_beside(again.folder)) == []
    again.close()


def test_without_a_keyring_nothing_is_done(damaged: Path, tmp_path: Path) -> None:
    (damaged / "keyring.json").unlink()
    with pytest.raises(StorageProblem):
        recover(damaged, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_rubbish_gives_nothing(damaged: Path, tmp_path: Path) -> None:
    (damaged / "office.db").write_bytes(b"rubbish" * 5000)
    with pytest.raises(StorageProblem) as told:
        recover(damaged, tmp_path / "new")
    assert told.value.code == "damaged" and "备份" in str(told.value.remedy)
    assert not (tmp_path / "new").exists()


def test_it_never_goes_where_something_is(damaged: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "letter.docx").touch()
    for target in (tmp_path / "new", damaged):
        with pytest.raises(Refusal) as told:
            recover(damaged, target)
        assert told.value.code == "office_exists"


def test_a_backup_of_a_recovered_office_can_be_restored(whole: Whole, damaged: Path, tmp_path: Path) -> None:
    size = (damaged / "office.db").stat().st_size
    flip(damaged / "office.db", *range(16, size, PAGE * 5))
    recover(damaged, tmp_path / "new")
    session = opened(tmp_path / "new")
    file = backups.back_up(session).file
    session.close()
    opener = restoration.with_password(FIRST, PASSWORD)
    restoration.restore(tmp_path / "again", file, FIRST, opener, TODAY)
    opened(tmp_path / "again").close()


def test_only_who_may_restore_recovers_and_nothing_of_it_stays(damaged: Path, tmp_path: Path) -> None:
    session = office.enter(damaged, FIRST, PASSWORD, TODAY)
    with session.change() as work:
        work.users.put(User("钱领导", frozenset((Role.VIEWER,))))
        keyring.add_user(damaged, session.database.key, "钱领导", PASSWORD, cost=QUICK)
    session.close()
    with pytest.raises(Refusal) as refused:
        recovery.recover(damaged, tmp_path / "new", "钱领导", PASSWORD, TODAY)
    assert refused.value.code == "not_allowed_for_role"
    assert not (tmp_path / "new").exists()
