"""Settings: users, their roles and passwords, and setting the posts apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.rights import Separation
from desktop_app.domain.users import CASEWORK, POSTS, Role
from desktop_app.errors import LiuyanError
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import bring_into_view, label
from desktop_app.gui.password_pair import PasswordPair
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.gui.users_state import (
    UsersView,
    fields_hint,
    line_of,
    separating_words,
    separation_words,
    users_view,
)
from desktop_app.services import accounts
from desktop_app.services.accounts import Account
from desktop_app.services.edited_meanwhile import EditedMeanwhile
from desktop_app.services.session import Session

_ACCOUNT_ROLE = int(Qt.ItemDataRole.UserRole)
_CHANGES = Changes(frozenset({"settings"}))


class UsersPanel(QWidget):
    """The users at the left; at the right the one chosen, or a new one. What one may not do here is said, and by whom
    it is done."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._view: UsersView | None = None
        self._chosen: Account | None = None
        self._saved = True
        self.users = QListWidget()
        self.users.setAccessibleName("用户")
        self.add = QPushButton("添加用户")
        self.heading = label("", "section")
        self.name = QLineEdit()
        self.roles = {role: QCheckBox(role.label) for role in Role}
        self.hint = label("", "hint")
        self.fault = label("", "fault")
        self.save = QPushButton("添加")
        self.save.setProperty("role", "primary")
        self.unlock = QPushButton("解除锁定")
        self.unlock.setToolTip("密码连续输错被锁定后，在这里解除")
        self.remove = QPushButton("停用…")
        self.readmit = QPushButton("恢复使用")
        self.standing = label("", "hint")
        self.separate = QPushButton("分设岗位…")
        self.question = label("", "banner")
        self.agree = QPushButton("")
        self.leave = QPushButton("不办了")
        self._agreed: Callable[[], None] = lambda: None
        self._build()
        self.users.currentItemChanged.connect(self._on_chosen)
        self.add.clicked.connect(self.start_new)
        self.save.clicked.connect(self._save)
        self.unlock.clicked.connect(self._unlock)
        self.remove.clicked.connect(self._ask_remove)
        self.readmit.clicked.connect(self._readmit)
        self.separate.clicked.connect(self._ask_separate)
        self.agree.clicked.connect(lambda: self._agreed())
        self.leave.clicked.connect(self._forget_question)

    def _build(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        form.addRow(*named("姓名", self.name))
        form.addRow(label("办件", "field"), self._boxes(CASEWORK))
        form.addRow(label("管理岗位", "field"), self._boxes(POSTS))
        self.new = PasswordPair.in_form(form, self.name.text)
        self.password, self.repeated = self.new.first, self.new.again
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.heading)
        right.addLayout(form)
        right.addWidget(self.hint)
        right.addWidget(self.fault)
        right.addLayout(row(self.save, self.unlock, self.remove, self.readmit, None))
        right.addWidget(self.question)
        right.addLayout(row(self.agree, self.leave, None))
        right.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.users, 1)
        left.addLayout(row(self.add, None))
        halves = row()
        halves.setSpacing(24)
        halves.addLayout(left, 2)
        halves.addLayout(right, 3)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        self.standing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column.addWidget(label("用户", "title"))
        column.addWidget(label("每一步办理都记下是谁录入的，请各用各的账户。", "hint"))
        column.addLayout(row(self.separate, self.standing))
        column.addLayout(halves, 1)
        self.fault.hide()
        self._forget_question()

    def _boxes(self, roles: Sequence[Role]) -> QWidget:
        group = QWidget()
        line = row(*(self.roles[role] for role in roles), None)
        line.setContentsMargins(0, 0, 0, 0)
        group.setLayout(line)
        return group

    # ------------------------------------------------------------------ showing

    def refresh(self) -> None:
        self._context.operations.query(self, "users", users_view, self._show)

    def _show(self, view: UsersView) -> None:
        """What is being typed is not overwritten from elsewhere."""
        filling = self._is_being_filled()
        chosen = self._chosen.user.name if self._chosen else "" if filling else view.me
        self._view = view
        self.new.shortest = view.shortest
        self.standing.setText(separation_words(view.separation))
        self.separate.setVisible(view.may_grant and view.separation is not Separation.POSTS)
        self.add.setEnabled(view.may_keep)
        self.users.blockSignals(True)
        self.users.clear()
        for account in view.accounts:
            item = QListWidgetItem(line_of(account))
            item.setData(_ACCOUNT_ROLE, account)
            self.users.addItem(item)
            if account.user.name == chosen:
                self.users.setCurrentItem(item)
        self.users.blockSignals(False)
        if not filling:
            self._on_chosen(self.users.currentItem())
        self._saved = False

    def _is_being_filled(self) -> bool:
        if self._saved:
            return False
        before = self._chosen.user.roles if self._chosen else frozenset()
        named = self._chosen is None and bool(self.name.text())
        return named or bool(self.new.text or self.repeated.text()) or self._chosen_roles() != before

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._open(item.data(_ACCOUNT_ROLE))

    def _open(self, account: Account | None) -> None:
        view = self._view
        if view is None:
            return
        self._chosen = account
        user = account.user if account else None
        active = user is None or user.active
        self.heading.setText(user.name if user else "添加用户")
        self.name.setText(user.name if user else "")
        self.name.setReadOnly(user is not None)
        for role, box in self.roles.items():
            box.setChecked(user is not None and role in user.roles)
            box.setEnabled(view.may_grant and (active or view.may_keep))
        own = user is not None and user.name == view.me
        self.new.clear()
        self.new.set_enabled(
            view.may_keep if user is None or not active else view.may_set_passwords and not own
        )
        self.password.setPlaceholderText("不改就空着" if user and active else "")
        self.save.setText("保存" if user else "添加")
        self.save.setVisible(active)
        self.save.setEnabled(view.may_keep if user is None else view.may_grant or view.may_set_passwords)
        self.unlock.setVisible(user is not None and active and view.may_set_passwords)
        self.remove.setVisible(user is not None and active and view.may_keep and not own)
        self.readmit.setVisible(not active and view.may_keep)
        self.hint.setText(
            "改自己的密码在“我的密码”。" if own and view.may_set_passwords else fields_hint(view, account)
        )
        self.hint.setVisible(bool(self.hint.text()))
        self.fault.hide()
        self._forget_question()

    def start_new(self) -> None:
        """An empty form for one more user."""
        self.users.setCurrentRow(-1)
        self._open(None)
        self.name.setFocus()

    # ------------------------------------------------------------------ doing

    def _chosen_roles(self) -> frozenset[Role]:
        return frozenset(role for role, box in self.roles.items() if box.isChecked())

    def _save(self) -> None:
        name, password, roles = self.name.text().strip(), self.new.text, self._chosen_roles()
        if (password or self.repeated.text() or self._chosen is None) and (fault := self.new.fault()):
            self._refuse(fault)
        elif self._chosen is not None:
            self._change(self._chosen, roles, password)
        elif not name:
            self._refuse("请填写姓名。")
        else:
            self._do(
                lambda session: accounts.add_user(session, name, roles, password, handed_over=True),
                f"已添加用户“{name}”，第一次登录时请他换成自己的密码。",
            )

    def _change(self, chosen: Account, roles: frozenset[Role], password: str) -> None:
        name = chosen.user.name

        def change(session: Session) -> None:
            if roles != chosen.user.roles:
                accounts.set_roles(session, name, roles, chosen.user.roles)
            if password:
                accounts.change_password(session, name, password)

        if roles == chosen.user.roles and not password:
            self._refuse("没有要保存的改动。")
        else:
            self._do(change, f"已保存用户“{name}”。")

    def _unlock(self) -> None:
        if self._chosen is not None:
            name = self._chosen.user.name
            self._do(lambda session: accounts.unlock_user(session, name), f"“{name}”已解除锁定。")

    def _readmit(self) -> None:
        if self._chosen is None:
            return
        name, password, roles = self._chosen.user.name, self.new.text, self._chosen_roles()
        if fault := self.new.fault():
            self._refuse(f"请为“{name}”设一个新密码：{fault}")
            return
        self._do(
            lambda session: accounts.readmit_user(session, name, password, roles),
            f"“{name}”可以重新登录，请他换成自己的密码。",
        )

    # ------------------------------------------------------------------ what is asked about first

    def _ask_remove(self) -> None:
        if self._chosen is not None:
            name = self._chosen.user.name
            self._ask(
                f"停用“{name}”以后，他的密码打不开数据，角色收回；他录入的记录不变，以后可以恢复使用。",
                "停用",
                lambda: self._do(lambda session: accounts.remove_user(session, name), f"“{name}”已停用。"),
            )

    def _ask_separate(self) -> None:
        if self._view is not None:
            self._ask(
                separating_words(self._view.separation),
                "分设岗位",
                lambda: self._do(accounts.separate_roles, "岗位已分设。"),
            )

    def _ask(self, words: str, verb: str, agreed: Callable[[], None]) -> None:
        self.question.setText(words)
        self.agree.setText(verb)
        self._agreed = agreed
        for widget in (self.question, self.agree, self.leave):
            widget.show()
        self.leave.setFocus()
        bring_into_view(self.leave)

    def _forget_question(self) -> None:
        for widget in (self.question, self.agree, self.leave):
            widget.hide()

    def _do(self, act: Callable[[Session], object], words: str) -> None:
        def done(_: object) -> None:
            self._saved = True
            self.fault.hide()
            self.new.clear()
            self._forget_question()
            self._context.show_message(Message(words, "done"))

        self._context.operations.change(self, act, done, _CHANGES, self._failed)

    def _failed(self, error: LiuyanError) -> None:
        if isinstance(error, EditedMeanwhile) and self._chosen is not None:
            user = replace(self._chosen.user, roles=accounts.read_roles(error.known))
            self._chosen = replace(self._chosen, user=user)
        self._refuse(message_of(error).text)

    def _refuse(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.show()
        bring_into_view(self.fault)
