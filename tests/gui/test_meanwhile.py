"""Two seats at one case: who saves second is shown what changed, keeps what was typed, and decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.users import Role, User
from desktop_app.gui.action_form import ActionFormPanel
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.changes import Changes
from desktop_app.services import office
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
from desktop_app.services.drafts import drafts_of, open_drafts
from desktop_app.services.session import Session
from tests.gui.case_desk import CTRL, NEW, RUNNING, choose, fill, form_of, press, shown, view
from tests.gui.conftest import TODAY, Frame

UNIT = "市公安局"
IN_HAND = {"to": "市教育局", "channel": "电话"}


@pytest.fixture
def colleague(session: Session) -> Iterator[Session]:
    """Another seat, at which 李四 sits."""
    with session.change() as work:
        work.users.put(User("李四", frozenset((Role.OPERATOR, Role.REVIEWER))))
    opened = office.enter_with_key(session.folder, "李四", session.database.key, TODAY)
    yield opened
    opened.close()


def told(page: CasePage) -> str:
    return form_of(page).meanwhile.words


def send(page: CasePage, qtbot: QtBot) -> None:
    qtbot.keyClick(form_of(page), Qt.Key.Key_Return, CTRL)


def actions(session: Session, number: str) -> list[str]:
    return [one.action for one in view_case(session, number).events]


def contact(page: CasePage, qtbot: QtBot, words: str = "已说明办理安排") -> ActionFormPanel:
    """A step that stays possible whatever else is done, filled in."""
    panel = press(page, "contact", qtbot)
    choose(panel, "when", "办前", qtbot)
    fill(panel, "channel", "电话")
    fill(panel, "result", words)
    return panel


def hear(page: CasePage, number: str) -> None:
    """The window learns that somebody has written, as it does from the server or by looking from time to time."""
    page.context.operations.changed.emit(Changes.of("cases", numbers=frozenset((number,))))


def click(button: QPushButton, qtbot: QtBot) -> None:
    QApplication.processEvents()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_who_saves_second_is_told_and_nothing_is_done(
    opened: Callable[[str], CasePage], session: Session, colleague: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = contact(page, qtbot)
    act(colleague, RUNNING, "mark-major", {"reason": "影响较大"}, TODAY)
    before = actions(session, RUNNING)
    send(page, qtbot)
    qtbot.waitUntil(lambda: told(page) != "")
    assert told(page).startswith("李四 ")
    assert told(page).endswith("，您打开时还没有。您填的内容还在。")
    assert "刚办了「" in told(page)
    assert form_of(page) is panel and panel.values()["result"] == "已说明办理安排"
    assert actions(session, RUNNING) == before
    assert QApplication.focusWidget() is panel.meanwhile.look_button


def test_knowing_it_one_does_it_all_the_same_with_the_keyboard(
    opened: Callable[[str], CasePage], session: Session, colleague: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = contact(page, qtbot)
    act(colleague, RUNNING, "mark-major", {"reason": "影响较大"}, TODAY)
    send(page, qtbot)
    qtbot.waitUntil(lambda: told(page) != "")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is panel.meanwhile.anyway_button
    qtbot.keyClick(panel.meanwhile.anyway_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.form is None)
    assert actions(session, RUNNING)[-2:] == ["mark-major", "contact"]
    assert drafts_of(session, RUNNING, ["contact"]) == {}


def test_news_again_are_told_again(
    opened: Callable[[str], CasePage], session: Session, colleague: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = contact(page, qtbot)
    act(colleague, RUNNING, "mark-major", {"reason": "影响较大"}, TODAY)
    send(page, qtbot)
    qtbot.waitUntil(lambda: told(page) != "")
    act(colleague, RUNNING, "remind", IN_HAND, TODAY)
    click(panel.meanwhile.anyway_button, qtbot)
    qtbot.waitUntil(lambda: "提醒" in told(page))
    assert "contact" not in actions(session, RUNNING)


def test_news_come_while_one_types_and_take_nothing_from_the_hands(
    opened: Callable[[str], CasePage], colleague: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = contact(page, qtbot)
    field = panel.editor("result")
    field.setFocus()
    focused = QApplication.focusWidget()
    act(colleague, RUNNING, "mark-major", {"reason": "影响较大"}, TODAY)
    hear(page, RUNNING)
    qtbot.waitUntil(lambda: told(page) != "")
    assert QApplication.focusWidget() is focused
    assert [row.new for row in page.story.rows if row.line.action == "mark-major"] == [True]


def test_what_changed_is_marked_and_the_typing_stays(
    opened: Callable[[str], CasePage], session: Session, colleague: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    contact(page, qtbot)
    act(colleague, RUNNING, "mark-major", {"reason": "影响较大"}, TODAY)
    send(page, qtbot)
    qtbot.waitUntil(lambda: told(page) != "")
    click(form_of(page).meanwhile.look_button, qtbot)
    qtbot.waitUntil(lambda: told(page).startswith("已经更新"))
    panel = form_of(page)
    assert {name: panel.values()[name] for name in ("when", "channel", "result")} == {
        "when": "办前",
        "channel": "电话",
        "result": "已说明办理安排",
    }
    assert [row.line.action for row in page.story.rows if row.new] == ["mark-major"]
    assert QApplication.focusWidget() is panel.meanwhile.anyway_button
    click(panel.meanwhile.story_button, qtbot)
    row = next(row for row in page.story.rows if row.new)
    assert QApplication.focusWidget() is row and row.accessibleName().startswith("新，")
    panel.focus_first()
    send(page, qtbot)
    qtbot.waitUntil(lambda: page.form is None)
    assert actions(session, RUNNING)[-2:] == ["mark-major", "contact"]


def test_the_new_marks_go_when_the_case_is_opened_again(
    opened: Callable[[str], CasePage], colleague: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    act(colleague, RUNNING, "mark-major", {"reason": "影响较大"}, TODAY)
    hear(page, RUNNING)
    qtbot.waitUntil(lambda: any(row.new for row in page.story.rows))
    page.show_case(RUNNING)
    qtbot.waitUntil(lambda: not any(row.new for row in page.story.rows))


def test_a_step_that_can_no_longer_be_taken_says_why_and_keeps_the_words(
    opened: Callable[[str], CasePage], session: Session, colleague: Session, qtbot: QtBot
) -> None:
    page = opened(NEW)
    panel = press(page, "accept", qtbot)
    choose(panel, "category", "投诉", qtbot)
    fill(panel, "topic", "供水")
    act(colleague, NEW, "refuse", {"ground": "涉军涉安", "not_told_reason": "无法联系"}, TODAY)
    send(page, qtbot)
    qtbot.waitUntil(lambda: told(page) != "")
    click(panel.meanwhile.look_button, qtbot)
    qtbot.waitUntil(lambda: "现在不能办" in told(page))
    assert "须在“待初审”时办理（第" in told(page)
    assert not panel.do_button.isEnabled()
    send(page, qtbot)
    assert form_of(page) is panel
    assert QApplication.focusWidget() is panel.meanwhile.copy_button
    click(panel.meanwhile.copy_button, qtbot)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert "类别：投诉" in copied and "主题词：供水" in copied
    click(panel.meanwhile.leave_button, qtbot)
    assert page.form is None
    qtbot.waitUntil(lambda: "accept" in drafts_of(session, NEW, ["accept"]))
    assert "accept" not in actions(session, NEW)


def test_a_draft_whose_step_is_gone_can_be_read_and_thrown_away(
    opened: Callable[[str], CasePage], session: Session, colleague: Session, qtbot: QtBot
) -> None:
    page = opened(NEW)
    panel = press(page, "accept", qtbot)
    choose(panel, "category", "投诉", qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(open_drafts(session)) == 1)
    act(colleague, NEW, "refuse", {"ground": "涉军涉安", "not_told_reason": "无法联系"}, TODAY)
    page.show_case(RUNNING)
    qtbot.waitUntil(lambda: shown(page) == RUNNING)
    page.show_case(NEW, (NEW,), "accept")
    qtbot.waitUntil(lambda: page.form is not None)
    assert "李四" in told(page) and "现在不能办" in told(page)
    assert form_of(page).values()["category"] == "投诉"
    click(form_of(page).meanwhile.drop_button, qtbot)
    qtbot.waitUntil(lambda: open_drafts(session) == ())
    assert page.form is None


def test_a_draft_tells_what_others_did_since_it_was_typed(
    opened: Callable[[str], CasePage], session: Session, colleague: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = contact(page, qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "contact" in drafts_of(session, RUNNING, ["contact"]))
    act(colleague, RUNNING, "mark-major", {"reason": "影响较大"}, TODAY)
    page.show_case(NEW)
    qtbot.waitUntil(lambda: shown(page) == NEW)
    page.show_case(RUNNING, (RUNNING,), "contact")
    qtbot.waitUntil(lambda: page.form is not None)
    assert "李四" in told(page)
    assert form_of(page).values()["result"] == "已说明办理安排"


def test_a_draft_of_a_case_that_stood_still_says_nothing(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    qtbot.keyClick(contact(page, qtbot), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "contact" in drafts_of(session, RUNNING, ["contact"]))
    act(session, RUNNING, "mark-major", {"reason": "影响较大"}, TODAY)
    page.show_case(RUNNING, (RUNNING,), "contact")
    qtbot.waitUntil(lambda: page.form is not None)
    assert told(page) == ""


def test_ones_own_step_counts_not_against_oneself(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    contact(page, qtbot)
    act(session, RUNNING, "mark-major", {"reason": "影响较大"}, TODAY)
    send(page, qtbot)
    qtbot.waitUntil(lambda: page.form is None)
    assert actions(session, RUNNING)[-1] == "contact"


def test_what_one_did_not_touch_follows_the_colleague(
    opened: Callable[[str], CasePage], session: Session, colleague: Session, qtbot: QtBot
) -> None:
    """Two corrections of one step: the second changes only what it was about."""
    page = opened(RUNNING)
    dispatched = next(one for one in view(page).events if one.action == "dispatch")
    page.forms.open_correction(dispatched.id)
    panel = form_of(page)
    choose(panel, "how", "amend", qtbot)
    fill(panel, "new.opinion", "请于三日内答复")
    fill(panel, "reason", "补登拟办意见")
    keys = {"event": str(dispatched.id), "reason": "急件", "urgency": "加急"}
    act(colleague, RUNNING, "correct", keys, TODAY)
    send(page, qtbot)
    qtbot.waitUntil(lambda: told(page) != "")
    assert "更正“交办”" in told(page)
    click(panel.meanwhile.look_button, qtbot)
    qtbot.waitUntil(lambda: told(page).startswith("已经更新"))
    assert form_of(page).values()["new.urgency"] == "加急"
    assert form_of(page).values()["new.opinion"] == "请于三日内答复"
    send(page, qtbot)
    qtbot.waitUntil(lambda: page.form is None)
    assert view_case(session, RUNNING).case.urgency == "加急"
    last = view_case(session, RUNNING).events[-1]
    assert set(last.keys) == {"event", "reason", "with.opinion"}


def test_a_field_set_otherwise_by_both_is_named(
    opened: Callable[[str], CasePage], colleague: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    dispatched = next(one for one in view(page).events if one.action == "dispatch")
    page.forms.open_correction(dispatched.id)
    panel = form_of(page)
    choose(panel, "how", "amend", qtbot)
    choose(panel, "new.urgency", "特急", qtbot)
    fill(panel, "reason", "领导批示")
    keys = {"event": str(dispatched.id), "reason": "急件", "urgency": "加急"}
    act(colleague, RUNNING, "correct", keys, TODAY)
    hear(page, RUNNING)
    qtbot.waitUntil(lambda: told(page) != "")
    click(panel.meanwhile.look_button, qtbot)
    qtbot.waitUntil(lambda: told(page).startswith("已经更新"))
    assert "现为“加急”，您填的是“特急”。" in told(page)
    assert form_of(page).values()["new.urgency"] == "特急"


def test_a_step_on_which_a_colleague_built_is_not_taken_back(
    opened: Callable[[str], CasePage], session: Session, colleague: Session, frame: Frame, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    contact(page, qtbot)
    send(page, qtbot)
    qtbot.waitUntil(lambda: bool(frame.messages))
    undo = frame.messages[-1].undo
    assert undo is not None
    act(colleague, RUNNING, "mark-major", {"reason": "影响较大"}, TODAY)
    undo()
    qtbot.waitUntil(lambda: "李四" in frame.messages[-1].text)
    assert actions(session, RUNNING)[-1] == "mark-major"


def test_the_strip_stands_before_the_fields_for_the_tab_key(
    opened: Callable[[str], CasePage], colleague: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = contact(page, qtbot)
    act(colleague, RUNNING, "mark-major", {"reason": "影响较大"}, date(2026, 10, 13))
    send(page, qtbot)
    qtbot.waitUntil(lambda: told(page) != "")
    strip, walked = panel.meanwhile, []
    for _ in range(4):
        walked.append(QApplication.focusWidget())
        qtbot.keyClick(walked[-1], Qt.Key.Key_Tab)
    assert walked[:2] == [strip.look_button, strip.anyway_button]
    assert panel.isAncestorOf(walked[2]) and not strip.isAncestorOf(walked[2])
