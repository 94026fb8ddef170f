"""文书 of the menu, by clicks and keys on a real small office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenuBar
from pytestqt.qtbot import QtBot

from desktop_app.documents import office_suite
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.papers_folder import PAPERS_FOLDER
from desktop_app.gui.papers_menu import PapersMenu
from desktop_app.gui.register_page import RegisterPage
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
from desktop_app.services.session import Session

SLIP = "打印人民网地方领导留言板咨询事项承办单"
JOB_MS = 30_000


@pytest.fixture
def window(
    qtbot: QtBot, operations: Operations, settings: WindowSettings, tmp_path: Path
) -> Iterator[MainWindow]:
    settings.put(PAPERS_FOLDER, str(tmp_path / "papers"))
    made = MainWindow(operations, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show_as_left()
    made.activateWindow()
    made.workspace.open("register")
    qtbot.waitUntil(lambda: register(made).model.rowCount() == 20)
    qtbot.waitUntil(lambda: titles(made)[0] == SLIP)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files handed to the office suite, which is not started: a machine that has WPS and nothing else."""
    files: list[Path] = []

    def take(paper: Path) -> office_suite.OfficeSuite:
        files.append(paper)
        return office_suite.OfficeSuite("WPS", Path("wps"))

    monkeypatch.setattr(office_suite, "open_paper", take)
    monkeypatch.setattr(office_suite, "can_make_pdf", lambda: False)
    return files


def register(window: MainWindow) -> RegisterPage:
    page = window.workspace.page("register")
    assert isinstance(page, RegisterPage)
    return page


def menu_of(window: MainWindow) -> PapersMenu:
    (menu,) = window.findChildren(PapersMenu)
    return menu


def titles(window: MainWindow) -> list[str]:
    """The lines and groups of papers, without the pages that the menu leads to."""
    menu = menu_of(window)
    words = [action.text() for action in menu.actions() if action.isVisible()]
    return [one for one in words if one.startswith("打印") or one in menu.groups]


def choose(qtbot: QtBot, window: MainWindow, title: str) -> None:
    """The menu opened in the bar, then the line in it, with the mouse."""
    (bar,) = window.findChildren(QMenuBar)
    menu = menu_of(window)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(menu.menuAction()).center())
    qtbot.waitUntil(menu.isVisible)
    action = next(action for action in menu.actions() if action.text() == title)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def remind(session: Session, *numbers: str) -> None:
    for number in numbers:
        act(session, number, "remind", {"to": "张平", "channel": "电话"}, date(2026, 10, 13))


def papers_of(session: Session, number: str) -> list[str]:
    return [paper.form for paper in view_case(session, number).papers]


def test_the_papers_bear_the_titles_of_the_regulation(window: MainWindow) -> None:
    everyday = [SLIP, f"{SLIP}（隐去身份）", "打印提醒单", "打印催办单", "打印督办函", "打印督办单"]
    assert titles(window) == [*everyday, *menu_of(window).groups]
    group = menu_of(window).groups["与承办单位往来"]
    assert [one.text() for one in group.actions()] == [
        "打印延期办理申请表",
        "打印退办单",
        "打印退回重办通知",
    ]


def test_a_paper_the_regulation_does_not_know_is_not_offered(window: MainWindow) -> None:
    window.papers_known.emit({"slip": "网友留言承办单", "urge": "催办通知"})
    assert titles(window) == ["打印网友留言承办单", "打印催办通知"]


def test_reminders_of_all_that_is_ticked(
    qtbot: QtBot, window: MainWindow, session: Session, printed: list[Path]
) -> None:
    remind(session, "2026-0004", "2026-0005")
    register(window).model.toggle(["2026-0004", "2026-0005"])
    choose(qtbot, window, "打印提醒单")
    qtbot.waitUntil(lambda: "提醒单 2 件，已存为" in window.workspace.strip.text)
    assert [file.name for file in printed] == ["提醒单 2026-0004 等 2 件.docx"]
    assert papers_of(session, "2026-0004") == papers_of(session, "2026-0005") == ["reminder"]


def test_one_case_without_the_paper_stops_all_and_is_named(
    qtbot: QtBot, window: MainWindow, session: Session, printed: list[Path], tmp_path: Path
) -> None:
    remind(session, "2026-0004")
    register(window).model.toggle(["2026-0004", "2026-0005"])
    choose(qtbot, window, "打印提醒单")
    qtbot.waitUntil(lambda: "2026-0005" in window.workspace.strip.text)
    words = window.workspace.strip.text
    assert "还没有" in words
    assert "勾选的 2 件都没有制作。" in words
    assert "第十三条" in words
    assert papers_of(session, "2026-0004") == []
    assert printed == []
    assert list((tmp_path / "papers").glob("*")) == []


def test_a_case_that_must_not_go_to_its_unit_is_named_among_many(
    qtbot: QtBot, window: MainWindow, session: Session, printed: list[Path]
) -> None:
    act(session, "2026-0005", "complained-of", {"kind": "检举", "unit": "市公安局"}, date(2026, 10, 13))
    register(window).model.toggle(["2026-0004", "2026-0005"])
    choose(qtbot, window, SLIP)
    qtbot.waitUntil(lambda: "2026-0005：本件是对“市公安局”的" in window.workspace.strip.text)
    assert papers_of(session, "2026-0004") == []
    assert printed == []


def test_without_ticks_it_is_the_case_the_keyboard_is_on(
    qtbot: QtBot, window: MainWindow, session: Session, printed: list[Path]
) -> None:
    remind(session, "2026-0004")
    register(window).table.go_to(list(register(window).model.numbers or ()).index("2026-0004"))
    choose(qtbot, window, "打印提醒单")
    qtbot.waitUntil(lambda: len(printed) == 1)
    assert printed[0].name.startswith("2026-0004 提醒单")


def test_beside_an_open_case_it_is_that_case(
    qtbot: QtBot, window: MainWindow, session: Session, printed: list[Path]
) -> None:
    register(window).model.toggle(["2026-0001"])
    window.workspace.open_case("2026-0002", ["2026-0002"])
    page = window.workspace.page("case")
    assert isinstance(page, CasePage)
    qtbot.waitUntil(lambda: page.file is not None)
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(printed) == 1)
    choose(qtbot, window, f"{SLIP}（隐去身份）")
    qtbot.waitUntil(lambda: len(printed) == 2)
    assert printed[0].name.startswith("2026-0002 承办单 ")
    assert printed[1].name.startswith("2026-0002 承办单（隐去")
    assert window.workspace.current == "case"
    assert papers_of(session, "2026-0001") == []


def test_where_no_paper_can_be_written_none_is_recorded(
    qtbot: QtBot, window: MainWindow, session: Session, settings: WindowSettings, tmp_path: Path
) -> None:
    (tmp_path / "papers").write_text("a file where the folder should be")
    with qtbot.waitSignal(window.workspace.context.operations.failed):
        register(window).model.toggle(["2026-0001"])
        choose(qtbot, window, SLIP)
    assert papers_of(session, "2026-0001") == []


def test_many_papers_are_made_beside_the_window(
    qtbot: QtBot, window: MainWindow, session: Session, printed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.gui import register_papers

    monkeypatch.setattr(register_papers, "AT_ONCE", 2)
    register(window).model.toggle(["2026-0001", "2026-0002", "2026-0003"])
    choose(qtbot, window, SLIP)
    qtbot.waitUntil(lambda: len(printed) == 1, timeout=JOB_MS)
    assert papers_of(session, "2026-0003") == ["slip"]
    assert "承办单 3 件" in window.workspace.strip.text
