"""公开答复稿: the public text and nothing else, with whom to ask at the unit (X 第五条（二）, T 第十二条).

Made of a review that says public only (`reply_not_public` otherwise): services.papers sees to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import day_words
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.history import text_to_publish
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class PublicReplyFacts:
    """All that goes public. text: as published, else as reviewed, to the letter. supplement: a second answer
    after the first was found wanting (补充答复)."""

    head: PaperHead
    text: str
    supplement: bool = False
    handler: str = ""
    handler_phone: str = ""
    published: date | None = None
    place: str = ""


def public_reply_facts(source: PaperSource) -> PublicReplyFacts:
    case = source.case
    published = next((one for one in case.publications if one.event == source.basis.event), None)
    earlier = [one for one in case.publications if one.event < source.basis.event]
    held = source.assignment
    replies = [one for one in held.replies if one.event <= source.basis.event] if held is not None else []
    unit = source.unit
    return PublicReplyFacts(
        head=head_of(source),
        text=published.text if published is not None else text_to_publish(case),
        supplement=bool(earlier),
        handler=(replies[-1].handler if replies else "") or (unit.handler if unit is not None else ""),
        handler_phone=(replies[-1].phone if replies else "") or (unit.phone if unit is not None else ""),
        published=published.on if published is not None else None,
        place=published.place if published is not None else "",
    )


def public_reply_values(facts: PublicReplyFacts) -> Values:
    head = facts.head
    kind = "补充答复" if facts.supplement else "答复"
    return {
        **head_values(head),
        "公开标题": f"关于“{head.title}”{head.message_words}的{kind}",
        "公开答复": facts.text,
        "经办人": facts.handler,
        "经办人电话": facts.handler_phone,
        "公开日期": day_words(facts.published),
        "公开位置": facts.place,
    }
