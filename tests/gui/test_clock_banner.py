"""The strip that tells of a clock in doubt: on log-in, after a jump, and not on a practice day."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.events import NewEvent
from desktop_app.gui.clock_banner import ClockBanner
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import office
from desktop_app.services.pc_clock import ClockDoubt, ClockWatch
from desktop_app.services.session import CHINA, Session
from tests.gui.conftest import TODAY, USER, Template

Open = Callable[[Session], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, settings: WindowSettings) -> Iterator[Open]:
    """A main window on a session, with its rows come."""
    made: list[MainWindow] = []

    def open_on(session: Session) -> MainWindow:
        window = MainWindow(Operations(session), settings)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show_as_left()
        made.append(window)
        return window

    yield open_on
    for window in made:
        window.close()


def copy_of(template: Template, folder: Path, recorded: datetime) -> Path:
    """The office with one more record, as a machine whose clock stood at `recorded` would have left it."""
    shutil.copytree(template.folder, folder)
    session = office.enter_with_key(folder, USER, template.key)
    with session.change() as work:
        work.journal.append([NewEvent("backup", recorded.date(), USER, recorded.isoformat())])
    session.close()
    return folder


def test_a_clock_before_the_last_record_is_told_and_stays(
    qtbot: QtBot, open_window: Open, office_template: Template, tmp_path: Path
) -> None:
    folder = copy_of(office_template, tmp_path / "office", datetime.now(CHINA) + timedelta(days=3))
    window = open_window(office.enter_with_key(folder, USER, office_template.key))
    banner = window.workspace.clock
    qtbot.waitUntil(banner.isVisible)
    assert banner.words.text().startswith("！ 本机时钟是") and "早于最近一条记录" in banner.words.text()
    window.workspace.open("calendar")
    assert banner.isVisible()
    qtbot.mouseClick(banner.seen, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_a_jump_while_the_window_runs_is_told(
    qtbot: QtBot, open_window: Open, office_template: Template, tmp_path: Path
) -> None:
    folder = copy_of(office_template, tmp_path / "office", datetime.now(CHINA))
    window = open_window(office.enter_with_key(folder, USER, office_template.key))
    wall = [datetime.now(CHINA)]
    window._clock = ClockWatch(lambda: wall[0], lambda: 0.0)
    window._look_at_the_date()
    assert not window.workspace.clock.isVisible()
    wall[0] -= timedelta(days=2)
    window._look_at_the_date()
    assert window.workspace.clock.isVisible()
    assert "往回拨" in window.workspace.clock.words.text()


def test_a_practice_day_is_left_alone(
    qtbot: QtBot, open_window: Open, office_template: Template, tmp_path: Path
) -> None:
    folder = copy_of(office_template, tmp_path / "office", datetime.now(CHINA) + timedelta(days=3))
    window = open_window(office.enter_with_key(folder, USER, office_template.key, TODAY))
    wall = [datetime.now(CHINA)]
    window._clock = ClockWatch(lambda: wall[0], lambda: 0.0)
    wall[0] -= timedelta(days=2)
    window._look_at_the_date()
    qtbot.waitUntil(lambda: "练习日期" in window.standing)
    assert not window.workspace.clock.isVisible()


def test_nothing_new_leaves_what_stands_there(qtbot: QtBot) -> None:
    banner = ClockBanner()
    qtbot.addWidget(banner)
    banner.show_doubt(ClockDoubt("距最近一条记录已有 40 天", grave=False))
    banner.show_doubt(None)
    assert banner.isVisible()
    assert banner.words.text() == "距最近一条记录已有 40 天"
    banner.show_doubt(ClockDoubt("被往前拨", grave=True))
    assert banner.words.text() == "！ 被往前拨"
