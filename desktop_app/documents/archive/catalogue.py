"""The catalogue of a package as Excel and as Word: 归档文件目录 with the columns of DA/T 22-2015."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from desktop_app.documents.archive.index import ItemIndex
from desktop_app.documents.archive.item import PDF
from desktop_app.documents.ledgers import Cell, LedgerColumn, write_ledger
from desktop_app.documents.table_document import TableColumn, table_document

TITLE = "归档文件目录"
_COLUMNS = (
    ("序号", 6.0, "number"),
    ("档号", 24.0, "text"),
    ("登记号", 12.0, "text"),
    ("题名", 52.0, "text"),
    ("责任者", 22.0, "text"),
    ("日期", 11.0, "text"),
    ("保管期限", 9.0, "text"),
    ("文件数", 8.0, "number"),
    ("页数", 8.0, "number"),
    ("备注", 22.0, "text"),
)


def write_catalogue(folder: Path, note: str, items: Sequence[ItemIndex]) -> None:
    """`归档文件目录.xlsx` and `.docx` in the folder; titles are masked where they come from."""
    columns = [LedgerColumn(key=name, title=name, width=width, kind=kind) for name, width, kind in _COLUMNS]
    write_ledger(folder / f"{TITLE}.xlsx", TITLE, columns, _rows(items), note=note)
    shapes = [TableColumn(name, width, centred=kind == "number") for name, width, kind in _COLUMNS]
    rows = [["" if cell is None else str(cell) for cell in row] for row in _rows(items)]
    (folder / f"{TITLE}.docx").write_bytes(table_document(TITLE, note, shapes, rows))


def _rows(items: Sequence[ItemIndex]) -> Iterator[list[Cell]]:
    for place, item in enumerate(items, start=1):
        pages = sum(one.pages or 0 for one in item.files)
        paperless = not any(one.kind == PDF for one in item.files)
        yield [
            place,
            item.file_number or "（未编）",
            item.number,
            item.title,
            item.facts.get("责任者", ""),
            _eight_figures(item),
            item.facts.get("保管期限", "") or "（未定）",
            len(item.files),
            None if paperless else pages,
            "；".join(item.missing),
        ]


def _eight_figures(item: ItemIndex) -> str:
    """The day of closing as DA/T 22 writes days."""
    words = item.facts.get("办结日期", "")
    figures = [int(part) for part in words.replace("年", " ").replace("月", " ").replace("日", " ").split()]
    return f"{date(*figures):%Y%m%d}" if len(figures) == 3 else ""
