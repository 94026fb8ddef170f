"""回访记录: when and how the citizen was asked, whether it is solved, and how content they are (X 第五条（二）, T 第十八条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of, shown
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import occasion_words, ticked, ticked_of
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """All that the record says. choices: every answer of the regulation's list, result the one given."""

    head: PaperHead
    on: date
    result: str
    choices: tuple[str, ...]
    occasion: int
    channel: str = ""
    solved: bool | None = None
    note: str = ""
    reply: str = ""


def follow_up_facts(source: PaperSource) -> FollowUpFacts:
    words, case = shown(source), source.case
    asked = next(one for one in case.follow_ups if one.event == source.basis.event)
    published = [one.text for one in case.publications if one.event < asked.event]
    return FollowUpFacts(
        head=head_of(source),
        on=asked.on,
        result=asked.result,
        choices=source.regulation.values("follow_up_result"),
        occasion=sum(1 for one in case.follow_ups if one.event <= asked.event),
        channel=asked.channel,
        solved=asked.solved,
        note=words(asked.note),
        reply=published[-1] if published else "",
    )


def follow_up_values(facts: FollowUpFacts) -> Values:
    return {
        **head_values(facts.head),
        "第几次": occasion_words(facts.occasion),
        "回访日期": long_date(facts.on),
        "回访方式": facts.channel,
        "是否解决": ticked(facts.solved),
        "满意度": ticked_of(facts.choices, facts.result),
        "网民说明": facts.note,
        "公开答复": facts.reply,
    }
