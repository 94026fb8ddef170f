"""Settings: one's own password, changed by whoever knows the old one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.passwords import AccessRules
from desktop_app.errors import LiuyanError
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.password_pair import PasswordPair
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services import access_rules, accounts
from desktop_app.services.session import Session


class OwnPasswordPanel(QWidget):
    """The old one, the new one twice."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.old = QLineEdit()
        self.old.setEchoMode(QLineEdit.EchoMode.Password)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        form.addRow(*named("现在的密码", self.old))
        self.new = PasswordPair.in_form(form, lambda: context.session.user.name)
        for line in (self.old, self.new.first, self.new.again):
            line.setMaximumWidth(self.fontMetrics().horizontalAdvance("字") * 30)
            line.returnPressed.connect(self._save)
        self.fault = label("", "fault")
        self.fault.hide()
        self.save = QPushButton("改密码")
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self._save)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label("我的密码", "title"))
        column.addWidget(
            label("只有您自己知道。改密码很快，不用重新加密数据；以前的备份仍用那时的密码打开。", "hint")
        )
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addLayout(row(self.save, None))
        column.addStretch(1)

    def refresh(self) -> None:
        self._context.operations.query(self, "rules", access_rules.rules, self._show)

    def _show(self, rules: AccessRules) -> None:
        self.new.shortest = rules.shortest

    def _save(self) -> None:
        old, new = self.old.text(), self.new.text
        fault = "请先输入现在的密码。" if not old else self.new.fault()
        if fault:
            self._refuse(fault)
            return

        def act(session: Session) -> None:
            accounts.change_own_password(session, old, new)

        self._context.operations.change(
            self, act, self._done, Changes.of("settings"), lambda error: self._failed(error)
        )

    def _done(self, _: object) -> None:
        self.fault.hide()
        self.old.clear()
        self.new.clear()
        self._context.show_message(Message("密码已改，下次登录、解锁用新的。", "done"))

    def _failed(self, error: LiuyanError) -> None:
        self._refuse(message_of(error).text)
        self.old.selectAll()
        self.old.setFocus()

    def _refuse(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.show()
