"""Cases under headings, for the list at the side of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from desktop_app.gui.calendar_state import CaseGroup, CaseLine
from desktop_app.gui.day_looks import MARK_COLOURS, quiet
from desktop_app.gui.item_option import fields

Index = QModelIndex | QPersistentModelIndex

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY, _TOOL_TIP, _SPOKEN, _FONT, _COLOUR = map(
    int,
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.ForegroundRole,
    ),
)
_NO_PARENT = 0


class CaseGroupModel(QAbstractItemModel):
    """Two levels: headings, and cases under them. A case's index bears its heading's row + 1 as its id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[CaseGroup, ...] = ()

    def show(self, groups: Sequence[CaseGroup]) -> None:
        self.beginResetModel()
        self._groups = tuple(groups)
        self.endResetModel()

    @property
    def groups(self) -> tuple[CaseGroup, ...]:
        return self._groups

    def line_at(self, index: Index) -> CaseLine | None:
        """The case at an index; None on a heading."""
        if not index.isValid() or index.internalId() == _NO_PARENT:
            return None
        return self._groups[index.internalId() - 1].lines[index.row()]

    def group_of(self, index: Index) -> CaseGroup:
        owner = index.internalId()
        return self._groups[index.row() if owner == _NO_PARENT else owner - 1]

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
            return len(self._groups)
        if parent.internalId() != _NO_PARENT:
            return 0
        return len(self._groups[parent.row()].lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        line = self.line_at(index)
        if line is None:
            return self._heading(self._groups[index.row()], role)
        if role == _DISPLAY:
            return f"{line.number}  {line.title}"
        if role in (_TOOL_TIP, _SPOKEN):
            return line.detail
        return line if role == LINE_ROLE else None

    def _heading(self, group: CaseGroup, role: int) -> Any:
        if role == _DISPLAY:
            return f"{group.mark.shape} {group.heading}" if group.mark else group.heading
        if role == _SPOKEN:
            return f"{group.mark.word}，{group.heading}" if group.mark else group.heading
        if role == _FONT:
            font = QFont()
            font.setBold(True)
            return font
        if role == _COLOUR and group.mark:
            return MARK_COLOURS[group.mark]
        return None


class _LineDelegate(QStyledItemDelegate):
    """A case in two lines: number and title, elided; under them who has it and how it stands."""

    _PAD = 4

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = 2 if index.data(LINE_ROLE) is not None else 1
        return QSize(0, fields(option).fontMetrics.height() * lines + 2 * self._PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: CaseLine | None = index.data(LINE_ROLE)
        if line is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        item = fields(option)
        item.text = ""
        style = item.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, item.widget)
        area = item.rect.adjusted(self._PAD, self._PAD, -self._PAD, -self._PAD)
        high = item.fontMetrics.height()
        chosen = bool(item.state & QStyle.StateFlag.State_Selected)
        roles = QPalette.ColorRole
        first = item.palette.color(roles.HighlightedText if chosen else roles.Text)
        painter.save()
        for text, top, colour in (
            (f"{line.number}  {line.title}", 0, first),
            (line.note, high, first if chosen else quiet(item.palette)),
        ):
            painter.setPen(colour)
            shown = item.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area.x(), area.y() + top, area.width(), high, 0, shown)
        painter.restore()


class CaseGroups(QTreeView):
    """Enter or a double click opens a case, together with the others under its heading."""

    opened = Signal(str, object)
    """The number, and the numbers of all cases listed with it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cases = CaseGroupModel(self)
        self.setModel(self.cases)
        self.setItemDelegate(_LineDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(12)
        self.setUniformRowHeights(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName(name)
        self.doubleClicked.connect(self._open)

    def number_at(self, index: QModelIndex) -> str | None:
        """The case of a line; None on a heading."""
        line = self.cases.line_at(index)
        return line.number if line is not None else None

    def show_groups(self, groups: Sequence[CaseGroup], unfold: bool = True) -> None:
        """Show these, the case chosen before chosen again. `unfold`: headings open from the start."""
        line = self.cases.line_at(self.currentIndex())
        open_before = {
            self.cases.groups[row].heading.split()[0]: self.isExpanded(self.cases.index(row, 0))
            for row in range(len(self.cases.groups))
        }
        self.cases.show(groups)
        for row, group in enumerate(self.cases.groups):
            self.setExpanded(self.cases.index(row, 0), open_before.get(group.heading.split()[0], unfold))
        self._choose(line.number if line else None)

    def _choose(self, number: str | None) -> None:
        for row, group in enumerate(self.cases.groups):
            for place, line in enumerate(group.lines):
                if line.number == number:
                    self.setCurrentIndex(self.cases.index(place, 0, self.cases.index(row, 0)))
                    return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        line = self.cases.line_at(index)
        if line is not None:
            self.opened.emit(line.number, [one.number for one in self.cases.group_of(index).lines])
        elif index.isValid() and not index.parent().isValid():
            self.setExpanded(index, not self.isExpanded(index))
