"""What was written with a step stays with what the step made: the papers print it word for word."""

from __future__ import annotations

from datetime import date
from typing import Any

Walks = Any


def test_a_return_keeps_its_reason_its_basis_and_the_offices_answer(both: Walks) -> None:
    walk = both.received().act(
        "return", "2026-09-21", reason="不属职责", basis="三定方案第二条", signer="钱副局"
    )
    walk.act("refuse-return", "2026-09-21", reason="供水属住建")
    (request,) = walk.case.lead.return_requests
    assert (request.reason, request.basis, request.answer) == ("不属职责", "三定方案第二条", "供水属住建")
    walk.act("return", "2026-09-22", reason="仍不属职责").act("accept-return", "2026-09-22", reason="同意")
    assert walk.case.lead.return_requests[-1].answer == "同意"


def test_an_extension_keeps_why_how_far_and_what_each_level_said(both: Walks) -> None:
    walk = both.received().act(
        "apply-extension", "2026-09-24", days="2", reason="待第三方检测", applicant="赵局", progress="已送检"
    )
    levels = both.levels(walk)
    for level in levels[:-1]:
        walk.act("approve-extension", "2026-09-24", level=level, by="赵局", opinion="同意报批")
    walk.act("refuse-extension", "2026-09-25", level=levels[-1], by="主任", opinion="按期办结")
    (extension,) = walk.case.lead.extensions
    assert (extension.reason, extension.progress) == ("待第三方检测", "已送检")
    assert [one.opinion for one in extension.approvals] == ["同意报批"] * (len(levels) - 1)
    assert (extension.refusal.level, extension.refusal.by, extension.refusal.opinion) == (
        levels[-1], "主任", "按期办结",
    )  # fmt: skip
    assert extension.refusal.on == extension.decided_on == date(2026, 9, 25)


def test_a_reply_sent_back_keeps_what_was_wrong_with_it(both: Walks) -> None:
    walk = both.replied().act(
        "rework", "2026-09-25", ground="答非所问", due="2026-09-28", opinion="请逐项答复"
    )
    assert walk.case.lead.reworks[0].opinion == "请逐项答复"


def test_what_was_declined_is_remembered_when_it_comes_up_again(xizang: Walks) -> None:
    walk = xizang.reviewed().act("decline-sign-off", "2026-09-26", by="秘书长", reason="措辞不当")
    xizang.review(walk, on="2026-09-27")
    (declined,) = walk.case.declined
    assert (declined.by, declined.on, declined.reason) == ("秘书长", date(2026, 9, 26), "措辞不当")
