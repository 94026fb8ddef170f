"""The head of a case: number, title, state, how the deadline stands, and (?) that unfolds why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop_app.gui.case_state import CaseState
from desktop_app.gui.day_count import DayCountPanel
from desktop_app.gui.day_count_popup import DeadlineFacts, show_facts
from desktop_app.gui.oversight_facts import Tie
from desktop_app.gui.page_parts import case_link, label, set_tone

_TIES_SHOWN = 4


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
    """Two lines, a third for what must be seen at once and for cases tied to this one; the day count while (?) is pressed
    in."""

    went = Signal(int)
    """The operator wants another case of the list: -1 the one before, 1 the next."""
    opened = Signal(str)
    """A case tied to this one is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = label("", "case-number", wrap=False)
        self._title = ElidedLabel("case-title")
        self._status = label("", "status", wrap=False)
        self._marks = label("", "badge", wrap=False)
        self._facts: DeadlineFacts | None = None
        self.deadline = label("", "deadline", wrap=False)
        self.deadline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.deadline.installEventFilter(self)
        self.why_button = QToolButton()
        self.why_button.setText("(?) 为什么是这一天")
        self.why_button.setCheckable(True)
        self.why_button.setProperty("role", "link")
        self.why_button.setToolTip("按 ? 展开、收起")
        self.why_button.toggled.connect(self._unfold)
        self.before_button = self._neighbour("上一件", "Alt+↑", -1)
        self.after_button = self._neighbour("下一件", "Alt+↓", 1)
        self._place = label("", "hint", wrap=False)
        self.others = label("", "hint", wrap=False)
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
        second.addWidget(self.others, 0, Qt.AlignmentFlag.AlignVCenter)
        third = QHBoxLayout()
        third.setSpacing(12)
        third.addWidget(self._marks)
        self._ties = QHBoxLayout()
        self._ties.setSpacing(8)
        third.addLayout(self._ties)
        third.addStretch(1)
        for line in (first, second, third):
            column.addLayout(line)
        column.addWidget(self.count)

    def show_case(self, state: CaseState, facts: DeadlineFacts) -> None:
        """Show another case, or the same one anew; (?) stays as it was."""
        self._number.setText(state.number)
        self._title.show_text(state.title)
        self._status.setText(state.status)
        self._marks.setText("　".join(state.marks))
        self._marks.setVisible(bool(state.marks))
        self._facts = facts
        self.deadline.setText(facts.line.text)
        set_tone(self.deadline, facts.line.tone)
        self.count.show_count(facts.count)
        self.why_button.setVisible(bool(facts.count.rules))
        self.count.setVisible(self.why_button.isChecked() and bool(facts.count.rules))
        self._show_ties(state.ties)

    def _show_ties(self, ties: Sequence[Tie]) -> None:
        while self._ties.count():
            item = self._ties.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for tie in ties[:_TIES_SHOWN]:
            self._ties.addWidget(label(tie.words, "hint", wrap=False))
            self._ties.addWidget(case_link(tie.number, f"{tie.words} {tie.number}", self.opened))
        if len(ties) > _TIES_SHOWN:
            self._ties.addWidget(label(f"等 {len(ties)} 件，见左边“并案”", "hint", wrap=False))

    def ask_why(self) -> None:
        """?: unfold the day count, or fold it again."""
        if not self.why_button.isHidden():
            self.why_button.toggle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pointing at the deadline tells why it is that day."""
        if watched is self.deadline and event.type() == QEvent.Type.ToolTip:
            if self._facts is not None and self._facts.count.rules and not self.why_button.isChecked():
                show_facts(self.deadline, self._facts)
            return True
        return super().eventFilter(watched, event)

    def show_place(self, place: int, total: int) -> None:
        """Where the case stands in the list it was opened from; `place` from 0, -1 where it is in none."""
        self._place.setText(f"第 {place + 1} / {total:,} 件" if place >= 0 and total > 1 else "")
        self.before_button.setEnabled(place > 0)
        self.after_button.setEnabled(0 <= place < total - 1)

    def _unfold(self, unfolded: bool) -> None:
        self.count.setVisible(unfolded)
