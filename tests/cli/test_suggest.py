"""`liuyan suggest`: what past cases and duties speak for, in the promised shape."""

from __future__ import annotations

from tests.cli.offices import Office


def test_a_new_office_suggests_by_duties(tongliao: Office) -> None:
    number = tongliao.message(
        留言主题="物业不管", 留言详情="小区物业不管电梯，冬天供热也不好，住房保障怎么申请？"
    )
    document = tongliao.ok("suggest", number)
    assert set(document) == {"number", "unit", "category", "learned"}
    assert document["number"] == number
    unit = document["unit"]
    assert set(unit) == {"name", "confidence", "basis", "reason", "similar", "others"}
    assert unit["name"] == "甲市住房和城乡建设局"
    assert (unit["basis"], unit["confidence"], unit["similar"]) == ("duties", "low", [])
    assert document["category"] is None
    assert document["learned"]["cases"] == 0
    words = tongliao.call("suggest", number, json_wanted=False).out
    assert words.startswith(f"{number}（只是建议")


def test_a_case_that_is_not_there(tongliao: Office) -> None:
    assert tongliao.refused("suggest", "2026-0999")[0] == "unknown_case"
