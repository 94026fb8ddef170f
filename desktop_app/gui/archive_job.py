"""Archiving, packing and proving as jobs in a process of their own. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.services.archive_list import ArchivedTogether, archive_many, expired
from desktop_app.services.session import Session

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that was made: how many cases and files, and what it could not hold."""

    folder: Path
    cases: int
    files: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proven:
    """What the four checks found, in words, and whether that is nothing. known: None where it is not ours to know."""

    folder: Path
    ok: bool
    cases: int
    problems: int
    text: str


def archive(
    session: Session, progress: Progress, numbers: Sequence[str], retention: str, seen: int
) -> ArchivedTogether:
    """The step 归档 for each that nobody went on with since the list was read; stopped, what was archived stays."""
    return archive_many(session, numbers, retention, progress, seen)


def pack(
    session: Session,
    progress: Progress,
    folder: Path,
    year: int | None,
    numbers: Sequence[str],
    with_pdf: bool,
) -> Packed:
    """A package of a year, or of some cases. Errors as `write_package`."""
    from desktop_app.documents.archive.package import write_package
    from desktop_app.services.archive import of_numbers, of_year

    chosen = of_year(session, year) if year is not None else of_numbers(session, numbers)
    made = write_package(session, chosen, folder, with_pdf, progress)
    return Packed(made.folder, len(made.items), made.files, made.warnings)


def prove(session: Session, progress: Progress, folder: Path) -> Proven:
    """The four checks, and the journal of this office, on any package."""
    from desktop_app.documents.archive import checks
    from desktop_app.documents.archive.journal_proof import prove as prove_by_journal

    report = checks.check_package(folder, progress)
    if report.package is not None:
        prove_by_journal(session, report)
    return Proven(folder, report.ok, len(report.items), len(report.findings), checks.report_text(report))


def list_expired(session: Session, on: date, path: Path) -> int:
    """保管期满清册 into a file; how many lines."""
    from desktop_app.documents.archive.expired_list import write_expired

    return write_expired(session, on, expired(session, on), path)
