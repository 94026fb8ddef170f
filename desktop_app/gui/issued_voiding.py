"""Voiding the number of a spoiled sheet, in place below the register: what will happen, the reason, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services.issued_papers import IssuedPaper


class VoidingForm(QFrame):
    """Until 作废… is clicked one line: which number is chosen, or why it cannot be voided."""

    wanted = Signal(str, str)
    """Number and reason."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper: IssuedPaper | None = None
        self._possible = False
        self.told = label("", "hint")
        self.begin = QPushButton("作废…")
        self.explained = label("", "hint")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("如：打印时卡纸、盖章模糊、填错主送")
        self.fault = label("", "fault")
        self.confirm = QPushButton("作废，换下一号")
        self.confirm.setProperty("role", "primary")
        self.give_up = QPushButton("不作废")
        self._form = QFrame()
        self._form.setProperty("role", "form")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line = row(self.told, self.begin)
        line.setStretchFactor(self.told, 1)
        column.addLayout(line)
        within = QVBoxLayout(self._form)
        within.setContentsMargins(12, 8, 12, 8)
        within.setSpacing(8)
        within.addWidget(self.explained)
        within.addLayout(row(*named("理由", self.reason)))
        within.addWidget(self.fault)
        within.addLayout(row(self.confirm, self.give_up, None))
        column.addWidget(self._form)
        self.begin.clicked.connect(self._begin)
        self.confirm.clicked.connect(self._confirm)
        self.reason.returnPressed.connect(self._confirm)
        self.reason.textEdited.connect(lambda: self.show_fault(""))
        self.give_up.clicked.connect(self.leave)
        self.show_paper(None, "")

    def show_paper(self, paper: IssuedPaper | None, why_not: str) -> None:
        """The number chosen in the table. A reason being typed for the same number is left alone."""
        if self.open and not why_not and paper is not None and paper == self._paper:
            return
        self._paper, self._possible = paper, paper is not None and not why_not
        if paper is None:
            self.told.setText("在表中选中一号，可以查看所涉的件（Enter）；印废的可以作废。")
        else:
            said = why_not or f"{paper.title}　{'、'.join(paper.cases)}"
            self.told.setText(f"{paper.document}　{said}")
        self._close()

    @property
    def open(self) -> bool:
        """Whether the reason is being asked for."""
        return not self._form.isHidden()

    def show_fault(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))

    def leave(self) -> None:
        """Nothing is voided."""
        self._close()
        self.left.emit()

    def _begin(self) -> None:
        paper = self._paper
        if paper is None:
            return
        self.explained.setText(
            f"{paper.document} 作废后留在登记簿上，永不再用；{'、'.join(paper.cases)} 的“{paper.title}”另编下一号，"
            "请重新打印。作废不能撤销。"
        )
        self._form.show()
        self.begin.hide()
        self.told.hide()
        self.reason.setFocus()

    def _confirm(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.show_fault("请写明为什么作废。")
            self.reason.setFocus()
        elif self._paper is not None:
            self.wanted.emit(self._paper.document, reason)

    def _close(self) -> None:
        self.reason.clear()
        self.show_fault("")
        self._form.hide()
        self.told.show()
        self.begin.setVisible(self._possible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.open:
            self.leave()
        else:
            super().keyPressEvent(event)
