"""What lies in the file of a case (X 第五条（六）, T 第十六条): the message, instructions, replies, papers, scans and files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.documents.form_families import OF_THE_FILE, OF_UNITS
from desktop_app.documents.papers.facts import shown, written_moment
from desktop_app.domain.case import Case
from desktop_app.domain.office_records import Attachment, PaperMade
from desktop_app.domain.paper_basis import basis_of
from desktop_app.domain.regulation import FormRule
from desktop_app.services.attachments import KINDS
from desktop_app.services.papers import PaperSource

_SIGNED_REPLY = "signed-reply"


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """One document in the file. author: 责任者, by the office's rules of filing; note: which edition, which kind."""

    title: str
    author: str
    on: date | None
    number: str = ""
    note: str = ""


def documents_filed(source: PaperSource) -> tuple[FiledDocument, ...]:
    """In the order of their days; a paper that was made again stands once. Cover, catalogue and note are left out."""
    documents = [
        _message(source),
        *_instructions(source),
        *_replies(source),
        *_papers(source),
        *_files(source),
    ]
    return tuple(sorted(documents, key=lambda one: one.on or date.max))


def _message(source: PaperSource) -> FiledDocument:
    words = source.regulation.words
    written = written_moment(source.message.written)
    on = written.date() if isinstance(written, datetime) else written or source.case.received
    number = f"留言编号{source.message.board_number}" if source.message.board_number else ""
    return FiledDocument(f"{words.message}：{source.masked.title}", words.citizen, on, note=number)


def _instructions(source: PaperSource) -> Iterable[FiledDocument]:
    for one in source.case.instructions:
        yield FiledDocument("领导批示", one.leader, one.on)


def _replies(source: PaperSource) -> Iterable[FiledDocument]:
    """Those of which no signed copy lies among the files, where it has a line of its own."""
    replies = [(held.unit, one) for held in source.case.assignments for one in held.replies]
    signed = sum(1 for one in source.filed.attachments if one.kind == _SIGNED_REPLY)
    for unit, reply in replies[: max(0, len(replies) - signed)]:
        yield FiledDocument("答复材料", unit, reply.on)


def _papers(source: PaperSource) -> Iterable[FiledDocument]:
    latest: dict[tuple[str, str], PaperMade] = {}
    for paper in source.filed.papers:
        if paper.form not in OF_THE_FILE:
            latest[paper.form, paper.number] = paper
    for paper in latest.values():
        form = source.regulation.forms.get(paper.form)
        title = form.title if form is not None else paper.form
        yield FiledDocument(title, _issuer(source, paper), _dated(source.case, paper, form), paper.number)


def _issuer(source: PaperSource, paper: PaperMade) -> str:
    """What the unit asks for under its own seal is the unit's paper, whoever printed the form."""
    lead = source.case.lead
    return lead.unit if paper.form in OF_UNITS and lead is not None else source.office.name


def _dated(case: Case, paper: PaperMade, form: FormRule | None) -> date:
    """The day of the step that the paper tells of; where none is known, the day on which it was made."""
    numbered = [(one.number, one.dispatched) for one in case.assignments]
    numbered += [(one.number, one.on) for one in case.pressure]
    for number, on in numbered:
        if paper.number and number == paper.number:
            return on
    basis = basis_of(case, form) if form is not None else None
    return basis.on if basis is not None else date.fromisoformat(paper.made[:10])


def _files(source: PaperSource) -> Iterable[FiledDocument]:
    for one in source.filed.attachments:
        added = date.fromisoformat(one.added[:10])
        yield FiledDocument(shown(source)(_name(one)), _author(source, one), added, note=_kind(one))


def _name(one: Attachment) -> str:
    return one.name.rpartition(".")[0] or one.name


def _kind(one: Attachment) -> str:
    return f"电子件（{KINDS.get(one.kind, one.kind)}）"


def _author(source: PaperSource, one: Attachment) -> str:
    """A signed reply is the unit's; of another scan only the reader knows."""
    lead = source.case.lead
    return lead.unit if one.kind == _SIGNED_REPLY and lead is not None else ""
