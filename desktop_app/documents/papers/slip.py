"""承办单, both editions: what is assigned to whom, by when, and what became of it (X 第五条（一）, T 第九条)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.documents.papers.facts import (
    ContactFact,
    DueFact,
    InstructionFact,
    OfficeFacts,
    basis_words,
    clock_now,
    due_fact,
    instruction_facts,
    office_facts,
    own_words,
    shown,
    told,
    written_moment,
)
from desktop_app.documents.papers.head_values import office_values
from desktop_app.documents.papers.words import (
    contact_words,
    day_or_by_hand,
    day_words,
    due_words,
    instruction_words,
    moment_words,
    ticked,
)
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.case import Contact
from desktop_app.domain.clocks import base_limit
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource

_NOT_SIGNED = ("", "无")
_ANONYMOUS_MARK = "（隐去身份）"


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """All that a 承办单 says; what has not happened yet is blank and left for the pen.

    paper_title: as the regulation names it (人民网地方领导留言板咨询事项承办单). limit_days: working days;
    limit_from: where the clock starts, in its words (收到, 领办). The anonymous edition prints no citizen, so its
    message must already be masked.
    """

    paper_title: str
    office: OfficeFacts
    number: str
    register_number: str
    code: str
    title: str
    message: str
    dispatched: date
    lead: str
    limit_days: int
    limit_from: str
    basis: str = ""
    citizen_words: str = "网民"
    due: DueFact | None = None
    board_number: str = ""
    board: str = ""
    category: str = ""
    topic: str = ""
    written: datetime | date | None = None
    registered: date | None = None
    citizen_name: str = ""
    citizen_contact: str = ""
    supporting: tuple[str, ...] = ()
    urgency: str = ""
    opinion: str = ""
    instructions: tuple[InstructionFact, ...] = ()
    received_by: str = ""
    received: date | None = None
    contacts_before: tuple[ContactFact, ...] = ()
    contacts_after: tuple[ContactFact, ...] = ()
    handling: str = ""
    reply: str = ""
    suggested_public: bool | None = None
    private_reason: str = ""
    handler: str = ""
    handler_phone: str = ""
    head: str = ""
    head_signed: date | None = None


def slip_facts(source: PaperSource) -> SlipFacts:
    case, held, reply = source.case, source.assignment, source.case.reply_in
    if held is None:
        raise ValueError("a slip needs an assignment")
    message, words = told(source), shown(source)
    identity = PAPERS[source.form.form].identity
    before, after = source.regulation.values("contact_time")
    limits = source.regulation.limits_on(case.received)
    signed = reply is not None and reply.signer not in _NOT_SIGNED
    return SlipFacts(
        paper_title=source.form.title.removesuffix(_ANONYMOUS_MARK),
        office=office_facts(source),
        number=held.number,
        register_number=case.number,
        code=source.code,
        title=message.title,
        message=message.text,
        dispatched=held.dispatched,
        lead=held.unit,
        limit_days=base_limit(held, limits).days,
        limit_from=source.regulation.clock.starts_with,
        basis=basis_words(source),
        citizen_words=source.regulation.words.citizen,
        due=due_fact(clock_now(source)),
        board_number=message.board_number,
        board=message.board or case.source,
        category=case.category,
        topic=message.domain or case.topic,
        written=written_moment(message.written),
        registered=case.received,
        citizen_name=message.citizen.name if identity else "",
        citizen_contact=message.citizen.contact if identity else "",
        supporting=tuple(one.unit for one in case.supporting),
        urgency=case.urgency,
        opinion=own_words(source)(held.opinion),
        instructions=instruction_facts(source),
        received_by=held.received_by,
        received=held.received,
        contacts_before=_contacts(case.contacts, before, words),
        contacts_after=_contacts(case.contacts, after, words),
        handling=words(reply.handling) if reply is not None else "",
        reply=words(reply.text) if reply is not None else "",
        suggested_public=reply.suggested_public if reply is not None else None,
        private_reason=case.review.private_reason if case.review is not None else "",
        handler=reply.handler if reply is not None else "",
        handler_phone=reply.phone if reply is not None else "",
        head=reply.signer if reply is not None and signed else "",
        head_signed=reply.on if reply is not None and signed else None,
    )


def _contacts(contacts: Iterable[Contact], when: str, words: Callable[[str], str]) -> tuple[ContactFact, ...]:
    return tuple(ContactFact(one.on, one.channel, words(one.result)) for one in contacts if one.when == when)


def slip_values(facts: SlipFacts) -> Values:
    """The fields of both editions; the anonymous one has no place for the citizen's."""
    return {
        **office_values(facts.office),
        "文书名称": facts.paper_title,
        "承办单编号": facts.number,
        "登记号": facts.register_number,
        "识别码": facts.code,
        "依据": facts.basis,
        "网民称谓": facts.citizen_words,
        "留言编号": facts.board_number,
        "板块": facts.board,
        "标题": facts.title,
        "类别": facts.category,
        "领域": facts.topic,
        "留言时间": moment_words(facts.written),
        "收件时间": day_words(facts.registered),
        "网民姓名": facts.citizen_name,
        "网民联系方式": facts.citizen_contact,
        "留言内容": facts.message,
        "交办时间": long_date(facts.dispatched),
        "牵头单位": facts.lead,
        "协办单位": "、".join(facts.supporting),
        "急缓": facts.urgency,
        "办理时限": f"{facts.limit_days}个工作日\n（自{facts.limit_from}之日起）",
        "到期日期": due_words(facts.due),
        "拟办意见": facts.opinion,
        "领导批示": instruction_words(facts.instructions),
        "签收人": facts.received_by,
        "签收时间": day_words(facts.received),
        "办前联系": contact_words(facts.contacts_before),
        "办后回访": contact_words(facts.contacts_after),
        "办理情况": facts.handling,
        "回复意见": facts.reply,
        "是否宜公开": ticked(facts.suggested_public),
        "不宜公开理由": facts.private_reason,
        "经办人": facts.handler,
        "经办人电话": facts.handler_phone,
        "主要负责人": facts.head,
        "审签日期": day_or_by_hand(facts.head_signed),
    }
