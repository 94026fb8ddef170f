"""The strip over every page while the server of an office of several seats can't be reached, or keeps one waiting; it
goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.errors import StorageProblem
from desktop_app.gui.line_watch import SLOW_AFTER
from desktop_app.gui.operations import Operations
from desktop_app.gui.page_parts import label
from desktop_app.services.news import is_away

_TICK_MS = 1_000


class AwayBanner(QFrame):
    """Hidden while all is well; for an office in a file it never shows."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = operations.line
        self.setProperty("role", "warning")
        self.words = label("")
        self.words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self.words, 1)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.look)
        if operations.on_server:
            operations.reachable.connect(self.look)
            self._tick.start()
        self.hide()

    def look(self) -> None:
        """Say how it stands now."""
        words = _words(self._line.away, self._line.away_for, self._line.waiting_for, self._line.typed)
        if words != self.words.text():
            self.words.setText(words)
            self.setAccessibleName(words)
        self.setVisible(bool(words))


def _words(away: StorageProblem | None, away_for: float, waiting_for: float, typed: int) -> str:
    kept = "您填的内容还在，连上后自动存到服务器。" if typed else "您填的内容还在，连上后可以继续。"
    if away is not None and is_away(away):
        return f"！ 连不上服务器，正在重新连接……（已 {int(away_for)} 秒）{kept}"
    if away is not None:
        return f"！ {away.message}{away.remedy or ''}（已 {int(away_for)} 秒）"
    if waiting_for >= SLOW_AFTER:
        return f"服务器响应慢，正在等候……（已 {int(waiting_for)} 秒）您填的内容还在。"
    return ""
