"""The last step of an import: what became of every row, the rows to mend, and the way back."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.gui import import_state as state
from desktop_app.gui.import_lines import ImportLines
from desktop_app.gui.import_trial import KEEP_FAULTS
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.services.intake import Brought


class ImportResult(QWidget):
    """Numbers, lists, and 撤销整批."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outcome = label("", "title")
        self.lines = ImportLines()
        self.again = QPushButton("再导入一个文件")
        self.again.setProperty("role", "primary")
        self.to_register = QPushButton("到留言台账")
        self.keep = QPushButton(KEEP_FAULTS)
        self.undo = QPushButton("撤销整批")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.outcome)
        column.addLayout(row(self.again, self.to_register, self.keep, self.undo, None))
        column.addWidget(self.lines, 1)
        column.addStretch(0)

    def show_result(self, brought: Brought) -> None:
        self.outcome.setText(state.outcome(brought))
        self.lines.show_lines(brought)
        self.undo.setVisible(brought.imported > 0)
        self.undo.setEnabled(True)
        self.keep.setVisible(bool(brought.rejected))

    def show_undone(self, words: str) -> None:
        self.outcome.setText(words)
        self.lines.hide()
        self.keep.hide()
        self.undo.hide()
