"""Who else has a case open: told while it is so, by the server's clock, and never a lock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import office, presence
from desktop_app.services.cases import act
from desktop_app.services.presence import Present
from desktop_app.services.registration import register_one
from desktop_app.services.session import OfficeClock, Session
from desktop_app.services.verification import verify
from tests import engines

TODAY = date(2026, 10, 13)
NUMBER, OTHER = "2026-0001", "2026-0002"

on_server = pytest.mark.server_only("a file's office has one window")


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Session]:
    folder = engines.place(tmp_path / "data")
    office.found(
        folder, "示例市运维中心", "tongliao-2023", "王敏", "zhong-yang-gong-yuan-7", OfficeClock(TODAY)
    )
    opened = office.enter(folder, "王敏", "zhong-yang-gong-yuan-7", TODAY)
    for title in ("一", "二"):
        message = Message(title, f"正文{title}")
        register_one(opened, Registration("tongliao-2023", date(2026, 9, 28), "市长板块", message))
    yield opened
    opened.close()


@pytest.fixture
def second(first: Session) -> Iterator[Session]:
    with first.change() as work:
        work.users.put(User("李四", frozenset((Role.OPERATOR,))))
    opened = office.enter_with_key(first.folder, "李四", first.database.key, TODAY)
    yield opened
    opened.close()


def pass_time(session: Session, seconds: int) -> None:
    """As if every seat had last been heard of that much earlier."""
    with engines.behind(session.folder, session.database.key) as behind:
        behind.execute(f"UPDATE presence SET beat = beat - interval '{seconds} seconds'")


def names(seen: tuple[Present, ...]) -> list[str]:
    return [one.user for one in seen]


@on_server
def test_who_comes_second_is_told_of_the_first_and_the_first_hears_of_it(
    first: Session, second: Session
) -> None:
    assert presence.arrive(first, NUMBER) == ()
    assert names(presence.arrive(second, NUMBER)) == ["王敏"]
    assert names(presence.others(first, NUMBER)) == ["李四"]
    assert presence.others(first, OTHER) == ()


@on_server
def test_a_seat_is_at_one_case_at_a_time(first: Session, second: Session) -> None:
    presence.arrive(first, NUMBER)
    presence.arrive(first, OTHER)
    assert presence.others(second, NUMBER) == ()
    assert names(presence.others(second, OTHER)) == ["王敏"]


@on_server
def test_who_leaves_is_gone(first: Session, second: Session) -> None:
    presence.arrive(first, NUMBER)
    presence.leave(first)
    assert presence.arrive(second, NUMBER) == ()


@on_server
def test_who_went_without_a_word_is_gone_after_half_a_minute_and_holds_nothing_up(
    first: Session, second: Session
) -> None:
    presence.beat(first, NUMBER, "accept")
    pass_time(first, 29)
    assert names(presence.others(second, NUMBER)) == ["王敏"]
    pass_time(first, 2)
    assert presence.others(second, NUMBER) == ()
    assert act(second, NUMBER, "accept", {"category": "投诉"}, TODAY).status == "待交办"


@on_server
def test_who_stays_keeps_the_hour_of_coming_and_who_comes_back_has_a_new_one(
    first: Session, second: Session
) -> None:
    presence.arrive(first, NUMBER)
    with engines.behind(first.folder, first.database.key) as behind:
        behind.execute("UPDATE presence SET since = since - interval '2 days'")
    (before,) = presence.others(second, NUMBER)
    assert len(before.since) > len("14:02")
    presence.beat(first, NUMBER, "accept")
    (stays,) = presence.others(second, NUMBER)
    assert stays.since == before.since
    pass_time(first, 60)
    presence.beat(first, NUMBER)
    (back,) = presence.others(second, NUMBER)
    assert len(back.since) == len("14:02")


@on_server
def test_what_is_being_filled_in_is_told(first: Session, second: Session) -> None:
    presence.beat(first, NUMBER, "accept")
    (told,) = presence.others(second, NUMBER)
    assert told.doing == "受理"
    presence.beat(first, NUMBER)
    assert presence.others(second, NUMBER)[0].doing == ""


@on_server
def test_a_step_that_one_may_not_read_is_not_told_of(first: Session, second: Session) -> None:
    """X 第七条（四）, T 第二十条: 问责 is not for everybody's eyes."""
    presence.beat(second, NUMBER, "hold-accountable")
    assert presence.others(first, NUMBER)[0].doing == "问责"
    presence.leave(second)
    presence.beat(first, NUMBER, "hold-accountable")
    assert presence.others(second, NUMBER)[0].doing == ""


@on_server
def test_saying_so_waits_for_nobody_who_writes(first: Session, second: Session) -> None:
    with second.change():
        assert presence.arrive(first, NUMBER) == ()


@on_server
def test_nothing_of_it_stands_in_any_record(first: Session) -> None:
    with first.read() as work:
        before = work.journal.count(), work.access.last()
    presence.beat(first, NUMBER, "accept")
    presence.leave(first)
    with first.read() as work:
        assert (work.journal.count(), work.access.last()) == before
    assert verify(first).problems == ()


@pytest.mark.file_only("a server tells of others")
def test_in_a_file_nobody_is_told_of_and_nothing_is_written(first: Session, second: Session) -> None:
    version = second.data_version()
    assert not presence.is_told(first)
    assert presence.beat(first, NUMBER, "accept") == ()
    presence.leave(first)
    assert presence.arrive(second, NUMBER) == ()
    assert second.data_version() == version


@on_server
def test_the_lists_hear_of_all_cases_that_others_have_open(first: Session, second: Session) -> None:
    third = office.enter_with_key(first.folder, "王敏", first.database.key, TODAY)
    presence.beat(first, OTHER)
    presence.beat(second, NUMBER, "accept")
    presence.beat(third, NUMBER)
    told = presence.elsewhere(first)
    third.close()
    assert {number: names(there) for number, there in told.items()} == {NUMBER: ["李四", "王敏"]}
    assert {one.doing for one in told[NUMBER]} == {""}, "which form stands open is told at the case"
    presence.leave(second)
    assert names(presence.elsewhere(first)[NUMBER]) == ["王敏"]
    pass_time(first, 31)
    assert presence.elsewhere(first) == {}


def test_in_a_file_nothing_is_open_elsewhere(first: Session) -> None:
    assert presence.elsewhere(first) == {}


def test_who_sees_no_cases_hears_of_none(first: Session) -> None:
    first.user = User("王敏", frozenset((Role.AUDITOR,)))
    with pytest.raises(Refusal) as told:
        presence.elsewhere(first)
    assert told.value.code == "not_allowed_for_role"
