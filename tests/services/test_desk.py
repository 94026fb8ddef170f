"""The morning desk: its groups in the order of the law, what comes next, and days off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.services import office, office_duties, regulations
from desktop_app.services.cases import act
from desktop_app.services.desk import Desk, DeskGroup, desk
from desktop_app.services.registration import register_one
from desktop_app.services.session import OfficeClock, Session
from tests.cli.offices import FIRST, PASSWORD, T, X, found_quickly

EDUCATION = Unit("甲市教育局", ("教育局",), "", "雷局长", "钱", "办公室", "孙", "0475-1")
ACCEPT = ("accept", "2026-09-18", {"category": "投诉"})
DISPATCH = ("dispatch", "2026-09-21", {"lead": "教育局"})
RECEIVE = ("receive", "2026-09-21", {"manner": "签收"})


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An office of 通辽 on Monday, 28 September 2026."""
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 9, 28))
    office.bring_in_units(opened, [EDUCATION])
    yield opened
    opened.database.close()


def on(session: Session, today: str) -> Session:
    return replace(session, clock=OfficeClock(date.fromisoformat(today)))


def case(
    session: Session, *steps: tuple[str, str, Mapping[str, str]], regulation: str = T, title: str = "路灯不亮"
) -> str:
    source = {T: "市长板块", X: "主席留言专栏"}[regulation]
    message = Message(title, "路灯坏了。", Citizen("常乐", "13904750001"))
    number = register_one(session, Registration(regulation, date(2026, 9, 18), source, message)).number
    for action, when, keys in steps:
        act(session, number, action, keys, date.fromisoformat(when))
    return number


def told(one: Desk) -> dict[str, tuple[str, ...]]:
    return {"、".join(group.kinds): group.numbers for group in one.groups}


def group(one: Desk, kind: str) -> DeskGroup:
    return next(group for group in one.groups if kind in group.kinds)


def test_groups_stand_in_the_order_of_the_regulation(session: Session) -> None:
    late, new = case(session, ACCEPT, DISPATCH, RECEIVE), case(session)
    accepted = case(session, ACCEPT)
    overdue = desk(on(session, "2026-09-30"))
    assert list(told(overdue).items()) == [("待初审", (new,)), ("待交办", (accepted,)), ("逾期", (late,))]
    assert overdue.total == 3
    ordered = [rule.kind for rule in regulations.load(T).open_items]
    assert ordered.index("待初审") < ordered.index("待交办") < ordered.index("逾期")


def test_a_group_names_its_clause_and_its_step(session: Session) -> None:
    number = case(session, ACCEPT, DISPATCH, RECEIVE)
    remind = group(desk(session), "今日须提醒")
    assert (remind.verb, remind.verb_title, remind.trigger) == ("remind", "提醒", "reminder_due")
    assert remind.clauses == (("民盼通办 2023", "第十三条"),)
    assert (remind.allowed, remind.blocking) == (True, False)
    (line,) = remind.cases
    assert (line.number, line.days_left, line.row.lead) == (number, 1, EDUCATION.name)


def test_what_two_regulations_ask_for_alike_stands_together(session: Session) -> None:
    steps = (ACCEPT, DISPATCH)
    ours, theirs = case(session, *steps), case(session, *steps, regulation=X)
    unclaimed = group(desk(session), "未签收")
    assert unclaimed.kinds == ("未签收", "未领办")
    assert unclaimed.numbers == (ours, theirs)
    assert unclaimed.verb_title == "签收、领办"
    assert unclaimed.clauses == (("民盼通办 2023", "第十一条"), ("西藏实施办法 2017", "第五条（三）"))


def test_what_only_the_other_regulation_asks_for_has_its_place(session: Session) -> None:
    reply = ("reply", "2026-09-24", {"text": "已修复。"})
    case(session, ACCEPT, DISPATCH, RECEIVE, reply, regulation=X)
    case(session, ACCEPT, DISPATCH, RECEIVE, reply, ("pass-review", "2026-09-24", {"by": "甲", "public": "yes"}),
         regulation=X)  # fmt: skip
    kinds = list(told(desk(session)))
    assert kinds.index("待审核") + 1 == kinds.index("待审定")


def test_titles_are_masked_and_only_the_first_cases_are_shown(session: Session) -> None:
    numbers = [case(session, title="常乐反映路灯不亮 13904750001") for _ in range(4)]
    new = group(desk(session, most=2), "待初审")
    assert new.numbers == tuple(numbers)
    assert [line.number for line in new.cases] == numbers[:2]
    assert [line.number for line in group(desk(session, 2, {"待初审"}), "待初审").cases] == numbers
    assert all("常乐" not in line.row.title and "13904750001" not in line.row.title for line in new.cases)
    assert all("路灯不亮" in line.row.title for line in new.cases)


@pytest.mark.parametrize(
    ("regulation", "today", "next_day"), [(T, "2026-09-24", "2026-09-28"), (X, "2026-10-09", "2026-10-10")]
)
def test_an_empty_desk_foretells_the_next_working_day(
    session: Session, regulation: str, today: str, next_day: str
) -> None:
    spoken = ("contact", "2026-09-22", {"when": "办前", "channel": "电话", "result": "已说明"})
    number = case(session, ACCEPT, DISPATCH, RECEIVE, spoken, regulation=regulation)
    office_duties.settle(session, "通报期到", "2026-Q3")
    quiet = desk(on(session, today))
    assert (quiet.groups, quiet.duties, quiet.total) == ((), (), 0)
    assert quiet.next_day == date.fromisoformat(next_day)
    assert (quiet.reminders_coming, quiet.due_coming) == (1, 0)
    then = desk(on(session, next_day))
    assert told(then) == {"今日须提醒": (number,)}
    assert (then.reminders_coming, then.due_coming) == (0, 1)


def test_no_line_says_that_one_more_case_is_left(session: Session) -> None:
    numbers = [case(session) for _ in range(3)]
    assert [line.number for line in group(desk(session, most=2), "待初审").cases] == numbers


def test_an_office_that_has_no_case_has_not_begun(session: Session) -> None:
    assert not desk(session).begun
    case(session)
    assert desk(session).begun


def test_what_was_to_be_reminded_of_today_is_not_foretold_again(session: Session) -> None:
    case(session, ACCEPT, DISPATCH, RECEIVE)
    today = desk(session)
    assert (today.reminders_coming, today.due_coming) == (0, 1)


def test_nothing_must_be_done_on_a_day_off(session: Session) -> None:
    late = case(session, ACCEPT, DISPATCH, RECEIVE)
    holiday = desk(on(session, "2026-10-03"))
    assert (holiday.day.working, holiday.total) == (False, 0)
    assert holiday.shown == date(2026, 10, 8)
    assert told(holiday) == {"逾期": (late,)}
    assert holiday.waiting == 2
    assert [one.kind for one in holiday.duties] == ["通报期到"]


def test_the_make_up_saturday_is_a_day_of_work(session: Session) -> None:
    new = case(session)
    saturday = desk(on(session, "2026-10-10"))
    assert saturday.day.working
    assert told(saturday) == {"待初审": (new,)}


def test_the_office_s_own_duties_stand_on_the_desk_until_settled(session: Session) -> None:
    case(session)
    later = on(session, "2026-12-01")
    assert [(one.kind, one.period.text) for one in desk(later).duties] == [
        ("通报期到", "2026-Q3"),
        ("考核意见待报", "2026"),
    ]
    assert desk(later).total == 3
    office_duties.settle(later, "通报期到", "2026-Q3")
    assert [one.kind for one in desk(later).duties] == ["考核意见待报"]


def test_who_may_take_the_step(session: Session) -> None:
    case(session)
    viewer = replace(session, user=User("赵科长", frozenset((Role.VIEWER,))))
    assert not group(desk(viewer), "待初审").allowed
    reviewer = replace(session, user=User("李审核", frozenset((Role.REVIEWER,))))
    assert not group(desk(reviewer), "待初审").allowed


def test_what_was_urged_already_is_told_from_what_was_not(session: Session) -> None:
    first, second = (case(session, ACCEPT, DISPATCH, RECEIVE) for _ in range(2))
    late = on(session, "2026-10-09")
    assert group(desk(late), "逾期").unpressed == (first, second)
    act(late, first, "urge", {"to": "教育局"}, date(2026, 10, 8))
    overdue = group(desk(late), "逾期")
    assert (overdue.numbers, overdue.unpressed) == ((first, second), (second,))
    new = case(session)
    assert (group(desk(late), "待初审").numbers, group(desk(late), "待初审").unpressed) == ((new,), ())
