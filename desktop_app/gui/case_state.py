"""What the page of a case says: heading, deadline, facts, steps possible and not, what is open. No Qt here.

Pure functions of a `CaseFile`; the page only lays out what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.case import Assignment
from desktop_app.domain.clocks import FROM_DISPATCH
from desktop_app.domain.deadlines import UNIT_WORDS
from desktop_app.domain.open_items import OpenItem
from desktop_app.domain.units import Unit
from desktop_app.domain.wording import date_words, deadline_words, short_date
from desktop_app.domain.work_calendar import PROVISIONAL
from desktop_app.gui.case_file import CaseFile
from desktop_app.services.case_view import AssignmentView, CaseView

OVERDUE, DUE, REMIND, EXPECTED, PLAIN = "overdue", "due", "remind", "expected", "plain"
MARKS = {OVERDUE: "■", DUE: "●", REMIND: "▲", EXPECTED: "◇", PLAIN: ""}
"""The shape of each tone: colour never says anything alone."""

IN_THEIR_PLACE = ("waive", "correct")
"""Steps offered beside what they are about: an open item, a line of the story."""


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """How the deadline stands: a tone with its shape, and words."""

    tone: str
    words: str

    @property
    def text(self) -> str:
        return f"{MARKS[self.tone]} {self.words}".strip()


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value; `protected` is masked until revealed."""

    label: str
    value: str
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit's hold on the case: a heading and its facts, and whether it still holds."""

    heading: str
    facts: tuple[Fact, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class Possible:
    """A step that can be done now. `draft` tells that something typed waits."""

    action: str
    title: str
    clause: str
    primary: bool
    draft: bool


@dataclass(frozen=True, slots=True)
class Barred:
    """Steps that cannot be done now, for one reason. `steps` are titles with their clauses.

    `near`: the case stands where they are done but for that reason, or will stand there after the next step.
    """

    reason: str
    steps: tuple[str, ...]
    near: bool


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One open item in words; `waivable` where it may be set aside, `verb` the step that settles it, if possible."""

    kind: str
    words: str
    clause: str
    blocking: bool
    waivable: bool
    verb: str


@dataclass(frozen=True, slots=True)
class CaseState:
    number: str
    title: str
    status: str
    deadline: DeadlineLine
    facts: tuple[Fact, ...]
    holders: tuple[Holder, ...]
    possible: tuple[Possible, ...]
    barred: tuple[Barred, ...]
    open_lines: tuple[OpenLine, ...]


def case_state(file: CaseFile) -> CaseState:
    """All that the page shows of the case beside its texts, its story and its papers."""
    view = file.view
    return CaseState(
        number=view.row.number,
        title=view.message.title or "（无标题）",
        status="已作废" if view.row.voided else view.case.status,
        deadline=deadline_line(view),
        facts=registration_facts(view),
        holders=tuple(_holder(view, one, file.units.find(one.held.unit)) for one in view.assignments),
        possible=possible_steps(file),
        barred=barred_steps(view),
        open_lines=tuple(_open_line(file, item) for item in view.open_items),
    )


# ------------------------------------------------------------------ deadline


def deadline_line(view: CaseView) -> DeadlineLine:
    """``■ 逾期 2 个工作日 · 10月9日 周五 当日止``; why there is none, where there is none."""
    clock, held = view.clock, view.case.lead
    if view.row.voided:
        return DeadlineLine(PLAIN, "")
    if held is None:
        return DeadlineLine(PLAIN, "尚未交办，没有办理期限" if _to_be_dispatched(view) else "没有办理期限")
    if clock is None or (not held.open and held.reply_in is None):
        again = "，重新交办后重新计算期限" if _to_be_dispatched(view) else ""
        return DeadlineLine(PLAIN, f"上次交办已结束（{held.how_ended}）{again}")
    day = f"{date_words(clock.due, view.today)} 当日止"
    notes = [PROVISIONAL] if clock.provisional else []
    if clock.ran_out or view.row.was_overdue:
        notes.append("曾逾期")
    reply = held.reply_in
    if reply is not None:
        return _line(PLAIN, f"已于 {date_words(reply.on, view.today)} 答复", f"期限 {day}", *notes)
    if clock.due_from == FROM_DISPATCH:
        notes.insert(0, "未签收，按交办日预计")
    left = -view.days_overdue if view.overdue else view.days_left
    # The day itself stands beside these words, so “明天到期 10-14 周三” says it once.
    words = deadline_words(clock.due, view.today, left).removesuffix(f" {short_date(clock.due, view.today)}")
    if not view.overdue and not clock.running and clock.due < view.today:
        return _line(EXPECTED, day, *notes)
    return _line(_tone(view), words, day, *notes)


def _to_be_dispatched(view: CaseView) -> bool:
    """Whether the case stands where it is dispatched, or before that."""
    rule = view.regulation.actions["dispatch"]
    return _place(view, view.case.status) <= max(_place(view, state) for state in rule.from_states)


def _line(tone: str, *parts: str) -> DeadlineLine:
    return DeadlineLine(tone, " · ".join(parts))


def _tone(view: CaseView) -> str:
    clock = view.clock
    if clock is None:
        return PLAIN
    if view.overdue:
        return OVERDUE
    if clock.due_from == FROM_DISPATCH:
        return EXPECTED
    if clock.due == view.today:
        return DUE
    if clock.reminder <= view.today:
        return REMIND
    return EXPECTED if clock.provisional else PLAIN


# ------------------------------------------------------------------ facts


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
        *(Fact(name, value) for name, value in message.ratings.items()),
        *(Fact(name, value) for name, value in message.extra.items()),
    ]
    return (*(_or_dash(fact) for fact in always), *(fact for fact in sometimes if fact.value))


def _or_dash(fact: Fact) -> Fact:
    return fact if fact.value else Fact(fact.label, "—")


def _holder(view: CaseView, one: AssignmentView, unit: Unit | None) -> Holder:
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


# ------------------------------------------------------------------ steps


def possible_steps(file: CaseFile) -> tuple[Possible, ...]:
    """What can be done now, the primary step first, then what moves the case on, then the rest."""
    view = file.view
    offers = [offer for offer in view.offers if offer.possible and offer.action not in IN_THEIR_PLACE]
    primary = primary_step(view)
    rules = view.regulation.actions
    ordered = sorted(offers, key=lambda one: _rank(view, one.action, primary))
    return tuple(
        Possible(
            action=offer.action,
            title=offer.title,
            clause=rules[offer.action].article,
            primary=offer.action == primary,
            draft=offer.action in file.drafts,
        )
        for offer in ordered
    )


def primary_step(view: CaseView) -> str:
    """The step that the open items ask for, in the regulation's order; else the next one on the case's way."""
    possible = {offer.action for offer in view.offers if offer.possible}
    for item in view.open_items:
        if item.verb in possible:
            return item.verb
    ahead = [name for name in possible if _moves_on(view, name)]
    return min(ahead, key=lambda name: _place(view, view.regulation.actions[name].to or ""), default="")


def _rank(view: CaseView, action: str, primary: str) -> int:
    """Primary; the next on the case's way; what leaves it where it is; what takes it elsewhere."""
    if action == primary:
        return 0
    to = view.regulation.actions[action].to
    if to is None:
        return 2
    ahead = [_place(view, rule.to) for rule in view.regulation.actions.values() if rule.to is not None]
    here = _place(view, view.case.status)
    return 1 if _place(view, to) == min((place for place in ahead if place > here), default=-1) else 3


def _moves_on(view: CaseView, action: str) -> bool:
    to = view.regulation.actions[action].to
    return to is not None and _place(view, to) > _place(view, view.case.status)


def _place(view: CaseView, state: str) -> int:
    return [one.name for one in view.regulation.states].index(state)


def barred_steps(view: CaseView) -> tuple[Barred, ...]:
    """Why the rest cannot be done now, those of one reason together; never hidden without a word."""
    grouped: dict[tuple[str, bool], list[str]] = {}
    ahead = _next_states(view)
    for offer in view.offers:
        if offer.possible:
            continue
        rule = view.regulation.actions[offer.action]
        here = view.case.status in rule.from_states
        if view.case.voided:
            reason = "本件已作废"
        elif here:
            reason = offer.reason.rstrip("。")
        else:
            reason = f"须在“{'”“'.join(rule.from_states)}”时办理"
        clause = offer.clause or rule.article
        near = not view.case.voided and (here or bool(ahead & set(rule.from_states)))
        grouped.setdefault((reason, near), []).append(f"{offer.title}（{clause}）" if clause else offer.title)
    return tuple(Barred(reason, tuple(steps), near) for (reason, near), steps in grouped.items())


def _next_states(view: CaseView) -> frozenset[str]:
    """The states to which a step possible now leads."""
    possible = [view.regulation.actions[offer.action].to for offer in view.offers if offer.possible]
    return frozenset(to for to in possible if to is not None) - {view.case.status}


def _open_line(file: CaseFile, item: OpenItem) -> OpenLine:
    view = file.view
    possible = {offer.action for offer in view.offers if offer.possible}
    until = f"，到 {date_words(item.until, view.today)}" if item.until is not None else ""
    return OpenLine(
        kind=item.kind,
        words=f"自 {date_words(item.since, view.today)}{until}",
        clause=item.clause or "本单位规定",
        blocking=item.blocking,
        waivable=not item.blocking and "waive" in possible,
        verb=item.verb if item.verb in possible else "",
    )
