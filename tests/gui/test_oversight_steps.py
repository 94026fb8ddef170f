"""Steps from above and beside in 办件详情: instructions, transfer, merging, reopening, service; by clicks and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.users import Role
from desktop_app.gui.action_fields import action_form
from desktop_app.gui.case_editor import CaseEditor
from desktop_app.gui.case_file import read_case_file
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.choice_editors import ComboEditor
from desktop_app.gui.day_editors import OpenDayEditor
from desktop_app.gui.oversight_facts import FactGroup, oversight_groups
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.gui.case_desk import CTRL, NEW, OVERDUE, RUNNING, choose, do, fill, form_of, press, view
from tests.gui.conftest import Frame, dispatch
from tests.gui.typing_chinese import type_in

Opened = Callable[[str], CasePage]
REPLY = {"text": "已办。", "signer": "张平", "stamped": "yes", "handler": "李某", "phone": "0475-3333333"}


def submit(page: CasePage, qtbot: QtBot) -> None:
    """Ctrl+Enter on a step that leaves the case where it is."""
    events = len(view(page).events)
    qtbot.keyClick(form_of(page), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.form is None and len(view(page).events) > events)


def hint(page: CasePage, name: str) -> str:
    field = form_of(page).form.field(name)
    assert field is not None
    return field.hint


# ------------------------------------------------------------------ instructions


def test_an_instruction_is_recorded_word_for_word_and_reported_back(opened: Opened, qtbot: QtBot) -> None:
    page = opened(RUNNING)
    panel = press(page, "instruct", qtbot)
    assert panel.values()["principal"] == "" and panel.values()["feedback_due"] == ""
    fill(panel, "leader", "市长甲")
    choose(panel, "principal", "no", qtbot)
    fill(panel, "text", "请教育局一周内办结。")
    submit(page, qtbot)
    assert page.heading._marks.text() == "领导批示"
    facts = {fact.label: fact.value for group in page_groups(page) for fact in group.facts}
    assert facts["批示 10月13日 周二"] == "市长甲：“请教育局一周内办结。”\n一次反馈"
    qtbot.mouseClick(page.items.settle_buttons["批示待反馈"], Qt.MouseButton.LeftButton)
    panel = form_of(page)
    assert (panel.form.action, panel.values()["to"]) == ("feedback", "市长甲")
    fill(panel, "text", "已办结。")
    submit(page, qtbot)
    assert "批示待反馈" not in page.items.settle_buttons


def page_groups(page: CasePage) -> Sequence[FactGroup]:
    return oversight_groups(view(page))


def test_a_day_that_may_stay_open_is_sent_only_where_it_is_ticked(opened: Opened, qtbot: QtBot) -> None:
    page = opened(RUNNING)
    panel = press(page, "instruct", qtbot)
    editor = panel.editor("feedback_due")
    assert isinstance(editor, OpenDayEditor) and not editor.day.isVisible()
    assert panel.keys().get("feedback_due") is None
    qtbot.keyClick(editor.tick, Qt.Key.Key_Space)
    assert editor.day.isVisible() and panel.keys()["feedback_due"] == "2026-10-13"


def test_of_several_leaders_the_one_who_still_waits_is_proposed(
    opened: Opened, session: Session, qtbot: QtBot
) -> None:
    for leader in ("市长甲", "副市长乙"):
        act(session, RUNNING, "instruct", {"leader": leader, "principal": "no", "text": "请办"})
    act(session, RUNNING, "feedback", {"to": "市长甲", "text": "在办"})
    assert press(opened(RUNNING), "feedback", qtbot).values()["to"] == "副市长乙"


# ------------------------------------------------------------------ transfer, accountability


@pytest.fixture
def pressed(session: Session) -> str:
    act(session, OVERDUE, "urge", {"to": "市住建局"}, date(2026, 9, 20))
    act(session, OVERDUE, "serve", {"paper": "urge"}, date(2026, 9, 20))
    act(session, OVERDUE, "supervise", {"to": "市住建局", "ground": "催办无果"}, date(2026, 9, 24))
    return OVERDUE


def test_a_transfer_says_of_each_field_what_the_clause_wants(
    opened: Opened, pressed: str, qtbot: QtBot
) -> None:
    page = opened(pressed)
    qtbot.mouseClick(page.items.settle_buttons["督办无果"], Qt.MouseButton.LeftButton)
    panel = form_of(page)
    assert panel.form.action == "transfer"
    for name in ("to", "decided_by", "violation", "consequences", "reported_on"):
        assert hint(page, name).endswith("（第二十条）")
    assert panel.values()["decided_by"] == "" and panel.values()["reported_on"] == "2026-10-13"
    assert "市政府督查室" in hint(page, "reported_on")
    fill(panel, "decided_by", "未决定")
    assert "没有移交的决定" in panel.fault("decided_by")


def test_a_transfer_is_followed_by_special_supervision(opened: Opened, pressed: str, qtbot: QtBot) -> None:
    page = opened(pressed)
    panel = press(page, "transfer", qtbot)
    for name, words in (
        ("to", "市纪委监委"),
        ("decided_by", "分管副市长"),
        ("violation", "拒不办理"),
        ("consequences", "影响恶劣"),
    ):
        fill(panel, name, words)
    submit(page, qtbot)
    qtbot.mouseClick(page.items.settle_buttons["专项督办"], Qt.MouseButton.LeftButton)
    assert form_of(page).values()["by"] == "市政府督查室"


def test_accountability_shows_its_words_to_those_with_the_right_only(
    opened: Opened, session: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = press(page, "hold-accountable", qtbot)
    assert "仅审核、领导可见" in hint(page, "note")
    choose(panel, "ground", "逾期办理", qtbot)
    fill(panel, "by", "市政府")
    fill(panel, "note", "约谈分管领导")
    submit(page, qtbot)
    assert "约谈分管领导" in shown_words(page)
    session.user = type(session.user)("周经办", frozenset((Role.OPERATOR,)))
    page.refresh()
    qtbot.waitUntil(lambda: view(page).events[-1].hidden)
    assert "约谈分管领导" not in shown_words(page)
    assert "（仅审核、领导可见）" in shown_words(page)
    line = next(row.line for row in page.story.rows if row.line.action == "hold-accountable")
    assert not line.correctable


def shown_words(page: CasePage) -> str:
    notes = "".join(note.words for row in page.story.rows for note in row.line.notes)
    return notes + "".join(fact.value for group in page_groups(page) for fact in group.facts)


# ------------------------------------------------------------------ merging


def case_editor(page: CasePage) -> CaseEditor:
    editor = form_of(page).editor("of")
    assert isinstance(editor, CaseEditor)
    return editor


def test_another_case_is_looked_up_by_words_and_chosen_by_key(
    opened: Opened, frame: Frame, qtbot: QtBot
) -> None:
    page = opened(NEW)
    press(page, "link-duplicate", qtbot)
    editor = case_editor(page)
    type_in(editor.line, "供水水压")
    qtbot.waitUntil(lambda: RUNNING in offered(editor))
    numbers = offered(editor)
    assert NEW not in numbers
    assert "关于6号小区供水水压不足的留言" in editor.list.item(numbers.index(RUNNING)).text()
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    for _ in range(numbers.index(RUNNING)):
        qtbot.keyClick(editor.list, Qt.Key.Key_Down)
    qtbot.keyClick(editor.list, Qt.Key.Key_Return)
    assert editor.value() == RUNNING
    qtbot.waitUntil(lambda: editor.chosen.text().startswith("→ 关于6号小区"))
    do(page, qtbot, "并案办理")
    qtbot.mouseClick(_link(page, RUNNING), Qt.MouseButton.LeftButton)
    assert frame.opened == [(RUNNING, [NEW, RUNNING])]


def offered(editor: CaseEditor) -> list[str]:
    return [editor.list.item(row).text()[:9] for row in range(editor.list.count())]


def _link(page: CasePage, number: str) -> QPushButton:
    return next(one for one in page.heading.findChildren(QPushButton) if one.text() == number)


def test_a_number_is_known_as_soon_as_it_is_typed_and_an_unknown_one_is_told(
    opened: Opened, qtbot: QtBot
) -> None:
    page = opened(NEW)
    press(page, "link-duplicate", qtbot)
    editor = case_editor(page)
    qtbot.keyClicks(editor.line, "2026-6")
    qtbot.waitUntil(lambda: bool(editor.list.count()))
    editor.line.clear()
    qtbot.keyClicks(editor.line, "2026-0404")
    qtbot.waitUntil(lambda: "没有找到" in editor.chosen.text())
    qtbot.keyClick(form_of(page), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "登记簿中没有" in form_of(page).fault("of"))


def test_a_case_that_cannot_answer_is_refused_beside_the_field(opened: Opened, qtbot: QtBot) -> None:
    page = opened(NEW)
    press(page, "link-duplicate", qtbot)
    case_editor(page).set_value("2026-0008")
    qtbot.keyClick(form_of(page), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "没有答复可以共用" in form_of(page).fault("of"))


def test_messages_with_the_same_words_are_offered_before_anything_is_typed(
    opened: Opened, session: Session, qtbot: QtBot
) -> None:
    text = "反映供水水压不足，希望尽快解决。"
    message = Message("还是没有水", text, Citizen("李四"))
    number = register_one(
        session, Registration("tongliao-2023", date(2026, 10, 9), "市长板块", message)
    ).number
    page = opened(number)
    press(page, "link-duplicate", qtbot)
    assert "2026-0001" in offered(case_editor(page))
    alike = hint(page, "of").partition("相似的有 ")[2].split("、")
    assert "2026-0001" in alike and number not in alike


def test_a_number_that_the_form_opens_with_is_known_at_once(
    opened: Opened, session: Session, qtbot: QtBot
) -> None:
    act(session, NEW, "link-duplicate", {"of": RUNNING})
    page = opened(NEW)
    press(page, "answer-with", qtbot)
    qtbot.waitUntil(lambda: case_editor(page).chosen.text().startswith("→ 关于6号小区"))


def test_answering_the_main_case_answers_the_merged_one_and_both_say_so(
    opened: Opened, session: Session, qtbot: QtBot
) -> None:
    act(session, NEW, "link-duplicate", {"of": RUNNING})
    page = opened(RUNNING)
    assert page.heading._ties.count() == 2 and _link(page, NEW).isVisible()
    act(session, RUNNING, "reply", REPLY)
    act(session, RUNNING, "pass-review", {"by": "王敏", "public": "yes"})
    act(session, RUNNING, "publish", {})
    page = opened(NEW)
    assert view(page).case.status == "已回复"
    titles = [row.line.title for row in page.story.rows]
    assert "随主件答复" in titles
    assert "有件并入" in [line.line.title for line in opened(RUNNING).story.rows]


# ------------------------------------------------------------------ reopening, ends


def test_a_case_is_reopened_where_the_regulation_lets_it_go(
    opened: Opened, session: Session, qtbot: QtBot
) -> None:
    act(session, RUNNING, "reply", REPLY)
    act(session, RUNNING, "pass-review", {"by": "王敏", "public": "yes"})
    for action in ("publish", "close", "archive"):
        act(session, RUNNING, action, {})
    page = opened(RUNNING)
    panel = press(page, "reopen", qtbot)
    field = panel.form.field("to")
    assert field is not None
    assert [choice.words for choice in field.choices] == [
        "待交办（重新办理，期限另算）",
        "待归档（只补充材料）",
    ]
    fill(panel, "reason", "留言人再次反映")
    choose(panel, "to", "待交办", qtbot)
    do(page, qtbot, "待交办")


def test_other_words_than_the_lists_are_taken(opened: Opened, session: Session, qtbot: QtBot) -> None:
    act(session, RUNNING, "reply", REPLY)
    act(session, RUNNING, "pass-review", {"by": "王敏", "public": "yes"})
    act(session, RUNNING, "publish", {})
    act(session, RUNNING, "close", {})
    page = opened(RUNNING)
    panel = press(page, "archive", qtbot)
    editor = panel.editor("retention")
    assert isinstance(editor, ComboEditor)
    line = editor.box.lineEdit()
    assert isinstance(line, QLineEdit)
    type_in(line, "长期")
    do(page, qtbot, "已归档")
    assert view(page).case.retention == "长期"


def test_a_dissatisfied_citizen_proposes_a_rework_with_ground_day_and_words(
    opened: Opened, session: Session, qtbot: QtBot
) -> None:
    act(session, RUNNING, "reply", REPLY)
    act(session, RUNNING, "pass-review", {"by": "王敏", "public": "yes"})
    act(session, RUNNING, "publish", {})
    act(session, RUNNING, "follow-up", {"result": "不满意", "channel": "电话", "note": "水压没有变化"})
    page = opened(RUNNING)
    qtbot.mouseClick(page.items.settle_buttons["不满意，宜退回重办"], Qt.MouseButton.LeftButton)
    values = form_of(page).values()
    assert values["ground"] == "其他" and values["due"] == "2026-10-19"
    assert values["opinion"] == "10月13日 周二 回访，留言人不满意：水压没有变化"
    do(page, qtbot, "办理中")


# ------------------------------------------------------------------ cases from above


@pytest.fixture
def from_above(session: Session) -> str:
    message = Message("路灯不亮", "路灯坏了半个月，请尽快修复。", Citizen("李四"))
    one = Registration("tongliao-2023", date(2026, 10, 8), "主席板块", message)
    return register_one(session, one).number


def test_a_case_from_above_is_asked_for_its_date_and_limit(
    opened: Opened, from_above: str, qtbot: QtBot
) -> None:
    page = opened(from_above)
    panel = press(page, "accept", qtbot)
    assert panel.values()["handed_down_by"] == "自治区政府政研室"
    choose(panel, "category", "投诉", qtbot)
    fill(panel, "handed_down_on", "2026-10-08")
    fill(panel, "upstream_due", "2026-10-16")
    do(page, qtbot, "待交办")
    panel = press(page, "dispatch", qtbot)
    assert "上级时限 10月16日 周五" in hint(page, "days")
    assert page.heading._marks.text() == "上级交办"


def test_of_other_cases_nothing_of_that_is_asked(opened: Opened, qtbot: QtBot) -> None:
    panel = press(opened(NEW), "accept", qtbot)
    assert panel.form.field("upstream_due") is None
    assert "return-upward" not in opened(NEW).steps.listed


def test_a_case_from_above_goes_back_to_where_it_came_from(
    opened: Opened, from_above: str, qtbot: QtBot
) -> None:
    page = opened(from_above)
    panel = press(page, "return-upward", qtbot)
    assert panel.values()["to"] == "自治区政府政研室"
    fill(panel, "reason", "不属本市管辖")
    do(page, qtbot, "已退回上级")


def test_a_case_from_above_reports_its_answer(session: Session, from_above: str) -> None:
    dispatch(session, from_above, "市教育局", date(2026, 10, 8), date(2026, 10, 9))
    act(session, from_above, "reply", REPLY)
    act(session, from_above, "pass-review", {"by": "王敏", "public": "yes"})
    form = action_form(read_case_file(session, from_above), "report-up")
    defaults = {field.name: field.default for field in form.fields}
    assert (defaults["to"], defaults["text"]) == ("自治区政府政研室", "已办。")


# ------------------------------------------------------------------ the chain of evidence


def test_one_key_unfolds_the_chain_and_service_is_recorded_from_it(
    opened: Opened, session: Session, qtbot: QtBot
) -> None:
    act(session, OVERDUE, "urge", {"to": "市住建局", "channel": "书面"})
    page = opened(OVERDUE)
    assert "1 份文书未登记送达" in page.evidence.fold_button.text()
    qtbot.keyClick(page, Qt.Key.Key_J, CTRL)
    number = view(page).case.pressure[-1].number
    button = page.evidence.serve_buttons[number]
    assert button.text() == "登记送达…"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    panel = form_of(page)
    assert (panel.form.action, panel.values()["paper"]) == ("serve", number)
    choose(panel, "manner", "当面", qtbot)
    fill(panel, "received_by", "值班室")
    submit(page, qtbot)
    assert page.evidence.fold_button.isChecked()
    assert page.evidence.serve_buttons[number].text() == "更改送达…"
    served = view_case(session, OVERDUE).evidence[-1].served
    assert served is not None and served.received_by == "值班室"
    qtbot.keyClick(page, Qt.Key.Key_J, CTRL)
    assert page.evidence.serve_buttons == {}
