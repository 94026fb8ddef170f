"""Settings in the window: the office, its users, looks, backup, regulations."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.users import Role
from desktop_app.gui.page import PageContext
from desktop_app.gui.settings_page import SettingsPage
from desktop_app.services import accounts, archive, office_duties, office_settings
from desktop_app.services.session import Session
from tests.gui.conftest import Frame
from tests.gui.typing_chinese import type_in


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> SettingsPage:
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    qtbot.waitUntil(lambda: made.regulations.clauses.rowCount() > 0 and made.users.users.count() == 1)
    qtbot.waitUntil(lambda: made.office.name.text() != "")
    return made


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_subjects_are_walked_with_the_keyboard(page: SettingsPage, qtbot: QtBot) -> None:
    page.focus_first()
    assert page.office.isVisible()
    qtbot.keyClick(page.subjects, Qt.Key.Key_Down)
    assert page.users.isVisible()
    assert not page.office.isVisible()


def test_the_office_says_whom_to_call(
    page: SettingsPage, qtbot: QtBot, session: Session, frame: object
) -> None:
    assert page.office.name.text() == "示例市运维中心"
    type_in(page.office.contact, "王敏")
    qtbot.keyClicks(page.office.phone, "0475-0000001")
    click(qtbot, page.office.save)
    qtbot.waitUntil(lambda: bool(frame.messages))  # type: ignore[attr-defined]
    kept = office_settings.get(session)
    assert (kept.contact, kept.phone) == ("王敏", "0475-0000001")


def test_an_office_without_a_name_is_refused_in_place(page: SettingsPage, qtbot: QtBot) -> None:
    page.office.name.clear()
    click(qtbot, page.office.save)
    qtbot.waitUntil(page.office.fault.isVisible)
    assert "单位名称不能空着" in page.office.fault.text()


def test_the_office_sets_how_often_it_reports(
    page: SettingsPage, qtbot: QtBot, session: Session, frame: Frame
) -> None:
    choices = page.office.duties.choices
    qtbot.waitUntil(lambda: set(choices) == {"通报期到", "考核意见待报"})
    assert (choices["通报期到"].currentText(), choices["通报期到"].isEnabled()) == ("每季度", True)
    assert (choices["考核意见待报"].currentText(), choices["考核意见待报"].isEnabled()) == ("每年", False)
    choices["通报期到"].setFocus()
    qtbot.keyClick(choices["通报期到"], Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert frame.messages[-1].text == "通报期到：改为每月一次。"
    assert [one.period for one in office_duties.how_often(session)] == ["month", "year"]


def test_the_archives_codes_are_kept_and_wrong_ones_refused_in_place(
    page: SettingsPage, qtbot: QtBot, session: Session, frame: Frame
) -> None:
    codes = page.office.archive_codes
    qtbot.keyClicks(codes.fonds, "Z-9")
    qtbot.keyClick(codes.fonds, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "全宗号" in codes.fault.text())
    assert archive.settings(session).fonds == ""
    codes.fonds.clear()
    qtbot.keyClicks(codes.fonds, "Z109")
    qtbot.keyClicks(codes.section, "BGS")
    qtbot.mouseClick(codes.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: archive.settings(session) == archive.ArchiveSettings("Z109", "BGS"))
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert not codes.fault.isVisible()


def test_a_user_is_added_with_roles(page: SettingsPage, qtbot: QtBot, session: Session) -> None:
    page.show_subject("用户")
    users = page.users
    click(qtbot, users.add)
    type_in(users.name, "李军")
    users.roles[Role.VIEWER].click()
    for line in (users.password, users.repeated):
        qtbot.keyClicks(line, "long-enough-77")
    click(qtbot, users.save)
    qtbot.waitUntil(lambda: users.users.count() == 2)
    assert [(user.name, user.roles) for user in accounts.list_users(session)][-1] == (
        "李军",
        frozenset({Role.VIEWER}),
    )
    assert users.password.text() == ""


def test_passwords_that_differ_or_are_weak_are_told(
    page: SettingsPage, qtbot: QtBot, session: Session
) -> None:
    page.show_subject("用户")
    users = page.users
    click(qtbot, users.add)
    type_in(users.name, "李军")
    users.roles[Role.VIEWER].click()
    qtbot.keyClicks(users.password, "short")
    click(qtbot, users.save)
    assert users.fault.text() == "两次输入的密码不一样。"
    qtbot.keyClicks(users.repeated, "short")
    click(qtbot, users.save)
    qtbot.waitUntil(lambda: "10" in users.fault.text())
    assert len(accounts.list_users(session)) == 1


def test_the_last_administrator_keeps_the_role(page: SettingsPage, qtbot: QtBot, session: Session) -> None:
    page.show_subject("用户")
    users = page.users
    users.roles[Role.ADMINISTRATOR].click()
    click(qtbot, users.save)
    qtbot.waitUntil(users.fault.isVisible)
    assert "系统管理员" in users.fault.text()
    assert accounts.list_users(session)[0].has(Role.ADMINISTRATOR)


def test_size_and_contrast_hold_at_once(page: SettingsPage, qtbot: QtBot, frame: object) -> None:
    page.show_subject("显示")
    page.looks.sizes["大"].click()
    page.looks.contrast.click()
    assert frame.themes == [("大", False), ("大", True)]  # type: ignore[attr-defined]


def test_a_backup_is_made_where_one_says(page: SettingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.show_subject("备份与恢复")
    assert page.backup.last.text() == "还没有备份过。"
    click(qtbot, page.backup.now)
    qtbot.waitUntil(lambda: page.backup.last.text().startswith("上次备份"), timeout=20_000)
    assert page.backup.now.isEnabled()
    folder = tmp_path / "stick"
    folder.mkdir()
    page.backup.back_up(folder)
    qtbot.waitUntil(lambda: "stick" in page.backup.outcome.text(), timeout=20_000)
    assert len(list(folder.iterdir())) == 1


def test_every_clause_stands_beside_what_the_program_does(page: SettingsPage, qtbot: QtBot) -> None:
    page.show_subject("办法")
    table = page.regulations.clauses
    assert page.regulations.choice.currentData() == "tongliao-2023"
    articles = [table.item(line, 0).text() for line in range(table.rowCount())]
    assert "第十四条" in articles
    assert all(table.item(line, 2).text() for line in range(table.rowCount()))
    tall = table.rowCount()
    qtbot.keyClick(page.regulations.choice, Qt.Key.Key_Down)
    assert page.regulations.choice.currentData() == "xizang-2017"
    assert table.rowCount() != tall
