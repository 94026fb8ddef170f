"""The files of a year as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop_app.gui.archive_state import COLUMNS
from desktop_app.gui.columns_model import DISPLAY, TOOL_TIP, ColumnsModel, Index
from desktop_app.services.archive_list import FileLine


class ArchiveModel(ColumnsModel):
    """A line a closed case, in the order of their closing."""

    columns = COLUMNS

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[FileLine, ...] = ()

    def show(self, lines: Sequence[FileLine]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def length(self) -> int:
        return len(self.lines)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if index.isValid() and role in (DISPLAY, TOOL_TIP):
            return COLUMNS[index.column()].text(self.lines[index.row()])
        return None
