"""Document numbers of papers: given out with the step that calls for the paper, and true to the steps ever after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.domain.corrections import Step
from desktop_app.domain.history import DOCUMENT
from desktop_app.domain.issued_numbers import numbers_borne
from desktop_app.domain.numbering import DocumentSeries
from desktop_app.domain.regulation import FormRule, Regulation
from desktop_app.errors import Refusal
from desktop_app.services.case_loading import Loaded
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


def with_document(session: Session, work: Work, loaded: Loaded, step: Step) -> Step:
    """The step with the number of the paper it calls for; issued in the same transaction, so without gaps."""
    form = form_numbered(loaded.regulation, step)
    if form is None:
        return step
    cases = [loaded.case.number]
    number = issue_number(session, work, loaded.regulation, form.series, form.title, step.on.year, cases)
    return replace(step, keys={**step.keys, DOCUMENT: number})


def form_numbered(regulation: Regulation, step: Step) -> FormRule | None:
    """The paper that a step calls for and that bears a number; None where it calls for none."""
    if step.action == "change-units" and not step.get("lead"):
        return None
    return next(
        (form for form in regulation.forms.values() if step.action in form.after and form.series), None
    )


def issue_number(
    session: Session,
    work: Work,
    regulation: Regulation,
    series_id: str,
    title: str,
    year: int,
    cases: Iterable[str],
) -> str:
    """The next number of a series, for a paper of that title; several `cases` share that of a joint paper."""
    series = regulation.series[series_id]
    pattern = DocumentSeries(series.id, series.pattern)
    return work.numbers.issue(
        series_name(regulation, series.id),
        year,
        lambda serial: pattern.write(year, serial),
        cases=cases,
        title=title,
        by=session.user.name,
    )


def series_name(regulation: Regulation, series_id: str) -> str:
    """Two regulations in one office keep series of their own."""
    return f"{regulation.id}/{series_id}"


def settle_numbers(
    work: Work, loaded: Loaded, steps: Sequence[Step], reason: str = "", replaced_by: str = ""
) -> None:
    """Let the numbers of a case be those its steps now bear. What no case bears any more is voided with `reason`.

    Refusal `nothing_to_undo` where a step would stand again whose number was meanwhile spoiled and given anew.
    """
    case = loaded.case.number
    before, after = numbers_borne(case, loaded.steps), numbers_borne(case, steps)
    if before == after:
        return
    for number in after.keys() - before.keys():
        issued = work.issued.find(number)
        if issued is not None and issued.replaced_by:
            raise Refusal(
                "nothing_to_undo",
                f"该步骤的文号 {number} 已经作废，换为 {issued.replaced_by}，这一步不能恢复。",
                None,
                "请重新登记这一步，另编文号。",
            )
    work.issued.settle(case, after, reason, replaced_by)
