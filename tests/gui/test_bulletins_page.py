"""历次通报 by mouse: a draft, an issue that says first what it does, what was issued made again, what has changed since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui import bulletins_state as state
from desktop_app.gui.bulletins_page import BulletinsPage
from desktop_app.gui.changes import Changes
from desktop_app.gui.figures_page import FiguresPage
from desktop_app.gui.page import PageContext
from desktop_app.services.cases import act
from tests.gui.conftest import Frame


@pytest.fixture
def page(context: PageContext, qtbot: QtBot) -> BulletinsPage:
    made = BulletinsPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    qtbot.waitUntil(lambda: made.empty.isVisible())
    return made


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def wait(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """For a process of its own."""
    qtbot.waitUntil(holds, timeout=60_000)


def answer(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))


def test_it_begins_with_the_last_quarter_that_is_over(page: BulletinsPage) -> None:
    assert page.span == (date(2026, 7, 1), date(2026, 9, 30))
    assert not page.table.isVisible() and page.empty.text() == state.NONE


def test_a_draft_is_written_and_leaves_no_issue(
    page: BulletinsPage, qtbot: QtBot, frame: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, tmp_path / "草稿.docx")
    click(qtbot, page.draft)
    wait(qtbot, lambda: bool(frame.messages))
    assert "草稿已存为" in frame.messages[-1].text
    text = "\n".join(one.text for one in docx.Document(str(tmp_path / "草稿.docx")).paragraphs)
    assert "本期共收到网民留言20件" in text
    assert page.empty.isVisible()


def test_issuing_says_what_it_does_and_then_does_it(
    page: BulletinsPage, qtbot: QtBot, frame: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(qtbot, page.issue)
    assert "不能撤销" in page.warning.text() and page.leave.hasFocus()
    click(qtbot, page.leave)
    assert page.form.isHidden()
    answer(monkeypatch, tmp_path / "通报.docx")
    click(qtbot, page.issue)
    click(qtbot, page.confirm)
    wait(qtbot, lambda: page.table.rowCount() == 1 and bool(frame.messages))
    assert page.table.item(0, 0).text() == "〔2026〕第1期"
    assert "〔2026〕第1期已印发" in frame.messages[-1].text
    wait(qtbot, lambda: "与印发时一样" in page.since.toPlainText())
    answer(monkeypatch, tmp_path / "again.docx")
    click(qtbot, page.again)
    wait(qtbot, lambda: (tmp_path / "again.docx").is_file())
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "通报.docx").read_bytes()
    received = {"on": "2026-09-08", "event": event_of(page, "2026-0001", "dispatch"), "reason": "抄错"}
    page.context.operations.change(
        page,
        lambda session: act(session, "2026-0001", "correct", received, session.today),
        lambda _: None,
        Changes.of("cases"),
    )
    wait(qtbot, lambda: "印发时一样" not in page.since.toPlainText() or len(frame.messages) > 1)


def event_of(page: BulletinsPage, number: str, action: str) -> str:
    with page.context.session.read() as work:
        return str(next(one.id for one in work.journal.of_case(number) if one.action == action))


def test_a_period_that_is_not_over_cannot_be_issued(page: BulletinsPage, qtbot: QtBot) -> None:
    page.last.setDate(QDate(2026, 12, 31))
    click(qtbot, page.issue)
    assert "还不能印发" in page.warning.text() and not page.confirm.isEnabled()


def test_from_the_figures_one_comes_with_their_period(
    context: PageContext, qtbot: QtBot, frame: Frame
) -> None:
    figures = FiguresPage(context)
    qtbot.addWidget(figures)
    figures.resize(1366, 640)
    figures.show()
    figures.head.first.setDate(QDate(2026, 9, 1))
    figures.head.last.setDate(QDate(2026, 9, 15))
    click(qtbot, figures.new_bulletin)
    assert frame.pages[-1] == "bulletins"
    page = BulletinsPage(context)
    qtbot.addWidget(page)
    page.show()
    assert page.span == (date(2026, 9, 1), date(2026, 9, 15))


def test_names_of_files_and_words_of_changes() -> None:
    assert (
        state.file_name(date(2026, 7, 1), date(2026, 9, 30), draft=True) == "通报 2026年第三季度（草稿）.docx"
    )
    assert state.last_quarter(date(2026, 1, 5)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert state.kept_period({"first": "x"}, date(2026, 10, 13)) == (date(2026, 7, 1), date(2026, 9, 30))
