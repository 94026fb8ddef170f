"""审计日志 in the window: who may come to it, narrowing, more as one scrolls, proving, taking out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.users import Role
from desktop_app.gui import trail_page
from desktop_app.gui.operations import Operations
from desktop_app.gui.page import PageContext
from desktop_app.gui.trail_page import AuditPage
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.gui.workspace import Workspace
from desktop_app.services import access
from desktop_app.services.session import Session
from tests.gui.case_desk import RUNNING
from tests.gui.typing_chinese import type_in

JOB_MS = 60_000


@pytest.fixture
def page(context: PageContext, session: Session, qtbot: QtBot) -> AuditPage:
    access.record_view(session, RUNNING)
    made = AuditPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    qtbot.waitUntil(lambda: bool(made.model.lines))
    return made


def _titles(page: AuditPage) -> list[str]:
    return [line.title for line in page.model.lines]


def _narrowed(page: AuditPage, qtbot: QtBot, *titles: str) -> None:
    qtbot.waitUntil(lambda: set(_titles(page)) == set(titles))


def test_the_newest_stands_first(page: AuditPage) -> None:
    assert _titles(page)[0] == "查看办件"
    assert page.model.index(0, 3).data() == RUNNING


def test_it_is_narrowed_by_kind_number_and_words(page: AuditPage, qtbot: QtBot) -> None:
    page.action.setCurrentText("查看办件")
    page.action.activated.emit(page.action.currentIndex())
    _narrowed(page, qtbot, "查看办件")
    page.action.setCurrentIndex(0)
    page.number.setFocus()
    qtbot.keyClicks(page.number, "2026-0008")
    qtbot.keyClick(page.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {line.number for line in page.model.lines} == {"2026-0008"})
    page.number.clear()
    type_in(page.text, "没有这样的字")
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.model.lines)
    assert page.empty.isVisible()


def test_what_is_no_number_is_said_beside_it(page: AuditPage, qtbot: QtBot) -> None:
    type_in(page.number, "瞎写")
    qtbot.keyClick(page.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.fault.isVisible())
    assert "不是登记号" in page.fault.text()


def test_more_comes_as_one_scrolls(page: AuditPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [(line.chain, line.id) for line in page.model.lines]
    monkeypatch.setattr(trail_page, "_AT_ONCE", 20)
    page.refresh()
    qtbot.waitUntil(lambda: len(page.model.lines) < len(whole))

    def at_the_end() -> bool:
        page.table.scrollToBottom()
        return page.total.text().startswith("共 ")

    qtbot.waitUntil(at_the_end)
    assert [(line.chain, line.id) for line in page.model.lines[1:]] == whole


def test_verifying_says_in_words_what_it_found(page: AuditPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.result.toPlainText().startswith("✓ 核验无误：20 件"), timeout=JOB_MS)
    qtbot.waitUntil(lambda: _titles(page)[0] == "核验数据")
    assert page.verify_button.isEnabled()


def test_what_is_listed_goes_into_a_sheet(page: AuditPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.action.setCurrentText("查看办件")
    page.action.activated.emit(page.action.currentIndex())
    _narrowed(page, qtbot, "查看办件")
    page.save(tmp_path / "日志.xlsx")
    qtbot.waitUntil((tmp_path / "日志.xlsx").exists, timeout=JOB_MS)
    sheet = openpyxl.load_workbook(tmp_path / "日志.xlsx").active
    assert sheet is not None
    assert [row[4] for row in sheet.iter_rows(min_row=4, values_only=True)] == ["查看办件"]


@pytest.mark.parametrize(
    ("role", "place"), [(Role.AUDITOR, "trail"), (Role.SECURITY, "trail"), (Role.ADMINISTRATOR, "settings")]
)
def test_who_keeps_a_post_begins_where_the_work_is(
    qtbot: QtBot, operations: Operations, settings: WindowSettings, session: Session, role: Role, place: str
) -> None:
    with session.change() as work:
        work.settings.put("users.separated", "posts")
        work.users.put(replace(session.user, roles=frozenset((role,))))
    with session.read() as work:
        session.look_again(work)
    workspace = Workspace(operations, settings)
    qtbot.addWidget(workspace)
    assert workspace.current == place
    workspace.close_current()
    assert workspace.current == place, "the last page stays"


def test_an_operator_is_told_whose_page_it_is(
    qtbot: QtBot, operations: Operations, settings: WindowSettings, session: Session
) -> None:
    with session.change() as work:
        work.users.put(replace(session.user, roles=frozenset((Role.OPERATOR,))))
    with session.read() as work:
        session.look_again(work)
    workspace = Workspace(operations, settings)
    qtbot.addWidget(workspace)
    workspace.open("trail")
    assert workspace.current != "trail"
