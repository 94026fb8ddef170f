"""Papers to PDF: through the LibreOffice that is kept running, against LibreOffice's own batch and its own start."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from benchmarks.measure import Row, best_of
from benchmarks.papers import slips
from desktop_app.documents.forms import merge
from desktop_app.documents.office_suite import all_to_pdf, can_make_pdf, libreoffice, to_pdf
from desktop_app.documents.suite_server import KeptSuite, SuiteHome

_REPEATS = 3
_BATCHES = (20, 100)


def run() -> list[Row]:
    """One slip, batches of 20 and 100 as files of their own, and 100 merged; none where there is no LibreOffice."""
    if not can_make_pdf():
        return []
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        papers = [folder / f"{place:03d}.docx" for place in range(max(_BATCHES))]
        made = slips(len(papers))
        for file, data in zip(papers, made, strict=True):
            file.write_bytes(data)
        merged = folder / "merged.docx"
        merged.write_bytes(merge(made))
        home, own = SuiteHome(folder / "home"), SuiteHome(folder / "own")
        home.folder.mkdir()
        own.folder.mkdir()
        kept = KeptSuite(home, libreoffice())
        kept.start()
        try:
            to_pdf(papers[0], folder / "ours", home)
            _own_batch(own, papers[:1], folder / "theirs")
            rows += [_row(home, own, [paper], folder, "one slip") for paper in papers[:1]]
            rows += [_row(home, own, papers[:count], folder, f"{count} slips") for count in _BATCHES]
            rows.append(_row(home, own, [merged], folder, f"{len(papers)} slips merged"))
        finally:
            kept.close()
    return rows


def _row(home: SuiteHome, own: SuiteHome, papers: list[Path], folder: Path, size: str) -> Row:
    ours = theirs = float("inf")
    for _ in range(_REPEATS):  # in turn, so that what else the machine does falls on both
        ours = min(ours, best_of(lambda: all_to_pdf(papers, folder / "ours", home), 1))
        theirs = min(theirs, best_of(lambda: _own_batch(own, papers, folder / "theirs"), 1))
    each = f"{ours / len(papers) * 1000:.0f} ms a file, {theirs / len(papers) * 1000:.0f} its own"
    return Row("docx to PDF, suite kept running", size, ours, "one call of soffice", theirs, "<= 1.2 x", each)


def _own_batch(home: SuiteHome, papers: list[Path], folder: Path) -> None:
    """What soffice itself offers for many: all of them in one call, its profile made before."""
    words = ("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), *map(str, papers))
    subprocess.run(
        home.command(libreoffice(), *words), env=home.environment(), capture_output=True, check=True
    )
