"""提醒单 and 催办单: the cases of one unit whose deadline is near, or past (X 第五条（四）, T 第十三条、第十九条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import OfficeFacts, basis_words, office_facts, shown
from desktop_app.documents.papers.head_values import office_values
from desktop_app.documents.papers.matters import MatterFact, matter_fact, matter_rows, pressure_of
from desktop_app.documents.papers.words import day_words, occasion_words
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """All that a 提醒单 or 催办单 says: the cases of one unit.

    paper_title: as the regulation names it; T13 addresses the unit's 主要负责同志. occasion: which time, from 1.
    """

    paper_title: str
    office: OfficeFacts
    number: str
    addressee: str
    basis: str
    message_words: str
    matters: tuple[MatterFact, ...]
    on: date
    code: str = ""
    citizen_words: str = "网民"
    occasion: int = 1
    channel: str = ""
    answered_by: str = ""
    answer: str = ""
    served: date | None = None


def notice_facts(source: PaperSource) -> NoticeFacts:
    """One notice for one unit, about one case or several."""
    step = pressure_of(source)
    same = [one for one in source.case.pressure if one.action == step.action and one.event <= step.event]
    return NoticeFacts(
        paper_title=source.form.title,
        office=office_facts(source),
        number=step.number,
        addressee=step.to,
        basis=basis_words(source),
        message_words=source.regulation.words.message,
        matters=tuple(map(matter_fact, source.together)),
        on=step.on,
        code=source.code,
        citizen_words=source.regulation.words.citizen,
        occasion=len(same),
        channel=step.channel,
        answered_by=step.served_to,
        answer=shown(source)(step.answer),
        served=step.served_on,
    )


def reminder_values(facts: NoticeFacts) -> Values:
    """The fields of the 提醒单: the deadline is near and no reply is in."""
    matter = (
        f"贵单位承办的下列{facts.message_words}将于近日到期，至今尚未报送答复意见或尚未公开答复。"
        "请抓紧办理，在到期日前按规定报送；确需延期的，请在到期日前书面申请。"
    )
    return _values(facts, matter)


def urge_values(facts: NoticeFacts) -> Values:
    """The fields of the 催办单: the deadline has passed and no reply is in."""
    matter = (
        f"贵单位承办的下列{facts.message_words}已超过办理时限，至今仍未报送答复意见。"
        f"请立即办理并书面报送，同时说明逾期原因，向{facts.citizen_words}做好解释工作。"
    )
    return _values(facts, matter)


def _values(facts: NoticeFacts, matter: str) -> Values:
    return {
        **office_values(facts.office),
        "文书名称": facts.paper_title,
        "识别码": facts.code,
        "发文字号": facts.number,
        "主送": facts.addressee,
        "依据": facts.basis,
        "网民称谓": facts.citizen_words,
        "事项": matter,
        "第几次": occasion_words(facts.occasion),
        "送达方式": facts.channel,
        "接话人": facts.answered_by,
        "对方答复": facts.answer,
        "送达时间": day_words(facts.served),
        "署名": facts.office.name,
        "成文日期": long_date(facts.on),
        "件": matter_rows(facts.matters),
    }
