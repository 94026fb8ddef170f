"""The register of units through clicks and keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.units import Unit
from desktop_app.gui.page import PageContext
from desktop_app.gui.units_page import UnitsPage
from desktop_app.services import office
from desktop_app.services.session import Session
from tests.gui.typing_chinese import type_in


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> UnitsPage:
    made = UnitsPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    qtbot.waitUntil(lambda: made.units.rowCount() == 3)
    return made


def shown(page: UnitsPage) -> list[str]:
    return [unit.name for unit in page.units.units]


def kept(session: Session, name: str) -> Unit | None:
    return next((unit for unit in office.list_units(session) if unit.name == name), None)


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_units_are_found_by_pinyin_initials(page: UnitsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "gaj")
    qtbot.waitUntil(lambda: shown(page) == ["市公安局"])
    assert page.form.unit().name == "市公安局"
    page.search.clear()
    qtbot.waitUntil(lambda: len(shown(page)) == 3)
    qtbot.keyClicks(page.search, "xyz")
    qtbot.waitUntil(page.unfound.isVisible)


def test_a_unit_is_changed_in_place(page: UnitsPage, qtbot: QtBot, session: Session, frame: object) -> None:
    assert not page.form.save.isEnabled()
    handler = page.form.editors["handler"]
    type_in(handler, "王芳")
    qtbot.keyClick(handler, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(frame.messages))  # type: ignore[attr-defined]
    saved = kept(session, "市住房和城乡建设局")
    assert saved is not None
    assert saved.handler == "王芳"
    assert not page.form.save.isEnabled()


def test_what_is_typed_and_not_saved_is_kept_and_marked(page: UnitsPage, qtbot: QtBot) -> None:
    type_in(page.form.editors["handler"], "王芳")
    page.table.selectRow(1)
    assert page.form.unit().name == "市公安局"
    assert page.units.index(0, 0).data() == "市住房和城乡建设局（未保存）"
    page.table.selectRow(0)
    assert page.form.unit().handler == "王芳"
    click(qtbot, page.form.discard)
    assert page.form.unit().handler == ""
    assert page.units.index(0, 0).data() == "市住房和城乡建设局"


def test_a_new_unit_and_its_faults(page: UnitsPage, qtbot: QtBot, session: Session) -> None:
    click(qtbot, page.add)
    type_in(page.form.editors["name"], "市公安局")
    click(qtbot, page.form.save)
    assert "已有" in page.form.faults["name"].text()
    type_in(page.form.editors["name"], "交通分局")
    click(qtbot, page.form.save)
    qtbot.waitUntil(lambda: "市公安局交通分局" in shown(page))
    assert kept(session, "市公安局交通分局") is not None


def test_a_unit_is_renamed_in_its_place(page: UnitsPage, qtbot: QtBot, session: Session) -> None:
    page.form.editors["name"].setFocus()
    page.form.editors["name"].setText("市住建委")
    page.form.edited.emit()
    click(qtbot, page.form.save)
    qtbot.waitUntil(lambda: "市住建委" in shown(page))
    assert kept(session, "市住房和城乡建设局") is None
    assert page.form.heading.text() == "市住建委"


def test_a_sheet_is_shown_before_it_is_brought_in(
    page: UnitsPage, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    sheet = tmp_path / "units.csv"
    sheet.write_text("单位名称,联系电话\n市公安局,0475-9\n市水务局,0475-8\n", encoding="utf-8")
    page.read_file(sheet)
    qtbot.waitUntil(page.arrivals.isVisible)
    assert "新增 1 个，更新 1 个" in page.arrivals.words.text()
    assert kept(session, "市水务局") is None
    click(qtbot, page.arrivals.take)
    qtbot.waitUntil(lambda: "市水务局" in shown(page))
    assert not page.arrivals.isVisible()


def test_a_faulty_sheet_brings_nothing_and_says_where(
    page: UnitsPage, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    sheet = tmp_path / "units.csv"
    sheet.write_text("单位名称,联系电话\n市水务局,1\n,2\n", encoding="utf-8")
    page.read_file(sheet)
    qtbot.waitUntil(page.arrivals.isVisible)
    assert page.arrivals.lines.item(0).text().startswith("第 3 行")
    assert not page.arrivals.take.isVisible()
    assert kept(session, "市水务局") is None


def test_escape_leaves_the_form_with_what_was_typed(page: UnitsPage, qtbot: QtBot) -> None:
    handler = page.form.editors["handler"]
    handler.setFocus()
    type_in(handler, "王芳")
    qtbot.keyClick(handler, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.table.hasFocus)
    assert page.form.unit().handler == "王芳"


def test_a_refusal_is_shown_by_the_form(qtbot: QtBot, viewer_session: Session, context: PageContext) -> None:
    page = UnitsPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.units.rowCount() == 3)
    type_in(page.form.editors["handler"], "王芳")
    click(qtbot, page.form.save)
    qtbot.waitUntil(page.form.refused.isVisible)
    assert "经办" in page.form.refused.text()
