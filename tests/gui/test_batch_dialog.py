"""成批存为文件, by clicks and keys: what is asked, what comes of it, and nothing where it is cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.documents import office_suite
from desktop_app.gui.batch_dialog import BatchDialog
from desktop_app.gui.jobs import Job
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.papers_folder import PAPERS_FOLDER
from desktop_app.gui.register_page import RegisterPage
from desktop_app.gui.strip import ProgressStrip
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services.case_view import view_case
from desktop_app.services.session import Session

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
JOB_MS = 30_000
HANDED_OUT = ("2026-0001", "2026-0002", "2026-0003")


@pytest.fixture
def window(
    qtbot: QtBot, operations: Operations, settings: WindowSettings, tmp_path: Path
) -> Iterator[MainWindow]:
    settings.put(PAPERS_FOLDER, str(tmp_path / "papers"))
    made = MainWindow(operations, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show_as_left()
    made.activateWindow()
    made.workspace.open("register")
    qtbot.waitUntil(lambda: register(made).model.rowCount() == 20)
    qtbot.waitUntil(lambda: "slip" in made._papers)
    yield made
    made.close()


def register(window: MainWindow) -> RegisterPage:
    page = window.workspace.page("register")
    assert isinstance(page, RegisterPage)
    return page


def asked(qtbot: QtBot, window: MainWindow, *numbers: str) -> BatchDialog:
    register(window).model.toggle(list(numbers))
    qtbot.keyClick(QApplication.focusWidget() or window, Key.Key_P, CONTROL_SHIFT)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(BatchDialog)))
    return next(one for one in window.findChildren(BatchDialog) if one.isVisible())


def records(session: Session) -> int:
    return sum(len(view_case(session, number).papers) for number in HANDED_OUT)


def test_a_file_for_each(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    dialog = asked(qtbot, window, *HANDED_OUT)
    assert dialog.form.currentData() == "slip"
    assert dialog.folder.text() == str(tmp_path / "papers")
    qtbot.mouseClick(dialog.make, LEFT)
    qtbot.waitUntil(lambda: "3 件，已存为" in window.workspace.strip.text, timeout=JOB_MS)
    files = sorted(file.name for file in (tmp_path / "papers").iterdir())
    assert [name[:9] for name in files] == list(HANDED_OUT)
    assert all(name.endswith(".docx") for name in files)
    assert records(session) == 3


def test_all_in_one_by_keys(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    dialog = asked(qtbot, window, *HANDED_OUT)
    qtbot.keyClick(dialog.merged, Key.Key_Space)
    assert dialog.merged.isChecked() and dialog.word.isChecked()
    qtbot.keyClick(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: "3 件，已存为" in window.workspace.strip.text, timeout=JOB_MS)
    assert [file.name for file in (tmp_path / "papers").iterdir()] == ["承办单 2026-0001 等 3 件.docx"]
    assert records(session) == 3


def test_another_folder_is_chosen_and_kept(
    qtbot: QtBot,
    window: MainWindow,
    settings: WindowSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "other"))
    dialog = asked(qtbot, window, HANDED_OUT[0])
    qtbot.mouseClick(dialog.choose, LEFT)
    qtbot.mouseClick(dialog.make, LEFT)
    qtbot.waitUntil(lambda: (tmp_path / "other").is_dir(), timeout=JOB_MS)
    qtbot.waitUntil(lambda: "已存为" in window.workspace.strip.text, timeout=JOB_MS)
    assert settings.get(PAPERS_FOLDER, "") == str(tmp_path / "other")


@pytest.mark.parametrize("words", ["", "文书"])
def test_a_folder_that_is_none_is_asked_for_again(qtbot: QtBot, window: MainWindow, words: str) -> None:
    dialog = asked(qtbot, window, HANDED_OUT[0])
    dialog.folder.clear()
    dialog.folder.insert(words)
    qtbot.mouseClick(dialog.make, LEFT)
    assert dialog.isVisible() and dialog.fault.isVisible()
    qtbot.keyClick(dialog, Key.Key_Escape)


def test_without_libreoffice_there_is_no_pdf(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_suite, "_program", lambda name: None)
    dialog = asked(qtbot, window, HANDED_OUT[0])
    assert not dialog.pdf.isEnabled() and "LibreOffice" in dialog.pdf.toolTip()
    qtbot.keyClick(dialog, Key.Key_Escape)


def test_one_case_without_the_paper_leaves_nothing(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    dialog = asked(qtbot, window, HANDED_OUT[0], "2026-0020")
    qtbot.mouseClick(dialog.make, LEFT)
    qtbot.waitUntil(lambda: "2026-0020" in window.workspace.strip.text, timeout=JOB_MS)
    assert "勾选的 2 件都没有制作" in window.workspace.strip.text
    assert not (tmp_path / "papers").exists() and records(session) == 0


def test_a_cancel_leaves_nothing(
    qtbot: QtBot, window: MainWindow, session: Session, operations: Operations, tmp_path: Path
) -> None:
    """取消 of the progress strip, pressed before the child process is at its first paper."""
    jobs: list[Job] = []
    operations.job_started.connect(jobs.append)
    dialog = asked(qtbot, window, *HANDED_OUT)
    qtbot.mouseClick(dialog.make, LEFT)
    qtbot.waitUntil(lambda: bool(jobs))
    (strip,) = window.findChildren(ProgressStrip)
    (stop,) = strip.findChildren(QPushButton)
    with qtbot.waitSignal(jobs[0].ended, timeout=JOB_MS):
        qtbot.mouseClick(stop, LEFT)
    qtbot.waitUntil(lambda: not operations.busy)
    assert not (tmp_path / "papers").exists() and records(session) == 0
