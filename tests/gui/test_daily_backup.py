"""A backup in the morning and one on leaving, without anybody thinking of it; what goes wrong is a plain line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import backups, office
from desktop_app.services.session import Session
from desktop_app.storage.backup import check_backup
from tests.gui.conftest import USER, Template

JOB_MS = 60_000


@pytest.fixture
def session(office_template: Template, tmp_path: Path) -> Iterator[Session]:
    """The day is the real one: on a day of training nothing is backed up."""
    folder = tmp_path / "data"
    shutil.copytree(office_template.folder, folder)
    opened = office.enter_with_key(folder, USER, office_template.key)
    yield opened
    opened.close()


@pytest.fixture
def stick(session: Session, tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    backups.choose_second_place(session, made)
    return made


def opened(qtbot: QtBot, operations: Operations, settings: WindowSettings) -> MainWindow:
    window = MainWindow(operations, settings, backs_up=True)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show_as_left()
    return window


def files(session: Session) -> list[Path]:
    folder = session.folder / "backups"
    return sorted(folder.glob("*.backup")) if folder.is_dir() else []


def record(session: Session) -> None:
    backups.choose_second_place(session, None)


def test_a_morning_and_an_evening(
    qtbot: QtBot, session: Session, operations: Operations, settings: WindowSettings
) -> None:
    window = opened(qtbot, operations, settings)
    qtbot.waitUntil(lambda: "上次备份 今天" in window.standing, timeout=JOB_MS)
    qtbot.waitUntil(lambda: not operations.busy)
    record(session)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=JOB_MS)
    # The evening's takes the place of the morning's.
    (evening,) = files(session)
    assert check_backup(evening, session.database.key) == []
    again = office.enter_with_key(session.folder, USER, session.database.key)
    assert not backups.is_due(again, leaving=True)
    again.close()


def test_where_nothing_was_recorded_it_closes_at_once(
    qtbot: QtBot, session: Session, operations: Operations, settings: WindowSettings
) -> None:
    backups.back_up(session)
    window = opened(qtbot, operations, settings)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(files(session)) == 1


def test_who_insists_may_go(
    qtbot: QtBot, session: Session, operations: Operations, settings: WindowSettings
) -> None:
    backups.back_up(session)
    window = opened(qtbot, operations, settings)
    record(session)
    with qtbot.waitSignal(operations.job_started, timeout=JOB_MS):
        window.close()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=JOB_MS)
    assert [path.name for path in (session.folder / "backups").iterdir() if path.suffix != ".backup"] == []


def test_a_stick_that_is_missing_is_a_line_and_no_dialog(
    qtbot: QtBot, stick: Path, session: Session, operations: Operations, settings: WindowSettings
) -> None:
    stick.rmdir()
    window = opened(qtbot, operations, settings)
    qtbot.waitUntil(lambda: "没有抄到第二处" in window.workspace.strip.text, timeout=JOB_MS)
    assert len(files(session)) == 1
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=JOB_MS)
