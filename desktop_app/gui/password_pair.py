"""A new password typed twice, and beside it what the rules want of it and whether it is guessed easily."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit

from desktop_app.domain.passwords import SHORTEST_PASSWORD, check_password, weakness
from desktop_app.errors import Refusal
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named


class PasswordPair(QObject):
    """Two fields and a line of advice. `user` tells whose password it is to be; `shortest` is the office's rule."""

    def __init__(
        self, first: QLineEdit, again: QLineEdit, user: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.first, self.again = first, again
        self.shortest = SHORTEST_PASSWORD
        self._user = user
        self.advice: QLabel = label("", "hint")
        self.advice.setAccessibleName("对新密码的提醒")
        for line in (first, again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        first.textChanged.connect(self._advise)
        self._advise()

    @classmethod
    def in_form(cls, form: QFormLayout, user: Callable[[], str]) -> PasswordPair:
        """Both fields and the advice as rows of a form."""
        made = cls(QLineEdit(), QLineEdit(), user, form)
        form.addRow(*named("新密码", made.first))
        form.addRow(*named("再输一遍", made.again))
        form.addRow("", made.advice)
        return made

    @property
    def text(self) -> str:
        """The password as typed in the first field."""
        return self.first.text()

    def fault(self) -> str:
        """In a sentence, why it can't be taken as it stands; empty where it can."""
        if self.first.text() != self.again.text():
            return "两次输入的密码不一样。"
        try:
            check_password(self._user(), self.first.text(), self.shortest)
        except Refusal as refusal:
            return f"{refusal.message}{refusal.remedy or ''}"
        return ""

    def set_enabled(self, enabled: bool) -> None:
        """Whether a password may be typed here."""
        self.first.setEnabled(enabled)
        self.again.setEnabled(enabled)

    def clear(self) -> None:
        """Both fields empty again."""
        self.first.clear()
        self.again.clear()

    def _advise(self) -> None:
        typed = self.first.text()
        words = f"至少 {self.shortest} 个字符，不含姓名。一句容易记住的话最好。"
        if typed:
            try:
                check_password(self._user(), typed, self.shortest)
                found = weakness(typed)
                words = f"▲ 可以用，但{found}建议换一个。" if found else "✓ 可以用。"
            except Refusal as refusal:
                words = f"✕ {refusal.message}"
        self.advice.setText(words)
