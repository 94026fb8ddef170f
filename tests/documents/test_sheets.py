"""Reading good workbooks, old and new."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from desktop_app.documents.sheets import Row, Table, read_table
from desktop_app.errors import BadData
from tests.documents.sheet_samples import (
    EXCEL_97,
    HEADER,
    SHEET_END,
    SHEET_START,
    ods_cell,
    ods_row,
    save,
    text_cell,
    write_ods,
    write_xlsx,
)


def test_rows_stand_under_their_header_with_the_numbers_a_person_sees(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx",
        ("2020年第一季度网民留言",),
        ("填表单位：",),
        HEADER,
        (10234, "路灯", datetime(2020, 1, 6, 9, 9, 38), "门口的路灯坏了"),
        (),
        (" ", "　"),
        ("10235", "公交", date(2020, 1, 7), "改线", "多出的一格"),
    )
    table = read_table(path)
    assert table == Table(
        "a.xlsx",
        "留言",
        ("留言",),
        (*HEADER, ""),
        (
            Row(4, (10234, "路灯", datetime(2020, 1, 6, 9, 9, 38), "门口的路灯坏了", None)),
            Row(7, ("10235", "公交", date(2020, 1, 7), "改线", "多出的一格")),
        ),
    )


def test_a_sheet_that_does_not_begin_in_its_corner_keeps_its_row_numbers(tmp_path: Path) -> None:
    rows = f'<row r="5">{text_cell("C5", "留言主题")}</row><row r="9">{text_cell("C9", "路灯")}</row>'
    table = read_table(write_xlsx(tmp_path / "a.xlsx", [SHEET_START, rows, SHEET_END]))
    assert [(row.number, row.cells[-1]) for row in table.rows] == [(9, "路灯")]


def test_the_first_sheet_that_holds_messages_is_read(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", HEADER, (1, "甲"), sheets=("说明", "空", "一月"))
    assert read_table(path).sheet == "一月"
    assert read_table(path).sheets == ("说明", "空", "一月")


def test_a_sheet_asked_for_is_read_and_an_unknown_one_named(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", HEADER, (1, "甲"), sheets=("说明", "一月"))
    assert len(read_table(path, "一月").rows) == 1
    with pytest.raises(BadData, match="没有这个工作表；有：说明、一月"):
        read_table(path, "二月")
    with pytest.raises(BadData, match="一行也没有"):
        read_table(path, "说明")


def test_hidden_sheets_are_passed_over_unless_asked_for(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", HEADER, (1, "甲"), sheets=("看", "藏"))
    book = openpyxl.load_workbook(path)
    book["藏"].sheet_state = "hidden"
    book.save(path)
    assert len(read_table(path, "藏").rows) == 1
    with pytest.raises(BadData):
        read_table(path)


def test_other_lists_are_found_by_their_own_names(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ("单位名录", "2020"), ("单位名称", "简称"), ("交通局", "交通"))
    table = read_table(path, names={"单位名称", "简称"})
    assert table.header == ("单位名称", "简称")
    assert table.rows == (Row(3, ("交通局", "交通")),)


def test_a_time_of_day_alone_is_text(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", HEADER, (True, "甲", time(8, 30), 1.5))
    assert read_table(path).rows[0].cells == (True, "甲", "08:30:00", 1.5)


def test_an_excel_97_workbook() -> None:
    table = read_table(EXCEL_97)
    assert table.sheets == ("留言", "空表")
    assert table.rows == (
        Row(3, (10234, "河畔", "路灯不亮", datetime(2020, 1, 6, 9, 9, 38), "小区门口的路灯坏了三天。")),
        Row(5, ("10235", "山风", "公交改线", date(2020, 1, 7), "改线以后上学不方便。")),
    )


def test_an_open_document_with_its_endless_empty_cells(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="16382"/>'
    rows = (
        ods_row(ods_cell("留言编号") + ods_cell("留言主题") + empty)
        + ods_row(empty, 2)
        + ods_row(ods_cell("7") + ods_cell("路灯"))
        + ods_row(empty, 1_048_570)
    )
    table = read_table(write_ods(tmp_path / "a.ods", rows))
    assert table.header == ("留言编号", "留言主题")
    assert table.rows == (Row(4, ("7", "路灯")),)


@pytest.mark.parametrize(("password", "opens"), [("VelvetSweatshop", True), ("q1w2e3r4", False)])
def test_a_workbook_that_excel_opens_for_everyone_opens_and_a_locked_one_says_so(
    tmp_path: Path, password: str, opens: bool
) -> None:
    path = save(tmp_path / "a.xlsx", HEADER, (1, "甲"))
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(path.read_bytes())).encrypt(password, locked)
    path.write_bytes(locked.getvalue())
    if opens:
        assert len(read_table(path).rows) == 1
    else:
        with pytest.raises(BadData, match=r"^a\.xlsx：设有打开密码；.*去掉密码"):
            read_table(path)
