"""The first start: which office, which regulation, who; five minutes later the first slip is on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton

from desktop_app.gui.login_page import EntryCard
from desktop_app.gui.password_pair import PasswordPair
from desktop_app.services import office_place


def _kept_in(folder: Path) -> str:
    on_server = office_place.is_on_server(folder)
    return f"存放在{office_place.where(folder)}" if on_server else f"加密存放在 {folder}"


@dataclass(frozen=True, slots=True)
class Founding:
    """What the operator typed."""

    office: str
    regulation: str
    admin: str
    password: str


class FoundingPage(EntryCard):
    """Name of the office, its regulation, the first user and a password typed twice; or a backup instead."""

    restore_wanted = Signal()
    server_wanted = Signal()

    def __init__(self, folder: Path, found: Callable[[Founding], None]) -> None:
        super().__init__("建立本单位", f"这里还没有数据。填好以下各项，数据将{_kept_in(folder)}", "建立")
        self.office = self.add_line("单位名称")
        self.regulation = QComboBox()
        self.regulation.setAccessibleName("办法")
        self.regulation.setMinimumContentsLength(16)
        self.fields.addRow("办法", self.regulation)
        self.admin = self.add_line("您的姓名")
        self.password = self.add_line("密码", secret=True)
        self.again = self.add_line("再输一遍", secret=True)
        self.pair = PasswordPair(self.password, self.again, self.admin.text, self)
        self.fields.addRow("", self.pair.advice)
        self.restore = QPushButton("换了电脑？从备份恢复…")
        self.restore.setProperty("role", "link")
        self.restore.clicked.connect(self.restore_wanted)
        self._inside.addWidget(self.restore)
        self.server = QPushButton("几个席位合用？连接服务器…")
        self.server.setProperty("role", "link")
        self.server.clicked.connect(self.server_wanted)
        self._inside.addWidget(self.server)
        self._found = found
        self.submitted.connect(self._submit)

    def focus_first(self) -> None:
        self.office.setFocus()

    def offer_regulations(self, regulations: Sequence[tuple[str, str]]) -> None:
        """The ids and titles to choose from, once they are read."""
        for regulation_id, title in regulations:
            self.regulation.addItem(title, regulation_id)

    def _submit(self) -> None:
        if not self.office.text().strip() or not self.admin.text().strip():
            self.show_fault("单位名称和姓名都要填写。")
            (self.admin if self.office.text().strip() else self.office).setFocus()
        elif self.password.text() != self.again.text():
            self.show_fault("两次输入的密码不一样，请重新输入。")
            self.again.clear()
            self.again.setFocus()
        else:
            self.show_fault("")
            self._found(
                Founding(
                    self.office.text().strip(),
                    str(self.regulation.currentData()),
                    self.admin.text().strip(),
                    self.password.text(),
                )
            )
