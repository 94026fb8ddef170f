"""统计通报 by mouse and keys: a period, a number and its cases, charts, definitions, files and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.figures import Grouping
from desktop_app.gui import figures_page
from desktop_app.gui import figures_state as state
from desktop_app.gui.changes import Changes
from desktop_app.gui.figures_page import FiguresPage
from desktop_app.gui.jobs import Job
from desktop_app.gui.page import PageContext
from desktop_app.services.cases import act
from desktop_app.services.session import OfficeClock, Session
from tests.gui.conftest import TODAY, Frame


@pytest.fixture
def page(context: PageContext, qtbot: QtBot) -> Iterator[FiguresPage]:
    made = FiguresPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    settled(made, qtbot)
    yield made


def settled(page: FiguresPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page._told is not None and page.table.figures.rowCount() > 0)


def wait(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """For what is drawn meanwhile."""
    qtbot.waitUntil(holds, timeout=30_000)


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def go_to(page: FiguresPage, name: str, key: str) -> None:
    model = page.table.figures
    row = [one.name for one in model.rows].index(name)
    page.table.setCurrentIndex(model.index(row, model.keys.index(key) + 1))


def shown(page: FiguresPage, name: str, key: str) -> str:
    go_to(page, name, key)
    return str(page.table.currentIndex().data())


def listed(page: FiguresPage) -> list[str]:
    return [line.number for group in page.cases.list.cases.groups for line in group.lines]


def test_this_year_by_unit_with_the_whole_on_top(page: FiguresPage) -> None:
    assert page.head.span == (date(2026, 1, 1), TODAY)
    names = [row.name for row in page.table.figures.rows]
    assert names[:2] == [state.TOTAL, state.YEAR_BEFORE]
    assert {"市住房和城乡建设局", "市公安局", "市教育局", "（无承办单位）"} == set(names[2:])
    assert shown(page, state.TOTAL, "received") == "20"
    assert shown(page, "市教育局", "overdue_open") == "1"
    assert page.summary.text().startswith("2026年1月1日至2026年10月13日收到 20 件；")


def test_enter_on_a_number_lists_its_cases_and_enter_opens_one(
    page: FiguresPage, frame: Frame, qtbot: QtBot
) -> None:
    go_to(page, state.TOTAL, "overdue_open")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed(page) == ["2026-0001", "2026-0002", "2026-0003"])
    assert page.cases.heading.text() == "合计 · 逾期未答复"
    qtbot.waitUntil(page.cases.list.hasFocus)
    qtbot.keyClick(page.cases.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.cases.list, Qt.Key.Key_Return)
    assert frame.opened == [("2026-0002", ["2026-0001", "2026-0002", "2026-0003"])]
    qtbot.keyClick(page.cases.list, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.table.hasFocus)


def test_a_click_on_a_number_of_one_unit_lists_that_units(page: FiguresPage, qtbot: QtBot) -> None:
    go_to(page, "市公安局", "received")
    area = page.table.visualRect(page.table.currentIndex())
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    qtbot.waitUntil(lambda: listed(page) == ["2026-0002", "2026-0005"])
    go_to(page, state.YEAR_BEFORE, "received")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.cases.list.isVisible())
    assert page.cases.note.text().startswith("共 0 件")


def test_another_grouping_and_other_columns(page: FiguresPage, context: PageContext, qtbot: QtBot) -> None:
    page.head.by.setFocus()
    qtbot.keyClick(page.head.by, Qt.Key.Key_Down)
    page.head.by.activated.emit(page.head.by.currentIndex())
    qtbot.waitUntil(lambda: "投诉" in [row.name for row in page.table.figures.rows])
    assert shown(page, "投诉", "received") == "7" and shown(page, "（未填）", "received") == "13"
    click(qtbot, page.columns.buttons["督办"])
    assert shown(page, state.TOTAL, "dispatched") == "7"
    again = FiguresPage(context)
    qtbot.addWidget(again)
    assert (again.head.grouping, again.columns.chosen) == (Grouping.CATEGORY, "督办")


def test_typed_days_make_a_period_of_ones_own(page: FiguresPage, qtbot: QtBot) -> None:
    page.head.first.setDate(QDate(2026, 9, 8))
    page.head.last.setDate(QDate(2026, 9, 9))
    assert page.head.choice == state.CHOSEN
    qtbot.waitUntil(lambda: page._told is not None and page._told.now.last == date(2026, 9, 9))
    assert page._told is not None
    assert page._told.now.first == date(2026, 9, 8)


def test_a_period_that_ends_before_it_begins_is_told_beside_it(page: FiguresPage) -> None:
    page.head.first.setDate(QDate(2026, 12, 1))
    page.head.last.setDate(QDate(2026, 11, 1))
    assert page.stack.currentWidget() is page.empty
    assert page.empty.text() == "时段的最后一天在第一天之前。"
    assert page.head.last.property("tone") == "refused"


def test_a_period_in_which_nothing_came(page: FiguresPage, qtbot: QtBot) -> None:
    page.head.last.setDate(QDate(2020, 1, 31))
    page.head.first.setDate(QDate(2020, 1, 1))
    qtbot.waitUntil(lambda: page.empty.text() == state.NOTHING)
    assert page.stack.currentWidget() is page.empty and not page.head.save_button.isEnabled()


def test_a_heading_sorts_and_the_whole_stays(page: FiguresPage, qtbot: QtBot) -> None:
    header = page.table.horizontalHeader()
    column = page.table.figures.keys.index("received") + 1
    place = header.sectionViewportPosition(column) + 8
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))
    counts = [row.sums.count("received") for row in page.table.figures.rows]
    assert counts[0] == 20 and counts[2:] == sorted(counts[2:], reverse=counts[2] > counts[-1])


def test_what_is_recorded_meanwhile_shows(page: FiguresPage, context: PageContext, qtbot: QtBot) -> None:
    context.operations.change(
        page,
        lambda session: act(session, "2026-0009", "accept", {"category": "咨询"}, TODAY),
        lambda _: None,
        Changes.of("cases"),
    )
    qtbot.waitUntil(lambda: shown(page, state.TOTAL, "accepted") == "8")


def test_charts_are_drawn_when_they_are_looked_at(page: FiguresPage, qtbot: QtBot) -> None:
    assert page.charts.pictures == []
    with qtbot.waitSignal(page.charts.drawn, timeout=30_000):
        click(qtbot, page.views.buttons["图"])
    titles = [one.drawn.chart.title for one in page.charts.pictures]
    period = "2026年1月1日至2026年10月13日"
    assert titles == [
        f"{period}各承办单位答复情况",
        f"{period}收到的件逾期多久",
        f"{period}各承办单位收到的留言",
        f"{period}各月收到的留言",
    ]
    assert all(one.image.pixmap().width() <= page.charts.viewport().width() for one in page.charts.pictures)
    assert not page.cases.isVisible()


def test_a_chart_is_kept_as_a_file_and_noted(
    page: FiguresPage,
    session: Session,
    frame: Frame,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with qtbot.waitSignal(page.charts.drawn, timeout=30_000):
        click(qtbot, page.views.buttons["图"])
    saved: list[Path] = [tmp_path / "图.png", tmp_path / "图.svg"]
    chosen = iter(saved)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(next(chosen)), ""))
    for count in (1, 2):
        click(qtbot, page.charts.pictures[-1].save_button)
        wait(qtbot, lambda count=count: len(frame.messages) == count)
    assert [one.text for one in frame.messages] == [f"图已存为 {file}" for file in saved]
    assert saved[0].read_bytes().startswith(b"\x89PNG") and saved[1].read_bytes().startswith(b"<?xml")
    with session.read() as work:
        assert [one.keys["as"] for one in work.journal.of_office("export-figures")] == ["png", "svg"]


def test_definitions_are_there_to_read(page: FiguresPage, qtbot: QtBot) -> None:
    click(qtbot, page.views.buttons["口径"])
    qtbot.waitUntil(lambda: "第十五条" in page.meanings.toPlainText())
    assert page.stack.currentWidget() is page.meanings
    assert "按期答复的件除以已答复的件" in page.meanings.toPlainText()


def test_saved_as_a_workbook_with_every_column_and_its_definition(
    page: FiguresPage,
    session: Session,
    frame: Frame,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "统计表"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    click(qtbot, page.head.save_button)
    target = tmp_path / "统计表.xlsx"
    qtbot.waitUntil(lambda: [one.text for one in frame.messages] == [f"统计表已存为 {target}"])
    book = openpyxl.load_workbook(target)
    rows = list(book["统计表"].iter_rows(min_row=3, values_only=True))
    assert rows[0][0] == "承办单位" and rows[1][:2] == ("合计", 20)
    place = rows[0].index("按期答复率：分母")
    assert rows[1][place - 2 : place + 1] == (None, 0, 0)
    meanings = [row[0] for row in book["口径"].iter_rows(min_row=4, values_only=True)]
    assert "满意率" in meanings and len(meanings) == sum(map(len, state.COLUMN_SETS.values()))
    with session.read() as work:
        assert work.journal.of_office("export-figures")[-1].keys["as"] == "xlsx"


def test_printed_by_way_of_the_preview(
    page: FiguresPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_there: list[tuple[bytes, str]] = []
    monkeypatch.setattr(
        figures_page, "open_preview", lambda _, made, title: shown_there.append((made, title))
    )
    click(qtbot, page.head.print_button)
    qtbot.waitUntil(lambda: bool(shown_there))
    made, title = shown_there[0]
    assert made.startswith(b"PK") and title == "留言办理情况统计表"


def test_many_cases_to_look_through_are_one_job(
    context: PageContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures_page, "_QUICKLY", 3)
    begun: list[Job] = []
    context.operations.job_started.connect(begun.append)
    made = FiguresPage(context)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: len(begun) == 1, timeout=20_000)
    # What the job writes would be told to every page as a change.
    made.refresh()
    qtbot.waitUntil(lambda: made._told is not None, timeout=60_000)
    assert shown(made, state.TOTAL, "received") == "20" and len(begun) == 1


def test_a_job_that_is_stopped_says_how_to_go_on(
    context: PageContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures_page, "_QUICKLY", 3)
    context.operations.job_started.connect(lambda job: job.cancel())
    made = FiguresPage(context)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.empty.text().startswith("核算没有做完"), timeout=60_000)
    assert made.stack.currentWidget() is made.empty


def test_the_period_moves_with_the_day(page: FiguresPage, session: Session, qtbot: QtBot) -> None:
    session.clock = OfficeClock(date(2026, 10, 20))
    page.refresh()
    assert page.head.span[1] == date(2026, 10, 20)
    qtbot.waitUntil(lambda: page._told is not None and page._told.now.today == date(2026, 10, 20))


def test_who_only_looks_sees_the_figures(viewer_session: Session, context: PageContext, qtbot: QtBot) -> None:
    made = FiguresPage(context)
    qtbot.addWidget(made)
    made.show()
    settled(made, qtbot)
    assert shown(made, state.TOTAL, "received") == "20"
