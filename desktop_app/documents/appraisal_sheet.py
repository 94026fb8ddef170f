"""The yearly appraisal as an Excel file: sums by unit, every deduction with its case and paper, and what each failing costs.

Set up for print on A4 across, the heads repeated. Points are the office's; what it has not set stands there as 未设定.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.documents.ledger_sheet import set_up_print
from desktop_app.documents.paper_files import check_target, save_bytes
from desktop_app.domain.appraisal import Deduction, points_words
from desktop_app.domain.failings import DEFINITIONS
from desktop_app.domain.wording import long_date
from desktop_app.services.appraisal import Appraisal, Listed, note_made
from desktop_app.services.appraisal import appraisal as appraisal_of
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SUMS, DETAILS, WORDS = "汇总", "扣分明细", "分值和说明"
_BODY, _HEADING = "宋体", "黑体"
_HEAD_ROW = 3
_LINE = 12.0
"""Points of a line of 9-point type."""
_UNSET = "未设定，不计分"

Value = str | int | float


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: float
    centred: bool = False


def write_appraisal(appraisal: Appraisal, path: Path) -> int:
    """Write the workbook and return how many deductions it lists. StorageProblem where it can't be written."""
    from openpyxl import Workbook

    check_target(path)
    book = Workbook()
    book.properties.creator = "留言办"
    book.properties.title = appraisal.rule.title
    _sums(book, appraisal)
    _details(book, appraisal)
    _words(book, appraisal)
    book.remove(book.worksheets[0])
    made = io.BytesIO()
    book.save(made)
    save_bytes(made.getvalue(), path)
    return len(appraisal.deductions)


def _sums(book: Workbook, appraisal: Appraisal) -> None:
    kinds = [one.rule.kind for one in appraisal.failings]
    columns = [
        _Column("序号", 5, True),
        _Column("单位", 26),
        *(_Column(f"{kind}（次）", 9, True) for kind in kinds),
        _Column("申诉（处）", 8, True),
        _Column("改分（处）", 8, True),
        _Column("扣分合计", 10, True),
    ]
    rows: list[list[Value]] = [
        [
            place,
            one.unit,
            *(one.times.get(kind, 0) for kind in kinds),
            one.appeals,
            one.overridden,
            _number(one.points),
        ]
        for place, one in enumerate(appraisal.sums, start=1)
    ]
    if rows:
        totals = [sum(int(row[column]) for row in rows) for column in range(2, len(columns) - 1)]
        whole = sum((one.points for one in appraisal.sums), Decimal(0))
        rows.append(["", "合计", *totals, _number(whole)])
    _sheet(book, SUMS, appraisal, columns, rows)


def _details(book: Workbook, appraisal: Appraisal) -> None:
    columns = [
        _Column("序号", 5, True),
        _Column("单位", 20),
        _Column("情形", 11),
        _Column("依据", 11, True),
        _Column("登记号", 11, True),
        _Column("标题", 24),
        _Column("日期", 11, True),
        _Column("情况", 28),
        _Column("文书", 18),
        _Column("分值", 8, True),
        _Column("申诉", 20),
        _Column("裁定", 20),
        _Column("实扣", 8, True),
    ]
    articles = {one.rule.kind: one.rule.article for one in appraisal.failings}
    ordered = sorted(appraisal.deductions, key=lambda one: (one.deduction.found.unit, one.deduction.found.on))
    rows = [_detail(place, one, articles) for place, one in enumerate(ordered, start=1)]
    _sheet(book, DETAILS, appraisal, columns, rows)


def _detail(place: int, listed: Listed, articles: dict[str, str]) -> list[Value]:
    one = listed.deduction
    found = one.found
    return [
        place,
        found.unit,
        found.kind,
        articles[found.kind] or "本单位规定",
        found.case,
        listed.title,
        found.on.isoformat(),
        found.words,
        found.document or "—",
        _UNSET if one.points is None else _number(one.points),
        _appeal(one),
        _decision(one),
        _UNSET if one.counts is None else _number(one.counts),
    ]


def _appeal(one: Deduction) -> str:
    if one.appeal is None:
        return ""
    return f"{long_date(one.appeal.on)}：{one.appeal.reason}（{one.appeal.by}登记）"


def _decision(one: Deduction) -> str:
    decided = one.override
    if decided is None:
        return ""
    became = "不扣" if not decided.points else f"改为{points_words(decided.points)}分"
    return f"{long_date(decided.on)}，{decided.decided_by}决定{became}：{decided.reason}（{decided.by}登记）"


def _words(book: Workbook, appraisal: Appraisal) -> None:
    columns = [
        _Column("情形", 16),
        _Column("依据", 14, True),
        _Column("分值", 14, True),
        _Column("全年次数", 10, True),
        _Column("怎样计", 80),
    ]
    times: dict[str, int] = {}
    for listed in appraisal.deductions:
        kind = listed.deduction.found.kind
        times[kind] = times.get(kind, 0) + 1
    rows: list[list[Value]] = [
        [
            one.rule.kind,
            one.rule.article or "本单位规定",
            _UNSET if one.points is None else _number(one.points),
            times.get(one.rule.kind, 0),
            DEFINITIONS[one.rule.finds],
        ]
        for one in appraisal.failings
    ]
    sheet = _sheet(book, WORDS, appraisal, columns, rows)
    for place, words in enumerate(_remarks(), start=_HEAD_ROW + len(rows) + 2):
        sheet.merge_cells(start_row=place, start_column=1, end_row=place, end_column=len(columns))
        _put(sheet, place, 1, words, centred=False, lines=False)


def _remarks() -> tuple[str, ...]:
    return (
        "年度按情形发生的日期划分：跨年的件，上年发生的计入上年，本年发生的计入本年；已作废的件不计。",
        "情形计入发生时牵头的单位（迟退计入退件的单位）；分值由本单位设定，没有设定的列出而不计分。",
        "实扣：有裁定的按裁定，没有裁定的按分值。各项更正、补登以制表当日的登记为准。",
    )


def _sheet(
    book: Workbook,
    name: str,
    appraisal: Appraisal,
    columns: Sequence[_Column],
    rows: Iterable[Sequence[Value]],
) -> Worksheet:
    from openpyxl.utils import get_column_letter

    sheet: Worksheet = book.create_sheet(name)
    last = len(columns)
    unset = sum(one.points is None for one in appraisal.failings)
    note = f"报送：{appraisal.rule.addressee}　制表：{appraisal.office}　{long_date(appraisal.today)}"
    if unset:
        note += f"　（{unset} 种情形没有设定分值，只列出，不计分）"
    _head(
        sheet, f"{appraisal.year}年{appraisal.rule.title}" + ("" if name == SUMS else f"：{name}"), note, last
    )
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        _put(sheet, _HEAD_ROW, place, column.title, centred=True, bold=True)
    sheet.row_dimensions[_HEAD_ROW].height = _height([column.title for column in columns], columns)
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
            _put(sheet, _HEAD_ROW + count, place, value, centred=column.centred)
        sheet.row_dimensions[_HEAD_ROW + count].height = _height(row, columns)
    if not count:
        sheet.merge_cells(start_row=_HEAD_ROW + 1, start_column=1, end_row=_HEAD_ROW + 1, end_column=last)
        _put(sheet, _HEAD_ROW + 1, 1, "本年没有扣分情形。", centred=True)
    sheet.freeze_panes = f"C{_HEAD_ROW + 1}"
    set_up_print(sheet, _HEAD_ROW, 1, footer="&A　第 &P 页，共 &N 页")
    return sheet


def _height(row: Sequence[Value], columns: Sequence[_Column]) -> float:
    """Points that a row needs for its tallest cell: not every suite works that out for itself."""
    lines = 1
    for value, column in zip(row, columns, strict=True):
        halves = sum(1 if letter.isascii() else 2 for letter in str(value))
        lines = max(lines, math.ceil(halves / max(1.0, column.width - 1)))
    return 4.0 + _LINE * lines


def _head(sheet: Worksheet, title: str, note: str, last: int) -> None:
    from openpyxl.styles import Alignment, Font

    for row, text, font, height, side in (
        (1, title, Font(name=_HEADING, size=16), 28, "center"),
        (2, note, Font(name=_BODY, size=9), 16, "left"),
    ):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        cell = sheet.cell(row, 1, text)
        cell.data_type = "s"
        cell.font = font
        cell.alignment = Alignment(horizontal=side, vertical="center")
        sheet.row_dimensions[row].height = height


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Value,
    *,
    centred: bool,
    bold: bool = False,
    lines: bool = True,
) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"  # a reason that begins with = is a reason
    cell.font = Font(name=_BODY, size=9, bold=bold)
    cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)
    if lines:
        thin = Side(style="thin", color="FFA6A6A6")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    if bold:
        cell.fill = PatternFill("solid", fgColor="FFE7E6E6")


def _number(points: Decimal) -> int | float:
    return int(points) if points == points.to_integral_value() else float(points)


def write_year(session: Session, year: int, path: Path, final: bool = False) -> int:
    """The workbook of a year as it stands, noted in the journal; its lines. `final` as in `appraisal.note_made`."""
    rows = write_appraisal(appraisal_of(session, year), path)
    note_made(session, year, rows, final=final)
    return rows
