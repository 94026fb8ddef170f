"""What the import page shows, worked out without Qt: columns and fields, numbers, and what became of which row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.documents.tables import Table
from desktop_app.domain.columns import SYNONYMS, recognise
from desktop_app.domain.incoming import cell_text
from desktop_app.services.intake import Brought

PREVIEW_ROWS = 20
_PREVIEW_LENGTH = 60
NO_COLUMN = ""
"""Chosen for a field that no column of the sheet holds."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file opened: its table, and the columns chosen the last time a sheet with this header came in.

    rows: how many the sheet has; of a large one the table holds the first alone.
    """

    path: Path
    table: Table
    remembered: Mapping[str, str]
    rows: int

    @property
    def is_whole(self) -> bool:
        return len(self.table.rows) == self.rows


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be brought in: all that the operator can set.

    taken_over: it is an old ledger, whose cases come in closed; retention: and archived for so long.
    """

    path: Path
    sheet: str | None
    regulation: str
    source: str
    on: date
    columns: Mapping[str, str]
    taken_over: bool = False
    retention: str = ""


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the sheet and what became of it."""

    row: int
    words: str


def field_label(field: str) -> str:
    """A field in the program's words: 留言编号."""
    return SYNONYMS[field][0]


def columns_of(header: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Every field's column by name, `NO_COLUMN` where it has none; what was chosen goes before what names say."""
    known = {
        field: column
        for field, column in chosen.items()
        if field in SYNONYMS and (not column or column in header)
    }
    found = recognise(header, known).fields
    return {field: header[found[field]] if field in found else NO_COLUMN for field in SYNONYMS}


def chosen_columns(read: FileRead, columns: Mapping[str, str]) -> dict[str, str]:
    """What to tell the import: nothing where names alone say the same and nothing else was remembered."""
    if not read.remembered and columns == columns_of(read.table.header, {}):
        return {}
    return dict(columns)


def faults_of_columns(columns: Mapping[str, str]) -> str:
    """Why a file cannot be brought in with these columns; empty where it can."""
    if not columns["title"] and not columns["text"]:
        return "没有认出留言主题和留言详情：请在左边选出它们各在哪一列。"
    twice = sorted({name for name in columns.values() if name and list(columns.values()).count(name) > 1})
    if twice:
        return f"“{'”“'.join(twice)}”选给了两个字段，每一列只能给一个字段。"
    return ""


def heading_of(name: str, columns: Mapping[str, str]) -> str:
    """A column's heading in the preview: its own name, and what it was taken for."""
    field = next((field for field, column in columns.items() if column and column == name), None)
    return f"{name or '（无列名）'}\n{'→ ' + field_label(field) if field else '原样另存'}"


def preview(table: Table) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The first rows, each with its number in the sheet, cells cut to one short line."""
    return tuple(
        (row.number, tuple(_short(cell_text(cell)) for cell in row.cells))
        for row in table.rows[:PREVIEW_ROWS]
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _PREVIEW_LENGTH else f"{line[:_PREVIEW_LENGTH]}…"


def forecast(brought: Brought) -> str:
    """``共 2,801 行：可导入 2,790 件，重复 8 行，不能导入 3 行；其中疑似重复 5 件。``"""
    return _numbers(brought, "可导入")


def outcome(brought: Brought) -> str:
    """``共 2,801 行：已导入 2,790 件（2026-0001 至 2026-2790），…``"""
    return _numbers(brought, "已导入")


def _numbers(brought: Brought, verb: str) -> str:
    imported = f"{verb} {brought.imported:,} 件"
    parts = [imported, f"重复 {len(brought.duplicates):,} 行", f"不能导入 {len(brought.rejected):,} 行"]
    suspected = f"；其中疑似重复 {len(brought.suspected):,} 件" if brought.suspected else ""
    later = "" if brought.compared else "表很大，内容相近的在导入时比对。"
    return f"共 {brought.rows:,} 行：{'，'.join(parts)}{suspected}。{later}"


def rejected_lines(brought: Brought) -> tuple[RowLine, ...]:
    """The row number stands in its own column, not again in the words."""
    return tuple(
        RowLine(one.row, one.message.removeprefix(f"第 {one.row} 行").removeprefix("："))
        for one in brought.rejected
    )


def duplicate_lines(brought: Brought) -> tuple[RowLine, ...]:
    return tuple(RowLine(one.row, f"{_beside(one.of)}相同，不再登记") for one in brought.duplicates)


def suspected_lines(brought: Brought) -> tuple[RowLine, ...]:
    return tuple(
        RowLine(
            one.row,
            f"{'登记为 ' + one.number + '，' if one.number else ''}{_beside(one.of)}相似"
            f"{'（' + one.reason + '）' if one.reason else ''}，请初审时看一看",
        )
        for one in brought.suspected
    )


def _beside(of: str) -> str:
    """``与 2026-0001 `` or ``与第 2 行``."""
    return f"与{of}" if of.startswith("第") else f"与 {of} "
