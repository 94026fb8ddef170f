"""The register of units as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.domain.units import Unit
from desktop_app.gui.columns_model import DISPLAY, TOOL_TIP, ColumnsModel, Index
from desktop_app.gui.units_state import gaps

UNIT_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    text: Callable[[Unit], str]
    width: int
    """In characters."""


COLUMNS = (
    Column("单位名称", lambda unit: unit.name, 16),
    Column("简称", lambda unit: "、".join(unit.short_names), 10),
    Column("经办人", lambda unit: unit.handler, 5),
    Column("联系电话", lambda unit: unit.phone, 8),
    Column("待补", lambda unit: "、".join(gaps(unit)), 7),
)


class UnitModel(ColumnsModel):
    """Units in the order given; those with something unsaved are marked."""

    columns = COLUMNS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: tuple[Unit, ...] = ()
        self._unsaved: frozenset[str] = frozenset()

    def show(self, units: Sequence[Unit], unsaved: frozenset[str]) -> None:
        self.beginResetModel()
        self._units, self._unsaved = tuple(units), unsaved
        self.endResetModel()

    def mark_unsaved(self, names: frozenset[str]) -> None:
        if names != self._unsaved:
            self._unsaved = names
            self.dataChanged.emit(self.index(0, 0), self.index(max(len(self._units) - 1, 0), 0))

    @property
    def units(self) -> tuple[Unit, ...]:
        return self._units

    def row_of(self, name: str) -> int:
        """Where the unit of that full name stands; -1 where it is not shown."""
        return next((row for row, unit in enumerate(self._units) if unit.name == name), -1)

    def length(self) -> int:
        return len(self._units)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        unit = self._units[index.row()]
        if role == UNIT_ROLE:
            return unit
        if role not in (DISPLAY, TOOL_TIP):
            return None
        text = COLUMNS[index.column()].text(unit)
        if index.column() == 0 and unit.name in self._unsaved:
            return f"{text}（未保存）"
        return text
