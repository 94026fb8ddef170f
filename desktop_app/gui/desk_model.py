"""The morning desk as a model of two levels: headings, and the lines under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.gui.day_looks import MARK_COLOURS
from desktop_app.gui.desk_state import DeskHeading, DeskLine
from desktop_app.gui.open_elsewhere import OpenElsewhere

Index = QModelIndex | QPersistentModelIndex

NUMBER, TITLE, UNIT, DEADLINE = range(4)
COLUMNS = 4
_DISPLAY, _TOOL_TIP, _SPOKEN, _COLOUR = map(
    int,
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ForegroundRole,
    ),
)
_NO_PARENT = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What an index stands for: its heading, and the line, None on the heading itself and on the line of the rest."""

    heading: DeskHeading
    line: DeskLine | None
    rest: bool = False


class DeskModel(QAbstractItemModel):
    """A line's index bears its heading's row + 1 as its id."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[DeskHeading, ...] = ()
        self._elsewhere: OpenElsewhere | None = None

    def show_elsewhere(self, elsewhere: OpenElsewhere | None) -> None:
        """Mark what colleagues have open, from now on."""
        self._elsewhere = elsewhere
        if elsewhere is not None:
            elsewhere.changed.connect(self._tell_marks)

    def _tell_marks(self) -> None:
        for row, heading in enumerate(self._headings):
            if heading.lines:
                head = self.index(row, 0)
                first, last = self.index(0, TITLE, head), self.index(len(heading.lines) - 1, TITLE, head)
                self.dataChanged.emit(first, last)

    def show(self, headings: Sequence[DeskHeading]) -> None:
        self.beginResetModel()
        self._headings = tuple(headings)
        self.endResetModel()

    @property
    def headings(self) -> tuple[DeskHeading, ...]:
        return self._headings

    def place(self, index: Index) -> Place | None:
        if not index.isValid():
            return None
        owner = index.internalId()
        if owner == _NO_PARENT:
            return Place(self._headings[index.row()], None)
        heading = self._headings[owner - 1]
        if index.row() < len(heading.lines):
            return Place(heading, heading.lines[index.row()])
        return Place(heading, None, rest=True)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _NO_PARENT)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == _NO_PARENT:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _NO_PARENT)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._headings)
        if parent.internalId() != _NO_PARENT or parent.column() > 0:
            return 0
        heading = self._headings[parent.row()]
        return len(heading.lines) + (1 if heading.rest else 0)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return COLUMNS

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        place = self.place(index)
        if place is None:
            return None
        if place.line is not None:
            return self._marked(place.line, index.column(), role, _of_line(place.line, index.column(), role))
        if place.rest:
            words = f"还有 {place.heading.rest:,} 件，按 Enter 列出"
            return words if role == _SPOKEN or (role == _DISPLAY and index.column() == TITLE) else None
        # The heading itself is drawn by its widget; readers of the screen are told here.
        return place.heading.spoken if role == _SPOKEN else None

    def _marked(self, line: DeskLine, column: int, role: int, said: Any) -> Any:
        """With who has the case open elsewhere, where a title or a whole line is told."""
        if self._elsewhere is None or not line.number:
            return said
        if role == _DISPLAY and column == TITLE:
            mark = self._elsewhere.mark(line.number)
            return f"〔{mark}〕{said}" if mark else said
        if role in (_TOOL_TIP, _SPOKEN):
            words = self._elsewhere.words(line.number)
            return f"{said}\n{words}" if words else said
        return said


def _of_line(line: DeskLine, column: int, role: int) -> Any:
    if role == _DISPLAY:
        return (line.number, line.title, line.unit, line.deadline.text)[column]
    if role in (_TOOL_TIP, _SPOKEN):
        return line.detail
    if role == _COLOUR and column == DEADLINE and line.deadline.mark is not None:
        return MARK_COLOURS[line.deadline.mark]
    return None
