"""解释说明: what the citizen was told where a case cannot be solved, and who consented (X 第二条, T 第十八条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class ExplanationFacts:
    """All that the paper says. upstream_consent_by: who above agreed, of a case that came from there (T 第十八条)."""

    head: PaperHead
    citizen: str
    on: date
    text: str
    consent_by: str = ""
    upstream_consent_by: str = ""


def explanation_facts(source: PaperSource) -> ExplanationFacts:
    explained = source.case.explanation
    if explained is None:
        raise ValueError("an explanation needs to have been given")
    return ExplanationFacts(
        head=head_of(source),
        citizen=source.message.citizen.name,
        on=explained.on,
        text=explained.text,
        consent_by=explained.consent_by,
        upstream_consent_by=explained.upstream_consent_by,
    )


def explanation_values(facts: ExplanationFacts) -> Values:
    return {
        **head_values(facts.head),
        "网民姓名": facts.citizen,
        "解释日期": long_date(facts.on),
        "解释内容": facts.text,
        "同意人": facts.consent_by,
        "上级同意人": f"上级单位同意人：{facts.upstream_consent_by}" if facts.upstream_consent_by else "",
    }
