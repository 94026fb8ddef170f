"""Settings: when the window locks, what passwords must be, the two recovery codes, and renewing the data key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from desktop_app.domain.passwords import (
    IDLE_MINUTES,
    LONGEST_MINIMUM,
    PASSWORD_DAYS,
    SHORTEST_PASSWORD,
    AccessRules,
)
from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import bring_into_view, label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.gui.users_state import who_may
from desktop_app.gui.while_closed import WhileClosed, renewing
from desktop_app.services import access_rules, data_key, two_persons
from desktop_app.services.edited_meanwhile import EditedMeanwhile
from desktop_app.services.session import Session

_CODES_HINT = "所有管密码的人都忘了密码时，两个人各拿一份恢复码，合在一起才能打开数据；任何一份单独没有用，程序也不留底。"
_KEY_HINT = (
    "有人离岗，或者担心旧的数据拷贝外流时更换：全部数据换一把密钥重新加密，停用的人手里的旧密码、旧拷贝"
    "打不开以后的数据。各人的密码和恢复码不变。窗口会关上，换好后请重新登录；中途断电，数据还是完整的。"
)


@dataclass(frozen=True, slots=True)
class _Facts:
    rules: AccessRules
    codes: str


def _facts(session: Session) -> _Facts:
    return _Facts(access_rules.rules(session), two_persons.codes_made(session))


class SecurityPanel(QWidget):
    """What 安全保密员 (or, until the posts are apart, 系统管理员) agrees on for all; others read it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._shown: AccessRules | None = None
        self.idle = _number(IDLE_MINUTES[0], IDLE_MINUTES[1], " 分钟没人用就锁定")
        self.shortest = _number(SHORTEST_PASSWORD, LONGEST_MINIMUM, " 个字符以上")
        self.days = _number(PASSWORD_DAYS[0], PASSWORD_DAYS[1], " 天后要求更换")
        self.days.setSpecialValueText("不限期限")
        self.save = QPushButton("保存")
        self.save.setProperty("role", "primary")
        self.codes = label("")
        self.make_codes = QPushButton("制作两人恢复码…")
        self.renew = QPushButton("更换数据密钥…")
        self.question = label("", "banner")
        self.agree = QPushButton("更换")
        self.leave = QPushButton("不换了")
        self.hint = label("", "hint")
        self.fault = label("", "fault")
        self._lay_out()
        self.save.clicked.connect(self._save)
        self.make_codes.clicked.connect(self._make_codes)
        self.renew.clicked.connect(self._ask)
        self.agree.clicked.connect(self._renew)
        self.leave.clicked.connect(lambda: self._show_question(False))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        form.addRow(*named("窗口", self.idle))
        form.addRow(*named("密码", self.shortest))
        form.addRow(*named("密码用了", self.days))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label("安全", "title"))
        column.addWidget(self.hint)
        column.addLayout(form)
        column.addLayout(row(self.save, None))
        column.addSpacing(16)
        column.addWidget(label("两人恢复码", "section"))
        column.addWidget(label(_CODES_HINT, "hint"))
        column.addWidget(self.codes)
        column.addLayout(row(self.make_codes, None))
        column.addSpacing(16)
        column.addWidget(label("数据密钥", "section"))
        column.addWidget(label(_KEY_HINT, "hint"))
        column.addLayout(row(self.renew, None))
        column.addWidget(self.question)
        column.addLayout(row(self.agree, self.leave, None))
        column.addWidget(self.fault)
        column.addStretch(1)
        self.fault.hide()
        self._show_question(False)

    # ------------------------------------------------------------------ showing

    def refresh(self) -> None:
        self._context.operations.query(self, "security", _facts, self._show)

    def _show(self, facts: _Facts) -> None:
        session = self._context.session
        if self._shown is None or self._typed() == self._shown:
            self._shown = facts.rules
            self.idle.setValue(facts.rules.idle_minutes)
            self.shortest.setValue(facts.rules.shortest)
            self.days.setValue(facts.rules.password_days)
        made = f"现在有效的两份制作于 {facts.codes[:10]}。" if facts.codes else "▲ 还没有制作。"
        self.codes.setText(made)
        may_set, may_keep = session.may(Right.SET_ACCESS_RULES), session.may(Right.KEEP_KEYS)
        for widget in (self.idle, self.shortest, self.days, self.save):
            widget.setEnabled(may_set)
        self.make_codes.setEnabled(may_keep)
        self.renew.setEnabled(may_keep)
        who = who_may(Right.KEEP_KEYS, session.separation)
        self.hint.setText("对所有用户都一样。" if may_set else f"这些由{who}管，您可以看。")

    def _typed(self) -> AccessRules:
        return AccessRules(self.idle.value(), self.shortest.value(), self.days.value())

    # ------------------------------------------------------------------ doing

    def _save(self) -> None:
        wanted = self._typed()

        def done(rules: AccessRules) -> None:
            self._shown = rules
            self.fault.hide()
            self._context.show_message(Message("已保存，对所有用户马上生效。", "done"))

        def failed(error: LiuyanError) -> None:
            if isinstance(error, EditedMeanwhile):
                self._shown = access_rules.read_rules(error.known)
            self._failed(error)

        shown = self._shown
        self._context.operations.change(
            self,
            lambda session: access_rules.set_rules(session, wanted, shown),
            done,
            Changes.of("settings"),
            failed,
        )

    def _make_codes(self) -> None:
        from desktop_app.gui.recovery_codes import RecoveryCodes

        self.fault.hide()
        RecoveryCodes(self, self._keep_codes).open()

    def _keep_codes(self, codes: tuple[str, str], kept: Callable[[], None]) -> None:
        def done(_: None) -> None:
            kept()
            self._context.show_message(Message("两份恢复码已经生效，以前的作废。", "done"))

        self._context.operations.change(
            self,
            lambda session: two_persons.keep_codes(session, codes),
            done,
            Changes.of("settings"),
            self._failed,
        )

    def _ask(self) -> None:
        self.question.setText("更换时别的窗口和命令不能用这个数据文件夹。附件多的要几分钟，请不要关机。")
        self._show_question(True)
        self.leave.setFocus()
        bring_into_view(self.leave)

    def _show_question(self, shown: bool) -> None:
        for widget in (self.question, self.agree, self.leave):
            widget.setVisible(shown)

    def _renew(self) -> None:
        self._show_question(False)
        if self._context.operations.busy:
            self._refuse("还有工作没有做完，等它做完再更换。")
            return
        self._context.operations.query(
            self, "renew", lambda session: renewing(data_key.ready(session, True)), self._go, self._failed
        )

    def _go(self, work: WhileClosed) -> None:
        self._context.restore(work)

    def _failed(self, error: LiuyanError) -> None:
        self._refuse(message_of(error).text)

    def _refuse(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.show()
        bring_into_view(self.fault)


def _number(least: int, most: int, ending: str) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setSuffix(ending)
    made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    made.setMinimumWidth(made.fontMetrics().horizontalAdvance("字") * 14)
    made.setMaximumWidth(made.fontMetrics().horizontalAdvance("字") * 20)
    return made
