"""Ledgers: rows poured as XML against packing the same bytes, and against openpyxl's write-only mode.

Those of cases come covered (`services.ledgers`) and are poured as they are; others are covered as they are written.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measure import Row, best_of, peak_memory
from desktop_app.documents.ledger_sheet import SHEET_FILE
from desktop_app.documents.ledgers import Cell, LedgerColumn, write_ledger

_WORDS = ("市住房和城乡建设局", "投诉", "一般", "办理中", "市长板块", "某小区二次供水水压不足", "加急")
_KINDS = ("text",) * 24 + ("date",) * 5 + ("number",)
_PLAIN = tuple(LedgerColumn(f"column_{at}", f"栏目{at}", 16, kind) for at, kind in enumerate(_KINDS))
_IDENTITY = (
    LedgerColumn("title", "标题", 42, protected=True),
    LedgerColumn("citizen", "网友", 8, protected=True),
    LedgerColumn("contact", "联系方式", 15, protected=True),
)
_MASKED = (*_IDENTITY, *_PLAIN[3:])
_MEMORY_TARGET = 60


def run() -> list[Row]:
    """10,000 and 100,000 rows of 30 columns, with the memory that the greater takes; identity masked last."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        few, many = list(_rows(10_000)), list(_rows(100_000))
        ours_few = best_of(lambda: _write(path, _PLAIN, few), 3)
        floor_few = _floor(path)
        theirs = best_of(lambda: _write_with_openpyxl(path, few), 1)
        ours_many = best_of(lambda: _write(path, _PLAIN, many), 1)
        floor_many = _floor(path)
        named = list(_named_rows(10_000))
        masked = best_of(lambda: _write(path, _MASKED, named), 1)
        floor_masked = _floor(path)
        memory = _memory(path)
    taken = f"memory + {memory:.0f} MB, target {_MEMORY_TARGET}" if memory is not None else ""
    return [
        Row("ledger", "10,000 x 30", ours_few, "zlib-6 of the same XML", floor_few, "<= 2 x"),
        Row("ledger", "10,000 x 30", ours_few, "openpyxl write_only", theirs, ">= 5 x faster"),
        Row("ledger", "100,000 x 30", ours_many, "zlib-6 of the same XML", floor_many, "<= 2 x", taken),
        Row(
            "ledger, covered as it is written",
            "10,000 x 30",
            masked,
            "zlib-6 of the same XML",
            floor_masked,
            "",
        ),
    ]


def _rows(count: int) -> Iterator[list[Cell]]:
    for row in range(count):
        day = date(2026, 1, 5) + timedelta(row % 300)
        words: list[Cell] = [f"{_WORDS[(row + at) % 7]}{row % 1000}" for at in range(24)]
        yield [f"2026-{row:06d}", *words[1:], day, day, day, None, day, row % 7]


def _named_rows(count: int) -> Iterator[list[Cell]]:
    for at, row in enumerate(_rows(count)):
        title = f"某小区{at % 40}号楼停水{at % 9}天，请督促有关部门处理"
        yield [title, "王小明", f"138{at:08d}", *row[3:]]


def _write(path: Path, columns: tuple[LedgerColumn, ...], rows: list[list[Cell]]) -> None:
    assert write_ledger(path, "登记台账", columns, rows, note="速度测量") == len(rows)


def _floor(path: Path) -> float:
    with zipfile.ZipFile(path) as book:
        xml = book.read(SHEET_FILE)
    return best_of(lambda: zlib.compress(xml, 6), 1)


def _write_with_openpyxl(path: Path, rows: list[list[Cell]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("登记台账")
    sheet.append([column.title for column in _PLAIN])
    for row in rows:
        sheet.append(row)
    book.save(path)


def _memory(path: Path) -> float | None:
    """Megabytes by which writing 100,000 rows raises the peak of a fresh process; None off Linux."""
    receiving, sending = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_measure_memory, args=(path, sending))
    process.start()
    sending.close()
    try:
        measured = receiving.recv()
    except EOFError:
        return None
    finally:
        process.join()
    return float(measured)


def _measure_memory(path: Path, sending: multiprocessing.connection.Connection) -> None:
    before = peak_memory()
    if before is not None:
        write_ledger(path, "登记台账", _PLAIN, _rows(100_000), note="速度测量")
        sending.send((peak_memory() or 0) - before)
