"""What lies in the file of a case: the message, every paper that was made of it, every scan and file kept with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import shown, written_moment
from desktop_app.domain.office_records import Attachment, PaperMade
from desktop_app.services.attachments import KINDS
from desktop_app.services.papers import PaperSource

_OF_THE_FILE_ITSELF = frozenset(("file-cover", "file-catalogue", "file-note"))
_OF_UNITS = "signed-reply"


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
    documents = [_message(source), *_papers(source), *_files(source)]
    return tuple(sorted(documents, key=lambda one: one.on or date.max))


def _message(source: PaperSource) -> FiledDocument:
    words = source.regulation.words
    written = written_moment(source.message.written)
    on = written.date() if written is not None and hasattr(written, "date") else source.case.received
    number = f"留言编号{source.message.board_number}" if source.message.board_number else ""
    return FiledDocument(f"{words.message}：{source.masked.title}", words.citizen, on, note=number)


def _papers(source: PaperSource) -> Iterable[FiledDocument]:
    latest: dict[tuple[str, str], PaperMade] = {}
    for paper in source.filed.papers:
        if paper.form not in _OF_THE_FILE_ITSELF:
            latest[paper.form, paper.number] = paper
    for paper in latest.values():
        form = source.regulation.forms.get(paper.form)
        title = form.title if form is not None else paper.form
        made = date.fromisoformat(paper.made[:10])
        yield FiledDocument(title, source.office.name, made, paper.number)


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
    return lead.unit if one.kind == _OF_UNITS and lead is not None else ""
