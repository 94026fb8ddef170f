"""The message strip: one line below the pages, with what was just done or refused, and long work under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop_app.gui.messages import DONE, Message
from desktop_app.gui.operations import Job, Operations

_SIGNS = {"done": "✓", "refused": "✕", "info": "·"}


class MessageStrip(QFrame):
    """Stays until the next message or until closed; nothing flashes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setAccessibleName("提示")
        row.addWidget(self.words, 1)
        self.undo = QPushButton("撤销")
        self.undo.setProperty("role", "link")
        self.undo.clicked.connect(self._undo)
        row.addWidget(self.undo)
        close = QPushButton("关闭")
        close.setProperty("role", "quiet")
        close.setAccessibleName("关闭提示")
        close.clicked.connect(self.hide)
        row.addWidget(close)
        self._call: Callable[[], None] | None = None
        self.hide()

    def show_message(self, message: Message) -> None:
        where = f"（{message.clause}）" if message.clause else ""
        self.words.setText(f"{_SIGNS[message.kind]} {message.text}{where}")
        self._call = message.undo
        self.undo.setVisible(message.undo is not None)
        self.setProperty("tone", "" if message.kind == DONE else message.kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def _undo(self) -> None:
        call, self._call = self._call, None
        self.hide()
        if call is not None:
            call()


class JobStrip(QFrame):
    """Long work: what, how far, and 取消."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setProperty("tone", "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        self.words = QLabel()
        row.addWidget(self.words, 1)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(320)
        self.bar.setAccessibleName("进度")
        row.addWidget(self.bar)
        self.cancel = QPushButton("取消")
        self.cancel.clicked.connect(self._cancel)
        row.addWidget(self.cancel)
        self._job: Job | None = None
        operations.job_started.connect(self._started)
        operations.job_progress.connect(self._progress)
        operations.job_ended.connect(self._ended)
        self.hide()

    def _started(self, job: Job) -> None:
        self._job = job
        self.words.setText(f"正在{job.title}……")
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.show()

    def _progress(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.bar.setFormat(f"{done:,} / {total:,}")

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.hide()

    def _cancel(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self.words.setText(f"正在取消“{self._job.title}”……")
            self._job.cancel()
