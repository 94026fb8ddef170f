"""One 件 in its folder: cover, catalogue, every paper as it was made, scans, message, story and proofs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from desktop_app.documents.archive import story
from desktop_app.documents.archive.checksums import sums_of
from desktop_app.documents.archive.file_names import free, portable
from desktop_app.documents.archive.index import INDEX, FileEntry, ItemIndex, item_xml
from desktop_app.documents.case_papers import FilledPapers, MadePaper, fill_papers, record_filled
from desktop_app.documents.form_families import OF_THE_FILE
from desktop_app.documents.papers_again import for_the_file
from desktop_app.documents.pdf_pages import PdfPages
from desktop_app.domain.office_records import PaperMade
from desktop_app.errors import Refusal
from desktop_app.services.archive import KeptCase
from desktop_app.services.attachments import KINDS, read_attachment
from desktop_app.services.session import Session

PAPER, SCAN, RECORD, PDF = "文书", "附件", "记录", "PDF"
STORY, PROOFS = "办理过程.html", "记录.jsonl"
_SCANS = "附件"


@dataclass
class ItemFolder:
    """The folder of one 件 while it is written. papers: those that are to become PDF, with what they are."""

    kept: KeptCase
    path: Path
    folder: str
    entries: list[FileEntry] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    papers: list[tuple[Path, FileEntry]] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def write(self, name: str, data: bytes, entry: FileEntry, within: str = "") -> Path:
        """One file, under a name that every disc can carry; `entry` tells what it is, all else is filled in here."""
        place = self.path / within if within else self.path
        place.mkdir(exist_ok=True)
        fit = free(f"{within}/{portable(name)}" if within else portable(name), self._taken)
        file = self.path / fit
        file.write_bytes(data)
        sums = sums_of(data)
        whole = replace(entry, path=fit, size=sums.size, sha256=sums.sha256, sm3=sums.sm3)
        if entry.original == fit.rpartition("/")[2]:
            whole = replace(whole, original="")
        self.entries.append(whole)
        return file

    def drop_pdfs(self) -> None:
        """Takes away the PDFs that are there, before they are made anew."""
        for one in [entry for entry in self.entries if entry.kind == PDF]:
            (self.path / one.path).unlink(missing_ok=True)
            self.entries.remove(one)
            self._taken.discard(one.path.casefold())


def write_item(session: Session, kept: KeptCase, place: Path, folder: str) -> ItemFolder:
    """All files of the 件 but the PDFs of its papers and its index. Raises BadData, StorageProblem, OSError."""
    item = ItemFolder(kept, place / folder, folder)
    item.path.mkdir(parents=True)
    first, last = _file_papers(session, kept)
    for numbered, (paper, record) in enumerate([*first, *_papers(session, item), *last], start=1):
        name = f"{numbered:02d} {paper.title}{_suffix(paper)}.docx"
        entry = _entry(
            PAPER, paper.title, document=paper.document, on=_made_on(record), recorded=paper.sha256
        )
        item.papers.append((item.write(name, paper.data, entry), item.entries[-1]))
    item.missing += _never_made(kept)
    for one, masked in zip(kept.view.attachments, kept.masked.attachments, strict=True):
        data = read_attachment(session, kept.view.row.number, one.id)
        entry = _entry(
            SCAN,
            KINDS.get(one.kind, one.kind),
            original=one.name,
            on=date.fromisoformat(one.added[:10]),
            recorded=one.sha256,
        )
        # Its name stands in the sums and the report of the whole package, which go round with the catalogue.
        item.write(masked.name, data, entry, _SCANS)
    item.write(STORY, story.story_html(kept), _entry(RECORD, "办理过程"))
    item.write(PROOFS, story.proof_lines(kept), _entry(RECORD, "办理记录及其校验值"))
    return item


def add_pdf(item: ItemFolder, paper: FileEntry, pdf: Path) -> None:
    """The paper as PDF beside the original, with its pages counted."""
    data = pdf.read_bytes()
    with PdfPages(data, pdf.name) as pages:
        count = len(pages)
    name = paper.path.removesuffix(".docx") + ".pdf"
    entry = _entry(PDF, paper.title, document=paper.document, on=paper.on)
    item.write(name, data, replace(entry, pages=count))


def close_item(item: ItemFolder) -> tuple[ItemIndex, bytes]:
    """Writes the index, last; it and its bytes."""
    kept = item.kept
    index = ItemIndex(
        folder=item.folder,
        number=kept.view.row.number,
        file_number=str(kept.number) if kept.number is not None else "",
        title=story.title_of(kept),
        facts=story.facts_of(kept),
        files=tuple(sorted(item.entries, key=lambda one: one.path)),
        missing=tuple(item.missing),
    )
    data = item_xml(index)
    (item.path / INDEX).write_bytes(data)
    return index, data


def _papers(session: Session, item: ItemFolder) -> Iterator[tuple[MadePaper, PaperMade | None]]:
    """Every paper on record, once, in the order in which they were made; what can't be made again is told."""
    seen: set[str] = set()
    for record in item.kept.view.papers:
        if record.form in OF_THE_FILE or record.sha256 in seen:
            continue
        seen.add(record.sha256)
        try:
            yield for_the_file(session, record.case, record.id), record
        except Refusal as refusal:
            item.missing.append(f"{refusal.message}（SHA-256 {record.sha256}）")


def _never_made(kept: KeptCase) -> list[str]:
    """Numbers that steps of the case bear and of which no paper was ever made with the program."""
    case = kept.view.case
    borne = [*(one.number for one in case.assignments), *(one.number for one in case.pressure)]
    made = {one.number for one in kept.view.papers}
    return [
        f"{number} 没有用本程序做过文书，请补入纸质件的扫描件"
        for number in borne
        if number and number not in made
    ]


def _file_papers(
    session: Session, kept: KeptCase
) -> tuple[list[tuple[MadePaper, PaperMade | None]], list[tuple[MadePaper, PaperMade | None]]]:
    """Cover and catalogue, which lie on top, and the note, which lies at the end; put on record where they are new."""
    made: dict[str, tuple[MadePaper, PaperMade | None]] = {}
    known = {one.sha256 for one in kept.view.papers}
    for form in OF_THE_FILE:
        if form not in kept.view.regulation.forms:
            continue
        filled = fill_papers(session, [kept.view.row.number], form)
        _record_new(session, filled, known)
        made[form] = (filled.made[0], None)
    return [made[form] for form in OF_THE_FILE[:2] if form in made], [
        made[form] for form in OF_THE_FILE[2:] if form in made
    ]


def _record_new(session: Session, filled: FilledPapers, known: Iterable[str]) -> None:
    new = tuple(one for one in filled.records if one.sha256 not in known)
    if new:
        record_filled(session, replace(filled, records=new))


def _suffix(paper: MadePaper) -> str:
    return f" {paper.document}" if paper.document else ""


def _made_on(record: PaperMade | None) -> date | None:
    return date.fromisoformat(record.made[:10]) if record is not None else None


def _entry(
    kind: str,
    title: str,
    *,
    document: str = "",
    original: str = "",
    on: date | None = None,
    recorded: str = "",
) -> FileEntry:
    return FileEntry(
        path="",
        kind=kind,
        title=title,
        size=0,
        sha256="",
        sm3="",
        document=document,
        original=original,
        on=on,
        recorded=recorded,
    )
