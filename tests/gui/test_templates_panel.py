"""文书模板 in the settings: copied, changed, checked with places, looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.documents import office_suite
from desktop_app.documents.office_suite import OfficeSuite
from desktop_app.documents.paper_catalogue import TEMPLATES
from desktop_app.gui import templates_panel
from desktop_app.gui.page import PageContext
from desktop_app.gui.settings_page import SettingsPage
from desktop_app.gui.templates_panel import TemplatesPanel
from desktop_app.services.session import Session
from tests.gui.conftest import Frame


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files that were handed to an office suite."""
    files: list[Path] = []

    def open_paper(file: Path) -> OfficeSuite:
        files.append(file)
        return OfficeSuite("WPS", Path("wps"))

    monkeypatch.setattr(office_suite, "open_paper", open_paper)
    return files


@pytest.fixture
def panel(qtbot: QtBot, context: PageContext) -> Iterator[TemplatesPanel]:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.resize(1366, 640)
    page.show()
    page.show_subject("文书模板")
    qtbot.waitUntil(lambda: page.templates.papers.rowCount() == len(TEMPLATES))
    yield page.templates


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def column(panel: TemplatesPanel, place: int) -> list[str]:
    return [panel.papers.item(line, place).text() for line in range(panel.papers.rowCount())]


def choose(qtbot: QtBot, panel: TemplatesPanel, title: str) -> None:
    panel.papers.setFocus()
    while panel.papers.item(panel.papers.currentRow(), 0).text() != title:
        before = panel.papers.currentRow()
        qtbot.keyClick(panel.papers, Qt.Key.Key_Down)
        assert panel.papers.currentRow() > before


def test_every_paper_is_listed_by_its_title_with_its_fields(panel: TemplatesPanel, qtbot: QtBot) -> None:
    assert column(panel, 0)[:3] == [
        "人民网地方领导留言板咨询事项承办单",
        "人民网地方领导留言板咨询事项承办单（隐去身份）",
        "提醒单",
    ]
    assert set(column(panel, 1)) == {"随程序"}
    choose(qtbot, panel, "延期办理申请表")
    written = [panel.fields.item(line, 0).text() for line in range(panel.fields.rowCount())]
    assert "{{原期限}}" in written and "{{审批.意见}}" in written
    assert panel.fields.item(0, 2).text().startswith("必有")


def test_a_copy_is_made_once_and_opened(
    panel: TemplatesPanel, qtbot: QtBot, session: Session, opened: list[Path], frame: Frame
) -> None:
    choose(qtbot, panel, "退办单")
    assert panel.change.text() == "复制一份来改"
    click(qtbot, panel.change)
    qtbot.waitUntil(lambda: panel.change.text() == "打开来改")
    own = session.folder / "forms" / "return.docx"
    assert opened == [own] and own.is_file()
    assert "改好存回原名" in frame.messages[-1].text
    assert column(panel, 1)[column(panel, 0).index("退办单")] == "本单位修改"
    click(qtbot, panel.change)
    assert opened == [own, own]


def test_a_fault_is_told_with_its_place(
    panel: TemplatesPanel, qtbot: QtBot, session: Session, opened: list[Path], frame: Frame
) -> None:
    choose(qtbot, panel, "退办单")
    click(qtbot, panel.change)
    qtbot.waitUntil(lambda: len(opened) == 1)
    document = docx.Document(str(opened[0]))
    document.tables[0].rows[2].cells[1].paragraphs[0].add_run("{{退件单为}}")
    document.save(str(opened[0]))
    choose(qtbot, panel, "退办单")
    click(qtbot, panel.check)
    qtbot.waitUntil(panel.faults.isVisible)
    assert panel.faults.text() == (
        "return.docx，正文第 1 个表格第 3 行第 2 格：没有“退件单为”这个字段，是不是“退件单位”？"
    )
    assert column(panel, 2)[column(panel, 0).index("退办单")] == "1 处有误"
    assert frame.messages[-1].kind == "refused" and "退办单的模板有误" in frame.messages[-1].text


def test_sound_templates_are_told_and_a_stray_file_is_named(
    panel: TemplatesPanel, qtbot: QtBot, session: Session, frame: Frame
) -> None:
    click(qtbot, panel.check)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert frame.messages[-1].text == f"{len(TEMPLATES)} 份模板都可以使用。"
    assert set(column(panel, 2)) == {"可以使用"}
    (session.folder / "forms").mkdir()
    (session.folder / "forms" / "承办单.docx").write_bytes(b"")
    click(qtbot, panel.check)
    qtbot.waitUntil(lambda: len(frame.messages) == 2)
    assert "承办单.docx" in frame.messages[-1].text


def test_a_template_is_looked_at_filled_with_examples(
    panel: TemplatesPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[bytes, str]] = []
    monkeypatch.setattr(
        templates_panel, "open_preview", lambda context, data, title: shown.append((data, title))
    )
    choose(qtbot, panel, "催办单")
    qtbot.keyClick(panel.papers, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert shown[0][1] == "催办单（样例）" and shown[0][0].startswith(b"PK")
    click(qtbot, panel.preview)
    qtbot.waitUntil(lambda: len(shown) == 2)


def test_a_field_is_copied_to_be_pasted(panel: TemplatesPanel, qtbot: QtBot, frame: Frame) -> None:
    panel.fields.setFocus()
    panel.fields.setCurrentCell(0, 0)
    qtbot.keyClick(panel.fields, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == panel.fields.item(0, 0).text()
    assert frame.messages[-1].text.startswith("已复制 {{")


def test_the_folder_is_made_and_shown(
    panel: TemplatesPanel, qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[Path] = []
    monkeypatch.setattr(templates_panel, "show_folder", folders.append)
    click(qtbot, panel.folder)
    assert folders == [session.folder / "forms"] and folders[0].is_dir()
