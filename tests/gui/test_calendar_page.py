"""The calendar through clicks and keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.gui import calendar_state
from desktop_app.gui.calendar_page import CalendarPage
from desktop_app.gui.calendar_state import Mark
from desktop_app.gui.changes import Changes
from desktop_app.gui.month_grid import CELL_ROLE, MonthGrid
from desktop_app.gui.page import PageContext
from desktop_app.services.cases import act

TODAY = date(2026, 10, 13)
Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> CalendarPage:
    made = CalendarPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    qtbot.waitUntil(lambda: made.day_list.cases.rowCount() > 0)
    made.focus_first()
    return made


def marks(grid: MonthGrid, day: date) -> dict[Mark, int]:
    cell = grid.month.index_of(day).data(CELL_ROLE)
    return {each.mark: each.count for each in cell.marks}


def numbers(page: CalendarPage) -> list[str]:
    return [line.number for group in page.day_list.cases.groups for line in group.lines]


def press(qtbot: QtBot, page: CalendarPage, key: Qt.Key, to: date) -> None:
    qtbot.keyClick(page.grid, key)
    assert page.day == to
    assert page.grid.chosen() == to


def test_the_month_opens_on_today_with_the_marks_of_its_days(page: CalendarPage) -> None:
    assert page.month_name.text() == "2026年10月"
    assert page.grid.chosen() == TODAY
    assert marks(page.grid, TODAY)[Mark.DUE] == 1
    assert marks(page.grid, date(2026, 10, 19))[Mark.DUE] == 1
    assert Mark.EXPECTED in marks(page.grid, date(2026, 10, 19))
    assert "2026-0004" in numbers(page)
    assert not page.banner.isVisible()


def test_arrows_move_the_day_and_turn_the_month(page: CalendarPage, qtbot: QtBot) -> None:
    press(qtbot, page, Key.Key_Right, date(2026, 10, 14))
    press(qtbot, page, Key.Key_Down, date(2026, 10, 21))
    press(qtbot, page, Key.Key_Left, date(2026, 10, 20))
    press(qtbot, page, Key.Key_Up, TODAY)
    for _ in range(2):
        qtbot.keyClick(page.grid, Key.Key_Up)
    assert page.day == date(2026, 9, 29)
    assert page.month_name.text() == "2026年9月"


def test_page_keys_turn_the_month_and_home_comes_back(page: CalendarPage, qtbot: QtBot) -> None:
    press(qtbot, page, Key.Key_PageDown, date(2026, 11, 13))
    press(qtbot, page, Key.Key_PageUp, TODAY)
    qtbot.keyClick(page.grid, Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.day == date(2027, 10, 13)
    assert page.banner.isVisible()
    assert page.banner.words.text() == "2027 年放假安排尚未录入，相关期限为暂定"
    press(qtbot, page, Key.Key_Home, TODAY)
    assert not page.banner.isVisible()


def test_the_banner_leads_to_where_the_years_notice_is_entered(
    page: CalendarPage, qtbot: QtBot, frame: object
) -> None:
    qtbot.keyClick(page.grid, Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseClick(page.banner.enter, Qt.MouseButton.LeftButton)
    assert frame.holidays == [2027]  # type: ignore[attr-defined]


def test_a_click_on_a_day_lists_its_cases(page: CalendarPage, qtbot: QtBot) -> None:
    where = page.grid.visualRect(page.grid.month.index_of(date(2026, 10, 14))).center()
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.day == date(2026, 10, 14)
    qtbot.waitUntil(lambda: "2026-0005" in numbers(page))
    assert page.day_name.text().startswith("10月14日 周三")


def test_a_day_with_nothing_says_so(page: CalendarPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.grid, Key.Key_PageDown)
    qtbot.waitUntil(lambda: page.no_cases.isVisible())
    assert not page.day_list.isVisible()


def test_enter_goes_to_the_list_and_opens_a_case_with_its_neighbours(
    page: CalendarPage, qtbot: QtBot, frame: object
) -> None:
    qtbot.keyClick(page.grid, Key.Key_Return)
    qtbot.waitUntil(page.day_list.hasFocus)
    line = page.day_list.cases.line_at(page.day_list.currentIndex())
    assert line is not None
    qtbot.keyClick(page.day_list, Key.Key_Return)
    group = page.day_list.cases.group_of(page.day_list.currentIndex())
    assert frame.opened == [(line.number, [one.number for one in group.lines])]  # type: ignore[attr-defined]


def test_a_double_click_opens_a_case_of_the_day(page: CalendarPage, qtbot: QtBot, frame: object) -> None:
    first = page.day_list.cases.index(0, 0, page.day_list.cases.index(0, 0))
    where = page.day_list.visualRect(first).center()
    qtbot.mouseClick(page.day_list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(page.day_list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    number = page.day_list.cases.groups[0].lines[0].number
    assert [one for one, _ in frame.opened] == [number]  # type: ignore[attr-defined]


def test_what_must_be_done_today_is_the_desks(page: CalendarPage, qtbot: QtBot, frame: object) -> None:
    qtbot.mouseClick(page.to_desk, Qt.MouseButton.LeftButton)
    assert frame.pages == ["desk"]  # type: ignore[attr-defined]


def test_the_year_shows_twelve_months_and_opens_the_one_chosen(page: CalendarPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.by_year, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "到期" in page.year.months[9].accessibleName())
    assert page.month_name.text() == "2026年"
    october = page.year.months[9]
    assert october.hasFocus()
    qtbot.keyClick(october, Key.Key_Left)
    assert page.year.months[8].hasFocus()
    qtbot.keyClick(page.year.months[8], Key.Key_PageDown)
    assert page.month_name.text() == "2027年"
    qtbot.keyClick(page.year.months[8], Key.Key_Home)
    assert page.month_name.text() == "2026年"
    qtbot.mouseClick(
        october, Qt.MouseButton.LeftButton, pos=october.square_of(date(2026, 10, 19)).center().toPoint()
    )
    assert not page.by_year.isChecked()
    assert page.grid.chosen() == date(2026, 10, 19)


def test_enter_on_a_small_month_opens_it(page: CalendarPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.by_year, Qt.MouseButton.LeftButton)
    page.year.focus_month(3)
    qtbot.keyClick(page.year.months[2], Key.Key_Return)
    assert page.day == date(2026, 3, 1)
    assert page.grid.isVisible()


def test_an_act_elsewhere_moves_the_marks(page: CalendarPage, qtbot: QtBot, context: PageContext) -> None:
    reply = {
        "text": "已修复。",
        "signer": "张平",
        "stamped": "yes",
        "handler": "李某",
        "phone": "0475-1111111",
    }
    context.operations.change(
        page,
        lambda session: act(session, "2026-0004", "reply", reply, TODAY),
        lambda done: None,
        Changes.of("cases"),
    )
    qtbot.waitUntil(lambda: Mark.DUE not in marks(page.grid, TODAY))


def test_the_squares_speak_to_screen_readers(page: CalendarPage) -> None:
    spoken = page.grid.month.index_of(TODAY).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("今天，2026年10月13日 星期二")
    assert "到期 1 件" in spoken


def test_the_grid_holds_many_marks_at_any_size(page: CalendarPage, qtbot: QtBot) -> None:
    """Painted small and large, nothing is drawn outside its square's row count."""
    for size in ((900, 400), (1920, 1000)):
        page.resize(*size)
        image = page.grid.grab().toImage()
        corner = page.grid.visualRect(page.grid.month.index_of(TODAY)).topLeft() + QPoint(4, 8)
        assert image.pixelColor(page.grid.viewport().mapTo(page.grid, corner)).lightness() < 200


def test_a_page_never_shown_asks_nothing(qtbot: QtBot, context: PageContext) -> None:
    made = CalendarPage(context)
    qtbot.addWidget(made)
    assert made.day_list.cases.rowCount() == 0
    assert made.grid.chosen() == TODAY


def test_months_are_shown_before_their_marks_are_known(page: CalendarPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.grid, Key.Key_PageDown)
    first = page.grid.month.index_of(calendar_state.grid_span(date(2026, 11, 1))[0])
    assert first.data(CELL_ROLE).date == date(2026, 10, 26)
