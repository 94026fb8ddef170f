"""The table of figures as files: rates beside their counts, definitions, words that stay words, all noted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from desktop_app.documents.figure_files import FigureOrder, figures_to_print, workbook, write_figures
from desktop_app.domain.figures import Grouping
from desktop_app.domain.figures_summed import Group, Sums
from desktop_app.errors import StorageProblem
from desktop_app.services import office
from desktop_app.services.session import OfficeClock, Session
from desktop_app.services.statistics import Compared, Statistics

PASSWORD = "shi-li-mi-ma-2026"
TODAY = date(2026, 10, 8)
ORDER = FigureOrder(
    date(2026, 7, 1), date(2026, 9, 30), Grouping.UNIT, ("received", "on_time_rate", "median_days")
)
TOLD = Compared(
    Statistics(
        ORDER.first,
        ORDER.last,
        TODAY,
        Sums(
            {
                "received": ("2026-0001", "2026-0002"),
                "replied": ("2026-0001", "2026-0002"),
                "on_time": ("2026-0001",),
            },
            reply_days=((0, "2026-0001"), (1, "2026-0002")),
        ),
        {Grouping.UNIT: (Group("=1+1 局", Sums({"received": ("2026-0001",)})),)},
    ),
    Statistics(date(2025, 7, 1), date(2025, 9, 30), TODAY, Sums(), {}),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    office.found(tmp_path / "office", "某中心", "tongliao-2023", "王敏", PASSWORD, OfficeClock(TODAY))
    entered = office.enter(tmp_path / "office", "王敏", PASSWORD, TODAY)
    yield entered
    entered.close()


def test_a_workbook_of_figures_and_of_what_they_count(session: Session) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(session, ORDER, TOLD)))
    sheet, meanings = book["统计表"], book["口径"]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows == [
        ("承办单位", "收到", "按期答复率", "按期答复率：分子", "按期答复率：分母", "用时中位数"),
        ("合计", 2, 0.5, 1, 2, 0.5),
        ("上年同期", 0, None, 0, 0, None),
        ("=1+1 局", 1, None, 0, 0, None),
    ]
    # Half a working day is half a day; half of the cases is 50 %.
    assert (sheet["C4"].number_format, sheet["F4"].number_format) == ("0.0%", "General")
    assert sheet["A6"].data_type == "s"
    assert sheet["A1"].value == "2026年第三季度留言办理情况统计表"
    assert [row[0] for row in meanings.iter_rows(min_row=4, values_only=True)] == [
        "收到",
        "按期答复率",
        "用时中位数",
    ]


def test_written_as_excel_or_word_and_noted(session: Session, tmp_path: Path) -> None:
    for name in ("新建/统计表.xlsx", "统计表.docx"):
        assert write_figures(session, ORDER, tmp_path / name) == 0
        assert (tmp_path / name).read_bytes().startswith(b"PK")
    with session.read() as work:
        events = work.journal.of_office("export-figures")
    assert [one.keys["as"] for one in events] == ["xlsx", "docx"]


def test_a_file_that_cannot_be_written_leaves_nothing_and_no_note(session: Session, tmp_path: Path) -> None:
    blocked = tmp_path / "文件"
    blocked.write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(StorageProblem):
        write_figures(session, ORDER, blocked / "统计表.xlsx")
    with session.read() as work:
        assert work.journal.of_office("export-figures") == []


def test_to_print_it_is_a_table_with_the_convention_above(session: Session) -> None:
    made = docx.Document(io.BytesIO(figures_to_print(session, ORDER)))
    heads = [cell.text for cell in made.tables[0].rows[0].cells]
    assert heads == ["承办单位", "收到", "按期答复率", "用时中位数"]
    assert [row.cells[0].text for row in made.tables[0].rows[1:]] == ["合计", "上年同期"]
    assert "统计时段按收件日期划定" in "\n".join(one.text for one in made.paragraphs)
