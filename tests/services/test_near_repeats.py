"""What says the same in other words: told of at import, whatever came first, and forgotten with the case."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from desktop_app.documents.message_files import bring_in_file
from desktop_app.domain.likeness import TELLS_UP_TO, keys_of
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.errors import Cancelled
from desktop_app.services import intake, office
from desktop_app.services.near_repeats import near_of
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

WHOLE = (
    "碧水华庭小区的二次供水设备老化，六楼以上住户早晚高峰时段经常停水，老人孩子洗澡做饭都成问题。"
    "物业公司推给自来水公司，自来水公司推给开发商，三个月没有结果。"
)
SHORTER = "碧水华庭小区二次供水设备老化，六楼以上住户高峰时段经常停水，物业公司推给自来水公司，自来水公司推给开发商。"
OTHER = "人民公园北侧新修的步道没有安装照明，清早锻炼的人看不清台阶，建议增设低矮的地灯。"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 9, 30))
    yield opened
    opened.close()


def sheet(tmp_path: Path, *rows: tuple[str, str, str]) -> Path:
    """A file of citizen, title and text, numbered from 1 in its name's own series."""
    path = tmp_path / f"留言{len(list(tmp_path.glob('*.csv')))}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("留言编号", "留言用户", "留言主题", "留言详情"))
        writer.writerows((f"{path.stem}{at}", *row) for at, row in enumerate(rows))
    return path


def told(brought: intake.Brought) -> Sequence[tuple[int, str | None, str]]:
    return [(one.row, one.number, one.of) for one in brought.suspected]


def test_rows_of_one_file_are_held_against_each_other(session: Session, tmp_path: Path) -> None:
    file = sheet(tmp_path, ("晨雾", "停水", WHOLE), ("晨练", "路灯", OTHER), ("听涛", "没有水", SHORTER))
    trial = bring_in_file(session, file, dry_run=True)
    assert told(trial) == [(4, None, "第 2 行")]
    brought = bring_in_file(session, file)
    assert told(brought) == [(4, "2026-0003", "2026-0001")]
    (one,) = brought.suspected
    assert one.reason.startswith("不是同一人；内容约 8")
    assert one.likeness is not None and 0.8 < one.likeness < 1


def test_a_file_is_held_against_the_register_from_either_end(session: Session, tmp_path: Path) -> None:
    bring_in_file(session, sheet(tmp_path, ("晨雾", "没有水", SHORTER)))
    register_one(
        session, Registration(T, date(2026, 9, 18), "市长板块", Message("路灯", OTHER, Citizen("晨练")))
    )
    brought = bring_in_file(session, sheet(tmp_path, ("晨雾", "停水", WHOLE), ("早起", "地灯", OTHER[:30])))
    assert sorted(told(brought)) == [(2, "2026-0003", "2026-0001"), (3, "2026-0004", "2026-0002")]
    with session.read() as work:
        (near,) = near_of(work, "2026-0001")
    assert (near.number, near.likeness.same_person) == ("2026-0003", True)


def test_an_import_taken_back_is_forgotten(session: Session, tmp_path: Path) -> None:
    first = bring_in_file(session, sheet(tmp_path, ("晨雾", "停水", WHOLE)))
    assert first.batch is not None
    intake.undo(session, first.batch)
    assert told(bring_in_file(session, sheet(tmp_path, ("听涛", "没有水", SHORTER)))) == []


def test_a_cancelled_import_is_forgotten(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        bring_in_file(session, sheet(tmp_path, ("晨雾", "停水", WHOLE)), progress=lambda done, total: False)
    assert told(bring_in_file(session, sheet(tmp_path, ("听涛", "没有水", SHORTER)))) == []


def test_what_very_many_say_is_kept_for_some(session: Session, tmp_path: Path) -> None:
    """A petition of very many is found all the same, each against the first; the index does not grow with it."""
    rows = [(f"居民{at}", "停水", f"{WHOLE}我家住在{at}号楼。") for at in range(TELLS_UP_TO + 20)]
    brought = bring_in_file(session, sheet(tmp_path, *rows))
    assert len(brought.suspected) == len(rows) - 1
    with session.read() as work:
        assert max(map(len, work.likeness.find(keys_of("停水", WHOLE)).values())) == TELLS_UP_TO
