"""A small real office for the pages: encrypted, worked on through the services, copied afresh for every test."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.garbage import collect_what_is_due
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.messages import Message as StripMessage
from desktop_app.gui.operations import Operations
from desktop_app.gui.page import PageContext
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import office, queries
from desktop_app.services.cases import act
from desktop_app.services.registration import register_all
from desktop_app.services.session import OfficeClock, Session
from tests.gui.case_desk import NUMBERS, shown

TODAY = date(2026, 10, 13)
"""A Tuesday after the holidays of National Day."""
PASSWORD = "zhong-yang-gong-yuan-7"
USER = "王敏"

UNITS = (
    Unit("市住房和城乡建设局", ("市住建局",), head="张平", phone="0475-1111111"),
    Unit("市公安局", (), head="李强", phone="0475-2222222"),
    Unit("市教育局", (), phone="0475-3333333"),
)
TOPICS = ("供水水压不足", "路灯不亮", "学校收费", "公交改线", "噪音扰民")
CITIZENS = ("王小明", "欧阳小红", "李四")


@dataclass(frozen=True, slots=True)
class Template:
    """The office that every test gets a copy of. Its data key is kept: opening derives nothing a second time."""

    folder: Path
    key: bytes


@dataclass
class Frame:
    """What pages asked of the frame."""

    opened: list[tuple[str, Sequence[str]]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    themes: list[tuple[str, bool]] = field(default_factory=list)
    messages: list[StripMessage] = field(default_factory=list)
    holidays: list[int] = field(default_factory=list)

    def open_case(self, number: str, neighbours: Sequence[str] = (), step: str = "") -> None:
        self.opened.append((number, list(neighbours)))
        self.steps.append(step)


@pytest.fixture(autouse=True)
def _collected_in_this_thread_alone() -> Iterator[None]:
    """As in the program (`gui.garbage`): what the threads of a page collected by chance could stop a test for ever."""
    gc.disable()
    yield
    collect_what_is_due()
    gc.enable()


@pytest.fixture(autouse=True)
def _no_window_locks_after_its_test(qapp: QApplication) -> Iterator[None]:
    """A window that a test left behind would lock minutes later, and close what the test of then has open."""
    yield
    for left in qapp.topLevelWidgets():
        if isinstance(left, MainWindow):
            left.idle.stop()


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Twenty messages: 0001 to 0003 overdue, 0004 due today, 0005 tomorrow, 0006 on the 19th, 0007 not signed for,
    0008 refused, the rest new."""
    folder = tmp_path_factory.mktemp("office") / "data"
    office.found(folder, "示例市运维中心", "tongliao-2023", USER, PASSWORD, OfficeClock(TODAY))
    session = office.enter(folder, USER, PASSWORD, TODAY)
    try:
        office.bring_in_units(session, UNITS)
        with session.change() as work:
            register_all(session, work, [registration(place) for place in range(20)])
        _work_on(session)
        key = session.database.key
    finally:
        session.database.close()
    return Template(folder, key)


def registration(place: int) -> Registration:
    """The message of number 2026-(place + 1)."""
    message = Message(
        title=f"关于{place + 1}号小区{TOPICS[place % len(TOPICS)]}的留言",
        text=f"反映{TOPICS[place % len(TOPICS)]}，希望尽快解决。",
        citizen=Citizen(CITIZENS[place % len(CITIZENS)], f"138000000{place:02d}"),
        board_number=str(18_000_000 + place),
        board="市长板块",
    )
    return Registration("tongliao-2023", date(2026, 9, 1 + place), "市长板块", message)


def dispatch(session: Session, number: str, unit: str, on: date, received: date | None) -> None:
    """Take a case up and hand it out; `received` is the day on which the unit signed for it."""
    act(session, number, "accept", {"category": "投诉", "urgency": "一般", "topic": "城建"}, on)
    act(session, number, "dispatch", {"lead": unit}, on)
    if received is not None:
        act(session, number, "receive", {"by": "李某", "manner": "签收"}, received)


def _work_on(session: Session) -> None:
    for number, unit, on, received in (
        ("2026-0001", "市住房和城乡建设局", date(2026, 9, 8), date(2026, 9, 8)),
        ("2026-0002", "市公安局", date(2026, 9, 9), date(2026, 9, 9)),
        ("2026-0003", "市教育局", date(2026, 9, 10), date(2026, 9, 10)),
        ("2026-0004", "市住房和城乡建设局", date(2026, 9, 29), date(2026, 9, 30)),
        ("2026-0005", "市公安局", date(2026, 9, 30), date(2026, 10, 8)),
        ("2026-0006", "市教育局", date(2026, 10, 9), date(2026, 10, 12)),
        ("2026-0007", "市住房和城乡建设局", date(2026, 10, 12), None),
    ):
        dispatch(session, number, unit, on, received)
    refused = {"ground": "涉军涉安", "not_told_reason": "无法联系"}
    act(session, "2026-0008", "refuse", refused, date(2026, 10, 9))


@pytest.fixture
def session(office_template: Template, tmp_path: Path) -> Iterator[Session]:
    """An office of one's own, open for its first user."""
    folder = tmp_path / "data"
    shutil.copytree(office_template.folder, folder)
    opened = office.enter_with_key(folder, USER, office_template.key, TODAY)
    yield opened
    opened.database.close()


@pytest.fixture
def operations(session: Session, qtbot: QtBot) -> Iterator[Operations]:
    """Work off the window's thread; everything asked is finished before the test ends."""
    made = Operations(session)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def frame() -> Frame:
    return Frame()


@pytest.fixture
def settings(tmp_path: Path) -> WindowSettings:
    folder = tmp_path / "window"
    folder.mkdir()
    return WindowSettings(folder, USER)


@pytest.fixture
def context(session: Session, operations: Operations, frame: Frame, settings: WindowSettings) -> PageContext:
    """What a page is given, with a frame that only notes what it was asked for."""
    return PageContext(
        operations=operations,
        session=session,
        open_case=frame.open_case,
        open_page=frame.pages.append,
        show_message=frame.messages.append,
        settings=settings,
        change_theme=lambda size, contrast: frame.themes.append((size, contrast)),
        open_holidays=frame.holidays.append,
    )


@pytest.fixture
def viewer_session(session: Session) -> Session:
    """The same office before the eyes of one who may only look."""
    session.user = type(session.user)("赵科长", frozenset((Role.VIEWER,)))
    return session


@pytest.fixture
def numbers(session: Session) -> Callable[[CaseQuery], list[str]]:
    """The numbers of a query, asked of the services themselves."""
    return lambda query: [one.number for one in queries.list_cases(session, query, 1000).cases]


@pytest.fixture
def case_page(context: PageContext, qtbot: QtBot) -> CasePage:
    made = CasePage(context)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    return made


@pytest.fixture
def opened(case_page: CasePage, qtbot: QtBot) -> Callable[[str], CasePage]:
    """Open a case out of the whole list, and wait until it is shown."""

    def show(number: str) -> CasePage:
        case_page.show_case(number, NUMBERS)
        qtbot.waitUntil(lambda: shown(case_page) == number)
        # A click needs the layout settled: else the button moves away between press and release.
        QApplication.processEvents()
        return case_page

    return show
