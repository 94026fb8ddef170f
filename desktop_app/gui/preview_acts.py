"""Printing and saving what stands in the preview, or would: the papers it holds go on record as this is first done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.changes import Changes
from desktop_app.gui.jobs import Progress
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.papers_folder import PAPERS_FOLDER, papers_folder
from desktop_app.gui.preview_state import Preview
from desktop_app.services.access import record_export, record_print

if TYPE_CHECKING:
    from desktop_app.documents.case_papers import FilledPapers
    from desktop_app.documents.pdf_pages import PdfPages
    from desktop_app.gui.printing import PrintRun
    from desktop_app.services.session import Session

AT_ONCE = 20
"""More papers than these are worked on in a process of their own, with progress."""

NOTHING_CHANGED = Changes(frozenset())
DOCX, PDF = ".docx", ".pdf"
_KINDS = {DOCX: "Word 文档 (*.docx)", PDF: "PDF，适于归档 (*.pdf)"}


class PreviewActs(QObject):
    """Works for one page; what comes of it is told in the strip."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    # -------------------------------------------------------------- printing

    def print_preview(self, preview: Preview) -> None:
        """Ask for printer, copies and range, and print."""
        from desktop_app.documents.pdf_pages import PdfPages
        from desktop_app.gui.printing import ask_printer

        pages = PdfPages(preview.pdf, preview.title, preview.starts)
        folder = papers_folder(self._context.settings)
        with suppress(OSError):  # where it cannot be made, Qt's dialog asks for another
            folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{preview.name}{PDF}"
        agreed = partial(self._agreed, preview, pages)
        dialog = ask_printer(self._page, preview.title, pages, preview.papers, file, agreed)
        dialog.rejected.connect(pages.close)

    def _agreed(self, preview: Preview, pages: PdfPages, run: PrintRun) -> None:
        """What goes to a printer is on record before it does."""
        form, numbers, copies = preview.form, preview.numbers, run.printer.copyCount()
        self._context.operations.change(
            self,
            lambda session: record_print(session, form, numbers, copies),
            lambda _: self._on_record(preview, partial(self._send, preview, pages, run)),
            NOTHING_CHANGED,
            self.failed,
        )

    def _on_record(self, preview: Preview, then: Callable[[], None]) -> None:
        if preview.filled is None or preview.recorded:
            then()
            return

        def recorded(_: None) -> None:
            preview.recorded = True
            then()

        self._context.operations.change(
            self,
            partial(_record, preview.filled),
            recorded,
            Changes.of("cases", numbers=preview.numbers),
            self.failed,
        )

    def _send(self, preview: Preview, pages: PdfPages, run: PrintRun) -> None:
        from desktop_app.gui.printing import print_run

        def work(progress: Progress) -> PrintRun:
            with pages:
                return print_run(run, pages, progress)

        noted = "；已记入“已制作”" if preview.filled is not None else ""
        self._context.operations.job_here(
            self, f"打印 {preview.title}", work, lambda done: self.tell(f"{done.words}{noted}。"), self.failed
        )

    # -------------------------------------------------------------- saving

    def save_preview(self, preview: Preview, ending: str) -> None:
        """Ask where, and save it as DOCX or PDF."""
        at = papers_folder(self._context.settings) / f"{preview.name}{ending}"
        chosen, _ = QFileDialog.getSaveFileName(self._page, "文书另存为", str(at), _KINDS[ending])
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() != ending:
            target = target.with_name(target.name + ending)
        self._context.settings.put(PAPERS_FOLDER, str(target.parent))
        self.save_to(preview, target)

    def save_to(self, preview: Preview, target: Path) -> None:
        """Save it there; its name says as what."""
        from desktop_app.documents.paper_runs import save_pages

        pdf = target.suffix.lower() == PDF
        home = self._context.works.suite(self._context.session.folder) if pdf and preview.docx else None
        run = partial(
            save_pages,
            document=preview.docx or preview.pdf,
            target=target,
            filled=None if preview.recorded else preview.filled,
            home=home,
        )
        changes = Changes.of("cases", numbers=preview.numbers) if preview.numbers else Changes.of()

        def saved(file: Path) -> None:
            preview.recorded = preview.filled is not None
            self.tell(f"文书已存为 {file}")

        operations = self._context.operations
        if preview.recorded or preview.filled is None:
            # The first time the journal tells of it; a further copy is on record here.
            form, papers, numbers = preview.form, preview.papers, preview.numbers
            operations.change(
                self,
                lambda session: record_export(session, form, papers, numbers=numbers),
                lambda _: None,
                NOTHING_CHANGED,
            )
        if pdf and preview.papers > AT_ONCE:
            operations.job(self, f"存为 PDF {preview.title}", run, saved, changes, self.failed)
        else:
            operations.change(self, lambda session: run(session, _goes_on), saved, changes, self.failed)

    # -------------------------------------------------------------- telling

    def tell(self, words: str) -> None:
        self._context.show_message(Message(words, "done"))

    def failed(self, error: LiuyanError) -> None:
        if isinstance(error, StorageProblem):
            self._context.operations.failed.emit(error)
        else:
            self._context.show_message(message_of(error))


def _record(filled: FilledPapers, session: Session) -> None:
    from desktop_app.documents.case_papers import record_filled

    record_filled(session, filled)


def _goes_on(done: int, total: int) -> bool:
    return True
