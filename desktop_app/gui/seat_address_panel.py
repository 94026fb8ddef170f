"""Settings: how another PC reaches the office on its server; the address to copy, or as a file to carry there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.services import office_place, other_seats

_STEPS = (
    "在另一台电脑上：\n"
    "1. 装好本程序，打开，点“几个席位合用？连接服务器…”；\n"
    "2. 把地址粘贴在“服务器”一栏；或者用优盘把文件带过去，点“从文件读取（server.json）…”；\n"
    "3. 点“连接”，用自己的用户名和密码登录。"
)
_KEEP = (
    "这个地址只能到登录为止，看不到任何办件；但拿到它的人可以慢慢试密码，所以只交给要装本程序的电脑，"
    "优盘上用过就删。每次显示、复制、存成文件都记入日志。"
)
_NOT_HERE = "其他席位用的地址请向服务器管理员要：这台电脑用的数据库账号看得到全部数据，它的口令不在这里显示。"
_ASK = "其他席位怎样连接，请问系统管理员。"


class SeatAddressPanel(QWidget):
    """The password stays out of sight until it is asked for; whatever leaves this seat is recorded first."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        folder = context.session.folder
        self._covered = office_place.shown(folder)
        self.address = QLineEdit(self._covered)
        self.address.setCursorPosition(0)
        self.address.setReadOnly(True)
        self.address.setAccessibleName("其他席位用的地址")
        self.reveal = QPushButton("显示口令")
        self.copy = QPushButton("复制地址")
        self.save = QPushButton("存成文件…")
        self.fault = label("", "fault")
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("其他席位怎样连接", "section"))
        self._offers = context.session.may(Right.RESTORE) and other_seats.is_to_be_had(folder)
        if self._offers:
            column.addWidget(self.address)
            column.addLayout(row(self.copy, self.save, self.reveal, None))
            column.addWidget(self.fault)
            column.addWidget(label(_STEPS))
            column.addWidget(label(_KEEP, "hint"))
        else:
            column.addWidget(label(_NOT_HERE if context.session.may(Right.RESTORE) else _ASK, "hint"))
        self.reveal.clicked.connect(self._reveal)
        self.copy.clicked.connect(lambda: self._ask(self._copy))
        self.save.clicked.connect(self._save)

    @property
    def offers(self) -> bool:
        """Whether there is an address here, for whoever is logged in."""
        return self._offers

    def _ask(self, then: Callable[[str], None]) -> None:
        self.fault.hide()
        self._context.operations.change(self, other_seats.tell, then, Changes.of(), self._failed)

    def _reveal(self) -> None:
        if self.address.text() == self._covered:
            self._ask(self._show)
        else:
            self._show(self._covered)

    def _show(self, address: str) -> None:
        self.address.setText(address)
        self.address.setCursorPosition(0)
        self.reveal.setText("显示口令" if address == self._covered else "隐藏口令")

    def _copy(self, address: str) -> None:
        QGuiApplication.clipboard().setText(address)
        self._tell("已复制。锁定窗口时剪贴板会清空。")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "存成文件，带到另一台电脑", "server.json", "服务器地址 (*.json)"
        )
        if not name:
            return
        self.fault.hide()
        self._context.operations.change(
            self,
            lambda session: other_seats.save(session, Path(name)),
            self._saved,
            Changes.of(),
            self._failed,
        )

    def _saved(self, files: tuple[Path, ...]) -> None:
        beside = f"，旁边是服务器的证书 {files[1].name}，一起带去" if len(files) > 1 else ""
        self._tell(f"已存成 {files[0]}{beside}。")

    def _tell(self, words: str) -> None:
        self._context.show_message(Message(words, "done"))

    def _failed(self, error: LiuyanError) -> None:
        self.fault.setText(message_of(error).text)
        self.fault.show()
