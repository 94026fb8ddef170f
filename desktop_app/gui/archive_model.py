"""The files of a year as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop_app.gui.archive_state import COLUMNS
from desktop_app.services.archive_list import FileLine

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)


class ArchiveModel(QAbstractTableModel):
    """A line a closed case, in the order of their closing."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[FileLine, ...] = ()

    def show(self, lines: Sequence[FileLine]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section].title
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if index.isValid() and role in (_DISPLAY, _TOOL_TIP):
            return COLUMNS[index.column()].text(self.lines[index.row()])
        return None
