"""When a step may have happened."""

from __future__ import annotations

from typing import Any

import pytest

Walks = Any


def test_never_in_the_future(both: Walks) -> None:
    refused = both.accepted().refused("dispatch", "2026-11-24", lead="教育局")
    assert refused.code == "date_in_future" and "2026年11月24日" in refused.message
    assert both.accepted().act("dispatch", "2026-11-23", lead="教育局").status == "待签收"


def test_never_before_the_registration(both: Walks) -> None:
    for walk, action, keys in (
        (both.new(), "accept", {"category": "咨询"}),
        (both.new(), "contact", {"when": "办前", "channel": "电话", "result": "通"}),
        (both.received(), "remind", {"to": "教育局"}),
        (both.new(), "complained-of", {"kind": "投诉"}),
    ):
        refused = walk.refused(action, "2026-09-17", **keys)
        assert refused.code == "date_before_previous" and "收件" in refused.message


def test_what_depends_on_nothing_else_bears_any_day_from_then_on(both: Walks) -> None:
    walk = both.to_publish()
    walk.act("contact", "2026-09-18", when="办前", channel="电话", result="通")
    walk.act("remind", "2026-09-18", to="教育局").act("urge", "2026-09-18", to="教育局")
    walk.act("serve", "2026-09-18", paper="urge")
    assert walk.case.pressure[1].served_on is not None


@pytest.mark.parametrize(
    ("way", "action", "too_early", "keys"),
    [
        ("dispatched", "receive", "2026-09-18", {}),
        ("received", "return", "2026-09-20", {"reason": "无关"}),
        ("received", "change-units", "2026-09-18", {"lead": "住建局", "reason": "调整"}),
        ("replied", "pass-review", "2026-09-24", {"by": "审", "public": "yes"}),
        ("replied", "rework", "2026-09-24", {"ground": "其他", "due": "2026-09-28"}),
        ("to_publish", "publish", "2026-09-24", {}),
        ("published", "close", "2026-09-24", {}),
        ("closed", "archive", "2026-09-27", {}),
    ],
)
def test_never_before_the_step_it_depends_on(
    both: Walks, way: str, action: str, too_early: str, keys: dict[str, str]
) -> None:
    assert getattr(both, way)().refused(action, too_early, **keys).code == "date_before_previous"


def test_a_reply_comes_after_receipt_and_after_it_was_sent_back(both: Walks) -> None:
    keys = {"text": "答复", "signer": "赵局", "stamped": "yes", "handler": "孙科", "phone": "8230001"}
    assert both.received().refused("reply", "2026-09-20", **keys).code == "date_before_previous"
    walk = both.rework(both.replied(), "2026-09-28", "2026-09-30")
    assert walk.refused("reply", "2026-09-27", **keys).code == "date_before_previous"
    assert both.reply(walk, "2026-09-28").status == "待审核"
    assert both.dispatched().refused("reply", "2026-09-18", **keys).code == "date_before_previous"


def test_an_application_its_approvals_and_its_refusal_follow_each_other(both: Walks) -> None:
    walk = both.extension(both.received(), "2026-09-23", "2")
    level = both.levels(walk)[0]
    for action in ("approve-extension", "refuse-extension"):
        refused = walk.refused(action, "2026-09-22", level=level, by="主任")
        assert refused.code == "date_before_previous"
    fresh = both.received()
    asks = {"days": "2", "reason": "复杂", "applicant": "赵局", "progress": "正在核实"}
    assert fresh.refused("apply-extension", "2026-09-20", **asks).code == "date_before_previous"


def test_levels_follow_each_other_in_time(tongliao: Walks) -> None:
    walk = tongliao.extension(tongliao.received(), "2026-09-22", "2")
    walk.act("approve-extension", "2026-09-24", level="承办单位", by="赵局")
    refused = walk.refused("approve-extension", "2026-09-23", level="交办单位", by="主任")
    assert refused.code == "date_before_previous"


def test_a_return_is_answered_after_it_was_asked_for(both: Walks) -> None:
    walk = both.received().act("return", "2026-09-22", reason="无关")
    assert walk.refused("accept-return", "2026-09-21").code == "date_before_previous"
    assert walk.refused("refuse-return", "2026-09-21", reason="有关").code == "date_before_previous"
    walk.act("accept-return", "2026-09-24")
    assert walk.refused("dispatch", "2026-09-21", lead="住建局").code == "date_before_previous"
    assert walk.act("dispatch", "2026-09-24", lead="住建局").status == "待签收"


def test_a_supporting_unit_returns_what_it_has_been_given(both: Walks) -> None:
    """Its own dispatch counts, not the lead's receipt."""
    walk = both.received().act("change-units", "2026-09-24", supporting="住建局", reason="增加协办")
    refused = walk.refused("return", "2026-09-23", reason="无关", unit="住建局")
    assert refused.code == "date_before_previous"
    assert walk.act("return", "2026-09-24", reason="无关", unit="住建局").status == "办理中"


def test_a_refusal_is_told_after_it_was_decided_and_the_case_closed_after_that(both: Walks) -> None:
    keys = {"ground": "无法联系", "explanation": "说明", "suggestion": "建议"}
    walk = both.new().act("refuse", "2026-09-21", **keys)
    assert walk.refused("tell-refusal", "2026-09-20", channel="电话").code == "date_before_previous"
    assert walk.act("tell-refusal", "2026-09-24", channel="电话").refused("close", "2026-09-23").code == (
        "date_before_previous"
    )
    assert walk.act("close", "2026-09-24").status == "待归档"


def test_the_office_signs_what_was_reviewed(xizang: Walks) -> None:
    walk = xizang.reviewed(on="2026-09-26")
    for action, keys in (("sign-off", {}), ("decline-sign-off", {"reason": "再核"})):
        assert walk.refused(action, "2026-09-25", by="秘书长", **keys).code == "date_before_previous"
    walk.act("sign-off", "2026-09-28", by="秘书长")
    assert walk.refused("publish", "2026-09-27").code == "date_before_previous"


def test_a_note_stands_after_the_reply_it_speaks_of(tongliao: Walks) -> None:
    walk = tongliao.to_publish("no")
    assert walk.refused("post-note", "2026-09-24", text="说明").code == "date_before_previous"
    assert walk.act("post-note", "2026-09-25", text="说明").status == "待公开"


def test_what_the_citizen_thinks_of_an_answer_is_asked_after_it(both: Walks) -> None:
    walk = both.published()
    assert walk.refused("follow-up", "2026-09-24", result="满意").code == "date_before_previous"
    both.rework(walk, "2026-09-28", "2026-09-30")
    both.review(both.reply(walk, "2026-09-29"), on="2026-09-29")
    if both.is_x:
        walk.act("sign-off", "2026-09-29", by="秘书长")
    walk.act("publish", "2026-09-29")
    # What was said of the first answer may be entered late.
    assert walk.act("follow-up", "2026-09-25", result="不满意").case.follow_ups[-1].on.day == 25


def test_a_message_is_not_refused_before_a_unit_was_given_it(both: Walks) -> None:
    keys = {"ground": "无法联系", "explanation": "说明", "suggestion": "建议"}
    walk = both.received()
    assert walk.refused("refuse", "2026-09-18", **keys).code == "date_before_previous"
    assert walk.act("refuse", "2026-09-19", **keys).status == "不予受理"


def test_a_case_taken_up_again_is_screened_after_that(both: Walks) -> None:
    keys = {"ground": "无法联系", "explanation": "说明", "suggestion": "建议"}
    walk = both.new().act("refuse", "2026-09-21", **keys).act("reopen", "2026-09-24", reason="补充了材料")
    assert walk.refused("accept", "2026-09-23", category="咨询").code == "date_before_previous"
    assert walk.refused("refuse", "2026-09-23", **keys).code == "date_before_previous"
    assert walk.act("accept", "2026-09-24", category="咨询").status == "待交办"
