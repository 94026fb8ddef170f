"""What the window says after an act: a strip for what was done or refused, a dialog where the data are in trouble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QProgressBar, QPushButton, QWidget

from desktop_app.errors import BadData, LiuyanError, Refusal, StorageProblem
from desktop_app.gui.page_parts import set_tone

Kind = Literal["done", "refused", "info"]

_DONE_STAYS_MS = 12_000
_MOST_FAULTS = 3
_LEADS = {"done": "✓ ", "refused": "✕ ", "info": ""}


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell. `clause` is the article behind a refusal; `undo` takes back what was done."""

    text: str
    kind: Kind = "info"
    clause: str | None = None
    undo: Callable[[], None] | None = None

    @property
    def whole(self) -> str:
        """The sentence with its clause, as it is shown and read aloud."""
        return f"{_LEADS[self.kind]}{self.text}" + (f"（{self.clause}）" if self.clause else "")


def message_of(error: LiuyanError) -> Message:
    """A refusal or a bad file in the words of the strip."""
    if isinstance(error, BadData):
        shown = "；".join(str(fault) for fault in error.faults[:_MOST_FAULTS])
        rest = len(error.faults) - _MOST_FAULTS
        return Message(shown + (f"；另有 {rest} 处" if rest > 0 else ""), "refused")
    remedy = error.remedy if isinstance(error, Refusal | StorageProblem) else None
    clause = error.clause if isinstance(error, Refusal) else None
    return Message(str(error) + (remedy or ""), "refused", clause)


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

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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

    def set_progress(self, done: int, total: int) -> None:
        """`done` of `total`; a total of 0 shows that it is running, no more."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._count.setText(f"{done:,} / {total:,}，还剩 {total - done:,}" if total else "")

    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self._stop.setText("正在取消…")
        self.cancelled.emit()


def show_storage_problem(parent: QWidget | None, problem: StorageProblem) -> None:
    """The data cannot be read or written just now: what it is, that nothing half-done stays, what to do."""
    box = QMessageBox(QMessageBox.Icon.Critical, "数据暂时不能读写", problem.message, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(f"已保存的内容没有丢失，刚才这一步没有保存。\n{problem.remedy or ''}".strip())
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def show_bug(parent: QWidget | None, report: Path) -> None:
    """The program itself has failed: where its report lies."""
    box = QMessageBox(QMessageBox.Icon.Warning, "程序出错", "程序出了错，刚才这一步没有完成。", parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(
        f"已保存的内容没有丢失。\n错误报告（不含留言内容）在：\n{report}\n请把它发给维护人员。"
    )
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
