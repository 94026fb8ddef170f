"""The fields of the form for old cases as they are laid out: names before editors, faults below, in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from desktop_app.domain.units import UnitRegister
from desktop_app.gui.backlog_editors import BacklogEditor, FieldName, TextField, make_editor
from desktop_app.gui.backlog_fields import Group
from desktop_app.gui.form_shapes import Field
from desktop_app.gui.page_parts import label

DayAsRead = Callable[[str], str]
"""How the day typed in the field of that name is understood."""


class FieldCell:
    """One field on the form: its name and its editor."""

    def __init__(self, field: Field, editor: BacklogEditor) -> None:
        self.field, self.editor = field, editor
        self.name = FieldName(field.title)
        self.name.setBuddy(editor)

    def show(self, shown: bool) -> None:
        self.name.setVisible(shown)
        self.editor.setVisible(shown)

    @property
    def shown(self) -> bool:
        return not self.editor.isHidden()

    @property
    def target(self) -> QWidget:
        """The widget that has the keyboard."""
        target: QWidget = self.editor
        while (proxy := target.focusProxy()) is not None:
            target = proxy
        return target


class FieldRow:
    """Fields side by side, and a line below for what is wrong with any of them."""

    def __init__(self, cells: Iterable[FieldCell]) -> None:
        self.cells = tuple(cells)
        self.fault = label("", "fault")
        self.fault.hide()

    def tell(self, faults: Mapping[str, str]) -> None:
        """Show those of the faults that are of this row's fields; none where something is still being chosen."""
        words = [
            faults[cell.field.name]
            for cell in self.cells
            if cell.field.name in faults and not cell.editor.is_midway()
        ]
        self.fault.setText("；".join(f"✕ {one}" for one in words))
        self.fault.setVisible(bool(words))

    def put_into(self, grid: QGridLayout, line: int) -> None:
        first, *others = self.cells
        above = isinstance(first.editor, TextField)
        upright = Qt.AlignmentFlag.AlignTop if above else Qt.AlignmentFlag.AlignVCenter
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(8)
        side_by_side.addWidget(first.editor, 1)
        for cell in others:
            side_by_side.addWidget(cell.name)
            side_by_side.addWidget(cell.editor, 1)
        grid.addWidget(first.name, line, 0, Qt.AlignmentFlag.AlignRight | upright)
        grid.addLayout(side_by_side, line, 1)
        grid.addWidget(self.fault, line + 1, 1)


class FieldColumn:
    """Groups of rows under their headings, all names of a column ending at one line."""

    def __init__(self, groups: Iterable[Group], units: UnitRegister, day_as_read: DayAsRead) -> None:
        self.rows: list[FieldRow] = []
        self._groups: list[tuple[QLabel, list[FieldRow]]] = []
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnStretch(1, 1)
        line = 0
        for group in groups:
            heading, rows = label(group.title, "section"), list[FieldRow]()
            self.grid.addWidget(heading, line, 0, 1, 2)
            self._groups.append((heading, rows))
            line += 1
            for fields in group.rows:
                row = FieldRow(FieldCell(one, make_editor(one, units, day_as_read)) for one in fields)
                row.put_into(self.grid, line)
                rows.append(row)
                line += 2
            self.rows += rows
        self.grid.setRowStretch(line, 1)

    def show_headings(self) -> None:
        """A heading stands where any of its fields does."""
        for heading, rows in self._groups:
            heading.setVisible(any(cell.shown for row in rows for cell in row.cells))

    def cells(self) -> Iterator[FieldCell]:
        """In the order of the file."""
        for row in self.rows:
            yield from row.cells
