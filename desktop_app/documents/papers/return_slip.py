"""退办单 (退件单): why the case is not the unit's, and what the office says to that (X 第五条（五）, T 第十五条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of, own_words, shown
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import day_or_by_hand, day_words, sentence
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """All that the paper says. unit: who returns; taken: the day it had the case, presumed or not; late: not the
    same day. answer_title: what the regulation calls the answer (同意退办, 不予退件), blank while there is none."""

    head: PaperHead
    unit: str
    taken: date | None
    presumed: bool
    returned: date
    late: bool
    reason: str
    basis: str = ""
    suggested_unit: str = ""
    signer: str = ""
    answer_title: str = ""
    answer: str = ""
    answered_on: date | None = None


def return_facts(source: PaperSource) -> ReturnFacts:
    words = shown(source)
    held, request = next(
        (held, one)
        for held in source.case.assignments
        for one in held.return_requests
        if one.event == source.basis.event
    )
    rules = source.regulation.actions
    answered = {None: "", True: "accept-return", False: "refuse-return"}[request.accepted]
    return ReturnFacts(
        head=head_of(source),
        unit=held.unit,
        taken=held.received,
        presumed=held.presumed,
        returned=request.on,
        late=request.late,
        reason=words(request.reason),
        basis=request.basis,
        suggested_unit=request.suggested_unit,
        signer=request.signer,
        # A unit that answered after all has taken its return back; nobody decided on it.
        answer_title=rules[answered].title if answered and request.answered_on is not None else "",
        answer=own_words(source)(request.answer),
        answered_on=request.answered_on,
    )


def return_values(facts: ReturnFacts) -> Values:
    taken = day_words(facts.taken) + ("（推定）" if facts.presumed else "")
    return {
        **head_values(facts.head),
        "退件单位": facts.unit,
        "收到日期": taken,
        "退件日期": long_date(facts.returned),
        "当日退件": "晚于收到当日" if facts.late else "收到当日退回",
        "退件原因": facts.reason,
        "职责依据": facts.basis,
        "建议承办单位": facts.suggested_unit,
        "分管领导": facts.signer,
        "处理意见": f"{sentence(facts.answer_title)}{sentence(facts.answer)}",
        "处理日期": day_or_by_hand(facts.answered_on),
    }
