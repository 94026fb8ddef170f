"""What is typed while the server is away: at the seat until the server has it, and never in the place of something newer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.users import Role, User
from desktop_app.services import office, typed_here
from desktop_app.services.drafts import drafts_of, drop_draft, keep_draft
from desktop_app.services.registration import register_one
from desktop_app.services.session import OfficeClock, Session
from desktop_app.services.typed_here import TakenIn, begin, text_of
from desktop_app.storage.typed_here import TYPED_FOLDER
from tests import engines

TODAY = date(2026, 10, 13)
NUMBER, STEP = "2026-0001", "accept"
OLD, NEW, NEWEST = {"topic": "暖气"}, {"topic": "暖气不热"}, {"topic": "暖气三天不热"}

on_server = pytest.mark.server_only("in a file the drafts lie on the same disk")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    folder = engines.place(tmp_path / "data")
    office.found(
        folder, "示例市运维中心", "tongliao-2023", "王敏", "zhong-yang-gong-yuan-7", OfficeClock(TODAY)
    )
    opened = office.enter(folder, "王敏", "zhong-yang-gong-yuan-7", TODAY)
    register_one(opened, Registration("tongliao-2023", date(2026, 9, 28), "市长板块", Message("一", "正文")))
    yield opened
    opened.close()


def again(session: Session, user: str = "王敏") -> Session:
    """Somebody logs in at the same seat, the window before having been killed."""
    return office.enter_with_key(session.folder, user, session.database.key, TODAY)


def type_in(session: Session, values: dict[str, str], number: str = NUMBER, action: str = STEP) -> int:
    """As the window does while the server is away."""
    turn = begin(session, number, action)
    typed_here.keep(session, number, action, text_of(values), turn)
    return turn


def draft(session: Session, number: str = NUMBER, action: str = STEP) -> dict[str, str]:
    return drafts_of(session, number, [action]).get(action, {})


def lying(session: Session) -> list[str]:
    folder = session.folder / TYPED_FOLDER
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


@on_server
def test_it_is_a_draft_at_the_next_log_in_and_then_gone_from_the_seat(session: Session) -> None:
    type_in(session, NEW)
    type_in(session, NEW, "", "entry")
    assert len(lying(session)) == 2
    next_one = again(session)
    assert typed_here.take_in(next_one) == TakenIn(taken=2)
    assert draft(next_one) == NEW and draft(next_one, "", "entry") == NEW
    assert lying(session) == []
    assert typed_here.take_in(next_one) == TakenIn()
    next_one.close()


@on_server
def test_once_the_server_has_it_nothing_lies_at_the_seat(session: Session) -> None:
    turn = type_in(session, NEW)
    assert typed_here.all_here(session)
    keep_draft(session, NUMBER, STEP, NEW, turn)
    assert lying(session) == []
    late = begin(session, NUMBER, STEP)
    keep_draft(session, NUMBER, STEP, NEWEST, late)
    typed_here.keep(session, NUMBER, STEP, text_of(NEWEST), late)
    assert lying(session) == [], "what the server has is not laid down afterwards"


@on_server
def test_what_was_typed_since_stays_while_the_server_takes_what_was_before(session: Session) -> None:
    first = type_in(session, OLD)
    type_in(session, NEW)
    keep_draft(session, NUMBER, STEP, OLD, first)
    assert len(lying(session)) == 1
    next_one = again(session)
    assert typed_here.take_in(next_one).taken == 1
    assert draft(next_one) == NEW
    next_one.close()


@on_server
def test_a_step_that_is_done_leaves_nothing_behind(session: Session) -> None:
    type_in(session, NEW)
    drop_draft(session, NUMBER, STEP)
    assert lying(session) == [] and draft(session) == {}


@on_server
def test_what_is_not_at_the_seat_is_known(session: Session) -> None:
    begin(session, NUMBER, STEP)
    assert not typed_here.all_here(session)


@on_server
def test_it_goes_on_from_the_draft_that_the_server_had(session: Session) -> None:
    keep_draft(session, NUMBER, STEP, OLD)
    type_in(session, NEW)
    next_one = again(session)
    assert typed_here.take_in(next_one) == TakenIn(taken=1)
    assert draft(next_one) == NEW
    next_one.close()


@on_server
def test_a_draft_that_was_dropped_meanwhile_does_not_come_back(session: Session) -> None:
    keep_draft(session, NUMBER, STEP, OLD)
    type_in(session, {})
    next_one = again(session)
    assert typed_here.take_in(next_one) == TakenIn()
    assert draft(next_one) == {} and lying(session) == []
    next_one.close()


@on_server
def test_something_newer_is_shown_and_the_older_can_still_be_reached(session: Session) -> None:
    keep_draft(session, NUMBER, STEP, OLD)
    type_in(session, NEW)
    next_one = again(session)
    keep_draft(next_one, NUMBER, STEP, NEWEST)  # before anybody took in what lay here
    assert typed_here.take_in(next_one) == TakenIn(both=(f"{NUMBER} “受理”",))
    assert draft(next_one) == NEWEST and lying(session) == []
    drop_draft(next_one, NUMBER, STEP)
    assert draft(next_one) == NEW
    next_one.close()


@on_server
def test_what_the_server_took_just_before_the_power_went_is_taken_once(session: Session) -> None:
    type_in(session, NEW)
    next_one = again(session)
    keep_draft(next_one, NUMBER, STEP, NEW)  # the other had no time to clear its file away
    assert typed_here.take_in(next_one).both == ()
    assert draft(next_one) == NEW and lying(session) == []
    next_one.close()


@on_server
def test_of_somebody_else_at_the_same_seat_nothing_is_taken(session: Session) -> None:
    with session.change() as work:
        work.users.put(User("李四", frozenset((Role.OPERATOR,))))
    type_in(session, NEW)
    other = again(session, "李四")
    assert typed_here.take_in(other) == TakenIn()
    assert draft(other) == {} and len(lying(session)) == 1
    other.close()
    mine = again(session)
    assert typed_here.take_in(mine).taken == 1
    mine.close()


@on_server
def test_what_can_not_be_opened_is_put_aside_and_the_rest_taken(session: Session) -> None:
    type_in(session, OLD, "", "entry")
    (broken,) = lying(session)
    type_in(session, NEW)
    (session.folder / TYPED_FOLDER / broken).write_bytes(b"not ours")
    next_one = again(session)
    found = typed_here.take_in(next_one)
    assert (found.taken, found.unreadable, found.aside) == (1, 1, session.folder / TYPED_FOLDER)
    assert draft(next_one) == NEW
    (aside,) = lying(session)
    assert aside.endswith(".unreadable")
    next_one.close()


@pytest.mark.file_only("on a server it lies at the seat")
def test_in_a_file_nothing_lies_beside(session: Session) -> None:
    type_in(session, NEW)
    assert lying(session) == [] and typed_here.take_in(session) == TakenIn()
