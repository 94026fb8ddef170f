"""Two windows on one office on a server: what one seat does the other sees, without being asked to look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.errors import StorageProblem
from desktop_app.gui.changes import Changes
from desktop_app.gui.desk_model import TITLE as TITLE_ON_DESK
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.register_columns import PLACES, TITLE
from desktop_app.gui.register_model import ROW_ROLE
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import office, presence
from desktop_app.services.cases import act
from desktop_app.services.registration import register_all
from desktop_app.services.session import OfficeClock, Session
from desktop_app.storage.server_address import ServerAddress, write_address
from tests.engines import NoServer
from tests.gui.conftest import PASSWORD, TODAY, UNITS, USER, dispatch, registration
from tests.postgres_server import PostgresServer

LATE_MS = 20_000
CASE = "2026-0002"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    try:
        made = PostgresServer.start()
    except NoServer as lacking:
        pytest.skip(str(lacking))
    with made:
        yield made


@pytest.fixture(scope="module")
def seats(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders that point to one office with five cases."""
    address = ServerAddress.of(server.make_database("office"))
    folders = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    for folder in folders:
        write_address(folder, address)
    office.found(folders[0], "示例市运维中心", "tongliao-2023", USER, PASSWORD, OfficeClock(TODAY))
    session = office.enter(folders[0], USER, PASSWORD, TODAY)
    office.bring_in_units(session, UNITS)
    with session.change() as work:
        register_all(session, work, [registration(place) for place in range(5)])
    session.close()
    return folders


@pytest.fixture
def other(seats: tuple[Path, Path]) -> Iterator[Session]:
    """The seat that acts; it needs no window for that."""
    session = office.enter(seats[0], USER, PASSWORD, TODAY)
    yield session
    session.close()


@pytest.fixture
def window(qtbot: QtBot, seats: tuple[Path, Path]) -> Iterator[MainWindow]:
    """The seat that looks on."""
    operations = Operations(office.enter(seats[1], USER, PASSWORD, TODAY))
    made = MainWindow(operations, WindowSettings(seats[1], USER), False)
    qtbot.addWidget(made)
    with qtbot.waitSignal(operations.reachable, timeout=LATE_MS):
        made.show()
    yield made
    made.leave_as_it_is()


def _numbers(cases: Any) -> list[str]:
    return sorted(line.number for group in cases.groups for line in group.lines)


def told(window: MainWindow) -> list[Changes]:
    heard: list[Changes] = []
    window._operations.changed.connect(heard.append)
    return heard


def test_the_open_case_the_list_and_the_calendar_follow_the_other_seat(
    qtbot: QtBot, window: MainWindow, other: Session
) -> None:
    places: Any = window.workspace
    places.open_case(CASE, [CASE])
    case = places.page("case")
    qtbot.waitUntil(lambda: case.file is not None and case.file.view.row.status == "待初审", timeout=LATE_MS)
    heard = told(window)
    dispatch(other, CASE, "市公安局", date(2026, 10, 12), date(2026, 10, 12))
    qtbot.waitUntil(lambda: case.file.view.row.status == "办理中", timeout=LATE_MS)
    assert {number for changes in heard for number in changes.numbers} == {CASE}
    assert all("cases" in changes.kinds for changes in heard if changes.numbers)

    places.open("register")
    register = places.page("register")
    qtbot.waitUntil(lambda: register.model.rowCount() == 5, timeout=LATE_MS)
    with other.change() as work:
        register_all(other, work, [registration(7)])
    qtbot.waitUntil(lambda: register.model.rowCount() == 6, timeout=LATE_MS)

    places.open("calendar")
    calendar = places.page("calendar")
    calendar.choose(date(2026, 10, 19))
    lines = calendar.day_list.cases
    qtbot.waitUntil(lambda: _numbers(lines) == [CASE], timeout=LATE_MS)
    dispatch(other, "2026-0001", "市公安局", date(2026, 10, 12), date(2026, 10, 12))
    qtbot.waitUntil(lambda: _numbers(lines) == ["2026-0001", CASE], timeout=LATE_MS)


def test_a_draft_and_a_look_of_another_seat_disturb_no_page(
    qtbot: QtBot, window: MainWindow, other: Session
) -> None:
    from desktop_app.services.drafts import keep_draft

    heard = told(window)
    keep_draft(other, CASE, "reply", {"text": "正在写"})
    act(other, "2026-0005", "accept", {"category": "投诉"}, TODAY)
    qtbot.waitUntil(lambda: any("cases" in changes.kinds for changes in heard), timeout=LATE_MS)
    assert all(changes.kinds == {"drafts"} for changes in heard if "cases" not in changes.kinds)


def test_a_window_does_not_hear_itself(qtbot: QtBot, window: MainWindow, other: Session) -> None:
    heard = told(window)
    operations = window._operations
    done: list[object] = []
    operations.change(
        window,
        lambda session: act(session, "2026-0003", "accept", {"category": "投诉"}, TODAY),
        done.append,
        Changes.of("cases", numbers=frozenset(("2026-0003",))),
    )
    qtbot.waitUntil(lambda: bool(done), timeout=LATE_MS)
    act(other, "2026-0004", "accept", {"category": "投诉"}, TODAY)
    qtbot.waitUntil(lambda: any("2026-0004" in changes.numbers for changes in heard), timeout=LATE_MS)
    assert [sorted(changes.numbers) for changes in heard if "cases" in changes.kinds] == [
        ["2026-0003"],
        ["2026-0004"],
    ]


def test_who_else_has_the_case_open_is_told_and_what_is_done_there_stands_above_the_form(
    qtbot: QtBot, window: MainWindow, other: Session
) -> None:
    with other.change() as work:
        (entered,) = register_all(other, work, [registration(9)])
    number = entered.number
    places: Any = window.workspace
    places.open_case(number, [number])
    case = places.page("case")
    qtbot.waitUntil(lambda: case.file is not None and case.file.number == number, timeout=LATE_MS)
    qtbot.waitUntil(lambda: [one.user for one in presence.arrive(other, number)] == [USER], timeout=LATE_MS)
    others = case.heading.others
    qtbot.waitUntil(lambda: others.text().startswith(f"{USER} 也打开着这一件（"), timeout=LATE_MS)
    presence.beat(other, number, "accept")
    qtbot.waitUntil(lambda: others.text().endswith("正在填「受理」"), timeout=LATE_MS)

    case.forms.open_step("accept")
    case.form.editor("topic").set_value("供水")
    act(other, number, "refuse", {"ground": "涉军涉安", "not_told_reason": "无法联系"}, TODAY)
    qtbot.waitUntil(lambda: "刚办了「不予受理」" in case.form.meanwhile.words, timeout=LATE_MS)
    assert case.form.values()["topic"] == "供水"
    presence.leave(other)
    qtbot.waitUntil(lambda: others.text() == "", timeout=LATE_MS)


def test_the_lists_say_what_another_seat_has_open(qtbot: QtBot, window: MainWindow, other: Session) -> None:
    places: Any = window.workspace
    places.open("register")
    register, desk = places.page("register"), places.page("desk")
    qtbot.waitUntil(lambda: register.model.rowCount() > 0, timeout=LATE_MS)
    qtbot.waitUntil(lambda: bool(desk.view.desk.headings), timeout=LATE_MS)

    def told(role: Qt.ItemDataRole) -> list[str]:
        rows = range(register.model.rowCount())
        titles = [register.model.index(row, PLACES[TITLE]) for row in rows]
        qtbot.waitUntil(lambda: all(one.data(ROW_ROLE) is not None for one in titles), timeout=LATE_MS)
        return [
            one.data(ROW_ROLE).number for one in titles if f"{USER} 也打开着这一件" in (one.data(role) or "")
        ]

    def on_desk() -> list[str]:
        model = desk.view.desk
        heads = [model.index(row, 0) for row in range(len(model.headings))]
        lines = [
            model.index(row, column, head)
            for head in heads
            for row in range(model.rowCount(head))
            for column in (TITLE_ON_DESK,)
        ]
        return [str(one.data()) for one in lines if f"〔{USER} 打开着〕" in str(one.data())]

    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert told(role) == []
    presence.arrive(other, CASE)
    qtbot.waitUntil(lambda: told(Qt.ItemDataRole.ToolTipRole) == [CASE], timeout=LATE_MS)
    assert told(Qt.ItemDataRole.AccessibleTextRole) == [CASE]
    assert len(on_desk()) >= 1
    shown = next(row for row in range(register.model.rowCount()) if register.model.case(row).number == CASE)
    assert register.model.mark(register.model.case(shown)) == f"{USER} 打开着"
    window.workspace.context.elsewhere._line_changed(StorageProblem("server_lost", "断了。", "请稍候。"))
    assert told(Qt.ItemDataRole.ToolTipRole) == [], "nobody can be asked"
    window.workspace.context.elsewhere._line_changed(None)
    qtbot.waitUntil(lambda: told(Qt.ItemDataRole.ToolTipRole) == [CASE], timeout=LATE_MS)
    presence.leave(other)
    qtbot.waitUntil(lambda: told(Qt.ItemDataRole.ToolTipRole) == [], timeout=LATE_MS)
    assert on_desk() == []
