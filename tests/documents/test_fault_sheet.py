"""The sheet to mend comes back as it went."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from desktop_app.documents.fault_sheet import write_fault_sheet
from desktop_app.documents.sheets import Row, Table, read_table
from desktop_app.domain.columns import FAULT_COLUMNS, recognise
from desktop_app.domain.incoming import Rejected
from desktop_app.errors import StorageProblem

HEADER = ("留言编号", "留言主题", "留言时间")
TABLE = Table(
    "a.xlsx",
    "留言",
    ("留言",),
    HEADER,
    (
        Row(2, (12345.0, "好的一行", None)),
        Row(3, ("0012", '=HYPERLINK("http://a","点")', "2019/13/40")),
        Row(5, ("+1", "@a\x07 _x000D_ \r\n换行", datetime(2020, 1, 6, 9, 9, 38))),
    ),
)
REJECTED = (Rejected(5, "bad_time", "第 5 行：不对"), Rejected(3, "bad_time", "第 3 行：没有 13 月"))


def test_rejected_rows_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "待修改.xlsx"
    assert write_fault_sheet(path, TABLE, REJECTED) == 2
    back = read_table(path)
    assert back.header == (*HEADER, *FAULT_COLUMNS)
    assert [row.cells for row in back.rows] == [
        ("0012", '=HYPERLINK("http://a","点")', "2019/13/40", "3", "第 3 行：没有 13 月"),
        ("+1", "@a\x07 _x000D_ \r\n换行", "2020-01-06 09:09:38", "5", "第 5 行：不对"),
    ]
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_added_is_nobodys_data() -> None:
    assert recognise((*HEADER, *FAULT_COLUMNS, "备注")).unknown == (5,)


def test_nothing_in_it_is_a_formula_and_all_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_fault_sheet(path, TABLE, REJECTED)
    with zipfile.ZipFile(path) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}


def test_a_text_too_long_for_a_cell_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    long = Table("a.csv", "", (), ("留言主题",), (Row(2, ("😀" * 20_000,)),))
    write_fault_sheet(path, long, (Rejected(2, "bad_time", "不对。"),))
    cells = read_table(path).rows[0].cells
    assert cells[0] == "😀" * 16_383
    assert "装不下" in str(cells[2])


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StorageProblem, match="写不了"):
        write_fault_sheet(tmp_path / "没有" / "a.xlsx", TABLE, REJECTED)
