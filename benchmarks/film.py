"""The window at work in an office of any size, driven by keys and mouse: pictures, and times out of its own log.

    LIUYAN_BENCH_OFFICES=folder python -m benchmarks.film 1000000 pictures

Nothing is called but what a hand can reach; what took how long is what the program notes of itself (`log.TIMES`).
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import at_size, large_office
from desktop_app import log
from desktop_app.gui.window_settings import FILE as SETTINGS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SIZE = (1366, 768)
_PICTURE_WIDTH = 760
_REST = 1_500
"""Milliseconds without anything new in the log."""
_LONGEST = 90
_DRAG_STEPS = 120
_ANSWER = re.compile(
    r"task_lines \d+ (?P<topic>.+): (?P<whole>[\d.]+) ms, of which the answer took (?P<ran>[\d.]+)"
)
_KEPT = re.compile(r"kept the window for (?P<ms>[\d.]+) ms")


class Film:
    """The program, a hand at its keys and mouse, and its log."""

    def __init__(self, folder: Path, pictures: Path) -> None:
        from desktop_app.gui.application import Program, make_application

        self._application = make_application()
        self._pictures = pictures
        self._log = folder / "logs" / "liuyan.log"
        self._program = Program(self._application, folder, large_office.TODAY)
        card = self._program.show_entrance()
        assert hasattr(card, "password")
        card.user.setText(large_office.USER)
        card.password.setText(large_office.PASSWORD)
        self._seen = 0
        self._started = time.perf_counter()
        card.submitted.emit()
        self.until(lambda: self._program.window is not None)
        self.window: Any = self._program.window
        self.window.resize(*_SIZE)
        # Without a window manager nobody else gives it the keyboard.
        self.window.activateWindow()
        self._application.setActiveWindow(self.window)
        self.until(self.window.isActiveWindow)
        self.rows: list[str] = []

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window run, asleep between events as it is when nobody drives it."""
        from PySide6.QtCore import QEventLoop, QTimer

        end = time.monotonic() + _LONGEST
        loop, look = QEventLoop(), QTimer()
        look.setInterval(5)
        look.timeout.connect(lambda: loop.quit() if holds() or time.monotonic() > end else None)
        look.start()
        loop.exec()
        look.stop()
        if not holds():
            raise TimeoutError("the window does not come")

    def wait(self, milliseconds: int) -> None:
        end = time.monotonic() + milliseconds / 1000
        self.until(lambda: time.monotonic() > end)

    def rest(self) -> None:
        """Until the log has had nothing new for a while: what is asked behind the page has come as well."""
        told = -1
        while told != (told := len(self._told_so_far())):
            self.wait(_REST)

    def _told_so_far(self) -> list[str]:
        lines = self._log.read_text("utf-8").splitlines() if self._log.exists() else []
        return [line for line in lines if "data version" not in line]

    @contextmanager
    def scene(self, name: str, words: str) -> Iterator[None]:
        """What is done inside, then a picture, and a row of what the log says of it."""
        self._lines()
        yield
        self.rest()
        picture = self.window.grab().scaledToWidth(_PICTURE_WIDTH, _smoothly())
        picture.save(str(self._pictures / f"{name}.png"))
        self.rows.append(f"| {words} | {_told(self._lines())} |")
        print(self.rows[-1], flush=True)

    def keys(self, widget: QWidget, text: str, pause: int = 60) -> None:
        """Typed letter by letter, as a hand does."""
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                self._application.sendEvent(widget, event)
            self.wait(pause)

    def press(self, key: str) -> None:
        """A key with its modifiers, wherever the keyboard is."""
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        QTest.keySequence(QApplication.focusWidget() or self.window, QKeySequence(key))

    def drag_to_the_end(self, view: Any) -> None:
        """The handle of the scroll bar taken with the mouse, and drawn down in one go."""
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QStyle, QStyleOptionSlider

        bar = view.verticalScrollBar()
        option = QStyleOptionSlider()
        bar.initStyleOption(option)
        handle = bar.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, bar
        )
        start = handle.center()
        QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, _DRAG_STEPS + 1):
            down = round((bar.height() - start.y()) * step / _DRAG_STEPS)
            QTest.mouseMove(bar, start + QPoint(0, down))
            self.wait(8)
        QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(start.x(), bar.height()))

    def end(self) -> None:
        self.window.close()
        self.until(lambda: not self.window.isVisible())
        self._program.close()

    def _lines(self) -> list[str]:
        lines = self._told_so_far()
        new, self._seen = lines[self._seen :], len(lines)
        return new


def _smoothly() -> Any:
    from PySide6.QtCore import Qt

    return Qt.TransformationMode.SmoothTransformation


def _told(lines: list[str]) -> str:
    answers: dict[str, list[tuple[float, float]]] = {}
    kept = [0.0]
    for line in lines:
        if found := _ANSWER.search(line):
            answers.setdefault(found["topic"], []).append((float(found["whole"]), float(found["ran"])))
        elif found := _KEPT.search(line):
            kept.append(float(found["ms"]))
    told = [
        f"{topic} {len(times)} ×, {min(one for one, _ in times):.0f}–{max(one for one, _ in times):.0f} ms"
        for topic, times in answers.items()
        if topic in ("rows", "measures", "desk", "days", "day", "jump", "case", "facts")
    ]
    return f"{'; '.join(told) or '–'} | {max(kept):.0f} ms"


def main(size: int, pictures: Path) -> None:
    """All scenes, one after the other."""
    os.environ[log.TIMES] = "times"
    with at_size.office_of(size) as session:
        folder = session.folder
    # As somebody finds it who sits here for the first time: nothing filtered, nothing sorted.
    (folder / SETTINGS).unlink(missing_ok=True)
    pictures.mkdir(parents=True, exist_ok=True)
    film = Film(folder, pictures)
    space = film.window.workspace
    print(
        "| what was done | questions in the log, from asking to shown | longest turn of the window's thread |"
    )
    print("|---|---|---|")
    with film.scene("film-desk", "登录后，今日工作台"):
        pass
    with film.scene("film-list", "Ctrl+2，留言台账"):
        film.press("Ctrl+2")
    page = space.page("register")
    with film.scene("film-search", "Ctrl+F，逐字输入“水压不足”"):
        film.press("Ctrl+F")
        film.keys(film.window.search, "水压不足", 180)
    with film.scene("film-one-character", "Esc，再输入“的”"):
        film.press("Esc")
        film.press("Ctrl+F")
        film.keys(film.window.search, "的", 200)
    with film.scene("film-initials", "清空，输入单位的拼音首字母 tlsgaj"):
        film.press("Ctrl+F")
        film.window.search.clear()
        film.keys(film.window.search, "tlsgaj", 120)
    with film.scene("film-whole", "清空，回到全部"):
        film.window.search.clear()
    with film.scene("film-dragged", "鼠标把滚动条从顶拖到底"):
        film.drag_to_the_end(page.table)
    with film.scene("film-jump", "Ctrl+G，跳到 2024-05-06"):
        film.press("Ctrl+G")
        film.keys(page.jump.line, "2024-05-06", 30)
        film.press("Return")
    with film.scene("film-filter", "点“办理中”，再按期限排序"):
        page.filters.state_button("办理中").click()
        page._sort_by("due")
    with film.scene("film-case", "Enter，打开一件"):
        film.press("Return")
    with film.scene("film-calendar", "Ctrl+4，时限日历，PgDn 下月，PgUp 回来"):
        film.press("Ctrl+4")
        film.rest()
        film.press("PgDown")
        film.press("PgUp")
    with film.scene("film-year", "全年"):
        space.page("calendar").by_year.click()
    with film.scene("film-desk-again", "Ctrl+1，回到今日工作台"):
        film.press("Ctrl+1")
    film.end()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
