"""The frame: search, keys, what the foot says, how it closes, what it does with errors."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.errors import Refusal, StorageProblem
from desktop_app.gui import frame_jobs
from desktop_app.gui.changes import Changes
from desktop_app.gui.desk_view import DeskView
from desktop_app.gui.ledger_dialog import LedgerDialog
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.register_page import RegisterPage
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import office
from desktop_app.services.session import Session

JOB_MS = 30_000


@pytest.fixture
def window(qtbot: QtBot, operations: Operations, settings: WindowSettings) -> Iterator[MainWindow]:
    made = MainWindow(operations, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show_as_left()
    made.activateWindow()
    made.workspace.open("register")
    qtbot.waitUntil(lambda: register(made).model.rowCount() == 20)
    yield made
    made.close()


def register(window: MainWindow) -> RegisterPage:
    page = window.workspace.page("register")
    assert isinstance(page, RegisterPage)
    return page


def press(qtbot: QtBot, window: MainWindow, keys: str) -> None:
    """A shortcut, as the keyboard sends it to whatever has the focus."""
    combination = QKeySequence(keys)[0]
    qtbot.keyClick(QApplication.focusWidget() or window, combination.key(), combination.keyboardModifiers())


# ------------------------------------------------------------------ keys and search


def test_the_window_begins_at_the_desk(
    qtbot: QtBot, operations: Operations, settings: WindowSettings
) -> None:
    made = MainWindow(operations, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show_as_left()
    made.activateWindow()
    assert [made.workspace.tabs.tabText(at) for at in range(1, 4)] == ["留言台账", "办件详情", "时限日历"]
    assert made.workspace.current == "desk"
    qtbot.waitUntil(lambda: made.workspace.tabs.tabText(0).startswith("今日工作台("))
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), DeskView))
    made.close()


def test_the_keyboard_begins_in_the_list(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: register(window).table.hasFocus())


@pytest.mark.parametrize(
    ("keys", "page"),
    [
        ("Ctrl+1", "desk"),
        ("Ctrl+3", "case"),
        ("Ctrl+4", "calendar"),
        ("Ctrl+5", "figures"),
        ("Ctrl+2", "register"),
    ],
)
def test_pages_by_key(qtbot: QtBot, window: MainWindow, keys: str, page: str) -> None:
    press(qtbot, window, keys)
    assert window.workspace.current == page


@pytest.mark.parametrize(
    ("keys", "page"),
    [
        ("Ctrl+I", "import"),
        ("Ctrl+N", "entry"),
        ("Ctrl+U", "units"),
        ("Ctrl+H", "holidays"),
        ("Ctrl+,", "settings"),
    ],
)
def test_further_pages_come_by_key_and_close_again(
    qtbot: QtBot, window: MainWindow, keys: str, page: str
) -> None:
    press(qtbot, window, keys)
    assert window.workspace.current == page
    assert window.workspace.tabs.count() == 6
    press(qtbot, window, "Ctrl+W")
    assert window.workspace.tabs.count() == 5
    press(qtbot, window, "Ctrl+W")
    assert window.workspace.tabs.count() == 5


def test_no_two_acts_share_a_key(window: MainWindow) -> None:
    keys = [
        action.shortcut().toString() for action in window.actions_of_menu() if not action.shortcut().isEmpty()
    ]
    assert len(keys) == len(set(keys)) > 10


def test_what_is_typed_into_the_box_is_searched_for_from_any_page(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "Ctrl+4")
    press(qtbot, window, "Ctrl+F")
    qtbot.waitUntil(window.search.hasFocus)
    window.search.insert("路灯")
    qtbot.waitUntil(lambda: register(window).model.rowCount() == 4)
    assert window.workspace.current == "register"
    assert window.search.hasFocus()
    qtbot.keyClick(window.search, Qt.Key.Key_Down)
    assert register(window).table.hasFocus()


def test_escape_takes_the_search_back(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "Ctrl+F")
    window.search.insert("路灯")
    qtbot.waitUntil(lambda: register(window).model.rowCount() == 4)
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: register(window).model.rowCount() == 20)
    assert window.search.text() == ""


def test_enter_in_the_list_opens_the_case(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(register(window).table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.current == "case")


def test_the_list_of_keys_opens(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "F1")
    shown = [
        one for one in QApplication.topLevelWidgets() if one.windowTitle() == "快捷键" and one.isVisible()
    ]
    assert len(shown) == 1
    shown[0].close()


def test_locking_takes_every_dialog_away(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "F1")
    window.show_problem(StorageProblem("locked", "数据正忙。"))
    window.cover(QLabel("已锁定"))
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    assert shown == []
    window.uncover()
    assert window.workspace.isVisible()


# ------------------------------------------------------------------ the foot, what changes from outside


def test_the_foot_says_where_one_is(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: "示例市运维中心" in window.standing)
    assert "2026年10月13日 星期二 工作日" in window.standing
    assert "尚未备份" in window.standing


def test_a_backup_is_made_and_told(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    press(qtbot, window, "Ctrl+B")
    qtbot.waitUntil(lambda: "已备份并核验" in window.workspace.strip.text, timeout=JOB_MS)
    qtbot.waitUntil(lambda: "上次备份" in window.standing)
    assert list((session.database.folder / "backups").iterdir())


def test_what_another_program_writes_is_seen(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    operations = window.workspace.context.operations
    told: list[Changes] = []
    operations.changed.connect(told.append)
    operations.look_for_others()
    qtbot.waitUntil(lambda: operations._version is not None)
    beside = office.enter_with_key(
        session.database.folder, session.user.name, session.database.key, session.today
    )
    with beside.change() as work:
        work.settings.put("office.phone", "0475-7777777")
    beside.database.close()
    operations.look_for_others()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].kinds == {"cases", "units", "settings", "batches"}


def test_the_ledger_of_the_list_as_it_is_filtered(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "台账.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(target), ""))
    window.search.insert("路灯")
    qtbot.waitUntil(lambda: register(window).model.rowCount() == 4)
    press(qtbot, window, "Ctrl+E")
    qtbot.waitUntil(lambda: window.findChild(LedgerDialog) is not None)
    qtbot.keyClick(window.findChild(LedgerDialog), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "台账 4 行" in window.workspace.strip.text, timeout=JOB_MS)
    assert target.stat().st_size > 1000


def test_a_size_of_text_is_asked_for_from_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    largest = next(action for action in window.actions_of_menu() if action.text() == "特大")
    with qtbot.waitSignal(window.theme_wanted) as wanted:
        largest.trigger()
    assert wanted.args == ["特大", False]


# ------------------------------------------------------------------ errors


def test_a_refusal_nobody_took_stands_in_the_strip(window: MainWindow) -> None:
    window.show_problem(Refusal("wrong_state", "现在不能办理。", "第九条"))
    assert window.workspace.strip.text == "✕ 现在不能办理。（第九条）"


def test_trouble_with_the_data_says_that_nothing_is_lost(window: MainWindow) -> None:
    window.show_problem(StorageProblem("disk_full", "磁盘已满。", "请腾出空间后重试。"))
    (box,) = window.findChildren(QMessageBox)
    assert box.text() == "磁盘已满。"
    assert "没有丢失" in box.informativeText()
    assert "请腾出空间后重试。" in box.informativeText()
    box.close()


def test_a_bug_is_reported_to_a_file_without_case_text(window: MainWindow, session: Session) -> None:
    window.show_problem(ValueError("王小明 13800000000"))
    (report,) = (session.database.folder / "bug-reports").iterdir()
    assert "王小明" not in report.read_text(encoding="utf-8")
    (box,) = window.findChildren(QMessageBox)
    assert report.name in box.informativeText()
    box.close()


def test_no_list_waits_behind_a_question_over_all_cases(qtbot: QtBot, window: MainWindow) -> None:
    operations, held = window.workspace.context.operations, threading.Event()
    answers: list[str] = []
    operations.query(window, "all", lambda session: held.wait(10) and "all", answers.append, aside=True)
    operations.query(window, "one", lambda session: "one", answers.append)
    qtbot.waitUntil(lambda: answers == ["one"])
    held.set()
    qtbot.waitUntil(lambda: answers == ["one", "all"])


# ------------------------------------------------------------------ closing


def test_closing_waits_for_what_is_being_saved(qtbot: QtBot, window: MainWindow) -> None:
    held, done = threading.Event(), []
    operations = window.workspace.context.operations

    def act(session: Session) -> None:
        held.wait(10)
        done.append("saved")

    operations.change(window, act, lambda nothing: None, Changes.of("settings"))
    assert not window.close()
    assert window.isVisible()
    held.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert done == ["saved"]


def answer(words: str) -> None:
    """Click a button of the question that will stand before the window."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(button for button in box.buttons() if button.text() == words).click()

    QTimer.singleShot(0, click)


def test_closing_over_long_work_asks_and_can_be_left(qtbot: QtBot, window: MainWindow) -> None:
    operations = window.workspace.context.operations
    operations.job(window, "备份", frame_jobs.back_up, lambda file: None, Changes.of("backups"))
    answer("继续等待")
    assert not window.close()
    assert window.isVisible()
    assert window.isEnabled()
    qtbot.waitUntil(lambda: not operations.busy, timeout=JOB_MS)
    assert window.close()


def test_only_a_change_is_called_saving(qtbot: QtBot, window: MainWindow) -> None:
    operations = window.workspace.context.operations
    job, change = threading.Event(), threading.Event()
    operations.job_here(window, "读表", lambda progress: job.wait(10), lambda ended: None)
    assert window._saving.text() == "正在办理…"
    operations.change(window, lambda session: change.wait(10), lambda ended: None, Changes.of())
    assert window._saving.text() == "正在保存…"
    change.set()
    qtbot.waitUntil(lambda: window._saving.text() == "正在办理…")
    job.set()
    qtbot.waitUntil(lambda: window._saving.text() == "数据已保存")


def test_closing_over_long_work_cancels_it_where_one_says_so(qtbot: QtBot, window: MainWindow) -> None:
    operations = window.workspace.context.operations
    operations.job(window, "备份", frame_jobs.back_up, lambda file: None, Changes.of("backups"))
    answer("取消并退出")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=JOB_MS)
    assert not operations.busy
