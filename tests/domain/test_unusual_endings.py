"""Endings off the straight way: explained, merged into another case, sent back up, taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop_app.domain.case import Complaint

Walks = Any


def test_what_cannot_be_solved_is_explained_with_consent(both: Walks) -> None:
    walk = both.explained()
    assert walk.status == "解释办结" and walk.case.explanation.consent_by == "中心主任"
    assert walk.case.lead.how_ended == "解释办结" and not walk.clock.overdue_on(date(2026, 11, 23))
    assert walk.act("close", "2026-09-28").act("archive", "2026-09-28").status == "已归档"


def test_t_wants_the_consent_of_the_assigning_office(tongliao: Walks) -> None:
    refused = tongliao.received().refused("explain", "2026-09-25", text="已说明")
    assert (refused.code, refused.clause) == ("missing_key", "第十八条")
    above = tongliao.received(source="主席板块")
    refused = above.refused("explain", "2026-09-25", consent_by="中心主任", text="已说明")
    assert (refused.code, refused.clause) == ("missing_key", "第十八条")
    keys = {"consent_by": "中心主任", "upstream_consent_by": "政研室", "text": "已说明"}
    assert above.act("explain", "2026-09-25", **keys).status == "解释办结"


def test_only_what_came_from_above_goes_back_or_is_reported_there(tongliao: Walks) -> None:
    ordinary = tongliao.accepted()
    refused = ordinary.refused("return-upward", "2026-09-19", reason="不属本市")
    assert (refused.code, refused.clause) == ("wrong_state", "第三条")
    walk = tongliao.sent_up()
    assert walk.status == "已退回上级" and walk.case.returned_upward.reason == "不属本市管辖"
    assert walk.act("close", "2026-09-21").act("archive", "2026-09-21").status == "已归档"


def test_a_result_is_reported_up_instead_of_being_published_or_beside_it(tongliao: Walks) -> None:
    walk = tongliao.to_publish(source="主席板块")
    item = walk.items("2026-09-25")["上报政研室"]
    assert (item.verb, item.clause) == ("report-up", "第三条")
    walk.act("report-up", "2026-09-25", to="自治区政府政研室", text="办理结果")
    assert walk.status == "已回复" and walk.case.answered_on == date(2026, 9, 25)
    assert "上报政研室" not in walk.items("2026-09-25")
    walk.act("publish", "2026-09-27")
    assert walk.status == "已回复" and len(walk.case.publications) == 1
    assert walk.refused("publish", "2026-09-28").code == "wrong_state"
    beside = tongliao.published(source="主席板块").act("report-up", "2026-09-26", to="政研室")
    assert beside.status == "已回复" and beside.case.reports_up


def test_what_is_public_is_not_published_again(tongliao: Walks) -> None:
    refused = tongliao.published().refused("publish", "2026-09-28")
    assert (refused.code, refused.clause) == ("wrong_state", "第十二条")


def test_the_superiors_date_holds_the_units_limit(tongliao: Walks) -> None:
    given = {"handed_down_by": "政研室", "handed_down_on": "2026-09-17", "upstream_due": "2026-09-24"}
    walk = tongliao.new(source="主席板块").act("accept", "2026-09-18", category="咨询", **given)
    walk.act("dispatch", "2026-09-18", lead="教育局").act("receive", "2026-09-21")
    assert (walk.clock.due, walk.clock.reminder) == (date(2026, 9, 24), date(2026, 9, 23))
    # 政研室 agrees to the extension, so it runs from its own date.
    tongliao.grant(tongliao.extension(walk, "2026-09-22", "2"), "2026-09-22")
    assert walk.clock.due == date(2026, 9, 29)  # 9月25日至27日中秋节放假


def test_a_superiors_date_already_past_makes_the_case_due_on_receipt(tongliao: Walks) -> None:
    walk = tongliao.new(source="主席板块").act("accept", "2026-09-18", category="咨询")
    assert "补记上级交办日期和时限" in walk.items("2026-09-18")
    walk.act("assess", "2026-09-18", handed_down_on="2026-09-01", upstream_due="2026-09-10")
    assert "补记上级交办日期和时限" not in walk.items("2026-09-18")
    walk.act("dispatch", "2026-09-18", lead="教育局").act("receive", "2026-09-21")
    assert walk.clock.due == date(2026, 9, 21)
    future = walk.refused("assess", "2026-09-21", handed_down_on="2026-12-01")
    assert future.code == "date_in_future"


def test_a_merged_case_has_no_clock_and_waits_for_the_other(both: Walks) -> None:
    walk = both.merged()
    assert walk.status == "并案办理" and walk.case.linked_to == "2026-0002"
    assert walk.situation().clock is None and walk.items()["随主件答复"].kind == "随主件答复"
    walk.act("answer-with", "2026-09-28", of="2026-0002", channel="公开")
    assert walk.status == "已回复" and walk.case.answered_on == date(2026, 9, 28)
    assert walk.act("close", "2026-09-28").act("archive", "2026-09-28").status == "已归档"


def test_a_merged_case_is_taken_from_the_unit_that_had_it(both: Walks) -> None:
    walk = both.received().beside(both.dispatched()).act("link-duplicate", "2026-09-22", of="2026-0002")
    assert walk.case.lead.how_ended == "并案" and walk.situation().clock is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"number": "2026-0001"}, "自己"),
        ({"voided": True}, "作废"),
        ({"linked_to": "2026-0009"}, "2026-0009"),
    ],
)
def test_what_a_case_cannot_be_merged_into(both: Walks, change: dict[str, Any], said: str) -> None:
    walk = both.accepted().beside(both.dispatched())
    walk.others["2026-0002"] = replace(walk.others["2026-0002"], **change)
    refused = walk.refused("link-duplicate", "2026-09-19", of="2026-0002")
    assert refused.code == "unknown_value" and said in refused.message


def test_neither_into_a_refused_case_nor_while_others_are_merged_into_it(both: Walks) -> None:
    refused = both.new().act("refuse", "2026-09-18", ground="无法联系", not_told_reason="无法联系")
    walk = both.accepted().beside(refused)
    assert walk.refused("link-duplicate", "2026-09-19", of="2026-0002").code == "unknown_value"
    walk = both.accepted().beside(both.dispatched())
    walk._record("linked", date(2026, 9, 19), {"number": "2026-0003"})
    walk.case = walk.folded()
    assert walk.refused("link-duplicate", "2026-09-19", of="2026-0002").code == "unknown_value"
    assert walk.refused("link-duplicate", "2026-09-19", of="2026-0404").code == "unknown_case"


def test_an_accusation_is_not_merged_into_what_the_accused_holds(both: Walks) -> None:
    walk = both.accepted().act("complained-of", "2026-09-19", kind="控告检举", unit="教育局")
    walk.beside(both.received())
    refused = walk.refused("link-duplicate", "2026-09-19", of="2026-0002")
    assert refused.code == "unit_complained_of"
    assert refused.clause == ("第六条" if both.is_x else None)


def test_what_linked_cases_accuse_binds_the_main_one_too(both: Walks) -> None:
    walk = both.accepted()
    bound = replace(walk.situation(), linked_complaints=(Complaint(1, "控告检举", "甲市教育局", ""),))
    walk.situation = lambda today=None: bound
    assert walk.refused("dispatch", "2026-09-19", lead="一中").code == "unit_complained_of"


def test_a_refused_message_is_screened_again(both: Walks) -> None:
    walk = both.new().act("refuse", "2026-09-18", ground="无法联系", not_told_reason="无法联系")
    walk.act("reopen", "2026-09-20", reason="又联系上了")
    assert walk.status == "待初审" and walk.case.refusal is None
    assert walk.act("accept", "2026-09-21", category="咨询").status == "待交办"
    early = both.new().act("refuse", "2026-09-18", ground="无法联系", not_told_reason="无法联系")
    assert early.refused("reopen", "2026-09-17", reason="日期不对").code == "date_before_previous"


def test_an_archived_case_begins_anew_with_a_clock_of_its_own(both: Walks) -> None:
    walk = both.closed().act("archive", "2026-09-28").act("reopen", "2026-10-09", reason="问题又出现")
    assert walk.status == "待交办" and walk.situation().clock is None and walk.case.reply_in is None
    assert walk.refused("dispatch", "2026-10-08", lead="教育局").code == "date_before_previous"
    walk.act("dispatch", "2026-10-09", lead="教育局").act("receive", "2026-10-12")
    assert walk.clock.start == date(2026, 10, 12) and walk.clock.running
    both.review(both.reply(walk, "2026-10-14"), on="2026-10-14")
    if both.is_x:
        walk.act("sign-off", "2026-10-14", by="秘书长")
    walk.act("publish", "2026-10-14")
    assert walk.act("close", "2026-10-15").act("archive", "2026-10-15").status == "已归档"
    assert len(walk.case.publications) == 2


def test_an_archived_case_may_be_opened_for_additions_only(both: Walks) -> None:
    walk = both.closed().act("archive", "2026-09-28")
    walk.act("reopen", "2026-10-09", reason="补归一份批示", to="待归档")
    assert walk.status == "待归档" and walk.case.archived_on is None
    assert walk.refused("rework", "2026-10-09", ground="答非所问", due="2026-10-12").code == "wrong_state"
    assert walk.act("archive", "2026-10-10").case.archived_on == date(2026, 10, 10)


def test_a_case_is_taken_up_again_only_where_the_regulation_says(both: Walks) -> None:
    walk = both.closed().act("archive", "2026-09-28")
    assert walk.refused("reopen", "2026-10-09", reason="一", to="办理中").code == "unknown_value"
    assert walk.refused("reopen", "2026-10-09").code == "missing_key"
    assert both.received().refused("reopen", "2026-10-09", reason="一").code == "wrong_state"


def test_a_sign_off_taken_back_leaves_nothing_of_itself(xizang: Walks) -> None:
    walk = xizang.reviewed().act("sign-off", "2026-09-25", by="秘书长", opinion="同意。")
    assert walk.case.signed_off_opinion == "同意。"
    xizang.rework(walk, "2026-09-25", "2026-09-30")
    assert (walk.case.signed_off_on, walk.case.signed_off_by, walk.case.signed_off_opinion) == (None, "", "")
