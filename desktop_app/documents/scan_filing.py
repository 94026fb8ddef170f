"""Scanned papers: read, sorted by the codes on them, kept with their cases. Files and folders stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.documents.pdf_pages import PageImage
from desktop_app.documents.scan_reading import ENDINGS, Scan, codes_by_page, digest_of, opened_scan
from desktop_app.domain.office_records import Attachment
from desktop_app.errors import BadData, Cancelled
from desktop_app.services import scans
from desktop_app.services.scans import PageRun, ScanPart, SortedPart
from desktop_app.services.session import Session

Progress = Callable[[int, int], bool]

UNSUPPORTED, CHANGED = "unsupported", "changed"
_LEFT_ALONE = ("thumbs.db", "desktop.ini")
"""What Windows puts into every folder; no paper of anybody's."""


@dataclass(frozen=True, slots=True)
class FoundPart:
    """One paper found in a scanned file. thumbnail: of its first page, where one was asked for."""

    path: Path
    sorted: SortedPart
    thumbnail: PageImage | None = None

    @property
    def file(self) -> str:
        return self.sorted.part.file

    @property
    def run(self) -> PageRun:
        return self.sorted.part.run

    @property
    def readable(self) -> bool:
        return self.run.pages > 0

    @property
    def name(self) -> str:
        """What it is called as an attachment: its file, and which pages of it where it is not the whole."""
        if self.sorted.part.whole:
            return self.path.name
        first, last = self.run.first, self.run.last
        pages = f"第{first}页" if first == last else f"第{first}-{last}页"
        return f"{self.path.stem} {pages}{self.path.suffix}"


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of parts. filed, already: with the number of the case; failed: why not; stopped: by the user."""

    filed: tuple[tuple[FoundPart, Attachment], ...] = ()
    already: tuple[tuple[FoundPart, str], ...] = ()
    failed: tuple[FoundPart, ...] = ()
    stopped: bool = False


def files_in(places: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files given, and those of the folders given and of the folders in them, by name; with each what it is
    called: within a folder its path. What systems leave in folders is passed over."""
    files: list[tuple[Path, str]] = []
    for place in places:
        if place.is_dir():
            inside = sorted(path for path in place.rglob("*") if _is_paper(path))
            files += [(path, path.relative_to(place).as_posix()) for path in inside]
        else:
            files.append((place, place.name))
    return files


def _is_paper(path: Path) -> bool:
    """A file that lies there itself: a link may lead to what nobody meant to file."""
    return path.is_file() and not path.is_symlink() and not _is_left_alone(path)


def _is_left_alone(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.name.lower() in _LEFT_ALONE


def read_scans(
    session: Session, places: Sequence[Path], progress: Progress | None = None, thumbnail: int = 0
) -> tuple[FoundPart, ...]:
    """Every paper in these files and folders, and where it belongs; nothing is changed.

    progress: told the files read and those to read. thumbnail: pixels of its longer side, 0 for none.
    """
    office = scans.own_office(session)
    files = files_in(places)
    found: list[FoundPart] = []
    for count, (path, name) in enumerate(files, start=1):
        found += _parts_of(session, path, name, office, thumbnail)
        if progress is not None and not progress(count, len(files)):
            raise Cancelled
    return tuple(_each_once(found))


def file_parts(
    session: Session, wanted: Sequence[tuple[FoundPart, str]], progress: Progress | None = None
) -> Filed:
    """Keep each part with the case of that number, a joint paper with all its cases. What was kept stays kept, also
    where the user stops it."""
    filed: list[tuple[FoundPart, Attachment]] = []
    already: list[tuple[FoundPart, str]] = []
    failed: list[FoundPart] = []
    stopped = False
    for count, (part, number) in enumerate(wanted, start=1):
        try:
            kept = _keep(session, part, number)
        except _Changed:
            failed.append(_told(part, CHANGED, "文件在读出之后变过，没有归件；请重新读取文件夹。"))
        except BadData as bad:
            failed.append(_told(part, scans.UNREADABLE, _why(bad)))
        else:
            filed += [(part, attachment) for attachment in kept]
            if not kept:
                already.append((part, number))
        if progress is not None and not progress(count, len(wanted)):
            stopped = count < len(wanted)
            break
    return Filed(tuple(filed), tuple(already), tuple(failed), stopped)


class _Changed(Exception):
    """The file is no longer the one that was read."""


def _keep(session: Session, part: FoundPart, number: str) -> list[Attachment]:
    with opened_scan(part.path) as scan:
        content = _content(scan, part.run, part.sorted.part.whole)
    if digest_of(content) != part.sorted.part.sha256:
        raise _Changed
    paper = part.sorted.paper
    numbers = paper.numbers if paper is not None and paper.number == number else (number,)
    return scans.keep_part(session, numbers, part.sorted.part, content, part.name)


def _content(scan: Scan, run: PageRun, whole: bool) -> bytes:
    if whole:
        return scan.data
    return scan.part(run.first, run.last) if run.last <= scan.pages else b""


def _parts_of(session: Session, path: Path, name: str, office: str, thumbnail: int) -> Iterator[FoundPart]:
    if path.suffix.lower() not in ENDINGS:
        yield _unreadable(path, name, UNSUPPORTED, "不是 PDF、JPG、PNG、TIFF 文件，没有读取。")
        return
    try:
        with opened_scan(path) as scan:
            runs = scans.runs_of(codes_by_page(scan), office)
            parts = [
                ScanPart(name, run, len(runs) == 1, digest_of(_content(scan, run, len(runs) == 1)))
                for run in runs
            ]
            drawn = [scan.picture(run.first, thumbnail) if thumbnail else None for run in runs]
    except BadData as bad:
        yield _unreadable(path, name, scans.UNREADABLE, _why(bad))
        return
    for sorted_part, picture in zip(scans.sort_parts(session, parts), drawn, strict=True):
        yield FoundPart(path, sorted_part, picture)


def _unreadable(path: Path, name: str, reason: str, message: str) -> FoundPart:
    return FoundPart(path, SortedPart(ScanPart(name, PageRun(1, 0, ()), True, ""), None, reason, message))


def _why(bad: BadData) -> str:
    """What is wrong with a file whose name stands beside it."""
    told = (f"{fault.place}：{fault.reason}" if fault.place else fault.reason for fault in bad.faults)
    return f"{'；'.join(told)}。"


def _told(part: FoundPart, reason: str, message: str) -> FoundPart:
    return replace(part, sorted=replace(part.sorted, reason=reason, message=message))


def _each_once(found: Sequence[FoundPart]) -> Iterator[FoundPart]:
    """The same sheet twice in a folder is filed once."""
    seen: set[tuple[str, str]] = set()
    for part in found:
        paper, digest = part.sorted.paper, part.sorted.part.sha256
        if paper is not None and not part.sorted.kept:
            if (paper.number, digest) in seen:
                part = replace(part, sorted=replace(part.sorted, kept=paper.number))
            seen.add((paper.number, digest))
        yield part
