"""发文登记簿: the same lines in Word and in Excel, ready to print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from desktop_app.documents.issued_register import RegisterQuery, register_row, write_register
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.services import office
from desktop_app.services.cases import act
from desktop_app.services.issued_papers import IssuedPaper
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from desktop_app.services.spoiled_papers import void
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

HEAD = ["序号", "文号", "日期", "文书", "主送", "所涉登记号", "送达日期、方式", "作废及理由", "经手人"]
SLIP = "人民网地方领导留言板咨询事项承办单"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An office with a slip, an urging that went out, and one whose sheet was spoiled."""
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 10, 30))
    office.bring_in_units(opened, [Unit("甲市教育局", ("教育局",))])
    message = Message("路灯不亮", "路灯坏了。", Citizen("常乐", "13904750001"))
    number = register_one(opened, Registration(T, date(2026, 9, 18), "市长板块", message)).number
    act(opened, number, "accept", {"category": "投诉"}, date(2026, 9, 18))
    act(opened, number, "dispatch", {"lead": "教育局"}, date(2026, 9, 21))
    act(opened, number, "urge", {"to": "教育局"}, date(2026, 10, 9))
    void(opened, "通民盼催〔2026〕1号", "卡纸")
    act(opened, number, "serve", {"paper": "urge", "manner": "传真"}, date(2026, 10, 10))
    yield opened
    opened.database.close()


LINES = [
    ["1", "通民盼办〔2026〕1号", "2026-09-21", SLIP, "甲市教育局", "2026-0001", "", "", FIRST],
    [
        *("2", "通民盼催〔2026〕1号", "2026-10-09", "催办单", "教育局", "2026-0001", ""),
        *("作废：卡纸；换为通民盼催〔2026〕2号", FIRST),
    ],
    [
        *("3", "通民盼催〔2026〕2号", "2026-10-09", "催办单", "教育局", "2026-0001", "2026-10-10 传真"),
        *("", FIRST),
    ],
]


def noted(session: Session) -> list[dict[str, str]]:
    with session.read() as work:
        return [dict(event.keys) for event in work.journal.since(0) if event.action == "export-issued"]


def test_in_word(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "登记" / "发文登记簿.docx"
    assert write_register(session, RegisterQuery(), file) == 3
    written = docx.Document(str(file))
    assert written.paragraphs[0].text == "发文登记簿"
    assert written.paragraphs[1].text == "某市督查室　共 3 号，其中作废 1 号　2026年10月30日打印"
    rows = [[cell.text for cell in row.cells] for row in written.tables[0].rows]
    assert rows == [HEAD, *LINES]
    assert noted(session) == [{"rows": "3"}]


def test_in_excel(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "登记" / "发文登记簿.xlsx"
    assert write_register(session, RegisterQuery(), file) == 3
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert rows == [HEAD, *LINES]
    assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$3:$3"


def test_narrowed_it_says_to_what(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    query = RegisterQuery("urge", 2026, date(2026, 10, 1), date(2026, 10, 31))
    assert write_register(session, query, file) == 2
    note = docx.Document(str(file)).paragraphs[1].text
    assert note == (
        "某市督查室　2026年　催办单　2026年10月1日至2026年10月31日　共 2 号，其中作废 1 号　2026年10月30日打印"
    )
    assert noted(session) == [{"series": "urge", "year": "2026", "rows": "2"}]


def test_a_gap_is_named_and_counted(session: Session, tmp_path: Path) -> None:
    with session.change() as work:
        work._connection.exec_driver_sql("UPDATE counters SET last = 2 WHERE series LIKE '%/slip'")
    file = tmp_path / "a.docx"
    write_register(session, RegisterQuery("slip"), file)
    written = docx.Document(str(file))
    assert "共 1 号，其中作废 0 号，缺 1 号" in written.paragraphs[1].text
    last = [cell.text for cell in written.tables[0].rows[-1].cells]
    assert last == ["2", "通民盼办〔2026〕2号", "", "", "", "", "", "缺号，没有编出", ""]


def test_several_cases_stand_in_one_line() -> None:
    one = IssuedPaper("督〔2026〕1号", T, "urge", 2026, 1, cases=("2026-0001", "2026-0002"))
    assert register_row(7, one)[5] == "2026-0001、2026-0002"
