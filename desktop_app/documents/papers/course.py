"""The course of a case, a line a link of its chain of evidence: for a transfer, a report to a leader."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.evidence import Evidence, evidence_of
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One step. action: its name in the regulation's file, empty for the arrival; what: in its words; number: of its
    paper; words: to whom, with what result."""

    on: date
    what: str
    number: str
    words: str
    action: str = ""


def course_of(source: PaperSource) -> tuple[CourseLine, ...]:
    """From the day the message came in to the step before the paper's own; nothing that came later."""
    case, basis = source.case, source.basis
    kind = f"，{case.category}" if case.category else ""
    came = CourseLine(case.received, "收件", "", f"{case.source}{source.regulation.words.message}{kind}")
    helpers = {held.unit for held in case.assignments if not held.lead}
    lines = [
        CourseLine(one.on, one.what.removeprefix("登记"), one.document, _words(one, helpers), one.kind)
        for one in evidence_of(case, source.regulation)
        if one.event < basis.event and one.on <= basis.on and not _of_a_helper(one, helpers)
    ]
    return came, *lines


def _of_a_helper(one: Evidence, helpers: Collection[str]) -> bool:
    """The slip and receipt of a supporting unit: told with the lead's."""
    return one.kind in ("dispatch", "receive") and one.to in helpers


def _words(one: Evidence, helpers: Collection[str]) -> str:
    served = f"{long_date(one.served.on)}送达" if one.served is not None and one.document else ""
    outcome = one.outcome if one.outcome != one.what else ""
    beside = f"协办{'、'.join(sorted(helpers))}" if helpers and one.kind == "dispatch" else ""
    return "，".join(word for word in (one.to, beside, one.by, outcome, served) if word)


def course_sentence(line: CourseLine) -> str:
    """The line as a sentence of a report."""
    number = f"（{line.number}）" if line.number else ""
    words = f"：{line.words}" if line.words else ""
    return f"{long_date(line.on)}，{line.what}{number}{words}。"
