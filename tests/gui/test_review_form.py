"""The review of a reply in 办件详情: its points ticked, the checks of the regulation, the two texts side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.choice_editors import ChecksEditor
from desktop_app.gui.points_editor import PointsEditor
from desktop_app.gui.public_text_editor import PublicTextEditor
from desktop_app.services.cases import act
from desktop_app.services.drafts import drafts_of
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.gui.case_desk import choose, do, form_of, press, view
from tests.gui.conftest import dispatch
from tests.gui.typing_chinese import type_in

TEXT = "小区供水水压不足，三楼以上没有水。请问何时能够修好？停水期间能否派送水车？请公布抢修电话。谢谢领导！"
ANSWER = "您好：经查，该小区水泵老化，已于10月10日更换，水压恢复正常。感谢您的监督。"
POINTS = ["请问何时能够修好？", "停水期间能否派送水车？", "请公布抢修电话。"]


@pytest.fixture
def answered(session: Session) -> str:
    """A case with three points, answered by its unit."""
    message = Message("供水水压不足", TEXT, Citizen("王小明", "13800000001"))
    number = register_one(
        session, Registration("tongliao-2023", date(2026, 10, 8), "市长板块", message)
    ).number
    dispatch(session, number, "市教育局", date(2026, 10, 8), date(2026, 10, 9))
    reply(session, number, ANSWER)
    return number


def reply(session: Session, number: str, text: str) -> None:
    keys = {"text": text, "signer": "张平", "stamped": "yes", "handler": "李某", "phone": "0475-3333333"}
    act(session, number, "reply", keys)


@pytest.fixture
def review(opened: Callable[[str], CasePage], answered: str, qtbot: QtBot) -> CasePage:
    """The form of the review, open."""
    page = opened(answered)
    press(page, "pass-review", qtbot)
    return page


def points_of(page: CasePage) -> PointsEditor:
    editor = form_of(page).editor("points")
    assert isinstance(editor, PointsEditor)
    return editor


def texts_of(page: CasePage, name: str = "public_text") -> PublicTextEditor:
    editor = form_of(page).editor(name)
    assert isinstance(editor, PublicTextEditor)
    return editor


def marked(pane: object) -> list[str]:
    return [one.cursor.selectedText() for one in pane.extraSelections()]  # type: ignore[attr-defined]


def test_the_points_of_the_message_are_listed_and_none_is_ticked(review: CasePage) -> None:
    points = points_of(review).points()
    assert [point.words for point in points] == POINTS
    assert not any(point.answered for point in points)
    assert points_of(review).summary.text() == "3 点中还有 3 点没有勾。"


def test_points_ticked_with_the_space_bar_are_recorded(review: CasePage, qtbot: QtBot) -> None:
    editor = points_of(review)
    for row in editor.rows[:2]:
        row.tick.setFocus()
        qtbot.keyClick(row.tick, Qt.Key.Key_Space)
    assert editor.summary.text() == "3 点中还有 1 点没有勾。"
    choose(form_of(review), "public", "yes", qtbot)
    do(review, qtbot, "待公开")
    recorded = view(review).case.review
    assert recorded is not None
    assert recorded.points == f"√ {POINTS[0]}\n√ {POINTS[1]}\n□ {POINTS[2]}"


def test_arrow_keys_go_along_the_ticks_and_enter_adds_a_point(review: CasePage, qtbot: QtBot) -> None:
    editor = points_of(review)
    editor.setFocus()
    qtbot.keyClick(editor.rows[0].tick, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is editor.rows[1].tick
    last = editor.rows[-1].words
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Return)
    assert len(editor.rows) == 4
    type_in(editor.rows[3].words, "水费减免")
    assert editor.points()[3].words == "水费减免"
    # A point is taken out by emptying it.
    editor.rows[0].words.clear()
    assert [point.words for point in editor.points()] == [*POINTS[1:], "水费减免"]


def test_points_left_open_propose_to_send_the_reply_back(
    review: CasePage, answered: str, session: Session, qtbot: QtBot
) -> None:
    editor = points_of(review)
    assert editor.send_back_button.text() == "退回重办（答非所问）…"
    editor.rows[0].tick.setChecked(True)
    qtbot.mouseClick(editor.send_back_button, Qt.MouseButton.LeftButton)
    panel = form_of(review)
    assert panel.form.action == "rework"
    values = panel.values()
    assert values["ground"] == "答非所问"
    assert values["opinion"] == f"以下 2 点没有答到，请逐点答复：\n1. {POINTS[1]}\n2. {POINTS[2]}"
    # What had been ticked waits, should the reviewer come back to it.
    qtbot.waitUntil(lambda: "pass-review" in drafts_of(session, answered, ["pass-review"]))
    do(review, qtbot, "办理中")
    assert view(review).case.lead is not None
    assert view(review).case.lead.reworks[-1].ground == "答非所问"  # type: ignore[union-attr]


def test_all_points_answered_propose_nothing(review: CasePage, qtbot: QtBot) -> None:
    editor = points_of(review)
    for row in editor.rows:
        row.tick.setChecked(True)
    assert editor.summary.text() == "✓ 3 点都答到了。"
    assert not editor.send_back_button.isVisible()


def test_the_points_of_the_last_review_come_again_unticked(
    review: CasePage, answered: str, session: Session, opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    editor = points_of(review)
    editor.rows[2].words.setPlainText("公布二十四小时抢修电话")
    editor.rows[0].tick.setChecked(True)
    choose(form_of(review), "public", "yes", qtbot)
    do(review, qtbot, "待公开")
    due = {"ground": "其他", "due": "2026-10-16"}
    act(session, answered, "rework", due)
    reply(session, answered, "您好：已修好，抢修电话 0475-3333333。")
    review.refresh()
    qtbot.waitUntil(lambda: view(review).case.status == "待审核")
    press(review, "pass-review", qtbot)
    points = points_of(review).points()
    assert [point.words for point in points] == [*POINTS[:2], "公布二十四小时抢修电话"]
    assert not any(point.answered for point in points)


def test_the_checks_of_the_regulation_stand_with_their_clauses(review: CasePage, qtbot: QtBot) -> None:
    editor = form_of(review).editor("checks")
    assert isinstance(editor, ChecksEditor)
    words = [tick.accessibleName() for tick in editor.ticks.values()]
    assert "审核要点：主要负责人审签并盖章（第十一条）" in words
    for tick in list(editor.ticks.values())[:2]:
        qtbot.keyClick(tick, Qt.Key.Key_Space)
    choose(form_of(review), "public", "yes", qtbot)
    do(review, qtbot, "待公开")
    recorded = view(review).case.review
    assert recorded is not None
    assert recorded.checks == ("逐点答复，没有答非所问", "主要负责人审签并盖章")


def test_what_is_cut_and_what_is_added_is_marked_on_either_side(review: CasePage, qtbot: QtBot) -> None:
    choose(form_of(review), "public", "yes", qtbot)
    texts = texts_of(review)
    assert texts.answer.toPlainText() == texts.value() == ANSWER
    assert texts.summary.text() == "与承办单位答复一致。"
    texts.text.setPlainText(ANSWER.replace("经查，", "").replace("感谢您的监督", "欢迎继续监督"))
    qtbot.waitUntil(lambda: "删去 2 处" in texts.summary.text())
    assert marked(texts.answer) == ["经查，", "感谢您的"]
    assert marked(texts.text) == ["欢迎继续"]
    assert texts.summary.text().startswith("与答复相比，删去 2 处 7 字，增加 1 处 4 字")


def test_an_emoji_before_a_change_does_not_shift_the_mark(review: CasePage, qtbot: QtBot) -> None:
    choose(form_of(review), "public", "yes", qtbot)
    texts = texts_of(review)
    texts.text.setPlainText("😀" + ANSWER.replace("10月10日", "10月12日"))
    qtbot.waitUntil(lambda: marked(texts.text) == ["😀", "2"])


def test_what_is_protected_is_marked_while_it_is_typed(review: CasePage, qtbot: QtBot) -> None:
    choose(form_of(review), "public", "yes", qtbot)
    texts = texts_of(review)
    texts.text.setPlainText("您好：请王小明拨打 13912345678 联系，经办电话 0475-3333333。")
    qtbot.waitUntil(lambda: "受保护的信息" in texts.summary.text())
    assert {"王小明", "13912345678"} <= set(marked(texts.text))
    assert "0475-3333333" not in marked(texts.text)
    texts.text.setPlainText("您好：已修好。")
    qtbot.waitUntil(lambda: "受保护的信息" not in texts.summary.text())


def test_the_answer_is_read_beside_the_text_that_is_published(
    review: CasePage, answered: str, session: Session, qtbot: QtBot
) -> None:
    texts_of(review).text.setPlainText("您好：水泵已更换，水压恢复正常。")
    choose(form_of(review), "public", "yes", qtbot)
    do(review, qtbot, "待公开")
    press(review, "publish", qtbot)
    texts = texts_of(review, "text")
    assert texts.answer.toPlainText() == ANSWER
    assert texts.value() == "您好：水泵已更换，水压恢复正常。"
    qtbot.waitUntil(lambda: bool(marked(texts.answer)))
    do(review, qtbot, "已回复")
    assert view(review).case.publications[-1].text == "您好：水泵已更换，水压恢复正常。"


def test_the_form_takes_the_whole_right_side_and_gives_it_back(
    opened: Callable[[str], CasePage], answered: str, qtbot: QtBot
) -> None:
    page = opened(answered)
    page.resize(1920, 900)
    QApplication.processEvents()
    beside = page.columns._columns.direction()
    press(page, "pass-review", qtbot)
    assert page.columns._columns.direction() != beside
    qtbot.keyClick(form_of(page), Qt.Key.Key_Escape)
    assert page.columns._columns.direction() == beside
