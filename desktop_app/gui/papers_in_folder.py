"""Making papers into a folder: one case's, or many cases' in one file. No Qt here; a process of its own may run it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.documents.paper_catalogue import PAPERS

if TYPE_CHECKING:
    from desktop_app.documents.paper_runs import SavedPapers
    from desktop_app.documents.suite_server import SuiteHome
    from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class PapersFile:
    """The file with all of them. `title` is the regulation's; `unprintable`: a sentence for each character shown
    as □."""

    file: Path
    title: str
    count: int
    unprintable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """Papers of one form wanted as files: `merged` in one, else one each; `ending` is .docx or .pdf."""

    numbers: tuple[str, ...]
    form: str
    merged: bool
    ending: str
    folder: Path


def make_papers_in(
    folder: Path,
    numbers: Sequence[str],
    form: str,
    session: Session,
    progress: Callable[[int, int], bool] | None = None,
) -> PapersFile:
    """All in one file, each on a new page, under a name that is still free. A refusal leaves none made."""
    from desktop_app.documents.paper_runs import make_file, make_files

    if len(numbers) == 1:
        return _told(make_files(session, numbers, form, folder, progress=progress))
    return _told(make_file(session, numbers, form, folder / file_name(numbers, form, folder), progress))


def make_batch_in(
    order: BatchOrder, home: SuiteHome | None, session: Session, progress: Callable[[int, int], bool]
) -> PapersFile:
    """What was ordered, whole or not at all; names that are taken are left alone."""
    from desktop_app.documents.paper_runs import make_file, make_files

    if order.merged:
        name = file_name(order.numbers, order.form, order.folder, order.ending)
        return _told(make_file(session, order.numbers, order.form, order.folder / name, progress, home))
    saved = make_files(session, order.numbers, order.form, order.folder, order.ending, progress, home)
    return replace(_told(saved), file=order.folder)


def file_name(numbers: Sequence[str], form: str, folder: Path, ending: str = ".docx") -> str:
    """A free name for papers of one form of many cases in one file."""
    from desktop_app.documents.paper_files import free_name

    return free_name(folder, f"{PAPERS[form].title} {numbers[0]} 等 {len(numbers)} 件{ending}")


def _told(saved: SavedPapers) -> PapersFile:
    return PapersFile(
        saved.files[0],
        "、".join(dict.fromkeys(paper.title for paper in saved.made)),
        len(saved.made),
        tuple(dict.fromkeys(letter for paper in saved.made for letter in paper.unprintable)),
    )


def remake_in(folder: Path, number: str, paper: int, session: Session) -> Path:
    """A paper of the file as it was, under its own name or one that is still free."""
    from desktop_app.documents.case_papers import check_target, save_bytes
    from desktop_app.documents.paper_files import free_name
    from desktop_app.documents.papers_again import remake

    check_target(folder / "文书.docx")
    made = remake(session, number, paper)
    return save_bytes(made.data, folder / free_name(folder, made.file_name))
