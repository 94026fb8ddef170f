"""From the start to the window: logging in, founding an office, the lock, one window a folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.gui import application, one_window
from desktop_app.gui.application import Program
from desktop_app.gui.founding_page import FoundingPage
from desktop_app.gui.login_page import LoginPage
from desktop_app.gui.main_window import MainWindow

USER, PASSWORD = "王敏", "zhong-yang-gong-yuan-7"
LATE_MS = 20_000
"""For what derives keys from passwords on a busy machine."""


@pytest.fixture
def folder(office_template: Any, tmp_path: Path) -> Path:
    place = tmp_path / "office"
    shutil.copytree(office_template.folder, place)
    return place


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Program]:
    yield from running(qapp, folder)


@pytest.fixture
def first_start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    empty = tmp_path / "empty"
    empty.mkdir()
    yield from running(qapp, empty)


def running(qapp: QApplication, folder: Path) -> Iterator[Program]:
    font, palette = qapp.font(), qapp.palette()
    made = Program(qapp, folder, None)
    yield made
    if made.window is not None:
        qapp.removeEventFilter(made.window)
        made.window.close()
    made.close()
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


def log_in(qtbot: QtBot, program: Program, password: str = PASSWORD) -> LoginPage:
    card = program.show_entrance()
    assert isinstance(card, LoginPage)
    qtbot.addWidget(card.window())
    card.user.setText(USER)
    qtbot.keyClicks(card.password, password)
    qtbot.keyClick(card.password, Qt.Key.Key_Return)
    return card


def window_of(qtbot: QtBot, program: Program) -> MainWindow:
    qtbot.waitUntil(lambda: program.window is not None, timeout=LATE_MS)
    assert program.window is not None
    return program.window


def test_who_knows_the_password_gets_in(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program)
    window = window_of(qtbot, program)
    assert window.workspace.current == "desk"
    assert window.isVisible()
    page = window.workspace.page("register")
    window.workspace.open("register")
    qtbot.waitUntil(lambda: page.model.rowCount() == 20)  # type: ignore[attr-defined]


def test_a_wrong_password_is_said_and_can_be_mended(qtbot: QtBot, program: Program) -> None:
    card = log_in(qtbot, program, "not-this-one-either")
    qtbot.waitUntil(lambda: "不对" in card.fault.text(), timeout=LATE_MS)
    assert card.password.text() == ""
    assert card.button.isEnabled()
    assert program.window is None
    qtbot.keyClicks(card.password, PASSWORD)
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert window_of(qtbot, program).isVisible()


def test_nothing_typed_is_not_tried(qtbot: QtBot, program: Program) -> None:
    card = program.show_entrance()
    qtbot.addWidget(card.window())
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert card.fault.text() == "请输入用户名和密码。"
    assert card.button.isEnabled()


def test_the_next_start_knows_who_was_here(qtbot: QtBot, program: Program, folder: Path) -> None:
    log_in(qtbot, program)
    window_of(qtbot, program)
    again = Program(program._application, folder, None)
    card = again.show_entrance()
    assert isinstance(card, LoginPage)
    qtbot.addWidget(card.window())
    assert card.user.text() == USER
    again.close()


def founding(qtbot: QtBot, program: Program) -> FoundingPage:
    card = program.show_entrance()
    assert isinstance(card, FoundingPage)
    qtbot.addWidget(card.window())
    qtbot.waitUntil(lambda: card.regulation.count() == 2, timeout=LATE_MS)
    card.office.insert("示例市运维中心")
    card.admin.insert(USER)
    return card


def test_an_empty_folder_becomes_an_office(qtbot: QtBot, first_start: Program) -> None:
    card = founding(qtbot, first_start)
    for line in (card.password, card.again):
        qtbot.keyClicks(line, PASSWORD)
    qtbot.keyClick(card.again, Qt.Key.Key_Return)
    window = window_of(qtbot, first_start)
    page = window.workspace.page("register")
    window.workspace.open("register")
    qtbot.waitUntil(lambda: page.model.ready)  # type: ignore[attr-defined]
    assert "还没有留言" in page.empty.text()  # type: ignore[attr-defined]
    assert "Ctrl+I" in page.empty.text()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "示例市运维中心" in window.windowTitle())


def test_two_passwords_that_differ_found_nothing(qtbot: QtBot, first_start: Program) -> None:
    card = founding(qtbot, first_start)
    qtbot.keyClicks(card.password, PASSWORD)
    qtbot.keyClicks(card.again, PASSWORD + "x")
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert "不一样" in card.fault.text()
    assert first_start.window is None


def test_a_weak_password_is_refused_with_what_to_do(qtbot: QtBot, first_start: Program) -> None:
    card = founding(qtbot, first_start)
    for line in (card.password, card.again):
        qtbot.keyClicks(line, "short")
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "至少要 10 个" in card.fault.text(), timeout=LATE_MS)
    assert card.button.isEnabled()


def test_locked_nothing_can_be_read_or_done_until_the_password_is_given(
    qtbot: QtBot, program: Program
) -> None:
    log_in(qtbot, program)
    window = window_of(qtbot, program)
    qtbot.waitUntil(lambda: "示例市" in window.windowTitle())
    window.lock_wanted.emit()
    assert window.is_covered
    assert not window.workspace.isVisible()
    assert not window.search.isVisible()
    assert not any(action.isEnabled() for action in window.actions_of_menu())
    assert window.windowTitle() == "留言办 — 已锁定"
    card = window.centralWidget().currentWidget()  # type: ignore[attr-defined]
    assert card.user.isReadOnly()
    qtbot.keyClicks(card.password, "not-this-one-either")
    qtbot.keyClick(card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "不对" in card.fault.text(), timeout=LATE_MS)
    assert window.is_covered
    qtbot.keyClicks(card.password, PASSWORD)
    qtbot.keyClick(card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.is_covered, timeout=LATE_MS)
    assert window.workspace.isVisible()
    assert all(action.isEnabled() for action in window.actions_of_menu())


def test_an_idle_window_locks_and_a_key_puts_it_off(qtbot: QtBot, program: Program) -> None:
    log_in(qtbot, program)
    window = window_of(qtbot, program)
    assert window.idle.interval() == 10 * 60 * 1000
    window.idle.stop()
    qtbot.keyClick(window.workspace, Qt.Key.Key_Shift)
    assert window.idle.isActive()
    window.idle.setInterval(0)
    window.idle.start()
    qtbot.waitUntil(lambda: window.is_covered)


def test_one_window_a_folder(monkeypatch: pytest.MonkeyPatch, qapp: QApplication, folder: Path) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda parent, title, words: told.append(words))
    held = application._hold(folder)
    assert held is not None
    assert application.start(folder, None) == application.HELD_BY_ANOTHER
    assert "已经打开着" in told[0]
    held.release()
    assert not (folder / one_window.HOLDER_FILE).exists()


def test_a_second_start_brings_the_first_window_forward(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, program: Program, folder: Path
) -> None:
    monkeypatch.setattr(QMessageBox, "information", lambda parent, title, words: None)
    held = application._hold(folder)
    assert held is not None
    held.when_asked(program.come_forward)
    log_in(qtbot, program)
    window = window_of(qtbot, program)
    window.showMinimized()
    assert application.start(folder, None) == application.HELD_BY_ANOTHER
    qtbot.waitUntil(lambda: not window.isMinimized())
    window.showMinimized()
    assert application.start(folder, None) == application.HELD_BY_ANOTHER
    qtbot.waitUntil(lambda: not window.isMinimized())
    held.release()


def test_of_a_window_on_another_machine_it_is_said_where(folder: Path, qapp: QApplication) -> None:
    held = one_window.hold(folder)
    assert held is not None
    path = folder / one_window.HOLDER_FILE
    there = {"user": "赵", "machine": "PC-3", "since": "2026-11-26T08:31", "asked": ""}
    path.write_text(json.dumps(there), "utf-8")
    words = one_window.ask_to_show(folder)
    assert "电脑“PC-3”上的 赵" in words and "2026-11-26 08:31 起" in words
    assert json.loads(path.read_text("utf-8"))["asked"] == "", "nobody is asked who could not come"
    path.write_text("", "utf-8")
    assert "已经有一个窗口" in one_window.ask_to_show(folder)
    held.release()


def test_the_program_tries_itself_out(qapp: QApplication, qtbot: QtBot, folder: Path) -> None:
    assert application.try_out(folder, USER, PASSWORD) == "20 件"


def test_qt_s_own_words_are_chinese(qtbot: QtBot, qapp: QApplication) -> None:
    translator = application.chinese_words(qapp)
    assert translator.translate("QPrintSettingsOutput", "Copies") == "份数"
    assert translator.translate("QPlatformTheme", "Cancel") == "取消"
