"""From facts to the words a paper prints, field by field; pure, so that a paper can be made again as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from desktop_app.documents.fields import CASES
from desktop_app.documents.paper_facts import (
    ContactFact,
    DueFact,
    InstructionFact,
    LetterFacts,
    MatterFact,
    NoticeFacts,
    OfficeFacts,
    SlipFacts,
)
from desktop_app.documents.template_pieces import Row
from desktop_app.domain.wording import chinese_number, long_date

Values = dict[str, str | Sequence[Row]]

_DATE_BY_HAND = "　　　年　　月　　日"
_MATTERS_TOLD_ONE_BY_ONE = 3
_USUAL_DEMANDS = (
    "请贵单位高度重视，由主要负责人负总责，明确专人，抓紧调查核实，依法依规解决问题，"
    "形成的答复材料应当针对诉求、内容准确、通俗易懂，经主要负责人审签并加盖公章后书面报送我单位。"
)


def slip_values(facts: SlipFacts) -> Values:
    """The fields of both editions of the 承办单; the anonymous one has no place for the citizen's."""
    start = f"{facts.limit_days}个工作日\n（自{facts.limit_from}之日起）"
    return {
        **_office(facts.office),
        "文书名称": facts.paper_title,
        "承办单编号": facts.number,
        "登记号": facts.register_number,
        "识别码": facts.code,
        "留言编号": facts.board_number,
        "板块": facts.board,
        "标题": facts.title,
        "类别": facts.category,
        "领域": facts.topic,
        "留言时间": _moment(facts.written),
        "网民姓名": facts.citizen_name,
        "网民联系方式": facts.citizen_contact,
        "留言内容": facts.message,
        "交办时间": long_date(facts.dispatched),
        "牵头单位": facts.lead,
        "协办单位": "、".join(facts.supporting),
        "急缓": facts.urgency,
        "办理时限": start,
        "到期日期": _due(facts.due),
        "拟办意见": facts.opinion,
        "领导批示": _instructions(facts.instructions),
        "签收人": facts.received_by,
        "签收时间": _day(facts.received),
        "办前联系": _contacts(facts.contacts_before),
        "办后回访": _contacts(facts.contacts_after),
        "办理情况": facts.handling,
        "回复意见": facts.reply,
        "是否宜公开": _ticked(facts.suggested_public),
        "不宜公开理由": facts.private_reason,
        "经办人": facts.handler,
        "经办人电话": facts.handler_phone,
        "主要负责人": facts.head,
        "审签日期": _day(facts.head_signed) or _DATE_BY_HAND,
    }


def letter_values(facts: LetterFacts) -> Values:
    """The fields of the 督办函."""
    count = f"共{len(facts.matters)}件" if len(facts.matters) > 1 else f"登记号{facts.matters[0].number}"
    cause = facts.cause or (f"存在{'、'.join(facts.grounds)}问题" if facts.grounds else "需要重点督促办理")
    first_mark, second_mark = (facts.secrecy, facts.urgency) if facts.secrecy else (facts.urgency, "")
    return {
        **_office(facts.office),
        "发文机关标志": facts.sender,
        "发文字号": facts.number,
        "首行标注": first_mark,
        "次行标注": second_mark,
        "函件标题": facts.title or f"关于限期办理{facts.message_words}的督办函",
        "主送": facts.addressee,
        "缘由": f"贵单位承办的人民网地方领导留言板{facts.message_words}（{count}，详见下表）{cause}。"
        f"根据{facts.basis}的规定，现予督办，有关事项函告如下。",
        "存在问题": facts.problems or _standing(facts.matters),
        "办理要求": facts.demands or _USUAL_DEMANDS,
        "新期限": f"{long_date(facts.new_due)}当日止" if facts.new_due else "",
        "反馈方式": facts.feedback,
        "领导批示": _instructions(
            instruction for matter in facts.matters for instruction in matter.instructions
        ),
        "署名": facts.signatory or facts.sender,
        "成文日期": long_date(facts.on),
        "联系人": facts.office.contact,
        "联系电话": facts.office.phone,
        "抄送": "，".join(facts.copies),
        CASES: _matters(facts.matters),
    }


def reminder_values(facts: NoticeFacts) -> Values:
    """The fields of the 提醒单: the deadline is near and no reply is in (X5.4, T13)."""
    matter = (
        f"贵单位承办的下列{facts.message_words}将于近日到期，至今尚未报送答复意见或尚未公开答复。"
        "请抓紧办理，在到期日前按规定报送；确需延期的，请在到期日前书面申请。"
    )
    return _notice(facts, matter)


def urge_values(facts: NoticeFacts) -> Values:
    """The fields of the 催办单: the deadline has passed and no reply is in (X5.4, T19)."""
    matter = (
        f"贵单位承办的下列{facts.message_words}已超过办理时限，至今仍未报送答复意见。"
        "请立即办理并书面报送，同时说明逾期原因，向网民做好解释工作。"
    )
    return _notice(facts, matter)


def _notice(facts: NoticeFacts, matter: str) -> Values:
    return {
        **_office(facts.office),
        "文书名称": facts.paper_title,
        "发文字号": facts.number,
        "主送": facts.addressee,
        "依据": facts.basis,
        "事项": matter,
        "第几次": f"第{chinese_number(facts.occasion)}次",
        "送达方式": facts.channel,
        "接话人": facts.answered_by,
        "对方答复": facts.answer,
        "送达时间": _day(facts.served),
        "署名": facts.office.name,
        "成文日期": long_date(facts.on),
        CASES: _matters(facts.matters),
    }


def _office(office: OfficeFacts) -> dict[str, str]:
    return {"交办单位": office.name, "交办单位联系人": office.contact, "交办单位电话": office.phone}


def _matters(matters: Sequence[MatterFact]) -> list[dict[str, str]]:
    return [
        {
            "序号": str(number),
            "编号": matter.number,
            "标题": matter.title,
            "交办日期": long_date(matter.dispatched),
            "到期日期": _due(matter.due) or "—",
            "工作日": _days(matter.days_left),
            "此前文书": "\n".join(
                f"{paper.number or paper.kind}\n{long_date(paper.on)}" for paper in matter.earlier
            )
            or "—",
        }
        for number, matter in enumerate(matters, start=1)
    ]


def _standing(matters: Sequence[MatterFact]) -> str:
    """How the cases stand, where the writer said nothing: one sentence each, or one for all of a long list."""
    if len(matters) > _MATTERS_TOLD_ONE_BY_ONE:
        late = sum(1 for matter in matters if matter.days_left is not None and matter.days_left < 0)
        overdue = f"，其中{late}件已超过办理时限" if late else ""
        return f"上表所列{len(matters)}件留言至今仍未报送合格的答复材料{overdue}。"
    sentences = []
    for matter in matters:
        words = f"{matter.number}号留言于{long_date(matter.dispatched)}交办"
        if matter.due is not None:
            words += f"，应于{long_date(matter.due.on)}前办理答复"
        if matter.earlier:
            words += f"，此前已提醒、催办{len(matter.earlier)}次"
        if matter.days_left is not None and matter.days_left < 0:
            words += f"，至今仍未报送合格的答复材料，已{_days(matter.days_left)}"
        sentences.append(f"{words}。")
    return "\n".join(sentences)


def _days(left: int | None) -> str:
    if left is None:
        return ""
    if left == 0:
        return "当日到期"
    return f"逾期{-left}个工作日" if left < 0 else f"剩余{left}个工作日"


def _due(due: DueFact | None) -> str:
    if due is None:
        return ""
    words = long_date(due.on)
    if due.from_dispatch:
        words += "\n（暂计，未签收，按交办日预计）"
    if due.holidays_unknown:
        words += "\n（暂定，放假安排未发布）"
    return words


def _instructions(instructions: Iterable[InstructionFact]) -> str:
    return "\n".join(
        f"{one.leader}（{long_date(one.on)}）：{one.text}" if one.on else f"{one.leader}：{one.text}"
        for one in instructions
    )


def _contacts(contacts: Iterable[ContactFact]) -> str:
    return "\n".join(
        " ".join(words for words in (_day(one.on), one.channel, one.result) if words) for one in contacts
    )


def _ticked(answer: bool | None) -> str:
    if answer is None:
        return "□是　□否"
    return "√是　□否" if answer else "□是　√否"


def _day(day: date | None) -> str:
    return long_date(day) if day is not None else ""


def _moment(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    words = long_date(moment)
    return f"{words} {moment:%H:%M}" if isinstance(moment, datetime) else words
