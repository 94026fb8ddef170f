"""Cards beside the log-in: a password of one's own instead of one handed over, and recovery by two persons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop_app.domain.passwords import SHORTEST_PASSWORD
from desktop_app.domain.recovery_codes import read_codes
from desktop_app.errors import Refusal
from desktop_app.gui.login_page import EntryCard
from desktop_app.gui.password_pair import PasswordPair


class NewPasswordPage(EntryCard):
    """Before the window opens: another password, for the reason given. `choose(password)` is called."""

    def __init__(self, user: str, why: str, shortest: int, choose: Callable[[str], None]) -> None:
        super().__init__(f"{user}，请换一个密码", why, "换好，进入")
        self.pair = PasswordPair(
            self.add_line("新密码", secret=True), self.add_line("再输一遍", secret=True), lambda: user, self
        )
        self.pair.shortest = shortest
        self.fields.addRow("", self.pair.advice)
        self._choose = choose
        self.submitted.connect(self._submit)

    def focus_first(self) -> None:
        self.pair.first.setFocus()

    def _submit(self) -> None:
        fault = self.pair.fault()
        self.show_fault(fault)
        if fault:
            self.pair.first.setFocus()
        else:
            self._choose(self.pair.text)


class RecoveryPage(EntryCard):
    """Two codes, and a new password for one who keeps the passwords. `recover(codes, user, password)` is called."""

    left = Signal()

    def __init__(self, user: str, recover: Callable[[tuple[str, str], str, str], None]) -> None:
        super().__init__(
            "用两人恢复码",
            "两位保管人各自输入自己的一份。为管密码的人（安全保密员，没有分设三员的是系统管理员）设一个新密码，"
            "再由他给别人重设。这次使用会记入日志，两份恢复码随即作废。",
            "设新密码",
        )
        self.codes = tuple(self.add_line(f"{title}恢复码", secret=True) for title in ("第一份", "第二份"))
        self.user = self.add_line("谁的密码", words=user)
        self.pair = PasswordPair(
            self.add_line("新密码", secret=True), self.add_line("再输一遍", secret=True), self.user.text, self
        )
        self.pair.shortest = SHORTEST_PASSWORD
        self.fields.addRow("", self.pair.advice)
        self.back = QPushButton("返回登录")
        self.back.setProperty("role", "link")
        self.back.clicked.connect(self.left)
        self._inside.addWidget(self.back)
        self._recover = recover
        self.submitted.connect(self._submit)

    def focus_first(self) -> None:
        self.codes[0].setFocus()

    def refused(self, text: str) -> None:
        """A code was wrong, or the password."""
        super().refused(text)
        self.codes[0].setFocus()

    def _submit(self) -> None:
        codes, user = (self.codes[0].text(), self.codes[1].text()), self.user.text().strip()
        fault, where = self._fault(codes, user)
        self.show_fault(fault)
        if where is not None:
            where.setFocus()
        else:
            self._recover(codes, user, self.pair.text)

    def _fault(self, codes: tuple[str, str], user: str) -> tuple[str, QLineEdit | None]:
        try:
            read_codes(*codes)
        except Refusal as refusal:
            return f"{refusal.message}{refusal.remedy or ''}", self.codes[0]
        if not user:
            return "请写明给谁设新密码。", self.user
        fault = self.pair.fault()
        return fault, self.pair.first if fault else None
