"""再出一份 beside a paper made earlier: the same file once more, opened, and no new record of a paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.documents import office_suite
from desktop_app.documents.case_papers import make_paper
from desktop_app.domain.office_records import PaperMade
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.page import PageContext
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
from desktop_app.services.session import Session
from tests.gui.case_desk import RUNNING, view


def test_the_same_paper_once_more(
    session: Session,
    opened: Callable[[str], CasePage],
    context: PageContext,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files: list[Path] = []

    def open_paper(file: Path) -> office_suite.OfficeSuite:
        files.append(file)
        return office_suite.OfficeSuite("WPS", Path("wps"))

    monkeypatch.setattr(office_suite, "open_paper", open_paper)
    context.settings.put("papers/folder", str(tmp_path / "文书"))
    first = make_paper(session, RUNNING, "slip")
    act(
        session,
        RUNNING,
        "apply-extension",
        {"days": "2", "reason": "要现场查看", "applicant": "张平"},
        date(2026, 10, 13),
    )
    page = opened(RUNNING)
    (paper,) = view(page).papers
    for count in (1, 2):
        qtbot.mouseClick(page.papers.again_buttons[paper.id], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda count=count: len(files) == count)  # type: ignore[misc]
        qtbot.waitUntil(lambda: not context.operations.busy)
    assert [file.read_bytes() for file in files] == [first.data] * 2
    assert len({*files}) == 2
    assert [one.id for one in view_case(session, RUNNING).papers] == [paper.id]


def test_one_who_may_only_look_gets_none(
    viewer_session: Session, opened: Callable[[str], CasePage], session: Session
) -> None:
    with session.change() as work:
        work.papers.add(PaperMade("slip", RUNNING, "2026-10-13T08:00:00+08:00", "王敏", "ab"))
    page = opened(RUNNING)
    assert [button.isVisible() for button in page.papers.again_buttons.values()] == [False]
