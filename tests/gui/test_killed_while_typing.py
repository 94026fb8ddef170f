"""Killed (SIGKILL) while somebody is typing: at the next start the words are there, and the window says where."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.gui.case_page import CasePage
from desktop_app.gui.entry_page import EntryPage
from desktop_app.gui.holidays_page import HolidaysPage
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.units_page import UnitsPage
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services.session import Session
from tests.gui import typing_then_killed
from tests.gui.case_desk import NEW
from tests.gui.conftest import TODAY, USER, Template

LONG_MS = 60_000


@pytest.fixture
def killed(office_template: Template, session: Session) -> Session:
    """The office after a window in which four forms were being filled in was killed."""
    words = (str(session.folder), USER, office_template.key.hex(), TODAY.isoformat())
    child = subprocess.Popen(
        [sys.executable, "-m", typing_then_killed.__name__, *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "typed\n"
    child.kill()
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()
    return session


@pytest.fixture
def window(
    killed: Session, qtbot: QtBot, operations: Operations, settings: WindowSettings
) -> Iterator[MainWindow]:
    made = MainWindow(operations, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show_as_left()
    qtbot.waitUntil(lambda: made.drafts.isVisible(), timeout=LONG_MS)
    yield made
    made.close()


def test_the_window_says_what_was_not_finished(window: MainWindow) -> None:
    assert window.drafts.text() == "有 4 件没办完的草稿"
    assert [action.text() for action in window.drafts.waiting.actions()] == [
        f"{NEW} 受理",
        "登记一件",
        "放假安排",
        "单位名册",
    ]


def test_what_was_looked_at_before_is_on_record(killed: Session) -> None:
    with killed.read() as work:
        assert [(entry.action, entry.case) for entry in work.access.of_case(NEW)] == [("view", NEW)]


def _opened(window: MainWindow, qtbot: QtBot, title: str, there: Callable[[], bool]) -> None:
    next(one for one in window.drafts.waiting.actions() if one.text().endswith(title)).trigger()
    qtbot.waitUntil(there, timeout=LONG_MS)


def test_every_word_is_back_where_it_was_typed(window: MainWindow, qtbot: QtBot) -> None:
    case = window.workspace.page("case")
    assert isinstance(case, CasePage)
    _opened(window, qtbot, "受理", lambda: case.form is not None)
    assert case.form is not None
    assert case.form.values()["topic"] == typing_then_killed.TOPIC
    entry = window.workspace.page("entry")
    assert isinstance(entry, EntryPage)
    _opened(window, qtbot, "登记一件", lambda: entry.texts()["text"] == typing_then_killed.MESSAGE)
    holidays = window.workspace.page("holidays")
    assert isinstance(holidays, HolidaysPage)
    wanted = typing_then_killed.NOTICE
    _opened(window, qtbot, "放假安排", lambda: holidays.entry.text.toPlainText() == wanted)
    units = window.workspace.page("units")
    assert isinstance(units, UnitsPage)
    _opened(window, qtbot, "单位名册", lambda: units.form.unit().duties == typing_then_killed.DUTIES)
