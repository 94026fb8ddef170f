"""The forms of 办件详情, in place: what they propose, tell while one types, keep and hand in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui.case_page import CasePage
from desktop_app.gui.day_editors import DayEditor
from desktop_app.gui.field_editors import UnitEditor
from desktop_app.gui.public_text_editor import PublicTextEditor
from desktop_app.gui.step_groups import ACCESS_KEYS, GROUP_OF, MENU_KEYS, button_keys, list_keys
from desktop_app.services.case_view import reveal_case, view_case
from desktop_app.services.cases import act
from desktop_app.services.drafts import drafts_of
from desktop_app.services.regulations import load_all
from desktop_app.services.session import Session
from tests.gui.case_desk import (
    CTRL,
    NEW,
    OVERDUE,
    RUNNING,
    choose,
    do,
    fill,
    form_of,
    press,
    shown,
    view,
)


def test_a_form_opens_in_place_and_loading_it_saves_nothing(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    page = opened(NEW)
    events = len(view(page).events)
    panel = press(page, "accept", qtbot)
    assert panel.isVisible() and not page.steps.isVisible()
    assert panel.values()["on"] == "2026-10-13"
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert page.form is None and page.steps.isVisible()
    assert QApplication.focusWidget() is page.steps.buttons["accept"]
    again = view_case(session, NEW)
    assert len(again.events) == events
    assert drafts_of(session, NEW, ["accept"]) == {}


def test_missing_fields_are_told_beside_them_and_get_the_focus(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(NEW)
    panel = press(page, "accept", qtbot)
    assert panel.fault("category") == ""
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    assert panel.fault("category") == "✕ 请选类别。（第九条）"
    choose(panel, "category", "投诉", qtbot)
    assert panel.fault("category") == ""
    do(page, qtbot, "待交办")


def test_ctrl_enter_works_from_within_a_text(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened(RUNNING)
    panel = press(page, "contact", qtbot)
    fill(panel, "channel", "电话")
    fill(panel, "result", "已说明情况")
    text = panel.editor("result").focusProxy()
    assert isinstance(text, QWidget)
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(view(page).case.contacts))
    assert view(page).case.contacts[0].result == "已说明情况"


def test_esc_keeps_what_was_typed_as_a_draft(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = press(page, "contact", qtbot)
    fill(panel, "result", "没有接听")
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert "有草稿" in page.steps.buttons["contact"].text()
    qtbot.waitUntil(lambda: "contact" in drafts_of(session, RUNNING, ["contact"]))
    opened(NEW)
    opened(RUNNING)
    panel = press(page, "contact", qtbot)
    assert panel.values()["result"] == "没有接听"
    fill(panel, "channel", "电话")
    do(page, qtbot, "办理中")
    qtbot.waitUntil(lambda: drafts_of(session, RUNNING, ["contact"]) == {})


def test_turning_to_the_next_case_keeps_the_draft(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    fill(press(page, "contact", qtbot), "result", "没有接听")
    qtbot.keyClick(page, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: shown(page) == "2026-0007")
    assert page.form is None
    qtbot.waitUntil(lambda: drafts_of(session, RUNNING, ["contact"])["contact"]["result"] == "没有接听")


def test_alt_down_in_a_list_opens_the_list(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened(NEW)
    panel = press(page, "accept", qtbot)
    box = panel.editor("ground").focusProxy()
    assert isinstance(box, QComboBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(box.view().isVisible)
    assert page.number == NEW
    box.hidePopup()


def test_a_unit_is_found_by_the_initials_of_its_name(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened(NEW)
    choose(press(page, "accept", qtbot), "category", "投诉", qtbot)
    do(page, qtbot, "待交办")
    panel = press(page, "dispatch", qtbot)
    editor = panel.editor("lead")
    assert isinstance(editor, UnitEditor)
    qtbot.keyClicks(editor.line, "gaj")
    assert editor.line.offered() == ["市公安局"]
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == "市公安局"
    do(page, qtbot, "待签收")
    assert view(page).case.open_lead is not None
    assert page.heading.deadline.text().startswith("◇ ")


def test_a_limit_longer_than_the_regulation_is_told_while_it_is_typed(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    act(session, NEW, "accept", {"category": "投诉"})
    page = opened(NEW)
    panel = press(page, "dispatch", qtbot)
    line = panel.editor("days").focusProxy()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "9")
    assert "长于规定的 5 个工作日" in panel.fault("days")
    assert "第十一条" in panel.fault("days")
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert panel.fault("days") == ""


def test_a_day_before_the_step_it_depends_on_is_told_beside_the_day(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened("2026-0007")
    panel = press(page, "receive", qtbot)
    editor = panel.editor("on")
    assert isinstance(editor, DayEditor)
    editor.set_value("2026-10-11")
    assert "早于交办日" in panel.fault("on")
    editor.set_value("2026-10-13")
    assert panel.fault("on") == ""


def test_the_reply_form_proposes_what_the_register_knows(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    panel = press(opened(OVERDUE), "reply", qtbot)
    assert panel.values()["phone"] == "0475-1111111"
    assert panel.values()["stamped"] == ""


def test_a_reason_is_asked_for_only_when_the_reply_is_not_for_the_public(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    reply(session, "已修复。")
    page = opened(RUNNING)
    panel = press(page, "pass-review", qtbot)
    assert not panel.editor("private_reason").isVisible()
    choose(panel, "public", "no", qtbot)
    assert panel.editor("private_reason").isVisible()
    # The answer is read all the same; only the text that would go public is not asked for.
    texts = panel.editor("public_text")
    assert isinstance(texts, PublicTextEditor)
    assert texts.answer.isVisible() and not texts.text.isVisible()
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    assert "不公开理由" in panel.fault("private_reason")


def reply(session: Session, text: str) -> None:
    keys = {"text": text, "signer": "张平", "stamped": "yes", "handler": "李某", "phone": "0475-3333333"}
    act(session, RUNNING, "reply", keys)


def test_the_public_text_is_proposed_from_the_reply(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    reply(session, "已修复。")
    panel = press(opened(RUNNING), "pass-review", qtbot)
    assert panel.values()["public_text"] == "已修复。"
    assert panel.values()["by"] == "王敏"


def test_protected_words_are_answered_one_by_one_before_they_go_public(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    reply(session, "请拨打 13912345678 联系，邮箱 office@example.com，车牌蒙G12345。")
    page = opened(RUNNING)
    panel = press(page, "pass-review", qtbot)
    # Masked words never get into an editor.
    assert panel.values()["public_text"] == ""
    choose(panel, "public", "yes", qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    gate = panel._protected
    qtbot.waitUntil(gate.isVisible)
    assert [row.words.text()[:2] for row in gate.rows] == ["1.", "2.", "3."]
    assert "【13912345678】" in gate.words() and not gate.done_button.isEnabled()
    # To have been shown them is an event, like any other look at them.
    assert [one.action for one in view_case(session, RUNNING).events][-1] == "reveal"
    first, second, _ = gate.rows
    qtbot.waitUntil(first.cover.hasFocus)
    qtbot.keyClick(first.cover, Qt.Key.Key_Space)
    qtbot.waitUntil(second.cover.hasFocus)
    qtbot.keyClick(second.cover, Qt.Key.Key_Tab)
    qtbot.keyClick(second.stand, Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: second.reason.hasFocus() or (second.reason.lineEdit() or second.reason).hasFocus()
    )
    assert not gate.done_button.isEnabled()
    qtbot.keyClicks(second.reason, "staff phone")
    qtbot.mouseClick(gate.cover_all, Qt.MouseButton.LeftButton)
    assert [row.answer for row in gate.rows] == ["遮盖", "staff phone", "遮盖"]
    qtbot.waitUntil(gate.done_button.hasFocus)
    qtbot.keyClick(gate.done_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: view(page).case.status == "待公开")
    review = reveal_case(session, RUNNING, "核对").case.review
    assert review is not None and review.cleared
    assert review.public_text == f"请拨打 {'*' * 11} 联系，邮箱 office@example.com，车牌{'*' * 7}。"


def test_what_a_letter_will_cover_is_shown_before_it_is_recorded(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = press(page, "supervise", qtbot)
    fill(panel, "to", "甲市教育局")
    choose(panel, "ground", "敷衍塞责", qtbot)
    fill(panel, "problems", "网友 13912345678 反映仍未解决。")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(panel._protected.isVisible)
    assert "【13912345678】" in panel._protected.words()
    assert view(page).case.pressure == ()
    qtbot.keyClick(panel._protected.done_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(view(page).case.pressure) == 1)


def test_typing_after_the_warning_asks_again(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    reply(session, "请拨打 13912345678 联系。")
    panel = press(opened(RUNNING), "pass-review", qtbot)
    choose(panel, "public", "yes", qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(panel._protected.isVisible)
    fill(panel, "public_text", "请拨打 13800138000 联系。")
    assert not panel._protected.isVisible()
    assert panel.keys().get("cleared") is None


def test_an_access_key_opens_the_form_also_after_another_case_was_shown(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    opened(NEW)
    page = opened("2026-0010")
    qtbot.keyClick(page, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.form is not None)
    assert form_of(page).form.action == "accept"


def test_no_two_steps_offered_together_share_an_access_key() -> None:
    for regulation in load_all():
        for state in regulation.states:
            offered = [name for name, rule in regulation.actions.items() if state.name in rule.from_states]
            for keys in (button_keys(offered), list_keys(offered)):
                letters = [letter for letter in keys.values() if letter]
                assert len(letters) == len(set(letters)), (regulation.id, state.name)
            assert not MENU_KEYS & set(button_keys(offered).values())


def test_steps_that_move_a_case_keep_their_letters_whatever_else_is_offered() -> None:
    for regulation in load_all():
        for state in regulation.states:
            moving = [
                name
                for name, rule in regulation.actions.items()
                if state.name in rule.from_states and rule.leads_to(state.name) not in (None, state.name)
            ]
            assert set(button_keys(moving)) == set(moving), (regulation.id, state.name, button_keys(moving))


def test_every_step_has_its_place_in_the_list_and_a_letter() -> None:
    steps = {name for regulation in load_all() for name in regulation.actions} - {"waive", "correct"}
    assert steps == set(GROUP_OF) == set(ACCESS_KEYS)


def test_a_form_left_as_it_opened_is_filled_anew_once_the_words_are_revealed(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    reply(session, "请拨打 13912345678 联系。")
    page = opened(RUNNING)
    assert press(page, "pass-review", qtbot).values()["public_text"] == ""
    page.details.reveal.emit("审核答复")
    qtbot.waitUntil(lambda: form_of(page).values()["public_text"] == "请拨打 13912345678 联系。")


def test_an_accused_unit_is_not_proposed_though_the_return_suggested_it(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    on = date(2026, 10, 12)
    act(session, RUNNING, "complained-of", {"kind": "控告检举", "unit": "市公安局"}, on)
    back = {"reason": "不属职责", "signer": "钱副局", "suggested_unit": "市公安局"}
    act(session, RUNNING, "return", back, on)
    act(session, RUNNING, "accept-return", {}, on)
    panel = press(opened(RUNNING), "dispatch", qtbot)
    assert panel.values()["lead"] == ""
    assert any("不能交给它" in one.text() for one in panel.findChildren(QLabel))
    fill(panel, "lead", "市公安局")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "控告" in panel.fault("lead"))
