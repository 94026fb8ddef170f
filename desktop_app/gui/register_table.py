"""The register's table: keys, ticks, columns that can be chosen, moved and widened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop_app.gui.register_columns import ALWAYS_SHOWN, COLUMNS, PLACES, TICK, TITLE, Column
from desktop_app.gui.register_lines import Cell, LinePainter
from desktop_app.gui.register_model import RegisterModel
from desktop_app.gui.register_state import Sorting
from desktop_app.gui.theme import CURRENT
from desktop_app.gui.window_settings import WindowSettings

COLUMN_SETTINGS = "register/columns"
ROW_HEIGHT = 32
"""In pixels at the standard size of text; it grows with the text."""
_UNIT_SHARE = 0.14
"""The units' column takes no more of the width, as long as nobody has set it: the title needs it more."""
_SAVE_AFTER = 300

_Action = QAbstractItemView.CursorAction


class RegisterTable(QTableView):
    """Arrows, PgUp and PgDn, Home and End move; Enter opens, Space ticks, Shift, Ctrl and Ctrl+A select lines."""

    open_wanted = Signal(int)
    tick_wanted = Signal(list)
    print_wanted = Signal()
    sort_wanted = Signal(str)

    def __init__(self, model: RegisterModel, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setModel(model)
        self.lines = LinePainter(model, self)
        self.setAccessibleName("留言台账")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._save_soon = QTimer(self)
        self._save_soon.setSingleShot(True)
        self._save_soon.setInterval(_SAVE_AFTER)
        self._save_soon.timeout.connect(self.save_columns)
        self._set_up_header()
        self._take_size()
        self.restore_columns()
        self.doubleClicked.connect(self._double_clicked)

    # ------------------------------------------------------------------ looks

    def _take_size(self) -> None:
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(CURRENT.px(ROW_HEIGHT))
        self.verticalScrollBar().setSingleStep(CURRENT.px(ROW_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.lines.take_looks(self)
            self._take_size()
            self.restore_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if "unit" not in self._kept_widths():
            self.setColumnWidth(PLACES["unit"], self._width(COLUMNS[PLACES["unit"]]))
            self._save_soon.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """All lines in one call, see register_lines."""
        count = self.model().rowCount()
        if not count:
            return
        seen, high = event.rect(), self.verticalHeader().defaultSectionSize()
        offset = self.verticalHeader().offset()
        first = max(0, (seen.top() + offset) // high)
        last = min(count - 1, (seen.bottom() + offset) // high)
        cells, wide = self._cells()
        selected, current = self.selectionModel(), self.current_row if self.hasFocus() else -1
        root = QModelIndex()
        painter = QPainter(self.viewport())
        for row in range(first, last + 1):
            line = QRect(0, row * high - offset, wide, high)
            self.lines.paint_line(
                painter, line, row, cells, selected.isRowSelected(row, root), row == current
            )
        painter.end()

    def _cells(self) -> tuple[list[Cell], int]:
        """The columns that are in sight, and how far to the right they go."""
        header, cells, right = self.horizontalHeader(), [], 0
        for visual in range(header.count()):
            place = header.logicalIndex(visual)
            if not header.isSectionHidden(place):
                left, width = header.sectionViewportPosition(place), header.sectionSize(place)
                cells.append(Cell(COLUMNS[place], left, width))
                right = max(right, left + width)
        return cells, right

    # ------------------------------------------------------------------ columns

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(PLACES[TITLE], QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(PLACES[TICK], QHeaderView.ResizeMode.Fixed)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda place: self.column_menu().popup(header.mapToGlobal(place))
        )
        header.sectionClicked.connect(self._header_clicked)
        header.sectionResized.connect(lambda *_: self._save_soon.start())
        header.sectionMoved.connect(lambda *_: self._save_soon.start())

    def _header_clicked(self, place: int) -> None:
        if COLUMNS[place].sort is not None:
            self.sort_wanted.emit(COLUMNS[place].sort)

    def show_sorting(self, sorting: Sorting) -> None:
        place = next(at for at, column in enumerate(COLUMNS) if column.sort == sorting.key)
        order = Qt.SortOrder.DescendingOrder if sorting.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(place, order)

    def column_menu(self) -> QMenu:
        """Which columns are shown; the number and the title always are."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(COLUMNS):
            if column.name in ALWAYS_SHOWN:
                continue
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.toggled.connect(self._showing(place))
        menu.addSeparator()
        menu.addAction("恢复原样").triggered.connect(self.reset_columns)
        return menu

    def _showing(self, place: int) -> Callable[[bool], None]:
        def show(shown: bool) -> None:
            self.setColumnHidden(place, not shown)
            if shown and self.columnWidth(place) < self.horizontalHeader().minimumSectionSize():
                self.setColumnWidth(place, self._width(COLUMNS[place]))
            self.save_columns()

        return show

    def _width(self, column: Column) -> int:
        """What a column has while nobody has set it."""
        width = CURRENT.px(column.width)
        if column.name == "unit":
            return max(CURRENT.px(96), min(width, round(self.width() * _UNIT_SHARE)))
        return width

    def _kept_widths(self) -> dict[str, int]:
        """Of the columns that an operator has set, at the standard size of text."""
        kept: dict[str, object] = self._settings.get(COLUMN_SETTINGS, {})
        widths = kept.get("widths")
        if not isinstance(widths, dict):
            return {}
        return {name: width for name, width in widths.items() if isinstance(width, int) and width > 0}

    def reset_columns(self) -> None:
        """Columns, widths and order as the program comes with them."""
        self.show_columns({})

    @property
    def columns(self) -> dict[str, object]:
        """How they stand now, as they are kept."""
        self.save_columns()
        return self._settings.get(COLUMN_SETTINGS, {})

    def show_columns(self, columns: Mapping[str, object]) -> None:
        """Columns, widths and order as they once were kept."""
        self._settings.put(COLUMN_SETTINGS, dict(columns))
        self.restore_columns()

    def restore_columns(self) -> None:
        kept: dict[str, object] = self._settings.get(COLUMN_SETTINGS, {})
        widths, shown, order = self._kept_widths(), kept.get("shown"), kept.get("order")
        header = self.horizontalHeader()
        for place, column in enumerate(COLUMNS):
            width = CURRENT.px(widths[column.name]) if column.name in widths else self._width(column)
            if column.name != TITLE:
                self.setColumnWidth(place, width)
            visible = column.name in shown if isinstance(shown, list) else column.shown
            self.setColumnHidden(place, not visible and column.name not in ALWAYS_SHOWN)
        names = [name for name in order if name in PLACES] if isinstance(order, list) else []
        names += [column.name for column in COLUMNS if column.name not in names]
        for visual, name in enumerate(names):
            header.moveSection(header.visualIndex(PLACES[name]), visual)
        self._save_soon.stop()

    def save_columns(self) -> None:
        header = self.horizontalHeader()
        places = [header.logicalIndex(visual) for visual in range(len(COLUMNS))]
        shown = [place for place in places if not self.isColumnHidden(place)]
        self._settings.put(
            COLUMN_SETTINGS,
            {
                "order": [COLUMNS[place].name for place in places],
                "shown": [COLUMNS[place].name for place in shown],
                "widths": self._kept_widths() | self._widths_set(),
            },
        )

    def _widths_set(self) -> dict[str, int]:
        """Only what differs from the program's own: the rest may follow the window and the size of text."""
        now = {column: self.columnWidth(PLACES[column.name]) for column in COLUMNS}
        return {
            column.name: CURRENT.standard(width)
            for column, width in now.items()
            if width and column.name not in (TITLE, TICK) and width != self._width(column)
        }

    # ------------------------------------------------------------------ lines

    @property
    def current_row(self) -> int:
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Put the keyboard on a line, and choose it alone."""
        column = max(self.currentIndex().column(), PLACES["number"])
        self.setCurrentIndex(self.model().index(row, column))

    def go_to_top(self, row: int) -> None:
        """The same, with the line at the top of the view and what follows it below."""
        self.go_to(row)
        self.scrollTo(self.currentIndex(), QTableView.ScrollHint.PositionAtTop)

    def selected_rows(self) -> list[int]:
        """From the top down; asked of ranges, for all of a long list may be selected."""
        ranges: QItemSelection = self.selectionModel().selection()
        rows: set[int] = set()
        for one in ranges:  # type: ignore[attr-defined]
            rows.update(range(one.top(), one.bottom() + 1))
        return sorted(rows)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: it would read every line of the list."""

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and last line, not along one line."""
        last = self.model().rowCount() - 1
        if action in (_Action.MoveHome, _Action.MoveEnd) and last >= 0:
            row = 0 if action == _Action.MoveHome else last
            return self.model().index(row, max(self.currentIndex().column(), 0))
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.current_row
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and row >= 0:
            self.open_wanted.emit(row)
        elif key == Qt.Key.Key_Space and plain and row >= 0:
            chosen = self.selected_rows()
            self.tick_wanted.emit(chosen if row in chosen else [row])
        elif key == Qt.Key.Key_P and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.print_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() == PLACES[TICK]:
            self.tick_wanted.emit([index.row()])
            return
        super().mousePressEvent(event)

    def _double_clicked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.column() != PLACES[TICK]:
            self.open_wanted.emit(index.row())

    def first_visible_row(self) -> int:
        return max(0, self.rowAt(0))
