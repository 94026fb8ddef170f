"""The numbers issued as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from desktop_app.gui.columns_model import DISPLAY, TOOL_TIP, ColumnsModel, Index
from desktop_app.gui.issued_state import COLUMNS, DAY, in_order
from desktop_app.gui.theme import CONTRAST, CURRENT, LIGHT
from desktop_app.services.issued_papers import IssuedPaper

_FONT = int(Qt.ItemDataRole.FontRole)
_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
PAPER_ROLE = int(Qt.ItemDataRole.UserRole)


class IssuedModel(ColumnsModel):
    """A line a number, in the order of a column; a voided one is struck through, and its column says so in words."""

    columns = COLUMNS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers: list[IssuedPaper] = []
        self._column, self._descending = DAY, True
        self._struck = QFont()
        self._struck.setStrikeOut(True)

    @property
    def papers(self) -> Sequence[IssuedPaper]:
        return self._papers

    def show(self, papers: Sequence[IssuedPaper]) -> None:
        self.beginResetModel()
        self._papers = in_order(papers, self._column, self._descending)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self.show(self._papers)

    def row_of(self, document: str) -> int:
        """Where a number stands; -1 where it is not shown."""
        return next((row for row, one in enumerate(self._papers) if one.document == document), -1)

    def length(self) -> int:
        return len(self._papers)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        paper = self._papers[index.row()]
        if role in (DISPLAY, TOOL_TIP):
            return COLUMNS[index.column()].text(paper)
        if role == PAPER_ROLE:
            return paper
        if role == _FONT and paper.voided and index.column() == 0:
            return self._struck
        if role == _COLOUR and (paper.voided or paper.missing):
            colours = CONTRAST if CURRENT.high_contrast else LIGHT
            return QColor(colours["overdue" if paper.missing else "quiet"])
        return None
