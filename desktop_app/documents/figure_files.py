"""The figures of a period to keep and to print: an Excel workbook with their definitions, or a Word table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.documents.table_document import TableColumn, table_document
from desktop_app.domain.figures import BY_KEY, COHORT, GROUPING_WORDS, OF_UNITS, Grouping, Kind
from desktop_app.domain.figures_summed import Sums
from desktop_app.domain.figures_wording import period_words, value_words
from desktop_app.domain.wording import long_date
from desktop_app.services.ledgers import office_name
from desktop_app.services.session import Session
from desktop_app.services.statistics import Compared, compared, note_export

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = "留言办理情况统计表"
EXCEL, WORD = ".xlsx", ".docx"
TOTAL, YEAR_BEFORE = "合计", "上年同期"
_NAME_WIDTH, _COUNT_WIDTH, _RATE_WIDTH = 46.0, 15.0, 30.0
"""Millimetres of the columns on paper."""


@dataclass(frozen=True, slots=True)
class FigureOrder:
    """Which figures: the period, what they are grouped by, and which columns, by key."""

    first: date
    last: date
    by: Grouping
    keys: tuple[str, ...]


def write_figures(session: Session, order: FigureOrder, path: Path) -> int:
    """Write them as .xlsx or .docx, note it in the journal, and return how many groups there are.

    StorageProblem ``file_not_writable`` where the file cannot be written.
    """
    from desktop_app.documents.paper_runs import save_document

    told = compared(session, order.first, order.last, (order.by,))
    is_excel = path.suffix.lower() == EXCEL
    made = workbook(session, order, told) if is_excel else document(session, order, told)
    save_document(session, made, path)
    note_export(session, order.first, order.last, path.suffix.lower().removeprefix("."))
    return len(told.now.by(order.by))


def figures_to_print(session: Session, order: FigureOrder) -> bytes:
    """The same as a Word document, for the preview and the printer; noted in the journal."""
    made = document(session, order, compared(session, order.first, order.last, (order.by,)))
    note_export(session, order.first, order.last, "paper")
    return made


def document(session: Session, order: FigureOrder, told: Compared) -> bytes:
    """A Word table: whole, year before, groups, and what each column counts."""
    columns = [TableColumn(GROUPING_WORDS[order.by], _NAME_WIDTH)]
    columns += [
        TableColumn(BY_KEY[key].name, _RATE_WIDTH if BY_KEY[key].kind is Kind.RATE else _COUNT_WIDTH, True)
        for key in order.keys
    ]
    rows = [[name, *(value_words(sums, key) for key in order.keys)] for name, sums in _rows(order, told)]
    return table_document(_title(order), _note(session, order), columns, rows)


def workbook(session: Session, order: FigureOrder, told: Compared) -> bytes:
    """An Excel workbook of two sheets: the figures, rates as numbers beside the counts they are made of; definitions."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "统计表"
    _head(sheet, _title(order), _note(session, order))
    heads = [GROUPING_WORDS[order.by], *(head for key in order.keys for head in _heads(key))]
    _line(sheet, 3, heads, bold=True)
    names = {BY_KEY[key].name for key in order.keys if BY_KEY[key].kind is Kind.RATE}
    rates = frozenset(column for column, head in enumerate(heads, start=1) if head in names)
    for place, (name, sums) in enumerate(_rows(order, told), start=4):
        cells = [name, *(cell for key in order.keys for cell in _cells(sums, key))]
        _line(sheet, place, cells, bold=place == 4, rates=rates)
    _shape(sheet, len(heads))
    meanings = book.create_sheet("口径")
    _head(meanings, "口径", _conventions(order.by))
    _line(meanings, 3, ["项目", "计什么，怎样计"], bold=True)
    for place, key in enumerate(order.keys, start=4):
        _line(meanings, place, [BY_KEY[key].name, BY_KEY[key].in_full])
    _shape(meanings, 2, wide=90)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _rows(order: FigureOrder, told: Compared) -> Iterator[tuple[str, Sums]]:
    yield TOTAL, told.now.total
    yield YEAR_BEFORE, told.before.total
    yield from ((one.name, one.sums) for one in told.now.by(order.by))


def _title(order: FigureOrder) -> str:
    return f"{period_words(order.first, order.last)}{TITLE}"


def _note(session: Session, order: FigureOrder) -> str:
    today = long_date(session.today)
    return f"{office_name(session)}　截至{today}的登记　{_conventions(order.by)}"


def _conventions(by: Grouping) -> str:
    return COHORT + (OF_UNITS if by is Grouping.UNIT else "")


# ------------------------------------------------------------------ cells


def _heads(key: str) -> tuple[str, ...]:
    """A rate takes three columns, so that no percentage stands without its counts."""
    name = BY_KEY[key].name
    return (name, f"{name}：分子", f"{name}：分母") if BY_KEY[key].kind is Kind.RATE else (name,)


def _cells(sums: Sums, key: str) -> tuple[float | int | None, ...]:
    if BY_KEY[key].kind is Kind.RATE:
        return (sums.value(key), *sums.ratio(key))
    return (sums.value(key),)


def _head(sheet: Worksheet, title: str, note: str) -> None:
    from openpyxl.styles import Alignment, Font

    _line(sheet, 1, [title])
    _line(sheet, 2, [note])
    sheet.cell(1, 1).font = Font(name="黑体", size=14)
    sheet.cell(2, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[2].height = 60


def _line(
    sheet: Worksheet,
    place: int,
    cells: Sequence[Any],
    bold: bool = False,
    rates: frozenset[int] = frozenset(),
) -> None:
    """One row. Words stay words, whatever sign they begin with; what stands in the columns `rates` is a percentage."""
    from openpyxl.styles import Alignment, Border, Font, Side

    thin = Side(style="thin")
    for column, value in enumerate(cells, start=1):
        cell = sheet.cell(place, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        if column in rates:
            cell.number_format = "0.0%"
        cell.font = Font(name="宋体", size=11, bold=bold)
        if place > 2:
            cell.border = Border(thin, thin, thin, thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center")


def _shape(sheet: Worksheet, columns: int, wide: float = 11) -> None:
    from openpyxl.utils import get_column_letter

    sheet.column_dimensions["A"].width = 32
    for column in range(2, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = wide
    for row in (1, 2):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.freeze_panes = "B4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    # Many columns go over several pages, each with the names at its left; shrunk to one they could not be read.
    sheet.print_title_cols = "A:A"
