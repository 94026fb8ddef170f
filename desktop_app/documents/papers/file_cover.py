"""案卷封面: what lies in the file, from when to when, and how long it is kept (X 第五条（六）, T 第十六条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of
from desktop_app.documents.papers.filed import documents_filed
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import day_words
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class FileCoverFacts:
    """All that the cover says. retention: blank until the case is archived; file_number: until it is
    given; pages are left for the pen."""

    head: PaperHead
    first: date
    last: date
    documents: int
    closed: date | None = None
    archived: date | None = None
    retention: str = ""
    file_number: str = ""


def file_cover_facts(source: PaperSource) -> FileCoverFacts:
    case = source.case
    documents = documents_filed(source)
    days = [one.on for one in documents if one.on is not None]
    return FileCoverFacts(
        head=head_of(source),
        first=min([case.received, *days]),
        last=max([case.closed_on or case.received, *days]),
        documents=len(documents),
        closed=case.closed_on,
        archived=case.archived_on,
        retention=case.retention,
        file_number=source.filed.number,
    )


def file_cover_values(facts: FileCoverFacts) -> Values:
    head = facts.head
    return {
        **head_values(head),
        "案卷题名": f"关于“{head.title}”{head.message_words}的办理材料",
        "起止日期": f"{long_date(facts.first)}至{long_date(facts.last)}",
        "保管期限": facts.retention,
        "件数": str(facts.documents),
        "页数": "",
        "档号": facts.file_number,
        "办结日期": day_words(facts.closed),
        "归档日期": day_words(facts.archived),
    }
