"""用户, 我的密码 and 安全 in the settings: what each may do there, by clicks and keys."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.domain.passwords import AccessRules
from desktop_app.domain.rights import Separation
from desktop_app.domain.users import Role
from desktop_app.errors import StorageProblem
from desktop_app.gui.page import PageContext
from desktop_app.gui.recovery_codes import RecoveryCodes, sheet
from desktop_app.gui.settings_page import SettingsPage
from desktop_app.gui.users_panel import UsersPanel
from desktop_app.gui.while_closed import WhileClosed, renewing
from desktop_app.services import access_rules, accounts, two_persons
from desktop_app.services.session import Session
from desktop_app.storage import keyring, recovery_codes
from tests.cli.offices import make_passwords_quick
from tests.gui.conftest import PASSWORD, USER, Frame

NEW = "yi-ju-hao-ji-de-hua"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_quick(monkeypatch)


@pytest.fixture
def asked() -> list[WhileClosed]:
    """What the frame was asked to do while it is closed."""
    return []


@pytest.fixture
def page(qtbot: QtBot, context: PageContext, asked: list[WhileClosed]) -> Iterator[SettingsPage]:
    made = SettingsPage(dataclasses.replace(context, restore=asked.append))
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    qtbot.waitUntil(lambda: made.users.users.count() > 0 and made.security.codes.text() != "")
    yield made


@pytest.fixture
def users(page: SettingsPage) -> UsersPanel:
    page.show_subject("用户")
    return page.users


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    assert button.isEnabled() and button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_in(qtbot: QtBot, text: str, *lines: QLineEdit) -> None:
    for line in lines:
        line.clear()
        if text.isascii():
            qtbot.keyClicks(line, text)
        else:  # as an input method does
            line.insert(text)


def listed(users: UsersPanel) -> list[str]:
    return [users.users.item(place).text() for place in range(users.users.count())]


def choose(users: UsersPanel, name: str) -> None:
    users.users.setCurrentRow(
        next(place for place, line in enumerate(listed(users)) if line.startswith(name))
    )


def refreshed(qtbot: QtBot, page: SettingsPage, ready: Callable[[], bool]) -> None:
    page.refresh()
    qtbot.waitUntil(ready)


# ------------------------------------------------------------------ users


def test_who_is_added_here_is_to_choose_another_password(
    qtbot: QtBot, users: UsersPanel, session: Session
) -> None:
    click(qtbot, users.add)
    type_in(qtbot, "周经办", users.name)
    type_in(qtbot, NEW, users.password, users.repeated)
    assert users.new.advice.text() == "✓ 可以用。"
    click(qtbot, users.roles[Role.OPERATOR])
    click(qtbot, users.save)
    qtbot.waitUntil(lambda: any("周经办" in line for line in listed(users)))
    assert "周经办  经办　还没有换初始密码" in listed(users)
    assert keyring.password_state(session.folder, "周经办").handed_over


def test_a_password_that_is_no_good_is_said_as_it_is_typed(qtbot: QtBot, users: UsersPanel) -> None:
    click(qtbot, users.add)
    type_in(qtbot, "周经办", users.name)
    type_in(qtbot, "short", users.password)
    assert users.new.advice.text() == "✕ 密码只有 5 个字符，至少要 10 个。"
    type_in(qtbot, "1234567890", users.password)
    assert users.new.advice.text().startswith("▲ 可以用，但")
    click(qtbot, users.save)
    assert users.fault.text() == "两次输入的密码不一样。"


def test_a_user_is_removed_after_a_question_and_readmitted(
    qtbot: QtBot, users: UsersPanel, session: Session, page: SettingsPage
) -> None:
    accounts.add_user(session, "周经办", {Role.OPERATOR}, NEW)
    refreshed(qtbot, page, lambda: users.users.count() == 2)
    choose(users, "周经办")
    click(qtbot, users.remove)
    assert "密码打不开数据" in users.question.text()
    assert users.leave.isVisible() and "停用" not in "".join(listed(users))
    click(qtbot, users.agree)
    qtbot.waitUntil(lambda: "周经办  已停用" in listed(users))
    assert not users.agree.isVisible() and not users.save.isVisible()
    type_in(qtbot, NEW + "2", users.password, users.repeated)
    click(qtbot, users.readmit)
    qtbot.waitUntil(lambda: users.fault.text() == "用户至少要有一个角色。")
    click(qtbot, users.roles[Role.REVIEWER])
    click(qtbot, users.readmit)
    qtbot.waitUntil(lambda: "周经办  审核　还没有换初始密码" in listed(users))


def test_what_is_being_typed_is_not_overwritten_from_elsewhere(
    qtbot: QtBot, users: UsersPanel, session: Session, page: SettingsPage
) -> None:
    click(qtbot, users.add)
    type_in(qtbot, "周经办", users.name)
    type_in(qtbot, NEW, users.password)
    accounts.add_user(session, "李审核", {Role.REVIEWER}, NEW)
    refreshed(qtbot, page, lambda: users.users.count() == 2)
    assert (users.name.text(), users.password.text()) == ("周经办", NEW)
    assert users.heading.text() == "添加用户"


def test_nobody_removes_oneself_here(users: UsersPanel) -> None:
    choose(users, USER)
    assert not users.remove.isVisible()
    assert not users.password.isEnabled() and "我的密码" in users.hint.text()


def test_separating_is_asked_about_and_refused_while_nobody_else_is_there(
    qtbot: QtBot, users: UsersPanel, session: Session
) -> None:
    click(qtbot, users.separate)
    assert "不能再合并" in users.question.text()
    click(qtbot, users.agree)
    qtbot.waitUntil(users.fault.isVisible)
    assert "还没有单独的“经办”用户" in users.fault.text()
    click(qtbot, users.leave)
    assert not users.agree.isVisible()
    assert session.separation is Separation.NONE


def separated(session: Session) -> None:
    for name, role in (
        ("周经办", Role.OPERATOR),
        ("李审核", Role.REVIEWER),
        ("孙保密", Role.SECURITY),
        ("吴审计", Role.AUDITOR),
    ):
        accounts.add_user(session, name, {role}, NEW)
    accounts.separate_roles(session)


def test_an_administrator_keeps_accounts_and_gives_no_roles(
    qtbot: QtBot, users: UsersPanel, session: Session, page: SettingsPage
) -> None:
    separated(session)
    refreshed(qtbot, page, lambda: users.users.count() == 5)
    assert users.standing.text().startswith("三员已分设")
    assert not users.separate.isVisible()
    choose(users, "周经办")
    assert not any(box.isEnabled() for box in users.roles.values())
    assert not users.password.isEnabled() and users.remove.isVisible()
    assert users.hint.text() == "角色由安全保密员管；别人的密码由安全保密员管。"
    click(qtbot, users.add)
    type_in(qtbot, "新来的人", users.name)
    type_in(qtbot, NEW, users.password, users.repeated)
    click(qtbot, users.save)
    qtbot.waitUntil(lambda: any(line.startswith("新来的人  还没有角色") for line in listed(users)))


def test_a_security_officer_gives_roles_and_passwords_and_adds_nobody(
    qtbot: QtBot, users: UsersPanel, session: Session, page: SettingsPage
) -> None:
    separated(session)
    session.user = type(session.user)("孙保密", frozenset((Role.SECURITY,)))
    refreshed(qtbot, page, lambda: users.users.count() == 5 and not users.add.isEnabled())
    choose(users, "周经办")
    assert not users.remove.isVisible() and users.unlock.isVisible()
    click(qtbot, users.roles[Role.VIEWER])
    type_in(qtbot, NEW + "9", users.password, users.repeated)
    click(qtbot, users.save)
    qtbot.waitUntil(lambda: any("经办、领导查看" in line for line in listed(users)))
    assert keyring.unlock(session.folder, "周经办", NEW + "9")
    assert "添加、停用用户由系统管理员管" in users.hint.text()


def test_who_has_no_post_reads_and_changes_nothing(
    qtbot: QtBot, users: UsersPanel, viewer_session: Session, page: SettingsPage
) -> None:
    refreshed(qtbot, page, lambda: not users.add.isEnabled() and not page.security.save.isEnabled())
    assert not users.save.isEnabled() and not users.separate.isVisible()
    assert not any(box.isEnabled() for box in users.roles.values())
    page.show_subject("安全")
    security = page.security
    assert not any(
        one.isEnabled() for one in (security.save, security.make_codes, security.renew, security.idle)
    )
    assert security.hint.text().startswith("这些由安全保密员")


# ------------------------------------------------------------------ one's own password


def test_the_own_password_needs_the_old_one(
    qtbot: QtBot, page: SettingsPage, session: Session, frame: Frame
) -> None:
    page.show_subject("我的密码")
    own = page.own_password
    type_in(qtbot, "not-the-old-one", own.old)
    type_in(qtbot, NEW, own.new.first, own.new.again)
    qtbot.keyClick(own.new.again, Qt.Key.Key_Return)
    qtbot.waitUntil(own.fault.isVisible, timeout=20_000)
    assert "用户名或密码不对" in own.fault.text()
    type_in(qtbot, PASSWORD, own.old)
    click(qtbot, own.save)
    qtbot.waitUntil(lambda: bool(frame.messages), timeout=20_000)
    assert "密码已改" in frame.messages[-1].text
    assert own.old.text() == own.new.text == ""
    assert keyring.unlock(session.folder, USER, NEW) == session.database.key


# ------------------------------------------------------------------ what holds for all


def test_the_wait_and_the_rules_are_set(qtbot: QtBot, page: SettingsPage, session: Session) -> None:
    page.show_subject("安全")
    security = page.security
    assert security.idle.value() == 10 and security.days.text() == "不限期限"
    security.idle.setValue(5)
    security.shortest.setValue(12)
    security.days.setValue(90)
    click(qtbot, security.save)
    qtbot.waitUntil(lambda: access_rules.rules(session) == AccessRules(5, 12, 90))
    qtbot.waitUntil(lambda: page.users.new.shortest == 12)


def test_each_person_sees_only_the_own_code_and_proves_to_have_it_on_paper(
    qtbot: QtBot, page: SettingsPage, session: Session
) -> None:
    page.show_subject("安全")
    assert page.security.codes.text() == "▲ 还没有制作。"
    click(qtbot, page.security.make_codes)
    (dialog,) = page.findChildren(RecoveryCodes)
    codes = []
    for person in range(2):
        assert "·" in dialog.code.text() and not dialog.next.isEnabled()
        click(qtbot, dialog.show_code)
        codes.append(dialog.code.text())
        type_in(qtbot, "AAAAA", dialog.group)
        click(qtbot, dialog.next)
        assert "不一样" in dialog.fault.text()
        assert two_persons.codes_made(session) == "", "nothing is valid before both are on paper"
        asked = int("".join(filter(str.isdigit, dialog.group.accessibleName()))) - 1
        type_in(qtbot, codes[person].split("-")[asked].lower(), dialog.group)
        click(qtbot, dialog.next)
        assert codes[0] not in dialog.code.text() or person == 1
    qtbot.waitUntil(lambda: two_persons.codes_made(session) != "")
    qtbot.waitUntil(lambda: page.security.codes.text().startswith("现在有效的两份制作于"))
    assert (
        recovery_codes.open_by_codes(session.folder, two_persons.read_codes(*codes)).data_key
        == session.database.key
    )


def test_left_half_way_the_codes_of_before_stay(qtbot: QtBot, page: SettingsPage, session: Session) -> None:
    before = two_persons.make_codes(session)
    page.show_subject("安全")
    click(qtbot, page.security.make_codes)
    (dialog,) = page.findChildren(RecoveryCodes)
    click(qtbot, dialog.show_code)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert recovery_codes.open_by_codes(session.folder, two_persons.read_codes(*before)).data_key


def test_the_sheet_has_one_code_and_says_what_it_is_for(qtbot: QtBot) -> None:
    words = sheet(1, "B2345-23456").toPlainText()
    assert "第二份恢复码" in words and "B2345-23456" in words and "一份单独没有用" in words


def test_the_key_is_renewed_after_a_question_while_the_window_is_closed(
    qtbot: QtBot, page: SettingsPage, session: Session, asked: list[WhileClosed]
) -> None:
    page.show_subject("安全")
    click(qtbot, page.security.renew)
    click(qtbot, page.security.leave)
    assert not page.security.agree.isVisible() and asked == []
    click(qtbot, page.security.renew)
    click(qtbot, page.security.agree)
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert asked[0].title == "正在更换数据密钥"
    assert "没有更换密钥，数据没有改动" in asked[0].act(), "the office is still open here"


def test_what_went_wrong_with_a_renewal_is_said() -> None:
    def fail() -> None:
        raise StorageProblem("disk_full", "磁盘空间已满。", "请腾出空间后再试。")

    assert renewing(fail).act() == (  # type: ignore[arg-type]
        "没有更换密钥，数据没有改动：磁盘空间已满。请腾出空间后再试。"
    )
