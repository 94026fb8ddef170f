"""The morning desk through clicks and keys, alone and in the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.documents import office_suite
from desktop_app.domain.users import Role, User
from desktop_app.errors import StorageProblem
from desktop_app.gui import desk_page, desk_press
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.changes import Changes
from desktop_app.gui.desk_page import DeskPage
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.page import PageContext
from desktop_app.gui.papers_folder import PAPERS_FOLDER
from desktop_app.gui.theme import apply_theme
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import office_duties
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
from desktop_app.services.session import OfficeClock, Session
from tests.gui.case_desk import shown, view
from tests.gui.conftest import TODAY, Frame
from tests.gui.pdf_samples import blank_pdf

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
JOB_MS = 30_000


@pytest.fixture(autouse=True)
def printed(monkeypatch: pytest.MonkeyPatch, settings: WindowSettings, tmp_path: Path) -> list[Path]:
    """The files handed to the office suite, which is not started: a machine that has WPS and nothing else."""
    files: list[Path] = []

    def take(paper: Path) -> office_suite.OfficeSuite:
        files.append(paper)
        return office_suite.OfficeSuite("WPS", Path("wps"))

    monkeypatch.setattr(office_suite, "open_paper", take)
    monkeypatch.setattr(office_suite, "can_make_pdf", lambda: False)
    settings.put(PAPERS_FOLDER, str(tmp_path / "papers"))
    return files


def opened(qtbot: QtBot, context: PageContext) -> DeskPage:
    made = DeskPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 620)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.desk is not None)
    made.focus_first()
    return made


@pytest.fixture
def page(qtbot: QtBot, context: PageContext) -> DeskPage:
    return opened(qtbot, context)


def names(page: DeskPage) -> list[str]:
    return [heading.name for heading in page.view.desk.headings]


def chosen(page: DeskPage) -> tuple[str, str]:
    """Name of the heading and number of the line that are chosen; no number on a heading or a line of the rest."""
    place = page.view.desk.place(page.view.currentIndex())
    assert place is not None
    return place.heading.name, place.line.number if place.line is not None else ""


def go_to(page: DeskPage, name: str, line: int = -1) -> None:
    """Choose a heading, or a line under it."""
    head = page.view.desk.index(names(page).index(name), 0)
    page.view.setCurrentIndex(head if line < 0 else page.view.desk.index(line, 0, head))


def press(qtbot: QtBot, page: DeskPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.view, key)


# ------------------------------------------------------------------ moving and opening


def test_arrows_go_through_all_groups_and_lines(page: DeskPage, qtbot: QtBot) -> None:
    assert chosen(page) == ("待初审", "2026-0009")
    passed = [chosen(page)]
    for _ in range(200):
        press(qtbot, page, Key.Key_Down)
        if chosen(page) == passed[-1]:
            break
        passed.append(chosen(page))
    assert {name for name, _ in passed} == set(names(page))
    for heading in page.view.desk.headings:
        lines = [number for name, number in passed if name == heading.name and number]
        assert lines == [line.number for line in heading.lines if line.number]


def test_enter_opens_the_case_with_the_form_of_its_step(page: DeskPage, qtbot: QtBot, frame: Frame) -> None:
    press(qtbot, page, Key.Key_Down)
    press(qtbot, page, Key.Key_Return)
    number, neighbours = frame.opened[-1]
    assert (number, frame.steps[-1]) == ("2026-0010", "accept")
    assert list(neighbours) == [f"2026-{place:04d}" for place in range(9, 21)]


def test_a_double_click_opens_as_well(page: DeskPage, qtbot: QtBot, frame: Frame) -> None:
    go_to(page, "今日到期", 0)
    where = page.view.visualRect(page.view.currentIndex()).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert (frame.opened[-1][0], frame.steps[-1]) == ("2026-0004", "reply")


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_a_heading_does_its_group(page: DeskPage, qtbot: QtBot, frame: Frame, key: Qt.Key) -> None:
    go_to(page, "待办结")
    press(qtbot, page, key)
    assert (frame.opened[-1][0], frame.steps[-1]) == ("2026-0008", "close")


def test_the_button_of_a_group_takes_the_line_that_is_chosen_there(
    page: DeskPage, qtbot: QtBot, frame: Frame
) -> None:
    go_to(page, "待初审", 2)
    qtbot.mouseClick(page.view.buttons["待初审"], Qt.MouseButton.LeftButton)
    go_to(page, "今日到期")
    qtbot.mouseClick(page.view.buttons["待初审"], Qt.MouseButton.LeftButton)
    assert [number for number, _ in frame.opened] == ["2026-0011", "2026-0009"]


def test_the_rest_of_a_long_group_is_listed_by_enter(page: DeskPage, qtbot: QtBot) -> None:
    go_to(page, "待初审", 5)
    assert chosen(page) == ("待初审", "")
    press(qtbot, page, Key.Key_Return)
    qtbot.waitUntil(lambda: chosen(page) == ("待初审", "2026-0014"))
    (heading,) = [one for one in page.view.desk.headings if one.name == "待初审"]
    assert (len(heading.lines), heading.rest) == (12, 0)


@pytest.mark.parametrize("size", ["标准", "特大"])
def test_nothing_is_cut_off_at_the_right(page: DeskPage, qtbot: QtBot, qapp: QApplication, size: str) -> None:
    apply_theme(qapp, size)
    go_to(page, "待初审", 5)
    press(qtbot, page, Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.view.desk.headings[0].lines) == 12)
    QApplication.processEvents()
    room = page.view.viewport().width()
    assert sum(page.view.columnWidth(column) for column in range(4)) == room
    for button in page.view.buttons.values():
        right = button.mapTo(page.view.viewport(), button.rect().bottomRight()).x()
        assert right < room and button.width() >= button.sizeHint().width()
    apply_theme(qapp)


def test_a_group_folded_stays_folded(page: DeskPage, qtbot: QtBot, session: Session) -> None:
    go_to(page, "待初审")
    press(qtbot, page, Key.Key_Left)
    press(qtbot, page, Key.Key_Down)
    assert chosen(page)[0] != "待初审"
    act(session, "2026-0009", "accept", {"category": "投诉"}, TODAY)
    page.context.operations.changed.emit(Changes.of("cases"))
    qtbot.waitUntil(lambda: page.view.desk.headings[0].count == "11 件")
    assert not page.view.isExpanded(page.view.desk.index(0, 0))


def test_after_a_step_the_next_case_stands_in_its_place(
    page: DeskPage, qtbot: QtBot, session: Session
) -> None:
    go_to(page, "待初审", 1)
    act(session, "2026-0010", "accept", {"category": "投诉"}, TODAY)
    page.context.operations.changed.emit(Changes.of("cases"))
    qtbot.waitUntil(lambda: page.view.desk.headings[0].count == "11 件")
    assert chosen(page) == ("待初审", "2026-0011")


def test_the_count_follows_also_while_the_page_is_hidden(
    page: DeskPage, qtbot: QtBot, session: Session
) -> None:
    page.hide()
    told: list[str] = []
    page.retitled.connect(told.append)
    assert page.desk is not None
    before = page.desk.total
    act(session, "2026-0008", "close", {}, TODAY)
    page.context.operations.changed.emit(Changes.of("cases", numbers=frozenset(("2026-0008",))))
    qtbot.waitUntil(lambda: bool(told))
    # 待归档 takes the place of 待办结.
    assert told == [f"今日工作台({before})"]


# ------------------------------------------------------------------ the one key


def steps(session: Session, number: str) -> list[str]:
    return [event.action for event in view_case(session, number).events]


def told(frame: Frame) -> str:
    return frame.messages[-1].text if frame.messages else ""


def test_one_key_reminds_makes_papers_and_the_list_and_records_them(
    page: DeskPage, qtbot: QtBot, session: Session, frame: Frame, printed: list[Path]
) -> None:
    assert page.view.buttons["今日须提醒"].text() == "全部提醒并出单　F9"
    waiting = next(one for one in page.view.desk.headings if one.name == "今日须提醒").numbers
    qtbot.keyClick(page.view, Key.Key_F9)
    qtbot.waitUntil(lambda: "已提醒" in told(frame), timeout=JOB_MS)
    assert [file.name for file in printed] == [
        "电话提醒清单 10月13日.docx",
        f"提醒单 10月13日 2份{len(waiting)}件.docx",
    ]
    assert all(file.exists() for file in printed)
    assert all(steps(session, number)[-2:] == ["remind", "paper"] for number in waiting)
    qtbot.waitUntil(lambda: "今日须提醒" not in names(page))
    qtbot.waitUntil(page.view.hasFocus)


def test_papers_and_list_are_shown_as_pages_to_print(
    page: DeskPage, qtbot: QtBot, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, ...]] = []

    def pages(files: tuple[Path, ...], home: object, session: Session) -> tuple[bytes, tuple[int, ...]]:
        asked.append(files)
        return blank_pdf(3), (0, 1, 2)

    monkeypatch.setattr(office_suite, "can_make_pdf", lambda: True)
    monkeypatch.setattr(page.context.works, "suite", lambda folder: None, raising=False)
    monkeypatch.setattr("desktop_app.documents.pressure_run.pages_of_files", pages)
    qtbot.keyClick(page.view, Key.Key_F9, SHIFT)
    qtbot.waitUntil(lambda: frame.pages == ["preview"], timeout=JOB_MS)
    preview = page.context.works.preview
    assert preview is not None
    assert preview.title == "催办：电话催办清单 10月13日、催办单 10月13日 3份3件"
    assert (preview.starts, preview.filled) == ((0, 1, 2), None)
    assert [file.suffix for file in asked[0]] == [".docx", ".docx"]
    assert "正在排版" in frame.messages[-2].text and "正在排版" not in told(frame)
    assert frame.messages[-1].undo is not None


def test_what_was_pressed_is_taken_back(page: DeskPage, qtbot: QtBot, session: Session, frame: Frame) -> None:
    qtbot.keyClick(page.view, Key.Key_F9)
    qtbot.waitUntil(lambda: "已提醒" in told(frame), timeout=JOB_MS)
    undo = frame.messages[-1].undo
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: "已撤销提醒" in told(frame))
    qtbot.waitUntil(lambda: "今日须提醒" in names(page))
    assert steps(session, "2026-0005")[-1] == "correct"


def test_shift_and_the_key_urge_all_that_is_late(
    page: DeskPage, qtbot: QtBot, session: Session, frame: Frame, printed: list[Path]
) -> None:
    qtbot.keyClick(page.view, Key.Key_F9, SHIFT)
    qtbot.waitUntil(lambda: "已催办 3 个单位 3 件" in told(frame), timeout=JOB_MS)
    assert [file.name for file in printed] == ["电话催办清单 10月13日.docx", "催办单 10月13日 3份3件.docx"]
    qtbot.waitUntil(lambda: page.view.buttons["逾期"].text() == "催办")
    assert steps(session, "2026-0001")[-2:] == ["urge", "paper"]


def test_the_button_does_what_the_key_does(page: DeskPage, qtbot: QtBot, frame: Frame) -> None:
    qtbot.mouseClick(page.view.buttons["逾期"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已催办 3 个单位 3 件" in told(frame), timeout=JOB_MS)


def test_many_are_pressed_in_a_process_of_its_own(
    page: DeskPage, qtbot: QtBot, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_press, "AT_ONCE", 1)
    titles: list[str] = []
    page.context.operations.job_started.connect(lambda job: titles.append(job.title))
    qtbot.keyClick(page.view, Key.Key_F9, SHIFT)
    qtbot.keyClick(page.view, Key.Key_F9, SHIFT)
    assert titles == ["催办 3 件"]
    qtbot.waitUntil(lambda: "已催办 3 个单位 3 件" in told(frame), timeout=JOB_MS)


def test_trouble_with_the_files_is_told_and_what_is_recorded_stands(
    page: DeskPage, qtbot: QtBot, session: Session, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> object:
        raise StorageProblem("disk_full", "磁盘已满。")

    monkeypatch.setattr("desktop_app.documents.pressure_run.fill_papers", full)
    qtbot.keyClick(page.view, Key.Key_F9, SHIFT)
    qtbot.waitUntil(lambda: "文书没有做成：磁盘已满" in told(frame), timeout=JOB_MS)
    assert frame.messages[-1].kind == "refused"
    assert steps(session, "2026-0001")[-1] == "urge"


def test_a_bad_template_is_told_and_nothing_is_recorded(
    page: DeskPage, qtbot: QtBot, session: Session, frame: Frame
) -> None:
    (session.folder / "forms").mkdir()
    (session.folder / "forms" / "urge.docx").write_bytes(b"no template")
    qtbot.keyClick(page.view, Key.Key_F9, SHIFT)
    qtbot.waitUntil(lambda: bool(frame.messages), timeout=JOB_MS)
    assert "urge.docx" in told(frame)
    assert "urge" not in steps(session, "2026-0001")
    qtbot.waitUntil(lambda: not page.press.busy)


# ------------------------------------------------------------------ what the office owes


def test_what_the_office_owes_is_settled_and_taken_back(
    page: DeskPage, qtbot: QtBot, session: Session, frame: Frame
) -> None:
    go_to(page, "本单位的事", 0)
    press(qtbot, page, Key.Key_Space)
    qtbot.waitUntil(lambda: "本单位的事" not in names(page))
    assert told(frame) == "已登记：2026年第三季度“通报期到”办了。"
    assert [one.period.text for one in office_duties.settled_duties(session)] == ["2026-Q3"]
    undo = frame.messages[-1].undo
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: "本单位的事" in names(page))
    qtbot.mouseClick(page.view.buttons["本单位的事"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "本单位的事" not in names(page))


# ------------------------------------------------------------------ days off, nothing to do


def test_a_day_off(qtbot: QtBot, context: PageContext, session: Session, frame: Frame) -> None:
    session.clock = OfficeClock(date(2026, 10, 17))
    page = opened(qtbot, context)
    assert page.day_off.isVisible() and "10月19日 周一" in page.day_off.text()
    qtbot.keyClick(page.view, Key.Key_F9, SHIFT)
    go_to(page, "待初审", 0)
    press(qtbot, page, Key.Key_Return)
    assert frame.opened and not frame.messages and not page.press.busy


def test_an_empty_desk_says_so(qtbot: QtBot, context: PageContext, monkeypatch: pytest.MonkeyPatch) -> None:
    full = desk_page.desk.desk

    def nothing(session: Session, **given: Any) -> object:
        return replace(full(session, **given), groups=(), duties=(), reminders_coming=2)

    monkeypatch.setattr(desk_page.desk, "desk", nothing)
    page = opened(qtbot, context)
    assert page.stack.currentWidget() is page.empty
    assert page.empty.text() == "今天没有必须办理的事项。\n\n明天 10月14日 周三：须提醒 2 件，到期 1 件。"
    assert not page.coming.isVisible()


def test_who_has_no_case_to_do_with_is_told_so(qtbot: QtBot, context: PageContext, session: Session) -> None:
    session.user = User("孙管理", frozenset((Role.ADMINISTRATOR,)))
    page = DeskPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "角色" in page.empty.text())
    assert page.stack.currentWidget() is page.empty


# ------------------------------------------------------------------ in the window


@pytest.fixture
def window(qtbot: QtBot, operations: Operations, settings: WindowSettings) -> Iterator[MainWindow]:
    made = MainWindow(operations, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show_as_left()
    made.activateWindow()
    qtbot.waitUntil(lambda: desk_of(made).desk is not None)
    yield made
    made.close()


def desk_of(window: MainWindow) -> DeskPage:
    page = window.workspace.page("desk")
    assert isinstance(page, DeskPage)
    return page


def case_of(window: MainWindow) -> CasePage:
    page = window.workspace.page("case")
    assert isinstance(page, CasePage)
    return page


def test_from_the_desk_to_the_form_and_back(qtbot: QtBot, window: MainWindow) -> None:
    page, case = desk_of(window), case_of(window)
    assert window.workspace.tabs.tabText(0) == f"今日工作台({page.desk.total if page.desk else 0})"
    go_to(page, "待办结", 0)
    qtbot.keyClick(page.view, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(case) == "2026-0008" and case.form is not None)
    assert window.workspace.current == "case"
    assert case.form is not None and case.form.form.action == "close"
    qtbot.waitUntil(lambda: case.form is not None and case.form.isAncestorOf(QApplication.focusWidget()))
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: case.form is None and view(case).case.status == "待归档")
    qtbot.waitUntil(lambda: "待归档" in names(page))
    qtbot.keyClick(case, Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.current == "desk"
    qtbot.waitUntil(page.view.hasFocus)


def test_a_step_that_cannot_be_taken_any_more_opens_the_case_without_a_form(
    qtbot: QtBot, window: MainWindow
) -> None:
    case = case_of(window)
    window.workspace.open_case("2026-0009", (), "close")
    qtbot.waitUntil(lambda: shown(case) == "2026-0009")
    assert case.form is None
