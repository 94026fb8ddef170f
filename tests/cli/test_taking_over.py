"""`liuyan import --taken-over`: a year of an old ledger as closed cases, marked, without a clock, and taken back whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.offices import Office

ROWS = (
    {
        "留言编号": "910001",
        "留言主题": "供暖不热",
        "留言详情": "室内只有十二度。",
        "留言用户": "常乐",
        "类别": "投诉",
        "收件日期": "2025-11-03",
        "承办单位": "市住建局",
        "答复意见": "已检修管网。",
        "答复时间": "2025-11-10",
        "办结日期": "2025-11-12",
        "备注": "原台账第 17 号",
    },
    {
        "留言编号": "910002",
        "留言主题": "公交太少",
        "留言详情": "早高峰等四十分钟。",
        "收件日期": "2025-12-01",
        "承办单位": "市交通局",
        "答复时间": "2025-12-09",
    },
)


@pytest.fixture
def sheet(both: Office) -> Path:
    return both.sheet(ROWS, "旧台账.csv")


def test_an_old_ledger_comes_in_closed_and_marked(both: Office, sheet: Path) -> None:
    done = both.ok("import", sheet, "--taken-over")
    assert (done["rows"], done["imported"], done["numbers"]) == (2, 2, ["2025-0001", "2025-0002"])
    first, second = map(both.show, done["numbers"])
    assert (first["status"], first["taken_over"], first["category"]) == ("待归档", True, "投诉")
    assert (first["lead"], first["due"], first["overdue"], first["was_overdue"]) == (
        "市住建局",
        None,
        False,
        False,
    )
    assert [event["on"] for event in first["events"]] == ["2025-11-03", "2025-11-12"]
    assert (second["lead"], second["events"][-1]["on"]) == ("市交通局", "2025-12-09")
    assert both.ok("list", "--text", "市交通局")["total"] == 1
    assert both.ok("list", "--overdue")["total"] == 0
    both.verified()


def test_with_a_period_it_is_archived_and_goes_into_a_package(
    both: Office, sheet: Path, tmp_path: Path
) -> None:
    both.ok("import", sheet, "--taken-over", "--retention", "10年")
    assert both.show("2025-0001")["status"] == "已归档"
    made = both.ok("archive", "--year", "2025", "-o", tmp_path / "2025", "--no-pdf")
    assert [one["file_number"] for one in made["cases"]] == ["WS·2025-D10-0001", "WS·2025-D10-0002"]
    story = (tmp_path / "2025/件/WS-2025-D10-0001/办理过程.html").read_text("utf-8")
    assert "室内只有十二度" in story and "由旧台账接收" in story


def test_it_counts_as_received_and_not_as_replied(both: Office, sheet: Path) -> None:
    both.ok("import", sheet, "--taken-over")
    total = both.ok("stats", "--from", "2025-01-01", "--to", "2025-12-31")["total"]
    assert (total["received"], total["replied"], total["overdue"]) == (2, 0, 0)
    assert total["on_time_rate"] is None


def test_it_is_taken_back_whole(both: Office, sheet: Path) -> None:
    done = both.ok("import", sheet, "--taken-over")
    assert both.ok("import", "undo", str(done["batch"]))["voided"] == 2
    assert both.ok("list")["total"] == 0
    both.verified()


def test_it_can_be_opened_again_and_worked_on(both: Office, sheet: Path) -> None:
    both.ok("import", sheet, "--taken-over", "--retention", "永久")
    both.act("2025-0001", "reopen", "2026-10-08", reason="又不热了")
    both.act("2025-0001", "dispatch", "2026-10-08", lead="教育局")
    case = both.show("2025-0001")
    assert (case["status"], case["lead"], case["taken_over"]) == ("待签收", "甲市教育局", True)
    both.verified()


def test_rows_whose_days_make_no_sense_are_turned_away(both: Office) -> None:
    rows = [
        {**ROWS[0], "办结日期": "2025-11-01"},
        {**ROWS[1], "办结日期": "某日"},
        {**ROWS[1], "留言编号": "910003", "办结日期": "2027-01-01"},
    ]
    done = both.ok("import", both.sheet(rows), "--taken-over", "--dry-run")
    assert [one["reason"] for one in done["rejected"]] == ["bad_time"] * 3
    assert done["imported"] == 0 and done["batch"] is None


def test_columns_of_other_names_are_named(both: Office) -> None:
    rows = [{**ROWS[0], "经办部门": "市水务局", "完结": "2025-11-20"}]
    del rows[0]["承办单位"], rows[0]["办结日期"]
    both.ok("import", both.sheet(rows), "--taken-over", "--map", "lead=经办部门", "--map", "closed_on=完结")
    case = both.show("2025-0001")
    assert (case["lead"], case["events"][-1]["on"]) == ("市水务局", "2025-11-20")


def test_what_cannot_be_is_refused(both: Office, sheet: Path) -> None:
    assert both.refused("import", sheet, "--taken-over", "--retention", "五年")[0] == "unknown_value"
    assert both.call("import", sheet, "--retention", "10年").code == 2
    assert both.ok("list")["total"] == 0
