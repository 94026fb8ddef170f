"""Papers that were made: what each was made of, for those who want the very same sheet again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.accused_guards import complaint_clause, refuse_barred
from desktop_app.domain.case import Case
from desktop_app.domain.office_records import PaperMade
from desktop_app.domain.renumbering import PAPER_AGAIN
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services.case_loading import Loaded, find_row, load_case, load_row, situation_of
from desktop_app.services.journaling import note
from desktop_app.services.papers import digest_of, goes_to_the_unit
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A paper's record with what it takes to make it again; `title` is its form's by the regulation."""

    paper: PaperMade
    title: str
    template: bytes


def kept_paper(session: Session, number: str, paper_id: int, for_the_file: bool = False) -> KeptPaper:
    """What that paper of the case was made of, each part proven by its digest.

    Refusal `unknown_value` where the case has no such paper, `form_not_available` where the program of its day
    did not keep what was filled in, `unit_complained_of`; StorageProblem `damaged` where a part was altered.
    `for_the_file`: it goes to the archive and to no unit, so that whom the case accuses does not matter.
    """
    with session.read() as work:
        row = find_row(work, number)
        session.require(Right.WORK_ON_CASES)
        loaded = load_row(work, row, work.messages.get(row.number))
        paper = work.papers.get(paper_id)
        if paper is None or paper.case != row.number:
            raise _unknown(row.number, paper_id, work.papers.of_case(row.number))
        if not for_the_file:
            _refuse_to_the_accused(session, work, loaded, paper)
        if not paper.filled:
            raise Refusal(
                "form_not_available",
                f"{row.number} 的第 {paper_id} 号文书是以前的程序做的，没有存下填写的内容，或者内容已经依法销毁，不能原样再出。",
                None,
                "需要时请按现在的记录另做一份。",
            )
        template = work.papers.template(paper.template_sha256) or b""
        _prove(work, paper, template)
        form = loaded.regulation.forms.get(paper.form)
    return KeptPaper(paper, form.title if form is not None else paper.form, template)


def _unknown(number: str, paper_id: int, made: list[PaperMade]) -> Refusal:
    known = "、".join(str(one.id) for one in made)
    remedy = f"现有：{known}。" if known else "本件还没有制作过文书。"
    return Refusal("unknown_value", f"{number} 没有第 {paper_id} 号文书。", None, remedy)


def _refuse_to_the_accused(session: Session, work: Work, loaded: Loaded, paper: PaperMade) -> None:
    """What may no longer be handed to a unit may not be printed for it a second time either (X 第六条). A joint paper
    tells the unit of all its cases, so any of them may forbid it."""
    form = loaded.regulation.forms.get(paper.form)
    if form is None or not goes_to_the_unit(form):
        return
    receivers = _receivers(loaded.case, paper)
    issued = work.issued.find(paper.number) if paper.number else None
    others = (
        [one.case for one in issued.of_cases if one.case != loaded.case.number] if issued is not None else []
    )
    for one in (loaded, *(load_case(work, number) for number in others)):
        situation = situation_of(session, work, one)
        for unit in receivers:
            refuse_barred(situation, unit, complaint_clause(one.regulation))


def _receivers(case: Case, paper: PaperMade) -> list[str]:
    """Whom a slip was made for, with those that support; of another paper the unit that led when it was made."""
    before = [one for one in case.assignments if paper.event_id is None or one.event < paper.event_id]
    by_number = [one for one in before if paper.number and one.number == paper.number]
    leads = [one for one in before if one.lead]
    return [one.unit for one in by_number or leads[-1:]]


def _prove(work: Work, paper: PaperMade, template: bytes) -> None:
    """That template and values are those the journal tells of."""
    event = work.journal.get(paper.event_id) if paper.event_id is not None else None
    told = event.keys if event is not None else {}
    what = [
        name
        for name, found, recorded in (
            ("模板", hashlib.sha256(template).hexdigest(), told.get("template")),
            ("填写的内容", digest_of(paper.filled), told.get("values")),
            ("校验值", paper.sha256, told.get("sha256")),
        )
        if found != recorded
    ]
    if what:
        raise StorageProblem(
            "damaged",
            f"{paper.case} 的第 {paper.id} 号文书，存下的{'、'.join(what)}与记录不符，不能原样再出。",
            "请运行 verify 核验数据，并从最近的备份恢复。",
        )


def note_again(session: Session, papers: Iterable[PaperMade]) -> None:
    """Note in the journal that papers were made again: looked at, saved or printed once more."""
    session.require(Right.WORK_ON_CASES)
    with session.change() as work:
        for one in papers:
            facts = {"form": one.form, "document": one.number, "paper": str(one.id), "sha256": one.sha256}
            note(session, work, PAPER_AGAIN, facts, case=one.case)
