"""批示件办理结果专报: to a leader, what became of an instruction (X 第五条（三）, T 第十六条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.course import CourseLine, course_of, course_sentence
from desktop_app.documents.papers.facts import (
    InstructionFact,
    PaperHead,
    head_of,
    instruction_facts,
    shown,
    told,
)
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import clipped, instruction_words, sentence, shortened
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource

_MOST_OF_A_MESSAGE = 300
_MOST_OF_A_TITLE = 30
_TOLD_ELSEWHERE = frozenset(("instruct", "feedback"))


@dataclass(frozen=True, slots=True)
class InstructionReportFacts:
    """All that the report says. instructions: those of the leader it goes to, or all where none is theirs."""

    head: PaperHead
    addressee: str
    on: date
    instructions: tuple[InstructionFact, ...]
    message: str
    course: tuple[CourseLine, ...]
    result: str
    next_step: str = ""


def instruction_report_facts(source: PaperSource) -> InstructionReportFacts:
    words = shown(source)
    back = next(one for one in source.case.feedbacks if one.event == source.basis.event)
    given = tuple(one for one in instruction_facts(source) if one.on is None or one.on <= back.on)
    own = tuple(one for one in given if one.leader in back.to or back.to in one.leader)
    return InstructionReportFacts(
        head=head_of(source),
        addressee=back.to,
        on=back.on,
        instructions=own or given,
        message=told(source).text,
        course=tuple(line for line in course_of(source) if line.action not in _TOLD_ELSEWHERE),
        result=words(back.text),
        next_step=words(back.next),
    )


def instruction_report_values(facts: InstructionReportFacts) -> Values:
    head = facts.head
    return {
        **head_values(head),
        "报告标题": f"关于“{clipped(head.title, _MOST_OF_A_TITLE)}”批示件办理结果的报告",
        "主送": facts.addressee,
        "领导批示": instruction_words(facts.instructions),
        "留言摘要": shortened(facts.message, _MOST_OF_A_MESSAGE),
        "办理过程": "\n".join(map(course_sentence, facts.course)),
        "办理结果": facts.result,
        "下一步": sentence(facts.next_step),
        "署名": head.office.name,
        "成文日期": long_date(facts.on),
        "联系人": head.office.contact,
        "联系电话": head.office.phone,
    }
