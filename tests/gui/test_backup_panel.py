"""备份与恢复 in the settings: the list, the second place, a preview before anything is done, and the restore itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.office_records import Problem
from desktop_app.gui.application import Program
from desktop_app.gui.backup_panel import BackupPanel
from desktop_app.gui.backup_state import last_words, place_words, preview_lines, size_words
from desktop_app.gui.founding_page import FoundingPage
from desktop_app.gui.login_page import LoginPage
from desktop_app.gui.page import PageContext
from desktop_app.gui.settings_page import SettingsPage
from desktop_app.services import backups, office
from desktop_app.services.backups import ElsewhereMade, KnownBackup
from desktop_app.services.restoration import Preview, Restored
from desktop_app.services.session import CHINA, Session
from desktop_app.storage.restoring import Standing
from tests.gui.conftest import PASSWORD, USER, Template

JOB_MS = 60_000


@pytest.fixture
def asked() -> list[Callable[[], Restored]]:
    """What the frame was asked to restore."""
    return []


@pytest.fixture
def panel(qtbot: QtBot, context: PageContext, asked: list[Callable[[], Restored]]) -> Iterator[BackupPanel]:
    made = SettingsPage(dataclasses.replace(context, restore=asked.append))
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    made.show_subject("备份与恢复")
    qtbot.waitUntil(lambda: made.backup.last.text() != "")
    yield made.backup


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def back_up(qtbot: QtBot, panel: BackupPanel) -> None:
    click(qtbot, panel.now)
    qtbot.waitUntil(lambda: panel.known.rowCount() > 0 and panel.now.isEnabled(), timeout=JOB_MS)


def preview(qtbot: QtBot, panel: BackupPanel) -> None:
    panel.known.selectRow(0)
    click(qtbot, panel.restore)
    qtbot.waitUntil(panel.preview.isVisible, timeout=JOB_MS)


def test_a_backup_stands_in_the_list(qtbot: QtBot, panel: BackupPanel) -> None:
    assert panel.last.text() == "还没有备份过。" and not panel.restore.isEnabled()
    back_up(qtbot, panel)
    items = [panel.known.item(0, column) for column in range(4)]
    words = [item.text() for item in items if item is not None]
    assert words[2:] == ["本机", "已核验"] and words[0].startswith("20")
    assert panel.last.text().startswith("上次备份")


def test_a_second_place_is_chosen_and_dropped(
    qtbot: QtBot, panel: BackupPanel, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert "没有设" in panel.place.text() and not panel.drop.isEnabled()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    click(qtbot, panel.choose)
    qtbot.waitUntil(lambda: str(stick) in panel.place.text())
    back_up(qtbot, panel)
    qtbot.waitUntil(lambda: panel.known.rowCount() == 2)
    assert len(list(stick.iterdir())) == 1
    click(qtbot, panel.drop)
    qtbot.waitUntil(lambda: "没有设" in panel.place.text())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(session.folder))
    click(qtbot, panel.choose)
    qtbot.waitUntil(lambda: "数据文件夹里面" in panel.outcome.text())


def test_the_preview_keeps_the_keyboard_on_the_safe_side(
    qtbot: QtBot, panel: BackupPanel, asked: list[Callable[[], Restored]], session: Session
) -> None:
    back_up(qtbot, panel)
    preview(qtbot, panel)
    qtbot.waitUntil(panel.preview.stay.hasFocus)
    words = panel.preview.words.text()
    assert "这份备份制作于" in words and "20 件" in words and "不会删除" in words
    qtbot.keyClick(panel.preview.stay, Qt.Key.Key_Space)
    assert not panel.preview.isVisible() and asked == []
    assert not list(session.folder.glob("before-restore-*"))
    preview(qtbot, panel)
    click(qtbot, panel.preview.go_on)
    assert len(asked) == 1


def test_a_spoiled_backup_offers_no_restore(
    qtbot: QtBot, panel: BackupPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.backup"
    bad.write_bytes(b"rubbish")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))
    click(qtbot, panel.other)
    qtbot.waitUntil(lambda: "没有通过核对" in panel.outcome.text(), timeout=JOB_MS)
    assert not panel.preview.isVisible() and panel.other.isEnabled()


def test_the_last_backup_may_lie_at_another_seat() -> None:
    own = KnownBackup(Path("a.backup"), datetime(2026, 10, 30, 8, 0), 1, second=False)
    other = ElsewhereMade(datetime(2026, 10, 30, 8, 31, tzinfo=CHINA), "PC-2")
    assert last_words([]) == "还没有备份过。"
    assert last_words([own]) == "上次备份：2026-10-30 08:00"
    assert last_words([], other) == last_words([own], other) == "上次备份：2026-10-30 08:31，在电脑 PC-2 上"
    later = dataclasses.replace(own, made=datetime(2026, 10, 30, 9, 0))
    assert last_words([later, own], other) == "上次备份：2026-10-30 09:00"


def test_words_of_a_preview() -> None:
    shown = Preview(
        Path("a"),
        "2026-11-26T17:30:00+08:00",
        150,
        907,
        None,
        (),
        Standing(152, 950, "2026-11-27T09:00:00+08:00"),
    )
    assert "150 件，907 条记录。" in preview_lines(shown)[0]
    assert "最后一条记于 2026-11-27 09:00" in preview_lines(shown)[1]
    assert "打不开" in preview_lines(dataclasses.replace(shown, replaces=Standing(None, None, None)))[1]
    assert "没有数据" in preview_lines(dataclasses.replace(shown, replaces=None))[1]
    lost = dataclasses.replace(shown, problems=(Problem("attachment", "2026-0001", "附件不见了。"),))
    assert "备份时就有的问题：附件不见了。" in preview_lines(lost)
    broken = dataclasses.replace(shown, problems=(Problem("page", "office.db", "第 3 页"),))
    assert preview_lines(broken)[-1].endswith("不能恢复：第 3 页")
    assert (size_words(500), size_words(3 * 2**20)) == ("0 KB", "3.0 MB")
    assert "找不到" in place_words(Path("/nowhere/at/all"))


# ------------------------------------------------------------------ the whole way


@pytest.fixture
def program(qapp: QApplication, office_template: Template, session: Session) -> Iterator[Program]:
    """On a copy that `session` has made; that one lets go of it first."""
    backups.back_up(session)
    backups.choose_second_place(session, None)
    session.close()
    font, palette = qapp.font(), qapp.palette()
    made = Program(qapp, session.folder, None)
    yield made
    if made.window is not None:
        qapp.removeEventFilter(made.window)
        made.window.close()
    made.close()
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


def log_in(qtbot: QtBot, program: Program, card: object) -> None:
    assert isinstance(card, LoginPage)
    qtbot.addWidget(card.window())
    card.user.setText(USER)
    qtbot.keyClicks(card.password, PASSWORD)
    qtbot.keyClick(card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=JOB_MS)


def test_a_backup_is_restored_and_one_logs_in_again(
    qtbot: QtBot, program: Program, session: Session, office_template: Template
) -> None:
    log_in(qtbot, program, program.show_entrance())
    assert program.window is not None
    page = program.window.workspace
    page.open("settings")
    settings = page.page("settings")
    assert isinstance(settings, SettingsPage)
    settings.show_subject("备份与恢复")
    qtbot.waitUntil(lambda: settings.backup.known.rowCount() == 1)
    preview(qtbot, settings.backup)
    qtbot.waitUntil(lambda: not program_busy(program))
    click(qtbot, settings.backup.preview.go_on)
    assert program.window is None
    qtbot.waitUntil(lambda: isinstance(program._card, LoginPage), timeout=JOB_MS)
    card = program._card
    assert "已恢复：20 件" in card.news.text() and "before-restore-" in card.news.text()
    (kept,) = session.folder.glob("before-restore-*")
    assert (kept / "office.db").exists()
    log_in(qtbot, program, card)
    again = office.enter_with_key(session.folder, USER, office_template.key)
    with again.read() as work:
        assert len(work.journal.of_office("restore")) == 1
    again.close()


def program_busy(program: Program) -> bool:
    return program.window is not None and program.window._operations.busy


def test_data_that_can_t_be_opened_are_replaced_from_the_log_in(
    qtbot: QtBot, program: Program, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray((session.folder / "office.db").read_bytes())
    content[100] ^= 1
    (session.folder / "office.db").write_bytes(content)
    (file,) = (session.folder / "backups").glob("*.backup")
    card = program.show_entrance()
    assert isinstance(card, LoginPage) and card.restore is None
    qtbot.addWidget(card.window())
    card.user.setText(USER)
    qtbot.keyClicks(card.password, PASSWORD)
    qtbot.keyClick(card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.restore is not None, timeout=JOB_MS)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    click(qtbot, card.restore)
    assert "备份那天的密码" in card.fault.text()
    qtbot.keyClicks(card.password, PASSWORD)
    click(qtbot, card.restore)
    qtbot.waitUntil(lambda: program._card is not card, timeout=JOB_MS)
    assert "已恢复：20 件" in program._card.news.text()
    (kept,) = session.folder.glob("before-restore-*")
    assert (kept / "office.db").read_bytes() == bytes(content)
    log_in(qtbot, program, program._card)


def test_a_new_machine_begins_with_a_backup(
    qtbot: QtBot, program: Program, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = (session.folder / "backups").glob("*.backup")
    new = tmp_path / "new"
    new.mkdir()
    fresh = Program(program._application, new, None)
    founding = fresh.show_entrance()
    assert isinstance(founding, FoundingPage)
    qtbot.addWidget(founding.window())
    qtbot.waitUntil(lambda: founding.regulation.count() > 0)
    click(qtbot, founding.restore)
    card = fresh._card
    assert isinstance(card, LoginPage) and "从备份恢复" in card.news.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    card.user.setText(USER)
    qtbot.keyClicks(card.password, PASSWORD)
    click(qtbot, card.restore)
    qtbot.waitUntil(lambda: fresh._card is not card, timeout=JOB_MS)
    assert "已恢复：20 件" in fresh._card.news.text()
    assert not list(new.glob("before-restore-*"))
    fresh.close()
