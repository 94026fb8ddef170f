"""What became of single rows of a file: lists in tabs, with the row numbers a person sees in the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QTabWidget, QWidget

from desktop_app.gui import import_state as state
from desktop_app.gui.import_state import RowLine
from desktop_app.services.intake import Brought

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)


class RowLineModel(QAbstractTableModel):
    """Row number and words."""

    def __init__(self, lines: Sequence[RowLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = tuple(lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal:
            return ("表中行号", "说明")[section]
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role not in (_DISPLAY, _TOOL_TIP) or not index.isValid():
            return None
        line = self._lines[index.row()]
        return line.words if index.column() else str(line.row)


class ImportLines(QTabWidget):
    """不能导入, 重复, 疑似重复: only those that have rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)

    def show_lines(self, brought: Brought) -> None:
        while self.count():
            page = self.widget(0)
            self.removeTab(0)
            page.deleteLater()
        for title, lines in (
            ("不能导入", state.rejected_lines(brought)),
            ("重复", state.duplicate_lines(brought)),
            ("疑似重复", state.suspected_lines(brought)),
        ):
            if lines:
                self.addTab(self._table(title, lines), f"{title} {len(lines):,}")
        self.setVisible(self.count() > 0)

    def _table(self, title: str, lines: Sequence[RowLine]) -> QTableView:
        table = QTableView()
        table.setModel(RowLineModel(lines, table))
        table.setAccessibleName(title)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 12)
        table.setColumnWidth(0, table.fontMetrics().horizontalAdvance("表中行号") + 32)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        return table
