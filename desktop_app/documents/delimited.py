"""Reading .csv and .tsv files."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from desktop_app.documents.sheet_guards import MAX_COLUMNS, too_big
from desktop_app.documents.tables import Table, filled_rows, make_table
from desktop_app.documents.text_files import decode
from desktop_app.errors import BadData, Fault

_DELIMITERS = (",", "\t", ";", "|")

LONGEST_CELL = 131_072
"""Four times what a sheet's cell can hold: a longer one is a quotation mark that is never closed."""


def read_delimited(path: Path, data: bytes, names: Collection[str]) -> Table:
    """Reads delimited text; every cell stays text as it stands there.

    Rows are counted as a sheet program counts them: a quoted line break makes no new row. Raises BadData
    where the quotation marks do not come out even: rows might be lost in one long cell.
    """
    text = decode(path, data).replace("\x00", "")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(path, text), strict=True)
    try:
        rows = list(filled_rows(_within_bounds(path, reader)))
    except csv.Error as error:
        reason = "引号没有成对，分不清哪里是一格的结尾；请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入"
        raise BadData(Fault(path.name, f"文本第 {reader.line_num} 行", reason)) from error
    return make_table(path.name, "", (), rows, names)


def _within_bounds(path: Path, reader: Iterable[list[str]]) -> Iterator[list[str]]:
    for cells in reader:
        if len(cells) > MAX_COLUMNS:
            raise too_big(path, f"一行里超过 {MAX_COLUMNS:,} 列")
        yield cells


def _delimiter(path: Path, text: str) -> str:
    """The one that divides the first lines most; a .tsv without tabs may still have commas."""
    head = "\n".join(text[:8192].splitlines()[:5])
    counts = {mark: head.count(mark) for mark in _DELIMITERS}
    if path.suffix.lower() == ".tsv" and counts["\t"]:
        return "\t"
    return max(_DELIMITERS, key=lambda mark: counts[mark])
