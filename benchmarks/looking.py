"""What it costs that looking is on record: a case opened without and with its entry, and both chains proved."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.measure import Row
from desktop_app.domain.access_entries import NewEntry
from desktop_app.domain.events import NewEvent
from desktop_app.gui.case_file import CaseFile, open_case_file, read_case_file
from desktop_app.services import office, sample_office
from desktop_app.services.session import Session
from desktop_app.storage import database, keyring

_ENTRIES = 50_000
_PIECE = 1_000
_ENTERED = "2026-11-23T08:00:00.000+08:00"
_KEY = bytes(database.KEY_BYTES)


def run() -> list[Row]:
    """Opens every case of the sample office twice, and proves two chains of 50,000 entries."""
    with tempfile.TemporaryDirectory() as name:
        return [*_opening(Path(name) / "sample"), *_proving(Path(name) / "long")]


def _opening(folder: Path) -> list[Row]:
    made = sample_office.make(folder)
    first = made.users[0]
    session = office.enter_with_key(folder, first.name, keyring.unlock(folder, first.name, first.password))
    try:
        with session.read() as work:
            numbers = [row.number for row in work.cases.all()]
        _median(read_case_file, session, numbers)
        read = _median(read_case_file, session, numbers)
        opened = _median(open_case_file, session, numbers)
    finally:
        session.close()
    return [
        Row(
            "open a case, its entry on disk before it is shown",
            f"{len(numbers)} cases, median",
            opened,
            "the same without an entry",
            read,
            "<= 2 x",
        )
    ]


def _median(read: Callable[[Session, str], CaseFile], session: Session, numbers: list[str]) -> float:
    took: list[float] = []
    for number in numbers:
        begun = time.perf_counter()
        read(session, number)
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


def _proving(folder: Path) -> list[Row]:
    opened = database.create(folder, _KEY)
    for first in range(1, _ENTRIES, _PIECE):
        numbers = [f"2026-{serial:04d}" for serial in range(first, first + _PIECE)]
        words = {"text": "小区门口的路灯坏了半个月，请尽快修好。" * 3}
        with opened.change() as work:
            work.journal.append(
                [NewEvent("accept", date(2026, 1, 1), "王敏", _ENTERED, one, {}, words) for one in numbers]
            )
            work.access.append([NewEntry("view", "王敏", _ENTERED, one) for one in numbers])
    with opened.read() as work:
        begun = time.perf_counter()
        problems = list(work.journal.check_chain())
        journal = time.perf_counter() - begun
        problems += work.access.check_chain()
        access = time.perf_counter() - begun - journal
    opened.close()
    if problems:
        raise RuntimeError(problems[0].message)
    size = f"{_ENTRIES:,} entries"
    return [
        Row("prove the journal, link by link", size, journal, "", 0, "<= 10000 ms"),
        Row(
            "prove the access log, link by link",
            size,
            access,
            "the journal, with its words",
            journal,
            "<= 1.2 x",
        ),
    ]
