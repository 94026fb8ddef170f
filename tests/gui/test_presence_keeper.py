"""Who else has the case open is told quietly; what is said here is said off the window's thread, and only while it is so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.errors import StorageProblem
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.changes import Changes
from desktop_app.gui.operations import Operations
from desktop_app.gui.presence_keeper import presence_words
from desktop_app.services import presence
from desktop_app.services.presence import Present
from desktop_app.services.session import Session
from tests.gui.case_desk import NEW, RUNNING, press, shown

MIN = Present("王敏", "14:02")


@dataclass
class Elsewhere:
    """The other seats, as the window may know them; notes what it says and on which thread."""

    there: tuple[Present, ...] = ()
    said: list[tuple[str, str]] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    trouble: StorageProblem | None = None

    def beat(self, session: Session, number: str, doing: str = "") -> tuple[Present, ...]:
        self.threads.add(threading.current_thread().name)
        if self.trouble is not None:
            raise self.trouble
        self.said.append((number, doing))
        return self.there

    def leave(self, session: Session) -> None:
        self.said.append(("", ""))

    def others(self, session: Session, number: str) -> tuple[Present, ...]:
        return self.there


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    made = Elsewhere()
    monkeypatch.setattr(presence, "is_told", lambda session: True)
    for name in ("beat", "leave", "others"):
        monkeypatch.setattr(presence, name, getattr(made, name))
    return made


@pytest.fixture
def page(elsewhere: Elsewhere, case_page: CasePage) -> CasePage:
    return case_page


def show(page: CasePage, number: str, qtbot: QtBot) -> None:
    page.show_case(number)
    qtbot.waitUntil(lambda: shown(page) == number)


def test_who_else_has_the_case_open_is_told_in_the_heading(
    page: CasePage, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    elsewhere.there = (MIN,)
    show(page, NEW, qtbot)
    qtbot.waitUntil(lambda: page.heading.others.text() == "王敏 也打开着这一件（14:02 起）")
    assert elsewhere.said == [(NEW, "")]
    assert elsewhere.threads == {"liuyan-reader"}


def test_what_is_being_filled_in_is_said_and_told(page: CasePage, elsewhere: Elsewhere, qtbot: QtBot) -> None:
    show(page, RUNNING, qtbot)
    elsewhere.there = (Present("王敏", "14:02", "答复"),)
    panel = press(page, "contact", qtbot)
    qtbot.waitUntil(lambda: page.heading.others.text() == "王敏 也打开着这一件（14:02 起），正在填「答复」")
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: elsewhere.said == [(RUNNING, ""), (RUNNING, "contact"), (RUNNING, "")])


def test_that_somebody_came_or_left_is_heard_at_once(
    page: CasePage, elsewhere: Elsewhere, operations: Operations, qtbot: QtBot
) -> None:
    show(page, NEW, qtbot)
    for there, words in (((MIN,), "王敏 也打开着这一件（14:02 起）"), ((), "")):
        elsewhere.there = there
        operations.changed.emit(Changes.of("presence"))
        qtbot.waitUntil(lambda words=words: page.heading.others.text() == words)
    assert elsewhere.said == [(NEW, "")]


def test_another_case_is_another_place(page: CasePage, elsewhere: Elsewhere, qtbot: QtBot) -> None:
    elsewhere.there = (MIN,)
    show(page, NEW, qtbot)
    qtbot.waitUntil(lambda: page.heading.others.text() != "")
    elsewhere.there = ()
    show(page, RUNNING, qtbot)
    qtbot.waitUntil(lambda: elsewhere.said == [(NEW, ""), (RUNNING, "")])
    qtbot.waitUntil(lambda: page.heading.others.text() == "")


@pytest.fixture
def tabs(page: CasePage, qtbot: QtBot) -> QStackedWidget:
    """The page among others, in a window."""
    made = QStackedWidget()
    qtbot.addWidget(made)
    made.addWidget(page)
    made.addWidget(QWidget())
    made.resize(1366, 640)
    made.show()
    return made


def test_behind_another_tab_one_is_gone_and_back_again(
    page: CasePage, tabs: QStackedWidget, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    show(page, NEW, qtbot)
    tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: elsewhere.said == [(NEW, ""), ("", "")])
    tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: elsewhere.said[-1] == (NEW, ""))


def test_with_a_form_open_one_is_there_behind_a_tab_but_not_in_a_window_that_is_covered(
    page: CasePage, tabs: QStackedWidget, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    show(page, RUNNING, qtbot)
    press(page, "contact", qtbot)
    qtbot.waitUntil(lambda: elsewhere.said[-1] == (RUNNING, "contact"))
    tabs.setCurrentIndex(1)
    tabs.setCurrentIndex(0)
    assert elsewhere.said[-1] == (RUNNING, "contact")
    tabs.hide()
    qtbot.waitUntil(lambda: elsewhere.said[-1] == ("", ""))


def test_a_server_that_is_away_is_no_matter_here(
    page: CasePage, elsewhere: Elsewhere, operations: Operations, qtbot: QtBot
) -> None:
    failed: list[object] = []
    operations.failed.connect(failed.append)
    elsewhere.trouble = StorageProblem("server_lost", "断开了。")
    show(page, NEW, qtbot)
    qtbot.waitUntil(lambda: bool(elsewhere.threads))
    operations.query(page, "after", lambda session: None, lambda _: failed.append("after"))
    qtbot.waitUntil(lambda: failed == ["after"])


def test_where_there_can_be_nobody_nothing_is_asked(
    opened: Callable[[str], CasePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(presence, "beat", lambda *told: asked.append(told))
    page = opened(NEW)
    assert asked == [] and page.heading.others.text() == ""


def test_several_are_told_by_name_as_far_as_there_is_room() -> None:
    two = (MIN, Present("李四", "14:05", "答复"))
    assert presence_words(two) == "王敏（14:02 起）、李四（14:05 起，正在填「答复」）也打开着这一件"
    assert presence_words((*two, MIN)).endswith("等 3 人也打开着这一件")
    assert presence_words(()) == ""
