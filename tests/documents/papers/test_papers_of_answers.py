"""What the citizen is told, what goes public and who agreed."""

from __future__ import annotations

import dataclasses

import pytest

from desktop_app.documents.papers.approval import approval_facts, approval_values
from desktop_app.documents.papers.explanation import explanation_facts, explanation_values
from desktop_app.documents.papers.follow_up import follow_up_facts, follow_up_values
from desktop_app.documents.papers.private_answer import private_answer_facts, private_answer_values
from desktop_app.documents.papers.public_reply import public_reply_facts, public_reply_values
from desktop_app.documents.papers.refusal import refusal_facts, refusal_values
from desktop_app.documents.papers.words import BY_HAND
from desktop_app.domain.messages import Citizen, Message
from tests.documents.paper_cases import BARE, T, X, paper_source, source_of, steps_to


def test_a_refusal_names_its_ground_its_article_and_the_message() -> None:
    values = refusal_values(refusal_facts(paper_source("refusal", T)))
    assert values["网民姓名"] == "刘某某"
    assert values["来件说明"] == (
        "您于2026年9月21日 08:05在人民网领导留言板的留言《某小区二次供水水压不足，高层住户早晚停水》"
        "（留言编号18734221）已收到。"
    )
    assert values["不予受理依据"] == (
        "《通辽市人民网地方领导留言板市长板块“民盼通办”工作办法（暂行）》第五条"
    )
    assert (values["告知方式"], values["告知日期"], values["未告知原因"]) == (
        "留言板回复",
        "2026年9月23日",
        "",
    )


def test_a_refusal_that_was_not_told_says_why_and_names_no_stranger() -> None:
    values = refusal_values(refusal_facts(paper_source("refusal", T, BARE)))
    assert (values["未告知原因"], values["告知方式"], values["网民姓名"]) == ("无法联系", "", "网民")
    assert values["来件说明"] == "您在人民网领导留言板的留言《无标题》已收到。"
    steps = [("refuse", "2026-09-22", {"ground": "重复", "duplicate_of": "2026-0301"})]
    assert refusal_values(refusal_facts(source_of("refusal", X, steps)))["重复于"] == (
        "与已登记的2026-0301号留言重复"
    )


def test_a_direct_answer_is_kept_word_for_word_though_it_names_the_citizen() -> None:
    values = private_answer_values(private_answer_facts(paper_source("private-answer", T)))
    assert "您留的电话13800005678已核对" in str(values["答复内容"])
    assert (values["不宜公开理由"], values["公开说明日期"]) == ("涉及个人隐私", "2026年10月8日")


def test_where_no_words_were_written_down_the_reply_was_what_was_told() -> None:
    steps = [
        *steps_to("private-answer", X)[:-2],
        ("answer-privately", "2026-10-08", {"by": "孙科", "channel": "电话"}),
    ]
    values = private_answer_values(private_answer_facts(source_of("private-answer", X, steps)))
    assert str(values["答复内容"]).startswith("经核实，该小区")


def test_an_explanation_names_who_above_consented_only_where_one_did() -> None:
    values = explanation_values(explanation_facts(paper_source("explanation", T)))
    assert (values["同意人"], values["上级同意人"]) == ("中心主任", "")
    steps = [
        *steps_to("explanation", T)[:-1],
        (
            "explain",
            "2026-09-30",
            {"text": "已说明", "consent_by": "主任", "upstream_consent_by": "政研室李处"},
        ),
    ]
    assert explanation_values(explanation_facts(source_of("explanation", T, steps)))["上级同意人"] == (
        "上级单位同意人：政研室李处"
    )


def test_the_approver_sees_to_the_letter_what_goes_public() -> None:
    facts = approval_facts(paper_source("approval", X))
    values = approval_values(facts)
    assert values["拟公开稿"] == "经核实，该小区二次供水设备的两台水泵已更换，水压于9月29日恢复正常。"
    assert (values["审定栏名"], values["审定意见"], values["审定人"]) == ("审定意见", "同意。", "秘书长")
    private = approval_values(
        dataclasses.replace(facts, public=False, public_text="", private_reason="涉及个人隐私")
    )
    assert (private["拟公开稿"], private["是否公开"]) == ("（不公开）", "□是　√否")


def test_where_nobody_signs_off_there_is_a_place_for_the_offices_leader() -> None:
    values = approval_values(approval_facts(paper_source("approval", T)))
    assert (values["审定栏名"], values["审定意见"], values["审定日期"]) == ("负责人意见", "", BY_HAND)


def test_points_that_were_looked_at_are_ticked_and_an_earlier_refusal_is_told() -> None:
    review = {"by": "李建国", "public": "yes", "checks": "主要负责人审签并盖章"}
    steps = [*steps_to("approval", T)[:-1], ("pass-review", "2026-09-30", review)]
    ticks = str(approval_values(approval_facts(source_of("approval", T, steps)))["审核要点"]).splitlines()
    assert "√ 主要负责人审签并盖章" in ticks and sum(line.startswith("□") for line in ticks) == 3
    declined = ("decline-sign-off", "2026-10-08", {"by": "秘书长", "reason": "措辞不当"})
    again = [*steps_to("approval", X)[:-1], declined, ("pass-review", "2026-10-09", {**review, "checks": ""})]
    values = approval_values(approval_facts(source_of("approval", X, again)))
    assert values["此前未予审定"] == "2026年10月8日秘书长未予审定：措辞不当"
    assert values["审定意见"] == ""


def test_the_unit_s_reply_is_covered_for_the_approver_but_its_telephone_stands() -> None:
    steps = [
        *steps_to("approval", T)[:3],
        ("reply", "2026-09-30", {"text": "刘某某（13800005678）反映的已办，电话0475-8230001。", "phone": "0475-8230001"}),
        ("pass-review", "2026-09-30", {"by": "李", "public": "yes"}),
    ]  # fmt: skip
    reply = str(approval_values(approval_facts(source_of("approval", T, steps)))["回复意见"])
    assert "刘某某" not in reply and "13800005678" not in reply and "0475-8230001" in reply


def test_what_was_published_is_printed_to_the_letter() -> None:
    steps = [
        *steps_to("reply", T)[:-1],
        ("publish", "2026-10-08", {"text": "公开的就是这几个字。", "place": "留言板"}),
    ]
    values = public_reply_values(public_reply_facts(source_of("reply", T, steps)))
    assert values["公开答复"] == "公开的就是这几个字。"
    assert (values["公开日期"], values["公开位置"]) == ("2026年10月8日", "留言板")
    assert values["公开标题"] == "关于“某小区二次供水水压不足，高层住户早晚停水”网民留言的答复"
    assert (values["经办人"], values["经办人电话"]) == ("孙科", "0475-8230001")


def test_a_second_text_is_a_supplement() -> None:
    steps = [
        *steps_to("reply", T),
        ("rework", "2026-10-09", {"ground": "答非所问", "due": "2026-10-12"}),
        ("reply", "2026-10-10", {"text": "补充说明维修基金。"}),
        ("pass-review", "2026-10-10", {"by": "李建国", "public": "yes"}),
    ]
    values = public_reply_values(public_reply_facts(source_of("reply", T, steps)))
    assert values["公开答复"] == "补充说明维修基金。"
    assert str(values["公开标题"]).endswith("网民留言的补充答复")


def test_the_public_title_covers_who_wrote() -> None:
    message = Message("刘某某反映停水，电话13800005678", "停水", Citizen("刘某某", "13800005678"))
    source = source_of("reply", T, steps_to("reply", T), message)
    title = str(public_reply_values(public_reply_facts(source))["公开标题"])
    assert "刘某某" not in title and "13800005678" not in title


def test_where_the_unit_gave_no_handler_the_register_does() -> None:
    steps = [*steps_to("reply", X, BARE)[:-2], ("reply", "2026-09-30", {"text": "已办"}),
             ("pass-review", "2026-09-30", {"by": "李", "public": "yes"})]  # fmt: skip
    values = public_reply_values(public_reply_facts(source_of("reply", X, steps)))
    assert (values["经办人"], values["经办人电话"]) == ("旺堆", "0891-6811111")


@pytest.mark.parametrize(("solved", "words"), [("yes", "√是　□否"), ("no", "□是　√否"), ("", "□是　□否")])
def test_a_follow_up_ticks_the_answer_given(solved: str, words: str) -> None:
    asked = {"result": "基本满意", **({"solved": solved} if solved else {})}
    steps = [*steps_to("follow-up", T)[:-1], ("follow-up", "2026-10-12", asked)]
    values = follow_up_values(follow_up_facts(source_of("follow-up", T, steps)))
    assert values["满意度"] == "□满意　√基本满意　□不满意　□未联系上"
    assert values["是否解决"] == words
