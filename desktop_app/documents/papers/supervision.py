"""督办函, and 督办单 which says the same on an office form (X 第五条（四）, T 第十九条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import OfficeFacts, basis_words, office_facts, own_words
from desktop_app.documents.papers.head_values import office_values
from desktop_app.documents.papers.matters import (
    MatterFact,
    matter_fact,
    matter_rows,
    pressure_of,
    standing_of,
)
from desktop_app.documents.papers.words import day_words, instruction_words
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource

_USUAL_DEMANDS = (
    "请贵单位高度重视，由主要负责人负总责，明确专人，抓紧调查核实，依法依规解决问题，"
    "形成的答复材料应当针对诉求、内容准确、通俗易懂，经主要负责人审签并加盖公章后书面报送我单位。"
)


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """All that a 督办函 or 督办单 says.

    sender: the red name on top; signatory: the name at the end, where it differs. basis: regulation and article,
    such as 《…办法》第十九条. message_words: what the regulation calls a message (网民留言, 网友留言).
    grounds: failings by the regulation's list; cause: said instead of them (a leader's instruction). title,
    problems, demands: blank for the usual wording.
    """

    office: OfficeFacts
    sender: str
    number: str
    addressee: str
    basis: str
    message_words: str
    matters: tuple[MatterFact, ...]
    on: date
    paper_title: str = ""
    code: str = ""
    citizen_words: str = "网民"
    grounds: tuple[str, ...] = ()
    cause: str = ""
    title: str = ""
    problems: str = ""
    demands: str = ""
    new_due: date | None = None
    feedback: str = ""
    secrecy: str = ""
    urgency: str = ""
    signatory: str = ""
    copies: tuple[str, ...] = ()
    served: date | None = None
    served_to: str = ""


def letter_facts(source: PaperSource) -> LetterFacts:
    """One letter to one unit, about one case or several."""
    step, words = pressure_of(source), own_words(source)
    ordinary = source.regulation.values("urgency")[0]
    cause = _cause(source, step.ground)
    return LetterFacts(
        office=office_facts(source),
        sender=source.office.name,
        number=step.number,
        addressee=step.to,
        basis=basis_words(source),
        message_words=source.regulation.words.message,
        matters=tuple(map(matter_fact, source.together)),
        on=step.on,
        paper_title=source.form.title,
        code=source.code,
        citizen_words=source.regulation.words.citizen,
        grounds=() if cause else (step.ground,),
        cause=cause,
        problems=words(step.problems),
        demands=words(step.demands),
        new_due=step.new_due,
        feedback=step.feedback,
        urgency="" if source.case.urgency in ("", ordinary) else source.case.urgency,
        copies=tuple(one for one in (step.copies,) if one),
        served=step.served_on,
        served_to=step.served_to,
    )


def _cause(source: PaperSource, ground: str) -> str:
    """What led to the letter where its ground is no failing of the unit's (催办无果, a leader's instruction)."""
    term = source.regulation.term("supervision_ground", ground)
    if term is None or "failing" in term.flags:
        return ""
    if "after_urge" in term.flags:
        return "经催办仍未报送答复意见"
    return f"因{ground}列为督办事项"


def letter_values(facts: LetterFacts) -> Values:
    """The fields of the 督办函."""
    return _values(facts, "详见下表", "有关事项函告如下。")


def supervision_slip_values(facts: LetterFacts) -> Values:
    """The fields of the 督办单."""
    return _values(facts, "见上表", "请按下列要求办理。")


def _values(facts: LetterFacts, table: str, opens: str) -> Values:
    count = f"共{len(facts.matters)}件" if len(facts.matters) > 1 else f"登记号{facts.matters[0].number}"
    cause = facts.cause or (f"存在{'、'.join(facts.grounds)}问题" if facts.grounds else "需要重点督促办理")
    first_mark, second_mark = (facts.secrecy, facts.urgency) if facts.secrecy else (facts.urgency, "")
    return {
        **office_values(facts.office),
        "文书名称": facts.paper_title,
        "识别码": facts.code,
        "依据": facts.basis,
        "网民称谓": facts.citizen_words,
        "发文机关标志": facts.sender,
        "发文字号": facts.number,
        "首行标注": first_mark,
        "次行标注": second_mark,
        "函件标题": facts.title or f"关于限期办理{facts.message_words}的督办函",
        "主送": facts.addressee,
        "急缓": facts.urgency,
        "督办情形": "、".join(facts.grounds) or facts.cause,
        "缘由": f"贵单位承办的人民网地方领导留言板{facts.message_words}（{count}，{table}）{cause}。"
        f"根据{facts.basis}的规定，现予督办，{opens}",
        "存在问题": facts.problems or standing_of(facts.matters),
        "办理要求": facts.demands or _USUAL_DEMANDS,
        "新期限": f"{long_date(facts.new_due)}当日止" if facts.new_due else "",
        "反馈方式": facts.feedback,
        "领导批示": instruction_words(
            # One that covers several cases is recorded on each of them.
            dict.fromkeys(one for matter in facts.matters for one in matter.instructions)
        ),
        "署名": facts.signatory or facts.sender,
        "成文日期": long_date(facts.on),
        "联系人": facts.office.contact,
        "联系电话": facts.office.phone,
        "抄送": "，".join(facts.copies),
        "送达时间": day_words(facts.served),
        "接收人": facts.served_to,
        "件": matter_rows(facts.matters),
    }
