"""联合调研记录: who looked into a case of wide effect, and what they found (X 第五条（三）)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of, shown
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class InvestigationFacts:
    """All that the record says. why: what made the case one of wide effect."""

    head: PaperHead
    on: date
    by: str
    units: str
    findings: str
    conclusion: str = ""
    why: str = ""


def investigation_facts(source: PaperSource) -> InvestigationFacts:
    words = shown(source)
    made = next(one for one in source.case.investigations if one.event == source.basis.event)
    major = source.case.major
    return InvestigationFacts(
        head=head_of(source),
        on=made.on,
        by=made.by,
        units=made.units,
        findings=words(made.findings),
        conclusion=words(made.conclusion),
        why=words(major.reason) if major is not None else "",
    )


def investigation_values(facts: InvestigationFacts) -> Values:
    return {
        **head_values(facts.head),
        "调研日期": long_date(facts.on),
        "调研负责人": facts.by,
        "参加单位": facts.units,
        "调研缘由": facts.why,
        "调研情况": facts.findings,
        "调研结论": facts.conclusion,
    }
