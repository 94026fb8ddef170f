"""Settings: users, their roles and passwords."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.users import Role, User
from desktop_app.errors import LiuyanError
from desktop_app.gui.messages import Message
from desktop_app.gui.operations import Changes
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services import accounts
from desktop_app.services.session import Session

_USER_ROLE = int(Qt.ItemDataRole.UserRole)
_CHANGES = Changes(frozenset({"settings"}))


class UsersPanel(QWidget):
    """The users at the left; at the right the one chosen, or a new one."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._chosen: User | None = None
        self.users = QListWidget()
        self.users.setAccessibleName("用户")
        self.add = QPushButton("添加用户")
        self.heading = label("", "section")
        self.name = QLineEdit()
        self.password = QLineEdit()
        self.repeated = QLineEdit()
        self.roles = {role: QCheckBox(role.label) for role in Role}
        self.fault = label("", "fault")
        self.save = QPushButton("添加")
        self.save.setProperty("role", "primary")
        self.unlock = QPushButton("解除锁定")
        self.unlock.setToolTip("密码连续输错被锁定后，在这里解除")
        self._build()
        self.users.currentItemChanged.connect(self._on_chosen)
        self.add.clicked.connect(self.start_new)
        self.save.clicked.connect(self._save)
        self.unlock.clicked.connect(self._unlock)

    def _build(self) -> None:
        for line in (self.password, self.repeated):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        form.addRow(*named("姓名", self.name))
        roles = QWidget()
        boxes = QHBoxLayout(roles)
        boxes.setContentsMargins(0, 0, 0, 0)
        for box in self.roles.values():
            boxes.addWidget(box)
        boxes.addStretch(1)
        form.addRow(label("角色", "field"), roles)
        form.addRow(*named("新密码", self.password))
        form.addRow(*named("再输一遍", self.repeated))
        form.addRow("", label("密码至少 10 个字符，不含姓名；不改密码就空着。", "hint"))
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.heading)
        right.addLayout(form)
        right.addWidget(self.fault)
        right.addLayout(row(self.save, self.unlock, None))
        right.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.users, 1)
        left.addLayout(row(self.add, None))
        halves = QHBoxLayout()
        halves.setSpacing(24)
        halves.addLayout(left, 2)
        halves.addLayout(right, 3)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label("用户", "title"))
        column.addWidget(label("每一步办理都记下是谁录入的，请各用各的账户。", "hint"))
        column.addLayout(halves, 1)
        self.fault.hide()

    # ------------------------------------------------------------------ showing

    def refresh(self) -> None:
        self._context.operations.query(self, "users", accounts.list_users, self._show)

    def _show(self, users: Sequence[User]) -> None:
        chosen = self._chosen.name if self._chosen else None
        self.users.blockSignals(True)
        self.users.clear()
        for user in users:
            item = QListWidgetItem(f"{user.name}  {user.role_labels}")
            item.setData(_USER_ROLE, user)
            self.users.addItem(item)
            if user.name == (chosen or self._context.session.user.name):
                self.users.setCurrentItem(item)
        self.users.blockSignals(False)
        self._on_chosen(self.users.currentItem())

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._open(item.data(_USER_ROLE))

    def _open(self, user: User | None) -> None:
        self._chosen = user
        self.heading.setText(user.name if user else "添加用户")
        self.name.setText(user.name if user else "")
        self.name.setReadOnly(user is not None)
        for role, box in self.roles.items():
            box.setChecked(user is not None and role in user.roles)
        self.password.clear()
        self.repeated.clear()
        self.save.setText("保存" if user else "添加")
        self.unlock.setVisible(user is not None)
        self.fault.hide()

    def start_new(self) -> None:
        """An empty form for one more user."""
        self.users.setCurrentRow(-1)
        self._open(None)
        self.name.setFocus()

    # ------------------------------------------------------------------ doing

    def _save(self) -> None:
        name, password = self.name.text().strip(), self.password.text()
        roles = frozenset(role for role, box in self.roles.items() if box.isChecked())
        chosen = self._chosen
        if password != self.repeated.text():
            self._refuse("两次输入的密码不一样。")
            return
        if chosen is None:
            if not name:
                self._refuse("请填写姓名。")
                return
            self._do(
                lambda session: accounts.add_user(session, name, roles, password), f"已添加用户“{name}”。"
            )
            return

        def change(session: Session) -> None:
            if roles != chosen.roles:
                accounts.set_roles(session, chosen.name, roles)
            if password:
                accounts.change_password(session, chosen.name, password)

        if roles == chosen.roles and not password:
            self._refuse("没有要保存的改动。")
            return
        self._do(change, f"已保存用户“{chosen.name}”。")

    def _unlock(self) -> None:
        if self._chosen is not None:
            name = self._chosen.name
            self._do(lambda session: accounts.unlock_user(session, name), f"“{name}”已解除锁定。")

    def _do(self, act: Callable[[Session], object], words: str) -> None:
        def done(_: object) -> None:
            self.fault.hide()
            self.password.clear()
            self.repeated.clear()
            self._context.show_message(Message(words, "done"))

        self._context.operations.change(
            self, act, done, _CHANGES, lambda error: self._refuse(_sentence(error))
        )

    def _refuse(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.show()


def _sentence(error: LiuyanError) -> str:
    remedy: str | None = getattr(error, "remedy", None)
    return error.message + (remedy or "")
