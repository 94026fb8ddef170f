"""Two windows at one unit, at the settings of the office: what a colleague changed is told, what is typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.gui.changes import Changes
from desktop_app.gui.office_panel import OfficePanel
from desktop_app.gui.page import PageContext
from desktop_app.gui.units_page import UnitsPage
from desktop_app.services import office, office_settings
from desktop_app.services.session import Session
from tests.gui.conftest import TODAY, UNITS, Frame
from tests.gui.typing_chinese import type_in

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def colleague(session: Session) -> Iterator[Session]:
    with session.change() as work:
        work.users.put(User("李四", frozenset((Role.OPERATOR, Role.ADMINISTRATOR))))
    opened = office.enter_with_key(session.folder, "李四", session.database.key, TODAY)
    yield opened
    opened.close()


@pytest.fixture
def units(qtbot: QtBot, context: PageContext) -> UnitsPage:
    made = UnitsPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    qtbot.waitUntil(lambda: made.units.rowCount() == 3)
    return made


def stored(session: Session) -> Unit:
    return next(one for one in office.list_units(session) if one.name == UNITS[0].name)


def save(page: UnitsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.form.editors["handler"], Qt.Key.Key_Return, CTRL)


def test_what_a_colleague_changed_in_a_unit_stays_beside_what_is_saved_here(
    units: UnitsPage, session: Session, colleague: Session, frame: Frame, qtbot: QtBot
) -> None:
    type_in(units.form.editors["handler"], "王芳")
    office.save_unit(colleague, replace(UNITS[0], phone="0475-2"), UNITS[0].name, UNITS[0])
    units.context.operations.changed.emit(Changes.of("units"))
    qtbot.waitUntil(lambda: any(one.phone == "0475-2" for one in units.units.units))
    assert units.form.unit().handler == "王芳"
    save(units, qtbot)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert stored(session) == replace(UNITS[0], handler="王芳", phone="0475-2")
    assert units.form.unit().phone == "0475-2"


def test_the_same_field_changed_by_both_is_told_and_saved_once_one_insists(
    units: UnitsPage, session: Session, colleague: Session, frame: Frame, qtbot: QtBot
) -> None:
    type_in(units.form.editors["handler"], "王芳")
    office.save_unit(colleague, replace(UNITS[0], handler="赵刚"), UNITS[0].name, UNITS[0])
    save(units, qtbot)
    qtbot.waitUntil(units.form.refused.isVisible)
    assert "李四" in units.form.refused.text()
    assert "经办人现为“赵刚”，您填的是“王芳”" in units.form.refused.text()
    assert units.form.unit().handler == "王芳" and stored(session).handler == "赵刚"
    save(units, qtbot)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert stored(session).handler == "王芳"


def test_settings_of_the_office_do_the_same(
    context: PageContext, session: Session, colleague: Session, frame: Frame, qtbot: QtBot
) -> None:
    panel = OfficePanel(context)
    qtbot.addWidget(panel)
    panel.resize(900, 700)
    panel.show()
    panel.refresh()
    qtbot.waitUntil(lambda: bool(panel.name.text()))
    before = office_settings.get(session)
    qtbot.keyClicks(panel.phone, "0475-3")
    office_settings.put(colleague, replace(before, phone="0475-2", contact="李四"), before)
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.fault.isVisible)
    assert "联系电话现为“0475-2”" in panel.fault.text()
    assert panel.phone.text() == "0475-3"
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert office_settings.get(session) == replace(before, phone="0475-3", contact="李四")
    assert panel.contact.text() == "李四"
