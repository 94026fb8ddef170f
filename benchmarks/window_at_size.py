"""The window in offices of every size: its start, the register dragged from end to end, and the memory it holds."""

from __future__ import annotations

import os
import statistics
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import at_size, large_office, window_list, window_start
from benchmarks.measure import Row, sizes
from desktop_app.services import office
from desktop_app.storage import keyring

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_RUNS = 3


def run() -> list[Row]:
    """Offscreen, a process of its own for each start."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop_app.gui import application as start

    application = QApplication.instance() or start.make_application()
    assert isinstance(application, QApplication)
    start.import_ahead()
    rows: list[Row] = []
    for size in sizes():
        with at_size.office_of(size) as session:
            folder = session.folder
            rows += _dragged(application, folder, size)
            rows += _started(application, folder, f"{size:,}")
    return rows


def _started(application: QApplication, folder: Path, shown: str) -> list[Row]:
    empty = statistics.median(window_start._first_paint(window_start._EMPTY, folder) for _ in range(_RUNS))
    ours = statistics.median(window_start._first_paint(window_start._OURS, folder) for _ in range(_RUNS))
    key = keyring.unlock(folder, large_office.USER, large_office.PASSWORD)
    listed, laid = (
        min(window_start._enter_once(application, folder, key, place) for _ in range(_RUNS))
        for place in ("register", "desk")
    )
    return [
        Row("start: process to first window painted", shown, ours, "empty PySide6 window", empty, "<= 2.5 x"),
        Row("start: key derived to list painted", shown, listed, "", 0, "<= 400 ms"),
        Row("start: key derived to desk painted", shown, laid, "", 0, "", "behind the window"),
    ]


def _dragged(application: QApplication, folder: Path, size: int) -> list[Row]:
    key = keyring.unlock(folder, large_office.USER, large_office.PASSWORD)
    session = office.enter_with_key(folder, large_office.USER, key, large_office.TODAY)
    before = window_list._resident()
    page = window_list._page(session, folder)
    page.resize(*window_list._WINDOW)
    page.show()
    window_list._until(application, lambda: page.model.ready and page.model.case(0) is not None)
    frames = window_list._scrolled(application, page.table)
    jumps, worst = window_list._jumps(application, page)
    grown = (window_list._resident() - before) / 1e6
    page.context.operations.close()
    page.deleteLater()
    shown = f"{size:,}"
    return [
        Row("window: one frame while scrolled", shown, statistics.median(frames), "", 0, "<= 16 ms",
            f"worst {max(frames) * 1000:.0f} ms"),
        Row("window: to any place of the list until its rows are there", shown, statistics.median(jumps), "", 0,
            "<= 100 ms", f"longest frame meanwhile {worst * 1000:.0f} ms; memory grew by {grown:.0f} MB"),
    ]  # fmt: skip
