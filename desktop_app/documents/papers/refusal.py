"""不予受理告知: to the citizen, why the message is not taken up and what to do instead (X 第四条, T 第五条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import day_words, moment_words, sentence
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class RefusalFacts:
    """All that the notice says. citizen: as the message is signed; ground: by the regulation's list, in its article."""

    head: PaperHead
    citizen: str
    ground: str
    article: str
    explanation: str
    suggestion: str
    on: date
    duplicate_of: str = ""
    told_on: date | None = None
    told_channel: str = ""
    not_told_reason: str = ""


def refusal_facts(source: PaperSource) -> RefusalFacts:
    refusal = source.case.refusal
    if refusal is None:
        raise ValueError("a notice of refusal needs a refusal")
    term = source.regulation.term("refusal_ground", refusal.ground)
    return RefusalFacts(
        head=head_of(source),
        citizen=source.message.citizen.name,
        ground=refusal.ground,
        article=(term.article if term is not None else "") or source.form.article,
        explanation=refusal.explanation,
        suggestion=refusal.suggestion,
        on=refusal.on,
        duplicate_of=refusal.duplicate_of,
        told_on=refusal.told_on,
        told_channel=refusal.told_channel,
        not_told_reason=refusal.not_told_reason,
    )


def refusal_values(facts: RefusalFacts) -> Values:
    head = facts.head
    return {
        **head_values(head),
        "网民姓名": facts.citizen or head.citizen_words,
        "来件说明": _opening(facts),
        "受理情形": facts.ground,
        "不予受理依据": f"{head.basis.partition('》')[0]}》{facts.article}",
        "不予受理说明": sentence(facts.explanation),
        "合理建议": sentence(facts.suggestion),
        "重复于": f"与已登记的{facts.duplicate_of}号留言重复" if facts.duplicate_of else "",
        "告知方式": facts.told_channel,
        "告知日期": day_words(facts.told_on),
        "未告知原因": facts.not_told_reason,
        "署名": head.office.name,
        "成文日期": long_date(facts.on),
    }


def _opening(facts: RefusalFacts) -> str:
    head = facts.head
    when = f"您于{moment_words(head.written)}" if head.written is not None else "您"
    number = f"（留言编号{head.board_number}）" if head.board_number else ""
    return f"{when}在人民网领导留言板的留言《{head.title}》{number}已收到。"
