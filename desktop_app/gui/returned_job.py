"""Reading a file that came back, recording its reply, drawing its pages. No Qt here; drawing runs in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.gui.case_file import read_case_file
from desktop_app.gui.returned_state import ReturnedFile

if TYPE_CHECKING:
    from desktop_app.documents.pdf_pages import PageImage
    from desktop_app.services.returned import Recorded
    from desktop_app.services.session import Session

_DPI = 110
"""Dots an inch at which a page is read on the screen."""


def read(session: Session, path: Path) -> ReturnedFile:
    """Read the file and find its case. BadData for a file that is no slip; Refusal where it belongs to no case here."""
    from desktop_app.documents.returned_papers import read_returned
    from desktop_app.services.returned import understand

    paper = read_returned(path)
    found = understand(session, paper.paper, paper.content)
    return ReturnedFile(path, paper, found, read_case_file(session, found.number))


def record(session: Session, file: ReturnedFile, keys: Mapping[str, str], on: date, seen: int) -> Recorded:
    """The reply and the file, together, `seen` as in `cases.act`; what had been typed for it is no draft any more."""
    from desktop_app.services import returned
    from desktop_app.services.drafts import drop_draft

    number = file.found.number
    recorded = returned.record(session, number, keys, file.read.content, file.path.name, on, seen=seen)
    drop_draft(session, number, returned.REPLY)
    return recorded


def can_draw() -> bool:
    """Whether a suite of this machine can turn papers into pages."""
    from desktop_app.documents.office_suite import can_make_pdf

    return can_make_pdf()


def pages_of(
    session: Session, progress: Callable[[int, int], bool], name: str, content: bytes
) -> list[PageImage]:
    """The pages as they would be printed. BadData where the suite cannot draw them."""
    from desktop_app.documents import paper_runs
    from desktop_app.documents.pdf_pages import PdfPages

    progress(0, 0)
    with PdfPages(paper_runs.pages_of(session, content), name) as pages:
        return [pages.picture(page, _DPI) for page in range(len(pages))]
