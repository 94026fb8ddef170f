"""Above the figures: which period, by what, and what may be done with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from desktop_app.domain.figures import GROUPING_WORDS, Grouping
from desktop_app.gui import figures_state as state
from desktop_app.gui.day_edit import day_edit, day_in, show_day
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.page_parts import label, set_tone
from desktop_app.gui.rows_of_widgets import together


class _Choice(QComboBox):
    """Does not turn under a wheel that only passes over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class FiguresHead(QWidget):
    """`changed` tells of another period or grouping; what is shown by the program itself tells nothing."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.period, self.by = _Choice(), _Choice()
        for key, words in state.PERIODS.items():
            self.period.addItem(words, key)
        for grouping, words in GROUPING_WORDS.items():
            self.by.addItem(words, grouping)
        self.first, self.last = day_edit("时段的第一天", today), day_edit("时段的最后一天", today)
        self.print_button, self.save_button = QPushButton("打印…"), QPushButton("导出…")
        self.bulletins = QHBoxLayout()
        """Where the buttons of the bulletins stand."""
        self.bulletins.setSpacing(8)
        self.period.setAccessibleName("统计时段")
        self.by.setAccessibleName("按什么分列")
        self._lay_out()
        self.show_choice(state.FIRST_SHOWN)
        self.period.activated.connect(self._period_chosen)
        self.by.activated.connect(lambda _: self.changed.emit())
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._days_typed)

    def _lay_out(self) -> None:
        choices = QWidget()
        line = FlowLayout(choices, gap=8)
        line.addWidget(together(label("时段", "field"), self.period))
        line.addWidget(together(self.first, label("至", "hint", wrap=False), self.last))
        line.addWidget(together(label("分列", "field"), self.by))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(choices, 1)
        row.addLayout(self.bulletins)
        for button in (self.print_button, self.save_button):
            row.addWidget(button)

    # ------------------------------------------------------------------ what is chosen

    @property
    def span(self) -> tuple[date, date]:
        return day_in(self.first), day_in(self.last)

    @property
    def grouping(self) -> Grouping:
        return Grouping(self.by.currentData())

    @property
    def choice(self) -> str:
        return str(self.period.currentData())

    def show_choice(self, choice: str) -> None:
        """A period by its name, counted from today."""
        self.period.setCurrentIndex(max(0, self.period.findData(choice)))
        if choice in state.PERIODS and choice != state.CHOSEN:
            self._show_span(*state.period_of(choice, self._today))

    def show_day(self, today: date) -> None:
        """Another day has come: a period counted from it moves along."""
        self._today = today
        if self.choice != state.CHOSEN:
            self.show_choice(self.choice)

    def written(self) -> dict[str, object]:
        """For the next time."""
        first, last = self.span
        return {
            "period": self.choice,
            "first": first.isoformat(),
            "last": last.isoformat(),
            "by": str(self.grouping),
        }

    def read(self, kept: Mapping[str, object]) -> None:
        """As it was the last time; what cannot be read is as from the start."""
        choice, by = kept.get("period"), kept.get("by")
        if by in list(Grouping):
            self.by.setCurrentIndex(self.by.findData(by))
        if choice == state.CHOSEN:
            try:
                span = date.fromisoformat(str(kept.get("first"))), date.fromisoformat(str(kept.get("last")))
            except ValueError:
                return
            self.show_choice(state.CHOSEN)
            self._show_span(*span)
        elif choice in state.PERIODS:
            self.show_choice(str(choice))

    def show_fault(self, wrong: bool) -> None:
        """Whether the last day lies before the first."""
        set_tone(self.last, "refused" if wrong else "")

    def _period_chosen(self) -> None:
        self.show_choice(self.choice)
        if self.choice == state.CHOSEN:
            self.first.setFocus()
        self.changed.emit()

    def _days_typed(self) -> None:
        self.period.setCurrentIndex(self.period.findData(state.CHOSEN))
        self.changed.emit()

    def _show_span(self, first: date, last: date) -> None:
        for edit, day in ((self.first, first), (self.last, last)):
            show_day(edit, day)
