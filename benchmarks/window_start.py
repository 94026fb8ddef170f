"""The window's start: process to first paint beside an empty PySide6 window; password accepted to list painted."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING

from benchmarks import window_list
from benchmarks.measure import Row
from desktop_app.domain.users import Role, User
from desktop_app.services import office, settings_keys

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_RUNS = 7
_SIZE = 100_000
_USER, _PASSWORD = "王敏", "zhong-yang-gong-yuan-7"

_WATCH = """
import sys, time
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.UpdateRequest:
            watched.removeEventFilter(self)
            watched.repaint()
            print(time.time(), flush=True)
            import os
            os._exit(0)
        return False
"""
_EMPTY = f"""
{_WATCH}
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1100, 700)
watch = Watch()
window.installEventFilter(watch)
window.show()
application.exec()
"""
_OURS = f"""
{_WATCH}
import desktop_app.gui.application as started
watch = Watch()
show = started.Program.show_entrance
def shown(program):
    card = show(program)
    card.window().installEventFilter(watch)
    return card
started.Program.show_entrance = shown
from desktop_app.bootstrap import run
run(["--data", sys.argv[1]])
"""


def run() -> list[Row]:
    """Medians of fresh processes by turns, so that the machine's moods fall on both alike."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "office"
        office.found(folder, "示例市运维中心", "tongliao-2023", _USER, _PASSWORD)
        ours, empty = [], []
        for _ in range(_RUNS):
            empty.append(_first_paint(_EMPTY, folder))
            ours.append(_first_paint(_OURS, folder))
        opened = _entered(Path(name) / "large")
    return [
        Row("process start to first window painted", "log-in", statistics.median(ours), "empty PySide6 window",
            statistics.median(empty), "<= 2.5 x"),
        Row("password accepted to list painted", f"{_SIZE:,}", opened, "", 0, "<= 400 ms",
            "after the key is derived; modules were imported while the password was typed"),
    ]  # fmt: skip


def _first_paint(script: str, folder: Path) -> float:
    """Seconds from before the process is there until its window has been painted."""
    started = time()
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False
    )
    if not done.stdout.strip():
        raise RuntimeError(done.stderr)
    return float(done.stdout.split()[-1]) - started


def _entered(folder: Path) -> float:
    """Seconds from the derived key to the painted list, in the window as it is used; the middle of three."""
    from PySide6.QtWidgets import QApplication

    from desktop_app.gui import application as start

    database = window_list.make_office(folder, _SIZE)
    user = replace(User(_USER, frozenset((Role.OPERATOR,))), created="2026-11-23T08:00:00+08:00")
    with database.change() as work:
        work.users.put(user)
        work.settings.put(settings_keys.OFFICE_NAME, "示例市运维中心")
        work.settings.put(settings_keys.DEFAULT_REGULATION, "tongliao-2023")
    key = database.key
    database.close()
    application = QApplication.instance() or start.make_application()
    assert isinstance(application, QApplication)
    start.import_ahead()
    return statistics.median(_enter_once(application, folder, key) for _ in range(3))


def _enter_once(application: QApplication, folder: Path, key: bytes) -> float:
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.operations import Operations
    from desktop_app.gui.window_settings import WindowSettings

    listed: list[str] = []
    started = perf_counter()
    window = MainWindow(Operations(office.enter_with_key(folder, _USER, key)), WindowSettings(folder, _USER))
    window.register_listed.connect(listed.append)
    window.resize(1366, 740)
    window.show()
    while not listed:
        application.processEvents()
    window.repaint()
    application.processEvents()
    taken = perf_counter() - started
    window.close()
    return taken
