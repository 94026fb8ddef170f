"""What a regulation shows to some roles only: the step is told, its words are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role
from desktop_app.services import office
from desktop_app.services.case_view import CaseView, EventView, reveal_case, view_case
from desktop_app.services.cases import act
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.cli.offices import BOTH, FIRST, PASSWORD, T, found_quickly

MARK = "（仅审核、领导可见）"
WORDS = {"ground": "", "by": "市政府", "note": "对分管领导张某约谈。"}


@pytest.fixture(params=BOTH)
def session(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Session]:
    """An office where somebody was held to account, before its first user, who may do everything."""
    regulation = request.param
    found_quickly(tmp_path / "office", regulation)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 9, 30))
    office.bring_in_units(opened, [Unit("甲市教育局")])
    source = "市长板块" if regulation == T else "主席留言专栏"
    message = Message("路灯不亮", "路灯坏了半个月。", Citizen("常乐"))
    number = register_one(opened, Registration(regulation, date(2026, 9, 18), source, message)).number
    act(opened, number, "accept", {"category": "投诉"})
    ground = view_case(opened, number).regulation.values("accountability_ground")[0]
    act(opened, number, "hold-accountable", {**WORDS, "ground": ground})
    yield opened
    opened.database.close()


def seen(session: Session, *roles: Role) -> CaseView:
    session.user = replace(session.user, roles=frozenset(roles))
    return view_case(session, "2026-0001")


def event(view: CaseView, action: str) -> EventView:
    return next(one for one in view.events if one.action == action)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER])
def test_those_with_the_right_read_it(session: Session, role: Role) -> None:
    view = seen(session, role)
    told = event(view, "hold-accountable")
    assert told.keys["note"] == WORDS["note"] and not told.hidden
    assert view.case.accountability[0].by == "市政府"


def test_others_see_that_it_was_recorded_and_not_what(session: Session) -> None:
    view = seen(session, Role.OPERATOR)
    told = event(view, "hold-accountable")
    assert told.hidden and set(told.keys) == set(WORDS) and set(told.keys.values()) == {MARK}
    assert (told.title, told.by) == ("问责", FIRST)
    (held,) = view.case.accountability
    assert (held.ground, held.by, held.note) == (MARK, MARK, "")
    assert event(view, "accept").keys["category"] == "投诉"


def test_revealing_the_citizen_does_not_reveal_it(session: Session) -> None:
    session.user = replace(session.user, roles=frozenset((Role.OPERATOR,)))
    view = reveal_case(session, "2026-0001", "核对")
    assert event(view, "hold-accountable").keys["note"] == MARK


def test_nor_does_a_correction_of_it(session: Session) -> None:
    recorded = event(view_case(session, "2026-0001"), "hold-accountable")
    keys = {"event": str(recorded.id), "reason": "决定人写错", "by": "市委"}
    act(session, "2026-0001", "correct", keys)
    told = event(seen(session, Role.OPERATOR), "correct")
    assert told.keys["event"] == str(recorded.id)
    assert {value for name, value in told.keys.items() if name != "event"} == {MARK}
    assert "市委" in event(seen(session, Role.REVIEWER), "correct").keys.values()
