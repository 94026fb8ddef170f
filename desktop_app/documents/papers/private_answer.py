"""直接答复记录: what the citizen was told directly and why not in public; stays in the file (X 第五条（三）, T 第十八条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import day_words
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class PrivateAnswerFacts:
    """All that the record says. text: what was told, the unit's reply where nothing else was written down."""

    head: PaperHead
    citizen: str
    by: str
    channel: str
    on: date
    text: str
    private_reason: str = ""
    public_note: str = ""
    public_note_on: date | None = None


def private_answer_facts(source: PaperSource) -> PrivateAnswerFacts:
    case, answer = source.case, source.case.private_answer
    if answer is None:
        raise ValueError("a record of a direct answer needs the answer")
    reply = case.reply_in
    return PrivateAnswerFacts(
        head=head_of(source),
        citizen=source.message.citizen.name,
        by=answer.by,
        channel=answer.channel,
        on=answer.on,
        text=answer.text or (reply.text if reply is not None else ""),
        private_reason=case.review.private_reason if case.review is not None else "",
        public_note=case.public_note,
        public_note_on=case.public_note_on,
    )


def private_answer_values(facts: PrivateAnswerFacts) -> Values:
    return {
        **head_values(facts.head),
        "网民姓名": facts.citizen,
        "答复人": facts.by,
        "答复方式": facts.channel,
        "答复日期": long_date(facts.on),
        "答复内容": facts.text,
        "不宜公开理由": facts.private_reason,
        "公开说明": facts.public_note,
        "公开说明日期": day_words(facts.public_note_on),
    }
