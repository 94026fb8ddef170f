"""Reading workbooks (.xlsx .xls .ods .xlsb) with calamine, behind the guards."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from desktop_app.documents import ole_guards, sheet_guards
from desktop_app.documents.freed_memory import give_back
from desktop_app.documents.tables import Row, Table, filled_rows, header_index, known_names, make_table
from desktop_app.domain.message_times import Cell
from desktop_app.errors import BadData, Fault

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAX_ROWS = 200_000
"""Filled rows of one sheet; an office has some thousands of messages a year, so more is a mistake."""

_NO_DATES = frozenset({time, timedelta})
_SheetCell = str | date | datetime | time | timedelta | float | int | bool


def read_workbook(path: Path, data: bytes, sheet: str | None, names: Collection[str]) -> Table:
    """Reads the workbook in `data`, the bytes of `path`: .xlsx, .xlsb or .ods (zip), or .xls (OLE)."""
    if not data.startswith(b"PK"):
        data = ole_guards.readable(path, data)
    if data.startswith(b"PK"):
        sheet_guards.check_zip(path, data)
    table = _read(path, data, sheet, names)
    give_back(len(data))
    return table


def _read(path: Path, data: bytes, sheet: str | None, names: Collection[str]) -> Table:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with _calamine_faults(path), CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        sheets = tuple(
            each.name
            for each in book.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet
            and (each.visible == SheetVisibleEnum.Visible or each.name == sheet)
        )
        if sheet is not None and sheet not in sheets:
            listed = "、".join(sheets)
            raise BadData(Fault(path.name, f"工作表“{sheet}”", f"没有这个工作表；有：{listed}"))
        if not sheets:
            raise BadData(Fault(path.name, "", "里面没有可读的工作表；请检查是否选错了文件"))
        chosen, rows = _pick(path, book, sheets if sheet is None else (sheet,), names)
    return make_table(path.name, chosen, sheets, rows, names)


def _pick(
    path: Path, book: CalamineWorkbook, candidates: tuple[str, ...], names: Collection[str]
) -> tuple[str, list[Row]]:
    """The first sheet with a header of known names, else the first with anything in it, else the first."""
    fallback: tuple[str, list[Row]] | None = None
    for name in candidates:
        rows = _rows(path, book.get_sheet_by_name(name))
        if rows and known_names(rows[header_index(rows, names)], names):
            return name, rows
        if rows and fallback is None:
            fallback = name, rows
    return fallback or (candidates[0], [])


def _rows(path: Path, sheet: CalamineSheet) -> list[Row]:
    if sheet.height * sheet.width > sheet_guards.MAX_CELLS:
        raise sheet_guards.too_big(path, f"工作表“{sheet.name}”用到的范围太大")
    if sheet.width > sheet_guards.MAX_COLUMNS:
        raise sheet_guards.too_big(path, f"工作表“{sheet.name}”超过 {sheet_guards.MAX_COLUMNS:,} 列")
    raw = (_plain(cells) for cells in sheet.iter_rows())
    rows = list(islice(filled_rows(raw), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise sheet_guards.too_big(path, f"工作表“{sheet.name}”超过 {MAX_ROWS:,} 行")
    return rows


def _plain(cells: list[_SheetCell]) -> list[Cell]:
    """Times of day and durations are no dates: they become the text that the sheet shows."""
    if _NO_DATES.isdisjoint(map(type, cells)):
        return cast("list[Cell]", cells)
    return [str(cell) if isinstance(cell, time | timedelta) else cell for cell in cells]


@contextmanager
def _calamine_faults(path: Path) -> Iterator[None]:
    """Turns what calamine says about a damaged file into BadData; it says it in four ways."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise sheet_guards.locked(path) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise sheet_guards.broken(path) from error
    except BaseException as error:
        # A panic inside calamine comes out as pyo3's PanicException, which is no Exception and has no
        # importable name. Interrupts and exits pass.
        if type(error).__name__ != "PanicException":
            raise
        raise sheet_guards.broken(path) from error
