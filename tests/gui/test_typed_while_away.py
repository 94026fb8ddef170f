"""The server stops, somebody types on, the PC dies (SIGKILL): at the next log-in at this seat the words are there."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.gui.case_page import CasePage
from desktop_app.gui.entry_page import EntryPage
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.open_drafts import taken_words
from desktop_app.gui.operations import Operations
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import office
from desktop_app.services.registration import register_all
from desktop_app.services.session import OfficeClock
from desktop_app.services.typed_here import TakenIn
from desktop_app.storage.server_address import ServerAddress, write_address
from desktop_app.storage.typed_here import TYPED_FOLDER
from tests.gui import typing_while_away
from tests.gui.conftest import PASSWORD, TODAY, UNITS, USER, registration
from tests.postgres_server import PostgresServer
from tests.test_postgres_server import _has_programs

needs_server = pytest.mark.skipif(not _has_programs(), reason="PostgreSQL's programs are not on this machine")
CASE = typing_while_away.CASE
LONG_MS = 60_000


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Path]:
    """After a window was killed there whose server had stopped; the server runs again."""
    with PostgresServer.start(durable=True) as server:
        write_address(tmp_path, ServerAddress.of(server.make_database("office")))
        office.found(tmp_path, "示例市运维中心", "tongliao-2023", USER, PASSWORD, OfficeClock(TODAY))
        session = office.enter(tmp_path, USER, PASSWORD, TODAY)
        office.bring_in_units(session, UNITS)
        with session.change() as work:
            register_all(session, work, [registration(place) for place in range(2)])
        key = session.database.key
        session.close()
        words = (str(tmp_path), USER, key.hex(), TODAY.isoformat())
        child = subprocess.Popen(
            [sys.executable, "-m", typing_while_away.__name__, *words],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        server.stop()
        assert child.stdout.readline() == "typed\n"
        child.kill()
        assert child.wait() == -signal.SIGKILL
        child.stdout.close()
        server.restart()
        yield tmp_path


@needs_server
def test_every_word_is_there_at_the_next_log_in(seat: Path, qtbot: QtBot) -> None:
    sealed = list((seat / TYPED_FOLDER).glob("*.typed"))
    assert len(sealed) == 2
    for file in sealed:
        for word in (typing_while_away.TOPIC, typing_while_away.MESSAGE, "accept", CASE):
            assert word.encode() not in file.read_bytes()
    window = MainWindow(Operations(office.enter(seat, USER, PASSWORD, TODAY)), WindowSettings(seat, USER))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: "2 处内容已经接上" in window.workspace.strip.text, timeout=LONG_MS)
    qtbot.waitUntil(lambda: window.drafts.text() == "有 2 件没办完的草稿", timeout=LONG_MS)
    window.workspace.open_case(CASE, (CASE,), "accept")
    case, entry = window.workspace.page("case"), window.workspace.page("entry")
    assert isinstance(case, CasePage) and isinstance(entry, EntryPage)
    qtbot.waitUntil(lambda: case.form is not None, timeout=LONG_MS)
    assert case.form is not None
    assert case.form.values()["topic"] == typing_while_away.TOPIC, "the newer, not what the server had"
    window.workspace.open("entry")
    qtbot.waitUntil(lambda: entry.texts()["text"] == typing_while_away.MESSAGE, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not window._operations.busy, timeout=LONG_MS)
    assert list((seat / TYPED_FOLDER).iterdir()) == []
    window.leave_as_it_is()


def test_what_is_told() -> None:
    assert taken_words(TakenIn()) == ""
    assert "3 处内容已经接上" in taken_words(TakenIn(3))
    both = taken_words(TakenIn(both=("2026-0001 “受理”", "“登记一件”")))
    assert both.startswith("2026-0001 “受理”、“登记一件”另有后来填的一份，打开的是后来的")
    broken = taken_words(TakenIn(1, (), 1, Path("数据") / "typed"))
    assert "打不开" in broken and str(Path("数据") / "typed") in broken
