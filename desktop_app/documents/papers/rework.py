"""退回重办通知: what is wrong with the reply, point by point, and by when a better one is wanted (X 第五条（五）, T 第十九条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of, own_words, shown
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import day_words, occasion_words, shortened
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource

_MOST_OF_A_REPLY = 300
"""Characters of the reply that are repeated; the unit has the whole."""


@dataclass(frozen=True, slots=True)
class ReworkFacts:
    """All that the paper says. reply: of the unit, as sent; ground: by the regulation's list."""

    head: PaperHead
    unit: str
    on: date
    due: date
    ground: str
    opinion: str
    occasion: int
    reply: str = ""
    replied_on: date | None = None


def rework_facts(source: PaperSource) -> ReworkFacts:
    words = shown(source)
    held, back = next(
        (held, one)
        for held in source.case.assignments
        for one in held.reworks
        if one.event == source.basis.event
    )
    replies = [one for one in held.replies if one.event < back.event]
    return ReworkFacts(
        head=head_of(source),
        unit=held.unit,
        on=back.on,
        due=back.due,
        ground=back.ground,
        opinion=own_words(source)(back.opinion),
        occasion=1 + sum(1 for one in held.reworks if one.event < back.event),
        reply=words(replies[-1].text) if replies else "",
        replied_on=replies[-1].on if replies else None,
    )


def rework_values(facts: ReworkFacts) -> Values:
    return {
        **head_values(facts.head),
        "主送": facts.unit,
        "第几次": occasion_words(facts.occasion),
        "原答复日期": day_words(facts.replied_on),
        "原答复摘要": shortened(facts.reply, _MOST_OF_A_REPLY),
        "存在问题": facts.ground,
        "逐条意见": facts.opinion,
        "新期限": f"{long_date(facts.due)}当日止",
        "署名": facts.head.office.name,
        "成文日期": long_date(facts.on),
    }
