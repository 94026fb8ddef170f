"""Every edge of the lifecycle, under both regulations, from 待初审 to 已归档."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.domain.messages import Citizen

Walks = Any

TRIED_ELSEWHERE = frozenset(
    (
        *("refuse", "tell-refusal", "publish", "correct", "register"),
        # test_oversight.py
        *("assess", "instruct", "feedback", "mark-major", "investigate", "hold-accountable"),
        *("transfer", "special-supervision"),
        # test_unusual_endings.py
        *("explain", "link-duplicate", "answer-with", "return-upward", "report-up", "reopen"),
    )
)


def test_the_straight_way_to_the_archive(both: Walks) -> None:
    walk = both.new()
    seen = [walk.status]

    def act(action: str, on: str, **keys: str) -> None:
        walk.act(action, on, **keys)
        seen.append(walk.status)

    act("accept", "2026-09-18", category="投诉", urgency="加急", ground="其他", topic="教育")
    act("dispatch", "2026-09-19", lead="教育局", supporting="住建局,交通局", days="4", opinion="速办")
    act("receive", "2026-09-21", by="孙科", manner="签收")
    both.reply(walk, "2026-09-24")
    seen.append(walk.status)
    both.review(walk, on="2026-09-24")
    seen.append(walk.status)
    if both.is_x:
        act("sign-off", "2026-09-24", by="秘书长")
    act("publish", "2026-09-24", place="留言板")
    act("follow-up", "2026-09-28", result="满意", channel="电话")
    act("close", "2026-09-29")
    act("archive", "2026-09-30", retention="30年")

    signed = ["待审定"] if both.is_x else []
    assert seen == [
        *("待初审", "待交办", "待签收", "办理中", "待审核"),
        *signed,
        *("待公开", "已回复", "已回复", "待归档", "已归档"),
    ]
    case = walk.case
    assert (case.category, case.urgency, case.topic) == ("投诉", "加急", "教育")
    assert case.lead.unit == "甲市教育局" and case.lead.days == 4 and case.lead.number
    assert (case.closed_on, case.archived_on) == (date(2026, 9, 29), date(2026, 9, 30))
    assert case.retention == "30年"
    assert case.publications[0].text == "经核实，已办结。"
    assert all(not one.open for one in case.assignments)
    assert walk.items() == {}


def test_one_case_through_every_action(both: Walks) -> None:
    """All in one life, but for those that have tests of their own."""
    walk = both.dispatched(supporting="住建局", citizen=Citizen(contact="13904750000"))
    walk.act("complained-of", "2026-09-19", kind="投诉", unit="交通局", person="某人")
    walk.act("change-units", "2026-09-20", lead="交通局", supporting="住建局,一中", reason="职责调整")
    walk.act("receive", "2026-09-21", manner="签收")
    walk.act("return", "2026-09-21", reason="不属本单位职责", unit="一中", signer="校长")
    walk.act("refuse-return", "2026-09-21", reason="职责明确")
    walk.act("return", "2026-09-22", reason="不属本单位职责", signer="分管领导", suggested_unit="教育局")
    walk.act("accept-return", "2026-09-22", reason="属实")
    walk.act("dispatch", "2026-09-22", lead="教育局")
    walk.act("receive", "2026-09-22")
    walk.act("contact", "2026-09-23", when="办前", channel="电话", result="已说明")
    both.extension(walk, "2026-09-23", "2")
    walk.act("refuse-extension", "2026-09-23", level=both.levels(walk)[0], by="主任")
    both.grant(both.extension(walk, "2026-09-24", "3"), "2026-09-24", "2")
    walk.act("remind", "2026-09-25", to="赵局", channel="电话")
    walk.act("urge", "2026-09-28", to="教育局", channel="传真")
    walk.act("serve", "2026-09-28", paper="urge", manner="传真", received_by="孙科")
    walk.act("supervise", "2026-09-30", to="教育局", ground="催办无果")
    both.reply(walk, "2026-09-30")
    both.rework(walk, "2026-09-30", "2026-10-09")
    both.reply(walk, "2026-10-09")
    both.review(walk, on="2026-10-09")
    if both.is_x:
        walk.act("decline-sign-off", "2026-10-09", by="秘书长", reason="再核")
        both.review(walk, "no", on="2026-10-09")
        walk.act("sign-off", "2026-10-10", by="秘书长")
    else:
        both.rework(walk, "2026-10-09", "2026-10-10")
        both.reply(walk, "2026-10-10")
        both.review(walk, "no", on="2026-10-10")
    walk.act("answer-privately", "2026-10-10", by="孙科", channel="电话")
    if not both.is_x:
        walk.act("post-note", "2026-10-10", text="已直接答复留言人。", place="留言板")
    walk.act(
        "waive", "2026-10-10", item="办后回访" if both.is_x else "满意度回访", reason="已约改日", by="主任"
    )
    walk.act("follow-up", "2026-10-12", result="未联系上")
    walk.act("close", "2026-10-12").act("archive", "2026-10-12")
    assert walk.status == "已归档"
    lead = walk.case.lead
    assert lead.unit == "甲市教育局" and lead.granted_days == 2
    assert [one.how_ended for one in walk.case.assignments if one.unit == "甲市交通局"] == ["退件"]
    assert {event.action for event in walk.events} >= set(walk.regulation.actions) - TRIED_ELSEWHERE


def test_refused_at_the_door(both: Walks) -> None:
    keys = {"ground": "已进入司法程序", "explanation": "法院已立案", "suggestion": "请依法等候判决"}
    walk = both.new().act("refuse", "2026-09-19", **keys)
    assert walk.status == "不予受理"
    walk.act("tell-refusal", "2026-09-20", channel="电话")
    assert walk.case.refusal.told_on == date(2026, 9, 20)
    assert walk.act("close", "2026-09-20").act("archive", "2026-09-20").status == "已归档"


def test_refused_when_found_out_later(both: Walks) -> None:
    for walk in (both.accepted(), both.received(), both.replied()):
        ground = "无法联系"
        walk.act("refuse", "2026-09-28", ground=ground, not_told_reason="无法联系")
        assert walk.status == "不予受理"
        assert not any(one.open for one in walk.case.assignments)
        assert walk.act("close", "2026-09-28").status == "待归档"


def test_a_slip_comes_back_and_goes_elsewhere(both: Walks) -> None:
    for walk in (both.dispatched(supporting="住建局"), both.received(supporting="住建局")):
        walk.act("return", "2026-09-21", reason="不属职责", suggested_unit="交通局")
        assert walk.status == "办理中"
        walk.act("accept-return", "2026-09-22")
        assert walk.status == "待交办" and walk.case.supporting == ()
        walk.act("dispatch", "2026-09-22", lead="交通局")
        assert walk.status == "待签收" and walk.case.lead.unit == "甲市交通局"


def test_a_refused_return_leaves_the_unit_at_work(both: Walks) -> None:
    walk = both.dispatched().act("return", "2026-09-21", reason="不属职责")
    walk.act("refuse-return", "2026-09-22", reason="正属贵单位职责")
    assert walk.status == "办理中" and walk.case.open_lead.unit == "甲市教育局"
    assert walk.case.lead.return_requests[0].accepted is False
    assert both.reply(walk, "2026-09-25").status == "待审核"


def test_a_supporting_units_return_leaves_the_case_where_it_is(both: Walks) -> None:
    for walk, state in (
        (both.dispatched(supporting="住建局,交通局"), "待签收"),
        (both.received(supporting="住建局,交通局"), "办理中"),
    ):
        walk.act("return", "2026-09-21", reason="无关", unit="住建局")
        assert walk.status == state
        walk.act("accept-return", "2026-09-21")
        assert walk.status == state
        assert [one.unit for one in walk.case.supporting] == ["甲市交通局"]
        assert walk.case.open_lead.unit == "甲市教育局"


def test_a_new_lead_begins_again(both: Walks) -> None:
    for walk in (both.dispatched(), both.received()):
        walk.act("change-units", "2026-09-22", lead="住建局", reason="职责调整")
        assert walk.status == "待签收"
        assert walk.case.open_lead.unit == "甲市住建局" and walk.case.open_lead.received is None
        walk.act("receive", "2026-09-23")
        assert walk.clock.start == date(2026, 9, 23)


def test_a_new_supporting_unit_moves_nothing(both: Walks) -> None:
    walk = both.received(supporting="住建局").act(
        "change-units", "2026-09-22", supporting="交通局", reason="增加协办"
    )
    assert walk.status == "办理中" and walk.clock.start == date(2026, 9, 21)
    assert [one.unit for one in walk.case.supporting] == ["甲市交通局"]


def test_a_reply_may_come_before_the_receipt_was_entered(both: Walks) -> None:
    walk = both.reply(both.dispatched(), "2026-09-25")
    assert walk.status == "待审核"
    assert walk.case.lead.received == date(2026, 9, 25) and walk.case.lead.presumed


def test_sent_back_from_every_state_where_a_reply_lies(both: Walks) -> None:
    ways = [both.replied(), both.to_publish(), both.published(), both.closed()]
    ways += [both.reviewed()] if both.is_x else []
    states = ["待审核", "待公开", "已回复", "待归档", *(["待审定"] if both.is_x else [])]
    assert [walk.status for walk in ways] == states
    for walk in ways:
        both.rework(walk, "2026-09-28", "2026-09-30")
        assert walk.status == "办理中"
        assert walk.case.reply_in is None and walk.case.review is None
        assert walk.case.closed_on is None and walk.case.signed_off_on is None
        assert walk.case.lead.reworks[0].ground == "敷衍塞责"


def test_after_publication_the_first_text_stays(both: Walks) -> None:
    walk = both.rework(both.published(), "2026-09-28", "2026-09-30")
    both.review(both.reply(walk, "2026-09-29", text="补充核实如下。"), on="2026-09-29")
    if both.is_x:
        walk.act("sign-off", "2026-09-29", by="秘书长")
    assert walk.case.answered_on is None
    walk.act("publish", "2026-09-30")
    assert [one.text for one in walk.case.publications] == ["经核实，已办结。", "补充核实如下。"]
    assert walk.case.answered_on == date(2026, 9, 30)


def test_a_private_reply_goes_to_the_citizen_alone(both: Walks) -> None:
    walk = both.to_publish("no").act("answer-privately", "2026-09-26", by="孙科", channel="电子邮件")
    assert walk.status == "已回复"
    assert (walk.case.private_answer.by, walk.case.private_answer.channel) == ("孙科", "电子邮件")
    assert walk.case.publications == ()


def test_a_declined_sign_off_goes_back_to_review(xizang: Walks) -> None:
    walk = xizang.reviewed().act("decline-sign-off", "2026-09-26", by="秘书长", reason="措辞不当")
    assert walk.status == "待审核" and walk.case.review is None
    assert xizang.review(walk, on="2026-09-27").status == "待审定"


def test_there_is_no_sign_off_in_tongliao(tongliao: Walks) -> None:
    walk = tongliao.reviewed()
    assert walk.status == "待公开"
    assert walk.refused("sign-off", by="秘书长").code == "wrong_state"
    assert "待审定" not in {state.name for state in walk.regulation.states}


def test_delivery_is_receipt_in_tongliao_and_not_in_xizang(xizang: Walks, tongliao: Walks) -> None:
    for manner in ("当面", "系统", "传真", "邮寄", "拒签"):
        taken = tongliao.dispatched().act("receive", "2026-09-22", manner=manner)
        assert taken.status == "办理中" and taken.case.lead.received == date(2026, 9, 22)
        delivered = xizang.dispatched().act("receive", "2026-09-22", manner=manner)
        assert delivered.status == "待签收" and delivered.case.lead.received is None
        assert delivered.case.lead.delivered == date(2026, 9, 22)
        assert delivered.act("receive", "2026-09-24", manner="领办").clock.start == date(2026, 9, 24)


def test_returns_are_answered_one_by_one_the_leads_first(both: Walks) -> None:
    def asked() -> Any:
        walk = both.received(supporting="住建局,交通局")
        walk.act("return", "2026-09-21", reason="无关", unit="交通局")
        walk.act("return", "2026-09-21", reason="无关", unit="住建局")
        return walk.act("return", "2026-09-21", reason="无关")

    walk = asked().act("refuse-return", "2026-09-22", reason="正属职责")
    assert walk.act("accept-return", "2026-09-22").status == "办理中"
    assert [one.unit for one in walk.case.supporting] == ["甲市住建局"]
    assert walk.act("accept-return", "2026-09-22").case.supporting == ()
    assert walk.refused("accept-return").code == "wrong_state"
    assert asked().act("accept-return", "2026-09-22").status == "待交办"


def test_a_reply_shows_that_the_receipt_was_earlier_than_presumed(both: Walks) -> None:
    walk = both.dispatched().act("return", "2026-09-24", reason="不属职责")
    assert walk.case.lead.received == date(2026, 9, 24) and walk.case.lead.presumed
    walk.act("refuse-return", "2026-09-24", reason="正属职责")
    both.reply(walk, "2026-09-23")
    assert walk.case.lead.received == date(2026, 9, 23)
