"""At the first start: an office of several seats is connected to, founded there, and found again by the next seat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.gui.application import Program
from desktop_app.gui.founding_page import FoundingPage
from desktop_app.gui.login_page import LoginPage
from desktop_app.gui.seat_address_panel import SeatAddressPanel
from desktop_app.gui.server_page import ServerPage
from desktop_app.services import office_place
from desktop_app.storage.server_address import read_address
from tests.engines import NoServer
from tests.postgres_server import PostgresServer

LATE_MS = 20_000
SECRET = "yi-ju-hao-ji-de-hua"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    try:
        made = PostgresServer.start()
    except NoServer as lacking:
        pytest.skip(str(lacking))
    with made:
        made.execute("CREATE ROLE founder LOGIN CREATEROLE")
        yield made


@pytest.fixture
def seat(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[str], Program]]:
    """Makes a seat that was never used before."""
    font, palette = qapp.font(), qapp.palette()
    made: list[Program] = []

    def make(name: str) -> Program:
        made.append(Program(qapp, tmp_path / name, None))
        qtbot.addWidget(made[-1].show_entrance().window())
        return made[-1]

    yield make
    for one in made:
        if one.window is not None:
            qapp.removeEventFilter(one.window)
            one.window.leave_as_it_is()
        one.close()
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


def ask_for_server(qtbot: QtBot, program: Program) -> ServerPage:
    card = program._card
    assert isinstance(card, FoundingPage | LoginPage)
    qtbot.mouseClick(card.server, Qt.MouseButton.LeftButton)
    page = program._card
    assert isinstance(page, ServerPage)
    return page


def paste(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText(text)
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def found_office(qtbot: QtBot, program: Program) -> None:
    """Founds an office where the card stands for it."""
    qtbot.waitUntil(lambda: isinstance(program._card, FoundingPage), timeout=LATE_MS)
    founding = program._card
    qtbot.waitUntil(lambda: founding.regulation.count() > 0, timeout=LATE_MS)
    for line, words in (
        (founding.office, "某市留言办"),
        (founding.admin, "王敏"),
        (founding.password, SECRET),
        (founding.again, SECRET),
    ):
        line.setText(words)
    qtbot.keyClick(founding.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=LATE_MS)


def test_an_office_is_founded_on_a_server_and_the_next_seat_finds_it(
    qtbot: QtBot, server: PostgresServer, seat: Callable[[str], Program]
) -> None:
    url = server.make_database("shared")
    first = seat("first")
    page = ask_for_server(qtbot, first)
    paste(qtbot, page.server, url)
    assert (page.server.text(), page.database_name.text(), page.user.text()) == (
        str(server.folder),
        "shared",
        "liuyan",
    )
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(first._card, FoundingPage), timeout=LATE_MS)
    assert first._card.news.text() == "已连上服务器，那里还没有单位的数据。"
    found_office(qtbot, first)

    second = seat("second")
    page = ask_for_server(qtbot, second)
    paste(qtbot, page.server, url)
    qtbot.keyClick(page.certificate, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(second._card, LoginPage), timeout=LATE_MS)
    login = second._card
    assert login.news.text() == "已连上服务器。"
    qtbot.waitUntil(login.server.isVisible, timeout=LATE_MS)
    login.user.setText("王敏")
    qtbot.keyClicks(login.password, SECRET)
    qtbot.keyClick(login.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: second.window is not None, timeout=LATE_MS)


def test_a_server_that_does_not_answer_is_told_and_nothing_is_kept(
    qtbot: QtBot, server: PostgresServer, seat: Callable[[str], Program], tmp_path: Path
) -> None:
    program = seat("lost")
    page = ask_for_server(qtbot, program)
    for line, words in ((page.server, "127.0.0.1:1"), (page.database_name, "shared"), (page.user, "liuyan")):
        qtbot.keyClicks(line, words)
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.fault.isVisible(), timeout=LATE_MS)
    assert page.fault.text().startswith("连不上 127.0.0.1:1：")
    assert page.button.isEnabled() and page.database_name.text() == "shared"
    assert not office_place.holds_office(tmp_path / "lost")


def test_a_database_that_is_not_there_is_told_by_its_name(
    qtbot: QtBot, server: PostgresServer, seat: Callable[[str], Program]
) -> None:
    program = seat("wrong")
    page = ask_for_server(qtbot, program)
    paste(qtbot, page.server, server.url("none"))
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "没有这个数据库" in page.fault.text(), timeout=LATE_MS)


def test_what_is_missing_is_asked_for_and_one_may_go_back(
    qtbot: QtBot, seat: Callable[[str], Program]
) -> None:
    program = seat("back")
    page = ask_for_server(qtbot, program)
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert page.fault.text() == "“服务器”还没有填。"
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert isinstance(program._card, FoundingPage)


def seat_panel(program: Program) -> SeatAddressPanel:
    window: Any = program.window
    assert window.workspace.current == "settings"
    panel: SeatAddressPanel = window.workspace.page("settings").place.other_seats
    assert panel.isVisible()
    return panel


def test_whoever_founds_is_shown_the_address_for_the_other_seats(
    qtbot: QtBot,
    server: PostgresServer,
    seat: Callable[[str], Program],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.execute("CREATE DATABASE doors OWNER founder TEMPLATE template0")
    first = seat("first")
    page = ask_for_server(qtbot, first)
    paste(qtbot, page.server, server.url("doors", "founder"))
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    found_office(qtbot, first)
    panel = seat_panel(first)
    told = read_address(tmp_path / "first")
    assert told is not None and told.is_door
    assert panel.address.text() == told.url and told.password not in panel.address.text()
    qtbot.mouseClick(panel.reveal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.address.text() == told.url_with_password, timeout=LATE_MS)
    qtbot.mouseClick(panel.reveal, Qt.MouseButton.LeftButton)
    assert panel.address.text() == told.url
    QApplication.clipboard().clear()
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == told.url_with_password, timeout=LATE_MS)
    stick = tmp_path / "server.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(stick), ""))
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(stick.exists, timeout=LATE_MS)

    second = seat("second")
    page = ask_for_server(qtbot, second)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(stick), ""))
    qtbot.mouseClick(page.from_file, Qt.MouseButton.LeftButton)
    assert page.database_name.text() == "doors" and page.user.text() == told.user
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(second._card, LoginPage), timeout=LATE_MS)
    assert read_address(tmp_path / "second") == told


def test_where_one_account_serves_all_no_password_is_shown(
    qtbot: QtBot, server: PostgresServer, seat: Callable[[str], Program]
) -> None:
    program = seat("alone")
    page = ask_for_server(qtbot, program)
    paste(qtbot, page.server, server.make_database("alone"))
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    found_office(qtbot, program)
    panel = seat_panel(program)
    assert not panel.offers and not panel.copy.isVisible() and not panel.address.isVisible()


def test_a_file_that_is_none_is_told(
    qtbot: QtBot, seat: Callable[[str], Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ask_for_server(qtbot, seat("file"))
    (tmp_path / "letter.json").write_text("{}")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "letter.json"), ""))
    qtbot.mouseClick(page.from_file, Qt.MouseButton.LeftButton)
    assert "不是别的席位存下的服务器地址" in page.fault.text()


def test_what_no_field_shows_of_a_whole_address_is_kept(
    qtbot: QtBot, server: PostgresServer, seat: Callable[[str], Program], tmp_path: Path
) -> None:
    program = seat("plain")
    page = ask_for_server(qtbot, program)
    paste(qtbot, page.server, server.make_database("plain") + "&sslmode=disable")
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(program._card, FoundingPage), timeout=LATE_MS)
    known = read_address(tmp_path / "plain")
    assert known is not None and known.parameters["sslmode"] == "disable"
