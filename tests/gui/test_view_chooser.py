"""视图 of the register, by clicks and keys on a real small office."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.gui.page import PageContext
from desktop_app.gui.register_columns import PLACES
from desktop_app.gui.register_page import RegisterPage
from desktop_app.gui.theme import CURRENT, SIZES
from desktop_app.gui.view_chooser import VIEW_SETTINGS
from desktop_app.gui.window_settings import WindowSettings

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def opened(qtbot: QtBot, context: PageContext) -> RegisterPage:
    page = RegisterPage(context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    with qtbot.waitSignal(page.model.opened):
        page.show()
    qtbot.waitUntil(lambda: "全部" in page.filters._buttons)
    page.activateWindow()
    page.table.setFocus()
    return page


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> RegisterPage:
    return opened(qtbot, context)


def menu_of(qtbot: QtBot, page: RegisterPage) -> QMenu:
    """Opened by a click on the button."""
    qtbot.mouseClick(page.views.button, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def titles(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def click(qtbot: QtBot, menu: QMenu, title: str) -> None:
    action = next(action for action in menu.actions() if action.text() == title)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def save_as(qtbot: QtBot, page: RegisterPage, name: str) -> None:
    click(qtbot, menu_of(qtbot, page), "保存现在的视图…")
    assert page.focusWidget() is page.views.name
    page.views.name.clear()
    qtbot.keyClicks(page.views.name, name)
    qtbot.keyClick(page.views.name, Key.Key_Return)


def listing(qtbot: QtBot, page: RegisterPage):
    return qtbot.waitSignal(page.model.opened)


def set_up(qtbot: QtBot, page: RegisterPage) -> None:
    """In hand, by deadline; no category, the board's number, the day of receipt in front, the unit 123 wide."""
    with listing(qtbot, page):
        qtbot.mouseClick(page.filters.state_button("办理中"), LEFT)
    with listing(qtbot, page):
        page.table.sort_wanted.emit("due")
    columns = {action.text(): action for action in page.table.column_menu().actions()}
    columns["类别"].setChecked(False)
    columns["留言编号"].setChecked(True)
    page.table.setColumnWidth(PLACES["unit"], 123)
    header = page.table.horizontalHeader()
    header.moveSection(header.visualIndex(PLACES["received"]), 1)


def stands_as_set_up(page: RegisterPage) -> bool:
    query, table = page.current_query(), page.table
    return (
        (query.status, query.sort, query.descending) == ("办理中", "due", False)
        and table.columnWidth(PLACES["unit"]) == 123
        and table.isColumnHidden(PLACES["category"])
        and not table.isColumnHidden(PLACES["board_number"])
        and table.horizontalHeader().visualIndex(PLACES["received"]) == 1
    )


def all_again(qtbot: QtBot, page: RegisterPage) -> None:
    with listing(qtbot, page):
        page.filters.clear()
    with listing(qtbot, page):
        page.table.sort_wanted.emit("number")
    page.table.reset_columns()
    assert not stands_as_set_up(page)


def test_a_view_is_saved_under_a_name_and_chosen_again(qtbot: QtBot, page: RegisterPage, frame) -> None:
    menu = menu_of(qtbot, page)
    assert titles(menu) == ["保存现在的视图…"]
    menu.close()
    set_up(qtbot, page)
    save_as(qtbot, page, "my view")
    assert frame.messages[-1].text.startswith("视图“my view”已保存")
    assert page.focusWidget() is page.views.button
    assert not page.views.naming.isVisible()
    all_again(qtbot, page)
    menu = menu_of(qtbot, page)
    assert titles(menu) == ["my view", "保存现在的视图…", "删除视图"]
    assert not menu.actions()[0].isChecked()
    with listing(qtbot, page):
        click(qtbot, menu, "my view")
    assert stands_as_set_up(page)
    assert page.filters.state_button("办理中").isChecked()
    assert page.focusWidget() is page.table
    assert menu_of(qtbot, page).actions()[0].isChecked()


def test_a_view_stays_for_its_user_and_is_nobody_elses(
    qtbot: QtBot, page: RegisterPage, context: PageContext, tmp_path: Path
) -> None:
    set_up(qtbot, page)
    save_as(qtbot, page, "mine")
    all_again(qtbot, page)
    page.hide()
    again = opened(qtbot, context)
    with listing(qtbot, again):
        click(qtbot, menu_of(qtbot, again), "mine")
    assert stands_as_set_up(again)
    other = WindowSettings(tmp_path / "window", "李四")
    assert other.get(VIEW_SETTINGS, []) == []


def test_what_is_searched_for_is_not_part_of_a_view(
    qtbot: QtBot, page: RegisterPage, context: PageContext
) -> None:
    with listing(qtbot, page):
        page.set_text("供水")
    save_as(qtbot, page, "without words")
    assert "供水" not in repr(context.settings.get(VIEW_SETTINGS, []))
    with listing(qtbot, page):
        page.set_text("路灯")
    set_up(qtbot, page)
    with listing(qtbot, page):
        click(qtbot, menu_of(qtbot, page), "without words")
    assert page.current_query().text == "路灯"
    assert page.current_query().status is None


def test_a_view_is_deleted_and_the_deletion_taken_back(qtbot: QtBot, page: RegisterPage, frame) -> None:
    save_as(qtbot, page, "one")
    save_as(qtbot, page, "two & three")
    menu = menu_of(qtbot, page)
    qtbot.keyClick(menu, Key.Key_Up)
    qtbot.keyClick(menu, Key.Key_Right)
    removing = QApplication.activePopupWidget()
    assert isinstance(removing, QMenu)
    assert titles(removing) == ["one", "two && three"]
    qtbot.keyClick(removing, Key.Key_Return)
    assert page.views.views.names == ("two & three",)
    assert frame.messages[-1].text == "视图“one”已删除。"
    assert frame.messages[-1].undo is not None
    frame.messages[-1].undo()
    assert page.views.views.names == ("one", "two & three")


def test_a_name_used_again_takes_the_place_of_the_view_and_gives_it_back(
    qtbot: QtBot, page: RegisterPage, frame
) -> None:
    save_as(qtbot, page, "same")
    set_up(qtbot, page)
    save_as(qtbot, page, "same")
    assert page.views.views.names == ("same",)
    assert page.views.views.views[0].filters.state == "办理中"
    assert frame.messages[-1].text == "视图“same”已改为现在的样子。"
    frame.messages[-1].undo()
    assert page.views.views.views[0].filters.state == ""


def test_without_a_name_nothing_is_saved_and_escape_leaves(qtbot: QtBot, page: RegisterPage, frame) -> None:
    save_as(qtbot, page, "  ")
    assert frame.messages[-1].kind == "refused"
    assert page.views.naming.isVisible()
    assert page.views.name.property("tone") == "refused"
    qtbot.keyClick(page.views.name, Key.Key_Escape)
    assert not page.views.naming.isVisible()
    assert page.focusWidget() is page.views.button
    assert page.views.views.names == ()


def test_by_keys_alone(qtbot: QtBot, page: RegisterPage) -> None:
    qtbot.keyClick(page.table, Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    qtbot.keyClick(QApplication.activePopupWidget(), Key.Key_Down)
    qtbot.keyClick(QApplication.activePopupWidget(), Key.Key_Return)
    assert page.focusWidget() is page.views.name
    qtbot.keyClicks(page.views.name, "by keys")
    qtbot.keyClick(page.views.name, Key.Key_Tab)
    assert page.focusWidget() is page.views.save_button
    qtbot.keyClick(page.views.save_button, Key.Key_Space)
    assert page.views.views.names == ("by keys",)
    qtbot.keyClick(page.views.button, Key.Key_Tab)
    assert page.focusWidget() is page.filters.columns_button


@pytest.mark.parametrize("size", list(SIZES))
def test_a_view_keeps_its_widths_at_every_size_of_text(
    qtbot: QtBot, page: RegisterPage, size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CURRENT, "size", size)
    page.table.show_columns({"widths": {"unit": 123, "due": 211}})
    for _ in range(3):
        page.table.show_columns(page.table.columns)
    assert page.table.columns["widths"] == {"unit": 123, "due": 211}
