"""`liuyan stats`: the keys that are promised, and what awkward cases count as."""

from __future__ import annotations

import re
from typing import Any

import pytest

from desktop_app.domain.figures import PROMISED
from tests.cli.offices import Office, reply_keys
from tests.cli.test_promise import table

YEAR = ("stats", "--from", "2026-01-01", "--to", "2026-12-31")


@pytest.fixture
def several(tongliao: Office) -> Office:
    """One on time, one late, one open past due, one only received, one refused, one taken back."""
    tongliao.reviewed()
    tongliao.replied(on="2026-10-20")
    tongliao.received(收件日期="2026-08-31")
    tongliao.message()
    refused = tongliao.message()
    ground = "其他"
    told = {"explanation": "不属本级受理。", "suggestion": "请向有权机关反映。"}
    tongliao.act(refused, "refuse", "2026-09-18", ground=ground, **told)
    batch = tongliao.ok("import", tongliao.sheet([{"留言编号": "9", "留言主题": "误", "留言详情": "误入"}]))[
        "batch"
    ]
    tongliao.ok("import", "undo", str(batch))
    return tongliao


def test_the_shape_is_that_promised(several: Office) -> None:
    document = several.ok(*YEAR, "--by", "unit")
    assert set(document) == {word for name in table("`stats` 的字段") for word in re.findall("[a-z]+", name)}
    told = {word for name in table("统计的字段") for word in re.findall("[a-z0-9_]+", name)}
    assert set(document["total"]) == set(document["definitions"]) == told == set(PROMISED)
    assert all(set(group) == {"name", *PROMISED} for group in document["groups"])
    assert all(words.endswith("。") for words in document["definitions"].values())
    assert (document["from"], document["to"], document["by"]) == ("2026-01-01", "2026-12-31", "unit")


def test_what_is_counted(several: Office) -> None:
    total = several.ok(*YEAR)["total"]
    expected = {"received": 5, "accepted": 3, "refused": 1, "dispatched": 3, "replied": 2, "on_time": 1}
    assert {key: total[key] for key in expected} == expected
    assert total["overdue"] == 2
    assert (total["on_time_rate"], total["satisfaction_rate"]) == (0.5, None)


def test_the_period_is_of_registration(several: Office) -> None:
    def received(first: str, last: str) -> Any:
        return several.ok("stats", "--from", first, "--to", last)["total"]["received"]

    assert [received("2026-09-01", "2026-09-30"), received("2026-08-31", "2026-08-31")] == [4, 1]
    empty = several.ok("stats", "--from", "2020-01-01", "--to", "2020-12-31", "--by", "month")
    assert empty["groups"] == [] and empty["total"]["received"] == 0
    assert empty["total"]["on_time_rate"] is None and empty["total"]["median_days"] is None


@pytest.mark.parametrize("by", ["unit", "category", "topic", "source", "month"])
def test_groups_add_up(several: Office, by: str) -> None:
    document = several.ok(*YEAR, "--by", by)
    for key in ("received", "accepted", "refused", "replied", "on_time", "published", "overdue"):
        assert document["total"][key] == sum(one[key] for one in document["groups"])
    if by == "month":
        assert [one["name"] for one in document["groups"]] == ["2026-08", "2026-09"]


def test_what_a_unit_did_stays_with_it(both: Office) -> None:
    number = both.received()
    both.act(number, "return", "2026-09-21", reason="不属本局职责", signer="钱副局")
    both.act(number, "accept-return", "2026-09-22")
    both.act(number, "dispatch", "2026-09-22", lead="住建局")
    both.act(number, "receive", "2026-09-22", manner="签收")
    both.act(number, "reply", "2026-09-24", **reply_keys())
    groups = {one["name"]: one for one in both.ok(*YEAR, "--by", "unit")["groups"]}
    (first,) = [one for one in groups.values() if one["returned"]]
    (second,) = [one for one in groups.values() if one["replied"]]
    assert "教育" in first["name"] and "住" in second["name"]
    assert (first["received"], first["dispatched"], first["replied"]) == (0, 1, 0)
    assert (second["received"], second["dispatched"], second["returned"]) == (1, 1, 0)
    assert both.ok(*YEAR)["total"]["dispatched"] == 1


def test_an_extension_asked_for_too_late_is_late_all_the_same(both: Office) -> None:
    number = both.received()
    late = "2026-10-20"
    progress = {"progress": "正在核实"} if both.regulation.startswith("xizang") else {}
    both.act(number, "apply-extension", late, days="3", reason="情况复杂", applicant="赵局", **progress)
    levels = ["交办单位"] if progress else ["承办单位主要负责人", "交办单位"]
    for level in levels:
        both.act(number, "approve-extension", late, level=level, by="主任")
    both.act(number, "reply", late, **reply_keys())
    total = both.ok(*YEAR)["total"]
    assert (total["extended"], total["replied"], total["on_time"], total["overdue"]) == (1, 1, 0, 1)


def test_a_linked_duplicate_is_no_reply(both: Office) -> None:
    first, second = both.reviewed(), both.accepted()
    both.act(second, "link-duplicate", "2026-09-24", of=first)
    both.act(first, "publish", "2026-09-24", place="留言板")
    total = both.ok(*YEAR)["total"]
    assert (total["received"], total["replied"], total["published"]) == (2, 1, 1)


def test_follow_ups_make_the_rate(both: Office) -> None:
    for result in ("满意", "基本满意", "不满意", "未联系上"):
        number = both.reviewed()
        both.act(number, "publish", "2026-09-24", place="留言板")
        both.act(number, "follow-up", "2026-09-25", result=result)
    total = both.ok(*YEAR)["total"]
    told = [total[key] for key in ("satisfied", "rather_satisfied", "dissatisfied", "unreached")]
    assert told == [1, 1, 1, 1] and total["satisfaction_rate"] == pytest.approx(2 / 3)


def test_all_tells_the_further_figures_too(several: Office) -> None:
    document = several.ok(*YEAR, "--all")
    assert document["total"]["due_rate"] == pytest.approx(1 / 3)
    assert set(document["total"]) == set(document["definitions"]) > set(PROMISED)


def test_people_get_a_table(several: Office) -> None:
    whole = several.call(*YEAR, json_wanted=False)
    assert whole.code == 0 and "按期答复率" in whole.out and "50.0%（1/2）" in whole.out
    by_unit = several.call(*YEAR, "--by", "unit", json_wanted=False)
    assert "合计" in by_unit.out and "（无承办单位）" in by_unit.out


def test_whoever_sees_cases_sees_figures(several: Office) -> None:
    assert several.ok(*YEAR, user="钱领导")["total"]["received"] == 5
    assert several.refused(*YEAR, user="孙管理")[0] == "not_allowed_for_role"


def test_a_period_that_ends_before_it_begins(several: Office) -> None:
    assert several.refused("stats", "--from", "2026-02-01", "--to", "2026-01-01")[0] == "unknown_value"
    assert several.call("stats", "--from", "2026-02-01").code == 2
    assert several.call("stats", "--from", "2026-02-30", "--to", "2026-03-01").code == 2


def test_asking_twice_tells_the_same_and_a_later_step_shows(several: Office) -> None:
    assert several.ok(*YEAR, "--by", "unit", "--all") == several.ok(*YEAR, "--by", "unit", "--all")
    several.act("2026-0001", "publish", "2026-09-24", place="留言板")
    assert several.ok(*YEAR)["total"]["published"] == 1
    several.verified()


def test_cases_of_an_old_ledger_have_no_clock_and_count_in_no_rate(both: Office) -> None:
    rows = [
        {
            "留言编号": f"91000{place}",
            "留言主题": f"供暖不热 {place}",
            "留言详情": "室内只有十二度。",
            "类别": category,
            "收件日期": "2026-01-05",
            "承办单位": "市住建局",
            "答复时间": "2026-03-30",
            "办结日期": "2026-03-31",
        }
        for place, category in enumerate(("投诉", ""))
    ]
    both.ok("import", both.sheet(rows, "旧台账.csv"), "--taken-over")
    both.reviewed()
    for _ in range(2):  # found again, then as it was kept
        document = both.ok(*YEAR, "--by", "unit", "--all")
        total = document["total"]
        assert (total["received"], total["accepted"], total["taken_over"], total["closed"]) == (3, 3, 2, 2)
        assert (total["replied"], total["on_time"], total["overdue"]) == (1, 1, 0)
        groups = {one["name"]: one["received"] for one in document["groups"]}
        assert groups["市住建局"] == 2
    both.verified()
