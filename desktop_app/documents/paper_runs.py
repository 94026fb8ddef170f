"""Papers of one form for one case or for many: into files, or onto pages to look at and to print.

Files and the records of them come together: all is written aside, noted on the cases, and moved to its place before
the note counts. A refusal, a full disk or a cancel leaves neither a file nor a record.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_app.documents.active_content import without_active_content
from desktop_app.documents.case_papers import FilledPapers, MadePaper, fill_papers, record_filled
from desktop_app.documents.forms import merge
from desktop_app.documents.office_suite import all_to_pdf, libreoffice, to_pdf
from desktop_app.documents.paper_files import FilesTogether, files_together, free_name
from desktop_app.documents.pdf_pages import PdfPages, joined
from desktop_app.documents.suite_server import SuiteHome
from desktop_app.errors import Cancelled
from desktop_app.private_folder import TEMPORARY_FOLDER, PrivateFolder
from desktop_app.services.session import Session

DOCX, PDF = ".docx", ".pdf"

_PDF_BEGINS = b"%PDF-"
_PAPERS_A_FILE = 25
"""Papers that become pages in one go, between two looks at whether to go on."""

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class SavedPapers:
    """Papers on disk and on record: the file of each, which is the same for all where they were merged."""

    made: tuple[MadePaper, ...]
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class PaperPages:
    """Papers as one file and as the pages of it; not on record until they are printed or saved.

    starts: the pages, counted from 0, on which a paper begins.
    """

    filled: FilledPapers
    docx: bytes
    pdf: bytes
    starts: tuple[int, ...]


def make_file(
    session: Session,
    numbers: Sequence[str],
    form: str,
    target: Path,
    progress: Progress | None = None,
    home: SuiteHome | None = None,
) -> SavedPapers:
    """All in one file, a .docx or a .pdf, each on a new page; what bore its name before is replaced.

    Refusals as `fill_papers`; NoOfficeSuite, BadData and Cancelled as `all_to_pdf`; StorageProblem.
    """
    with files_together(target.parent) as files:
        filled = fill_papers(session, numbers, form, _Stages(progress, len(numbers), 1).stage(0))
        _write_one(session, files, target.name, in_one_file(filled.made), home)
        _publish(session, files, filled)
    return SavedPapers(filled.made, (target,) * len(filled.made))


def save_document(session: Session, document: bytes, target: Path, home: SuiteHome | None = None) -> Path:
    """A document that goes on no record, as .docx or .pdf. NoOfficeSuite, BadData, StorageProblem."""
    with files_together(target.parent) as files:
        _write_one(session, files, target.name, document, home)
        files.publish()
    return target


def save_pages(
    session: Session,
    progress: Progress,
    document: bytes,
    target: Path,
    filled: FilledPapers | None = None,
    home: SuiteHome | None = None,
) -> Path:
    """A document that was looked at, as .docx or .pdf; papers that are not on record yet are noted with it."""
    with files_together(target.parent) as files:
        _write_one(session, files, target.name, document, home)
        if not progress(1, 1):
            raise Cancelled
        _publish(session, files, filled)
    return target


def make_files(
    session: Session,
    numbers: Sequence[str],
    form: str,
    folder: Path,
    ending: str = DOCX,
    progress: Progress | None = None,
    home: SuiteHome | None = None,
    replace: bool = False,
) -> SavedPapers:
    """One file each under speaking names, in `folder`; with `replace` in the place of what bears such a name.

    ending: DOCX or PDF, which is fit for the archive. Errors as `make_file`.
    """
    stages = _Stages(progress, len(numbers), 2)
    with files_together(folder) as files:
        filled = fill_papers(session, numbers, form, stages.stage(0))
        names = _names(filled.made, folder, ending, replace)
        told = stages.stage(1)
        if ending == PDF:
            with _home(session, home) as used, tempfile.TemporaryDirectory(dir=used.folder) as aside:
                for name, pdf in _pdfs(filled.made, Path(aside), used, told):
                    files.write(names[name], pdf)
        else:
            for place, paper in enumerate(filled.made):
                files.write(names[place], paper.data)
                if not told(place + 1, len(filled.made)):
                    raise Cancelled
        _publish(session, files, filled)
    return SavedPapers(filled.made, tuple(folder / name for name in names))


def make_pages(
    session: Session, progress: Progress, numbers: Sequence[str], form: str, home: SuiteHome | None = None
) -> PaperPages:
    """The papers as pages, for the window to show and to print. Errors as `make_file`."""
    libreoffice()
    stages = _Stages(progress, len(numbers), 2)
    filled = fill_papers(session, numbers, form, stages.stage(0))
    with _home(session, home) as used:
        pdf, starts = _paged(filled.made, used, stages.stage(1))
    return PaperPages(filled, in_one_file(filled.made), pdf, starts)


def pages_of(session: Session, docx: bytes, home: SuiteHome | None = None) -> bytes:
    """Any document as the PDF that is looked at; nothing in it is run or fetched. NoOfficeSuite, BadData."""
    with _home(session, home) as used:
        return pdf_of(without_active_content(docx), used, archival=False)


def pdf_of(docx: bytes, home: SuiteHome, archival: bool = True) -> bytes:
    """A document as PDF. NoOfficeSuite, BadData."""
    with tempfile.TemporaryDirectory(dir=home.folder) as folder:
        paper = Path(folder) / "文书.docx"
        paper.write_bytes(docx)
        return to_pdf(paper, Path(folder), home, archival).read_bytes()


def in_one_file(made: Sequence[MadePaper]) -> bytes:
    """One paper as it is, many merged."""
    return made[0].data if len(made) == 1 else merge([paper.data for paper in made])


def _paged(papers: Sequence[MadePaper], home: SuiteHome, progress: Progress) -> tuple[bytes, tuple[int, ...]]:
    pdfs: list[bytes] = []
    starts: list[int] = []
    pages = 0
    for place in range(0, len(papers), _PAPERS_A_FILE):
        some = papers[place : place + _PAPERS_A_FILE]
        pdfs.append(pdf_of(in_one_file(some), home, archival=False))
        with PdfPages(pdfs[-1]) as opened:
            starts += [pages + start for start in opened.starts]
            pages += len(opened)
        if not progress(place + len(some), len(papers)):
            raise Cancelled
    return joined(pdfs), tuple(starts)


def _pdfs(
    made: Sequence[MadePaper], folder: Path, home: SuiteHome, progress: Progress
) -> Iterator[tuple[int, bytes]]:
    """Each paper as PDF, by its place."""
    papers = [folder / f"{place}{DOCX}" for place in range(len(made))]
    for file, paper in zip(papers, made, strict=True):
        file.write_bytes(paper.data)
    for place, pdf in enumerate(all_to_pdf(papers, folder, home, archival=True, progress=progress)):
        yield place, pdf.read_bytes()


def _names(made: Sequence[MadePaper], folder: Path, ending: str, replace: bool) -> list[str]:
    """A name for each, no two alike; free ones where nothing is to be replaced."""
    names: list[str] = []
    for paper in made:
        wanted = str(Path(paper.file_name).with_suffix(ending))
        names.append(free_name(None if replace else folder, wanted, frozenset(names)))
    return names


def _write_one(
    session: Session, files: FilesTogether, name: str, document: bytes, home: SuiteHome | None
) -> None:
    """A Word or a PDF document under a name that says which it is to be."""
    if name.lower().endswith(PDF) and not document.startswith(_PDF_BEGINS):
        with _home(session, home) as used:
            document = pdf_of(document, used)
    files.write(name, document)


def _publish(session: Session, files: FilesTogether, filled: FilledPapers | None) -> None:
    """Move the files to their places, within the transaction that notes the papers where there is one."""
    if filled is None:
        files.publish()
        return
    try:
        record_filled(session, filled, files.publish)
    except BaseException:
        files.take_back()
        raise


@contextmanager
def _home(session: Session, given: SuiteHome | None) -> Iterator[SuiteHome]:
    """Where the suite works: the home given, else one of the office's own for this once."""
    if given is not None:
        yield given
        return
    with PrivateFolder(session.folder / TEMPORARY_FOLDER) as folder:
        home = SuiteHome(folder.path)
        try:
            yield home
        finally:
            home.clear()


class _Stages:
    """One count of papers over work that goes through all of them several times."""

    def __init__(self, progress: Progress | None, papers: int, stages: int) -> None:
        self._progress, self._papers, self._stages = progress, papers, stages

    def stage(self, place: int) -> Progress:
        def told(done: int, total: int) -> bool:
            if self._progress is None:
                return True
            part = (place + done / max(total, 1)) / self._stages
            return self._progress(int(part * self._papers), self._papers)

        return told
