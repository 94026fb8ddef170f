"""Scans filed through the window: read, looked at, ticked, given a case by hand, kept."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop_app.gui import scans_job
from desktop_app.gui import scans_state as state
from desktop_app.gui.page import PageContext
from desktop_app.gui.scans_model import CASE, FILE, WORDS
from desktop_app.gui.scans_page import ScansPage
from desktop_app.services import case_view, papers
from desktop_app.services.session import Session
from tests.documents.scan_samples import save
from tests.documents.test_scan_reading import sheet
from tests.gui.conftest import Frame, dispatch

JOB_MS = 30_000
SENT, BY_HAND = "2026-0009", "2026-0010"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    """A slip of two pages, another in one file with it, a sheet without a code, and what is no scan."""
    dispatch(session, SENT, "市教育局", date(2026, 10, 12), None)
    codes = [papers.paper_source(session, number, "slip").code for number in (SENT, "2026-0001")]
    made = tmp_path / "scans"
    made.mkdir()
    for name, kind, pages in (
        ("a", "pdf", (codes[0], "")),
        ("b", "pdf", (codes[0], codes[1])),
        ("c", "jpg", ("",)),
    ):
        save([sheet(code, 100) for code in pages], made, name, kind, random.Random(name))
    (made / "d.txt").write_text("x", encoding="utf-8")
    return made


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> ScansPage:
    made = ScansPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    return made


@pytest.fixture
def read(page: ScansPage, qtbot: QtBot, folder: Path) -> ScansPage:
    """As the page stands once its job has read the folder; the job itself is tried where a folder is dropped."""
    page._places = (folder,)
    page.show_read(scans_job.read(page.context.session, lambda done, total: True, [folder]))
    return page


def words(page: ScansPage, row: int) -> tuple[str, str, str]:
    one, two, three = (str(page.model.index(row, column).data()) for column in (FILE, CASE, WORDS))
    return one, two, three


def held(session: Session, number: str) -> list[str]:
    return [one.name for one in case_view.view_case(session, number).attachments]


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def file_all(page: ScansPage, qtbot: QtBot) -> None:
    click(qtbot, page.file)
    qtbot.waitUntil(page.isEnabled, timeout=JOB_MS)


def test_what_was_found_is_shown_before_anything_is_kept(read: ScansPage, session: Session) -> None:
    assert words(read, 0)[0] == "a.pdf　2 页"
    assert words(read, 0)[1].startswith(f"{SENT}　关于9号小区")
    assert words(read, 0)[2].startswith("承办单 ") and "▲ 其中 1 页没有识别码" in words(read, 0)[2]
    assert [words(read, row)[0] for row in (1, 2)] == ["b.pdf　第 1 页", "b.pdf　第 2 页"]
    assert words(read, 3)[1:] == ("—", "没有找到识别码。")
    assert "没有读取" in words(read, 4)[2]
    assert read.summary.text() == "共 5 份：可归件 3，待人工指定 1，读不了 1"
    assert read.file.text() == "归件 3 份"
    assert held(session, SENT) == []


def test_the_first_that_needs_a_person_is_looked_at(read: ScansPage, qtbot: QtBot) -> None:
    assert read.table.currentIndex().row() == 3
    qtbot.waitUntil(lambda: read.view.shows_page)
    assert read.view.chooser.isVisible()


def test_what_is_ticked_is_kept_and_told(
    read: ScansPage, qtbot: QtBot, session: Session, frame: Frame, folder: Path
) -> None:
    before = sorted(path.name for path in folder.iterdir())
    file_all(read, qtbot)
    assert held(session, SENT) == ["a.pdf", "b 第1页.pdf"]
    assert held(session, "2026-0001") == ["b 第2页.pdf"]
    assert frame.messages[-1].text == "已归件 3 份，到 2 件。"
    assert read.summary.text() == "共 5 份：已归件 3，待人工指定 1，读不了 1"
    assert not read.file.isEnabled()
    assert sorted(path.name for path in folder.iterdir()) == before


def test_read_again_they_are_there_already(read: ScansPage, qtbot: QtBot) -> None:
    file_all(read, qtbot)
    click(qtbot, read.again)
    qtbot.waitUntil(lambda: "以前存过 3" in read.summary.text(), timeout=JOB_MS)
    assert words(read, 0)[1].startswith(SENT) and words(read, 0)[2] == "已经存过，不再存入"
    assert not read.file.isEnabled()


def test_a_tick_is_taken_away_with_the_space_bar(read: ScansPage, qtbot: QtBot, session: Session) -> None:
    read.table.setFocus()
    read.table.selectRow(0)
    qtbot.keyClick(read.table, Qt.Key.Key_Space)
    assert read.file.text() == "归件 2 份"
    qtbot.keyClick(read.table, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(held(session, "2026-0001")) and read.isEnabled(), timeout=JOB_MS)
    assert held(session, SENT) == ["b 第1页.pdf"]


def test_a_sheet_without_a_code_gets_its_case_by_number(
    read: ScansPage, qtbot: QtBot, session: Session
) -> None:
    qtbot.keyClicks(read.view.chooser.line, "2026-10")
    qtbot.keyClick(read.view.chooser.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words(read, 3)[1].startswith(BY_HAND))
    assert words(read, 3)[2] == "人工指定"
    assert read.file.text() == "归件 4 份"
    file_all(read, qtbot)
    assert held(session, BY_HAND) == ["c.jpg"]


def test_a_case_is_found_by_words_and_chosen_among_several(read: ScansPage, qtbot: QtBot) -> None:
    chooser = read.view.chooser
    chooser.line.insert("路灯")
    qtbot.keyClick(chooser.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chooser.answers.count() == 4)
    assert words(read, 3)[1] == "—"
    qtbot.waitUntil(chooser.answers.hasFocus)
    second = chooser.answers.item(1).text().partition("　")[0]
    qtbot.keyClick(chooser.answers, Qt.Key.Key_Down)
    qtbot.keyClick(chooser.answers, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words(read, 3)[1].startswith(second))


def test_what_answers_nothing_says_so(read: ScansPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(read.view.chooser.line, "2026-0404")
    qtbot.waitUntil(read.view.chooser.none.isVisible)


def test_enter_opens_the_case(read: ScansPage, qtbot: QtBot, frame: Frame) -> None:
    read.table.selectRow(0)
    qtbot.keyClick(read.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(frame.opened))
    assert frame.opened[-1][0] == SENT


def test_pages_are_turned(read: ScansPage, qtbot: QtBot) -> None:
    read.table.selectRow(0)
    assert read.view.turner.place.text() == "第 1 页，共 2 页"
    click(qtbot, read.view.turner.on)
    assert read.view.turner.place.text() == "第 2 页，共 2 页"
    assert not read.view.turner.on.isEnabled()
    qtbot.waitUntil(lambda: read.view.shows_page)


def test_a_file_that_went_meanwhile_is_told_in_its_line(
    read: ScansPage, qtbot: QtBot, frame: Frame, folder: Path
) -> None:
    (folder / "a.pdf").unlink()
    file_all(read, qtbot)
    assert words(read, 0)[2].startswith("✕ 打不开")
    assert frame.messages[-1].kind == "refused"
    assert frame.messages[-1].text == "已归件 2 份，到 2 件；1 份没有归成，见列表。"


def test_a_folder_is_dropped(page: ScansPage, qtbot: QtBot, folder: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys))
    qtbot.waitUntil(lambda: page.steps.currentIndex() == 1, timeout=JOB_MS)
    assert page.place.text() == str(folder)


def test_an_empty_folder_says_so(page: ScansPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    page.read([tmp_path / "none"])
    qtbot.waitUntil(lambda: page.steps.currentIndex() == 1, timeout=JOB_MS)
    assert page.summary.text() == "这里没有可以读取的文件"
    assert not page.file.isEnabled()


def test_stopping_leaves_the_page_as_it_was(page: ScansPage, qtbot: QtBot, folder: Path) -> None:
    page.read([folder])
    (job,) = page.context.operations.jobs
    job.cancel()
    qtbot.waitUntil(page.isEnabled, timeout=JOB_MS)
    assert page.steps.currentIndex() == 0


def test_a_line_that_is_out_cannot_be_ticked(read: ScansPage) -> None:
    line = read.model.lines[4]
    assert state.ticked(line, True) is line
    read.model.toggle(3)
    assert not read.model.lines[3].ticked
