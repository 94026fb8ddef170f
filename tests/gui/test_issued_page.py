"""发文登记 by mouse and keys: finding a number, voiding it with its reason, writing the register out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.documents import office_suite
from desktop_app.errors import Fault
from desktop_app.gui.issued_page import IssuedPage
from desktop_app.gui.page import PageContext
from desktop_app.services.cases import act
from desktop_app.services.issued_papers import list_issued
from desktop_app.services.session import Session
from tests.gui.conftest import Frame
from tests.gui.typing_chinese import type_in

URGE, ANEW = "通民盼催〔2026〕1号", "通民盼催〔2026〕2号"
SLIP = "通民盼办〔2026〕1号"


@pytest.fixture
def page(session: Session, context: PageContext, qtbot: QtBot) -> Iterator[IssuedPage]:
    """The page of an office with seven slips, of which six were received, and one urging."""
    act(session, "2026-0001", "urge", {"to": "市住房和城乡建设局"}, date(2026, 10, 12))
    made = IssuedPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    qtbot.waitUntil(lambda: made.issued.rowCount() == 8)
    yield made


def choose(page: IssuedPage, document: str) -> None:
    page.table.setCurrentIndex(page.issued.index(page.issued.row_of(document), 0))


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_newest_number_stands_first_and_is_chosen(page: IssuedPage) -> None:
    assert page.issued.papers[0].document == URGE
    assert page.table.currentIndex().row() == 0
    assert page.total.text() == "共 8 号"
    assert page.voiding.told.text() == f"{URGE}　催办单　2026-0001"


def test_series_and_words_narrow_the_list(page: IssuedPage, qtbot: QtBot) -> None:
    assert [page.series.itemText(place)[:4] for place in range(page.series.count())] == [
        "全部文书",
        "通民盼办",
        "通民盼催",
    ]
    page.series.setFocus()
    qtbot.keyClick(page.series, Qt.Key.Key_Down)
    assert page.issued.rowCount() == 7
    qtbot.keyClicks(page.search, "2026-0003")
    assert [one.cases for one in page.issued.papers] == [("2026-0003",)]
    type_in(page.search, "无此")
    assert page.stack.currentWidget() is page.empty and page.empty.text() == "没有找到这样的文号。"
    assert not page.voiding.begin.isVisible()


def test_another_year_is_asked_for(page: IssuedPage, session: Session, qtbot: QtBot) -> None:
    assert [page.year.itemText(place) for place in range(page.year.count())] == ["2026 年", "全部年份"]
    page.year.setFocus()
    qtbot.keyClick(page.year, Qt.Key.Key_Down)
    assert page.chosen_year is None
    qtbot.waitUntil(lambda: page.issued.rowCount() == 8)


def test_a_click_on_a_heading_sorts(page: IssuedPage, qtbot: QtBot) -> None:
    header = page.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(0) + 20, 8)
    for expected in (SLIP, URGE):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert page.issued.papers[0].document == expected


def test_enter_opens_the_case(page: IssuedPage, frame: Frame, qtbot: QtBot) -> None:
    choose(page, URGE)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert frame.opened == [("2026-0001", ["2026-0001"])]


def test_a_spoiled_number_is_voided_in_place(
    page: IssuedPage, session: Session, frame: Frame, qtbot: QtBot
) -> None:
    choose(page, URGE)
    click(qtbot, page.voiding.begin)
    assert "2026-0001" in page.voiding.explained.text() and page.voiding.reason.hasFocus()
    click(qtbot, page.voiding.confirm)
    assert page.voiding.fault.text() == "请写明为什么作废。"
    type_in(page.voiding.reason, "打印时卡纸")
    assert not page.voiding.fault.isVisible()
    qtbot.keyClick(page.voiding.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.issued.rowCount() == 9)
    assert page.table.currentIndex().row() == page.issued.row_of(ANEW)
    assert not page.voiding.open
    assert frame.messages[-1].text.startswith(f"{URGE} 已作废，2026-0001 的文书换为 {ANEW}")
    old = page.issued.papers[page.issued.row_of(URGE)]
    assert (old.voided_reason, old.replaced_by) == ("打印时卡纸", ANEW)
    index = page.issued.index(page.issued.row_of(URGE), 0)
    assert index.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert page.total.text() == "共 9 号，其中作废 1 号"


def test_escape_voids_nothing(page: IssuedPage, session: Session, qtbot: QtBot) -> None:
    before = list_issued(session)
    click(qtbot, page.voiding.begin)
    type_in(page.voiding.reason, "卡")
    qtbot.keyClick(page.voiding.reason, Qt.Key.Key_Escape)
    assert not page.voiding.open and page.table.hasFocus()
    assert list_issued(session) == before


def test_what_went_out_cannot_be_voided_and_says_why(page: IssuedPage) -> None:
    choose(page, SLIP)
    assert not page.voiding.begin.isVisible()
    assert "已送达，不能作废" in page.voiding.told.text()


def test_a_refusal_stands_beside_the_reason(page: IssuedPage, session: Session, qtbot: QtBot) -> None:
    click(qtbot, page.voiding.begin)
    type_in(page.voiding.reason, "卡纸")
    act(session, "2026-0001", "serve", {"paper": URGE, "manner": "当面"}, date(2026, 10, 13))
    click(qtbot, page.voiding.confirm)
    qtbot.waitUntil(lambda: "不能作废" in page.voiding.fault.text())
    assert page.voiding.reason.text() == "卡纸"


def test_one_who_may_only_look_sees_the_register(
    viewer_session: Session, context: PageContext, qtbot: QtBot
) -> None:
    page = IssuedPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.issued.rowCount() == 7)
    choose(page, "通民盼办〔2026〕7号")
    assert not page.voiding.begin.isVisible() and "角色" in page.voiding.told.text()


def test_the_register_is_exported(
    page: IssuedPage, tmp_path: Path, frame: Frame, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "发文"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    click(qtbot, page.export)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert frame.messages[-1].text == f"发文登记簿 8 行，已存为 {target}.xlsx"
    sheet = openpyxl.load_workbook(f"{target}.xlsx").active
    assert sheet is not None and sheet.max_row == 11


def test_the_register_is_opened_to_be_printed(
    page: IssuedPage,
    settings: object,
    tmp_path: Path,
    frame: Frame,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page.context.settings.put("papers/folder", str(tmp_path / "文书"))
    opened: list[Path] = []

    def open_paper(file: Path) -> office_suite.OfficeSuite:
        opened.append(file)
        return office_suite.OfficeSuite("WPS", Path("wps"))

    monkeypatch.setattr(office_suite, "open_paper", open_paper)
    click(qtbot, page.print)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert opened == [tmp_path / "文书" / "发文登记簿 2026年.docx"] and opened[0].is_file()
    assert "正用 WPS 打开" in frame.messages[-1].text


def test_without_a_suite_the_folder_is_opened(
    page: IssuedPage, tmp_path: Path, frame: Frame, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.context.settings.put("papers/folder", str(tmp_path / "文书"))
    urls: list[str] = []

    def open_paper(file: Path) -> None:
        raise office_suite.NoOfficeSuite(Fault("本机", "", "没有办公软件"))

    monkeypatch.setattr(office_suite, "open_paper", open_paper)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toLocalFile()))
    click(qtbot, page.print)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert urls == [str(tmp_path / "文书")] and frame.messages[-1].kind == "info"


def test_an_office_without_papers_says_where_numbers_come_from(
    session: Session, context: PageContext, qtbot: QtBot
) -> None:
    page = IssuedPage(context)
    qtbot.addWidget(page)
    page.issued.show([])
    page._narrow()
    assert page.empty.text().startswith("这里还没有文号")
    assert page.issued.data(QModelIndex()) is None
