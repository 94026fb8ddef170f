"""A file of messages brought in through the window, looked at first, and taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop_app.documents.sheets import read_table
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.gui import import_job
from desktop_app.gui.import_page import ImportPage
from desktop_app.gui.import_state import PREVIEW_ROWS
from desktop_app.gui.import_trial import STOPPED, TRYING
from desktop_app.gui.jobs import Job
from desktop_app.gui.page import PageContext
from desktop_app.services import queries
from desktop_app.services.session import Session

SECONDS = 20_000


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> ImportPage:
    made = ImportPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    qtbot.waitUntil(lambda: made.trial.regulation.count() == 2)
    return made


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Five rows: two good, one twice the same, one without a day that can be read."""
    path = tmp_path / "messages.csv"
    lines = (
        "留言编号,题目,留言详情,留言时间",
        "901,路灯一,路灯坏了,2026-09-01",
        "902,路灯二,路灯又坏了,2026-09-02",
        "901,路灯一,路灯坏了,2026-09-01",
        "903,路灯三,路灯还坏着,某日",
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def total(session: Session) -> int:
    return queries.count_cases(session, CaseQuery())


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def opened(qtbot: QtBot, page: ImportPage, path: Path) -> None:
    page.open_file(path)
    qtbot.waitUntil(
        lambda: page.steps.currentWidget() is page.trial and "共" in page.trial.forecast.text(),
        timeout=SECONDS,
    )


def choose_title(qtbot: QtBot, page: ImportPage) -> None:
    """Say that the titles stand in 题目, with the keyboard."""
    box = page.trial.columns.choices["title"]
    box.setFocus()
    for _ in range(box.findText("题目")):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "共" in page.trial.forecast.text())


def test_a_file_is_looked_at_and_tried_out_first(
    page: ImportPage, qtbot: QtBot, session: Session, sheet: Path
) -> None:
    opened(qtbot, page, sheet)
    assert page.trial.forecast.text().startswith("共 4 行：可导入 2 件，重复 1 行，不能导入 1 行")
    assert page.trial.start.text() == "导入 2 件"
    assert page.trial.columns.rows.index(0, 2).data() == "路灯坏了"
    heading = page.trial.columns.rows.headerData(1, Qt.Orientation.Horizontal)
    assert heading == "题目\n原样另存"
    assert page.trial.lines.tabText(0) == "不能导入 1"
    assert total(session) == 20


def test_columns_are_set_by_hand_and_remembered(
    page: ImportPage, qtbot: QtBot, session: Session, sheet: Path
) -> None:
    opened(qtbot, page, sheet)
    choose_title(qtbot, page)
    assert page.trial.columns.rows.headerData(1, Qt.Orientation.Horizontal) == "题目\n→ 留言主题"
    click(qtbot, page.trial.start)
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.result, timeout=SECONDS)
    assert total(session) == 22
    found = queries.list_cases(session, CaseQuery(text="路灯二"))
    assert [case.row.title for case in found.cases] == ["路灯二"]
    click(qtbot, page.result.again)
    opened(qtbot, page, sheet)
    assert page.trial.columns.choices["title"].currentText() == "题目"
    assert page.trial.start.text() == "没有可导入的"


def test_a_column_given_twice_is_told_and_nothing_can_be_started(
    page: ImportPage, qtbot: QtBot, sheet: Path
) -> None:
    opened(qtbot, page, sheet)
    box = page.trial.columns.choices["title"]
    box.setCurrentText("留言详情")
    box.activated.emit(box.currentIndex())
    assert "选给了两个字段" in page.trial.forecast.text()
    assert not page.trial.start.isEnabled()


def test_a_batch_is_taken_back_whole(
    page: ImportPage, qtbot: QtBot, session: Session, sheet: Path, frame: object
) -> None:
    opened(qtbot, page, sheet)
    click(qtbot, page.trial.start)
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.result, timeout=SECONDS)
    assert page.result.outcome.text().startswith("共 4 行：已导入 2 件")
    assert frame.messages[-1].undo is not None  # type: ignore[attr-defined]
    click(qtbot, page.result.undo)
    qtbot.waitUntil(lambda: "2 件作废" in page.result.outcome.text())
    assert total(session) == 20


def test_rows_that_cannot_come_in_are_kept_as_a_sheet_to_mend(
    page: ImportPage, qtbot: QtBot, sheet: Path, frame: object
) -> None:
    opened(qtbot, page, sheet)
    target = sheet.with_name("待修改.xlsx")
    page.keep_faults(target)
    qtbot.waitUntil(lambda: bool(frame.messages))  # type: ignore[attr-defined]
    [row] = read_table(target).rows
    assert row.cells[:2] == ("903", "路灯三")
    assert row.cells[4] == "5"


def test_a_picture_named_as_a_sheet_says_why_it_cannot_be_read(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = tmp_path / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    page.open_file(picture)
    qtbot.waitUntil(page.unreadable.isVisible)
    assert page.unreadable.text().startswith("picture.xlsx")
    assert page.choose.hasFocus()


def test_a_file_is_dropped_on_the_page(page: ImportPage, qtbot: QtBot, sheet: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(sheet))])
    page.dropEvent(
        QDropEvent(
            QPointF(100, 100),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.trial)
    assert page.trial.file_name.text() == "messages.csv  4 行"


def test_another_regulation_has_its_own_sources(page: ImportPage, qtbot: QtBot, sheet: Path) -> None:
    opened(qtbot, page, sheet)
    assert page.trial.regulation.currentData() == "tongliao-2023"
    assert page.trial.source.currentText() == "市长板块"
    qtbot.keyClick(page.trial.regulation, Qt.Key.Key_Down)
    assert page.trial.regulation.currentData() == "xizang-2017"
    assert page.trial.source.currentText() != "市长板块"
    qtbot.waitUntil(lambda: "共 4 行" in page.trial.forecast.text())


def test_the_way_back_leads_to_the_register(
    page: ImportPage, qtbot: QtBot, sheet: Path, frame: object
) -> None:
    opened(qtbot, page, sheet)
    click(qtbot, page.trial.leave)
    assert page.steps.currentIndex() == 0
    click(qtbot, page.result.to_register)
    assert frame.pages == ["register"]  # type: ignore[attr-defined]


def test_an_import_that_is_stopped_leaves_nothing(
    page: ImportPage, qtbot: QtBot, session: Session, context: PageContext, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    lines = [f"{number},路灯{number},第{number}盏路灯坏了,2026-09-01" for number in range(1000, 3000)]
    path.write_text("\n".join(("留言编号,留言主题,留言详情,留言时间", *lines)), encoding="utf-8")
    opened(qtbot, page, path)
    assert page.trial.start.text() == "导入 2,000 件"
    context.operations.job_started.connect(lambda job: job.cancel())
    click(qtbot, page.trial.start)
    assert not page.trial.isEnabled()
    qtbot.waitUntil(page.trial.isEnabled, timeout=SECONDS)
    assert page.steps.currentWidget() is page.trial
    assert total(session) == 20


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """So many rows that trying them out is a job; the last has no day that can be read."""
    path = tmp_path / "large.csv"
    lines = [f"{number},路灯{number},第{number}盏路灯坏了,2026-09-01" for number in range(1000, 3100)]
    lines.append("4000,路灯,路灯坏了,某日")
    path.write_text("\n".join(("留言编号,留言主题,留言详情,留言时间", *lines)), encoding="utf-8")
    return path


def test_a_large_file_is_tried_out_beside_the_questions_of_the_window(
    page: ImportPage, qtbot: QtBot, session: Session, context: PageContext, large: Path
) -> None:
    titles: list[str] = []
    answers: list[int] = []

    def count(job: Job) -> None:
        titles.append(job.title)
        context.operations.query(
            page,
            "count",
            total,
            lambda found: answers.append(found) if page.trial.forecast.text() == TRYING else None,
        )

    context.operations.job_started.connect(count)
    opened(qtbot, page, large)
    assert titles == ["试算 large.csv"]
    assert answers == [20]
    assert page.trial.start.text() == "导入 2,100 件"
    assert total(session) == 20


def test_the_trial_of_a_large_file_is_stopped_and_begun_again(
    page: ImportPage, qtbot: QtBot, session: Session, context: PageContext, large: Path
) -> None:
    context.operations.job_started.connect(Job.cancel, Qt.ConnectionType.SingleShotConnection)
    page.open_file(large)
    qtbot.waitUntil(lambda: page.trial.forecast.text() == STOPPED, timeout=SECONDS)
    assert not page.trial.start.isEnabled() and page.trial.again.hasFocus()
    assert total(session) == 20
    click(qtbot, page.trial.again)
    qtbot.waitUntil(lambda: page.trial.start.text() == "导入 2,100 件", timeout=SECONDS)
    assert page.trial.again.isHidden()


def test_what_is_set_while_a_large_file_is_tried_out_is_tried_out_instead(
    page: ImportPage, qtbot: QtBot, context: PageContext, large: Path
) -> None:
    jobs: list[Job] = []
    context.operations.job_started.connect(jobs.append)
    page.open_file(large)
    qtbot.waitUntil(lambda: len(jobs) == 1)
    page.trial.on.setFocus()
    qtbot.keyClick(page.trial.on, Qt.Key.Key_Down)
    assert [job.is_cancelled() for job in jobs] == [True, False]
    qtbot.waitUntil(lambda: not context.operations.busy, timeout=SECONDS)
    assert page.trial.start.text() == "导入 2,100 件"


def test_a_large_file_is_read_as_a_job_and_only_its_beginning_held(
    page: ImportPage, qtbot: QtBot, large: Path, frame: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_job, "_SMALL_FILE", 1)
    opened(qtbot, page, large)
    assert page.trial.file_name.text() == "large.csv  2,101 行"
    assert page.trial.columns.rows.rowCount() == PREVIEW_ROWS
    target = large.with_name("待修改.xlsx")
    page.keep_faults(target)
    qtbot.waitUntil(lambda: bool(frame.messages), timeout=SECONDS)  # type: ignore[attr-defined]
    [row] = read_table(target).rows
    assert row.cells[0] == "4000" and row.cells[4] == "2102"


def test_rows_of_a_large_file_that_was_changed_since_are_not_mixed_up(
    page: ImportPage, qtbot: QtBot, large: Path, frame: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_job, "_SMALL_FILE", 1)
    opened(qtbot, page, large)
    large.write_text("留言编号,留言主题,留言详情,留言时间\n1,路灯,路灯坏了,某日", encoding="utf-8")
    target = large.with_name("待修改.xlsx")
    page.keep_faults(target)
    qtbot.waitUntil(lambda: bool(frame.messages), timeout=SECONDS)  # type: ignore[attr-defined]
    assert "在试算以后改过了" in frame.messages[0].text  # type: ignore[attr-defined]
    assert not target.exists()


def test_the_reading_of_a_large_file_is_stopped(
    page: ImportPage, qtbot: QtBot, context: PageContext, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_job, "_SMALL_FILE", 1)
    context.operations.job_started.connect(Job.cancel)
    with qtbot.waitSignal(page.looks.reading_stopped, timeout=SECONDS):
        page.open_file(large)
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert page.steps.currentIndex() == 0 and page.choose.hasFocus()


def test_an_old_ledger_comes_in_closed(
    page: ImportPage, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "旧台账.csv"
    path.write_text(
        "留言编号,标题,留言详情,收件日期,承办单位,办结日期\n"
        "801,供暖不热,室内只有十二度,2025-11-03,市住建局,2025-11-12\n"
        "802,公交太少,早高峰等很久,2025-12-01,市交通局,2026-12-09\n",
        encoding="utf-8",
    )
    opened(qtbot, page, path)
    assert not page.trial.retention.isVisible() and page.trial.start.text() == "导入 2 件"
    page.trial.kind.setFocus()
    qtbot.keyClick(page.trial.kind, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.trial.start.text() == "导入 1 件")  # the other is closed in the future
    assert page.trial.retention.isVisible()
    page.trial.retention.setFocus()
    qtbot.keyClick(page.trial.retention, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.trial.start.isEnabled())
    click(qtbot, page.trial.start)
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.result, timeout=SECONDS)
    (case,) = queries.list_cases(session, CaseQuery(text="供暖不热")).cases
    assert (case.row.status, case.row.lead, case.row.closed) == ("已归档", "市住建局", date(2025, 11, 12))
