"""What the strips say, and what can be done from them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.errors import BadData, Fault, Refusal, StorageProblem
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.strip import MessageStrip, ProgressStrip


def button(strip: MessageStrip | ProgressStrip, words: str) -> QPushButton:
    return next(one for one in strip.findChildren(QPushButton) if one.text() == words)


def test_a_refusal_names_its_clause_and_its_remedy() -> None:
    message = message_of(Refusal("wrong_state", "现在不能公开。", "第十二条", "请先审核。"))
    assert message.whole == "✕ 现在不能公开。请先审核。（第十二条）"
    assert message.kind == "refused"


def test_many_faults_are_not_all_told() -> None:
    faults = [Fault("a.xlsx", f"第 {row} 行", "没有标题") for row in range(1, 6)]
    assert message_of(BadData(faults)).text.endswith("a.xlsx，第 3 行：没有标题；另有 2 处")


def test_a_storage_problem_says_what_to_do() -> None:
    assert message_of(StorageProblem("locked", "数据正忙。", "请稍候再试。")).text == "数据正忙。请稍候再试。"


def test_undo_is_offered_only_where_it_is_possible_and_runs_once(qtbot: QtBot) -> None:
    strip = MessageStrip()
    qtbot.addWidget(strip)
    undone: list[str] = []
    strip.show_message(Message("已受理。", "done"))
    assert button(strip, "撤销").isHidden()
    strip.show_message(Message("已交办。", "done", undo=lambda: undone.append("交办")))
    qtbot.mouseClick(button(strip, "撤销"), Qt.MouseButton.LeftButton)
    assert undone == ["交办"]
    assert strip.isHidden()
    assert strip.text == ""


def test_a_refusal_stays_what_is_done_goes(qtbot: QtBot) -> None:
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.show_message(Message("不能公开。", "refused"))
    assert not strip.goes_by_itself
    strip.show_message(Message("已公开。", "done"))
    assert strip.goes_by_itself
    assert strip.property("tone") == "done"


def test_progress_in_numbers_and_cancel(qtbot: QtBot) -> None:
    seconds = [0.0]
    strip = ProgressStrip("正在导入…", clock=lambda: seconds[0])
    qtbot.addWidget(strip)
    strip.set_progress(500, 2801)
    assert strip.words == "500 / 2,801，还剩 2,301"
    seconds[0] += 100
    strip.set_progress(1500, 2801)
    assert strip.words == "1,500 / 2,801，还剩 1,301，约还需 3 分钟"
    with qtbot.waitSignal(strip.cancelled):
        qtbot.mouseClick(button(strip, "取消"), Qt.MouseButton.LeftButton)
    assert not button(strip, "正在取消…").isEnabled()
