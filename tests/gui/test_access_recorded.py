"""What the window leaves in the access log: who opened which case, locked, came back, left."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.errors import StorageProblem
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import office
from desktop_app.services.session import Session
from desktop_app.storage import waiting_entries
from tests.gui.case_desk import NEW, RUNNING


def _told(session: Session) -> list[tuple[str, str | None]]:
    with session.read() as work:
        return [(entry.action, entry.case) for entry in work.access.since(0) if entry.action != "login"]


def test_a_case_that_is_opened_is_on_record_before_it_is_shown(
    opened: Callable[[str], CasePage], session: Session
) -> None:
    opened(NEW)
    assert _told(session) == [("view", NEW)]
    opened(RUNNING)
    assert _told(session) == [("view", NEW), ("view", RUNNING)]


def test_reading_a_case_again_is_no_further_look(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    page = opened(NEW)
    before = page.file
    page.refresh()
    qtbot.waitUntil(lambda: page.file is not before)
    assert _told(session) == [("view", NEW)]


def test_while_another_program_writes_a_case_opens_and_its_entry_waits(
    opened: Callable[[str], CasePage], session: Session
) -> None:
    """As during a long import: the operator is not kept waiting, and the entry is not lost."""
    writing, done = threading.Event(), threading.Event()

    def write() -> None:
        other = office.enter_with_key(session.folder, session.user.name, session.database.key)
        with other.change():
            writing.set()
            done.wait(30)
        other.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert writing.wait(30)
    try:
        opened(NEW)
    finally:
        done.set()
        thread.join()
    assert _told(session) == []
    with session.read() as work:
        starts = waiting_entries.read_starts(work.settings.get("access.waiting") or "[]")
    found = waiting_entries.look(session.folder, *starts)
    assert [(entry.action, entry.case) for entry in found.entries] == [("view", NEW)]


def test_locking_coming_back_and_leaving_are_on_record(
    qtbot: QtBot, operations: Operations, settings: WindowSettings, session: Session
) -> None:
    window = MainWindow(operations, settings)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show_as_left()
    window.cover(QLabel("锁定"))
    with pytest.raises(StorageProblem):
        office.prove_password(session.folder, session.user.name, "不是这个密码")
    window.uncover()
    qtbot.waitUntil(lambda: not operations.busy)
    window.close()
    other = office.enter_with_key(session.folder, session.user.name, session.database.key)
    told = [action for action, _ in _told(other)]
    with other.read() as work:
        sealed = work.seals.last()
        ends = work.access.last()
    other.close()
    assert told == ["lock", "login-failed", "unlock", "logout"]
    assert sealed is not None and ends is not None
    assert sealed.access.id == ends[0], "sealed as it was left"
