"""Entering the office: the first thing painted, before anything heavy is imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

WIDTH = 420


class EntryCard(QWidget):
    """A card in the middle of an empty window: a title, fields, one button, and a line for what went wrong."""

    submitted = Signal()

    def __init__(self, title: str, hint: str, button: str) -> None:
        super().__init__()
        self.setObjectName("page")
        card = QFrame()
        card.setObjectName("login")
        card.setFixedWidth(WIDTH)
        self._inside = QVBoxLayout(card)
        self._inside.setContentsMargins(32, 24, 32, 24)
        self._inside.setSpacing(16)
        self._inside.addWidget(_label(title, "title"))
        self._inside.addWidget(_label(hint, "hint"))
        self.fields = QFormLayout()
        self.fields.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.fields.setVerticalSpacing(12)
        self._inside.addLayout(self.fields)
        self.fault = _label("", "fault")
        self.fault.setAccessibleName("出错说明")
        self.fault.hide()
        self._inside.addWidget(self.fault)
        self.button = QPushButton(button)
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.submitted)
        self._inside.addWidget(self.button)
        column = QVBoxLayout(self)
        column.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def add_line(self, title: str, secret: bool = False, words: str = "") -> QLineEdit:
        """A field with its label; Enter in it goes on to the next, in the last it submits."""
        line = QLineEdit(words)
        line.setAccessibleName(title)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.returnPressed.connect(lambda: self._next_or_submit(line))
        self.fields.addRow(title, line)
        return line

    def show_fault(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)

    def _next_or_submit(self, line: QLineEdit) -> None:
        lines = self.findChildren(QLineEdit)
        after = lines[lines.index(line) + 1 :]
        empty = next((one for one in after if not one.text()), None)
        if empty is not None:
            empty.setFocus()
        else:
            self.submitted.emit()


class LoginPage(EntryCard):
    """User and password. `enter(user, password)` is called; what goes wrong stands in the card."""

    def __init__(
        self, folder: Path, users: list[str], last_user: str, enter: Callable[[str, str], None]
    ) -> None:
        super().__init__("留言办", f"数据在 {folder}", "登录")
        first = last_user or (users[0] if users else "")
        self.user = self.add_line("用户名", words=first)
        self.password = self.add_line("密码", secret=True)
        self.submitted.connect(lambda: enter(self.user.text().strip(), self.password.text()))

    def focus_first(self) -> None:
        (self.password if self.user.text() else self.user).setFocus()

    def refused(self, text: str) -> None:
        """The password was wrong, or the account is locked."""
        self.set_busy(False)
        self.show_fault(text)
        self.password.clear()
        self.password.setFocus()


def _label(text: str, role: str) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", role)
    return made
