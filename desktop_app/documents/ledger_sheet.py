"""The empty ledger: title, note, header, widths, filter and print set-up, made by openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.documents.poured_rows import PouredColumn

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SHEET_FILE = "xl/worksheets/sheet1.xml"
HEADER_ROW = 3
FIRST_ROW = HEADER_ROW + 1
LAST_POSSIBLE_ROW = 1_048_576
PAPERS = {"A3": 8, "A4": 9}

# 宋体 and 黑体 are on every Chinese Windows and stand in for themselves on Kylin and UOS.
_BODY, _HEADING = "宋体", "黑体"
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column: the case's key, its heading, width in characters, `text`, `number` (a count) or `date`.

    Numbers that are names (登记号, 留言编号) are `text`. `article` is the clause that asks for the column.
    """

    key: str
    title: str
    width: float
    kind: str = "text"
    protected: bool = False
    article: str = ""


@dataclass(frozen=True, slots=True)
class EmptyLedger:
    """The parts of the workbook: the sheet's XML before and after the rows, the other files, the columns."""

    head: bytes
    tail: bytes
    others: tuple[tuple[str, bytes], ...]
    columns: tuple[PouredColumn, ...]


def empty_ledger(
    title: str, note: str, columns: Sequence[LedgerColumn], paper: str, last_row: int
) -> EmptyLedger:
    """The ledger without its rows. `last_row` is the last row of the filter, so the tail knows the number of rows.

    What it returns differs by `last_row` only in `tail` and `others`.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.creator = "留言办"
    book.properties.title = title
    book._named_styles["Normal"].font = Font(name=_BODY, size=9)
    sheet = book.active
    assert sheet is not None
    sheet.title = _NOT_IN_A_SHEET_NAME.sub(" ", title).strip(" '")[:31] or "台账"
    letters = [get_column_letter(place) for place in range(1, len(columns) + 1)]
    _write_headings(sheet, title, note, columns, letters[-1])
    poured = tuple(_sample(sheet, letter, column) for letter, column in zip(letters, columns, strict=True))
    for letter, column in zip(letters, columns, strict=True):
        sheet.column_dimensions[letter].width = column.width
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{letters[-1]}{max(last_row, HEADER_ROW)}"
    sheet.freeze_panes = f"B{FIRST_ROW}"
    set_up_print(sheet, HEADER_ROW, paper=paper)
    stream = io.BytesIO()
    book.save(stream)
    return _taken_apart(stream, poured, f"A{FIRST_ROW}:{letters[-1]}{max(last_row, FIRST_ROW)}")


def _write_headings(
    sheet: Worksheet, title: str, note: str, columns: Sequence[LedgerColumn], last: str
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for row, text, font, height, side in (
        (1, title, Font(name=_HEADING, size=16), 26, "center"),
        (2, note, Font(name=_BODY, size=9), 15, "left"),
    ):
        if last != "A":
            sheet.merge_cells(f"A{row}:{last}{row}")
        cell = sheet.cell(row, 1, text)
        cell.data_type = "s"  # a note that begins with = is a note
        cell.font = font
        cell.alignment = Alignment(horizontal=side, vertical="center")
        sheet.row_dimensions[row].height = height
    for place, column in enumerate(columns, 1):
        cell = sheet.cell(HEADER_ROW, place, column.title)
        cell.data_type = "s"
        cell.font = Font(name=_BODY, size=9, bold=True)
        cell.fill = PatternFill("solid", fgColor="FFE7E6E6")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _lines()
    sheet.row_dimensions[HEADER_ROW].height = 24


def _sample(sheet: Worksheet, letter: str, column: LedgerColumn) -> PouredColumn:
    """Registers the styles of a column on a sample row, which the poured rows replace."""
    plain = _styled(sheet, f"{letter}{FIRST_ROW}", "@", "left")
    text = plain.style_id
    quoted = _styled(sheet, f"{letter}{FIRST_ROW + 1}", "@", "left")
    quoted.quotePrefix = True
    style = text
    if column.kind == "date":
        style = _styled(sheet, f"{letter}{FIRST_ROW + 2}", "yyyy-mm-dd", "center").style_id
    elif column.kind == "number":
        style = _styled(sheet, f"{letter}{FIRST_ROW + 2}", "0", "center").style_id
    return PouredColumn(letter, column.kind, column.width, style, text, quoted.style_id)


def _styled(sheet: Worksheet, place: str, number_format: str, side: str) -> Cell:
    from openpyxl.styles import Alignment, Font

    cell: Cell = sheet[place]
    cell.font = Font(name=_BODY, size=9)
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    cell.number_format = number_format
    cell.border = _lines()
    return cell


def _lines() -> object:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin", color="FFA6A6A6")
    return Border(left=thin, right=thin, top=thin, bottom=thin)


def set_up_print(
    sheet: Worksheet,
    head_row: int,
    first_row: int = 0,
    paper: str = "A4",
    footer: str = "第 &P 页，共 &N 页",
) -> None:
    """Landscape on A3 or A4, as wide as the page, the head repeated, pages counted.

    head_row: last row of the head; first_row: its first, where it has several.
    """
    sheet.page_setup.paperSize = PAPERS[paper]
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{first_row or head_row}:{head_row}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.45, 0.55
    margins.header = margins.footer = 0.25
    sheet.oddFooter.center.text = footer


def _taken_apart(stream: io.BytesIO, columns: tuple[PouredColumn, ...], rows: str) -> EmptyLedger:
    with zipfile.ZipFile(stream) as book:
        xml = book.read(SHEET_FILE)
        others = tuple((name, book.read(name)) for name in book.namelist() if name != SHEET_FILE)
    # The dimension would name the sample rows; it may be left out.
    xml = re.sub(rb"<dimension [^>]*/>", b"", xml, count=1)
    head = xml[: xml.index(b'<row r="%d"' % FIRST_ROW)]
    tail = xml[xml.index(b"</sheetData>") :]
    # Numbers that are names stand as text on purpose: no green corner on each.
    quiet = f'<ignoredErrors><ignoredError sqref="{rows}" numberStoredAsText="1"/></ignoredErrors>'
    tail = tail.replace(b"</worksheet>", quiet.encode() + b"</worksheet>")
    return EmptyLedger(head, tail, others, columns)
