"""The register of issued papers put into a file, or opened in the office suite to be printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.case_papers_desk import CasePapersDesk
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext

if TYPE_CHECKING:
    from desktop_app.documents.issued_register import RegisterQuery

_FILES = "Excel 工作簿 (*.xlsx);;Word 文档 (*.docx)"


class IssuedPrinter(QObject):
    """Works for one page; what comes of it is told in the strip."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._desk = CasePapersDesk(context, page)

    def print_register(self, query: RegisterQuery) -> None:
        """As a Word file among the papers, opened where it can be printed."""
        from desktop_app.documents.paper_files import free_name

        folder = self._desk.folder()
        self._write(query, folder / free_name(folder, f"{_stem(query)}.docx"), self._opened)

    def ask_and_save(self, query: RegisterQuery) -> None:
        """Ask where to, and save."""
        proposed = self._desk.folder() / f"{_stem(query)}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self._page, "发文登记簿另存为", str(proposed), _FILES)
        if chosen:
            self.save(query, Path(chosen))

    def save(self, query: RegisterQuery, file: Path) -> None:
        """Into that file; Excel where its name does not say otherwise."""
        self._write(query, file if file.suffix else file.with_suffix(".xlsx"), self._saved)

    def _write(self, query: RegisterQuery, file: Path, then: Callable[[Path, int], None]) -> None:
        from desktop_app.documents.issued_register import write_register

        self._context.operations.change(
            self,
            lambda session: write_register(session, query, file),
            partial(then, file),
            Changes(frozenset()),
            self._failed,
        )

    def _saved(self, file: Path, lines: int) -> None:
        self._context.show_message(Message(f"发文登记簿 {lines:,} 行，已存为 {file}", "done"))

    def _opened(self, file: Path, lines: int) -> None:
        from desktop_app.documents.office_suite import NoOfficeSuite, open_paper

        words = f"发文登记簿 {lines:,} 行，已存为 {file}"
        try:
            suite = open_paper(file)
        except NoOfficeSuite as error:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
            self._context.show_message(Message(f"{words}。{error.message}", "info"))
        else:
            self._context.show_message(Message(f"{words}，正用 {suite.name} 打开，可在其中打印。", "done"))

    def _failed(self, error: LiuyanError) -> None:
        if isinstance(error, StorageProblem):
            self._context.operations.failed.emit(error)
        else:
            self._context.show_message(message_of(error))


def _stem(query: RegisterQuery) -> str:
    """``发文登记簿 2026年 通民盼催``: what is in it, by its name."""
    year = f"{query.year}年" if query.year is not None else ""
    return " ".join(word for word in ("发文登记簿", year, query.series or "") if word)
