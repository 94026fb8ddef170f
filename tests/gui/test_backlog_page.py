"""Old cases typed by key: field after field, file after file, and back again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.units import Unit
from desktop_app.errors import StorageProblem
from desktop_app.gui.backlog_form import BacklogForm
from desktop_app.gui.backlog_page import BacklogPage
from desktop_app.gui.changes import Changes
from desktop_app.gui.operations import Operations
from desktop_app.gui.page import PageContext
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import backlog, case_view, office
from desktop_app.services.cases import act
from desktop_app.services.drafts import drafts_of
from desktop_app.services.session import Session
from tests.gui.conftest import Frame
from tests.gui.typing_chinese import type_in

CTRL = Qt.KeyboardModifier.ControlModifier
Type = Callable[..., None]


def form_of(page: BacklogPage) -> BacklogForm:
    assert page.form is not None
    return page.form


def open_page(qtbot: QtBot, context: PageContext) -> BacklogPage:
    made = BacklogPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(lambda: made.form is not None)
    made.head.year.setText("2025")
    made.focus_first()
    return made


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> BacklogPage:
    return open_page(qtbot, context)


def here(page: BacklogPage) -> str:
    """The field that has the keyboard."""
    form = form_of(page)
    return next((name for name in form.values() if form.editor(name).focusProxy() is focus()), "")


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def put(text: str) -> None:
    """Type where the keyboard is: plain letters by key, Chinese as an input method does."""
    widget = focus()
    if text.isascii():
        QTest.keyClicks(widget, text)
    else:
        type_in(widget, text)


@pytest.fixture
def enter(qtbot: QtBot, page: BacklogPage) -> Type:
    """Type each text and press Enter after it; an empty one takes what is proposed."""

    def typed(*texts: str) -> None:
        for text in texts:
            if text:
                put(text)
            popup = QApplication.activePopupWidget()
            qtbot.keyClick(popup or focus(), Qt.Key.Key_Return)
            if popup is not None:
                # Without a window system nobody gives the window back what the list had taken from it.
                page.activateWindow()
                qtbot.waitUntil(page.isActiveWindow)

    return typed


def record(page: BacklogPage, qtbot: QtBot, lines: int) -> None:
    qtbot.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(page.sitting.model.lines) == lines)


def type_whole_file(page: BacklogPage, enter: Type, number: str = "700001") -> None:
    """A file from receipt to archive, every key of it."""
    enter("0918", "路灯不亮", "东门外的路灯坏了", "常乐", "13800001234", number)
    enter("", "2")
    enter("", "szjj", "", "9.22", "")
    enter("20250925", "已更换灯具", "雷局长", "1", "-", "0475-0000104")
    enter("", "主任", "", "")
    enter("", "")
    put("2")


def test_a_file_is_typed_from_receipt_to_archive_without_the_mouse(
    page: BacklogPage, qtbot: QtBot, enter: Type, session: Session, frame: Frame
) -> None:
    assert here(page) == "register.on"
    type_whole_file(page, enter)
    assert here(page) == "archive.retention"
    record(page, qtbot, 1)
    view = case_view.view_case(session, "2025-0001")
    assert (view.row.status, view.row.lead) == ("已归档", "市住房和城乡建设局")
    days = {event.action: event.on.isoformat() for event in view.events}
    assert days["register"] == days["dispatch"] == "2025-09-18"
    assert (days["receive"], days["reply"], days["publish"]) == ("2025-09-22", "2025-09-25", "2025-09-25")
    reply = next(event for event in view.events if event.action == "reply")
    assert (reply.keys["handler"], reply.keys["stamped"]) == ("无", "yes")
    assert frame.messages[-1].text == "已登记 2025-0001，现为“已归档”。"
    model = page.sitting.model
    row = [model.data(model.index(0, column)) for column in range(model.columnCount())]
    assert row[:2] == ["2025-0001", "路灯不亮"] and row[4:7] == ["已归档", "2025-09-28", "按期"]


def test_what_stays_is_there_for_the_next_file_and_the_rest_is_empty(
    page: BacklogPage, qtbot: QtBot, enter: Type
) -> None:
    type_whole_file(page, enter)
    record(page, qtbot, 1)
    assert here(page) == "register.on"
    values = {name: value for name, value in form_of(page).values().items() if value}
    assert values == {
        "verdict": "accept",
        "accept.category": "投诉",
        "pass-review.by": "主任",
        "pass-review.public": "yes",
        "archive.retention": "30年",
    }
    assert page.head.year.text() == "2025"
    assert form_of(page).name_of("accept.category") == "保留 类别 *"
    # The next file stops at the slip: what stayed of later steps tells of none.
    enter("1009", "水压太小", "", "", "", "", "", "", "", "szjj")
    record(page, qtbot, 2)
    assert page.sitting.standing[0].case.row.status == "待签收"
    assert page.sitting.batch == page.sitting.standing[1].batch


def test_any_field_can_stay(page: BacklogPage, qtbot: QtBot, enter: Type, settings: WindowSettings) -> None:
    enter("0918")
    qtbot.keyClick(focus(), Qt.Key.Key_F2)
    assert form_of(page).name_of("register.title") == "保留 标题 *"
    qtbot.waitUntil(lambda: "register.title" in settings.get("backlog/kept", [""]))
    qtbot.keyClick(focus(), Qt.Key.Key_F2)
    assert form_of(page).name_of("register.title") == "标题 *"


def test_enter_takes_what_is_proposed_and_tab_passes_it_by(
    page: BacklogPage, qtbot: QtBot, enter: Type
) -> None:
    enter("0918", "路灯", "", "", "", "", "", "2")
    assert here(page) == "dispatch.on"
    qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    assert here(page) == "dispatch.lead"
    assert form_of(page).values()["dispatch.on"] == ""
    form_of(page).focus_on("dispatch.on")
    enter("")
    assert form_of(page).values()["dispatch.on"] == "2025-09-18 周四"


def test_a_fault_stands_below_its_field_as_soon_as_it_is_typed(
    page: BacklogPage, qtbot: QtBot, enter: Type
) -> None:
    enter("0918", "路灯", "", "", "", "", "", "2", "0917")
    qtbot.waitUntil(lambda: "早于收件日" in form_of(page).fault("dispatch.on"))
    assert form_of(page).fault("dispatch.lead") == ""
    qtbot.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    assert here(page) == "dispatch.on"
    enter("0918")
    qtbot.waitUntil(lambda: form_of(page).fault("dispatch.on") == "")
    # Having tried once, what is missing is told as well.
    assert "缺少牵头单位" in form_of(page).fault("dispatch.lead")
    assert page.sitting.model.lines == ()


def test_words_that_must_not_go_public_are_asked_about(page: BacklogPage, qtbot: QtBot, enter: Type) -> None:
    enter("0918", "路灯", "", "", "", "", "", "2", "", "szjj", "", "9.22", "")
    enter("0925", "请拨打 13912345678", "无", "1", "无", "无", "", "主任")
    qtbot.waitUntil(lambda: "13912345678" in form_of(page).fault("reply.text"))
    assert not form_of(page).editor("pass-review.cleared").isHidden()
    form_of(page).focus_on("pass-review.cleared")
    put("1")
    record(page, qtbot, 1)
    assert page.sitting.standing[0].case.row.status == "待公开"


def test_looking_at_words_counts_for_the_text_that_was_looked_at(
    page: BacklogPage, qtbot: QtBot, enter: Type
) -> None:
    form = form_of(page)
    form.editor("pass-review.cleared").set_value("yes")
    form.focus_on("reply.text")
    put("另一段话")
    assert form.values()["pass-review.cleared"] == ""


def test_a_message_not_accepted(page: BacklogPage, qtbot: QtBot, enter: Type) -> None:
    enter("0918", "法院判错了", "", "", "", "")
    put("2")
    enter("")
    assert here(page) == "refuse.on"
    enter("", "2", "法院已受理", "请上诉", "")
    enter("", "电话", "")
    record(page, qtbot, 1)
    assert page.sitting.standing[0].case.row.status == "待归档"


def test_ctrl_z_takes_the_line_before_back_and_brings_it_into_the_form(
    page: BacklogPage, qtbot: QtBot, enter: Type, session: Session, frame: Frame
) -> None:
    type_whole_file(page, enter)
    record(page, qtbot, 1)
    qtbot.keyClick(focus(), Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: page.sitting.standing == ())
    assert case_view.view_case(session, "2025-0001").row.voided
    values = form_of(page).values()
    assert (values["register.title"], values["reply.text"]) == ("路灯不亮", "已更换灯具")
    assert "内容已填回" in frame.messages[-1].text
    model = page.sitting.model
    assert model.data(model.index(0, 4)) == "已作废"
    # Mended, it is entered again under the next number; the same board number is free once more.
    record(page, qtbot, 2)
    assert page.sitting.standing[0].number == "2025-0002"


def test_ctrl_z_undoes_typing_where_something_is_typed(page: BacklogPage, qtbot: QtBot, enter: Type) -> None:
    type_whole_file(page, enter)
    record(page, qtbot, 1)
    enter("0918")
    put("water")
    qtbot.keyClick(focus(), Qt.Key.Key_Z, CTRL)
    assert form_of(page).values()["register.title"] != "water"
    assert len(page.sitting.standing) == 1


def test_a_line_that_was_worked_on_stays(
    page: BacklogPage, qtbot: QtBot, enter: Type, session: Session, frame: Frame
) -> None:
    enter("0918", "路灯", "", "", "", "", "")
    put("2")
    record(page, qtbot, 1)
    act(session, "2025-0001", "dispatch", {"lead": "市公安局"})
    qtbot.mouseClick(page.sitting.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: frame.messages[-1].kind == "refused")
    assert "又办理过" in frame.messages[-1].text
    assert len(page.sitting.standing) == 1


def test_a_whole_sitting_is_taken_back_after_a_question(
    page: BacklogPage, qtbot: QtBot, enter: Type, session: Session
) -> None:
    for number in ("1", "2"):
        enter("0918", f"路灯{number}", "", "", "", number, "")
        put("2")
        record(page, qtbot, int(number))
    qtbot.mouseClick(page.sitting.undo_all, Qt.MouseButton.LeftButton)
    box = page.sitting.findChild(QMessageBox)
    assert isinstance(box, QMessageBox) and "2 件" in box.text()
    assert box.defaultButton().text() == "不撤销"
    take = next(one for one in box.buttons() if one.text() == "整批撤销")
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.sitting.standing == ())
    assert page.sitting.batch is None
    assert all(case_view.view_case(session, number).row.voided for number in ("2025-0001", "2025-0002"))


def test_a_number_registered_already_is_told_beside_it(page: BacklogPage, qtbot: QtBot, enter: Type) -> None:
    enter("0918", "路灯", "", "", "", "18000000", "")
    put("2")
    qtbot.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "2026-0001" in form_of(page).fault("register.board_number"))
    assert here(page) == "register.board_number"
    assert form_of(page).values()["register.title"] == "路灯"


def test_a_draft_is_kept_when_the_page_is_left_and_found_again(
    page: BacklogPage, qtbot: QtBot, enter: Type, session: Session, context: PageContext
) -> None:
    enter("0918", "写了一半")
    page.hide()
    qtbot.waitUntil(lambda: bool(drafts_of(session, "", ("backlog",))))
    again = BacklogPage(context)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again.form is not None)
    assert form_of(again).values()["register.title"] == "写了一半"
    assert again.head.year.text() == "2025"


def test_a_draft_is_kept_when_the_window_closes_at_once(
    page: BacklogPage, qtbot: QtBot, enter: Type, operations: Operations, session: Session
) -> None:
    enter("0918")
    put("刚打的字")
    page.window().close()
    # What the window waits for before it lets the data go.
    qtbot.waitUntil(lambda: not operations.busy)
    draft = drafts_of(session, "", ("backlog",))["backlog"]
    assert "刚打的字" in draft["values"]


def test_the_other_regulation_has_its_own_steps_and_what_is_typed_goes_over(
    page: BacklogPage, qtbot: QtBot, enter: Type, session: Session
) -> None:
    enter("0918", "路灯")
    assert not form_of(page).has_field("sign-off.on")
    page.head.regulation.setFocus()
    qtbot.keyClick(page.head.regulation, Qt.Key.Key_Down)
    page.head.regulation.activated.emit(page.head.regulation.currentIndex())
    assert form_of(page).has_field("sign-off.on")
    assert form_of(page).values()["register.title"] == "路灯"
    form_of(page).focus_on("accept.category")
    put("2")
    record(page, qtbot, 1)
    view = case_view.view_case(session, "2025-0001")
    assert (view.row.regulation, view.row.source) == ("xizang-2017", "主席留言专栏")


def test_a_unit_that_comes_into_the_register_is_offered_at_once(
    page: BacklogPage, qtbot: QtBot, enter: Type, session: Session
) -> None:
    enter("0918", "路灯")
    office.bring_in_units(session, [Unit("市林业和草原局", ("林草局",))])
    page.context.operations.changed.emit(Changes.of("units"))
    qtbot.waitUntil(lambda: form_of(page).bench.units.find("林草局") is not None)
    assert form_of(page).values()["register.title"] == "路灯"
    form_of(page).focus_on("dispatch.lead")
    enter("lcj")
    assert form_of(page).values()["dispatch.lead"] == "市林业和草原局"


def test_a_line_shows_how_its_case_stands_now_and_opens_it(
    page: BacklogPage, qtbot: QtBot, enter: Type, session: Session, frame: Frame
) -> None:
    enter("0918", "路灯", "", "", "", "", "")
    put("2")
    record(page, qtbot, 1)
    act(session, "2025-0001", "dispatch", {"lead": "市公安局"})
    page.context.operations.changed.emit(Changes.of("cases"))
    model = page.sitting.model
    qtbot.waitUntil(lambda: model.data(model.index(0, 4)) == "待签收")
    page.sitting.table.setFocus()
    page.sitting.table.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(page.sitting.table, Qt.Key.Key_Return)
    assert frame.opened == [("2025-0001", ["2025-0001"])]


def test_a_year_that_is_none_is_told_and_nothing_is_recorded(
    page: BacklogPage, qtbot: QtBot, enter: Type
) -> None:
    enter("0918", "路灯")
    page.head.year.setText("去年")
    qtbot.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    assert page.head.year.hasFocus() and "年份" in page.head.fault.text()
    assert page.sitting.model.lines == ()


def test_trouble_with_the_data_is_told_and_nothing_typed_is_lost(
    page: BacklogPage, qtbot: QtBot, enter: Type, operations: Operations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*rest: object) -> None:
        raise StorageProblem("disk_full", "磁盘空间已满。")

    monkeypatch.setattr(backlog, "enter", full)
    enter("0918", "路灯", "", "", "", "", "")
    put("2")
    with qtbot.waitSignal(operations.failed):
        qtbot.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    assert form_of(page).values()["register.title"] == "路灯"
    assert page.register.isEnabled()
