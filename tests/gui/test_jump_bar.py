"""Going to a place in the register by what is typed: a number, a day; what is no place is said and stays."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.gui.changes import Changes
from desktop_app.gui.page import PageContext
from desktop_app.gui.register_page import RegisterPage
from desktop_app.services.registration import register_all
from desktop_app.services.session import Session

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, context: PageContext, session: Session) -> RegisterPage:
    """A register longer than the screen."""
    message = Message("又一条", "反映水压不足。", Citizen("王小明"))
    with session.change() as work:
        register_all(
            session, work, [Registration("tongliao-2023", date(2026, 10, 1), "市长板块", message)] * 60
        )
    made = RegisterPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 500)
    with qtbot.waitSignal(made.model.opened):
        made.show()
    made.activateWindow()
    made.table.setFocus()
    qtbot.waitUntil(lambda: made.table.hasFocus())
    return made


def typed(qtbot: QtBot, page: RegisterPage, words: str) -> None:
    qtbot.keyClick(page.table, Key.Key_G, CONTROL)
    assert page.jump.isVisible() and page.jump.line.hasFocus()
    page.jump.line.clear()
    qtbot.keyClicks(page.jump.line, words)
    qtbot.keyClick(page.jump.line, Key.Key_Return)


@pytest.mark.parametrize(("words", "number"), [("2026-0007", "2026-0007"), ("2026-10-01", "2026-0080")])
def test_the_row_comes_to_the_top_with_the_keyboard_on_it(
    qtbot: QtBot, page: RegisterPage, words: str, number: str
) -> None:
    typed(qtbot, page, words)
    qtbot.waitUntil(lambda: page.current_number() == number and not page.jump.isVisible())
    assert page.table.hasFocus()


def test_a_place_that_is_none_is_said_until_it_is_typed_over(qtbot: QtBot, page: RegisterPage) -> None:
    typed(qtbot, page, "2026-0999")
    qtbot.waitUntil(lambda: "登记簿中没有 2026-0999" in page.jump.fault.text())
    assert page.jump.line.selectedText() == "2026-0999"
    qtbot.keyClicks(page.jump.line, "2026-0020")
    qtbot.keyClick(page.jump.line, Key.Key_Return)
    qtbot.waitUntil(lambda: page.current_number() == "2026-0020")


def test_esc_gives_it_up(qtbot: QtBot, page: RegisterPage) -> None:
    at = page.current_number()
    qtbot.keyClick(page.table, Key.Key_G, CONTROL)
    qtbot.keyClick(page.jump.line, Key.Key_Escape)
    assert not page.jump.isVisible() and page.table.hasFocus()
    assert page.current_number() == at


def test_the_selection_stays_on_its_case_when_others_come_before_it(
    qtbot: QtBot, page: RegisterPage, session: Session, context: PageContext
) -> None:
    typed(qtbot, page, "2026-0015")
    qtbot.waitUntil(lambda: page.current_number() == "2026-0015")
    message = Message("新来的", "反映路灯。", Citizen("王小明"))
    with session.change() as work:
        register_all(
            session, work, [Registration("tongliao-2023", date(2026, 10, 2), "市长板块", message)] * 3
        )
    with qtbot.waitSignal(page.model.opened):
        context.operations.changed.emit(Changes.of("cases"))
    qtbot.waitUntil(lambda: page.current_number() == "2026-0015")
    assert page.model.rowCount() == 83
