"""A spoiled sheet: its number is voided with a reason and stays used; its step's paper gets the next number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.history import fold
from desktop_app.domain.message_text import well_formed
from desktop_app.domain.office_records import DocumentIssued
from desktop_app.domain.renumbering import DOCUMENT, OLD, RENUMBER
from desktop_app.domain.rights import Right
from desktop_app.domain.wording import long_date
from desktop_app.errors import Refusal
from desktop_app.services import regulations
from desktop_app.services.case_loading import load_case
from desktop_app.services.cases import settle
from desktop_app.services.document_numbers import issue_number, settle_numbers
from desktop_app.services.issued_papers import find_issued
from desktop_app.services.journaling import note
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The number that was voided, the one its paper bears now, and the cases that it is about."""

    voided: str
    document: str
    cases: tuple[str, ...]


def void(session: Session, number: str, reason: str) -> Renumbered:
    """Void a document number whose sheet was spoiled; the step stands, and its paper bears the next number.

    Only before the paper has gone out: `wrong_state` once delivery or receipt is recorded. `nothing_to_undo`
    where the number is void already, `unknown_value` where it was never given out, `missing_key` without a reason.
    """
    session.require(Right.WORK_ON_CASES)
    reason = well_formed(reason.strip())
    if not reason:
        raise Refusal("missing_key", "作废文号须写明理由（reason）。")
    with session.change() as work:
        issued = _found(work, number)
        _refuse_once_served(issued)
        regulation_id, _, series = issued.series.partition("/")
        regulation = regulations.load(regulation_id)
        # Of the same year: the paper keeps the day of its step, though the sheet may be spoiled in January.
        new = issue_number(session, work, regulation, series, issued.title, issued.year, issued.cases)
        for case in issued.cases:
            _renumber(session, work, case, issued.text, new, reason)
    return Renumbered(issued.text, new, issued.cases)


def _found(work: Work, number: str) -> DocumentIssued:
    issued = find_issued(work, number)
    if issued is None:
        raise Refusal(
            "unknown_value", f"没有编过“{number.strip()}”这个文号。", None, "请照发文登记簿上的文号填写。"
        )
    if issued.voided:
        became = f"，换为 {issued.replaced_by}" if issued.replaced_by else ""
        raise Refusal("nothing_to_undo", f"{issued.text} 已经作废{became}。")
    return issued


def _refuse_once_served(issued: DocumentIssued) -> None:
    for one in issued.of_cases:
        if one.standing and one.served_on is not None:
            raise Refusal(
                "wrong_state",
                f"{issued.text} 已于{long_date(one.served_on)}送达（{one.case}），文号不能作废。",
                None,
                "送达登记错了的，先更正送达或签收的记录；这一步本身错了的，更正这一步。",
            )


def _renumber(session: Session, work: Work, number: str, old: str, new: str, reason: str) -> None:
    loaded = load_case(work, number)
    event = note(session, work, RENUMBER, {OLD: old, DOCUMENT: new}, {"reason": reason}, loaded.case.number)
    steps = effective_steps([*loaded.events, event])
    settle_numbers(work, loaded, steps, reason, replaced_by=new)
    settle(session, work, loaded, fold(number, steps, loaded.regulation), event)
