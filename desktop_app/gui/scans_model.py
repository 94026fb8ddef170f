"""The table of 扫描件归件: a box to tick, a thumbnail, the file, the case it goes to, what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app.gui import scans_state as state
from desktop_app.gui.page_picture import image_of
from desktop_app.gui.scans_state import ScanLine

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("", "文件", "归到", "说明")
FILE, CASE, WORDS = 1, 2, 3

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_DECORATION = int(Qt.ItemDataRole.DecorationRole)
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_READ_ALOUD = int(Qt.ItemDataRole.AccessibleTextRole)


@dataclass(slots=True)
class _Shown:
    line: ScanLine
    thumbnail: QPixmap | None


class ScansModel(QAbstractTableModel):
    """Ticks are set here; all else is set anew from outside."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Shown] = []

    @property
    def lines(self) -> tuple[ScanLine, ...]:
        return tuple(row.line for row in self._rows)

    def show_lines(self, lines: Sequence[ScanLine]) -> None:
        """Everything anew."""
        self.beginResetModel()
        self._rows = [_Shown(line, _pixmap(line)) for line in lines]
        self.endResetModel()
        self.changed.emit()

    def put_lines(self, lines: Sequence[ScanLine]) -> None:
        """The same papers, what is said of them anew; selection and place stay."""
        for row, line in zip(self._rows, lines, strict=True):
            row.line = line
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, WORDS))
        self.changed.emit()

    def toggle(self, row: int) -> None:
        line = self._rows[row].line
        self._put(row, state.ticked(line, not line.ticked))

    def assign(self, row: int, number: str, title: str) -> None:
        """A person named the case."""
        self._put(row, state.assigned(self._rows[row].line, number, title))

    def _put(self, row: int, line: ScanLine) -> None:
        self._rows[row].line = line
        self.dataChanged.emit(self.index(row, 0), self.index(row, WORDS))
        self.changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        if index.column() == 0 and self._rows[index.row()].line.state == state.READY:
            return usual | Qt.ItemFlag.ItemIsUserCheckable
        return usual

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        shown, column = self._rows[index.row()], index.column()
        if column == 0:
            return self._first(shown, role)
        if role in (_DISPLAY, _TOOL_TIP):
            return (shown.line.file_words, shown.line.case_words, shown.line.words)[column - 1]
        return None

    def _first(self, shown: _Shown, role: int) -> Any:
        if role == _CHECK and shown.line.state == state.READY:
            return Qt.CheckState.Checked if shown.line.ticked else Qt.CheckState.Unchecked
        if role == _DECORATION:
            return shown.thumbnail
        if role == _READ_ALOUD:
            return "已勾选" if shown.line.ticked else "未勾选"
        return None

    def setData(self, index: Index, value: Any, role: int = _CHECK) -> bool:
        if role != _CHECK or index.column() != 0:
            return False
        self.toggle(index.row())
        return True


def _pixmap(line: ScanLine) -> QPixmap | None:
    return QPixmap.fromImage(image_of(line.part.thumbnail)) if line.part.thumbnail is not None else None
