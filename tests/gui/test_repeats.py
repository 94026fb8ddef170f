"""可能重复 on the page of a case: its reason, a look at both, and the steps it leads to, by mouse and by key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.repeat_beside import BesideDialog
from desktop_app.services.registration import register_all
from desktop_app.services.session import Session
from tests.gui.case_desk import CTRL, RUNNING, form_of

EARLIER, THIS = "2026-0021", "2026-0022"
TEXT = "碧水华庭小区的二次供水设备老化，六楼以上住户早晚高峰时段经常停水，物业公司推给自来水公司。"


@pytest.fixture
def repeated(session: Session, opened: Callable[[str], CasePage]) -> CasePage:
    """A case that repeats another, reworded and by somebody else, opened."""
    messages = (
        Message("碧水华庭停水", TEXT, Citizen("晨雾", "13900001111")),
        Message(
            "没有水用", TEXT.replace("推给自来水公司", "不管") + "请解决。", Citizen("听涛", "13900002222")
        ),
    )
    given = [Registration("tongliao-2023", date(2026, 10, 12), "市长板块", one) for one in messages]
    with session.change() as work:
        register_all(session, work, given)
    return opened(THIS)


def shown_words(page: CasePage) -> str:
    return "\n".join(one.text() for one in page.repeats.findChildren(QLabel) if one.isVisibleTo(page))


def test_the_case_that_this_one_repeats_is_told_with_its_reason(repeated: CasePage) -> None:
    words = shown_words(repeated)
    assert repeated.repeats.isVisible()
    assert f"可能重复：{EARLIER}" in words
    assert "不是同一人；内容约 " in words
    assert "都提到“碧水华庭小区”；相差：本件多出“不管" in words


def test_both_are_read_side_by_side_masked(repeated: CasePage, qtbot: QtBot) -> None:
    qtbot.keyClick(repeated, Qt.Key.Key_K, CTRL)
    qtbot.waitUntil(lambda: bool(repeated.findChildren(BesideDialog)))
    (dialog,) = repeated.findChildren(BesideDialog)
    assert [pane.toPlainText()[:4] for pane in dialog.panes] == ["碧水华庭", "碧水华庭"]
    assert all(pane.extraSelections() for pane in dialog.panes)
    told = "\n".join(one.text() for one in dialog.findChildren(QLabel))
    assert THIS in told and EARLIER in told
    assert "139****1111" in told and "13900001111" not in told
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_refusing_as_a_duplicate_begins_with_ground_and_number(repeated: CasePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(repeated.repeats.buttons[EARLIER, "refuse"], Qt.MouseButton.LeftButton)
    values = form_of(repeated).values()
    assert (values["ground"], values["duplicate_of"]) == ("正在办理过程中或办理完毕的重复事项", EARLIER)


def test_joining_begins_with_the_number_and_ends_what_is_told(repeated: CasePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(repeated.repeats.buttons[EARLIER, "link-duplicate"], Qt.MouseButton.LeftButton)
    panel = form_of(repeated)
    assert panel.values()["of"] == EARLIER
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not repeated.repeats.isVisible())
    assert repeated.file is not None
    assert repeated.file.view.case.linked_to == EARLIER


def test_a_case_that_is_under_way_has_nothing_of_it(opened: Callable[[str], CasePage]) -> None:
    page = opened(RUNNING)
    assert page.file is not None
    assert bool(page.repeats.buttons) == any(
        step in {one.action for one in page.file.view.offers} for step in ("refuse", "link-duplicate")
    )
