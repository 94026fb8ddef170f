"""The register entry of a case and who holds it, as labelled facts. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.assignment import Assignment
from desktop_app.domain.deadlines import UNIT_WORDS
from desktop_app.domain.units import Unit
from desktop_app.domain.wording import date_words
from desktop_app.services.case_view import AssignmentView, CaseView


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value; `protected` is masked until revealed, `link` the case that it opens."""

    label: str
    value: str
    protected: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit's hold on the case: a heading and its facts, and whether it still holds."""

    heading: str
    facts: tuple[Fact, ...]
    current: bool


def registration_facts(view: CaseView) -> tuple[Fact, ...]:
    """Every field of the register entry that holds something, and those an operator looks for though empty."""
    row, case, message, citizen = view.row, view.case, view.message, view.message.citizen
    always = [
        Fact("类别", case.category or "未定"),
        Fact("急缓", case.urgency or "未定"),
        Fact("来源", case.source),
        Fact("收件日期", date_words(row.received, view.today)),
        Fact("留言时间", message.written),
        Fact("板块编号", message.board_number),
        Fact("板块", message.board),
        Fact("网友" if view.regulation.words.citizen.startswith("网友") else "网民", citizen.name, True),
        Fact("联系方式", citizen.contact, True),
        Fact("工作单位", citizen.work_unit, True),
        Fact("住址", citizen.address, True),
        Fact("IP 地址", citizen.ip, True),
    ]
    sometimes = [
        Fact("主题词", case.topic),
        Fact("领域", message.domain),
        Fact("原类别", message.kind),
        Fact("受理依据", case.ground),
        Fact("适用办法", view.regulation.short_title),
        Fact("保管期限", case.retention),
        Fact("原平台答复单位", message.answered_by),
        Fact("原平台答复时间", message.answered_at),
        *(Fact(name, value) for name, value in message.extra.items()),
    ]
    return (*(_or_dash(fact) for fact in always), *(fact for fact in sometimes if fact.value))


def _or_dash(fact: Fact) -> Fact:
    return fact if fact.value else Fact(fact.label, "—")


def holder_of(view: CaseView, one: AssignmentView, unit: Unit | None) -> Holder:
    held = one.held
    role = "牵头" if held.lead else "协办"
    ended = (
        ""
        if held.open or held.ended is None
        else f"（{date_words(held.ended, view.today)} {held.how_ended}）"
    )
    facts = [
        Fact("交办", _joined(date_words(held.dispatched, view.today), held.number)),
        Fact("签收", _receipt(view, held)),
        Fact("期限", _limit(view, one)),
        *_extension_facts(view, held),
        *(
            Fact(
                "退回重办",
                f"{date_words(back.on, view.today)} {back.ground}，限 {date_words(back.due, view.today)}",
            )
            for back in held.reworks
        ),
    ]
    if unit is not None and held.open:
        facts += _unit_facts(unit)
    return Holder(f"{role}　{held.unit}{ended}", tuple(fact for fact in facts if fact.value), held.open)


def _joined(*parts: str) -> str:
    return "　".join(part for part in parts if part)


def _receipt(view: CaseView, held: Assignment) -> str:
    if held.received is None:
        delivered = (
            f"（{date_words(held.delivered, view.today)} {held.how_received}送达）" if held.delivered else ""
        )
        return f"未签收{delivered}"
    how = "推定" if held.presumed else held.how_received
    return _joined(date_words(held.received, view.today), how, held.received_by)


def _limit(view: CaseView, one: AssignmentView) -> str:
    limit = view.regulation.limits_on(view.case.received).reply
    days = one.held.days or limit.days
    shorter = "（短于规定）" if one.held.days else ""
    return f"{date_words(one.due, view.today)} 当日止（{days} {UNIT_WORDS[limit.unit]}{shorter}）"


def _extension_facts(view: CaseView, held: Assignment) -> list[Fact]:
    facts = []
    for one in held.extensions:
        decided = date_words(one.decided_on, view.today) if one.decided_on else ""
        if one.refused:
            outcome = f"{decided}未予同意"
        elif one.granted:
            outcome = f"{decided}同意 {one.granted} 日"
        else:
            outcome = "、".join(f"{level.level}已同意" for level in one.approvals) or "待批"
        facts.append(Fact("延期", f"{date_words(one.applied_on, view.today)}申请 {one.days} 日，{outcome}"))
    return facts


def _unit_facts(unit: Unit) -> list[Fact]:
    return [
        Fact("主要负责人", unit.head or "名册未填"),
        Fact("分管领导", unit.deputy or "名册未填"),
        Fact("经办", _joined(unit.section, unit.handler) or "名册未填"),
        Fact("电话", unit.phone or "名册未填"),
    ]
