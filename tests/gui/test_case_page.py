"""办件详情 driven by clicks and keys on a real small office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui.action_form import ActionFormPanel
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.field_editors import DayEditor, RowEditor, UnitEditor
from desktop_app.gui.next_steps import ACCESS_KEYS
from desktop_app.gui.page import PageContext
from desktop_app.services.case_view import CaseView, view_case
from desktop_app.services.cases import act
from desktop_app.services.drafts import drafts_of
from desktop_app.services.regulations import load_all
from desktop_app.services.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier
NUMBERS = tuple(f"2026-{serial:04d}" for serial in range(1, 21))
NEW, RUNNING, OVERDUE = "2026-0009", "2026-0006", "2026-0001"


@pytest.fixture
def page(context: PageContext, qtbot: QtBot) -> CasePage:
    made = CasePage(context)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    return made


@pytest.fixture
def opened(page: CasePage, qtbot: QtBot) -> Callable[[str], CasePage]:
    """Open a case out of the whole list, and wait until it is shown."""

    def show(number: str) -> CasePage:
        page.show_case(number, NUMBERS)
        qtbot.waitUntil(lambda: shown(page) == number)
        # A click needs the layout settled: else the button moves away between press and release.
        QApplication.processEvents()
        return page

    return show


def shown(page: CasePage) -> str:
    return page.file.number if page.file is not None else ""


def view(page: CasePage) -> CaseView:
    assert page.file is not None
    return page.file.view


def form_of(page: CasePage) -> ActionFormPanel:
    assert page.form is not None
    return page.form


def press(page: CasePage, action: str, qtbot: QtBot) -> ActionFormPanel:
    qtbot.mouseClick(page.steps.buttons[action], Qt.MouseButton.LeftButton)
    return form_of(page)


def choose(panel: ActionFormPanel, name: str, value: str, qtbot: QtBot) -> None:
    """Click a radio button of a row, or pick a line of a list."""
    editor = panel.editor(name)
    if isinstance(editor, RowEditor):
        qtbot.mouseClick(editor._buttons[value], Qt.MouseButton.LeftButton)
    else:
        editor.set_value(value)


def fill(panel: ActionFormPanel, name: str, words: str) -> None:
    """Put words in as an input method does; plain keys cannot type Chinese."""
    panel.editor(name).set_value(words)


def do(page: CasePage, qtbot: QtBot, expect: str) -> None:
    """Ctrl+Enter, and wait until the case stands where it should."""
    qtbot.keyClick(form_of(page), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.form is None and view(page).case.status == expect)


def test_nothing_is_shown_before_a_case_is_opened(page: CasePage) -> None:
    assert page._empty.isVisible()
    assert "留言台账" in page._empty.text()


def test_the_heading_tells_number_state_and_deadline(opened: Callable[[str], CasePage]) -> None:
    page = opened(OVERDUE)
    assert page.heading.deadline.text().startswith("■ 逾期 ")
    assert "当日止" in page.heading.deadline.text()
    assert page.heading.deadline.property("tone") == "overdue"
    assert page.heading._status.text() == "办理中"


def test_why_unfolds_every_day_of_the_count(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened("2026-0005")
    assert not page.heading.count.isVisible()
    qtbot.mouseClick(page.heading.why_button, Qt.MouseButton.LeftButton)
    assert page.heading.count.isVisible()
    table = page.heading.count.table
    assert table.rowCount() == len(view(page).days) > 0
    assert table.item(table.rowCount() - 1, 1).text() == "第 5 日"


def test_identity_is_masked_until_a_reason_is_given(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened(NEW)
    assert view(page).message.citizen.contact == "138****0008"
    qtbot.mouseClick(page.details.reveal_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.details.bar.confirm_button, Qt.MouseButton.LeftButton)
    assert "理由" in page.details.bar._fault.text()
    page.details.bar.reason.setText("与留言人联系核实")
    qtbot.keyClick(page.details.bar.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view(page).revealed)
    assert view(page).message.citizen.contact == "13800000008"
    assert [event.action for event in view(page).events][-1] == "reveal"
    assert not page.details.reveal_button.isVisible()


def test_another_case_is_masked_again(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened(NEW)
    page.details.reveal.emit("核对")
    qtbot.waitUntil(lambda: view(page).revealed)
    opened(RUNNING)
    opened(NEW)
    assert not view(page).revealed


def test_the_primary_step_stands_first_and_has_the_focus(opened: Callable[[str], CasePage]) -> None:
    page = opened(NEW)
    assert next(iter(page.steps.buttons)) == "accept"
    assert page.steps.buttons["accept"].property("role") == "primary"
    assert QApplication.focusWidget() is page.steps.buttons["accept"]


def test_what_cannot_be_done_stands_below_with_reason_and_clause(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(NEW)
    assert "交办（第十条）：须在“待交办”时办理" in page.steps.near.text()
    assert "归档（" not in page.steps.near.text()
    qtbot.mouseClick(page.steps.more_button, Qt.MouseButton.LeftButton)
    assert page.steps.far.isVisible()
    assert "归档（第十六条）：须在“待归档”时办理" in page.steps.far.text()


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


def test_alt_arrows_go_along_the_list_and_stop_at_its_ends(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened("2026-0002")
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(page, Qt.Key.Key_Up, alt)
    qtbot.waitUntil(lambda: shown(page) == "2026-0001")
    assert not page.heading.before_button.isEnabled()
    qtbot.keyClick(page, Qt.Key.Key_Up, alt)
    assert page.number == "2026-0001"
    qtbot.keyClick(page, Qt.Key.Key_Down, alt)
    qtbot.waitUntil(lambda: shown(page) == "2026-0002")


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
    assert not panel.editor("public_text").isVisible()
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


def test_protected_words_are_shown_and_must_be_cleared_before_they_go_public(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    reply(session, "请王先生拨打 13912345678 联系。")
    page = opened(RUNNING)
    panel = press(page, "pass-review", qtbot)
    # Masked words never get into an editor.
    assert panel.values()["public_text"] == ""
    choose(panel, "public", "yes", qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(panel._protected.isVisible)
    assert "【13912345678】" in panel._protected.words.text()
    qtbot.mouseClick(panel._protected.clear_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view(page).case.status == "待公开")
    assert view(page).case.review is not None and view(page).case.review.cleared


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


def test_an_advisory_item_is_set_aside_from_its_line(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened(RUNNING)
    kind = "承办单位信息不全"
    qtbot.mouseClick(page.items.waive_buttons[kind], Qt.MouseButton.LeftButton)
    panel = form_of(page)
    assert panel.values()["item"] == kind
    fill(panel, "reason", "正在收集")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: kind not in [item.kind for item in view(page).open_items])
    assert page.form is None


def test_papers_of_the_state_can_be_made_and_are_listed(
    opened: Callable[[str], CasePage], context: PageContext, tmp_path: Path, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    assert ("slip", "open") in page.papers.buttons
    page.desk._make(RUNNING, "slip", tmp_path, opened=False)
    qtbot.waitUntil(lambda: bool(view(page).papers))
    (file,) = tmp_path.glob("*.docx")
    assert file.name.startswith(RUNNING)


def test_a_file_is_kept_with_the_case(
    opened: Callable[[str], CasePage], tmp_path: Path, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    scan = tmp_path / "签章答复.pdf"
    scan.write_bytes(b"%PDF-1.4")
    page.desk.keep(RUNNING, scan, "signed-reply")
    qtbot.waitUntil(lambda: bool(view(page).attachments))
    page.desk._context.settings.put("papers/folder", str(tmp_path / "copies"))
    page.desk._copied = lambda file, opened: copied.append(file)  # type: ignore[method-assign]
    copied: list[Path] = []
    page.papers.attachment_wanted.emit(view(page).attachments[0].id, "open")
    qtbot.waitUntil(lambda: bool(copied))
    assert copied[0].read_bytes() == b"%PDF-1.4"


def test_who_may_only_look_gets_no_buttons(
    viewer_session: Session, opened: Callable[[str], CasePage]
) -> None:
    page = opened(RUNNING)
    assert page.steps.buttons == {}
    assert not page.details.reveal_button.isVisible()
    assert "只能查看" in page.steps._empty.text()


def test_a_case_changed_elsewhere_is_shown_anew_and_the_open_form_stays(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = press(page, "contact", qtbot)
    fill(panel, "result", "正在写")
    act(session, RUNNING, "remind", {"to": "市教育局"})
    page.refresh()
    qtbot.waitUntil(lambda: bool(view(page).case.pressure))
    assert page.form is panel and panel.values()["result"] == "正在写"


def test_every_button_and_field_has_a_name_for_readers(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = press(page, "reply", qtbot)
    for field in panel.form.fields:
        editor = panel.editor(field.name)
        target = editor if isinstance(editor, RowEditor) else editor.focusProxy()
        assert isinstance(target, QWidget)
        assert target.accessibleName().startswith(field.title)
    assert panel.editor("text").focusProxy().accessibleName().endswith("必填")  # type: ignore[union-attr]


def test_an_access_key_opens_the_form_also_after_another_case_was_shown(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    opened(NEW)
    page = opened("2026-0010")
    qtbot.keyClick(page, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.form is not None)
    assert form_of(page).form.action == "accept"


def test_no_two_steps_offered_together_share_an_access_key() -> None:
    menus = set("FBWTSH")
    for regulation in load_all():
        for state in regulation.states:
            offered = [name for name, rule in regulation.actions.items() if state.name in rule.from_states]
            keys = [ACCESS_KEYS[name] for name in offered if name in ACCESS_KEYS]
            assert len(keys) == len(set(keys)), (regulation.id, state.name, sorted(keys))
            assert not menus & set(keys)


def test_a_form_left_as_it_opened_is_filled_anew_once_the_words_are_revealed(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    reply(session, "请拨打 13912345678 联系。")
    page = opened(RUNNING)
    assert press(page, "pass-review", qtbot).values()["public_text"] == ""
    page.details.reveal.emit("审核答复")
    qtbot.waitUntil(lambda: form_of(page).values()["public_text"] == "请拨打 13912345678 联系。")
