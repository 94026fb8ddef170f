"""A scanner types a paper's code into the search box, and the case opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.gui.case_page import CasePage
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.register_page import RegisterPage
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import paper_codes, papers
from desktop_app.services.session import Session
from tests.gui.case_desk import shown
from tests.gui.conftest import dispatch

NUMBER = "2026-0009"


@pytest.fixture
def code(session: Session) -> str:
    dispatch(session, NUMBER, "市教育局", date(2026, 10, 12), None)
    return papers.paper_source(session, NUMBER, "slip").code


@pytest.fixture
def window(qtbot: QtBot, operations: Operations, settings: WindowSettings, code: str) -> Iterator[MainWindow]:
    made = MainWindow(operations, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show_as_left()
    made.activateWindow()
    made.workspace.open("register")
    qtbot.waitUntil(lambda: register(made).model.rowCount() == 20)
    yield made
    made.close()


def register(window: MainWindow) -> RegisterPage:
    page = window.workspace.page("register")
    assert isinstance(page, RegisterPage)
    return page


def case_of(window: MainWindow) -> str:
    page = window.workspace.page("case")
    assert isinstance(page, CasePage)
    return shown(page)


def scan(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """As a scanner does it: key by key, and Enter."""
    window.focus_search()
    qtbot.waitUntil(window.search.hasFocus)
    QTest.keyClicks(window.search, text)
    QTest.keyClick(window.search, Qt.Key.Key_Return)


def test_a_scanned_code_opens_its_case(qtbot: QtBot, window: MainWindow, code: str) -> None:
    scan(qtbot, window, code)
    qtbot.waitUntil(lambda: window.workspace.current == "case" and case_of(window) == NUMBER)
    assert window.search.text() == ""
    assert register(window).model.rowCount() == 20


def test_one_after_the_other_each_opens(
    qtbot: QtBot, window: MainWindow, session: Session, code: str
) -> None:
    other = papers.paper_source(session, "2026-0001", "slip").code
    scan(qtbot, window, code)
    qtbot.waitUntil(lambda: case_of(window) == NUMBER)
    scan(qtbot, window, other)
    qtbot.waitUntil(lambda: case_of(window) == "2026-0001")
    assert window.search.text() == ""


def test_full_width_characters_of_an_input_method_do_too(qtbot: QtBot, window: MainWindow, code: str) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code)
    window.focus_search()
    window.search.insert(wide)
    QTest.keyClick(window.search, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: case_of(window) == NUMBER)


def test_the_list_is_not_searched_for_a_code(qtbot: QtBot, window: MainWindow, code: str) -> None:
    asked: list[str] = []
    window.search.asked.connect(asked.append)
    window.search.insert(code)
    window.search.ask_now()
    assert asked == []
    window.search.clear()
    window.search.ask_now()
    assert asked == [""]


def test_a_misread_code_opens_nothing_and_can_be_scanned_over(
    qtbot: QtBot, window: MainWindow, code: str
) -> None:
    scan(qtbot, window, code[:-1] + str((int(code[-1]) + 1) % 10))
    qtbot.waitUntil(lambda: "校验不对" in window.workspace.strip.text)
    assert window.workspace.current == "register"
    assert window.search.selectedText() == window.search.text()
    QTest.keyClicks(window.search, code)
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: case_of(window) == NUMBER)


def test_another_offices_paper_opens_nothing(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    own = paper_codes.own_office_code(session)
    other = paper_codes.code_for("100000" if own != "100000" else "100001", NUMBER, "slip", 1)
    scan(qtbot, window, other)
    qtbot.waitUntil(lambda: "不是本单位" in window.workspace.strip.text)
    assert window.workspace.current == "register"
