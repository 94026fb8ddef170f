"""Workbooks read: our table from an .xlsx against openpyxl's read-only mode."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import Row, best_of
from desktop_app.documents.sheets import read_table

_COLUMNS = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", *(f"附加栏{at}" for at in range(25)))
_ROWS = 10_000


def run() -> list[Row]:
    """10,000 rows of 30 columns, 25 of them unknown to the program and kept as given."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "messages.xlsx"
        _make(path)
        ours = best_of(lambda: _read(path), 3)
        theirs = best_of(lambda: _read_with_openpyxl(path), 1)
    return [Row("xlsx in", "10,000 x 30", ours, "openpyxl read_only", theirs, ">= 8 x faster")]


def _make(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("留言")
    sheet.append(_COLUMNS)
    for row in range(_ROWS):
        sheet.append(
            [
                str(100_000 + row),
                f"网友{row}",
                f"某小区{row % 90}号楼停水",
                f"2026/{row % 12 + 1}/{row % 28 + 1} 9:09:38",
                "六楼以上住户早晚用水高峰时段经常停水，恳请督促有关部门尽快检修。" * 2,
                *(f"第{row * at % 977}项" for at in range(25)),
            ]
        )
    book.save(path)


def _read(path: Path) -> None:
    assert len(read_table(path).rows) == _ROWS


def _read_with_openpyxl(path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    sheet = book.worksheets[0]
    assert sum(1 for _ in sheet.iter_rows(values_only=True)) == _ROWS + 1
    book.close()
