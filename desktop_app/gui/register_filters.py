"""What stands above the register: states with their counts, then unit, category and deadline to narrow it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.names import match_units
from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.gui.calendar_state import Mark
from desktop_app.gui.day_edit import day_edit, day_in, show_day
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.page_parts import label, set_tone
from desktop_app.gui.register_state import CHOSEN, DUE_CHOICES, Filters
from desktop_app.gui.rows_of_widgets import together
from desktop_app.gui.theme import CURRENT
from desktop_app.gui.unit_edit import UnitEdit
from desktop_app.services.case_list import ListFacts
from desktop_app.services.queries import Counts

ALL, OVERDUE = "全部", "逾期"
_OVERDUE_AFTER = "办理中"
"""逾期 stands after the state that most of its cases are in."""


_UNIT_WIDTH = 220


class UnitFilter(UnitEdit):
    """One unit of the register by any of its names, pinyin or initials; empty for all."""

    unit_chosen = Signal(str)
    """Its full name, or empty."""

    def __init__(self) -> None:
        super().__init__(UnitRegister(()))
        self._chosen = ""
        self.setPlaceholderText("名称或拼音首字母")
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._see)
        self.returnPressed.connect(self._settle)
        self.editingFinished.connect(self._settle)

    def show_units(self, units: Sequence[Unit]) -> None:
        self._units = UnitRegister(units)

    def show_unit(self, name: str) -> None:
        with QSignalBlocker(self):
            self.setText(name)
        self._chosen = name
        set_tone(self, "")

    def _see(self, text: str) -> None:
        if not text.strip():
            set_tone(self, "")
            self._choose("")
        elif (unit := self._units.find(text)) is not None:
            set_tone(self, "")
            self._choose(unit.name)

    def _settle(self) -> None:
        """What was typed becomes the unit that it answers best, or is shown as unknown."""
        typed = self.text().strip()
        if not typed or self._units.find(typed) is not None:
            return
        found = match_units(typed, self._units)
        if found:
            self.setText(found[0].unit.name)
        else:
            set_tone(self, "refused")
            self.setToolTip(f"单位名册中没有“{typed}”。")

    def _choose(self, name: str) -> None:
        self.setToolTip(name)
        if name != self._chosen:
            self._chosen = name
            self.unit_chosen.emit(name)


class _Choice(QComboBox):
    """Does not turn under a wheel that only passes over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _StateButton(QPushButton):
    """As wide as its words are in bold, which they are once it is chosen; and no other moves when it is."""

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setBold(True)
        plain = self.fontMetrics().horizontalAdvance(self.text())
        more = QFontMetrics(bold).horizontalAdvance(self.text()) - plain
        return super().sizeHint() + QSize(max(0, more), 0)


class RegisterFilters(QWidget):
    """Two lines. `changed` tells of every change that an operator makes, not of what is shown by the program."""

    changed = Signal()

    def __init__(self, today: date, *tools: QWidget) -> None:
        """`tools` stand at the right of the conditions, before the columns."""
        super().__init__()
        self._filters = Filters()
        self._tools = tools
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._state_clicked)
        self.unit = UnitFilter()
        self.unit.setFixedWidth(CURRENT.px(_UNIT_WIDTH))
        self.unit.setAccessibleName("按承办单位筛选")
        self.unit.unit_chosen.connect(lambda name: self._set(replace(self._filters, unit=name)))
        self.category, self.due = _Choice(), _Choice()
        self.category.setAccessibleName("按类别筛选")
        self.due.setAccessibleName("按到期日筛选")
        self.category.addItem("不限", "")
        for key, words in DUE_CHOICES.items():
            self.due.addItem(words, key)
        self.first, self.last = day_edit("从哪一天起到期", today), day_edit("到哪一天为止到期", today)
        self.clear_button = QPushButton("清除条件")
        self.clear_button.setProperty("role", "quiet")
        self.columns_button = QPushButton("列……")
        self.columns_button.setProperty("role", "quiet")
        self.columns_button.setToolTip("选择显示哪些列；在表头上按右键也可以")
        self._lay_out()
        self.category.activated.connect(self._category_chosen)
        self.due.activated.connect(self._due_chosen)
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._days_chosen)
        self.clear_button.clicked.connect(self.clear)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.unit.setFixedWidth(CURRENT.px(_UNIT_WIDTH))

    def _lay_out(self) -> None:
        states, conditions = QWidget(), QWidget()
        self._states = FlowLayout(states, gap=4)
        line = FlowLayout(conditions, gap=8)
        for title, editor in (("单位", self.unit), ("类别", self.category), ("到期", self.due)):
            name = label(title, "field")
            name.setBuddy(editor)
            line.addWidget(together(name, editor))
        self._days = together(self.first, label("至", "hint", wrap=False), self.last)
        line.addWidget(self._days)
        line.addWidget(self.clear_button)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(conditions, 1)
        for tool in (*self._tools, self.columns_button):
            below.addWidget(tool, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(states)
        column.addLayout(below)

    # ------------------------------------------------------------------ what is set

    @property
    def filters(self) -> Filters:
        return self._filters

    def show_filters(self, filters: Filters) -> None:
        """Set them without telling anybody."""
        self._filters = filters
        self._show()

    def clear(self) -> None:
        self._set(Filters())

    def _set(self, filters: Filters) -> None:
        if filters != self._filters:
            self._filters = filters
            self._show()
            self.changed.emit()

    def _state_clicked(self, button: QPushButton) -> None:
        name = next(name for name, one in self._buttons.items() if one is button)
        state = "" if name in (ALL, OVERDUE) else name
        self._set(replace(self._filters, state=state, overdue=name == OVERDUE))

    def _category_chosen(self, place: int) -> None:
        self._set(replace(self._filters, category=self.category.itemData(place)))

    def _due_chosen(self, place: int) -> None:
        due = self.due.itemData(place)
        chosen = due == CHOSEN
        self._set(
            replace(
                self._filters,
                due=due,
                first=day_in(self.first) if chosen else None,
                last=day_in(self.last) if chosen else None,
            )
        )

    def _days_chosen(self) -> None:
        if self._filters.due == CHOSEN:
            self._set(replace(self._filters, first=day_in(self.first), last=day_in(self.last)))

    # ------------------------------------------------------------------ showing

    def show_facts(self, facts: ListFacts) -> None:
        """States with their counts, categories and units as they now are."""
        self._show_states(facts.states, facts.counts)
        with QSignalBlocker(self.category):
            self.category.clear()
            self.category.addItem("不限", "")
            for name in facts.categories:
                self.category.addItem(name, name)
        self.unit.show_units(facts.units)
        self._show()

    def _show_states(self, states: Sequence[str], counts: Counts) -> None:
        names = [ALL, *states]
        names.insert(names.index(_OVERDUE_AFTER) + 1 if _OVERDUE_AFTER in names else 1, OVERDUE)
        if names != list(self._buttons):
            self._make_buttons(names)
        for name, button in self._buttons.items():
            count = {ALL: counts.total, OVERDUE: counts.overdue}.get(name, counts.by_status.get(name, 0))
            shape = f" {Mark.OVERDUE.shape}" if name == OVERDUE and count else ""
            button.setText(f"{name} {count:,}{shape}")
            button.setAccessibleName(f"{name} {count} 件")
            set_tone(button, "overdue" if shape else "" if count else "none")

    def _make_buttons(self, names: Sequence[str]) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._states.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for name in names:
            button = _StateButton(name)
            button.setCheckable(True)
            button.setProperty("role", "state")
            self._group.addButton(button)
            self._states.addWidget(button)
            self._buttons[name] = button

    def state_button(self, name: str) -> QPushButton:
        """The button of a state, of 全部 or of 逾期."""
        return self._buttons[name]

    def _show(self) -> None:
        filters = self._filters
        button = self._buttons.get(OVERDUE if filters.overdue else filters.state or ALL)
        if button is not None:
            button.setChecked(True)
        if self.unit.text().strip() != filters.unit and (filters.unit or not self.unit.hasFocus()):
            self.unit.show_unit(filters.unit)
        self.category.setCurrentIndex(max(0, self.category.findData(filters.category)))
        self.due.setCurrentIndex(max(0, self.due.findData(filters.due)))
        for edit, day in ((self.first, filters.first), (self.last, filters.last)):
            if day is not None:
                show_day(edit, day)
        self._days.setVisible(filters.due == CHOSEN)
        self.clear_button.setVisible(filters.any)
