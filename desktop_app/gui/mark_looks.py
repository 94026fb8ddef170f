"""How the marks of the calendar look: a colour each, which never speaks without its shape and word."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor

from desktop_app.gui.calendar_state import Mark

MARK_COLOURS: Mapping[Mark, QColor] = {
    Mark.OVERDUE: QColor("#b42318"),
    Mark.DUE: QColor("#8a4600"),
    Mark.REMIND: QColor("#1d5fa8"),
    Mark.EXPECTED: QColor("#57606a"),
}
"""All at least 4.5:1 on the grounds below (WCAG 2.1, 1.4.3)."""

GROUND = QColor("#ffffff")
OFF_GROUND = QColor("#f7f4ef")
PALE_GROUND = QColor("#f6f7f8")
LINE = QColor("#d5dade")
TEXT = QColor("#1f2328")
SMALL_TEXT = QColor("#57606a")
OFF_TEXT = QColor("#9a3412")
PALE_TEXT = QColor("#6a727b")
ACCENT = QColor("#1d5fa8")
ON_ACCENT = QColor("#ffffff")
