"""A day that is typed or picked, for filters and periods: made, read and set in one way everywhere."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker
from PySide6.QtWidgets import QDateEdit


def day_edit(name: str, day: date | None = None) -> QDateEdit:
    """The field; it tells of a day once that is typed out, not figure by figure."""
    edit = QDateEdit()
    if day is not None:
        edit.setDate(_of_qt(day))
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setCalendarPopup(True)
    edit.setAccessibleName(name)
    edit.setKeyboardTracking(False)
    return edit


def day_in(edit: QDateEdit) -> date:
    """The day that stands there."""
    day = edit.date()
    return date(day.year(), day.month(), day.day())


def show_day(edit: QDateEdit, day: date) -> None:
    """Put a day there without anybody being told of a change."""
    with QSignalBlocker(edit):
        edit.setDate(_of_qt(day))


def _of_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
