"""The figures as a table: a line a group, a column a figure; each number opens its cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop_app.domain.figures import GROUPING_WORDS, Grouping
from desktop_app.domain.regulation import Regulation
from desktop_app.gui import figures_state as state
from desktop_app.gui.figures_state import Row
from desktop_app.gui.theme import CONTRAST, CURRENT, LIGHT

Index = QModelIndex | QPersistentModelIndex
_DISPLAY, _TOOL_TIP, _FONT, _COLOUR, _ALIGNMENT, _SPOKEN = map(
    int,
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.AccessibleTextRole,
    ),
)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NAME_CHARACTERS, _GAP = 14, 28


class FiguresModel(QAbstractTableModel):
    """Rows as they are sorted; the whole and the year before stay on top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys: tuple[str, ...] = ()
        self.heading = ""
        self.regulation: Regulation | None = None
        self._given: tuple[Row, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._sorted: tuple[str, bool] | None = None
        self.bold = QFont()
        self.bold.setBold(True)

    def show(self, rows: Sequence[Row], keys: Sequence[str], heading: str) -> None:
        self.beginResetModel()
        self._given, self.keys, self.heading = tuple(rows), tuple(keys), heading
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        known = self._sorted is not None and self._sorted[0] in ("", *self.keys)
        self._rows = state.sorted_rows(self._given, *self._sorted) if known and self._sorted else self._given

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; a column below 0: as they came, the largest group first."""
        key = "" if column == 0 else self.keys[column - 1] if 0 < column <= len(self.keys) else None
        self._sorted = (key, order == Qt.SortOrder.DescendingOrder) if key is not None else None
        self.layoutAboutToBeChanged.emit()
        self._arrange()
        self.layoutChanged.emit()

    def figure_at(self, index: Index) -> tuple[Row, str] | None:
        """The line and the figure of a cell; None on a name."""
        if not index.isValid() or index.column() == 0:
            return None
        return self._rows[index.row()], self.keys[index.column() - 1]

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1 + len(self.keys)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        key = self.keys[section - 1] if section else ""
        if role == _DISPLAY:
            return state.heading_words(key) if key else self.heading
        if role == _TOOL_TIP and key:
            return state.heading_hint(key, self.regulation)
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _FONT:
            return self.bold if row.fixed and index.row() == 0 else None
        if index.column() == 0:
            return row.name if role in (_DISPLAY, _TOOL_TIP) else None
        key = self.keys[index.column() - 1]
        if role == _DISPLAY:
            return state.cell_words(row.sums, key)
        if role in (_TOOL_TIP, _SPOKEN):
            return state.cell_hint(row, key)
        if role == _ALIGNMENT:
            return _RIGHT
        if role == _COLOUR:
            return self._colour(row, key)
        return None

    def _colour(self, row: Row, key: str) -> QColor | None:
        colours = CONTRAST if CURRENT.high_contrast else LIGHT
        if state.too_few(row.sums, key) or state.cell_words(row.sums, key) in ("0", "—"):
            return QColor(colours["faint"])
        late = key == "overdue_open" and row.name != state.YEAR_BEFORE
        return QColor(colours["overdue"]) if late else None


class FiguresTable(QTableView):
    """A click or Enter on a number asks for its cases."""

    cases_wanted = Signal(object, str)
    """Row and key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = FiguresModel(self)
        self.setModel(self.figures)
        self.setAccessibleName("统计表")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.setMinimumSectionSize(CURRENT.px(48))
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        header.sectionClicked.connect(self._sort)
        self.clicked.connect(self._ask)

    def show_rows(self, rows: Sequence[Row], keys: Sequence[str], by: Grouping) -> None:
        """Show these columns of these rows; the cursor stays on the number it was on, where that is still there."""
        before = self.figures.figure_at(self.currentIndex())
        self.figures.show(rows, keys, GROUPING_WORDS[by])
        self._fit()
        self._go_back_to(before)

    def _go_back_to(self, before: tuple[Row, str] | None) -> None:
        at = (0, 1)
        if before is not None and before[1] in self.figures.keys:
            names = [row.name for row in self.figures.rows]
            place = names.index(before[0].name) if before[0].name in names else 0
            at = place, self.figures.keys.index(before[1]) + 1
        self.setCurrentIndex(self.figures.index(*at))

    def _fit(self) -> None:
        """Columns as wide as their numbers, with headings on two lines where they are longer."""
        metrics, figures = self.fontMetrics(), self.figures
        bold = QFontMetrics(figures.bold)
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 14)
        self.horizontalHeader().setFixedHeight(2 * metrics.height() + 16)
        gap = CURRENT.px(_GAP)
        names = [metrics.horizontalAdvance(row.name) for row in figures.rows]
        most = metrics.horizontalAdvance("字") * _NAME_CHARACTERS
        self.setColumnWidth(0, min(max([*names, CURRENT.px(80)]), most) + gap)
        for place, key in enumerate(figures.keys, start=1):
            told = [bold.horizontalAdvance(state.cell_words(row.sums, key)) for row in figures.rows]
            lines = state.heading_words(key).split("\n")
            heading = max(map(metrics.horizontalAdvance, lines))
            self.setColumnWidth(place, max([*told, heading]) + gap)

    def _sort(self, column: int) -> None:
        header = self.horizontalHeader()
        self.figures.sort(column, header.sortIndicatorOrder())
        self._go_back_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _ask(self, index: QModelIndex) -> None:
        figure = self.figures.figure_at(index)
        if figure is not None:
            self.cases_wanted.emit(*figure)
