"""`liuyan appraisal`: the sheet, points, appeals and decisions, as told on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.offices import Office

KIND = {"tongliao-2023": "逾期办理", "xizang-2017": "逾期未答复"}


@pytest.fixture
def late(both: Office) -> tuple[Office, str, str]:
    """An office with a case that was never answered, and what that is called there."""
    number = both.received()
    both.today = "2026-12-10"
    return both, number, KIND[both.regulation]


def test_the_sheet_and_what_it_says(late: tuple[Office, str, str], tmp_path: Path) -> None:
    office, _, kind = late
    file = tmp_path / "考核.xlsx"
    told = office.ok("appraisal", "--year", "2026", "-o", file)
    assert set(told) == {"file", "year", "rows", "units", "unset", "settled"}
    assert file.is_file() and told["rows"] == sum(sum(one["times"].values()) for one in told["units"])
    assert kind in told["unset"] and told["settled"] == []
    assert [one["points"] for one in told["units"]] == [0]
    duties = [one["kind"] for one in office.ok("duties")["items"]]
    final = office.ok("appraisal", "--year", "2026", "-o", file, "--final")
    (settled,) = final["settled"]
    assert any(settled.endswith(one) for one in duties)
    assert len(office.ok("duties")["items"]) == len(duties) - 1


def test_points_are_set_by_words_and_by_file(late: tuple[Office, str, str], tmp_path: Path) -> None:
    office, number, kind = late
    assert all(one["points"] is None for one in office.ok("appraisal", "points"))
    file = tmp_path / "分值.txt"
    file.write_text(f"# 本单位的分值\n{kind}=2\n答非所问=0.5\n", encoding="utf-8")
    told = {one["kind"]: one["points"] for one in office.ok("appraisal", "points", "--file", file)}
    assert (told[kind], told["答非所问"]) == (2.0, 0.5)
    office.ok("appraisal", "points", f"{kind}=3.5", "答非所问=")
    told = {one["kind"]: one["points"] for one in office.ok("appraisal", "points")}
    assert (told[kind], told["答非所问"]) == (3.5, None)
    (unit,) = office.ok("appraisal", "--year", "2026", "-o", tmp_path / "考核.xlsx")["units"]
    assert unit["points"] == 3.5
    assert office.refused("appraisal", "points", "迟到=1")[0] == "unknown_value"
    assert office.refused("appraisal", "points", f"{kind}=很多")[0] == "unknown_value"
    assert office.call("appraisal", "points", kind).code == 2
    assert office.refused("appraisal", "points", f"{kind}=1", user="周经办")[0] == "not_allowed_for_role"
    assert office.verified()
    assert number


def test_an_appeal_and_a_decision(late: tuple[Office, str, str], tmp_path: Path) -> None:
    office, number, kind = late
    office.ok("appraisal", "points", f"{kind}=2")
    named = (number, kind, "--year", "2026")
    told = office.ok("appraisal", "appeal", *named, "--reason", "承办单送错了")
    assert (told["number"], told["kind"]) == (number, kind)
    decision = ("--points", "0", "--by", "督查室主任", "--reason", "属实")
    assert (
        office.refused("appraisal", "override", *named, *decision, user="周经办")[0] == "not_allowed_for_role"
    )
    office.ok("appraisal", "override", *named, *decision, user="李审核")
    (unit,) = office.ok("appraisal", "--year", "2026", "-o", tmp_path / "考核.xlsx")["units"]
    assert unit["points"] == 0 and unit["times"][kind] == 1
    gone = ("2026-9999", kind, "--year", "2026", "--reason", "无")
    assert office.refused("appraisal", "appeal", *gone)[0] == "nothing_to_undo"


def test_calls_that_cannot_be_understood(both: Office, tmp_path: Path) -> None:
    assert both.call("appraisal").code == 2
    assert both.call("appraisal", "--year", "2026").code == 2
    assert both.call("appraisal", "--year", "2026", "-o", tmp_path / "考核.docx").code == 2
    assert both.refused("appraisal", "--year", "2030", "-o", tmp_path / "考核.xlsx")[0] == "date_in_future"
