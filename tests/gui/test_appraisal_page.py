"""考核扣分 by mouse and keys: points, an appeal, a decision, the sheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui.appraisal_page import AppraisalPage
from desktop_app.gui.page import PageContext
from desktop_app.services import office_duties
from tests.gui.conftest import Frame


@pytest.fixture
def page(context: PageContext, qtbot: QtBot) -> AppraisalPage:
    made = AppraisalPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    qtbot.waitUntil(lambda: made.table.rowCount() == 3)
    return made


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def cell(page: AppraisalPage, row: int, name: str) -> str:
    heads = [page.table.horizontalHeaderItem(place).text() for place in range(page.table.columnCount())]
    return page.table.item(row, heads.index(name)).text()


def test_overdue_cases_stand_there_and_cost_nothing_yet(page: AppraisalPage) -> None:
    assert [cell(page, row, "登记号") for row in range(3)] == ["2026-0001", "2026-0002", "2026-0003"]
    assert {cell(page, row, "分值") for row in range(3)} == {"未设定"}
    assert "没有设定分值" in page.total.text() and "扣 0 分" in page.total.text()


def test_points_are_set_in_place(page: AppraisalPage, qtbot: QtBot, frame: Frame) -> None:
    click(qtbot, page.set_points)
    edit = page.points.edits["逾期办理"]
    assert edit.hasFocus()
    qtbot.keyClicks(edit, "1.5")
    click(qtbot, page.points.save)
    qtbot.waitUntil(lambda: "扣 4.5 分" in page.total.text())
    assert frame.messages[-1].text == "分值已保存。" and page.points.isHidden()
    click(qtbot, page.set_points)
    page.points.edits["逾期办理"].setText("很多")
    click(qtbot, page.points.save)
    qtbot.waitUntil(lambda: "分值应为" in frame.messages[-1].text)


def test_an_appeal_and_a_decision_are_recorded(page: AppraisalPage, qtbot: QtBot, frame: Frame) -> None:
    page.table.selectRow(1)
    click(qtbot, page.appeal)
    assert not page.form.points.isVisible() and page.form.reason.hasFocus()
    qtbot.keyClicks(page.form.reason, "doc lost")
    qtbot.keyClick(page.form.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "申诉（" in page.said.text())
    assert cell(page, 1, "申诉") == "有"
    click(qtbot, page.decide)
    qtbot.keyClicks(page.form.points, "0")
    qtbot.keyClicks(page.form.by, "chief")
    qtbot.keyClicks(page.form.reason, "true")
    click(qtbot, page.form.save)
    qtbot.waitUntil(lambda: "chief决定" in page.said.text())
    assert cell(page, 1, "实扣") == "0"
    click(qtbot, page.decide)
    click(qtbot, page.form.save)
    qtbot.waitUntil(lambda: "分值应为" in frame.messages[-1].text)


def test_it_is_narrowed_and_a_case_opened(page: AppraisalPage, qtbot: QtBot, frame: Frame) -> None:
    page.unit.setCurrentText("市公安局")
    page.unit.activated.emit(page.unit.currentIndex())
    assert page.table.rowCount() == 1
    click(qtbot, page.open_case)
    assert frame.opened[-1][0] == "2026-0002"


def test_the_sheet_is_written_and_a_final_one_settles(
    page: AppraisalPage, qtbot: QtBot, frame: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "考核.xlsx"), ""))
    click(qtbot, page.save)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert "共 3 处" in frame.messages[-1].text
    assert openpyxl.load_workbook(tmp_path / "考核.xlsx").sheetnames == ["汇总", "扣分明细", "分值和说明"]
    assert not [
        one for one in office_duties.settled_duties(page.context.session) if one.period.text == "2026"
    ]
    monkeypatch.setattr(QMessageBox, "exec", lambda box: 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    click(qtbot, page.final)
    qtbot.waitUntil(lambda: len(frame.messages) == 2)
    (done,) = [one for one in office_duties.settled_duties(page.context.session) if one.period.text == "2026"]
    assert done.kind == "考核意见待报"


def test_another_year_is_another_list(page: AppraisalPage, qtbot: QtBot) -> None:
    page.year.setValue(2025)
    qtbot.waitUntil(lambda: page.total.text() == "这一年没有扣分情形。")
    page.year.setValue(2030)
    qtbot.waitUntil(lambda: "还没有到" in page.total.text())
    assert not page.save.isEnabled()
