"""The window's start: process to first paint beside an empty PySide6 window; password accepted to list painted."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING

from benchmarks import window_list
from benchmarks.measure import Row, sizes
from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.services import office, settings_keys
from desktop_app.services.cases import act_in
from desktop_app.services.registration import register_all

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop_app.services.session import Session

_RUNS = 7
_LARGEST = 100_000
_OPEN = 500
"""Cases that are worked on at one time."""
_UNITS = 40
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
        listed, laid = _entered(Path(name) / "large")
    return [
        Row("process start to first window painted", "log-in", statistics.median(ours), "empty PySide6 window",
            statistics.median(empty), "<= 2.5 x"),
        Row("password accepted to list painted", f"{sizes(_LARGEST)[-1]:,}", listed, "", 0, "<= 400 ms",
            "after the key is derived; modules were imported while the password was typed"),
        Row("password accepted to desk painted", f"{_OPEN:,} open", laid, "", 0, "<= 400 ms",
            "all of its cases folded for the first time"),
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


def _entered(folder: Path) -> tuple[float, float]:
    """Seconds from the derived key to the painted list, and to the painted desk, in the window as it is used; the
    middle of three each. The office is an old one: most of its cases are archived, the rest is worked on."""
    from PySide6.QtWidgets import QApplication

    from desktop_app.gui import application as start

    database = window_list.make_office(folder, sizes(_LARGEST)[-1], archived=True)
    user = replace(User(_USER, frozenset((Role.OPERATOR,))), created="2026-11-23T08:00:00+08:00")
    with database.change() as work:
        work.users.put(user)
        work.settings.put(settings_keys.OFFICE_NAME, "示例市运维中心")
        work.settings.put(settings_keys.DEFAULT_REGULATION, "tongliao-2023")
    key = database.key
    database.close()
    _work_on(office.enter_with_key(folder, _USER, key))
    application = QApplication.instance() or start.make_application()
    assert isinstance(application, QApplication)
    start.import_ahead()
    listed = [_enter_once(application, folder, key, "register") for _ in range(3)]
    laid = [_enter_once(application, folder, key, "desk") for _ in range(3)]
    return statistics.median(listed), statistics.median(laid)


def _work_on(session: Session) -> None:
    """Open cases with a unit, received in the year before those that are archived."""
    with session.change() as work:
        work.units.replace([Unit(f"市第{place}局") for place in range(_UNITS)])
        day = date(2025, 12, 1)
        registrations = [
            Registration("tongliao-2023", day, "市长板块", Message(f"第 {place} 件", "反映一件事。"))
            for place in range(_OPEN)
        ]
        for place, one in enumerate(register_all(session, work, registrations)):
            act_in(session, work, one.number, "accept", {"category": "投诉"}, day)
            act_in(session, work, one.number, "dispatch", {"lead": f"市第{place % _UNITS}局"}, day)
            act_in(session, work, one.number, "receive", {"manner": "签收"}, day)
    session.close()


def _enter_once(application: QApplication, folder: Path, key: bytes, place: str) -> float:
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.operations import Operations
    from desktop_app.gui.window_settings import WindowSettings

    shown: list[str] = []
    started = perf_counter()
    window = MainWindow(Operations(office.enter_with_key(folder, _USER, key)), WindowSettings(folder, _USER))
    page = window.workspace.page(place)
    (window.register_listed if place == "register" else page.retitled).connect(shown.append)
    window.resize(1366, 740)
    window.show()
    window.workspace.open(place)
    while not shown:
        application.processEvents()
    window.repaint()
    application.processEvents()
    taken = perf_counter() - started
    window.close()
    return taken
