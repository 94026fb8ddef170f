"""What each recorded step makes of a case; what was recorded, was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.corrections import Step
from desktop_app.domain.history import VOID, apply, approval_chain, fold, return_to_answer
from desktop_app.services import regulations

Walks = Any


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_registration_begins_the_case(walk: Callable[..., Any]) -> None:
    case = walk("tongliao-2023", "2026-09-18", "主席板块").case
    assert (case.status, case.received, case.source) == ("待初审", day("2026-09-18"), "主席板块")
    assert case.assignments == ()


def test_urgency_is_that_of_the_last_who_set_it(both: Walks) -> None:
    assert both.accepted().case.urgency == "一般"
    walk = both.new().act("accept", "2026-09-18", category="咨询", urgency="加急")
    assert walk.act("dispatch", "2026-09-19", lead="教育局").case.urgency == "加急"
    other = both.accepted().act("dispatch", "2026-09-19", lead="教育局", urgency="特急")
    assert other.case.urgency == "特急"


def test_a_slip_carries_its_number_and_its_limit(both: Walks) -> None:
    held = both.dispatched(supporting="住建局", days="2").case.assignments
    assert {one.number for one in held} == {"slip-3"}
    assert [(one.unit, one.lead, one.days) for one in held] == [
        ("甲市教育局", True, 2),
        ("甲市住建局", False, 2),
    ]


def test_the_receipt_is_the_leads_and_the_supporting_units(both: Walks) -> None:
    walk = both.received(supporting="住建局")
    assert {one.received for one in walk.case.assignments} == {day("2026-09-21")}
    assert walk.case.lead.received_by == "孙科"


def test_a_delivery_is_kept_until_the_unit_claims(xizang: Walks) -> None:
    walk = xizang.dispatched().act("receive", "2026-09-22", manner="传真")
    assert (walk.case.lead.delivered, walk.case.lead.received) == (day("2026-09-22"), None)
    assert walk.clock.due_from == "dispatch"


def test_pressure_and_its_service(both: Walks) -> None:
    walk = both.received().act("remind", "2026-09-28", to="赵局", channel="电话", by="张三")
    walk.act("supervise", "2026-10-09", to="教育局", ground="答非所问")
    walk.act("serve", "2026-10-10", paper="supervision-letter", manner="当面", received_by="孙科")
    reminded, supervised = walk.case.pressure
    assert (reminded.action, reminded.to, reminded.channel, reminded.served_on) == (
        "remind",
        "赵局",
        "电话",
        None,
    )
    assert (supervised.ground, supervised.served_on, supervised.served_to) == (
        "答非所问",
        day("2026-10-10"),
        "孙科",
    )


def test_each_level_may_grant_less(tongliao: Walks) -> None:
    walk = tongliao.extension(tongliao.received(), "2026-09-22", "3")
    walk.act("approve-extension", "2026-09-22", level="承办单位", by="赵局", days="2")
    walk.act("approve-extension", "2026-09-23", level="交办单位", by="主任", days="1")
    (extension,) = walk.case.lead.extensions
    assert [(one.level, one.days) for one in extension.approvals] == [
        ("承办单位主要负责人", 2),
        ("交办单位", 1),
    ]
    assert (extension.granted, extension.decided_on, extension.pending) == (1, day("2026-09-23"), False)


def test_the_chain_of_levels() -> None:
    xizang, tongliao = regulations.load("xizang-2017"), regulations.load("tongliao-2023")
    assert approval_chain(xizang, "主席留言专栏") == ("交办单位",)
    assert approval_chain(tongliao, "市长板块") == ("承办单位主要负责人", "交办单位")
    assert approval_chain(tongliao, "主席板块") == ("承办单位主要负责人", "交办单位", "政研室")
    assert approval_chain(tongliao, "电话") == ("承办单位主要负责人", "交办单位")


def test_the_reviewed_text_is_published_where_no_other_is_given(both: Walks) -> None:
    walk = both.replied().act("pass-review", "2026-09-25", by="审", public="yes", public_text="整理稿。")
    if both.is_x:
        walk.act("sign-off", "2026-09-25", by="秘书长")
    assert walk.act("publish", "2026-09-25").case.publications[0].text == "整理稿。"
    other = both.to_publish().act("publish", "2026-09-25", text="另一稿。", place="首页")
    assert (other.case.publications[0].text, other.case.publications[0].place) == ("另一稿。", "首页")


def test_who_returned_first_is_answered_first(both: Walks) -> None:
    walk = both.received(supporting="住建局,交通局")
    assert return_to_answer(walk.case) is None
    for unit in ("交通局", "住建局"):
        walk.act("return", "2026-09-21", reason="无关", unit=unit)
    assert return_to_answer(walk.case).unit == "甲市交通局"


def test_stamped_is_yes_no_or_not_known(xizang: Walks) -> None:
    def stamped(**keys: str) -> bool | None:
        return xizang.received().act("reply", "2026-09-22", text="答复", **keys).case.reply_in.stamped

    assert (stamped(), stamped(stamped="yes"), stamped(stamped="no")) == (None, True, False)


def test_voiding_leaves_the_state_and_marks_the_case(both: Walks) -> None:
    walk = both.accepted()
    case = apply(walk.case, Step(9, VOID, day("2026-09-20"), {}), walk.regulation)
    assert case.voided and case.status == "待交办"


@given(st.lists(st.sampled_from(("contact", "remind", "urge", "follow-up", "waive", "serve")), max_size=12))
def test_what_moves_no_state_moves_none_and_folding_is_applying(actions: list[str]) -> None:
    regulation = regulations.load("tongliao-2023")
    first = Step(1, "register", day("2026-09-18"), {"source": "市长板块"})
    steps = [first, *(Step(n, name, day("2026-09-19"), {}) for n, name in enumerate(actions, start=2))]
    case = fold("2026-0001", steps[:1], regulation)
    for step in steps[1:]:
        case = apply(case, step, regulation)
    assert case == fold("2026-0001", steps, regulation)
    assert case.status == "待初审"
