"""Reading and filing scans as jobs in a process of their own, and a page to look at. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.documents.scan_filing import Filed, FoundPart

if TYPE_CHECKING:
    from desktop_app.documents.pdf_pages import PageImage
    from desktop_app.services.session import Session

THUMBNAIL = 88
"""Pixels of a thumbnail's longer side."""
_LOOKED_AT = 1400
"""Pixels of the longer side of a page that is looked at."""
Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class ReadScans:
    """What was found, and the titles of the cases it belongs to, identity covered."""

    found: tuple[FoundPart, ...]
    titles: dict[str, str]


def read(session: Session, progress: Progress, places: Sequence[Path]) -> ReadScans:
    """Read files and folders of scans; nothing is changed."""
    from desktop_app.documents.scan_filing import read_scans
    from desktop_app.services.scans import titles_of

    found = read_scans(session, places, progress, THUMBNAIL)
    numbers = [part.sorted.kept or (part.sorted.paper.number if part.sorted.paper else "") for part in found]
    return ReadScans(found, titles_of(session, filter(None, numbers)))


def file(session: Session, progress: Progress, wanted: Sequence[tuple[FoundPart, str]]) -> Filed:
    """File what was read. Stopped, what was filed so far stays."""
    from desktop_app.documents.scan_filing import file_parts

    return file_parts(session, wanted, progress)


def page_of(path: Path, page: int) -> PageImage:
    """One page, large enough to be read on the screen. BadData where it cannot be read any more."""
    from desktop_app.documents.scan_reading import opened_scan

    with opened_scan(path) as scan:
        return scan.picture(min(page, scan.pages), _LOOKED_AT)
