"""One message typed by hand in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.gui.entry_page import EntryPage
from desktop_app.gui.page import PageContext
from desktop_app.services import case_view
from desktop_app.services.session import Session
from tests.gui.typing_chinese import type_in


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> EntryPage:
    made = EntryPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    qtbot.waitUntil(lambda: made.regulation.count() == 2)
    made.focus_first()
    return made


def fill_in(page: EntryPage) -> None:
    type_in(page.editors["title"], "路灯不亮")
    type_in(page.editors["text"], "小区路灯三天不亮")
    type_in(page.editors["citizen"], "王小明")


def test_a_message_is_registered_and_the_form_is_empty_again(
    page: EntryPage, qtbot: QtBot, session: Session, frame: object
) -> None:
    fill_in(page)
    assert page.editors["received"].text() == "2026-10-13"
    qtbot.keyClick(page.editors["citizen"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(frame.messages))  # type: ignore[attr-defined]
    assert frame.messages[0].text == "已登记 2026-0021。"  # type: ignore[attr-defined]
    view = case_view.view_case(session, "2026-0021")
    assert view.row.title == "路灯不亮"
    assert view.row.source == "市长板块"
    assert page.texts()["title"] == ""
    assert page.editors["title"].hasFocus()


def test_a_message_is_registered_and_opened(page: EntryPage, qtbot: QtBot, frame: object) -> None:
    fill_in(page)
    qtbot.mouseClick(page.register_and_open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(frame.opened))  # type: ignore[attr-defined]
    assert frame.opened[0][0] == "2026-0021"  # type: ignore[attr-defined]


def test_what_is_missing_is_told_by_its_field_and_nothing_typed_is_lost(
    page: EntryPage, qtbot: QtBot
) -> None:
    type_in(page.editors["text"], "小区路灯三天不亮")
    page.editors["received"].setText("2026-10-14")
    qtbot.mouseClick(page.register, Qt.MouseButton.LeftButton)
    assert page.faults["title"].isVisible()
    assert page.faults["received"].text() == "在今天之后"
    assert not page.faults["text"].isVisible()
    assert page.editors["title"].hasFocus()
    assert page.texts()["text"] == "小区路灯三天不亮"


def test_a_viewer_is_refused_in_the_strip(
    qtbot: QtBot, viewer_session: Session, context: PageContext, frame: object
) -> None:
    page = EntryPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.regulation.count() == 2)
    fill_in(page)
    qtbot.mouseClick(page.register, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(frame.messages))  # type: ignore[attr-defined]
    assert frame.messages[0].kind == "refused"  # type: ignore[attr-defined]
    assert page.texts()["title"] == "路灯不亮"
