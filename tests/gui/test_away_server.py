"""The window while its server is away, hangs, or dies at the wrong moment: it lives, says what is going on, keeps what
was typed, and goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.domain.users import User
from desktop_app.domain.waiting import Waiting
from desktop_app.errors import StorageProblem
from desktop_app.gui.away_banner import _turn_words, _words
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services import office, typed_here
from desktop_app.services.case_view import view_case
from desktop_app.services.drafts import drafts_of, open_drafts
from desktop_app.services.registration import register_all
from desktop_app.services.session import OfficeClock, Session
from desktop_app.storage import server as server_module
from desktop_app.storage import server_news
from desktop_app.storage import typed_here as files_here
from desktop_app.storage.server_address import ServerAddress, write_address
from tests.cut_line import CutLine
from tests.gui.case_desk import CTRL, RUNNING, choose, fill, form_of, press, shown
from tests.gui.conftest import PASSWORD, TODAY, UNITS, USER, dispatch, registration
from tests.postgres_server import PostgresServer
from tests.test_postgres_server import _has_programs

pytestmark = pytest.mark.skipif(not _has_programs(), reason="PostgreSQL's programs are not on this machine")

TEMPLATE = "template_office"
LONG = 20_000
"""Milliseconds for what takes no more than a few seconds."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PostgresServer, bytes]]:
    """With an office to be copied, and its data key."""
    with PostgresServer.start() as started:
        folder = tmp_path_factory.mktemp("seat")
        write_address(folder, ServerAddress.of(started.make_database(TEMPLATE)))
        office.found(folder, "示例市运维中心", "tongliao-2023", USER, PASSWORD, OfficeClock(TODAY))
        session = office.enter(folder, USER, PASSWORD, TODAY)
        office.bring_in_units(session, UNITS)
        with session.change() as work:
            register_all(session, work, [registration(place) for place in range(8)])
        dispatch(session, RUNNING, "市教育局", TODAY, TODAY)
        key = session.database.key
        session.close()
        yield started, key


@pytest.fixture
def line(server: tuple[PostgresServer, bytes]) -> Iterator[CutLine]:
    with CutLine(server[0]) as made:
        yield made


@pytest.fixture
def session(server: tuple[PostgresServer, bytes], line: CutLine, tmp_path: Path) -> Iterator[Session]:
    """A seat whose line can be cut."""
    server[0].make_database("office", template=TEMPLATE)
    write_address(tmp_path / "seat", ServerAddress.of(line.address("office")))
    opened = office.enter_with_key(tmp_path / "seat", USER, server[1], TODAY)
    yield opened
    opened.database.leave()
    opened.close()
    server[0].drop_database("office")


@pytest.fixture
def other(server: tuple[PostgresServer, bytes], session: Session, tmp_path: Path) -> Iterator[Session]:
    """Another seat, whose line is whole."""
    write_address(tmp_path / "other", ServerAddress.of(server[0].url("office")))
    opened = office.enter_with_key(tmp_path / "other", USER, server[1], TODAY)
    yield opened
    opened.close()


@pytest.fixture
def window(
    session: Session, settings: WindowSettings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """On the desk, its line up, and quick to notice a server that does not answer."""
    monkeypatch.setattr(server_news, "PULSE", 0.1)
    monkeypatch.setattr(server_news, "ANSWER", 0.5)
    operations = Operations(session)
    made = MainWindow(operations, settings)
    with qtbot.waitSignal(operations.reachable, timeout=LONG), qtbot.waitExposed(made):
        made.show_as_left()
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=LONG)
    made.deleteLater()


@pytest.fixture
def contact(window: MainWindow, qtbot: QtBot) -> CasePage:
    """A case with a step typed in and not yet recorded."""
    page = window.workspace.page("case")
    assert isinstance(page, CasePage)
    window.workspace.open_case(RUNNING, (RUNNING,))
    qtbot.waitUntil(lambda: shown(page) == RUNNING, timeout=LONG)
    QApplication.processEvents()
    panel = press(page, "contact", qtbot)
    choose(panel, "when", "办前", qtbot)
    fill(panel, "channel", "电话")
    fill(panel, "result", "已说明办理安排")
    return page


def banner(window: MainWindow) -> str:
    shown_now = window.workspace.away
    return shown_now.words.text() if shown_now.isVisible() else ""


def send(page: CasePage, qtbot: QtBot) -> None:
    qtbot.keyClick(form_of(page), Qt.Key.Key_Return, CTRL)


def steps(session: Session) -> list[str]:
    return [one.action for one in view_case(session, RUNNING).events]


def away(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "连不上服务器" in banner(window), timeout=LONG)


def back(window: MainWindow, line: CutLine, qtbot: QtBot) -> None:
    line.mend()
    qtbot.waitUntil(lambda: banner(window) == "", timeout=LONG)


def test_what_is_said_counts_the_seconds() -> None:
    lost = StorageProblem("server_lost", "断了。", "请稍候。")
    assert _words(lost, 20.7, 0, 0) == (
        "！ 连不上服务器，正在重新连接……（已 20 秒）您填的内容还在，连上后可以继续。"
    )
    assert "自动存到服务器" in _words(lost, 20.7, 0, 1)
    assert "断电都不会丢" in _words(lost, 20.7, 0, 1, here=True)
    refused = StorageProblem("server_refused", "服务器不认这个账号或密码。", "请向管理员核对。")
    assert _words(refused, 3, 0, 0) == "！ 服务器不认这个账号或密码。请向管理员核对。（已 3 秒）"
    assert _words(None, 0, 12.3, 0) == "服务器响应慢，正在等候……（已 12 秒）您填的内容还在。"
    assert _words(None, 0, 1, 0) == ""
    turn = Waiting(3, 120, "李四", "导入留言")
    assert _turn_words(turn, 12.9, True) == (
        "正在等李四的“导入留言”做完……（已 12 秒）您填的内容还在，轮到时马上办，最多等 2 分钟；按 Esc 不等了。"
    )
    assert _turn_words(turn, 12.9, False).endswith("您填的内容还在，轮到时自动存上。")


def test_a_step_while_the_server_is_away_is_not_recorded_and_can_be_tried_again(
    window: MainWindow, contact: CasePage, line: CutLine, other: Session, qtbot: QtBot
) -> None:
    before = steps(other)
    line.cut()
    away(window, qtbot)
    send(contact, qtbot)
    qtbot.waitUntil(lambda: form_of(contact).strip != "", timeout=LONG)
    assert form_of(contact).values()["result"] == "已说明办理安排"
    assert "填好的内容还在" in window.workspace.strip.text
    assert QApplication.activeModalWidget() is None, "no dialog is in the way"
    back(window, line, qtbot)
    send(contact, qtbot)
    qtbot.waitUntil(lambda: contact.form is None, timeout=LONG)
    assert steps(other) == [*before, "contact"]
    assert open_drafts(other) == ()


def test_what_is_typed_meanwhile_is_kept_once_the_server_is_back(
    window: MainWindow, contact: CasePage, line: CutLine, other: Session, qtbot: QtBot
) -> None:
    line.cut()
    away(window, qtbot)
    for words in ("打了电话", "打了电话，网友表示满意"):
        fill(form_of(contact), "result", words)
        form_of(contact).keep_now()
        qtbot.waitUntil(
            lambda: window._operations.line.typed == 1 and not window._operations.busy, timeout=LONG
        )
    qtbot.waitUntil(lambda: "自动存到服务器" in banner(window), timeout=LONG)
    assert "等服务器恢复后保存" in window._saving.text()
    back(window, line, qtbot)
    qtbot.waitUntil(lambda: window._saving.text() == "数据已保存", timeout=LONG)
    with other.read() as work:
        (kept,) = work.drafts.of_case(USER, RUNNING)
    assert "网友表示满意" in kept.text


def test_pages_that_could_not_be_read_are_read_when_the_line_is_back(
    window: MainWindow, line: CutLine, qtbot: QtBot
) -> None:
    line.cut()
    away(window, qtbot)
    with qtbot.assertNotEmitted(window.register_listed, wait=0):
        window.workspace.open("register")
        qtbot.waitUntil(lambda: bool(window._operations.line._questions), timeout=LONG)
    assert QApplication.activeModalWidget() is None
    with qtbot.waitSignal(window.register_listed, timeout=LONG) as listed:
        line.mend()
    assert listed.args == ["8 件"]


def test_what_others_did_meanwhile_is_seen_when_the_line_is_back(
    window: MainWindow, line: CutLine, other: Session, qtbot: QtBot
) -> None:
    window.workspace.open("register")
    qtbot.waitUntil(lambda: window._register.model.rowCount() == 8, timeout=LONG)
    line.cut()
    away(window, qtbot)
    with other.change() as work:
        register_all(other, work, [registration(15)])
    back(window, line, qtbot)
    qtbot.waitUntil(lambda: window._register.model.rowCount() == 9, timeout=LONG)


def test_a_server_that_does_not_answer_is_noticed_and_the_window_lives(
    window: MainWindow, contact: CasePage, line: CutLine, other: Session, qtbot: QtBot
) -> None:
    before = steps(other)
    turns: list[int] = []
    ticking = QTimer()
    ticking.timeout.connect(lambda: turns.append(1))
    line.hang()
    send(contact, qtbot)
    ticking.start(10)
    away(window, qtbot)
    qtbot.waitUntil(lambda: form_of(contact).strip != "", timeout=LONG)
    assert len(turns) > 10, "the window's own thread waits for nothing"
    back(window, line, qtbot)
    assert steps(other) == before
    send(contact, qtbot)
    qtbot.waitUntil(lambda: contact.form is None, timeout=LONG)
    assert steps(other) == [*before, "contact"]


def test_where_nobody_knows_the_case_shows_it_when_the_server_is_back(
    window: MainWindow,
    contact: CasePage,
    line: CutLine,
    other: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server_module, "_KNOW_WITHIN", 0.0)
    qtbot.waitUntil(lambda: not window._operations.busy, timeout=LONG)
    line.at_commit("after", then_cut=True)
    send(contact, qtbot)
    boxes: list[QMessageBox] = []
    qtbot.waitUntil(lambda: bool(boxes.extend(window.findChildren(QMessageBox)) or boxes), timeout=LONG)
    assert boxes[0].windowTitle() == "不知道存上没有"
    assert "没有保存" not in boxes[0].informativeText() and "先看这一件" in boxes[0].informativeText()
    assert "不知道记下没有" in form_of(contact).strip
    boxes[0].close()
    back(window, line, qtbot)
    qtbot.waitUntil(
        lambda: contact.file is not None and contact.file.view.events[-1].action == "contact", timeout=LONG
    )
    assert steps(other).count("contact") == 1


@pytest.mark.parametrize("how", ["cut", "hang"])
def test_a_window_closes_while_the_server_is_away(
    window: MainWindow, line: CutLine, qtbot: QtBot, how: str
) -> None:
    getattr(line, how)()
    away(window, qtbot)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)


def test_a_window_that_closes_as_something_is_lost_stays_to_tell(
    window: MainWindow, contact: CasePage, line: CutLine, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: not window._operations.busy, timeout=LONG)
    line.at_commit("before", then_cut=True)
    send(contact, qtbot)
    window.close()
    assert line.struck.wait(LONG / 1000)
    qtbot.waitUntil(lambda: not window._operations.busy, timeout=LONG)
    assert window.isVisible() and window.isEnabled()
    for box in window.findChildren(QMessageBox):
        box.close()


def leave_saying(window: MainWindow, answer: str, qtbot: QtBot) -> str:
    """Close the window; what it says then, and the answer that is given."""
    said: list[str] = []

    def reply() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(10, reply)
            return
        said.append(f"{box.text()}{box.informativeText()}")
        qtbot.mouseClick(
            next(one for one in box.buttons() if one.text() == answer), Qt.MouseButton.LeftButton
        )

    QTimer.singleShot(10, reply)
    window.close()
    qtbot.waitUntil(lambda: bool(said), timeout=LONG)
    return said[0]


def test_a_window_that_closes_with_words_typed_says_that_they_are_here(
    window: MainWindow, contact: CasePage, line: CutLine, session: Session, qtbot: QtBot
) -> None:
    line.cut()
    away(window, qtbot)
    fill(form_of(contact), "result", "打了电话，网友表示满意")
    form_of(contact).keep_now()
    qtbot.waitUntil(lambda: window._operations.line.typed == 1, timeout=LONG)
    qtbot.waitUntil(lambda: "断电都不会丢" in banner(window), timeout=LONG)
    said = leave_saying(window, "不退出", qtbot)
    assert "已经加密留在这台电脑上" in said and "在这台电脑上登录，会自动接上" in said
    assert window.isVisible() and window.isEnabled()
    leave_saying(window, "退出", qtbot)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)
    line.mend()
    later = office.enter_with_key(session.folder, USER, session.database.key, TODAY)
    assert typed_here.take_in(later).taken == 1
    assert drafts_of(later, RUNNING, ["contact"])["contact"]["result"] == "打了电话，网友表示满意"
    later.close()


def test_a_window_that_closes_with_words_that_are_nowhere_says_so(
    window: MainWindow, contact: CasePage, line: CutLine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, content: bytes) -> None:
        raise StorageProblem("disk_full", "磁盘空间已满。", "请腾出空间。")

    monkeypatch.setattr(files_here, "write_whole", full)
    line.cut()
    away(window, qtbot)
    fill(form_of(contact), "result", "打了电话")
    form_of(contact).keep_now()
    qtbot.waitUntil(lambda: window._operations.line.typed == 1, timeout=LONG)
    said = leave_saying(window, "不退出", qtbot)
    assert "这台电脑上也没有存下" in said and "现在退出，这些内容就没有了" in said
    assert window.isVisible()
    back(window, line, qtbot)
    qtbot.waitUntil(lambda: window._saving.text() == "数据已保存", timeout=LONG)


def test_a_step_waits_for_a_colleague_s_import_and_is_done_then(
    window: MainWindow, contact: CasePage, other: Session, qtbot: QtBot
) -> None:
    before = steps(other)
    qtbot.waitUntil(lambda: not window._operations.busy, timeout=LONG)
    with other.change(called="导入留言"):
        send(contact, qtbot)
        qtbot.waitUntil(lambda: f"正在等{USER}的“导入留言”做完" in banner(window), timeout=LONG)
        assert window.workspace.away.give_up.isVisible()
        assert form_of(contact).values()["result"] == "已说明办理安排"
    qtbot.waitUntil(lambda: contact.form is None, timeout=LONG)
    qtbot.waitUntil(lambda: banner(window) == "", timeout=LONG)
    assert steps(other) == [*before, "contact"]


def test_a_wait_for_a_colleague_s_import_can_be_given_up(
    window: MainWindow, contact: CasePage, other: Session, qtbot: QtBot
) -> None:
    before = steps(other)
    qtbot.waitUntil(lambda: not window._operations.busy, timeout=LONG)
    with other.change(called="导入留言"):
        send(contact, qtbot)
        qtbot.waitUntil(window.workspace.away.give_up.isVisible, timeout=LONG)
        qtbot.keyClick(form_of(contact), Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: form_of(contact).strip != "", timeout=LONG)
        assert "没有记下" in form_of(contact).strip
        assert "没有再等" in window.workspace.strip.text
        assert QApplication.activeModalWidget() is None, "no dialog is in the way"
        qtbot.waitUntil(lambda: not window.workspace.away.give_up.isVisible(), timeout=LONG)
    assert form_of(contact).values()["result"] == "已说明办理安排"
    assert steps(other) == before
    qtbot.keyClick(form_of(contact), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: contact.form is None, timeout=LONG)


def test_what_is_typed_meanwhile_waits_in_silence_and_is_at_the_seat(
    window: MainWindow, contact: CasePage, other: Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: not window._operations.busy, timeout=LONG)
    with other.change(called="导入留言"):
        fill(form_of(contact), "result", "打了电话，网友表示满意")
        form_of(contact).keep_now()
        qtbot.waitUntil(lambda: "轮到时自动存上" in banner(window), timeout=LONG)
        assert not window.workspace.away.give_up.isVisible()
        assert window._operations.typed.all_here
    qtbot.waitUntil(lambda: not window._operations.busy, timeout=LONG)
    assert "网友表示满意" in drafts_of(other, RUNNING, ["contact"])["contact"]["result"]


def test_unlocking_while_the_server_is_away_says_what_is_the_matter(session: Session, line: CutLine) -> None:
    assert isinstance(session.user, User)
    line.cut()
    with pytest.raises(StorageProblem) as told:
        office.prove_password(session.folder, USER, PASSWORD)
    assert told.value.code == "server_lost"
    assert "服务器" in told.value.message
