"""What an auditor is told of an entry: its title, and the short facts that tell nothing of what a citizen wrote."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from desktop_app.domain.access_entries import TITLES
from desktop_app.services import regulations
from desktop_app.services.case_view import OTHER_TITLES

if TYPE_CHECKING:
    from desktop_app.storage.trail import TrailRow

_OFFICE = {
    "found-office": "建立单位",
    "import": "导入留言",
    "add-user": "添加用户",
    "remove-user": "停用用户",
    "readmit-user": "恢复用户",
    "set-roles": "设定角色",
    "separate-roles": "分设岗位",
    "change-password": "修改密码",
    "unlock-user": "解除登录锁定",
    "make-recovery-codes": "制作两人恢复码",
    "recover-access": "用恢复码重设密码",
    "renew-key": "更换数据密钥",
    "change-settings": "修改设置",
    "change-units-register": "修改单位名册",
    "change-template": "更换文书模板",
    "enter-notice": "录入放假安排",
    "withdraw-notice": "撤销放假安排",
    "built-in-notices": "采用内置放假安排",
    "settle-office-item": "本单位事项办结",
    "reopen-office-item": "本单位事项重开",
    "backup": "备份",
    "restore": "恢复备份",
    "recover": "从损坏的数据救出",
    "move-office": "搬迁数据",
    "reopen-office": "搬走后重新启用",
    "export-ledger": "导出台账",
    "export-issued": "导出发文登记",
    "export-figures": "导出统计",
    "export-archive": "导出归档包",
    "make-appraisal": "制作考核表",
    "appeal-deduction": "考核扣分申诉",
    "override-deduction": "改定考核扣分",
}

_TOLD_OF_CASES = ("document", "old", "form", "event", "pages", "as")
"""Of what was done with a case: which paper, which record; never what a step says, which may be for few to read."""

_LABELS = {
    "as": "方式",
    "cases": "件数",
    "copies": "份数",
    "document": "文号",
    "edition": "版本",
    "event": "记录号",
    "fault": "情况",
    "file": "文件",
    "form": "文书",
    "from": "自",
    "kept": "原数据存于",
    "kind": "种类",
    "ledger": "台账",
    "made": "备份于",
    "masked": "遮盖",
    "moved": "日期变了的件",
    "name": "所填用户名",
    "numbers": "登记号",
    "office": "单位",
    "old": "原文号",
    "only_counted": "另有次数",
    "pages": "页",
    "posts": "三员分设",
    "problems": "问题数",
    "reason": "理由",
    "regulation": "办法",
    "roles": "角色",
    "rows": "行数",
    "sha256": "文件指纹",
    "to": "至",
    "unmasked": "不遮盖",
    "user": "用户",
    "via": "途径",
    "why": "原因",
    "year": "年份",
}
_VALUES = {
    "yes": "是",
    "no": "否",
    "window": "窗口",
    "command-line": "命令行",
    "screen": "屏幕",
    "file": "文件",
    "wrong_password": "用户名或密码不对",
    "account_locked": "等候期内又试",
    "recovery-codes": "两人恢复码",
    "seat-address": "其他席位用的地址",
    "lost": "登录记录文件不见了",
    "replaced": "登录记录文件被换过",
    "altered": "登录记录文件被改过",
    "cut": "登录记录文件被删去末尾",
    "unreadable": "登录记录文件读不出来",
    "operator": "经办",
    "reviewer": "审核",
    "viewer": "领导查看",
    "administrator": "系统管理员",
    "security": "安全保密员",
    "auditor": "安全审计员",
}
_DIGEST_SHOWN = 12


@cache
def titles() -> Mapping[str, str]:
    """Every kind of entry by the name it has in the chains; the steps of all regulations among them."""
    steps = {
        name: rule.title for regulation in regulations.load_all() for name, rule in regulation.actions.items()
    }
    return {**steps, **OTHER_TITLES, **_OFFICE, **TITLES}


def title_of(action: str) -> str:
    return titles().get(action, action)


def actions_called(words: str) -> tuple[str, ...]:
    """The kinds that go by this name, or by this title: 交办, dispatch. Empty where there is none."""
    return tuple(action for action, title in titles().items() if words in (action, title))


def facts_of(row: TrailRow) -> dict[str, str]:
    """The facts that may be told; the auditor sees who, when, what and the number, and no words of a case."""
    if row.chain == "event" and row.case is not None:
        return {name: row.keys[name] for name in _TOLD_OF_CASES if name in row.keys}
    return row.keys


def facts_in_words(facts: Mapping[str, str]) -> str:
    """``文号：督〔2026〕1号　份数：2``."""
    return "　".join(f"{_LABELS.get(name, name)}：{_value(name, value)}" for name, value in facts.items())


def _value(name: str, value: str) -> str:
    if name == "sha256":
        return value[:_DIGEST_SHOWN]
    if name == "roles":
        return "、".join(_VALUES.get(one, one) for one in value.split(","))
    return _VALUES.get(value, value)
