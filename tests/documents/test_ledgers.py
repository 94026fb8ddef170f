from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.documents.ledgers import UNMASKED_NOTE, Cell, LedgerColumn, write_ledger
from desktop_app.documents.poured_rows import CUT_NOTE, LONGEST_TEXT, PouredColumn, fitting, pour
from desktop_app.errors import StorageProblem

COLUMNS = (
    LedgerColumn("number", "登记号", 10),
    LedgerColumn("title", "标题", 40, protected=True),
    LedgerColumn("citizen", "网友", 8, protected=True),
    LedgerColumn("contact", "联系方式", 15, protected=True),
    LedgerColumn("due", "到期日期", 11, "date"),
    LedgerColumn("days_overdue", "逾期", 6, "number"),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("2026-0001", "王小明反映停水，电话13800138000", "王小明", "13800138000", date(2026, 10, 9), 2),
    ("2026-0002", "路灯不亮", "", None, None, None),
)


def written(
    path: Path, columns: Sequence[LedgerColumn], rows: Sequence[Sequence[Cell]], **how: object
) -> Worksheet:
    given_to = {"note": "制表 2026年10月9日", **how}
    assert write_ledger(path, "登记台账", columns, rows, **given_to) == len(rows)  # type: ignore[arg-type]
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return sheet


def test_a_ledger_has_title_note_header_and_its_rows(tmp_path: Path) -> None:
    sheet = written(tmp_path / "台账.xlsx", COLUMNS, ROWS)
    values = list(sheet.iter_rows(values_only=True))
    assert values[0][0] == "登记台账"
    assert values[1][0] == "制表 2026年10月9日"
    assert values[2] == tuple(column.title for column in COLUMNS)
    assert values[4] == ("2026-0002", "路灯不亮", None, None, None, None)
    assert len(values) == 3 + len(ROWS)
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]


def test_numbers_are_text_dates_are_dates_and_counts_are_numbers(tmp_path: Path) -> None:
    sheet = written(tmp_path / "x.xlsx", COLUMNS, ROWS)
    assert (sheet["A4"].value, sheet["A4"].data_type, sheet["A4"].number_format) == ("2026-0001", "s", "@")
    assert (sheet["E4"].value.date(), sheet["E4"].number_format) == (date(2026, 10, 9), "yyyy-mm-dd")
    assert (sheet["F4"].value, sheet["F4"].data_type) == (2, "n")


def test_identity_is_masked_unless_asked_otherwise_and_then_the_sheet_says_so(tmp_path: Path) -> None:
    sheet = written(tmp_path / "x.xlsx", COLUMNS, ROWS)
    assert [cell.value for cell in sheet[4]][1:4] == ["***反映停水，电话***********", "王**", "138****8000"]
    sheet = written(tmp_path / "x.xlsx", COLUMNS, ROWS, unmasked=True)
    assert [cell.value for cell in sheet[4]][1:4] == list(ROWS[0][1:4])
    assert UNMASKED_NOTE in str(sheet["A2"].value)


def test_an_identity_field_is_masked_even_where_its_column_forgets_to_say_so(tmp_path: Path) -> None:
    columns = (LedgerColumn("citizen", "网友", 8), LedgerColumn("ip", "IP", 15))
    sheet = written(tmp_path / "x.xlsx", columns, [("王小明", "192.0.2.17")])
    assert [cell.value for cell in sheet[4]] == ["王**", "192.0.*.*"]


def test_it_prints_across_with_its_header_on_every_page(tmp_path: Path) -> None:
    sheet = written(tmp_path / "x.xlsx", COLUMNS, ROWS, paper="A3")
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:F5"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 8)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["B"].width == 40
    assert sheet["B4"].alignment.wrap_text
    assert not sheet.protection.sheet


def test_a_row_is_as_high_as_its_longest_cell_needs(tmp_path: Path) -> None:
    columns = (LedgerColumn("lead", "承办单位", 10),)
    rows = [("短",), ("一二三四五六七八九十",), ("一\n二\n三",), ("长" * 9000,)]
    sheet = written(tmp_path / "x.xlsx", columns, rows)
    heights = [sheet.row_dimensions[row].height for row in range(4, 8)]
    assert heights == [12.75, 25.5, 38.25, 408.0]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@x", "\t=1", "=cmd|' /C calc'!A0", "\r=1"])
def test_a_cell_is_text_and_never_a_formula(tmp_path: Path, text: str) -> None:
    sheet = written(tmp_path / "x.xlsx", COLUMNS[:1], [(text,), ("plain",)], note="=note")
    assert sheet["A4"].data_type == sheet["A2"].data_type == "s"
    assert sheet["A4"].value == text.replace("\r", "\n")
    assert sheet["A4"].quotePrefix and not sheet["A5"].quotePrefix


def test_what_a_cell_cannot_hold_is_replaced_and_cut_with_a_word(tmp_path: Path) -> None:
    long = "长" * 40_000
    sheet = written(
        tmp_path / "x.xlsx", COLUMNS[:1], [("a\x00b\x0bc\ud800d\uffff",), (long,), ("😀" * 20_000,)]
    )
    assert sheet["A4"].value == "a□b□c□d□"
    assert len(str(sheet["A5"].value)) == LONGEST_TEXT
    assert str(sheet["A5"].value).endswith(CUT_NOTE)
    shown = str(sheet["A6"].value)
    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST_TEXT and shown.startswith("😀😀")
    assert fitting("长" * LONGEST_TEXT) == "长" * LONGEST_TEXT


def test_what_is_no_date_or_count_stands_as_text(tmp_path: Path) -> None:
    columns = (LedgerColumn("due", "到期", 10, "date"), LedgerColumn("urges", "催办", 8, "number"))
    sheet = written(tmp_path / "x.xlsx", columns, [("暂定", "两次"), (date(1899, 1, 1), 10**20), ("", "")])
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)] == [
        ["暂定", "两次"],
        ["1899-01-01", "1" + "0" * 20],
        [None, None],
    ]


TEXTS = st.text(st.sampled_from("中a<>&\"' =+-@\n\t_x0041]\u3000\u200b😀"), max_size=12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=20))
def test_every_text_comes_out_as_it_went_in(rows: list[tuple[str, str]]) -> None:
    from xml.etree import ElementTree

    columns = [PouredColumn(letter, "text", 10, 1, 1, 2) for letter in "AB"]
    xml = b"".join(some for _, some in pour(columns, rows, 4)).decode()
    read = ElementTree.fromstring(f"<d>{xml}</d>")
    shown = [tuple((cell.findtext("is/t") or "").replace("_x005F_", "_") for cell in row) for row in read]
    assert shown == rows
    assert [row.get("r") for row in read] == [str(4 + place) for place in range(len(rows))]


def test_many_rows_are_poured_in_order_and_counted(tmp_path: Path) -> None:
    rows = [(str(place),) for place in range(1000)]
    sheet = written(tmp_path / "x.xlsx", COLUMNS[:1], rows)
    assert [cell.value for cell in sheet["A"]][3:] == [row[0] for row in rows]
    assert sheet.auto_filter.ref == "A3:A1003"


def test_an_empty_ledger_is_a_ledger(tmp_path: Path) -> None:
    sheet = written(tmp_path / "x.xlsx", COLUMNS, [])
    assert sheet.max_row == 3
    assert sheet.auto_filter.ref == "A3:F3"


def test_nothing_half_done_stays_where_the_rows_fail(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"before")

    def rows() -> Iterator[tuple[str]]:
        yield ("2026-0001",)
        raise RuntimeError("reading stopped")

    with pytest.raises(RuntimeError):
        write_ledger(path, "台账", COLUMNS[:1], rows(), note="")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_row_of_another_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cells"):
        write_ledger(tmp_path / "x.xlsx", "台账", COLUMNS[:2], [("2026-0001",)], note="", unmasked=True)


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageProblem) as problem:
        write_ledger(tmp_path / "none" / "x.xlsx", "台账", COLUMNS, ROWS, note="")
    assert "台账未能写入" in problem.value.message
    assert problem.value.remedy


def test_any_title_makes_a_name_for_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_ledger(path, "台账：[2026]*/?" + "长" * 40, COLUMNS[:1], [], note="")
    assert len(openpyxl.load_workbook(path).sheetnames[0]) <= 31
