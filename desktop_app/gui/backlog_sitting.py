"""What was typed at this sitting, below the form: the list, and taking lines back, one or all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.errors import LiuyanError
from desktop_app.gui.backlog_table import SittingModel, make_table
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.theme import CURRENT
from desktop_app.services import backlog, intake
from desktop_app.services.backlog import Entered
from desktop_app.services.queries import Listed

CASES_CHANGED = Changes.of("cases", "batches")
_KEYS = "Enter 采用灰字、到下一项　Tab 跳过　选项按数字　不详填 -　F2 保留本项　Ctrl+Enter 登记　Ctrl+Z 撤销上一件"
_LEAST_HEIGHT = 104


class SittingPanel(QWidget):
    """The newest line stands first. `batch` is the sitting's, once it has begun."""

    undone = Signal(object)
    """The case of a line that was taken back."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.batch: int | None = None
        self.model = SittingModel(self)
        self.table = make_table(self.model)
        # The form comes first: the list has what it leaves, and a few lines always.
        self.table.setMinimumHeight(CURRENT.px(_LEAST_HEIGHT))
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.heading = label("", "section")
        self.undo, self.undo_all = QPushButton("撤销上一件"), QPushButton("整批撤销…")
        self.undo_all.setProperty("role", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row(self.heading, label(_KEYS, "hint", wrap=False), None, self.undo_all))
        column.addWidget(self.table, 1)
        self.table.activated.connect(lambda index: self._open(self.model.line(index.row()).number))
        self.undo.clicked.connect(self.undo_last)
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

    @property
    def standing(self) -> tuple[Entered, ...]:
        """The lines not taken back, the newest first."""
        return self.model.standing

    def _open(self, number: str) -> None:
        self._context.open_case(number, [one.number for one in self.standing])

    def _count(self) -> None:
        batch = f"（第 {self.batch} 批）" if self.batch is not None else ""
        self.heading.setText(f"本次补录 {len(self.standing)} 件{batch}")
        self.undo.setEnabled(bool(self.standing))
        self.undo_all.setVisible(bool(self.standing))

    # ------------------------------------------------------------------ taking back

    def undo_last(self) -> None:
        """Take the newest line back."""
        if not self.standing:
            return
        number = self.standing[0].number
        self._context.operations.change(
            self,
            lambda session: backlog.undo_line(session, number),
            self._undone,
            CASES_CHANGED,
            self._not_undone,
        )

    def _undone(self, case: Listed) -> None:
        self.put((case,))
        self.undone.emit(case)

    def _ask(self) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("整批撤销")
        box.setText(f"本次补录的 {len(self.standing)} 件将全部作废，不能恢复；登记号不再使用。")
        stay = box.addButton("不撤销", QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton("整批撤销", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        leave.clicked.connect(self._take_back_all)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _take_back_all(self) -> None:
        """The whole sitting, as an import is; what is typed from here on begins another."""
        batch = self.batch
        if batch is not None:
            self._context.operations.change(
                self,
                lambda session: intake.undo(session, batch),
                self._all_undone,
                CASES_CHANGED,
                self._not_undone,
            )

    def _all_undone(self, numbers: tuple[str, ...]) -> None:
        self.batch = None
        self.put(replace(one.case, row=replace(one.case.row, voided=True)) for one in self.standing)
        words = f"已撤销整批，{len(numbers)} 件作废，登记号保留不再使用。"
        self._context.show_message(Message(words, "done"))

    def _not_undone(self, error: LiuyanError) -> None:
        self._context.show_message(message_of(error))
