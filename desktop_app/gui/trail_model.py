"""The lines of 审计日志 as a table that asks for more as one comes to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from desktop_app.gui.columns_model import DISPLAY, TOOL_TIP, ColumnsModel, Index
from desktop_app.gui.theme import CONTRAST, CURRENT, LIGHT
from desktop_app.gui.trail_state import COLUMNS, GRAVE
from desktop_app.services.trail import TrailLine

_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
LINE_ROLE = int(Qt.ItemDataRole.UserRole)


class TrailModel(ColumnsModel):
    """Lines in the order given, the newest first."""

    columns = COLUMNS

    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[TrailLine] = []
        self._more = self._asked = False

    def show(self, lines: Sequence[TrailLine], more: bool) -> None:
        """These from the beginning; `more`: others follow."""
        self.beginResetModel()
        self.lines, self._more, self._asked = list(lines), more, False
        self.endResetModel()

    def add(self, lines: Sequence[TrailLine], more: bool) -> None:
        """These after those there are."""
        self._more, self._asked = more, False
        if lines:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(lines) - 1)
            self.lines += lines
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        self._asked = True
        self.more_wanted.emit()

    def length(self) -> int:
        return len(self.lines)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (DISPLAY, TOOL_TIP):
            return COLUMNS[index.column()].text(line)
        if role == LINE_ROLE:
            return line
        if role == _COLOUR and line.action in GRAVE:
            return QColor((CONTRAST if CURRENT.high_contrast else LIGHT)["overdue"])
        return None
