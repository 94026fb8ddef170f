"""Before the log-in: on which server the data of an office of several seats lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from desktop_app.errors import BadData, LiuyanError
from desktop_app.gui.login_page import EntryCard
from desktop_app.gui.messages import message_of
from desktop_app.gui.rows_of_widgets import row
from desktop_app.services.office_place import ServerFields, fields_of, is_address

_HINT = (
    "几个席位合用一套数据时，数据放在 PostgreSQL 服务器上。地址、数据库和账号向服务器管理员要；"
    "整行地址可以直接粘贴在“服务器”一栏；别的席位存下的 server.json，点下面从文件读取。"
)


class ServerPage(EntryCard):
    """Address, database and account; `connect` is called with them, and what goes wrong stands in the card.
    `read` gives the address in a file that was carried here."""

    left = Signal()
    """Back, without connecting."""

    def __init__(
        self,
        known: ServerFields,
        connect: Callable[[ServerFields], None],
        read: Callable[[Path], ServerFields],
    ) -> None:
        super().__init__("连接服务器", _HINT, "连接")
        self.server = self.add_line("服务器", words=known.server)
        self.server.setPlaceholderText("10.1.2.3 或 10.1.2.3:5432")
        self.database_name = self.add_line("数据库", words=known.database_name)
        self.user = self.add_line("账号", words=known.user)
        self.password = self.add_line("账号密码", secret=True)
        self.password.setPlaceholderText("不变的可以不填" if known.database_name else "")
        self.certificate = QLineEdit(known.certificate)
        self.certificate.setAccessibleName("证书文件")
        self.certificate.setPlaceholderText("可以不填")
        self.certificate.returnPressed.connect(self.submitted)
        self.choose = QPushButton("选择…")
        self.choose.setAccessibleName("选择证书文件")
        self.choose.clicked.connect(self._choose)
        self.fields.addRow("证书文件", row(self.certificate, self.choose))
        self.from_file = QPushButton("从文件读取（server.json）…")
        self.from_file.setProperty("role", "link")
        self.from_file.clicked.connect(self._choose_file)
        self._inside.addWidget(self.from_file)
        self.back = QPushButton("返回")
        self.back.setProperty("role", "link")
        self.back.clicked.connect(self.left)
        self._inside.addWidget(self.back)
        self._connect, self._read = connect, read
        self._more = known.more
        self.server.textChanged.connect(self._spread)
        self.submitted.connect(self._submit)

    def focus_first(self) -> None:
        self.server.setFocus()

    def _spread(self, text: str) -> None:
        """A whole address, pasted, goes into the fields it speaks of."""
        if not is_address(text):
            return
        try:
            found = fields_of(text.strip())
        except BadData:
            return
        self._show(found)

    def _show(self, found: ServerFields) -> None:
        self._more = found.more
        self.server.setText(found.server)
        for line, words in (
            (self.database_name, found.database_name),
            (self.user, found.user),
            (self.password, found.password),
            (self.certificate, found.certificate),
        ):
            line.setText(words)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "服务器的证书文件", "", "证书 (*.pem *.crt *.cer);;所有文件 (*)"
        )
        if name:
            self.certificate.setText(name)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "别的席位存下的地址", "", "服务器地址 (*.json);;所有文件 (*)"
        )
        if not name:
            return
        try:
            found = self._read(Path(name))
        except LiuyanError as error:
            self.show_fault(message_of(error).text)
            return
        self._show(found)
        self.show_fault("")
        self.button.setFocus()

    def _submit(self) -> None:
        for line, name in ((self.server, "服务器"), (self.database_name, "数据库"), (self.user, "账号")):
            if not line.text().strip():
                self.show_fault(f"“{name}”还没有填。")
                line.setFocus()
                return
        self.show_fault("")
        self._connect(
            ServerFields(
                self.server.text().strip(),
                self.database_name.text().strip(),
                self.user.text().strip(),
                self.password.text(),
                self.certificate.text().strip(),
                self._more,
            )
        )
