"""The banner over a year without its holiday notice, with the button that leads to where it is entered."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.gui import calendar_state as state
from desktop_app.gui.page_parts import label


class CalendarBanner(QFrame):
    """Hidden where every year shown has its notice."""

    year_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "warning")
        self._first_year = 0
        self.words = label("")
        self.enter = QPushButton("录入放假安排…")
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        line.addWidget(self.enter)
        self.enter.clicked.connect(lambda: self.year_wanted.emit(self._first_year))
        self.hide()

    def show_span(self, calendar: WorkCalendar, first: date, last: date) -> None:
        """Name the years of a span that lack their notice."""
        self._first_year = min(calendar.provisional_years(first, last), default=0)
        words = state.banner(calendar, first, last)
        self.words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
