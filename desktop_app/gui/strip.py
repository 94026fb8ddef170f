"""The strips under the page: what was just done or refused, and long work under way."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop_app.domain.pace import Pace
from desktop_app.gui.messages import Message
from desktop_app.gui.page_parts import set_tone

_DONE_STAYS_MS = 12_000


class MessageStrip(QFrame):
    """One line under the page. What was done goes by itself; a refusal stays until it is closed or followed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageStrip")
        self._undo: Callable[[], None] | None = None
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._take_back = QPushButton("撤销")
        self._take_back.clicked.connect(self._run_undo)
        close = QPushButton("知道了")
        close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self._take_back)
        row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    @property
    def text(self) -> str:
        """What stands in the strip now; empty when it is hidden."""
        return self._words.text() if not self.isHidden() else ""

    @property
    def goes_by_itself(self) -> bool:
        """Whether what is shown will be taken away after a while."""
        return self._timer.isActive()

    def show_message(self, message: Message) -> None:
        """Put `message` in the place of what was shown before."""
        self._undo = message.undo
        self._take_back.setVisible(message.undo is not None)
        self._words.setText(message.whole)
        self.setAccessibleName(message.whole)
        set_tone(self, message.kind)
        self._timer.stop()
        if message.kind != "refused":
            self._timer.start(_DONE_STAYS_MS)
        self.show()

    def clear(self) -> None:
        self._timer.stop()
        self._undo = None
        self._words.clear()
        self.hide()

    def _run_undo(self) -> None:
        undo = self._undo
        self.clear()
        if undo is not None:
            undo()


class ProgressStrip(QFrame):
    """What a long job is at, how much of it is done, and 取消."""

    cancelled = Signal()

    def __init__(
        self, title: str, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock, self._pace = clock, Pace()
        self.setObjectName("progressStrip")
        self._title = QLabel(title)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._count = QLabel()
        self._stop = QPushButton("取消")
        self._stop.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.addWidget(self._title)
        row.addWidget(self._bar, 1)
        row.addWidget(self._count)
        row.addWidget(self._stop)

    @property
    def words(self) -> str:
        """How far it is."""
        return self._count.text()

    def set_progress(self, done: int, total: int) -> None:
        """`done` of `total`; a total of 0 shows that it is running, no more."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        rest = self._pace.words(done, total, self._clock()) if total else ""
        counted = f"{done:,} / {total:,}，还剩 {total - done:,}" if total else ""
        self._count.setText(f"{counted}，{rest}" if rest else counted)

    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self._stop.setText("正在取消…")
        self.cancelled.emit()
