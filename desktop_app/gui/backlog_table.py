"""What was typed at this sitting, the newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_app.gui.backlog_state import timeliness
from desktop_app.gui.columns_model import DISPLAY, TOOL_TIP, ColumnsModel, Index
from desktop_app.gui.register_columns import title_of
from desktop_app.gui.theme import CURRENT
from desktop_app.services.backlog import Entered
from desktop_app.services.queries import Listed


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in pixels at the standard size of text; 0 takes what is left."""

    title: str
    width: int
    text: Callable[[Entered], str]


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _status(one: Entered) -> str:
    return "已作废" if one.case.row.voided else one.case.row.status


COLUMNS = (
    Column("登记号", 104, lambda one: one.number),
    Column("标题", 0, lambda one: title_of(one.case)),
    Column("收件", 104, lambda one: _day(one.case.row.received)),
    Column("承办单位", 200, lambda one: one.case.row.lead),
    Column("状态", 88, _status),
    Column("到期", 104, lambda one: _day(one.case.row.due)),
    Column("按期", 80, lambda one: timeliness(one.case)),
    Column("备注", 168, lambda one: f"疑似与 {one.alike} 重复" if one.alike else ""),
)


class SittingModel(ColumnsModel):
    """Lines as they were recorded; one taken back stays, as 已作废."""

    columns = COLUMNS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Entered] = []

    def add(self, line: Entered) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._lines.insert(0, line)
        self.endInsertRows()

    def put(self, case: Listed) -> None:
        """The case of a line as it stands now; one that was not typed here is passed over."""
        row = next((row for row, one in enumerate(self._lines) if one.number == case.number), None)
        if row is None or self._lines[row].case == case:
            return
        self._lines[row] = replace(self._lines[row], case=case)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    @property
    def lines(self) -> tuple[Entered, ...]:
        """The newest first."""
        return tuple(self._lines)

    @property
    def standing(self) -> tuple[Entered, ...]:
        """Those not taken back, the newest first."""
        return tuple(one for one in self._lines if not one.case.row.voided)

    def line(self, row: int) -> Entered:
        return self._lines[row]

    def length(self) -> int:
        return len(self._lines)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid() or role not in (DISPLAY, TOOL_TIP):
            return None
        return COLUMNS[index.column()].text(self._lines[index.row()])


def make_table(model: SittingModel) -> QTableView:
    """The table of a sitting; Enter or a double click opens a case."""
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName("本次补录")
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(CURRENT.px(30))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for place, column in enumerate(COLUMNS):
        if column.width:
            header.resizeSection(place, CURRENT.px(column.width))
        else:
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
    return table
