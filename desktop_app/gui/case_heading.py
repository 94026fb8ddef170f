"""The head of a case: number, title, state, how the deadline stands, and (?) that unfolds why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop_app.gui.case_state import CaseState
from desktop_app.gui.day_count import DayCountPanel
from desktop_app.gui.day_count_state import DayCount
from desktop_app.gui.page_parts import label, set_tone


class ElidedLabel(QLabel):
    """One line, cut with … where the width ends; whole in the tooltip."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def show_text(self, text: str) -> None:
        self._whole = " ".join(text.split())
        self.setToolTip(self._whole)
        self.setAccessibleName(self._whole)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class CaseHeading(QWidget):
    """Two lines, and below them the day count while (?) is pressed in."""

    went = Signal(int)
    """The operator wants another case of the list: -1 the one before, 1 the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = label("", "case-number", wrap=False)
        self._title = ElidedLabel("case-title")
        self._status = label("", "status", wrap=False)
        self.deadline = label("", "deadline", wrap=False)
        self.deadline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.why_button = QToolButton()
        self.why_button.setText("(?) 为什么是这一天")
        self.why_button.setCheckable(True)
        self.why_button.setProperty("role", "link")
        self.why_button.toggled.connect(self._unfold)
        self.before_button = self._neighbour("上一件", "Alt+↑", -1)
        self.after_button = self._neighbour("下一件", "Alt+↓", 1)
        self._place = label("", "hint", wrap=False)
        self.count = DayCountPanel()
        self.count.setVisible(False)
        self._lay_out()

    def _neighbour(self, words: str, keys: str, way: int) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(keys)
        button.clicked.connect(lambda: self.went.emit(way))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._number)
        first.addWidget(self._title, 1)
        for widget in (self._place, self.before_button, self.after_button):
            first.addWidget(widget)
        second = QHBoxLayout()
        second.setSpacing(12)
        for part in (self._status, self.deadline, self.why_button):
            second.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        second.addStretch(1)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.count)

    def show_case(self, state: CaseState, count: DayCount) -> None:
        """Show another case, or the same one anew; (?) stays as it was."""
        self._number.setText(state.number)
        self._title.show_text(state.title)
        self._status.setText(state.status)
        self.deadline.setText(state.deadline.text)
        set_tone(self.deadline, state.deadline.tone)
        self.count.show_count(count)
        self.why_button.setVisible(bool(count.rules))
        self.count.setVisible(self.why_button.isChecked() and bool(count.rules))

    def show_place(self, place: int, total: int) -> None:
        """Where the case stands in the list it was opened from; `place` from 0, -1 where it is in none."""
        self._place.setText(f"第 {place + 1} / {total:,} 件" if place >= 0 and total > 1 else "")
        self.before_button.setEnabled(place > 0)
        self.after_button.setEnabled(0 <= place < total - 1)

    def _unfold(self, unfolded: bool) -> None:
        self.count.setVisible(unfolded)
