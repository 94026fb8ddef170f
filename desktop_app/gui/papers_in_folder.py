"""Making papers into a folder: one case's, or many cases' in one file. No Qt here; a process of its own may run it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.documents.paper_catalogue import PAPERS

if TYPE_CHECKING:
    from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class PapersFile:
    """The file with all of them. `title` is the regulation's; `unprintable` names letters its typeface lacks."""

    file: Path
    title: str
    count: int
    unprintable: tuple[str, ...]


def make_papers_in(
    folder: Path,
    numbers: Sequence[str],
    form: str,
    session: Session,
    progress: Callable[[int, int], bool] | None = None,
) -> PapersFile:
    """All in one file, each on a new page, under a name that is still free. A refusal leaves none made."""
    from desktop_app.documents.case_papers import check_target, make_papers, merge_made, save_bytes

    name = f"{PAPERS[form].title} {numbers[0]} 等 {len(numbers)} 件.docx"
    check_target(folder / name)
    made = make_papers(session, numbers, form, progress)
    if len(made) == 1:
        name, data = made[0].file_name, made[0].data
    else:
        data = merge_made(made)
    return PapersFile(
        save_bytes(data, _free(folder / name)),
        "、".join(dict.fromkeys(paper.title for paper in made)),
        len(made),
        tuple(dict.fromkeys(letter for paper in made for letter in paper.unprintable)),
    )


def remake_in(folder: Path, number: str, paper: int, session: Session) -> Path:
    """A paper of the file as it was, under its own name or one that is still free."""
    from desktop_app.documents.case_papers import check_target, save_bytes
    from desktop_app.documents.papers_again import remake

    check_target(folder / "文书.docx")
    made = remake(session, number, paper)
    return save_bytes(made.data, _free(folder / made.file_name))


def _free(target: Path) -> Path:
    """``承办单.docx``, else ``承办单（2）.docx`` and so on."""
    stem, count = target.stem, 2
    while target.exists():
        target = target.with_name(f"{stem}（{count}）{target.suffix}")
        count += 1
    return target
