"""What superiors and supervisors want: trends, instructions, investigation, 督办 without result, transfer, 问责."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.domain.late_steps import late_steps

Walks = Any

FULL = {"violation": "有虚报办理结果的线索", "consequences": "网上转发，影响恶劣"}


def test_an_assessment_can_be_amended_and_a_trend_stays_on_the_desk(both: Walks) -> None:
    walk = both.accepted().act("assess", "2026-09-18", demand="有规定", trend="yes", note="多人反映")
    assert walk.case.assessment.demand == "有明确规定" and walk.items()["苗头性、倾向性问题"]
    walk.act("assess", "2026-09-20", demand="两可之间")
    told = walk.case.assessment
    assert (told.demand, told.trend, told.note) == ("两可之间", True, "多人反映")
    walk.act("assess", "2026-09-21", trend="no")
    assert "苗头性、倾向性问题" not in walk.items()
    assert walk.refused("assess", "2026-09-21").code == "missing_key"


def test_x_takes_trend_and_demand_from_its_second_article(xizang: Walks) -> None:
    walk = xizang.accepted().act("assess", "2026-09-18", trend="yes")
    assert walk.items()["苗头性、倾向性问题"].clause == "第二条"


def test_the_principal_leaders_instruction_blocks_closing_until_the_result_is_told(xizang: Walks) -> None:
    walk = xizang.received()
    walk.act("instruct", "2026-09-21", leader="主席", principal="yes", text="请督查室盯住。", rhythm="每周")
    item = walk.items("2026-09-22")["主要领导批示待反馈"]
    assert (item.blocking, item.clause, item.until) == (True, "第五条（三）", date(2026, 9, 28))
    assert walk.items("2026-09-22")["列为政府督办事项"].clause == "第五条（三）"
    walk.act("supervise", "2026-09-22", to="教育局", ground="主要领导批示")
    assert "列为政府督办事项" not in walk.items("2026-09-22")
    # A word on the way keeps the rhythm, but it is no result.
    walk.act("feedback", "2026-09-23", to="主席", text="正在核实。")
    assert walk.items("2026-09-23")["主要领导批示待反馈"].until == date(2026, 9, 30)
    xizang.review(xizang.reply(walk, "2026-09-25"))
    walk.act("sign-off", "2026-09-25", by="秘书长").act("publish", "2026-09-25")
    refused = walk.refused("close", "2026-09-28")
    assert (refused.code, refused.clause) == ("open_items_remain", "第五条（三）")
    waived = walk.refused("waive", "2026-09-28", item="主要领导批示待反馈", reason="免", by="主任")
    assert waived.code == "open_items_remain"
    walk.act("feedback", "2026-09-28", to="主席", text="已办结。")
    assert walk.act("close", "2026-09-28").act("archive", "2026-09-28").status == "已归档"


def test_an_instruction_after_closing_still_stops_the_archive(xizang: Walks) -> None:
    walk = xizang.closed().act(
        "instruct", "2026-09-28", leader="主席", principal="yes", text="知道了结果再归档。"
    )
    assert walk.refused("archive", "2026-09-28").code == "open_items_remain"
    walk.act("feedback", "2026-09-29", to="主席", text="结果如下。")
    assert walk.act("archive", "2026-09-29").status == "已归档"


def test_other_leaders_and_t_are_only_advised(both: Walks) -> None:
    principal = "no" if both.is_x else "yes"
    walk = both.published().act("instruct", "2026-09-26", leader="副主席", principal=principal, text="阅。")
    item = walk.items("2026-09-27")["批示待反馈"]
    assert not item.blocking and item.since == date(2026, 9, 26)
    assert walk.act("close", "2026-09-28").status == "待归档"


def test_each_of_several_leaders_hears_of_it(xizang: Walks) -> None:
    walk = xizang.published()
    walk.act("instruct", "2026-09-26", leader="主席", principal="yes", text="一")
    walk.act(
        "instruct", "2026-09-27", leader="王副主席", principal="no", text="二", feedback_due="2026-10-20"
    )
    walk.act("feedback", "2026-09-28", to="自治区主席", text="结果")
    items = walk.items("2026-09-28")
    assert "主要领导批示待反馈" not in items and items["批示待反馈"].until == date(2026, 10, 20)


def test_a_monthly_rhythm_ends_on_the_last_day_of_a_short_month(tongliao: Walks) -> None:
    walk = tongliao.accepted(received="2026-01-05").beside()
    walk.act("instruct", "2026-01-31", leader="市长", principal="yes", text="每月报", rhythm="每月")
    assert walk.items("2026-02-01")["批示待反馈"].until == date(2026, 2, 28)


def test_there_is_no_feedback_without_an_instruction(both: Walks) -> None:
    refused = both.accepted().refused("feedback", "2026-09-19", to="主席", text="结果")
    assert refused.code == "wrong_state" and "批示" in refused.message
    assert (
        both.accepted()
        .refused("instruct", "2026-09-19", leader="市长", principal="yes", text="阅", rhythm="每旬")
        .code
        == "unknown_value"
    )


def test_what_moves_many_is_investigated_before_it_is_published(xizang: Walks) -> None:
    walk = xizang.to_publish().act("mark-major", "2026-09-25", reason="多人转发")
    item = walk.items("2026-09-25")["联合调研"]
    assert (item.blocking, item.clause) == (True, "第五条（三）")
    refused = walk.refused("publish", "2026-09-25")
    assert (refused.code, refused.clause) == ("open_items_remain", "第五条（三）")
    walk.act(
        "investigate", "2026-09-26", by="处长", units="督查室、教育局", findings="属实", conclusion="整改"
    )
    assert walk.act("publish", "2026-09-26").status == "已回复"


def test_a_reply_sent_back_twice_calls_for_supervision(both: Walks) -> None:
    walk = both.rework(both.replied(), "2026-09-25", "2026-10-09")
    assert "两次退回重办，宜督办" not in walk.items("2026-09-25")
    walk = both.rework(both.reply(walk, "2026-09-28"), "2026-09-28", "2026-10-09")
    assert walk.items("2026-09-28")["两次退回重办，宜督办"].verb == "supervise"
    walk.act("supervise", "2026-09-28", to="教育局", ground="两次退回")
    assert "两次退回重办，宜督办" not in walk.items("2026-09-28")


def test_a_dissatisfied_citizen_proposes_a_rework(both: Walks) -> None:
    walk = both.published().act("follow-up", "2026-09-28", result="不满意", solved="no", note="没解决")
    assert walk.items("2026-09-28")["不满意，宜退回重办"].verb == "rework"
    walk.act("follow-up", "2026-09-29", result="基本满意")
    assert "不满意，宜退回重办" not in walk.items("2026-09-29")
    assert walk.case.follow_ups[0].solved is False


def pressed(tongliao: Walks) -> Any:
    walk = tongliao.received()
    walk.act("urge", "2026-10-09", to="教育局", channel="传真").act("serve", "2026-10-09", paper="urge")
    return walk.act("supervise", "2026-10-13", to="教育局", ground="催办无果", new_due="2026-10-15")


def test_supervision_without_result_proposes_a_transfer(tongliao: Walks) -> None:
    walk = pressed(tongliao)
    assert "督办无果" not in walk.items("2026-10-16")
    item = walk.items("2026-10-19")["督办无果"]
    assert (item.verb, item.clause, item.since) == ("transfer", "第二十条", date(2026, 10, 19))


def test_a_transfer_rests_on_pressure_clues_consequences_and_a_decision(tongliao: Walks) -> None:
    keys = {"to": "市纪委监委", "decided_by": "中心主任", "reported_on": "2026-10-20", **FULL}
    walk = tongliao.received()
    refused = walk.refused("transfer", "2026-10-20", **keys)
    assert (refused.code, refused.clause) == ("wrong_state", "第二十条")
    assert "催办、督办" in refused.message
    walk = pressed(tongliao)
    for name in keys:
        less = {one: value for one, value in keys.items() if one != name}
        assert walk.refused("transfer", "2026-10-20", **less).code == "missing_key"
    undecided = walk.refused("transfer", "2026-10-20", **{**keys, "decided_by": "无"})
    assert (undecided.code, undecided.clause) == ("no_decision", "第二十条")
    assert walk.refused("transfer", "2026-10-20", **{**keys, "violation": "无"}).code == "missing_key"
    later = {**keys, "reported_on": "2026-12-01"}
    assert walk.refused("transfer", "2026-10-20", **later).code == "date_in_future"
    operator = frozenset(("operator",))
    assert walk.refused("transfer", "2026-10-20", operator, **keys).code == "not_allowed_for_role"
    walk.act("transfer", "2026-10-20", **keys)
    assert walk.case.transfers[0].decided_by == "中心主任" and walk.case.pressure[-1].number
    assert "督办无果" not in walk.items("2026-10-20")
    assert walk.items("2026-10-20")["专项督办"].clause == "第二十条"
    walk.act("special-supervision", "2026-10-21", by="市政府督查室", text="已列入专项督办。")
    assert "专项督办" not in walk.items("2026-10-21")
    assert late_steps(walk.case, walk.regulation, walk.calendar) == {}


def test_a_transfer_reported_later_than_the_same_day_is_marked(tongliao: Walks) -> None:
    keys = {"to": "市纪委监委", "decided_by": "中心主任", "reported_on": "2026-10-22", **FULL}
    walk = pressed(tongliao).act("transfer", "2026-10-20", **keys)
    (late,) = late_steps(walk.case, walk.regulation, walk.calendar).values()
    assert "10月22日" in late and "第二十条" in late


def test_there_is_no_special_supervision_without_a_transfer(tongliao: Walks) -> None:
    assert pressed(tongliao).refused("special-supervision", "2026-10-20", by="督查室", text="一").code == (
        "wrong_state"
    )


def test_x_knows_no_transfer(xizang: Walks) -> None:
    assert xizang.received().refused("transfer", "2026-10-20").code == "wrong_state"


@pytest.mark.parametrize("role", ["operator", "viewer"])
def test_only_reviewers_hold_to_account(both: Walks, role: str) -> None:
    ground = "行政不作为" if both.is_x else "严重后果"
    walk = both.received()
    keys = {"ground": ground, "by": "市政府"}
    assert walk.refused("hold-accountable", "2026-10-20", frozenset((role,)), **keys).code == (
        "not_allowed_for_role"
    )
    assert walk.act("hold-accountable", "2026-10-20", **keys).case.accountability[0].by == "市政府"
    assert walk.regulation.actions["hold-accountable"].seen_by == ("reviewer", "viewer")
    assert walk.refused("hold-accountable", "2026-10-20", ground="迟到", by="市政府").code == "unknown_value"


def test_a_word_on_the_way_does_for_another_leader_until_there_is_a_result(tongliao: Walks) -> None:
    walk = tongliao.received().act("instruct", "2026-09-21", leader="副市长", principal="no", text="阅处。")
    walk.act("feedback", "2026-09-22", to="副市长", text="已交教育局核实。")
    assert "批示待反馈" not in walk.items("2026-09-22")
    tongliao.reply(walk, "2026-09-25")
    assert "批示待反馈" in walk.items("2026-09-25")


def test_a_return_that_nobody_signed_and_an_answer_without_telephone_are_pointed_out(tongliao: Walks) -> None:
    walk = tongliao.received().act("return", "2026-09-21", reason="不属职责")
    assert walk.items("2026-09-21")["退办未经分管领导签字"].clause == "第十五条"
    signed = tongliao.received().act("return", "2026-09-21", reason="不属职责", signer="钱副局")
    assert "退办未经分管领导签字" not in signed.items("2026-09-21")
    assert tongliao.published().items("2026-09-25")["公开答复没有联系电话"].clause == "第十二条"
    walk = tongliao.to_publish().act(
        "publish", "2026-09-25", text="已修好。经办人孙科，电话（0475）8230001。"
    )
    assert "公开答复没有联系电话" not in walk.items("2026-09-25")
