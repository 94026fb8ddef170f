"""Waiting for another seat that writes: who it is is told, it can be given up, and it is one's turn as soon as it can be."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.waiting import Waiting, minutes_words
from desktop_app.errors import StorageProblem
from desktop_app.storage import server_turn
from desktop_app.storage.database import Database, create, open_database
from desktop_app.storage.server_turn import line_name, read_line_name
from tests.engines import place

KEY = bytes(32)

on_server = pytest.mark.server_only("a file tells nobody who writes")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Database]:
    made = create(place(tmp_path / "office"), KEY)
    yield made
    made.leave()
    made.close()


@pytest.fixture
def other(office: Database) -> Iterator[Database]:
    """Another seat of the same office."""
    opened = open_database(office.folder, KEY)
    yield opened
    opened.close()


@pytest.fixture
def told(other: Database, monkeypatch: pytest.MonkeyPatch) -> list[Waiting | None]:
    """What `other` hears of its waits, at once and often."""
    monkeypatch.setattr(server_turn, "_TOLD_AFTER", 0.0)
    monkeypatch.setattr(server_turn, "_LOOK_EVERY", 0.0)
    heard: list[Waiting | None] = []
    other.tell_waits(heard.append)
    return heard


def change(office: Database, then: Callable[[], None] = lambda: None, **how: object) -> None:
    with office.change(**how) as work:  # type: ignore[arg-type]
        work.settings.put("a", "1")
        then()


@on_server
def test_who_is_waited_for_is_told_until_it_is_ones_turn(
    office: Database, other: Database, told: list[Waiting | None]
) -> None:
    began, done = threading.Event(), threading.Event()

    def hold() -> None:
        began.set()
        done.wait()

    holding = threading.Thread(target=lambda: change(office, hold, by=("王敏", "导入留言")))
    holding.start()
    began.wait()

    def hear(waiting: Waiting | None) -> None:
        told.append(waiting)
        if len(told) > 2:
            done.set()

    other.tell_waits(hear)
    change(other)
    holding.join()
    assert told[-1] is None
    seen = [one for one in told if one is not None]
    assert {(one.user, one.doing, one.most) for one in seen if one.user} == {("王敏", "导入留言", 120.0)}
    assert [one.seconds for one in seen] == sorted(one.seconds for one in seen)


@on_server
def test_who_need_not_wait_is_told_nothing(other: Database, told: list[Waiting | None]) -> None:
    change(other)
    assert [one for one in told if one is not None and one.user] == []


@on_server
def test_a_wait_that_is_given_up_leaves_nothing_and_the_line_whole(
    office: Database, other: Database, told: list[Waiting | None]
) -> None:
    def meanwhile() -> None:
        other.tell_waits(lambda waiting: other.ask_no_longer())
        waiter = threading.Thread(target=lambda: faults.append(fault(other)))
        waiter.start()
        waiter.join()

    faults: list[StorageProblem] = []
    change(office, meanwhile, by=("王敏", "导入留言"))
    assert [one.code for one in faults] == ["given_up"]
    assert faults[0].message == "没有再等王敏的“导入留言”做完，这一步没有保存。"
    change(other)


def fault(office: Database) -> StorageProblem:
    with pytest.raises(StorageProblem) as told:
        change(office)
    return told.value


@on_server
def test_a_wait_in_vain_says_for_whom_it_was(
    office: Database, other: Database, told: list[Waiting | None]
) -> None:
    found: list[StorageProblem] = []

    def wait() -> None:
        with pytest.raises(StorageProblem) as told:
            change(other, patience=0.5)
        found.append(told.value)

    def meanwhile() -> None:
        waiter = threading.Thread(target=wait)
        waiter.start()
        waiter.join()

    change(office, meanwhile, by=("王敏", ""))
    assert found[0].code == "locked"
    assert found[0].message.startswith("等了 0.5 秒，没有等到王敏保存完。")
    assert told[-1] is None
    change(other)


@on_server
def test_a_line_that_breaks_while_one_waits_is_told(
    office: Database, other: Database, told: list[Waiting | None]
) -> None:
    found: list[StorageProblem] = []

    def meanwhile() -> None:
        other.tell_waits(lambda waiting: other._place.break_lines() if waiting else None)  # type: ignore[union-attr]
        waiter = threading.Thread(target=lambda: found.append(fault(other)))
        waiter.start()
        waiter.join()

    change(office, meanwhile)
    assert [one.code for one in found] == ["server_lost"]
    other.tell_waits(told.append)
    change(other)


@on_server
def test_what_a_line_is_called_is_forgotten_with_the_change(office: Database) -> None:
    change(office, by=("王敏", "导入留言"))
    with office.beside() as work:
        named = work.settings._connection.exec_driver_sql("SHOW application_name").scalar()
    assert named == "liuyan"


@given(st.text(max_size=40), st.text(max_size=6))
def test_a_name_fits_and_tells_what_it_can(user: str, doing: str) -> None:
    user = user.replace("\n", "").replace("\0", "")
    doing = doing.replace("\n", "").replace("\0", "")
    name = line_name(user, doing)
    assert len(name) <= 63 and name.isascii()
    told_user, told_doing = read_line_name(name)
    assert told_doing == doing
    assert user.startswith(told_user)
    assert told_user == user or len(f"{user}\n{doing}".encode()) > 40


@pytest.mark.parametrize("name", ["liuyan", "psql", "", "liuyan !!", "liuyan 5"])
def test_a_line_of_somebody_else_tells_nothing(name: str) -> None:
    assert read_line_name(name) == ("", "")


def test_the_words() -> None:
    assert Waiting(0, 0, "王敏", "导入留言").for_whom == "王敏的“导入留言”做完"
    assert Waiting(0, 0, "王敏").for_whom == "王敏保存完"
    assert Waiting(0, 0).for_whom == "另一个席位保存完"
    assert [minutes_words(one) for one in (120, 60, 90, 0.5)] == ["2 分钟", "1 分钟", "90 秒", "0.5 秒"]
