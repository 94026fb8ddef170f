"""The very same paper a second time, to the byte: its template as it was, filled with what was filled in then.

A new paper would tell what is recorded today; this one tells what the sheet in the file tells. It makes no new
record of a paper; the journal notes that it was looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.documents.case_papers import MadePaper
from desktop_app.documents.forms import template_of
from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.documents.recorded_values import values_of
from desktop_app.errors import BadData, Refusal
from desktop_app.services.made_papers import KeptPaper, kept_paper, note_again
from desktop_app.services.session import Session


def remake(session: Session, number: str, paper_id: int) -> MadePaper:
    """One paper again. Refusals and StorageProblem as `kept_paper`; `form_not_available` where this program
    would fill the same template otherwise than the one of its day."""
    return remake_many(session, [(number, paper_id)])[0]


def remake_many(session: Session, wanted: Sequence[tuple[str, int]]) -> list[MadePaper]:
    """Several papers again, by case and id; all or none.

    A file for one print run is merged of them anew (`case_papers.merge_made`).
    """
    kept = [kept_paper(session, number, paper_id) for number, paper_id in wanted]
    again = [_filled(one) for one in kept]
    note_again(session, [one.paper for one in kept])
    return again


def for_the_file(session: Session, number: str, paper_id: int) -> MadePaper:
    """The same for the archive, which is no handing out to anybody and makes no note of its own."""
    return _filled(kept_paper(session, number, paper_id, for_the_file=True))


def _filled(kept: KeptPaper) -> MadePaper:
    paper = kept.paper
    if paper.form not in PAPERS:
        raise _not_again(kept, "本程序已没有这种文书")
    try:
        template = template_of(paper.form, kept.template, "当时的模板", kept=True)
    except BadData as bad:
        raise _not_again(kept, f"本程序已读不了当时的模板：{bad.message}") from bad
    filled = template.fill_again(values_of(paper.filled))
    if filled.sha256 != paper.sha256:
        raise _not_again(
            kept,
            "当时的模板和填写的内容都在，也未改动，但本程序填出的文件与当时的不同"
            f"（当时 {paper.sha256[:12]}…，现在 {filled.sha256[:12]}…），是程序换过版本",
        )
    return MadePaper(
        case=paper.case,
        form=paper.form,
        title=kept.title,
        document=paper.number,
        file_name=paper.file_name,
        data=filled.bytes,
        sha256=filled.sha256,
        unprintable=filled.unprintable,
    )


def _not_again(kept: KeptPaper, why: str) -> Refusal:
    paper = kept.paper
    return Refusal(
        "form_not_available",
        f"{paper.case} 的第 {paper.id} 号文书不能原样再出：{why}。",
        None,
        "请查归档的纸质件或扫描件；需要时按现在的记录另做一份。",
    )
