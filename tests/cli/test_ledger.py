"""`liuyan ledger`: the cases of a query as a workbook; identity masked unless the right and a reason are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.offices import Office


def cells(file: Path) -> list[list[str]]:
    import openpyxl

    sheet = openpyxl.load_workbook(file).worksheets[0]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def text_of(file: Path) -> str:
    return "\n".join("\t".join(row) for row in cells(file))


@pytest.fixture
def two(both: Office) -> Office:
    text = "我叫常乐，电话13904750001，请尽快修路灯。"
    both.dispatched(留言用户="常乐", 联系方式="13904750001", 留言详情=text, 留言主题="=1+1 路灯")
    both.accepted(留言主题="校车太挤")
    return both


def test_a_ledger_has_a_row_a_case(two: Office, tmp_path: Path) -> None:
    file = tmp_path / "新建" / "台账.xlsx"
    assert two.ok("ledger", "-o", file) == {"file": str(file), "rows": 2}
    words = text_of(file)
    assert "2026-0001" in words and "2026-0002" in words and "=1+1 路灯" in words
    only = two.ok("ledger", "-o", file, "--text", "校车")
    assert only["rows"] == 1 and "2026-0001" not in text_of(file)
    assert two.ok("ledger", "-o", file, "--unit", "教育局", "--status", "待签收")["rows"] == 1
    assert two.ok("ledger", "-o", file, "--due-from", "2030-01-01")["rows"] == 0


def test_rows_stand_in_the_order_asked_for(two: Office, tmp_path: Path) -> None:
    def order(*words: str) -> list[str]:
        file = tmp_path / "台账.xlsx"
        two.ok("ledger", "-o", file, *words)
        return [cell for row in cells(file) for cell in row if re.fullmatch(r"2026-\d{4}", cell)]

    assert order("--sort", "number") == ["2026-0001", "2026-0002"]
    assert order("--sort", "number", "--desc") == ["2026-0002", "2026-0001"]


def test_identity_is_masked(two: Office, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    two.ok("ledger", "-o", file, user="钱领导")
    assert "常乐" not in text_of(file) and "13904750001" not in text_of(file)


def test_unmasked_needs_a_reviewer_and_a_reason(two: Office, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    asked = ("ledger", "-o", file, "--unmasked")
    for user in ("周经办", "钱领导", "孙管理"):
        assert two.refused(*asked, user=user)[0] == "not_allowed_for_role"
        assert two.refused(*asked, "--reason", "移交档案", user=user)[0] == "not_allowed_for_role"
    assert two.refused(*asked, user="李审核") == ("missing_key", None)
    assert not file.exists()
    assert two.ok(*asked, "--reason", "移交档案", user="李审核")["rows"] == 2
    assert "常乐" in text_of(file)
    two.verified()


def test_exports_are_in_the_journal(two: Office, tmp_path: Path) -> None:
    from desktop_app.services import office
    from tests.cli.offices import FIRST, PASSWORD

    two.ok("ledger", "-o", tmp_path / "a.xlsx", user="周经办")
    two.ok("ledger", "-o", tmp_path / "b.xlsx", "--unmasked", "--reason", "移交档案", user="李审核")
    session = office.enter(two.folder, FIRST, PASSWORD)
    with session.read() as work:
        exports = [event for event in work.journal.since(0) if event.action == "export-ledger"]
    session.database.close()
    assert [(event.by, event.keys["unmasked"]) for event in exports] == [("周经办", "no"), ("李审核", "yes")]
    assert exports[1].all_keys["reason"] == "移交档案"


def test_every_ledger_of_the_regulation(two: Office, tmp_path: Path) -> None:
    refused = two.call("ledger", "-o", tmp_path / "a.xlsx", "--ledger", "no-such-ledger")
    assert (refused.code, refused.error["code"]) == (1, "unknown_value")
    for name in ("register", "assignment", "supervision", "return", "follow-up"):
        assert two.ok("ledger", "-o", tmp_path / f"{name}.xlsx", "--ledger", name)["rows"] >= 0


def test_a_ledger_that_cannot_be_written(two: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    answer = two.call("ledger", "-o", tmp_path / "file" / "台账.xlsx")
    assert (answer.code, answer.error["code"]) == (2, "file_not_writable")


def test_supervision_and_instructions_have_a_line_each(both: Office, tmp_path: Path) -> None:
    number = both.received(留言用户="常乐", 联系方式="13904750001")
    both.act(number, "remind", "2026-10-08", to="教育局", channel="电话")
    both.act(number, "urge", "2026-10-20", to="教育局")
    words = "请教育局速办，回常乐13904750001"
    both.act(number, "instruct", "2026-10-21", leader="甲领导", principal="no", text=words)
    file = tmp_path / "台账.xlsx"
    assert both.ok("ledger", "--ledger", "supervision", "-o", file)["rows"] == 2
    assert "2026-10-20" in text_of(file) and "电话" in text_of(file)
    assert both.ok("ledger", "--ledger", "supervision", "--month", "2026-10", "-o", file)["rows"] == 2
    assert both.ok("ledger", "--ledger", "supervision", "--month", "2026-09", "-o", file)["rows"] == 0
    assert both.ok("ledger", "--ledger", "instruction", "--year", "2026", "-o", file)["rows"] == 1
    assert "甲领导" in text_of(file) and "速办" in text_of(file)
    assert "13904750001" not in text_of(file) and "常乐" not in text_of(file)
    assert both.ok("ledger", "--ledger", "return", "-o", file)["rows"] == 0


def test_only_the_columns_asked_for(two: Office, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    two.ok("ledger", "-o", file, "--columns", "status,number")
    assert cells(file)[2][:2] == ["登记号", "状态"] and len(cells(file)[2]) == 2
    answer = two.call("ledger", "-o", file, "--columns", "weather")
    assert (
        answer.code == 1 and answer.error["code"] == "unknown_value" and "登记号" in answer.error["message"]
    )
    for words in (("--month", "2026-13"), ("--year", "26"), ("--month", "十月")):
        assert two.call("ledger", "-o", file, *words).code == 2
