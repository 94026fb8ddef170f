"""Bringing messages in: read, recognised, checked for repeats, compared word by word, numbered, chained, indexed, encrypted.

A file of 2,801, and files of ten thousand and (``--size``) a hundred thousand, each in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook, load_workbook

from benchmarks.measure import Row, peak_memory, sizes
from benchmarks.message_file import write_messages
from desktop_app.documents.message_files import bring_in_file
from desktop_app.services import office

ROWS = 2801
_LARGEST = 100_000
_HEADER = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")
_WORDS = "小区供水停车学校道路补贴医保户口施工噪音垃圾公交物业电梯暖气合同工资退款证明"


def run() -> list[Row]:
    """One import into a new office for each size; the floor is openpyxl's reading of the same file, no more."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "messages.xlsx"
        _write(file)
        ours = _import(folder / "office", file)
        floor = _read(file)
    rows = [Row("import, whole", f"{ROWS:,} messages", ours, "openpyxl read_only, reading alone", floor, "")]
    return rows + [_at_size(size) for size in sizes(_LARGEST)]


def _at_size(size: int) -> Row:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "messages.xlsx"
        repeated = write_messages(file, size)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            spent, busy, suspected, peak = pool.apply(_import_alone, (Path(name) / "office", file))
        floor = _read(file, size)
    note = f"{busy / size * 1000:.2f} ms of the processor a row; {repeated} reworded, {suspected} suspected"
    memory = f"; peak {peak:.0f} MB" if peak is not None else ""
    return Row(
        "import, whole",
        f"{size:,} messages",
        spent,
        "openpyxl read_only, reading alone",
        floor,
        "",
        note + memory,
    )


def _import_alone(folder: Path, file: Path) -> tuple[float, float, int, float | None]:
    """Seconds, those of the processor, how many were suspected to repeat another, and the greatest memory of this
    process in MB."""
    office.found(folder, "测速", "tongliao-2023", "王敏", "ce-su-mi-ma-2026")
    session = office.enter(folder, "王敏", "ce-su-mi-ma-2026")
    try:
        started, begun = time.perf_counter(), time.process_time()
        brought = bring_in_file(session, file)
        spent, busy = time.perf_counter() - started, time.process_time() - begun
    finally:
        session.close()
    return spent, busy, len(brought.suspected), peak_memory()


def _write(file: Path) -> None:
    chance = random.Random(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(_HEADER)
    for number in range(ROWS):
        text = "".join(chance.choices(_WORDS, k=chance.randint(60, 600)))
        day = f"2020/{number % 12 + 1}/{number % 28 + 1} 11:25:05"
        sheet.append((number + 1000, f"U{number:08d}", text[:24], day, text))
    book.save(file)


def _import(folder: Path, file: Path) -> float:
    office.found(folder, "测速", "tongliao-2023", "王敏", "ce-su-mi-ma-2026")
    session = office.enter(folder, "王敏", "ce-su-mi-ma-2026")
    try:
        started = time.perf_counter()
        brought = bring_in_file(session, file)
        spent = time.perf_counter() - started
    finally:
        session.database.close()
    if brought.imported != ROWS:
        raise RuntimeError(f"{brought.imported} of {ROWS} came in")
    return spent


def _read(file: Path, wanted: int = ROWS) -> float:
    started = time.perf_counter()
    book = load_workbook(file, read_only=True)
    rows = sum(1 for _ in book.active.iter_rows(values_only=True))
    book.close()
    if rows != wanted + 1:
        raise RuntimeError(f"{rows} rows")
    return time.perf_counter() - started
