"""Settings: a second copy of the office's data, proved by opening it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from desktop_app.errors import LiuyanError
from desktop_app.gui.messages import Message
from desktop_app.gui.operations import Changes
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.services import backups
from desktop_app.services.backups import BackedUp


class BackupPanel(QWidget):
    """立即备份 into the data folder's own place, or wherever one says."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.last = label("", "section")
        self.now = QPushButton("立即备份")
        self.now.setProperty("role", "primary")
        self.elsewhere = QPushButton("备份到别处…")
        self.outcome = label("", "hint")
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label("备份", "title"))
        column.addWidget(
            label("备份是加密的一个文件，恢复时仍用原来的密码。请定期另存到优盘或别的电脑。", "hint")
        )
        column.addWidget(self.last)
        column.addLayout(row(self.now, self.elsewhere, None))
        column.addWidget(self.outcome)
        column.addStretch(1)
        self.now.clicked.connect(lambda: self.back_up(None))
        self.elsewhere.clicked.connect(self._choose)

    def refresh(self) -> None:
        self._context.operations.query(self, "last", backups.last_backup, self._show_last)

    def _show_last(self, made: datetime | None) -> None:
        self.last.setText(f"上次备份：{made:%Y-%m-%d %H:%M}" if made else "还没有备份过。")

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹")
        if name:
            self.back_up(Path(name))

    def back_up(self, folder: Path | None) -> None:
        """Back up into `folder`, or the data folder's own place for backups."""
        self.now.setEnabled(False)
        self.outcome.setText("正在备份并核验……")

        def done(made: BackedUp) -> None:
            self.now.setEnabled(True)
            self.outcome.setText(f"{made.file}  {made.size / 2**20:,.1f} MB，已打开核验。")
            self._context.show_message(Message("备份好了，并已核验。", "done"))

        def failed(error: LiuyanError) -> None:
            self.now.setEnabled(True)
            self.outcome.setText(str(error))

        self._context.operations.change(
            self,
            lambda session: backups.back_up(session, folder),
            done,
            Changes(frozenset({"settings"})),
            failed,
        )
