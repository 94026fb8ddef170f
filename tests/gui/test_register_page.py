"""留言台账 by keys and clicks, on a real small office."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHeaderView
from pytestqt.qtbot import QtBot

from desktop_app.documents import office_suite
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.gui.case_papers_desk import PAPERS_FOLDER
from desktop_app.gui.changes import Changes
from desktop_app.gui.page import PageContext
from desktop_app.gui.register_columns import COLUMNS, PLACES
from desktop_app.gui.register_page import RegisterPage
from desktop_app.services.cases import act
from desktop_app.services.session import Session

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def opened(qtbot: QtBot, context: PageContext) -> RegisterPage:
    page = RegisterPage(context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    with qtbot.waitSignal(page.model.opened):
        page.show()
    qtbot.waitUntil(lambda: "全部" in page.filters._buttons)
    page.table.setFocus()
    return page


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> RegisterPage:
    return opened(qtbot, context)


def shown(page: RegisterPage) -> list[str]:
    return [str(page.model.number_at(row)) for row in range(page.model.rowCount())]


def selected(page: RegisterPage) -> list[str]:
    return [str(page.model.number_at(row)) for row in page.table.selected_rows()]


def listing(qtbot: QtBot, page: RegisterPage):
    """Wait for the list that comes of what is done within."""
    return qtbot.waitSignal(page.model.opened)


def press_header(qtbot: QtBot, page: RegisterPage, name: str) -> None:
    header = page.table.horizontalHeader()
    left = header.sectionViewportPosition(PLACES[name])
    middle = QPoint(left + header.sectionSize(PLACES[name]) // 2, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)


# ------------------------------------------------------------------ the list


def test_the_newest_cases_stand_first_with_the_keyboard_on_the_first(page: RegisterPage) -> None:
    assert shown(page)[:2] == ["2026-0020", "2026-0019"]
    assert page.current_number() == "2026-0020"
    assert page.total.text() == "共 20 件"
    assert 30 <= page.table.rowHeight(0) <= 34


def test_the_title_takes_what_the_other_columns_leave(page: RegisterPage) -> None:
    header = page.table.horizontalHeader()
    assert header.sectionResizeMode(PLACES["title"]) == QHeaderView.ResizeMode.Stretch
    assert header.length() == page.table.viewport().width()


def test_states_bear_their_counts(page: RegisterPage) -> None:
    words = {name: page.filters.state_button(name).text() for name in ("全部", "待初审", "办理中", "逾期")}
    assert words == {"全部": "全部 20", "待初审": "待初审 12", "办理中": "办理中 6", "逾期": "逾期 3 ■"}


def test_a_press_on_a_head_sorts_and_the_next_turns_round(qtbot: QtBot, page: RegisterPage) -> None:
    with listing(qtbot, page):
        press_header(qtbot, page, "due")
    assert shown(page)[:3] == ["2026-0001", "2026-0002", "2026-0003"]
    with listing(qtbot, page):
        press_header(qtbot, page, "due")
    assert shown(page)[0] in ("2026-0006", "2026-0007")
    assert page.current_query().descending


def test_painting_marks_and_shapes_leaves_a_picture(qtbot: QtBot, page: RegisterPage) -> None:
    with listing(qtbot, page):
        press_header(qtbot, page, "due")
    plain = page.table.grab().toImage()
    with listing(qtbot, page):
        page.set_text("小区")
    marked = page.table.grab().toImage()
    yellow = "#ffe58a"
    colours = [
        {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(40, 120, 3)}
        for image in (plain, marked)
    ]
    assert yellow not in colours[0]
    assert yellow in colours[1]


# ------------------------------------------------------------------ keys


def test_arrows_home_and_end_walk_along_the_list(qtbot: QtBot, page: RegisterPage) -> None:
    qtbot.keyClick(page.table, Key.Key_Down)
    assert page.current_number() == "2026-0019"
    qtbot.keyClick(page.table, Key.Key_End)
    assert page.current_number() == "2026-0001"
    qtbot.keyClick(page.table, Key.Key_Up)
    assert page.current_number() == "2026-0002"
    qtbot.keyClick(page.table, Key.Key_Home)
    assert page.current_number() == "2026-0020"
    qtbot.keyClick(page.table, Key.Key_PageDown)
    assert page.table.current_row > 5


def test_enter_opens_the_case_with_its_neighbours(qtbot: QtBot, page: RegisterPage, frame) -> None:
    qtbot.keyClick(page.table, Key.Key_Down)
    qtbot.keyClick(page.table, Key.Key_Return)
    assert frame.opened == [("2026-0019", shown(page))]


def test_a_double_click_opens_and_a_click_on_the_box_ticks(qtbot: QtBot, page: RegisterPage, frame) -> None:
    middle = {
        name: page.table.visualRect(page.model.index(2, PLACES[name])).center() for name in ("title", "tick")
    }
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=middle["tick"])
    assert page.model.ticked == ("2026-0018",)
    assert page.current_number() == "2026-0020"
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=middle["title"])
    qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=middle["title"])
    assert [number for number, _ in frame.opened] == ["2026-0018"]


def test_space_ticks_and_unticks_what_is_selected(qtbot: QtBot, page: RegisterPage) -> None:
    qtbot.keyClick(page.table, Key.Key_Space)
    assert page.model.ticked == ("2026-0020",)
    qtbot.keyClick(page.table, Key.Key_Down, SHIFT)
    qtbot.keyClick(page.table, Key.Key_Down, SHIFT)
    assert selected(page) == ["2026-0020", "2026-0019", "2026-0018"]
    assert page.chosen.text() == "选中 3 件"
    qtbot.keyClick(page.table, Key.Key_Space)
    assert page.ticks.text() == "✓ 已勾选 3 件"
    qtbot.keyClick(page.table, Key.Key_Space)
    assert page.model.ticked == ()
    assert page.print_button.isHidden()


def test_control_a_selects_everything(qtbot: QtBot, page: RegisterPage) -> None:
    qtbot.keyClick(page.table, Key.Key_A, CONTROL)
    assert selected(page) == shown(page)


def test_letters_typed_over_the_list_do_not_read_it(qtbot: QtBot, page: RegisterPage) -> None:
    qtbot.keyClicks(page.table, "20260001")
    assert page.current_number() == "2026-0020"


# ------------------------------------------------------------------ narrowing down


def test_a_state_narrows_the_list(qtbot: QtBot, page: RegisterPage) -> None:
    with listing(qtbot, page):
        qtbot.mouseClick(page.filters.state_button("待签收"), Qt.MouseButton.LeftButton)
    assert shown(page) == ["2026-0007"]
    with listing(qtbot, page):
        qtbot.mouseClick(page.filters.state_button("逾期"), Qt.MouseButton.LeftButton)
    assert shown(page) == ["2026-0003", "2026-0002", "2026-0001"]
    with listing(qtbot, page):
        qtbot.mouseClick(page.filters.state_button("全部"), Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 20


def test_a_unit_is_named_by_its_initials(qtbot: QtBot, page: RegisterPage) -> None:
    page.filters.unit.setFocus()
    qtbot.keyClicks(page.filters.unit, "sgaj")
    assert page.filters.unit.offered() == ["市公安局"]
    with listing(qtbot, page):
        qtbot.keyClick(page.filters.unit, Key.Key_Return)
    assert page.current_query().unit == "市公安局"
    assert shown(page) == ["2026-0005", "2026-0002"]
    with listing(qtbot, page):
        page.filters.unit.clear()
    assert page.model.rowCount() == 20


def test_a_unit_that_is_not_in_the_register_narrows_nothing_and_says_so(
    qtbot: QtBot, page: RegisterPage
) -> None:
    page.filters.unit.setFocus()
    qtbot.keyClicks(page.filters.unit, "zzzz")
    qtbot.keyClick(page.filters.unit, Key.Key_Return)
    assert page.current_query().unit is None
    assert page.filters.unit.property("tone") == "refused"
    assert "没有“zzzz”" in page.filters.unit.toolTip()


def test_category_and_deadline_narrow_the_list_together(qtbot: QtBot, page: RegisterPage) -> None:
    with listing(qtbot, page):
        page.filters.category.setFocus()
        qtbot.keyClick(page.filters.category, Key.Key_Down)
        page.filters.category.setCurrentIndex(page.filters.category.findData("投诉"))
        page.filters.category.activated.emit(page.filters.category.currentIndex())
    assert set(shown(page)) == {f"2026-000{place}" for place in range(1, 8)}
    with listing(qtbot, page):
        page.filters.due.activated.emit(page.filters.due.findData("week"))
    assert shown(page) == ["2026-0005", "2026-0004"]
    with listing(qtbot, page):
        qtbot.mouseClick(page.filters.clear_button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 20
    assert page.filters.category.currentText() == "不限"


def test_days_of_ones_own_choice(qtbot: QtBot, page: RegisterPage) -> None:
    assert not page.filters.first.isVisible()
    with listing(qtbot, page):
        page.filters.due.activated.emit(page.filters.due.findData("chosen"))
    assert page.filters.first.isVisible()
    assert shown(page) == ["2026-0004"]
    with listing(qtbot, page):
        page.filters.last.setDate(page.filters.last.date().addDays(1))
    assert shown(page) == ["2026-0005", "2026-0004"]


def test_a_search_narrows_and_an_empty_one_shows_all(qtbot: QtBot, page: RegisterPage) -> None:
    with listing(qtbot, page):
        page.set_text("路灯")
    assert shown(page) == ["2026-0017", "2026-0012", "2026-0007", "2026-0002"]
    assert page.current_query() == CaseQuery(text="路灯", descending=True)
    with listing(qtbot, page):
        page.set_text("")
    assert page.model.rowCount() == 20


# ------------------------------------------------------------------ nothing to show


def test_where_nothing_fits_the_conditions_can_be_cleared(qtbot: QtBot, page: RegisterPage) -> None:
    with listing(qtbot, page):
        page.filters.state_button("已归档").click()
    assert page.stack.currentIndex() == 1
    assert page.empty.text() == "没有符合条件的件。"
    with listing(qtbot, page):
        qtbot.mouseClick(page.clear_conditions, Qt.MouseButton.LeftButton)
    assert page.stack.currentIndex() == 0
    assert page.model.rowCount() == 20


def test_where_there_are_no_messages_yet_the_way_to_bring_them_in_is_shown(
    qtbot: QtBot,
    context: PageContext,
    frame,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from desktop_app.gui import register_model
    from desktop_app.services.case_list import OpenedList, Window

    nothing = OpenedList(0, True, Window(0, (), None), ())
    monkeypatch.setattr(register_model.case_list, "open_list", lambda *asked: nothing)
    page = opened(qtbot, context)
    assert page.empty.text().startswith("还没有留言。按 Ctrl+I 导入")
    qtbot.mouseClick(page.to_import, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.to_entry, Qt.MouseButton.LeftButton)
    assert frame.pages == ["import", "entry"]


# ------------------------------------------------------------------ what is remembered


def test_filters_order_and_columns_are_there_next_time(
    qtbot: QtBot, page: RegisterPage, context: PageContext
) -> None:
    with listing(qtbot, page):
        page.filters.state_button("办理中").click()
    with listing(qtbot, page):
        press_header(qtbot, page, "received")
    page.table.setColumnWidth(PLACES["unit"], 123)
    actions = {action.text(): action for action in page.table.column_menu().actions()}
    actions["类别"].setChecked(False)
    actions["留言编号"].setChecked(True)
    header = page.table.horizontalHeader()
    header.moveSection(header.visualIndex(PLACES["received"]), 1)
    page.hide()
    again = opened(qtbot, context)
    assert again.current_query() == page.current_query()
    assert again.filters.state_button("办理中").isChecked()
    assert again.table.columnWidth(PLACES["unit"]) == 123
    assert again.table.isColumnHidden(PLACES["category"])
    assert not again.table.isColumnHidden(PLACES["board_number"])
    assert again.table.horizontalHeader().visualIndex(PLACES["received"]) == 1
    again.table.reset_columns()
    shown_now = [column.name for place, column in enumerate(COLUMNS) if not again.table.isColumnHidden(place)]
    assert shown_now == [column.name for column in COLUMNS if column.shown]


def test_what_is_searched_for_is_not_written_down(
    qtbot: QtBot, page: RegisterPage, context: PageContext, tmp_path: Path
) -> None:
    with listing(qtbot, page):
        page.set_text("欧阳小红")
    page.hide()
    assert opened(qtbot, context).current_query().text is None


# ------------------------------------------------------------------ changes


def test_a_change_elsewhere_is_seen_and_the_keyboard_stays_on_its_case(
    qtbot: QtBot, page: RegisterPage, context: PageContext
) -> None:
    with listing(qtbot, page):
        page.filters.state_button("待初审").click()
    page.table.go_to(3)
    kept = page.current_number()

    def refuse(session: Session) -> object:
        keys = {"ground": "涉军涉安", "not_told_reason": "无法联系"}
        return act(session, "2026-0020", "refuse", keys, session.today)

    with listing(qtbot, page):
        context.operations.change(page, refuse, lambda done: None, Changes.of("cases"))
    assert page.model.rowCount() == 11
    assert page.current_number() == kept
    qtbot.waitUntil(lambda: page.filters.state_button("待初审").text() == "待初审 11")


# ------------------------------------------------------------------ slips


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, context: PageContext, tmp_path: Path) -> list[Path]:
    """The files handed to the office suite, which is not started: a machine that has WPS and nothing else."""
    files: list[Path] = []

    def take(paper: Path) -> office_suite.OfficeSuite:
        files.append(paper)
        return office_suite.OfficeSuite("WPS", Path("wps"))

    monkeypatch.setattr(office_suite, "open_paper", take)
    monkeypatch.setattr(office_suite, "can_make_pdf", lambda: False)
    context.settings.put(PAPERS_FOLDER, str(tmp_path / "papers"))
    return files


def test_control_p_prints_the_slip_of_the_current_case(
    qtbot: QtBot,
    page: RegisterPage,
    frame,
    printed: list[Path],
) -> None:
    with listing(qtbot, page):
        page.set_text("2026-0001")
    qtbot.keyClick(page.table, Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert frame.messages[0].kind == "done"
    assert "承办单 1 件" in frame.messages[0].text
    assert printed[0].name.startswith("2026-0001 承办单")
    assert printed[0].read_bytes().startswith(b"PK")


def test_slips_of_all_that_is_ticked_come_in_one_file(
    qtbot: QtBot,
    page: RegisterPage,
    frame,
    printed: list[Path],
) -> None:
    page.model.toggle(["2026-0001", "2026-0002", "2026-0004"])
    qtbot.mouseClick(page.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(frame.messages))
    page.print_papers()
    qtbot.waitUntil(lambda: len(frame.messages) == 2)
    assert [file.name for file in printed] == [
        "承办单 2026-0001 等 3 件.docx",
        "承办单 2026-0001 等 3 件（2）.docx",
    ]


def test_a_case_that_was_not_handed_out_has_no_slip_and_the_strip_says_why(
    qtbot: QtBot,
    page: RegisterPage,
    frame,
    printed: list[Path],
) -> None:
    qtbot.keyClick(page.table, Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert frame.messages[0].kind == "refused"
    assert "2026-0020" in frame.messages[0].text
    assert printed == []
