"""Where the data lie, and their move to a server, by clicks in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.gui.application import Program
from desktop_app.gui.login_page import LoginPage
from desktop_app.gui.place_panel import PlacePanel
from desktop_app.services import office_place
from desktop_app.storage.server_address import read_address
from tests.engines import NoServer
from tests.gui.conftest import PASSWORD, TODAY, USER, Template
from tests.postgres_server import PostgresServer

LATE_MS = 60_000


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
def folder(office_template: Template, tmp_path: Path) -> Path:
    import shutil

    shutil.copytree(office_template.folder, tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Program]:
    font, palette = qapp.font(), qapp.palette()
    made = Program(qapp, folder, TODAY)
    qtbot.addWidget(made.show_entrance().window())
    yield made
    if made.window is not None:
        qapp.removeEventFilter(made.window)
        made.window.leave_as_it_is()
    made.close()
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


def log_in(qtbot: QtBot, program: Program) -> None:
    card = program._card
    assert isinstance(card, LoginPage)
    card.user.setText(USER)
    qtbot.keyClicks(card.password, PASSWORD)
    qtbot.keyClick(card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=LATE_MS)


def panel(program: Program) -> PlacePanel:
    window: Any = program.window
    window.workspace.open("settings")
    page = window.workspace.page("settings")
    page.show_subject("数据所在")
    found: PlacePanel = page.place
    return found


def click(qtbot: QtBot, button: Any) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_office_moves_to_a_server_and_this_seat_finds_it_there(
    qtbot: QtBot, server: PostgresServer, program: Program, folder: Path
) -> None:
    log_in(qtbot, program)
    shown = panel(program)
    qtbot.keyClicks(shown.address, server.make_database("moved"))
    click(qtbot, shown.move_there)
    assert "数据库 moved" in shown.warning.text()
    click(qtbot, shown.agree)
    qtbot.waitUntil(lambda: program.window is None, timeout=LATE_MS)
    qtbot.waitUntil(lambda: isinstance(program._card, LoginPage), timeout=LATE_MS)
    card = program._card
    assert card.news.text().startswith("已搬到服务器：20 件")
    assert office_place.is_on_server(folder)
    log_in(qtbot, program)
    window: Any = program.window
    window.workspace.open("register")
    register = window.workspace.page("register")
    qtbot.waitUntil(lambda: register.model.rowCount() == 20, timeout=LATE_MS)
    shown = panel(program)
    assert not shown.address.isVisible() and shown.other_seats is not None


def test_after_a_move_whoever_runs_the_program_is_shown_how_others_connect(
    qtbot: QtBot, server: PostgresServer, program: Program, folder: Path
) -> None:
    server.execute("CREATE DATABASE doors OWNER founder TEMPLATE template0")
    log_in(qtbot, program)
    shown = panel(program)
    qtbot.keyClicks(shown.address, server.url("doors", "founder"))
    click(qtbot, shown.move_there)
    click(qtbot, shown.agree)
    qtbot.waitUntil(lambda: isinstance(program._card, LoginPage), timeout=LATE_MS)
    told = read_address(folder)
    assert told is not None and told.is_door
    # Nobody is logged in: the password is not on the screen.
    assert told.password not in program._card.news.text()
    log_in(qtbot, program)
    window: Any = program.window
    assert window.workspace.current == "settings"
    other = window.workspace.page("settings").place.other_seats
    assert other.address.isVisible() and other.address.text() == told.url
    QApplication.clipboard().clear()
    click(qtbot, other.copy)
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == told.url_with_password, timeout=LATE_MS)


def test_a_server_that_is_not_there_leaves_everything_as_it_was(
    qtbot: QtBot, server: PostgresServer, program: Program, folder: Path
) -> None:
    log_in(qtbot, program)
    shown = panel(program)
    qtbot.keyClicks(shown.address, server.url("nowhere"))
    click(qtbot, shown.move_there)
    click(qtbot, shown.agree)
    qtbot.waitUntil(lambda: isinstance(program._card, LoginPage), timeout=LATE_MS)
    assert program._card.news.text().startswith("没有搬，这里的数据没有改动：服务器上没有这个数据库。")
    assert not office_place.is_on_server(folder)
    log_in(qtbot, program)


def test_what_is_no_address_is_told_and_one_may_stay(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program)
    shown = panel(program)
    qtbot.keyClicks(shown.address, "10.1.2.3")
    qtbot.keyClick(shown.address, Qt.Key.Key_Return)
    assert "应以 postgresql" in shown.fault.text() and not shown.agree.isVisible()
    shown.address.setText("postgresql+psycopg://a@10.1.2.3/b")
    click(qtbot, shown.move_there)
    click(qtbot, shown.stay)
    assert shown.move_there.isVisible() and not shown.warning.isVisible()
