"""The strip over every page while the server of an office of several seats can't be reached, or keeps one waiting, or a
colleague's long work does; it goes by itself. What waits for a colleague can be given up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from desktop_app.domain.waiting import Waiting, minutes_words
from desktop_app.errors import StorageProblem
from desktop_app.gui.line_watch import SLOW_AFTER
from desktop_app.gui.operations import Operations
from desktop_app.gui.page_parts import label
from desktop_app.services.news import is_away

_TICK_MS = 1_000
_KEYS = frozenset((QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress))


class AwayBanner(QFrame):
    """Hidden while all is well; for an office in a file it never shows."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations, self._line = operations, operations.line
        self.setProperty("role", "warning")
        self.words = label("")
        self.words.setWordWrap(True)
        self.give_up = QPushButton("不等了（Esc）")
        self.give_up.clicked.connect(operations.give_up_waiting)
        self.give_up.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self.give_up)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.look)
        if operations.on_server:
            operations.reachable.connect(self.look)
            operations.waiting.connect(self.look)
            self._tick.start()
        self.hide()

    def look(self) -> None:
        """Say how it stands now."""
        line, operations = self._line, self._operations
        if line.away is None and line.turn is not None:
            words = _turn_words(line.turn, line.turn_for, operations.act_waits)
        else:
            here = line.typed > 0 and operations.typed.all_here
            words = _words(line.away, line.away_for, line.waiting_for, line.typed, here)
        if words != self.words.text():
            self.words.setText(words)
            self.setAccessibleName(words)
        self._offer(line.away is None and operations.act_waits)
        self.setVisible(bool(words))

    def _offer(self, wanted: bool) -> None:
        """While it can be given up, Esc does that, wherever the keyboard is."""
        if wanted != self.give_up.isHidden():
            return
        self.give_up.setVisible(wanted)
        application = QApplication.instance()
        if application is not None and wanted:
            application.installEventFilter(self)
        elif application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Escape or not self._has_the_keyboard():
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut of a form: the key press comes next
        else:
            self._operations.give_up_waiting()
        return True

    def _has_the_keyboard(self) -> bool:
        """Nothing else is open over the window that Esc would close."""
        return QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None


def _turn_words(turn: Waiting, seconds: float, is_act: bool) -> str:
    rest = (
        f"轮到时马上办，最多等 {minutes_words(turn.most)}；按 Esc 不等了。" if is_act else "轮到时自动存上。"
    )
    return f"正在等{turn.for_whom}……（已 {int(seconds)} 秒）您填的内容还在，{rest}"


def _words(
    away: StorageProblem | None, away_for: float, waiting_for: float, typed: int, here: bool = False
) -> str:
    kept = "您填的内容还在，连上后自动存到服务器。" if typed else "您填的内容还在，连上后可以继续。"
    if here:
        kept = "您填的内容已加密留在这台电脑上，关掉窗口、断电都不会丢，连上后自动存到服务器。"
    if away is not None and is_away(away):
        return f"！ 连不上服务器，正在重新连接……（已 {int(away_for)} 秒）{kept}"
    if away is not None:
        return f"！ {away.message}{away.remedy or ''}（已 {int(away_for)} 秒）"
    if waiting_for >= SLOW_AFTER:
        return f"服务器响应慢，正在等候……（已 {int(waiting_for)} 秒）您填的内容还在。"
    return ""
