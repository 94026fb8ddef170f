"""At the log-in: a password that was handed over is changed first; two codes give a new one; the key is renewed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.recovery_codes import new_codes
from desktop_app.domain.users import Role
from desktop_app.gui.application import Program
from desktop_app.gui.entrance_cards import NewPasswordPage, RecoveryPage
from desktop_app.gui.founding_page import FoundingPage
from desktop_app.gui.login_page import LoginPage
from desktop_app.services import accounts, office, two_persons
from desktop_app.storage import keyring
from tests.cli.offices import make_passwords_quick
from tests.gui.conftest import PASSWORD, USER

NEW = "yi-ju-hao-ji-de-hua"
LATE_MS = 20_000


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_quick(monkeypatch)


@pytest.fixture
def folder(office_template: Any, tmp_path: Path) -> Path:
    shutil.copytree(office_template.folder, tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[Program]:
    font, palette = qapp.font(), qapp.palette()
    made = Program(qapp, folder, None)
    yield made
    if made.window is not None:
        qapp.removeEventFilter(made.window)
        made.window.leave_as_it_is()
    made.close()
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


def entrance(qtbot: QtBot, program: Program) -> LoginPage:
    card = program.show_entrance()
    assert isinstance(card, LoginPage)
    qtbot.addWidget(card.window())
    return card


def log_in(qtbot: QtBot, card: LoginPage, user: str, password: str) -> None:
    card.user.setText(user)
    qtbot.keyClicks(card.password, password)
    qtbot.keyClick(card.password, Qt.Key.Key_Return)


def test_a_password_handed_over_is_changed_before_anything_opens(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    session = office.enter(folder, USER, PASSWORD)
    accounts.add_user(session, "周经办", {Role.OPERATOR}, NEW, handed_over=True)
    session.close()
    log_in(qtbot, entrance(qtbot, program), "周经办", NEW)
    qtbot.waitUntil(lambda: isinstance(program._card, NewPasswordPage), timeout=LATE_MS)
    card = program._card
    assert program.window is None
    qtbot.keyClicks(card.pair.first, "short")
    qtbot.keyClicks(card.pair.again, "short")
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert "至少要 10 个" in card.fault.text()
    for line in (card.pair.first, card.pair.again):
        line.clear()
        qtbot.keyClicks(line, "wo-zi-ji-de-mi-ma")
    qtbot.keyClick(card.pair.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=LATE_MS)
    assert not keyring.password_state(folder, "周经办").handed_over
    assert keyring.unlock(folder, "周经办", "wo-zi-ji-de-mi-ma")


def test_who_goes_away_instead_leaves_the_office_closed(
    qtbot: QtBot, qapp: QApplication, folder: Path
) -> None:
    session = office.enter(folder, USER, PASSWORD)
    accounts.add_user(session, "周经办", {Role.OPERATOR}, NEW, handed_over=True)
    session.close()
    program = Program(qapp, folder, None)
    log_in(qtbot, entrance(qtbot, program), "周经办", NEW)
    qtbot.waitUntil(lambda: isinstance(program._card, NewPasswordPage), timeout=LATE_MS)
    program.close()
    from desktop_app.storage import in_use

    with in_use.alone(folder):
        assert not in_use.is_half_restored(folder)


def test_two_persons_come_in_where_every_password_is_forgotten(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    session = office.enter(folder, USER, PASSWORD)
    codes = two_persons.make_codes(session)
    session.close()
    card = entrance(qtbot, program)
    qtbot.mouseClick(card.recovery, Qt.MouseButton.LeftButton)
    page = program._card
    assert isinstance(page, RecoveryPage)
    qtbot.keyClicks(page.codes[0], codes[0])
    qtbot.keyClicks(page.codes[1], codes[0])
    page.user.setText(USER)
    for line in (page.pair.first, page.pair.again):
        qtbot.keyClicks(line, NEW)
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert "两份都是第一份恢复码" in page.fault.text()
    page.codes[1].clear()
    qtbot.keyClicks(page.codes[1], new_codes()[1])
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "两份恢复码不对" in page.fault.text(), timeout=LATE_MS)
    page.codes[1].clear()
    qtbot.keyClicks(page.codes[1], codes[1].lower())
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(program._card, LoginPage), timeout=LATE_MS)
    assert "密码已改，请用新密码登录" in program._card.news.text()
    log_in(qtbot, program._card, USER, NEW)
    qtbot.waitUntil(lambda: program.window is not None, timeout=LATE_MS)


def test_from_recovery_one_comes_back_to_the_log_in(qtbot: QtBot, program: Program) -> None:
    card = entrance(qtbot, program)
    qtbot.mouseClick(card.recovery, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(program._card.back, Qt.MouseButton.LeftButton)
    assert isinstance(program._card, LoginPage)


def test_a_locked_window_offers_no_recovery(qtbot: QtBot, tmp_path: Path) -> None:
    card = LoginPage(tmp_path, USER, lambda *_: None, locked=True)
    qtbot.addWidget(card)
    card.show()
    assert not card.recovery.isVisible()


def test_the_key_is_renewed_from_the_window_and_one_logs_in_again(
    qtbot: QtBot, program: Program, folder: Path
) -> None:
    log_in(qtbot, entrance(qtbot, program), USER, PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=LATE_MS)
    window = program.window
    assert window is not None
    before = keyring.unlock(folder, USER, PASSWORD)
    window.workspace.open("settings")
    page: Any = window.workspace.page("settings")
    page.show_subject("安全")
    qtbot.waitUntil(page.security.renew.isEnabled)
    qtbot.waitUntil(lambda: not page.context.operations.busy)
    qtbot.mouseClick(page.security.renew, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.security.agree, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window is None)
    qtbot.waitUntil(lambda: "数据密钥已更换" in program._card.news.text(), timeout=3 * LATE_MS)
    qtbot.addWidget(program._card.window())
    assert keyring.unlock(folder, USER, PASSWORD) != before
    log_in(qtbot, program._card, USER, PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=LATE_MS)


def test_whoever_founds_an_office_is_told_of_the_codes(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    program = Program(qapp, empty, None)
    card = program.show_entrance()
    assert isinstance(card, FoundingPage)
    qtbot.addWidget(card.window())
    qtbot.waitUntil(lambda: card.regulation.count() == 2, timeout=LATE_MS)
    card.office.insert("示例市运维中心")
    card.admin.insert(USER)
    qtbot.keyClicks(card.password, "1234567890")
    assert card.pair.advice.text().startswith("▲ 可以用，但全是数字")
    card.password.clear()
    for line in (card.password, card.again):
        qtbot.keyClicks(line, PASSWORD)
    qtbot.keyClick(card.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=LATE_MS)
    assert program.window is not None
    assert "两人恢复码" in program.window.workspace.strip.text
    qapp.removeEventFilter(program.window)
    program.window.leave_as_it_is()
    program.close()
