"""Editors of a day: one that is always there, and one that may be left open."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLabel, QSizePolicy

from desktop_app.domain.wording import weekday_words
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.gui.field_editor import FieldEditor


class _Day(QDateEdit):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class DayEditor(FieldEditor):
    """A day, its weekday and whether it is worked beside it; ↑ ↓ change the part the cursor is in."""

    def __init__(self, calendar: WorkCalendar, today: date) -> None:
        super().__init__()
        self._calendar, self._today = calendar, today
        self.day = _Day(QDate(today.year, today.month, today.day))
        self.day.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setMinimumWidth(136)
        self._words = QLabel()
        self._words.setProperty("role", "hint")
        self.day.dateChanged.connect(self._tell)
        self.day.dateChanged.connect(self.edited)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._lay_out()
        self._tell()

    def _lay_out(self) -> None:
        self._put(self.day, self._words)
        self.setFocusProxy(self.day)

    def value(self) -> str:
        return self._chosen().isoformat()

    def set_value(self, text: str) -> None:
        day = date.fromisoformat(text) if text else self._today
        self.day.setDate(QDate(day.year, day.month, day.day))

    def _chosen(self) -> date:
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _tell(self) -> None:
        chosen = self._chosen()
        day = self._calendar.day(chosen)
        worked = "工作日" if day.working else day.holiday or "休息日"
        same = "今天 " if chosen == self._today else ""
        self._words.setText(f"{same}{weekday_words(chosen)} {worked}")


class OpenDayEditor(DayEditor):
    """A day that may be left open: ticked where there is one."""

    def _lay_out(self) -> None:
        self.tick = QCheckBox("有")
        self.tick.toggled.connect(self._show_day)
        self.tick.toggled.connect(lambda _: self.edited.emit())
        self._put(self.tick, self.day, self._words)
        self.setFocusProxy(self.tick)
        self._show_day(False)

    def _show_day(self, given: bool) -> None:
        self.day.setVisible(given)
        self._words.setVisible(given)

    def value(self) -> str:
        return super().value() if self.tick.isChecked() else ""

    def set_value(self, text: str) -> None:
        if text:
            super().set_value(text)
        self.tick.setChecked(bool(text))

    def name_for_readers(self, name: str) -> None:
        self.tick.setAccessibleName(f"{name}，有")
        self.day.setAccessibleName(name)
