"""The course of a case, a line a link of its chain of evidence: for a transfer, a report to a leader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.evidence import evidence_of
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One step. what: its name in the regulation's words; number: its paper's; words: to whom, with what result."""

    on: date
    what: str
    number: str
    words: str


def course_of(source: PaperSource) -> tuple[CourseLine, ...]:
    """From the day the message came in to the step before the paper's own; nothing that came later."""
    case, basis = source.case, source.basis
    kind = f"，{case.category}" if case.category else ""
    came = CourseLine(case.received, "收件", "", f"{case.source}{source.regulation.words.message}{kind}")
    links = [
        one for one in evidence_of(case, source.regulation) if one.event < basis.event and one.on <= basis.on
    ]
    lines = []
    for one in links:
        served = f"{long_date(one.served.on)}送达" if one.served is not None and one.document else ""
        words = "，".join(word for word in (one.to, one.by, one.outcome, served) if word)
        lines.append(CourseLine(one.on, one.what, one.document, words))
    return came, *lines


def course_sentence(line: CourseLine) -> str:
    """The line as a sentence of a report."""
    number = f"（{line.number}）" if line.number else ""
    words = f"：{line.words}" if line.words else ""
    return f"{long_date(line.on)}，{line.what}{number}{words}。"
