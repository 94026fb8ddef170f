"""What restoring a backup would do, in place, before it is done; the safe way out has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from desktop_app.gui.backup_state import preview_lines
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.services.restoration import Preview


class RestorePreview(QFrame):
    """Both states side by side in words, and two buttons."""

    agreed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.words = label("", "")
        self.words.setAccessibleName("恢复的预览")
        self.stay = QPushButton("不恢复")
        self.go_on = QPushButton("恢复这份备份")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(label("恢复预览", "section"))
        column.addWidget(self.words)
        column.addLayout(row(self.stay, self.go_on, None))
        self.stay.clicked.connect(self._leave)
        self.go_on.clicked.connect(self.agreed)
        self.hide()

    def show_preview(self, shown: Preview) -> None:
        """What was found out; where the backup is no good there is only the way out."""
        self.words.setText("\n".join(preview_lines(shown)))
        self.go_on.setVisible(not shown.hindering)
        self.show()
        self.stay.setFocus()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
