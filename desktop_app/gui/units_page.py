"""单位名册: the units found by name or pinyin initials, one of them in a form beside, and import from a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.units import Unit
from desktop_app.errors import LiuyanError
from desktop_app.gui import units_state as state
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.typing_keeper import TypingKeeper
from desktop_app.gui.unit_arrivals import UnitArrivals
from desktop_app.gui.unit_form import UnitForm
from desktop_app.gui.unit_model import COLUMNS, UnitModel
from desktop_app.services import office
from desktop_app.services.edited_meanwhile import EditedMeanwhile
from desktop_app.services.session import Session
from desktop_app.services.unit_edits import read_fields

SHEETS = "表格 (*.xlsx *.xls *.ods *.csv *.tsv)"
_NEW = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """All units, and those that answer what is typed."""

    every: tuple[Unit, ...]
    shown: tuple[Unit, ...]


class UnitsPage(Page):
    """What is typed into a unit and not saved is kept while one looks at others, and marked."""

    title = "单位名册"
    kinds = frozenset({"units"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._every: tuple[Unit, ...] = ()
        self._drafts: dict[str, Unit] = {}
        self._bases: dict[str, Unit] = {}
        self.keeper = TypingKeeper(context, "units", lambda: state.written(self._drafts), self)
        self.keeper.found.connect(self._take_up)
        self._current: str | None = None
        self.search = QLineEdit()
        self.add = QPushButton("新增单位")
        self.bring = QPushButton("从表格导入…")
        self.units = UnitModel(self)
        self.table = QTableView()
        self.form = UnitForm()
        self.arrivals = UnitArrivals()
        self.empty = label("名册里还没有单位。可以从表格导入，也可以逐个新增。", "empty")
        self.unfound = label("没有找到这样的单位。", "hint")
        self._build()
        self._connect()

    # ------------------------------------------------------------------ laying out

    def _build(self) -> None:
        self.search.setPlaceholderText("按名称、简称或拼音首字母查找")
        self.search.setAccessibleName("查找单位")
        self.search.setClearButtonEnabled(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self.add)
        head.addWidget(self.bring)
        self._build_table()
        self.list_stack = QStackedWidget()
        self.list_stack.addWidget(self.table)
        self.list_stack.addWidget(self.empty)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.arrivals)
        column.addWidget(self.unfound)
        column.addWidget(self.list_stack, 1)
        self.unfound.hide()
        self.arrivals.hide()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        around = QScrollArea()
        around.setWidget(self.form)
        around.setWidgetResizable(True)
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        splitter.addWidget(around)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([820, 440])
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.addWidget(splitter)
        self.form.setEnabled(False)

    def _build_table(self) -> None:
        self.table.setModel(self.units)
        self.table.setAccessibleName("单位名册")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 14)
        self.table.horizontalHeader().setHighlightSections(False)
        wide = self.table.fontMetrics().horizontalAdvance("字")
        for place, column in enumerate(COLUMNS):
            self.table.setColumnWidth(place, wide * column.width + 16)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._ask)
        self.search.returnPressed.connect(self.table.setFocus)
        self.add.clicked.connect(self.add_unit)
        self.bring.clicked.connect(self._choose_file)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.activated.connect(self.form.focus_first)
        self.form.edited.connect(self._on_edited)
        self.form.save_wanted.connect(self.save)
        self.form.discarded.connect(self._discard)
        self.arrivals.accepted.connect(self._bring_in)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._leave_form)

    # ------------------------------------------------------------------ the list

    def refresh(self) -> None:
        self._ask()
        self.keeper.look()

    def _take_up(self, written: Mapping[str, str]) -> None:
        """What was typed into units before the program ended; where one of them is open, it shows."""
        self._drafts = state.read_written(written)
        self.units.mark_unsaved(self._unsaved())
        if self._current in self._drafts:
            self.form.show_unit(self._drafts[self._current], self._current or "新增单位", self._every)
            self.form.set_dirty(True)
        waiting = "、".join(name or "新增的一个" for name in self._drafts)
        self.context.show_message(Message(f"上次没有保存的改动已填回来：{waiting}。"))

    def focus_first(self) -> None:
        self.search.setFocus()

    def _ask(self) -> None:
        typed = self.search.text()

        def ask(session: Session) -> _Found:
            every = tuple(office.list_units(session))
            return _Found(every, state.matching(typed, every))

        self.context.operations.query(self, "units", ask, self._show)

    def _show(self, found: _Found) -> None:
        self._every = found.every
        searching = bool(self.search.text().strip())
        chosen = self._current
        self.units.show(found.shown, self._unsaved())
        self.unfound.setVisible(searching and not found.shown)
        self.list_stack.setCurrentWidget(self.table if found.every else self.empty)
        row = self.units.row_of(chosen) if chosen else -1
        if row < 0 and found.shown and (chosen is None or searching):
            row = 0
        if row >= 0:
            self._select(row)
        if chosen is None and not found.shown:
            self.form.setEnabled(False)

    def _select(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.units.index(row, 0), flags)
        self._open(self.units.units[row])

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self._open(self.units.units[index.row()])

    # ------------------------------------------------------------------ the form

    def _open(self, unit: Unit) -> None:
        """Show a unit, with what was typed into it and not saved. A form being typed in is left alone."""
        draft = self._drafts.get(unit.name)
        if unit.name == self._current and draft is not None:
            return
        self._current = unit.name
        self.form.setEnabled(True)
        self.form.show_unit(draft or unit, unit.name, self._every)
        self.form.set_dirty(draft is not None)

    def add_unit(self) -> None:
        """An empty form; what was typed into it before is still there."""
        self._current = _NEW
        self.table.clearSelection()
        self.form.setEnabled(True)
        self.form.show_unit(self._drafts.get(_NEW, Unit("")), "新增单位", self._every)
        self.form.set_dirty(True)
        self.form.focus_first()

    def _saved(self) -> Unit:
        return next((unit for unit in self._every if unit.name == self._current), Unit(""))

    def _on_edited(self) -> None:
        if self._current is None:
            return
        typed = self.form.unit()
        if typed == self._saved():
            self._forget(self._current)
        else:
            self._drafts[self._current] = typed
            self._bases.setdefault(self._current, self._saved())
        self.form.set_dirty(self._current in self._drafts or self._current == _NEW)
        self.units.mark_unsaved(self._unsaved())
        self.keeper.touch()

    def _unsaved(self) -> frozenset[str]:
        return frozenset(self._drafts) - {_NEW}

    def save(self) -> None:
        """Save what stands in the form; faults are shown beside their fields."""
        unit, before = self.form.unit(), self._current
        if before is None:
            return
        found = state.faults(unit, [other for other in self._every if other.name != before])
        self.form.show_faults(found)
        if found:
            self.form.editors[next(iter(found))].setFocus()
            return

        def done(kept: Unit) -> None:
            self._forget(before)
            self.keeper.keep()
            self._current = kept.name
            self.form.show_unit(kept, kept.name, self._every)
            self.form.set_dirty(False)
            self.context.show_message(Message(f"已保存“{unit.name}”。", "done"))

        def failed(error: LiuyanError) -> None:
            if isinstance(error, EditedMeanwhile):
                self._bases[before] = read_fields(error.known)
            self.form.show_faults({}, message_of(error).text)

        shown = self._bases.get(before, self._saved())
        self.context.operations.change(
            self,
            lambda session: office.save_unit(session, unit, before or None, shown),
            done,
            Changes(frozenset({"units"})),
            failed,
        )

    def _forget(self, name: str) -> None:
        """Nothing that was typed into that unit is unsaved any more."""
        self._drafts.pop(name, None)
        self._bases.pop(name, None)

    def _discard(self) -> None:
        if self._current is None:
            return
        self._forget(self._current)
        self.keeper.keep()
        self.units.mark_unsaved(self._unsaved())
        if self._current == _NEW:
            self._current = None
            self.form.show_unit(Unit(""), "", self._every)
            self._ask()
        else:
            self.form.show_unit(self._saved(), self._current, self._every)
            self.form.set_dirty(False)

    def _leave_form(self) -> None:
        """Esc: back to the list, what was typed kept."""
        (self.table if self.units.rowCount() else self.search).setFocus()

    # ------------------------------------------------------------------ import

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择单位名册", "", SHEETS)
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Read a sheet and show what it would bring, or what is wrong with it."""

        def ask(session: Session) -> state.Arrivals:
            from desktop_app.documents.unit_files import read_units

            return state.arrivals(read_units(path), office.list_units(session))

        self.context.operations.query(
            self,
            "sheet",
            ask,
            lambda found: self.arrivals.show_arrivals(path.name, found),
            lambda error: self.arrivals.show_faults(path.name, error),
        )

    def _bring_in(self, units: Sequence[Unit]) -> None:
        def done(count: int) -> None:
            self.arrivals.hide()
            self.context.show_message(Message(f"已从表格导入 {count} 个单位。", "done"))

        def failed(error: LiuyanError) -> None:
            self.arrivals.show_faults("", error)

        self.context.operations.change(
            self,
            lambda session: office.bring_in_units(session, units),
            done,
            Changes(frozenset({"units"})),
            failed,
        )
