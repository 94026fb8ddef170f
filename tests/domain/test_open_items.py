"""What is still to be done, since when and until when, on a given day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.domain.messages import Citizen
from desktop_app.domain.open_items import TRIGGERS, all_items

Walks = Any
REACHABLE = Citizen(contact="13904750000")


def day(text: str) -> date:
    return date.fromisoformat(text)


def kinds(walk: Any, today: str) -> set[str]:
    return set(walk.items(today))


def test_every_state_says_what_comes_next(both: Walks) -> None:
    assert kinds(both.new(), "2026-09-18") == {"待初审"}
    assert kinds(both.accepted(), "2026-09-18") == {"待交办"}
    assert "待审核" in kinds(both.replied(), "2026-09-25")
    assert "待归档" in kinds(both.closed(), "2026-09-28")
    if both.is_x:
        assert "待审定" in kinds(both.reviewed(), "2026-09-25")
        assert "待公开" in kinds(both.to_publish(), "2026-09-25")


def test_a_slip_not_claimed_by_the_end_of_the_next_working_day(both: Walks) -> None:
    kind = "未领办" if both.is_x else "未签收"
    walk = both.dispatched()
    assert kind not in kinds(walk, "2026-09-20")
    item = walk.items("2026-09-21")[kind]
    assert (item.since, item.until) == (day("2026-09-19"), day("2026-09-20"))
    assert item.clause == ("第五条（三）" if both.is_x else "第十一条")
    assert kind not in kinds(walk.act("receive", "2026-09-22"), "2026-09-23")


def test_in_xizang_the_unclaimed_are_reminded_and_urged_in_tongliao_not(both: Walks) -> None:
    walk = both.dispatched()
    reminder, due = walk.clock.reminder.isoformat(), walk.clock.due.isoformat()
    assert ("今日须提醒" in kinds(walk, reminder)) is both.is_x
    assert ("今日到期" in kinds(walk, due)) is both.is_x
    assert ("逾期" in kinds(walk, "2026-10-30")) is both.is_x


def test_an_expected_date_drives_nothing_before_the_slip_should_have_been_claimed(xizang: Walks) -> None:
    walk = xizang.dispatched(days="2")
    assert walk.clock.reminder == day("2026-09-20")
    assert "今日须提醒" not in kinds(walk, "2026-09-20")
    assert "今日须提醒" in kinds(walk, "2026-09-21")


def test_a_unit_that_has_not_claimed_is_not_asked_to_apply(xizang: Walks) -> None:
    assert "延期书面申请" not in kinds(xizang.dispatched(), "2026-10-30")


def test_reminded_on_the_last_working_day_before_due(both: Walks) -> None:
    walk = both.received()
    reminder, due = walk.clock.reminder, walk.clock.due
    assert "今日须提醒" not in kinds(walk, "2026-09-22")
    item = walk.items(reminder.isoformat())["今日须提醒"]
    assert (item.since, item.until) == (reminder, due)
    assert item.clause == ("第五条（四）" if both.is_x else "第十三条")
    assert "今日须提醒" in kinds(walk, due.isoformat())
    early = both.received().act("remind", "2026-09-22", to="赵局")
    assert "今日须提醒" in kinds(early, reminder.isoformat())
    assert "今日须提醒" not in kinds(
        early.act("remind", reminder.isoformat(), to="赵局"), reminder.isoformat()
    )


def test_in_tongliao_reminded_also_while_not_yet_published(both: Walks) -> None:
    for walk in (both.replied(), both.to_publish()):
        assert ("今日须提醒" in kinds(walk, walk.clock.reminder.isoformat())) is not both.is_x
    walk = both.published()
    assert "今日须提醒" not in kinds(walk, walk.clock.reminder.isoformat())


def test_a_reply_sent_back_is_not_in(both: Walks) -> None:
    walk = both.rework(both.replied(), "2026-09-28", "2026-10-09")
    assert "今日须提醒" in kinds(walk, "2026-10-08")
    assert "今日到期" in kinds(walk, "2026-10-09") and "逾期" in kinds(walk, "2026-10-10")


def test_overdue_since_the_day_after_due_working_day_or_not(both: Walks) -> None:
    walk = both.rework(both.replied(), "2026-09-28", "2026-09-30")
    item = walk.items("2026-10-01")["逾期"]
    assert (item.since, item.until, item.verb) == (day("2026-10-01"), None, "urge")
    assert "逾期" not in kinds(walk, "2026-09-30")


def test_in_xizang_an_overdue_case_asks_for_three_things(xizang: Walks) -> None:
    three = {"延期书面申请", "跟踪督办", "向网友解释"}
    walk = xizang.received()
    assert not three & kinds(walk, "2026-10-12")
    assert three <= kinds(walk, "2026-10-13")
    walk.act("supervise", "2026-10-13", to="教育局", ground="逾期")
    walk.act("contact", "2026-10-13", when="办前", channel="电话", result="已说明")
    assert three & kinds(walk, "2026-10-14") == {"延期书面申请"}
    xizang.extension(walk, "2026-10-14", "2")
    assert not three & kinds(walk, "2026-10-14")


def test_an_earlier_extension_does_not_stand_for_the_next(xizang: Walks) -> None:
    walk = xizang.grant(xizang.extension(xizang.received(), "2026-10-12", "1"), "2026-10-12")
    assert walk.clock.due == day("2026-10-13")
    assert "延期书面申请" in kinds(walk, "2026-10-14")


def test_an_application_that_says_the_citizen_was_told(xizang: Walks) -> None:
    walk = xizang.received()
    keys = {"days": "2", "reason": "复杂", "applicant": "赵局", "progress": "正在核实"}
    walk.act("apply-extension", "2026-10-13", **keys, citizen_told="yes")
    assert "向网友解释" not in kinds(walk, "2026-10-13")


def test_urged_without_result_two_working_days_after_service(both: Walks) -> None:
    walk = both.received().act("urge", "2026-10-14", to="教育局")
    assert "催办无果" not in kinds(walk, "2026-10-30")
    walk.act("serve", "2026-10-15", paper="urge")
    assert "催办无果" not in kinds(walk, "2026-10-16")
    item = walk.items("2026-10-19")["催办无果"]
    assert item.since == day("2026-10-19")
    assert item.clause == ("第五条（四）" if both.is_x else "第二十条")
    walk.act("supervise", "2026-10-19", to="教育局", ground="催办无果")
    assert "催办无果" not in kinds(walk, "2026-10-30")
    walk.act("urge", "2026-11-02", to="教育局").act("serve", "2026-11-02", paper="urge")
    assert "催办无果" in kinds(walk, "2026-11-04")
    assert "催办无果" not in kinds(both.reply(walk, "2026-11-05"), "2026-11-06")


def test_pressure_on_one_unit_is_not_pressure_on_the_next(both: Walks) -> None:
    walk = both.received().act("urge", "2026-10-14", to="教育局").act("serve", "2026-10-15", paper="urge")
    walk.act("change-units", "2026-10-16", lead="住建局", reason="久催不办").act("receive", "2026-10-16")
    assert "催办无果" not in kinds(walk, "2026-10-30")


def test_in_tongliao_published_on_the_day_the_reply_came(tongliao: Walks) -> None:
    item = tongliao.replied("2026-09-25").items("2026-09-25")["今日应公开"]
    assert (item.since, item.until, item.clause) == (day("2026-09-25"), day("2026-09-28"), "第十二条")
    assert tongliao.replied("2026-09-24").items()["今日应公开"].until == day("2026-09-24")
    assert "今日应公开" not in kinds(tongliao.published(), "2026-09-25")
    again = tongliao.reply(tongliao.rework(tongliao.replied(), "2026-09-28", "2026-09-30"), "2026-09-29")
    assert again.items()["今日应公开"].since == day("2026-09-29")


def test_a_private_reply_is_answered_and_not_published(both: Walks) -> None:
    walk = both.to_publish("no")
    item = walk.items("2026-09-25")["直接答复"]
    assert (item.verb, item.clause) == ("answer-privately", "第五条（三）" if both.is_x else "第十八条")
    assert not {"今日应公开", "待公开"} & kinds(walk, "2026-09-25")
    assert "直接答复" not in kinds(both.to_publish(), "2026-09-25")


def test_a_note_is_wanted_for_a_private_answer_only(tongliao: Walks) -> None:
    walk = tongliao.to_publish("no").act("answer-privately", "2026-09-25", by="孙科", channel="电话")
    assert walk.items()["公开说明"].blocking
    tongliao.reply(tongliao.rework(walk, "2026-09-28", "2026-09-30"), "2026-09-29")
    tongliao.review(walk, on="2026-09-29").act("publish", "2026-09-29")
    assert "公开说明" not in walk.items()
    assert walk.act("close", "2026-09-29").status == "待归档"


def test_unsigned_or_unstamped_replies_in_tongliao(tongliao: Walks) -> None:
    for flaw in ({"signer": "无"}, {"stamped": "no"}):
        walk = tongliao.reply(tongliao.received(), "2026-09-25", **flaw)
        item = walk.items()["补签补章"]
        assert not item.blocking and item.clause == "第十一条"
    assert "补签补章" not in tongliao.replied().items()


def test_gaps_in_the_register_of_units(tongliao: Walks) -> None:
    assert "承办单位信息不全" not in tongliao.dispatched().items()
    walk = tongliao.accepted().act("dispatch", "2026-09-19", lead="交通局")
    assert walk.items()["承办单位信息不全"].clause == "第十七条"


def test_in_xizang_those_who_left_contact_data_are_contacted_before_and_after(xizang: Walks) -> None:
    walk = xizang.received(citizen=REACHABLE)
    assert walk.items()["办前联系"].clause == "第五条（二）"
    assert "办前联系" not in xizang.received().items()
    walk.act("contact", "2026-09-22", when="办前", channel="电话", result="通")
    assert "办前联系" not in walk.items()
    xizang.review(xizang.reply(walk, "2026-09-25"))
    walk.act("sign-off", "2026-09-25", by="秘书长").act("publish", "2026-09-28")
    assert walk.items()["办后回访"].since == day("2026-09-28")
    walk.act("contact", "2026-09-29", when="办后", channel="电话", result="满意")
    assert "办后回访" not in walk.items()


def test_a_refused_message_asks_for_no_contact_after_the_work(xizang: Walks) -> None:
    walk = xizang.received(citizen=REACHABLE).act("refuse", ground="司法程序").act("close")
    assert set(walk.items()) == {"待归档"}


def test_after_work_done_again_the_citizen_is_asked_again(tongliao: Walks) -> None:
    walk = tongliao.published().act("follow-up", "2026-09-28", result="不满意")
    assert "满意度回访" not in walk.items()
    tongliao.reply(tongliao.rework(walk, "2026-09-28", "2026-09-30"), "2026-09-29")
    tongliao.review(walk, on="2026-09-29").act("publish", "2026-09-29")
    assert walk.items()["满意度回访"].since == day("2026-09-29")


def test_what_is_asked_of_the_office_waits_for_its_answer(both: Walks) -> None:
    kind = "退件待处理" if both.is_x else "退办待处理"
    walk = both.received(supporting="住建局").act("return", "2026-09-22", reason="无关", unit="住建局")
    assert walk.items()[kind].since == day("2026-09-22")
    both.extension(walk, "2026-09-23", "2")
    assert walk.items()["延期待批"].since == day("2026-09-23")
    both.reply(walk, "2026-09-25")
    assert kind not in walk.items() and "延期待批" in walk.items()
    assert "延期待批" not in both.grant(walk, "2026-09-28").items()


def test_a_waived_item_is_gone_but_comes_back_when_it_happens_anew(both: Walks) -> None:
    walk = both.received().act("waive", "2026-10-20", item="逾期", reason="已电话说明", by="主任")
    assert "逾期" not in walk.items("2026-10-21")
    (waived,) = [one for one in all_items(walk.situation("2026-10-21")) if one.kind == "逾期"]
    assert waived.closed_by == walk.last
    walk.act("change-units", "2026-10-21", lead="住建局", reason="调整").act("receive", "2026-10-21")
    assert "逾期" in walk.items("2026-11-20")


def test_a_waiver_lies_not_before_what_it_sets_aside(both: Walks) -> None:
    refused = both.received().refused("waive", "2026-09-22", item="逾期", reason="略", by="主任")
    assert refused.code == "date_before_previous"


def test_a_waiver_of_what_is_no_longer_open_does_not_break_a_correction(both: Walks) -> None:
    walk = both.received()
    reminder = walk.clock.reminder
    walk.today = reminder
    walk.act("waive", item="今日须提醒", reason="已当面说过", by="主任")
    walk.today = day("2026-11-23")
    walk.correct(walk.event_of("receive"), by="周科")
    assert walk.case.waivers[0].item == "今日须提醒" and walk.case.lead.received_by == "周科"


def test_nothing_is_open_on_what_is_archived_or_voided(both: Walks) -> None:
    from dataclasses import replace

    walk = both.closed()
    assert walk.act("archive").items() == {}
    voided = both.new()
    voided.case = replace(voided.case, voided=True)
    assert voided.items() == {}


@pytest.mark.parametrize("trigger", sorted(TRIGGERS))
def test_every_trigger_is_used(xizang: Walks, tongliao: Walks, trigger: str) -> None:
    rules = [*xizang.new().regulation.open_items, *tongliao.new().regulation.open_items]
    assert trigger in {rule.trigger for rule in rules}
