"""归档 by mouse and keys: archiving together, making a package, proving one, listing what is kept long enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.gui.archive_page import ArchivePage
from desktop_app.gui.page import PageContext
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
from desktop_app.services.session import Session
from tests.gui.conftest import Frame

CLOSED = ("2026-0008", "2026-0009", "2026-0010")


@pytest.fixture
def page(session: Session, context: PageContext, qtbot: QtBot) -> Iterator[ArchivePage]:
    """Three refused cases, closed; one of them archived for ten years."""
    refused = {"ground": "涉军涉安", "not_told_reason": "无法联系"}
    for number in CLOSED[1:]:
        act(session, number, "refuse", refused, date(2026, 10, 9))
    for number in CLOSED:
        act(session, number, "close", {}, date(2026, 10, 12))
    act(session, CLOSED[0], "archive", {"retention": "10年"}, date(2026, 10, 12))
    made = ArchivePage(context)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() == 3)
    yield made


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def cells(page: ArchivePage, row: int) -> list[str]:
    return [page.model.data(page.model.index(row, column)) for column in range(page.model.columnCount())]


def test_a_year_s_closed_cases_stand_in_the_order_of_their_closing(page: ArchivePage) -> None:
    assert page.summary.text() == "办结 3 件，已归档 1 件，待归档 2 件。"
    assert [cells(page, row)[1] for row in range(3)] == list(CLOSED)
    assert cells(page, 0)[3:] == ["2026-10-12", "10年", "已归档"]
    assert cells(page, 1)[3:] == ["2026-10-12", "", "待归档"]
    assert page.retention.currentText() == "10年"
    assert page.archive.text() == "归档 2 件"


def test_all_that_wait_are_archived_by_one_key(
    page: ArchivePage, session: Session, qtbot: QtBot, frame: Frame
) -> None:
    page.retention.setFocus()
    qtbot.keyClick(page.retention, Qt.Key.Key_Home)
    assert page.retention.currentText() == "永久"
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(frame.messages), timeout=20_000)
    assert frame.messages[-1].text == "已归档 2 件。"
    qtbot.waitUntil(lambda: page.archive.text() == "没有待归档的")
    assert not page.archive.isEnabled()
    assert [cells(page, row)[4] for row in range(3)] == ["10年", "永久", "永久"]
    assert view_case(session, CLOSED[1]).row.status == "已归档"


def test_of_several_chosen_only_those_are_archived(page: ArchivePage, qtbot: QtBot, frame: Frame) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.archive.text() == "归档 1 件"
    click(qtbot, page.archive)
    qtbot.waitUntil(lambda: page.archive.text() == "归档 1 件" and len(frame.messages) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: cells(page, 1)[5] == "已归档")
    assert cells(page, 2)[5] == "待归档"


def test_a_package_is_made_and_proven_and_an_altered_one_found_out(
    page: ArchivePage, qtbot: QtBot, frame: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "归档数据包2026"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(folder), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    click(qtbot, page.with_pdf)
    assert not page.with_pdf.isChecked()
    click(qtbot, page.pack)
    qtbot.waitUntil(lambda: bool(frame.messages), timeout=30_000)
    assert frame.messages[-1].text.startswith(f"归档数据包已存为 {folder}：1 件")
    qtbot.waitUntil(lambda: cells(page, 0)[0] == "WS·2026-D10-0001")
    click(qtbot, page.prove)
    qtbot.waitUntil(lambda: len(frame.messages) == 2, timeout=30_000)
    assert "四项检测都通过" in frame.messages[-1].text and "真实性：通过" in page.report.toPlainText()
    story = next(folder.rglob("办理过程.html"))
    story.write_bytes(story.read_bytes().replace(b"2026", b"2025", 1))
    click(qtbot, page.prove)
    qtbot.waitUntil(lambda: len(frame.messages) == 3, timeout=30_000)
    assert "检测发现" in frame.messages[-1].text and "办理过程.html" in page.report.toPlainText()


def test_what_is_kept_long_enough_becomes_a_sheet(
    page: ArchivePage, qtbot: QtBot, frame: Frame, tmp_path: Path
) -> None:
    file = tmp_path / "清册.xlsx"
    page.write_expired(file, date(2037, 1, 1))
    qtbot.waitUntil(lambda: bool(frame.messages), timeout=10_000)
    assert frame.messages[-1].text == f"保管期满 1 件，清册已存为 {file}"
    words = [cell for row in openpyxl.load_workbook(file).active.iter_rows(values_only=True) for cell in row]
    assert CLOSED[0] in words and "10年" in words


def test_enter_opens_the_case_among_its_neighbours(page: ArchivePage, qtbot: QtBot, frame: Frame) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert frame.opened == [(CLOSED[1], list(CLOSED))]


def test_an_office_without_closed_cases_is_told_what_this_is_for(context: PageContext, qtbot: QtBot) -> None:
    made = ArchivePage(context)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.summary.text() != "")
    assert made.stack.currentWidget() is made.empty and "数据包" in made.empty.text()
    assert not made.archive.isEnabled() and not made.pack.isEnabled()
