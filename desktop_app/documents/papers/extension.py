"""延期办理申请表: what the unit asked for, what each level said, and until when it may take (X 第五条（四）, T 第十四条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import DueFact, PaperHead, clock, due_fact, head_of, shown
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import (
    BY_HAND,
    day_or_by_hand,
    due_words,
    occasion_words,
    sentence,
    ticked,
)
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.assignment import Assignment, Extension
from desktop_app.domain.deadlines import UNIT_WORDS, extended_due, late_application
from desktop_app.domain.history import approval_chain
from desktop_app.domain.past_assignments import before
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class LevelFact:
    """One level of approval. agreed: None while it has not answered."""

    level: str
    agreed: bool | None = None
    days: int | None = None
    opinion: str = ""
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """All that the application says. Days are in `unit_words` (个工作日).

    due_before: the date that stood when it was made; wanted_until: the date it asks for; cap, granted_before: of
    all extensions of this assignment. late: applied for after the date had passed.
    """

    head: PaperHead
    applicant: str
    applied_on: date
    due_before: DueFact
    wanted: int
    wanted_until: date
    cap: int
    granted_before: int
    unit_words: str
    occasion: int
    reason: str
    progress: str
    citizen_told: bool
    late: bool
    levels: tuple[LevelFact, ...]
    granted: int | None = None
    granted_until: date | None = None
    refused: bool = False


def extension_facts(source: PaperSource) -> ExtensionFacts:
    held, asked = _found(source)
    words = shown(source)
    limit = source.regulation.limits_on(source.case.received).extension
    standing = clock(source, before(held, asked.event))
    due = due_fact(standing)
    if standing is None or due is None:
        raise ValueError("an extension moves a date")
    earlier = [one for one in held.extensions if one.event < asked.event]

    def until(days: int) -> date:
        return extended_due(source.calendar, standing.due, days, limit.unit)

    return ExtensionFacts(
        head=head_of(source),
        applicant=asked.applicant,
        applied_on=asked.applied_on,
        due_before=due,
        wanted=asked.days,
        wanted_until=until(asked.days),
        cap=limit.days,
        granted_before=sum(one.granted or 0 for one in earlier),
        unit_words=UNIT_WORDS[limit.unit],
        occasion=len(earlier) + 1,
        reason=words(asked.reason),
        progress=words(asked.progress),
        citizen_told=asked.citizen_told,
        late=held.received is not None and late_application(standing.due, asked.applied_on),
        levels=_levels(source, asked),
        granted=asked.granted,
        granted_until=until(asked.granted) if asked.granted else None,
        refused=asked.refused,
    )


def _found(source: PaperSource) -> tuple[Assignment, Extension]:
    return next(
        (held, one)
        for held in source.case.assignments
        for one in held.extensions
        if one.event == source.basis.event
    )


def _levels(source: PaperSource, asked: Extension) -> tuple[LevelFact, ...]:
    """Every level that the case must pass (逐级), with its answer or a place for it."""
    answers = {
        one.level: LevelFact(one.level, True, one.days, one.opinion, one.by, one.on)
        for one in asked.approvals
    }
    if asked.refusal is not None:
        no = asked.refusal
        answers[no.level] = LevelFact(no.level, False, None, no.opinion, no.by, no.on)
    chain = approval_chain(source.regulation, source.case.source)
    return tuple(answers.get(level, LevelFact(level)) for level in chain)


def extension_values(facts: ExtensionFacts) -> Values:
    unit = facts.unit_words
    return {
        **head_values(facts.head),
        "申请人": facts.applicant,
        "申请日期": long_date(facts.applied_on),
        "第几次": occasion_words(facts.occasion),
        "原期限": due_words(facts.due_before),
        "申请延期": f"{facts.wanted}{unit}",
        "申请延至": long_date(facts.wanted_until),
        "延期上限": _cap(facts),
        "延期原因": facts.reason,
        "已做工作": facts.progress,
        "向网民解释": ticked(True if facts.citizen_told else None),
        "逾期申请": "本申请在原期限届满之后提出，准予延期不改变曾逾期的事实。" if facts.late else "",
        "批准期限": _outcome(facts),
        "审批": [_level_row(one, unit) for one in facts.levels],
    }


def _cap(facts: ExtensionFacts) -> str:
    unit = facts.unit_words
    left = max(0, facts.cap - facts.granted_before)
    if not facts.granted_before:
        return f"一次交办内合计不超过{facts.cap}{unit}"
    return f"一次交办内合计不超过{facts.cap}{unit}，此前已延{facts.granted_before}{unit}，尚可延{left}{unit}"


def _outcome(facts: ExtensionFacts) -> str:
    if facts.granted and facts.granted_until is not None:
        return f"准予延期{facts.granted}{facts.unit_words}，至{long_date(facts.granted_until)}当日止"
    return "不予延期，按原期限办理" if facts.refused else ""


def _level_row(level: LevelFact, unit: str) -> dict[str, str]:
    if level.agreed is None:
        return {"层级": level.level, "意见": "", "审批人": "", "日期": BY_HAND}
    said = f"同意延期{level.days}{unit}。" if level.agreed else "不同意延期。"
    return {
        "层级": level.level,
        "意见": f"{said}{sentence(level.opinion)}",
        "审批人": level.by,
        "日期": day_or_by_hand(level.on),
    }
