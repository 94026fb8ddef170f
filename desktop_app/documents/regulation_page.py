"""The page docs/regulations.md: what the program makes of every article, out of the regulations' own files.

`python -m desktop_app.documents.regulation_page` writes it anew; a test sees that the page is what is written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop_app import paths
from desktop_app.domain.actions import ACTIONS
from desktop_app.domain.regulation import VOCABULARIES, WORKING_DAYS, ActionRule, Clause, Regulation
from desktop_app.domain.step_reading import required_keys
from desktop_app.domain.users import Role
from desktop_app.services import regulations

_LIMITS = {
    "reply": "办理时限",
    "extension": "延期上限（一次交办内合计）",
    "rework": "重办期限（规定时限和延期上限都已过去时）",
    "claim": "领办、签收期限",
    "after_urge": "催办送达后多久算催办无果",
}
_LISTS = {
    "category": "类别",
    "urgency": "急缓",
    "acceptance_ground": "受理依据",
    "refusal_ground": "不予受理情形",
    "not_told_reason": "不告知的原因",
    "receive_manner": "签收方式",
    "approval_level": "审批层级",
    "private_reason": "不公开理由",
    "rework_ground": "退回重办情形",
    "contact_time": "联系时间",
    "follow_up_result": "满意度",
    "supervision_ground": "督办情形",
    "service_manner": "送达方式",
    "complaint_kind": "被反映的性质",
    "retention": "保管期限",
    "source": "来源",
    "demand": "诉求性质",
    "review_check": "审核要点",
    "feedback_rhythm": "批示反馈频次",
    "accountability_ground": "问责情形",
}
_PERIODS = {"month": "每月", "quarter": "每季度", "year": "每年"}
_OWN_RULE = "本单位规定"
_INTRODUCTION = (
    "# 办法逐条对照",
    "",
    "本页由程序按 `resources/regulations/` 下的数据生成，请勿手改；改了数据之后运行",
    "`python -m desktop_app.documents.regulation_page` 重新生成。",
    f"条款一栏写“{_OWN_RULE}”的，是办法没有规定、由交办单位自己定的。",
)


def page(all_regulations: Iterable[Regulation]) -> str:
    """The whole page as Markdown, ending in one line break."""
    lines = list(_INTRODUCTION)
    for regulation in all_regulations:
        lines += ["", *_chapter(regulation)]
    return "\n".join(lines) + "\n"


def _chapter(regulation: Regulation) -> list[str]:
    parts = (
        _heading(regulation),
        _clauses(regulation),
        _limits(regulation),
        _clock(regulation),
        _vocabularies(regulation),
        _states(regulation),
        _actions(regulation),
        _extensions(regulation),
        _open_items(regulation),
        _office_items(regulation),
        _forms(regulation),
    )
    return [line for part in parts for line in (*part, "")][:-1]


def _heading(regulation: Regulation) -> list[str]:
    return [
        f"## {regulation.title}",
        "",
        f"编号 `{regulation.id}`；{regulation.issuer}；{regulation.issued} 印发，自 {regulation.in_force} 起施行；"
        f"来源：{regulation.source}；{regulation.checked} 核对。",
        "",
        f"交办单位：{regulation.words.office}；板块：{regulation.words.board}（{regulation.words.article}）。",
    ]


def _clauses(regulation: Regulation) -> list[str]:
    rows = [(clause.article, clause.says, clause.does, _places(clause)) for clause in regulation.clauses]
    return ["### 逐条", "", *_table(("条款", "条文", "程序怎么做", "在哪里；哪个测试证明"), rows)]


def _places(clause: Clause) -> str:
    """Where a clause lives in the program, and what shows it; or when it will come."""
    if clause.later:
        return f"后续：{clause.later.removesuffix('（后续）')}"
    if not clause.where:
        return "—"
    modules = "、".join(f"`{module}`" for module in clause.where)
    tests = "、".join(f"`{test.removeprefix('tests/')}`" for test in clause.tests)
    return f"{modules}；{tests}"


def _limits(regulation: Regulation) -> list[str]:
    rows = [
        (
            _LIMITS[limit.name],
            f"{limit.days} {'个工作日' if limit.unit == WORKING_DAYS else '日'}",
            limit.from_day.isoformat(),
            limit.article or _OWN_RULE,
        )
        for limit in regulation.all_limits
    ]
    return ["### 期限", "", *_table(("期限", "天数", "自何时起", "条款"), rows)]


def _clock(regulation: Regulation) -> list[str]:
    clock = regulation.clock
    unclaimed = "按交办日预计的到期日照样提醒、催办" if clock.unclaimed_counts_from_dispatch else "不起算"
    until = "答复并公开为止" if clock.remind_until_published else "答复为止"
    publish = "收到答复当日，休息日顺延" if clock.publish_same_day else "审定后及时"
    rows = [
        (f"从{clock.starts_with}之日起算，当日不计入", clock.article),
        (f"未{clock.starts_with}的：{unclaimed}", clock.article),
        (f"到期前一个工作日提醒，{until}", clock.reminder_article),
        (f"公开：{publish}", clock.publish_article),
    ]
    return ["### 起算与提醒", "", *_table(("规则", "条款"), rows)]


def _vocabularies(regulation: Regulation) -> list[str]:
    rows = [
        (_LISTS[name], term.value, "、".join(term.short), term.article or _OWN_RULE)
        for name in VOCABULARIES
        for term in regulation.vocabularies[name]
    ]
    return ["### 情形与用词", "", *_table(("词表", "用词", "也可写作", "条款"), rows)]


def _states(regulation: Regulation) -> list[str]:
    rows = [(state.name, _yes(state.open), state.article or _OWN_RULE) for state in regulation.states]
    return ["### 状态", "", *_table(("状态", "在办", "条款"), rows)]


def _actions(regulation: Regulation) -> list[str]:
    rows = [
        (
            rule.title,
            f"`{rule.name}`",
            "、".join(rule.from_states),
            _leads_to(rule),
            _required(rule),
            Role(rule.role).label + _readers(rule),
            rule.article or _OWN_RULE,
        )
        for rule in regulation.actions.values()
    ]
    head = ("步骤", "命令", "从", "到", "必填", "由谁", "条款")
    return ["### 步骤", "", *_table(head, rows)]


def _leads_to(rule: ActionRule) -> str:
    ways = [f"{state}的到{'或'.join(targets)}" for state, targets in rule.ways.items()]
    rest = [rule.to or "不变"] if len(rule.ways) < len(rule.from_states) else []
    return "；".join([*ways, *(["其余" + rest[0]] if ways and rest else rest)])


def _readers(rule: ActionRule) -> str:
    if not rule.seen_by:
        return ""
    return f"（登记的内容只有{'、'.join(Role(name).label for name in rule.seen_by)}能看）"


def _required(rule: ActionRule) -> str:
    """The keys that must be given, in the order of their form; alternatives spelt out last."""
    always = required_keys(rule)
    marked = [f"`{key.name}`" for key in ACTIONS[rule.name].keys if key.name in always]
    choices = [entry for entry in rule.requires if "|" in entry or "+" in entry]
    return "、".join([*marked, *map(_choice, choices)])


def _choice(entry: str) -> str:
    ways = [" 和 ".join(f"`{name}`" for name in way.split("+")) for way in entry.split("|")]
    return "，或 ".join(ways)


def _extensions(regulation: Regulation) -> list[str]:
    rows = [
        (
            str(place),
            term.value,
            "只用于上级交办的件" if "upstream" in term.flags else "全部",
            term.article or _OWN_RULE,
        )
        for place, term in enumerate(regulation.vocabularies["approval_level"], start=1)
    ]
    return ["### 延期审批", "", *_table(("次序", "层级", "用于", "条款"), rows)]


def _open_items(regulation: Regulation) -> list[str]:
    rows = [
        (
            rule.kind,
            "必须先办" if rule.blocking else "提示",
            _title_of(regulation, rule.verb),
            rule.article or _OWN_RULE,
        )
        for rule in regulation.open_items
    ]
    return ["### 待办事项", "", *_table(("事项", "性质", "怎么办", "条款"), rows)]


def _office_items(regulation: Regulation) -> list[str]:
    rows = [
        (rule.kind, _PERIODS[rule.period], rule.opens or "期满次日", rule.article or _OWN_RULE)
        for rule in regulation.office_items
    ]
    return ["### 本单位的事", "", *_table(("事项", "周期", "从何时列出", "条款"), rows)]


def _forms(regulation: Regulation) -> list[str]:
    rows = [
        (
            form.title,
            f"`{form.form}`",
            "、".join(_title_of(regulation, action) for action in form.after),
            regulation.series[form.series].pattern if form.series else "",
            form.article or _OWN_RULE,
        )
        for form in regulation.forms.values()
    ]
    return ["### 文书", "", *_table(("文书", "代号", "在何步骤之后", "字号", "条款"), rows)]


def _title_of(regulation: Regulation, action: str) -> str:
    rule = regulation.actions.get(action)
    return rule.title if rule is not None else ""


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [_row(head), _row(["---"] * len(head)), *map(_row, rows)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '／') for cell in cells)} |"


def place() -> Path:
    """Where the page stands in the work tree."""
    return paths.resources_folder().parent / "docs" / "regulations.md"


def main() -> int:
    place().write_text(page(regulations.load_all()), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
