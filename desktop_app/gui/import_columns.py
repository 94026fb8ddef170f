"""Which column of a sheet holds which field: recognised, and to be adjusted; beside it the first rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.documents.tables import Table
from desktop_app.domain.columns import SYNONYMS
from desktop_app.gui import import_state as state
from desktop_app.gui.page_parts import label

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
NONE = "（没有这一列）"


class PreviewModel(QAbstractTableModel):
    """The first rows of a sheet under its own header and what each column was taken for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
        self._header: tuple[str, ...] = ()
        self._columns: Mapping[str, str] = {}

    def show(self, table: Table, columns: Mapping[str, str]) -> None:
        self.beginResetModel()
        self._rows, self._header, self._columns = state.preview(table), table.header, columns
        self.endResetModel()

    def take_columns(self, columns: Mapping[str, str]) -> None:
        self._columns = columns
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(self._header) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._header)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role != _DISPLAY:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return state.heading_of(self._header[section], self._columns)
        return str(self._rows[section][0])

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role not in (_DISPLAY, _TOOL_TIP) or not index.isValid():
            return None
        return self._rows[index.row()][1][index.column()]


class ImportColumns(QSplitter):
    """Fields at the left, each with its column; the first rows at the right."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        self.rows = PreviewModel(self)
        self.table = QTableView()
        self.table.setModel(self.rows)
        self.table.setAccessibleName("表格的前几行")
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 12)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.choices: dict[str, QComboBox] = {}
        self.addWidget(self._fields())
        self.addWidget(self.table)
        self.setStretchFactor(1, 1)
        self.setSizes([320, 900])

    def _fields(self) -> QWidget:
        inside = QWidget()
        form = QFormLayout(inside)
        form.setContentsMargins(0, 0, 8, 0)
        form.setVerticalSpacing(4)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for field in SYNONYMS:
            choice = QComboBox()
            choice.setAccessibleName(f"{state.field_label(field)}在哪一列")
            choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            choice.setMinimumContentsLength(8)
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.activated.connect(self._on_chosen)
            self.choices[field] = choice
            name = label(state.field_label(field), "field")
            name.setBuddy(choice)
            form.addRow(name, choice)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("各字段在哪一列", "section"))
        column.addWidget(scroll, 1)
        return around

    def show_table(self, table: Table, columns: Mapping[str, str]) -> None:
        named = [name for name in dict.fromkeys(table.header) if name]
        for field, choice in self.choices.items():
            choice.clear()
            choice.addItem(NONE, state.NO_COLUMN)
            for name in named:
                choice.addItem(name, name)
            choice.setCurrentIndex(max(choice.findData(columns[field]), 0))
        self.rows.show(table, columns)
        for place in range(len(table.header)):
            self.table.setColumnWidth(place, self.table.fontMetrics().horizontalAdvance("字") * 12)

    def columns(self) -> dict[str, str]:
        """Every field's column by name, empty where it has none."""
        return {field: str(choice.currentData() or "") for field, choice in self.choices.items()}

    def _on_chosen(self) -> None:
        self.rows.take_columns(self.columns())
        self.changed.emit()
