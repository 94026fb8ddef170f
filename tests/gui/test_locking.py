"""The lock covers everything: dialogs, popups, what comes up meanwhile, what was copied; and keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QMessageBox, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.passwords import AccessRules
from desktop_app.errors import StorageProblem
from desktop_app.gui.idle_watch import IdleWatch
from desktop_app.gui.login_page import LoginPage
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.preview_page import PreviewPage
from desktop_app.gui.printing import QPrintDialog
from desktop_app.gui.units_page import UnitsPage
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import access_rules, office
from desktop_app.services.session import Session

SECRET = "王小明 13800000000 反映的事"


class Clock:
    """The clock of the PC, which runs on while the machine sleeps."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, operations: Operations, settings: WindowSettings
) -> Iterator[MainWindow]:
    made = MainWindow(operations, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show_as_left()
    qapp.installEventFilter(made)
    qtbot.waitUntil(lambda: "示例市" in made.windowTitle())
    yield made
    qapp.removeEventFilter(made)
    made.close()


def lock(window: MainWindow) -> LoginPage:
    card = LoginPage(window.workspace.context.session.folder, window.user, lambda *_: None, locked=True)
    window.cover(card)
    return card


def others(window: QWidget) -> list[QWidget]:
    """What can be seen beside the window."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]


def words_on(widget: QWidget) -> str:
    """All text of what is visible in it, its title, and what a screen reader would say."""
    parts = [widget.windowTitle()]
    for one in widget.findChildren(QWidget):
        if one.isVisibleTo(widget):
            parts += [
                str(one.property(name) or "") for name in ("text", "title", "toolTip", "accessibleName")
            ]
    return "\n".join(parts)


# ------------------------------------------------------------------ what is covered


@pytest.mark.parametrize(
    "place", ["desk", "register", "case", "calendar", "entry", "units", "settings", "issued"]
)
def test_no_page_shows_through(qtbot: QtBot, window: MainWindow, place: str) -> None:
    window.workspace.open(place)
    if place == "case":
        window.workspace.open_case("2026-0001", ["2026-0001"])
    page = window.workspace.page(place)
    qtbot.waitUntil(page.isVisible)
    lock(window)
    assert not page.isVisible() and not window.workspace.isVisible()
    assert not window.search.isVisible() and not window.statusBar().isVisible()
    assert window.windowTitle() == "留言办 — 已锁定"
    assert "2026-0001" not in words_on(window) and "示例市" not in words_on(window)
    assert others(window) == []


def test_the_preview_is_covered_with_its_page(qtbot: QtBot, window: MainWindow) -> None:
    window.workspace.open("preview")
    page = window.workspace.page("preview")
    assert isinstance(page, PreviewPage) and page.isVisible()
    lock(window)
    assert not page.isVisible()


def test_the_print_dialog_goes(qtbot: QtBot, window: MainWindow) -> None:
    dialog = QPrintDialog(window)
    dialog.setWindowTitle(f"打印 {SECRET}")
    QDialog.open(dialog)
    qtbot.waitUntil(dialog.isVisible)
    lock(window)
    assert others(window) == []
    assert dialog.result() == 0, "it was left, not agreed to"


def test_menus_lists_and_tooltips_go(qtbot: QtBot, window: MainWindow) -> None:
    menu = QMenu(window)
    menu.addAction(SECRET)
    menu.popup(window.mapToGlobal(QPoint(50, 50)))
    qtbot.waitUntil(menu.isVisible)
    QToolTip.showText(window.mapToGlobal(QPoint(80, 80)), SECRET, window)
    lock(window)
    qtbot.waitUntil(lambda: others(window) == [])
    assert QToolTip.text() != SECRET or not QToolTip.isVisible()


def test_a_second_window_goes(qtbot: QtBot, window: MainWindow) -> None:
    second = QWidget()
    qtbot.addWidget(second)
    second.setWindowTitle(SECRET)
    second.show()
    lock(window)
    assert others(window) == []


def test_what_comes_up_meanwhile_waits_for_the_password(qtbot: QtBot, window: MainWindow) -> None:
    """Such as a job that ends with an error while nobody is there."""
    card = lock(window)
    window.show_problem(StorageProblem("disk_full", SECRET))
    (box,) = window.findChildren(QMessageBox)
    qtbot.waitUntil(lambda: others(window) == [])
    assert QApplication.activeModalWidget() is None
    qtbot.keyClicks(card.password, "abc")
    assert card.password.text() == "abc", "the password can be typed all the same"
    window.uncover()
    qtbot.waitUntil(box.isVisible)
    assert box.text() == SECRET
    box.close()


def test_a_question_asked_meanwhile_is_answered_no(qtbot: QtBot, window: MainWindow) -> None:
    lock(window)
    box = QMessageBox(window)
    box.setText(SECRET)
    leave = box.addButton("取消并退出", QMessageBox.ButtonRole.DestructiveRole)
    box.exec()
    assert box.clickedButton() is not leave
    window.uncover()
    assert not box.isVisible()


def test_the_password_s_own_field_keeps_its_menu(qtbot: QtBot, window: MainWindow) -> None:
    card = lock(window)
    menu = QMenu(card.password)
    menu.addAction("粘贴")
    menu.popup(card.password.mapToGlobal(QPoint(5, 5)))
    qtbot.wait(20)
    assert menu.isVisible()
    menu.close()


def test_what_was_copied_out_of_the_window_is_forgotten(qtbot: QtBot, window: MainWindow) -> None:
    clipboard = QGuiApplication.clipboard()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    clipboard.setText(SECRET)
    assert clipboard.text() == SECRET
    lock(window)
    assert clipboard.text() == ""


def test_what_was_typed_is_there_again(qtbot: QtBot, window: MainWindow) -> None:
    window.workspace.open("units")
    page = window.workspace.page("units")
    assert isinstance(page, UnitsPage)
    line = next(one for one in page.findChildren(QLineEdit) if one.isVisible() and one.isEnabled())
    qtbot.keyClicks(line, "shijiaoju")
    lock(window)
    window.uncover()
    assert line.isVisible() and line.text() == "shijiaoju"


# ------------------------------------------------------------------ when it locks


def test_it_locks_by_key(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.lock_wanted):
        qtbot.keyClick(window.workspace, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_it_locks_when_the_desktop_says_that_nobody_is_there(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.assertNotEmitted(window.lock_wanted):
        window.desktop.told(False)
    with qtbot.waitSignal(window.lock_wanted):
        window.desktop.told(True)
    with qtbot.waitSignal(window.lock_wanted):
        window.desktop.locked()


def test_the_wait_is_what_the_office_agreed_on(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    assert window.idle.interval() == 10 * 60_000
    beside = office.enter_with_key(session.folder, window.user, session.database.key, session.today)
    access_rules.set_rules(beside, AccessRules(idle_minutes=3))
    beside.close()
    window._ask_facts()
    qtbot.waitUntil(lambda: window.idle.interval() == 3 * 60_000)


def test_a_user_removed_elsewhere_is_locked_out(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    beside = office.enter_with_key(session.folder, window.user, session.database.key, session.today)
    with beside.change() as work:
        work.users.put(type(beside.user)(window.user, frozenset(), active=False))
    beside.close()
    with qtbot.waitSignal(window.lock_wanted):
        window._ask_facts()


def test_after_a_sleep_the_first_key_locks_and_does_nothing_else(qtbot: QtBot, window: MainWindow) -> None:
    clock = Clock()
    window.idle = IdleWatch(10, window, clock)
    window.idle.timeout.connect(window.lock_wanted)
    qtbot.keyClick(window.search, Qt.Key.Key_A)
    assert window.search.text() == "a"
    clock.now += 10 * 60 + 1
    with qtbot.waitSignal(window.lock_wanted):
        qtbot.keyClick(window.search, Qt.Key.Key_B)
    assert window.search.text() == "a"


def test_a_short_sleep_or_a_clock_set_back_locks_nothing(qtbot: QtBot, window: MainWindow) -> None:
    clock = Clock()
    watch = IdleWatch(10, window, clock)
    for step in (60.0, 599.0, -100_000.0, 0.0):
        clock.now += step
        assert watch.used()
    with qtbot.assertNotEmitted(watch.timeout):
        assert not watch.overslept()
