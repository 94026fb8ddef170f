"""What was done is taken back or put right from the story of the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.gui.case_page import CasePage
from desktop_app.gui.page import PageContext
from tests.gui.case_desk import (
    CTRL,
    NEW,
    RUNNING,
    choose,
    do,
    fill,
    form_of,
    press,
    view,
)


def test_what_was_done_is_told_and_can_be_taken_back(
    opened: Callable[[str], CasePage], context: PageContext, qtbot: QtBot
) -> None:
    page = opened(NEW)
    said: list[object] = context.show_message.__self__  # type: ignore[attr-defined]
    choose(press(page, "accept", qtbot), "category", "求助", qtbot)
    do(page, qtbot, "待交办")
    message = said[-1]
    assert message.text == f"{NEW} “受理”已记下，现为“待交办”。"  # type: ignore[attr-defined]
    message.undo()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: view(page).case.status == "待初审")
    accepted = next(row for row in page.story.rows if row.line.action == "accept")
    assert accepted.line.struck and "当即撤销" in accepted.line.amended


def test_enter_on_a_line_of_the_story_opens_its_correction(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    last = page.story.rows[-1]
    last.setFocus()
    assert last.line.action == "receive"
    qtbot.keyClick(last, Qt.Key.Key_Up)
    before = QApplication.focusWidget()
    assert before is page.story.rows[-2]
    qtbot.keyClick(before, Qt.Key.Key_Down)
    qtbot.keyClick(last, Qt.Key.Key_Return)
    assert form_of(page).form.event == last.line.event


def test_a_correction_gives_a_step_another_day(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened(RUNNING)
    receive = next(row for row in page.story.rows if row.line.action == "receive")
    qtbot.mouseClick(receive.button, Qt.MouseButton.LeftButton)
    panel = form_of(page)
    choose(panel, "how", "amend", qtbot)
    fill(panel, "reason", "日期记错")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    assert "还没有改动" in panel.fault("how")
    fill(panel, "new.on", "2026-10-13")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: view(page).case.open_lead.received == date(2026, 10, 13))  # type: ignore[union-attr]
    receive = next(row for row in page.story.rows if row.line.action == "receive")
    assert "日期改为10月13日 周二（日期记错）" in receive.line.amended


def test_a_correction_that_breaks_later_steps_is_refused_in_the_form(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    page.forms.open_correction(
        next(row.line.event for row in page.story.rows if row.line.action == "dispatch")
    )
    panel = form_of(page)
    choose(panel, "how", "void", qtbot)
    fill(panel, "reason", "记错了")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(panel.strip))
    assert "签收" in panel.strip and "就不成立了" in panel.strip
    assert page.form is panel and panel.do_button.isEnabled()


def test_a_step_recorded_before_papers_and_looks_can_still_be_voided(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    page.details.reveal.emit("核对")
    qtbot.waitUntil(lambda: view(page).revealed)
    page.forms.open_correction(page.story.rows[-2].line.event)
    panel = form_of(page)
    assert "签收" in panel.form.title
    choose(panel, "how", "void", qtbot)
    fill(panel, "reason", "记错了")
    do(page, qtbot, "待签收")
