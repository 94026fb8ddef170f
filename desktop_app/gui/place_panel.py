"""Settings: where the office's data lie, and their way to a server when one PC is no longer enough."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError
from desktop_app.gui.messages import message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.gui.seat_address_panel import SeatAddressPanel
from desktop_app.gui.while_closed import moving
from desktop_app.services import office_place
from desktop_app.services.moving import ready_to_follow

_HERE = (
    "几个人要同时办理时，可以把数据搬到单位的 PostgreSQL 服务器上：用户、密码、记录、附件都原样过去，逐行比对"
    "并核验以后才离开这里。"
    "这里的数据留着不动，但不能再办件。搬以前请先备份，并请其他人退出。"
)
_ON_SERVER = "几个席位合用这套数据。要搬回一台电脑，用命令 move。"


class PlacePanel(QWidget):
    """Moving takes two presses: the second one closes the window until it is done."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        folder = context.session.folder
        on_server = office_place.is_on_server(folder)
        self.address = QLineEdit()
        self.address.setPlaceholderText("postgresql+psycopg://账号:密码@服务器:5432/数据库")
        self.address.setFixedWidth(self.fontMetrics().horizontalAdvance("字") * 40)
        self.move_there = QPushButton("搬到服务器…")
        self.warning = label("", "banner")
        self.agree = QPushButton("关闭窗口，开始搬")
        self.agree.setProperty("role", "primary")
        self.stay = QPushButton("不搬")
        self.fault = label("", "fault")
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label("数据所在", "title"))
        column.addWidget(label(f"本单位的数据在 {office_place.where(folder)}"))
        column.addWidget(label(_ON_SERVER if on_server else _HERE, "hint"))
        self.other_seats = SeatAddressPanel(context) if on_server else None
        if self.other_seats is not None:
            column.addWidget(self.other_seats)
        else:
            column.addLayout(row(*named("服务器的地址", self.address), None))
            column.addLayout(row(self.move_there, None))
            column.addWidget(self.warning)
            column.addLayout(row(self.agree, self.stay, None))
        column.addWidget(self.fault)
        column.addStretch(1)
        self._ask(False)
        self.fault.hide()
        self.move_there.setEnabled(context.session.may(Right.RESTORE))
        self.address.returnPressed.connect(self.move_there.click)
        self.move_there.clicked.connect(self._see)
        self.stay.clicked.connect(lambda: self._ask(False))
        self.agree.clicked.connect(self._go)

    def refresh(self) -> None:
        """Nothing of it changes while the window is open."""

    def _see(self) -> None:
        self.fault.hide()
        try:
            shown = office_place.shown_address(self.address.text().strip())
        except LiuyanError as error:
            self._tell(error)
            return
        self.warning.setText(f"将把全部数据搬到{shown}。搬的时候窗口关着，几千件要几分钟，请不要关机。")
        self._ask(True)
        self.agree.setFocus()

    def _ask(self, asking: bool) -> None:
        for widget in (self.warning, self.agree, self.stay):
            widget.setVisible(asking)
        self.move_there.setVisible(not asking)
        self.address.setReadOnly(asking)

    def _go(self) -> None:
        if self._context.operations.busy:
            self.warning.setText("还有工作没有做完，等它做完再搬。")
            return
        try:
            move = ready_to_follow(self._context.session, self.address.text().strip())
        except LiuyanError as error:
            self._ask(False)
            self._tell(error)
            return
        self._context.restore(moving(move))

    def _tell(self, error: LiuyanError) -> None:
        self.fault.setText(message_of(error).text)
        self.fault.show()
