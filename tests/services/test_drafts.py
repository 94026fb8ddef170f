"""Drafts of forms, and looking through a text before it goes public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import office
from desktop_app.services.case_view import reveal_case, view_case
from desktop_app.services.cases import act
from desktop_app.services.drafts import drafts_of, drop_draft, keep_draft, open_drafts, take_up
from desktop_app.services.public_text import check_public_text
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from desktop_app.storage.server_address import read_address, write_address
from tests.engines import place

TODAY = date(2026, 10, 13)
NUMBER = "2026-0001"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An office with one case, answered by its unit."""
    office.found(
        place(tmp_path / "data"), "示例市运维中心", "tongliao-2023", "王敏", "zhong-yang-gong-yuan-7"
    )
    opened = office.enter(tmp_path / "data", "王敏", "zhong-yang-gong-yuan-7", TODAY)
    office.bring_in_units(opened, [Unit("市教育局", phone="0475-8230001")])
    message = Message("标题", "正文", Citizen("欧阳小红", "13800000000"))
    register_one(opened, Registration("tongliao-2023", date(2026, 9, 28), "市长板块", message))
    act(opened, NUMBER, "accept", {"category": "投诉"}, TODAY)
    act(opened, NUMBER, "dispatch", {"lead": "市教育局"}, TODAY)
    act(opened, NUMBER, "receive", {}, TODAY)
    yield opened
    opened.database.close()


def reply(session: Session, text: str) -> None:
    keys = {"text": text, "signer": "赵", "stamped": "yes", "handler": "李某", "phone": "0475-8230002"}
    act(session, NUMBER, "reply", keys, TODAY)


def test_a_draft_is_kept_replaced_and_dropped(session: Session) -> None:
    assert drafts_of(session, NUMBER, ["reply", "contact"]) == {}
    keep_draft(session, NUMBER, "reply", {"text": "写了一半"})
    keep_draft(session, NUMBER, "reply", {"text": "写了一半，又改"})
    assert drafts_of(session, NUMBER, ["reply", "contact"]) == {"reply": {"text": "写了一半，又改"}}
    drop_draft(session, NUMBER, "reply")
    assert drafts_of(session, NUMBER, ["reply"]) == {}


def test_a_draft_is_no_fact(session: Session) -> None:
    before = view_case(session, NUMBER)
    keep_draft(session, NUMBER, "reply", {"text": "写了一半"})
    assert view_case(session, NUMBER).events == before.events


def test_nobody_else_sees_a_draft(session: Session) -> None:
    keep_draft(session, NUMBER, "reply", {"text": "写了一半"})
    session.user = User("赵明", frozenset((Role.OPERATOR,)))
    assert drafts_of(session, NUMBER, ["reply"]) == {}


def test_who_may_only_look_keeps_no_drafts(session: Session) -> None:
    session.user = User("赵明", frozenset((Role.VIEWER,)))
    with pytest.raises(Refusal) as refused:
        keep_draft(session, NUMBER, "reply", {"text": "写了一半"})
    assert refused.value.code == "not_allowed_for_role"


def test_protected_words_are_found_where_they_stand_and_the_units_phone_is_let_be(session: Session) -> None:
    reply(session, "欧阳小红您好，本单位电话 0475-8230002。您的手机 13912345678 未接通。")
    check = check_public_text(session, NUMBER, "pass-review", {"public": "yes", "by": "王敏"})
    assert [check.text[hit.start : hit.end] for hit in check.hits] == ["欧阳小红", "13912345678"]


def test_a_text_that_stays_private_is_not_looked_through(session: Session) -> None:
    reply(session, "请拨打 13912345678。")
    check = check_public_text(session, NUMBER, "pass-review", {"public": "no"})
    assert (check.text, check.hits) == ("", ())


def test_a_step_before_a_look_at_the_identity_can_be_voided(session: Session) -> None:
    reveal_case(session, NUMBER, "核对")
    receive = next(event for event in view_case(session, NUMBER).events if event.action == "receive")
    done = act(session, NUMBER, "correct", {"event": str(receive.id), "reason": "记错了"}, TODAY)
    assert done.status == "待签收"


# ------------------------------------------------------------------ two seats of one user


@pytest.fixture
def elsewhere(session: Session, tmp_path: Path) -> Iterator[Session]:
    """The same user at another PC."""
    folder = tmp_path / "another seat"
    address = read_address(session.folder)
    assert address is not None
    write_address(folder, address)
    opened = office.enter_with_key(folder, session.user.name, session.database.key, TODAY)
    yield opened
    opened.close()


two_seats = pytest.mark.server_only("a file's office has one seat")


@two_seats
def test_two_seats_of_one_user_write_over_nothing_of_each_other(session: Session, elsewhere: Session) -> None:
    keep_draft(session, NUMBER, "reply", {"text": "在这里写的"})
    keep_draft(elsewhere, NUMBER, "reply", {"text": "在那里写的"})
    assert drafts_of(session, NUMBER, ["reply"]) == {"reply": {"text": "在这里写的"}}
    assert drafts_of(elsewhere, NUMBER, ["reply"]) == {"reply": {"text": "在那里写的"}}
    drop_draft(elsewhere, NUMBER, "reply")
    assert drafts_of(session, NUMBER, ["reply"]) == {"reply": {"text": "在这里写的"}}


@two_seats
def test_what_was_typed_at_one_seat_is_gone_on_with_at_another(session: Session, elsewhere: Session) -> None:
    keep_draft(session, NUMBER, "reply", {"text": "写了一半"})
    found = drafts_of(elsewhere, NUMBER, ["reply"])["reply"]
    assert found == {"text": "写了一半"}
    take_up(elsewhere, NUMBER, "reply", found)
    keep_draft(elsewhere, NUMBER, "reply", {"text": "写了一半，写完了"})
    assert len(open_drafts(session)) == 1
    drop_draft(elsewhere, NUMBER, "reply")
    assert open_drafts(session) == ()


@two_seats
def test_what_was_typed_on_meanwhile_is_not_taken_up(session: Session, elsewhere: Session) -> None:
    keep_draft(session, NUMBER, "reply", {"text": "写了一半"})
    found = drafts_of(elsewhere, NUMBER, ["reply"])["reply"]
    keep_draft(session, NUMBER, "reply", {"text": "写了一半，又写"})
    take_up(elsewhere, NUMBER, "reply", found)
    drop_draft(elsewhere, NUMBER, "reply")
    assert drafts_of(session, NUMBER, ["reply"]) == {"reply": {"text": "写了一半，又写"}}


@two_seats
def test_a_seat_is_the_same_after_a_restart(session: Session, elsewhere: Session) -> None:
    keep_draft(session, NUMBER, "reply", {"text": "在这里写的"})
    keep_draft(elsewhere, NUMBER, "reply", {"text": "在那里写的"})
    again = office.enter_with_key(elsewhere.folder, session.user.name, session.database.key, TODAY)
    assert drafts_of(again, NUMBER, ["reply"]) == {"reply": {"text": "在那里写的"}}
    again.close()


def test_what_was_typed_at_a_seat_that_is_no_more_is_found(session: Session) -> None:
    """As after an office has moved from a server into a file."""
    with session.change() as work:
        work.drafts.put(session.user.name, NUMBER, "reply", '{"text": "写了一半"}', "former")
    found = drafts_of(session, NUMBER, ["reply"])["reply"]
    take_up(session, NUMBER, "reply", found)
    drop_draft(session, NUMBER, "reply")
    assert open_drafts(session) == ()
