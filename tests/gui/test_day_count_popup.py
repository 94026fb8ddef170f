"""Any deadline tells why it is that day: in the register, beside the calendar, on the desk, at the head of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QHelpEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui.calendar_page import CalendarPage
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.day_count_popup import DayCountPopup
from desktop_app.gui.desk_page import DeskPage
from desktop_app.gui.page import PageContext
from desktop_app.gui.register_columns import DEADLINE, PLACES, TITLE
from desktop_app.gui.register_page import RegisterPage

RUNNING = "2026-0006"


@pytest.fixture
def register(context: PageContext, qtbot: QtBot) -> RegisterPage:
    page = RegisterPage(context)
    qtbot.addWidget(page)
    page.resize(1366, 640)
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 20 and page.model.case(14) is not None)
    settle(page, qtbot)
    page.table.setFocus()
    return page


def settle(page: RegisterPage, qtbot: QtBot) -> None:
    """Everything that had been asked before has come back, and is laid out."""
    answers: list[int] = []
    page.context.operations.query(page, "after", lambda session: 1, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    QApplication.processEvents()


def popup_of(widget: QWidget) -> DayCountPopup | None:
    shown = [one for one in widget.window().findChildren(DayCountPopup) if one.isVisible()]
    return shown[0] if shown else None


def point_at(view: QWidget, place: QPoint) -> None:
    """Rest the pointer there, as a person does who wants to know."""
    QCursor.setPos(view.mapToGlobal(place))
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))


def cell(page: RegisterPage, number: str, column: str) -> QPoint:
    row = next(row for row in range(20) if page.model.number_at(row) == number)
    return page.table.visualRect(page.model.index(row, PLACES[column])).center()


def test_the_register_tells_by_key_and_the_list_stays_where_it_is(
    register: RegisterPage, qtbot: QtBot
) -> None:
    row = next(row for row in range(20) if register.model.number_at(row) == RUNNING)
    register.table.go_to(row)
    qtbot.keyClick(register.table, "?")
    qtbot.waitUntil(lambda: popup_of(register) is not None)
    popup = popup_of(register)
    assert popup is not None and popup.accessibleName().startswith(RUNNING)
    table = popup.count.table
    assert table.item(table.rowCount() - 1, 1).text() == "第 5 日"
    qtbot.keyClick(register.table, Qt.Key.Key_Down)
    assert register.table.current_row == row and popup_of(register) is not None
    qtbot.keyClick(register.table, Qt.Key.Key_Escape)
    assert popup_of(register) is None


def test_another_key_closes_it_and_does_what_it_is_for(register: RegisterPage, qtbot: QtBot) -> None:
    register.table.go_to(3)
    qtbot.keyClick(register.table, "?")
    qtbot.waitUntil(lambda: popup_of(register) is not None)
    qtbot.keyClick(register.table, Qt.Key.Key_Space)
    assert popup_of(register) is None and len(register.model.ticked) == 1


def test_pointing_at_a_deadline_tells_and_leaving_it_takes_it_away(
    register: RegisterPage, qtbot: QtBot
) -> None:
    view = register.table.viewport()
    point_at(view, cell(register, RUNNING, DEADLINE))
    qtbot.waitUntil(lambda: popup_of(register) is not None)
    QCursor.setPos(view.mapToGlobal(QPoint(4, 4)))
    qtbot.waitUntil(lambda: popup_of(register) is None)


def test_pointing_at_a_title_tells_the_title_as_before(register: RegisterPage, qtbot: QtBot) -> None:
    point_at(register.table.viewport(), cell(register, RUNNING, TITLE))
    settle(register, qtbot)
    assert popup_of(register) is None


def test_a_case_without_a_deadline_says_so(register: RegisterPage, qtbot: QtBot) -> None:
    row = next(row for row in range(20) if register.model.number_at(row) == "2026-0012")
    register.table.go_to(row)
    qtbot.keyClick(register.table, "?")
    qtbot.waitUntil(lambda: popup_of(register) is not None)
    popup = popup_of(register)
    assert popup is not None and popup.accessibleName() == "2026-0012 尚未交办，没有办理期限"
    assert not popup.count.isVisible()


def test_the_list_beside_the_calendar_tells(context: PageContext, qtbot: QtBot) -> None:
    page = CalendarPage(context)
    qtbot.addWidget(page)
    page.show()
    page.choose(date(2026, 10, 19))
    qtbot.waitUntil(page.day_list.isVisible)
    heading = page.day_list.cases.index(0, 0)
    page.day_list.setCurrentIndex(page.day_list.cases.index(0, 0, heading))
    qtbot.keyClick(page.day_list, "?")
    qtbot.waitUntil(lambda: popup_of(page) is not None)


def test_the_desk_tells(context: PageContext, qtbot: QtBot) -> None:
    page = DeskPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.view.desk.rowCount() > 0)
    page.view.setCurrentIndex(page.view.desk.index(0, 0, page.view.desk.index(0, 0)))
    qtbot.keyClick(page.view, "?")
    qtbot.waitUntil(lambda: popup_of(page) is not None)


def test_pointing_at_the_deadline_of_the_open_case_tells(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    deadline = page.heading.deadline
    point_at(deadline, deadline.rect().center())
    popup = popup_of(page)
    assert popup is not None and popup.count.table.rowCount() > 0
    qtbot.mouseClick(page.heading.why_button, Qt.MouseButton.LeftButton)
    assert popup_of(page) is None


def test_the_question_mark_unfolds_the_count_of_the_open_case(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    qtbot.keyClick(page, "?")
    assert page.heading.count.isVisible()
    qtbot.keyClick(page, "?")
    assert not page.heading.count.isVisible()
