"""The sheet to mend: rows that could not be imported, as they came, each with its reason.

Mended, it is imported like any other sheet: cells come back as they were, and what this module adds is
passed over (`columns.FAULT_COLUMNS`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.documents.paper_files import save_bytes
from desktop_app.documents.tables import Row, Table
from desktop_app.domain.columns import FAULT_COLUMNS
from desktop_app.domain.incoming import Rejected, cell_text
from desktop_app.errors import StorageProblem

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_CELL = 32_767
"""What a cell of a sheet can hold (ECMA-376 says nothing; Excel's limit), in UTF-16 units."""

_CUT = "（原文超过 32767 字，表格装不下，请在原文件中改）"
_WIDTHS = {FAULT_COLUMNS[0]: 10, FAULT_COLUMNS[1]: 60}
_OTHER_WIDTH = 20

# A sheet's XML cannot hold control characters: they, and texts that look like their escape, are escaped
# (ECMA-376-1, 22.9.2.19, ST_Xstring), and come back as they were.
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write_fault_sheet(path: Path, table: Table, rejected: Sequence[Rejected]) -> int:
    """Writes the rejected rows of `table` to `path` (.xlsx); gives back the number of rows written.

    All cells are text, so that no formula runs and no number loses digits. The file appears whole or not at
    all. Raises StorageProblem where it cannot be written.
    """
    from openpyxl import Workbook

    reasons = {each.row: each.message for each in rejected}
    rows = [row for row in table.rows if row.number in reasons]
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "待修改"
    header = (*table.header, *FAULT_COLUMNS)
    _lay_out(sheet, header)
    _write(sheet, 1, header)
    for number, row in enumerate(rows, 2):
        _write(sheet, number, _mended(row, reasons[row.number]))
    _save(book, path)
    return len(rows)


def _mended(row: Row, reason: str) -> tuple[str, ...]:
    cells = tuple(cell_text(cell) for cell in row.cells)
    cut = any(_length(_escaped(cell)) > LONGEST_CELL for cell in cells)
    return (*cells, str(row.number), reason + _CUT if cut else reason)


def _write(sheet: Worksheet, number: int, texts: Sequence[str]) -> None:
    from openpyxl.styles import Alignment

    wrapped = Alignment(wrap_text=True, vertical="top")
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(number, column)
        cell.value = _fitting(_escaped(text))
        cell.data_type = "s"  # a text that begins with = is taken for a formula otherwise
        cell.number_format = "@"
        cell.alignment = wrapped


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _fitting(text: str) -> str:
    if _length(text) <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")


def _length(text: str) -> int:
    return len(text) if len(text) <= LONGEST_CELL // 2 else len(text.encode("utf-16-le")) // 2


def _lay_out(sheet: Worksheet, header: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for index, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(name, _OTHER_WIDTH)


def _save(book: Workbook, path: Path) -> None:
    """Whole or not at all, into a folder that is there: an old sheet is not lost to a full disk."""
    made = io.BytesIO()
    book.save(made)
    try:
        if not path.parent.is_dir():
            raise FileNotFoundError(path.parent)
        save_bytes(made.getvalue(), path)
    except (OSError, StorageProblem) as error:
        raise StorageProblem(
            "cannot_write",
            f"写不了“{path}”：可能正在 Excel 或 WPS 中打开，或没有写入权限、磁盘已满",
            "请关闭打开它的程序，或换一个位置再试",
        ) from error
