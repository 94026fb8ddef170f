"""Codes on papers: which office's they are, and to which case a code that was scanned leads.

An office draws a number by chance once and prints it in every code, so that another office's paper, with a register
number and an event that exist here as well, is told apart and never filed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.history import DOCUMENT
from desktop_app.domain.paper_codes import (
    FORM_NUMBERS,
    PaperCode,
    looks_like_code,
    office_code_of,
    read_code,
)
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import settings_keys
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class CodedPaper:
    """The paper that a code stands on. form: empty for one of a later version; document: its number, where it has one;
    companions: the other cases of which the same paper speaks."""

    number: str
    form: str
    document: str
    event: int
    companions: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every case to which the paper belongs."""
        return (self.number, *self.companions)


def own_office_code(session: Session) -> str:
    """The digits in this office's codes; drawn the first time they are asked for, and then the same for good."""
    with session.read() as work:
        kept = work.settings.get(settings_keys.OFFICE_CODE)
    if kept:
        return kept
    with session.change() as work:
        # Another program may have drawn in between.
        kept = work.settings.get(settings_keys.OFFICE_CODE) or office_code_of(secrets.randbits(64))
        work.settings.put(settings_keys.OFFICE_CODE, kept)
    return kept


def code_for(office: str, number: str, form: str, event: int) -> str:
    """The code to be printed; empty for a form that has no number in codes."""
    return str(PaperCode(office, number, form, event)) if form in FORM_NUMBERS else ""


def coded_paper(session: Session, text: str) -> CodedPaper:
    """The paper whose code was scanned or typed. Refusals `code_misread`, `code_of_other_office`, `unknown_case`,
    `code_mismatch`."""
    with session.read() as work:
        found = coded_paper_in(work, text)
    session.require(Right.SEE_CASES)
    return found


def coded_paper_in(work: Work, text: str) -> CodedPaper:
    """The same within a transaction that the caller holds open."""
    code = _read(text)
    if code.office != work.settings.get(settings_keys.OFFICE_CODE):
        raise Refusal(
            "code_of_other_office",
            f"“{text.strip()}”不是本单位文书上的识别码。",
            None,
            "请核对是哪个单位出的文书；确是本单位办理的，请按登记号查找。",
        )
    if work.cases.get(code.number) is None:
        raise Refusal("unknown_case", f"登记簿中没有 {code.number}。", None, "请核对登记号。")
    event = work.journal.get(code.event) if code.event else None
    if code.event and (event is None or event.case != code.number):
        raise Refusal(
            "code_mismatch",
            f"识别码上的登记号 {code.number} 与第 {code.event} 号记录对不上。",
            None,
            "可能扫错或输错，也可能是恢复备份之前出的文书；请按登记号查找核对。",
        )
    document = event.keys.get(DOCUMENT, "") if event is not None else ""
    issued = work.issued.find(document) if document else None
    others = tuple(one for one in issued.cases if one != code.number) if issued is not None else ()
    return CodedPaper(code.number, code.form, document, code.event, others)


def _read(text: str) -> PaperCode:
    code = read_code(text)
    if code is not None:
        return code
    what = "校验不对，可能扫错或输错" if looks_like_code(text) else "不是识别码"
    raise Refusal("code_misread", f"“{text.strip()[:40]}”{what}。", None, "请再扫一次，或按登记号查找。")
