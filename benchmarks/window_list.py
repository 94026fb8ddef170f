"""The register in the window: a frame while it is scrolled, the way to any place in it, the memory it keeps."""

from __future__ import annotations

import os
import random
import secrets
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Row, sizes
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.users import Role, User
from desktop_app.services.session import OfficeClock, Session
from desktop_app.storage.database import Database, create

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QTableView

    from desktop_app.gui.register_page import RegisterPage

_SMALL, _LARGEST = 2_801, 100_000
_PIECE = 5_000
_STEPS = 200
_WINDOW = (1920, 1000)
_TODAY = date(2026, 11, 23)
_PATIENCE = 30
_WORDS = (
    "小区",
    "供水",
    "水压",
    "不足",
    "物业",
    "公交",
    "路灯",
    "噪音",
    "施工",
    "学校",
    "医保",
    "停车",
    "收费",
    "道路",
)
_UNITS = tuple(f"某市第{place}局" for place in range(60))


def run() -> list[Row]:
    """Scrolls a register of each size, offscreen, beside Qt's own model of a query on bare SQLite."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        for size in (_SMALL, sizes(_LARGEST)[-1]):
            folder = Path(name) / str(size)
            database = make_office(folder, size)
            rows += _measure(application, database, folder, size)
    return rows


def _measure(application: QApplication, database: Database, folder: Path, size: int) -> list[Row]:
    peer = _qt_model_frames(application, folder / "plain.db", size)
    before = _resident()
    session = Session(database, User("王敏", frozenset((Role.OPERATOR,))), OfficeClock(_TODAY))
    page = _page(session, folder)
    started = time.perf_counter()
    page.resize(*_WINDOW)
    page.show()
    _until(application, lambda: page.model.ready and page.model.case(0) is not None)
    page.table.viewport().repaint()
    opened = time.perf_counter() - started
    frames = _scrolled(application, page.table)
    jumps, worst = _jumps(application, page)
    sorted_in = _asked(application, page, lambda: page._sort_by("due"))
    searched_in = _asked(application, page, lambda: page.set_text("水压不足"))
    kept = page.model.rows_kept
    grown = _resident() - before
    page.context.operations.close()
    page.deleteLater()
    shown = f"{size:,}"
    note = f"worst {max(frames) * 1000:.1f} ms"
    return [
        Row("scrolling the register, one frame", shown, statistics.median(frames), "QSqlQueryModel",
            statistics.median(peer), "< 16 ms", note),
        Row("first list painted after the page is made", shown, opened, "", 0, "≤ 400 ms"),
        Row("jump to any place until its rows are there", shown, statistics.median(jumps), "", 0, "≤ 100 ms",
            f"longest frame meanwhile {worst * 1000:.1f} ms"),
        Row("another order until it is there", shown, sorted_in, "", 0, "≤ 100 ms"),
        Row("a search until it is there", shown, searched_in, "", 0, "≤ 100 ms",
            f"{kept} rows kept; memory grew by {grown / 1e6:.0f} MB (target ≤ 50 MB)"),
    ]  # fmt: skip


def _page(session: Session, folder: Path) -> RegisterPage:
    from desktop_app.gui.operations import Operations
    from desktop_app.gui.page import PageContext
    from desktop_app.gui.register_page import RegisterPage
    from desktop_app.gui.window_settings import WindowSettings

    return RegisterPage(
        PageContext(
            operations=Operations(session),
            session=session,
            open_case=lambda number, neighbours: None,
            open_page=lambda name: None,
            show_message=lambda message: None,
            settings=WindowSettings(folder, "王敏"),
            change_theme=lambda size, contrast: None,
            open_holidays=lambda year: None,
        )
    )


def _scrolled(application: QApplication, view: QTableView) -> list[float]:
    """Seconds of each frame while the list is turned over screen by screen: moved, painted, events handled."""
    bar = view.verticalScrollBar()
    step = max(1, (bar.maximum() - bar.minimum()) // _STEPS)
    frames = []
    for place in range(_STEPS):
        started = time.perf_counter()
        bar.setValue(bar.minimum() + place * min(step, bar.pageStep()))
        view.viewport().repaint()
        application.processEvents()
        frames.append(time.perf_counter() - started)
    return frames


def _jumps(application: QApplication, page: RegisterPage) -> tuple[list[float], float]:
    """Seconds until the rows of a place anywhere are there, and the longest single turn of events meanwhile."""
    chance, bar, worst = random.Random(7), page.table.verticalScrollBar(), 0.0
    times = []
    for _ in range(40):
        started = time.perf_counter()
        bar.setValue(chance.randrange(bar.maximum() + 1))
        row = page.table.first_visible_row()
        page.table.viewport().repaint()
        worst = max(worst, time.perf_counter() - started)
        worst = max(worst, _until(application, partial(_is_here, page, row)))
        page.table.viewport().repaint()
        times.append(time.perf_counter() - started)
    return times, worst


def _asked(application: QApplication, page: RegisterPage, ask: Callable[[], None]) -> float:
    arrived: list[bool] = []
    page.model.opened.connect(arrived.append)
    started = time.perf_counter()
    ask()
    _until(application, lambda: bool(arrived))
    page.table.viewport().repaint()
    taken = time.perf_counter() - started
    page.model.opened.disconnect(arrived.append)
    return taken


def _until(application: QApplication, done: Callable[[], bool]) -> float:
    """Handle events until it is done, asleep between them as a window is; the longest turn without sleep."""
    from PySide6.QtCore import QEventLoop, QTimer

    waker = QTimer()
    waker.start(20)
    end, longest = time.perf_counter() + _PATIENCE, 0.0
    while not done():
        if time.perf_counter() > end:
            raise TimeoutError("the list did not come")
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        started = time.perf_counter()
        application.processEvents()
        longest = max(longest, time.perf_counter() - started)
    return longest


def _qt_model_frames(application: QApplication, path: Path, size: int) -> list[float]:
    """The same number of rows and columns in Qt's own view of a plain file, by its own driver."""
    from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
    from PySide6.QtWidgets import QTableView

    chance = random.Random(size)
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, a, b, title, c, d, e, f)")
    plain.executemany(
        "INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (n, "办理中", "2026-10-14", _title(chance), "投诉", "某市某局", "2026-09-21", "")
            for n in range(size)
        ),
    )
    plain.commit()
    plain.close()
    database = QSqlDatabase.addDatabase("QSQLITE", str(path))
    database.setDatabaseName(str(path))
    database.open()
    model = QSqlQueryModel()
    model.setQuery("SELECT * FROM cases ORDER BY id DESC", database)
    while model.canFetchMore():
        model.fetchMore()
    view = QTableView()
    view.setModel(model)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(32)
    view.resize(*_WINDOW)
    view.show()
    application.processEvents()
    frames = _scrolled(application, view)
    view.setModel(None)
    view.deleteLater()
    model.clear()
    del model, database
    QSqlDatabase.removeDatabase(str(path))
    return frames


def make_office(folder: Path, size: int, archived: bool = False) -> Database:
    """`archived`: all of its cases are, as most of an old office's."""
    database = create(folder, secrets.token_bytes(32))
    chance = random.Random(size)
    for first in range(1, size + 1, _PIECE):
        rows = [_row(chance, serial, archived) for serial in range(first, min(first + _PIECE, size + 1))]
        messages = [(row.number, _message(chance, row)) for row in rows]
        with database.change() as work:
            work.cases.insert(rows)
            work.messages.insert_many(messages)
            work.search.put_many([(number, [one.title, one.text]) for number, one in messages])
    with database.read() as work:
        assert work.cases.total(CaseQuery()) == (size, True)
    return database


def _title(chance: random.Random) -> str:
    return "".join(chance.choices(_WORDS, k=chance.randrange(5, 24)))


def _message(chance: random.Random, row: CaseRow) -> Message:
    return Message(row.title, "".join(chance.choices(_WORDS, k=30)), Citizen("王小明", "13800000000"))


def _row(chance: random.Random, serial: int, archived: bool = False) -> CaseRow:
    received = date(2026, 1, 1) + timedelta(days=chance.randrange(320))
    due = received + timedelta(days=14)
    return CaseRow(
        number=f"2026-{serial:04d}",
        year=2026,
        serial=serial,
        regulation="tongliao-2023",
        status="已归档" if archived else "办理中",
        title=_title(chance),
        received=received,
        source="市长板块",
        is_open=not archived,
        category="投诉",
        lead=chance.choice(_UNITS),
        due=due,
        reminder=due - timedelta(days=1),
        due_from="receipt",
        awaiting_reply=not archived and chance.random() < 0.1,
    )


def _resident() -> int:
    """Bytes of memory held now; 0 where the system does not say."""
    figures = Path("/proc/self/statm")
    return int(figures.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if figures.exists() else 0


def _is_here(page: RegisterPage, row: int) -> bool:
    return page.model.case(row) is not None
