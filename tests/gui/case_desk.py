"""What the tests of 办件详情 do at its desk: press, choose, fill in, and wait."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.gui.action_form import ActionFormPanel
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.choice_editors import RowEditor
from desktop_app.services.case_view import CaseView

CTRL = Qt.KeyboardModifier.ControlModifier
NUMBERS = tuple(f"2026-{serial:04d}" for serial in range(1, 21))
NEW, RUNNING, OVERDUE = "2026-0009", "2026-0006", "2026-0001"


def shown(page: CasePage) -> str:
    return page.file.number if page.file is not None else ""


def view(page: CasePage) -> CaseView:
    assert page.file is not None
    return page.file.view


def form_of(page: CasePage) -> ActionFormPanel:
    assert page.form is not None
    return page.form


def press(page: CasePage, action: str, qtbot: QtBot) -> ActionFormPanel:
    """Click the step's button, or its line in the list that 更多 opens."""
    button = page.steps.buttons.get(action)
    if button is not None:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        return form_of(page)
    qtbot.mouseClick(page.steps.list_button, Qt.MouseButton.LeftButton)
    menu = page.steps.list
    qtbot.waitUntil(menu.isVisible)
    place = menu.actionGeometry(page.steps.listed[action]).center()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    # Offscreen, a list that has closed keeps the window's place; on a screen it never takes it.
    page.window().activateWindow()
    return form_of(page)


def choose(panel: ActionFormPanel, name: str, value: str, qtbot: QtBot) -> None:
    """Click a radio button of a row, or pick a line of a list."""
    editor = panel.editor(name)
    if isinstance(editor, RowEditor):
        qtbot.mouseClick(editor.buttons[value], Qt.MouseButton.LeftButton)
    else:
        editor.set_value(value)


def fill(panel: ActionFormPanel, name: str, words: str) -> None:
    """Put words in as an input method does; plain keys cannot type Chinese."""
    panel.editor(name).set_value(words)


def do(page: CasePage, qtbot: QtBot, expect: str) -> None:
    """Ctrl+Enter, and wait until the case stands where it should."""
    qtbot.keyClick(form_of(page), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.form is None and view(page).case.status == expect)
