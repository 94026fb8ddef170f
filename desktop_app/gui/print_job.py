"""Turning papers into pages to print, in a process of its own: the office suite takes its seconds. No Qt here."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.documents.pdf_pages import PageImage
    from desktop_app.services.session import Session

_DPI = 300
"""Dots an inch of the pictures: what office printers print, and Chinese strokes stay sharp."""


def page_pictures(
    session: Session, progress: Callable[[int, int], bool], number: str, form: str
) -> list[PageImage]:
    """Make the paper, and draw its pages. BadData (`NoOfficeSuite`) where no LibreOffice can turn it into pages."""
    from desktop_app.documents.case_papers import make_paper, save_paper
    from desktop_app.documents.pdf_pages import pdf_pages

    progress(0, 0)
    paper = make_paper(session, number, form)
    with tempfile.TemporaryDirectory(prefix="liuyan-") as folder:
        file = save_paper(paper, Path(folder) / "paper.pdf")
        return list(pdf_pages(file, dpi=_DPI))
