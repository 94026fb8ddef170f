"""`liuyan show`: the chain of evidence, ratings, ties between cases, and what only some may read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.offices import Office

MARK = "（仅审核、领导可见）"


def link(case: Any, kind: str) -> Any:
    return next(one for one in case["evidence"] if one["kind"] == kind)


def event(case: Any, action: str) -> Any:
    return next(one for one in case["events"] if one["action"] == action)


def test_the_chain_of_evidence_tells_numbers_addressees_and_service(both: Office) -> None:
    number = both.received()
    urged = both.act(number, "urge", "2026-10-20", to="甲市教育局张局")
    both.act(number, "serve", "2026-10-20", paper="urge", manner="当面", received_by="韦科员")
    case = both.show(number)
    assert [one["kind"] for one in case["evidence"]] == ["dispatch", "receive", "urge"]
    urge = link(case, "urge")
    assert (urge["document"], urge["to"]) == (urged["document"], "甲市教育局张局")
    assert urge["served"]["on"] == "2026-10-20"
    assert (urge["served"]["manner"], urge["served"]["received_by"]) == ("当面", "韦科员")
    assert link(case, "dispatch")["served"]["manner"] == "签收"


def test_every_day_of_the_count_is_told(both: Office) -> None:
    case = both.show(both.received())
    assert case["days"][-1]["date"] == case["due"]
    counted = [one["number"] for one in case["days"] if one["number"] is not None]
    assert counted == list(range(1, len(counted) + 1))
    assert all(one["why"] for one in case["days"])


def test_accountability_is_read_by_reviewers_and_leaders_only(both: Office) -> None:
    number = both.received()
    ground = {"tongliao-2023": "逾期办理", "xizang-2017": "行政不作为"}[both.regulation]
    both.act(number, "hold-accountable", user="李审核", ground=ground, by="市政府", note="约谈分管领导")
    for user in ("李审核", "钱领导"):
        told = event(both.ok("show", number, user=user), "hold-accountable")
        assert told["keys"] == {"ground": ground, "by": "市政府", "note": "约谈分管领导"}
        assert told["hidden"] is False
    answer = both.call("show", number, user="周经办")
    told = event(answer.document, "hold-accountable")
    assert told["hidden"] is True and set(told["keys"].values()) == {MARK}
    assert "约谈" not in answer.out
    assert "约谈" not in both.call("show", number, "--reveal", "--reason", "核对", user="周经办").out


@pytest.mark.parametrize(("flag", "automatic"), [("是", True), ("否", False)])
def test_ratings_of_the_board_are_kept_apart_from_automatic_praise(
    tongliao: Office, flag: str, automatic: bool
) -> None:
    columns = {
        "解决程度": "5",
        "满意程度": "满意",
        "是否自动好评": flag,
        "评价内容": "请拨打 13904750001 谢谢",
    }
    rating = tongliao.show(tongliao.message(**columns))["ratings"]
    assert (rating["level"], rating["automatic"], rating["satisfaction"]) == (5, automatic, "满意")
    assert "13904750001" not in rating["words"]


def test_linked_cases_name_each_other(both: Office) -> None:
    main, copy = both.received(), both.accepted()
    both.act(copy, "link-duplicate", of=main)
    assert both.show(copy)["linked_to"] == main
    assert both.show(main)["linked"] == [copy]
    assert f"并入 {main}" in both.call("show", copy, json_wanted=False).out
