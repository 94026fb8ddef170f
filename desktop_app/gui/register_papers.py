"""Slips of many cases in one file, made from the register and opened for printing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app.documents.paper_catalogue import SLIP
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.case_papers_desk import CasePapersDesk
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.operations import Changes, Progress
from desktop_app.gui.page import PageContext
from desktop_app.services.session import Session

AT_ONCE = 20
"""More slips than these are made in a process of their own, with progress."""


@dataclass(frozen=True, slots=True)
class MadeSlips:
    """The file with all of them. `unprintable` names characters that the paper's typeface lacks."""

    file: Path
    count: int
    unprintable: tuple[str, ...]


class SlipPrinter(QObject):
    """Makes slips and hands them to the office suite; what comes of it is told in the strip."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._desk = CasePapersDesk(context, page)

    def print_slips(self, numbers: Sequence[str]) -> None:
        make = partial(make_slips, tuple(numbers), self._desk.folder())
        changes = Changes.of("cases", numbers=frozenset(numbers))
        if len(numbers) > AT_ONCE:
            self._context.operations.job(
                self, f"制作承办单 {len(numbers):,} 件", make, self._made, changes, self._failed
            )
        else:
            self._context.operations.change(self, make, self._made, changes, self._failed)

    def _made(self, made: MadeSlips) -> None:
        from desktop_app.documents.office_suite import NoOfficeSuite, open_paper

        words = f"承办单 {made.count} 件，已存为 {made.file}"
        if made.unprintable:
            words += f"；字体中没有“{'、'.join(made.unprintable)}”，请核对"
        try:
            suite = open_paper(made.file)
        except NoOfficeSuite as error:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(made.file.parent)))
            self._context.show_message(Message(error.message, "info"))
        else:
            self._context.show_message(Message(f"{words}，正用 {suite.name} 打开，可在其中打印。", "done"))

    def _failed(self, error: LiuyanError) -> None:
        if isinstance(error, StorageProblem):
            self._context.operations.failed.emit(error)
        else:
            self._context.show_message(message_of(error))


def make_slips(
    numbers: Sequence[str], folder: Path, session: Session, progress: Progress | None = None
) -> MadeSlips:
    """All slips in one file, each on a new page, under a name that is still free. A refusal leaves none made."""
    from desktop_app.documents.case_papers import make_papers, merge_made, save_bytes

    made = make_papers(session, numbers, SLIP, progress)
    name = made[0].file_name if len(made) == 1 else f"承办单 {made[0].case} 等 {len(made)} 件.docx"
    data = made[0].data if len(made) == 1 else merge_made(made)
    unprintable = tuple(dict.fromkeys(letter for paper in made for letter in paper.unprintable))
    return MadeSlips(save_bytes(data, _free(folder / name)), len(made), unprintable)


def _free(target: Path) -> Path:
    stem, count = target.stem, 2
    while target.exists():
        target = target.with_name(f"{stem}（{count}）{target.suffix}")
        count += 1
    return target
