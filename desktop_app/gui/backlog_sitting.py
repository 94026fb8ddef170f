"""What was typed at this sitting, below the form: the list, and taking it back whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.gui.backlog_table import SittingModel, make_table
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.theme import CURRENT
from desktop_app.services.backlog import Entered
from desktop_app.services.queries import Listed

_KEYS = "Enter 采用灰字、到下一项　Tab 跳过　选项按数字　不详填 -　F2 保留本项　Ctrl+Enter 登记　Ctrl+Z 撤销上一件"
_LEAST_HEIGHT = 104


class SittingPanel(QWidget):
    """The newest line stands first. `batch` is the sitting's, once it has begun."""

    opened = Signal(str)
    undo_all_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.batch: int | None = None
        self.model = SittingModel(self)
        self.table = make_table(self.model)
        # The form comes first: the list has what it leaves, and a few lines always.
        self.table.setMinimumHeight(CURRENT.px(_LEAST_HEIGHT))
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.heading = label("", "section")
        self.undo_all = QPushButton("整批撤销…")
        self.undo_all.setProperty("role", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row(self.heading, label(_KEYS, "hint", wrap=False), None, self.undo_all))
        column.addWidget(self.table, 1)
        self.table.activated.connect(lambda index: self.opened.emit(self.model.line(index.row()).number))
        self.undo_all.clicked.connect(self._ask)
        self._count()

    def add(self, line: Entered) -> None:
        """One more, just recorded."""
        self.batch = line.batch
        self.model.add(line)
        self._count()

    def put(self, cases: Iterable[Listed]) -> None:
        """Lines as they stand now."""
        for case in cases:
            self.model.put(case)
        self._count()

    def end(self) -> None:
        """All was taken back; what is typed from here on begins another sitting."""
        self.batch = None
        self.put(replace(one.case, row=replace(one.case.row, voided=True)) for one in self.standing)

    @property
    def standing(self) -> tuple[Entered, ...]:
        """The lines not taken back, the newest first."""
        return self.model.standing

    def _count(self) -> None:
        batch = f"（第 {self.batch} 批）" if self.batch is not None else ""
        self.heading.setText(f"本次补录 {len(self.standing)} 件{batch}")
        self.undo_all.setVisible(bool(self.standing))

    def _ask(self) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("整批撤销")
        box.setText(f"本次补录的 {len(self.standing)} 件将全部作废，不能恢复；登记号不再使用。")
        stay = box.addButton("不撤销", QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton("整批撤销", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        leave.clicked.connect(self.undo_all_wanted)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
