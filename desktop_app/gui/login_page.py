"""Entering the office: the first thing painted, before anything heavy is imported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.page_parts import label
from desktop_app.gui.theme import CURRENT
from desktop_app.services import office_place

WIDTH = 440


class EntryCard(QWidget):
    """A card in the middle of an empty window: a title, fields, one button, and a line for what went wrong."""

    submitted = Signal()

    def __init__(self, title: str, hint: str, button: str) -> None:
        super().__init__()
        card = QFrame()
        card.setObjectName("entrance")
        card.setFixedWidth(CURRENT.px(WIDTH))
        self._inside = QVBoxLayout(card)
        self._inside.setContentsMargins(32, 24, 32, 24)
        self._inside.setSpacing(16)
        self._inside.addWidget(label(title, "title"))
        self._inside.addWidget(label(hint, "hint"))
        self.news = label("", "banner")
        self.news.hide()
        self._inside.addWidget(self.news)
        self.fields = QFormLayout()
        self.fields.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.fields.setVerticalSpacing(12)
        self._inside.addLayout(self.fields)
        self.fault = label("", "fault")
        self.fault.setAccessibleName("出错说明")
        self.fault.hide()
        self._inside.addWidget(self.fault)
        self._button_text = button
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

    def tell(self, text: str) -> None:
        """What went before, such as a restore, above the fields."""
        self.news.setText(text)
        self.news.setVisible(bool(text))

    def focus_first(self) -> None:
        """Put the keyboard where typing begins."""
        self.setFocus()

    def refused(self, text: str) -> None:
        """Say what went wrong, and let it be tried again."""
        self.set_busy(False)
        self.show_fault(text)

    def set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.button.setText("请稍候…" if busy else self._button_text)
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
    """User and password. `enter(user, password)` is called; what goes wrong stands in the card.

    Where the data can't be opened `offer_restore` puts a way back to a backup under the button. Where nobody is logged
    in, a link leads to recovery by two persons.
    """

    restore_wanted = Signal(str, str)
    """User and password of the day of the backup."""
    recovery_wanted = Signal()
    server_wanted = Signal()

    def __init__(
        self, folder: Path, user: str, enter: Callable[[str, str], None], locked: bool = False
    ) -> None:
        if locked:
            super().__init__("已锁定", "输入密码继续；刚才填写的内容还在。", "解锁")
        else:
            super().__init__("留言办", f"数据在 {office_place.where(folder)}", "登录")
        self.user = self.add_line("用户名", words=user)
        self.user.setReadOnly(locked)
        self.password = self.add_line("密码", secret=True)
        self.recovery = QPushButton("密码都忘了？用两人恢复码…")
        self.recovery.setProperty("role", "link")
        self.recovery.clicked.connect(self.recovery_wanted)
        self._inside.addWidget(self.recovery)
        self.server = QPushButton("服务器地址变了？重新填写…")
        self.server.setProperty("role", "link")
        self.server.clicked.connect(self.server_wanted)
        self._inside.addWidget(self.server)
        self.server.setVisible(not locked and office_place.is_on_server(folder))
        if locked:
            self.recovery.hide()
        self._enter = enter
        self._restore: QPushButton | None = None
        self.submitted.connect(self._submit)

    def focus_first(self) -> None:
        (self.password if self.user.text() else self.user).setFocus()

    def refused(self, text: str) -> None:
        """The password was wrong, or the account is locked."""
        super().refused(text)
        self.password.clear()
        self.password.setFocus()

    def offer_restore(self) -> None:
        """The data are damaged: a backup can be put in their place, with the password of its day."""
        if self._restore is None:
            self._restore = QPushButton("从备份恢复…")
            self._restore.setToolTip("先填用户名和备份那天的密码；原来的数据不会删除")
            self._restore.clicked.connect(self._want_restore)
            self._inside.addWidget(self._restore)

    @property
    def restore(self) -> QPushButton | None:
        """The way back, where it is offered."""
        return self._restore

    def _want_restore(self) -> None:
        name, password = self.user.text().strip(), self.password.text()
        if not name or not password:
            self.show_fault("请先填用户名和备份那天的密码，再点“从备份恢复…”。")
            (self.password if name else self.user).setFocus()
        else:
            self.restore_wanted.emit(name, password)

    def _submit(self) -> None:
        name, password = self.user.text().strip(), self.password.text()
        if not name or not password:
            self.show_fault("请输入用户名和密码。")
            (self.password if name else self.user).setFocus()
            return
        self.show_fault("")
        self._enter(name, password)
