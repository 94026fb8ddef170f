"""`liuyan papers`: the register of issued papers and spoiled numbers; `form --again`: the same sheet once more."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.offices import Office

SLIP = "通民盼办〔2026〕1号"


def urged(office: Office) -> str:
    number = office.received()
    office.act(number, "urge", "2026-10-09", to="教育局")
    return number


def test_the_register_in_json(tongliao: Office) -> None:
    number = urged(tongliao)
    document = tongliao.ok("papers", "list", "--series", "催办单", "--year", "2026")
    assert document == {
        "papers": [
            {
                "document": "通民盼催〔2026〕1号",
                "regulation": "tongliao-2023",
                "series": "urge",
                "year": 2026,
                "serial": 1,
                "date": "2026-10-09",
                "form": "催办单",
                "to": "教育局",
                "cases": [number],
                "voided_reason": None,
                "replaced_by": None,
                "served_on": None,
                "served_manner": None,
                "by": "王敏",
            }
        ],
        "missing": [],
    }


def test_the_register_for_people(both: Office) -> None:
    number = urged(both)
    answer = both.call("papers", "list", json_wanted=False)
    lines = answer.out.splitlines()
    assert lines[0].split() == ["文号", "日期", "文书", "主送", "所涉登记号", "送达", "作废及理由"]
    assert number in lines[1] and "2026-09-21" in lines[1]
    assert lines[-1] == "共 2 号"


def test_the_days_asked_for(tongliao: Office) -> None:
    urged(tongliao)
    found = tongliao.ok("papers", "list", "--from", "2026-10-01", "--to", "2026-10-31")["papers"]
    assert [one["form"] for one in found] == ["催办单"]


def test_the_register_as_a_sheet(both: Office, tmp_path: Path) -> None:
    urged(both)
    file = tmp_path / "发文登记簿.xlsx"
    assert both.ok("papers", "register", "-o", file) == {"file": str(file), "rows": 2}
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None and sheet.max_row == 5


@pytest.mark.parametrize(
    "words",
    [
        ("papers",),
        ("papers", "register", "-o", "a.odt"),
        ("papers", "list", "--year", "26"),
        ("papers", "list", "--from", "昨天"),
        ("form", "2026-0001", "--again", "1"),
        ("form", "2026-0001", "2026-0002", "--again", "1", "-o", "a.docx"),
        ("form", "--merge", "a.docx", "2026-0001", "--again", "1", "--again", "2"),
        ("form", "2026-0001", "--again", "1", "-o", "a.odt"),
    ],
)
def test_calls_that_cannot_be_understood(tongliao: Office, words: tuple[str, ...]) -> None:
    answer = tongliao.call(*words)
    assert answer.code == 2 and answer.error["code"] == "usage"


def test_a_spoiled_number_is_voided_and_its_paper_gets_the_next(tongliao: Office, tmp_path: Path) -> None:
    number = urged(tongliao)
    document = tongliao.ok("papers", "void", "通民盼催(2026)1号", "--reason", "卡纸")
    assert document == {
        "voided": "通民盼催〔2026〕1号",
        "document": "通民盼催〔2026〕2号",
        "cases": [number],
    }
    assert tongliao.ok("form", number, "urge", "-o", tmp_path / "a.docx")["document"] == "通民盼催〔2026〕2号"
    (event,) = [one for one in tongliao.show(number)["events"] if one["action"] == "renumber"]
    assert event["keys"] == {
        "old": "通民盼催〔2026〕1号",
        "document": "通民盼催〔2026〕2号",
        "reason": "卡纸",
    }
    listed = tongliao.ok("papers", "list", "--series", "urge")["papers"]
    assert [(one["voided_reason"], one["replaced_by"]) for one in listed] == [
        ("卡纸", "通民盼催〔2026〕2号"),
        (None, None),
    ]
    tongliao.verified()


def test_what_cannot_be_voided(tongliao: Office) -> None:
    urged(tongliao)
    void = ("papers", "void")
    assert tongliao.refused(*void, SLIP, "--reason", "印废") == ("wrong_state", None)
    assert tongliao.refused(*void, "通民盼催〔2026〕9号", "--reason", "印废") == ("unknown_value", None)
    assert tongliao.refused(*void, "通民盼催〔2026〕1号") == ("missing_key", None)
    assert tongliao.refused(*void, SLIP, "--reason", "印废", user="钱领导") == ("not_allowed_for_role", None)
    assert tongliao.refused("papers", "list", user="孙管理") == ("not_allowed_for_role", None)


def test_a_number_is_not_typed_over(tongliao: Office) -> None:
    number = urged(tongliao)
    event = str(tongliao.show(number)["events"][-1]["id"])
    refused = tongliao.act_refused(number, "correct", event=event, document="催〔2026〕9号", reason="误")
    assert refused == ("unknown_value", None)


def test_the_same_sheet_once_more(both: Office, tmp_path: Path) -> None:
    number = both.received()
    first = both.ok("form", number, "slip", "-o", tmp_path / "a.docx")
    both.act(
        number, "reply", "2026-09-24", text="已修好。", signer="雷", stamped="yes", handler="韦", phone="1"
    )
    (paper,) = both.show(number)["papers"]
    again = both.ok("form", number, "--again", str(paper["id"]), "-o", tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert again["sha256"] == first["sha256"] == paper["sha256"]
    assert [one["id"] for one in both.show(number)["papers"]] == [paper["id"]]
    assert both.show(number)["events"][-1]["action"] == "paper-again"
    both.verified()


def test_a_print_run_once_more(tongliao: Office, tmp_path: Path) -> None:
    numbers = [tongliao.received(), tongliao.received()]
    tongliao.ok("form", "--merge", tmp_path / "a.docx", "slip", *numbers)
    ids = [str(tongliao.show(number)["papers"][0]["id"]) for number in numbers]
    again = [word for one in ids for word in ("--again", one)]
    document = tongliao.ok("form", "--merge", tmp_path / "b.docx", *numbers, *again)
    assert [one["number"] for one in document] == numbers
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_a_sheet_of_another_case_is_not_made(tongliao: Office, tmp_path: Path) -> None:
    first, second = tongliao.received(), tongliao.received()
    tongliao.ok("form", first, "slip", "-o", tmp_path / "a.docx")
    paper = str(tongliao.show(first)["papers"][0]["id"])
    target = tmp_path / "b.docx"
    assert tongliao.refused("form", second, "--again", paper, "-o", target) == ("unknown_value", None)
    assert not target.exists()
