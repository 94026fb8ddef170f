"""Papers made from the register and from the menu, of one case or of many in one file, opened for printing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.case_papers_desk import CasePapersDesk
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.operations import Changes
from desktop_app.gui.page import PageContext
from desktop_app.gui.papers_in_folder import PapersFile, make_papers_in

AT_ONCE = 20
"""More papers than these are made in a process of their own, with progress."""


class PaperPrinter(QObject):
    """Makes papers and hands them to the office suite; what comes of it is told in the strip."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._desk = CasePapersDesk(context, page)

    def print_papers(self, numbers: Sequence[str], form: str) -> None:
        """All of them, or none and which case stopped them."""
        make = partial(make_papers_in, self._desk.folder(), tuple(numbers), form)
        changes = Changes.of("cases", numbers=frozenset(numbers))
        failed = partial(self._failed, len(numbers))
        if len(numbers) > AT_ONCE:
            title = f"制作{PAPERS[form].title} {len(numbers):,} 件"
            self._context.operations.job(self, title, make, self._made, changes, failed)
        else:
            self._context.operations.change(self, make, self._made, changes, failed)

    def _made(self, made: PapersFile) -> None:
        from desktop_app.documents.office_suite import NoOfficeSuite, open_paper

        words = f"{made.title} {made.count:,} 件，已存为 {made.file}"
        if made.unprintable:
            words += f"；字体中没有“{'、'.join(made.unprintable)}”，请核对"
        try:
            suite = open_paper(made.file)
        except NoOfficeSuite as error:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(made.file.parent)))
            self._context.show_message(Message(error.message, "info"))
        else:
            self._context.show_message(Message(f"{words}，正用 {suite.name} 打开，可在其中打印。", "done"))

    def _failed(self, count: int, error: LiuyanError) -> None:
        if isinstance(error, StorageProblem):
            self._context.operations.failed.emit(error)
            return
        message = message_of(error)
        if count > 1:
            message = replace(message, text=f"{message.text}勾选的 {count:,} 件都没有制作。")
        self._context.show_message(message)
