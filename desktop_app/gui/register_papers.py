"""Papers of one case or of many: looked at, printed, made into files; from the register, the menu and the case's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.papers_folder import papers_folder, show_folder
from desktop_app.gui.papers_in_folder import BatchOrder, PapersFile, make_batch_in, make_papers_in
from desktop_app.gui.preview_acts import AT_ONCE, PreviewActs
from desktop_app.gui.preview_state import Preview
from desktop_app.services.access import record_preview

if TYPE_CHECKING:
    from desktop_app.documents.paper_runs import PaperPages
    from desktop_app.services.session import Session

__all__ = ["AT_ONCE", "PaperPrinter"]

_SLOW_MS = 500
_LAYING_OUT = "正在排版……"


class PaperPrinter(QObject):
    """Works for one page. All of the papers, or none and which case stopped them."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._acts = PreviewActs(context, page)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(lambda: self._show(_LAYING_OUT))

    def preview_papers(self, numbers: Sequence[str], form: str) -> None:
        """Show them as pages; without LibreOffice they are made, and opened in what there is."""
        self._as_pages(numbers, form, partial(self._look, form))

    def print_papers(self, numbers: Sequence[str], form: str) -> None:
        """Ask for the printer and print them; without LibreOffice another suite opens and prints them."""
        self._as_pages(numbers, form, self._acts.print_preview)

    def make_batch(self, order: BatchOrder) -> None:
        """Files as ordered, beside the window, with progress."""
        home = self._context.works.suite(self._context.session.folder) if order.ending == ".pdf" else None
        self._context.operations.job(
            self,
            f"制作{PAPERS[order.form].title} {len(order.numbers):,} 件",
            partial(make_batch_in, order, home),
            self._saved,
            Changes.of("cases", numbers=frozenset(order.numbers)),
            partial(self._failed, len(order.numbers)),
        )

    # -------------------------------------------------------------- pages

    def _as_pages(self, numbers: Sequence[str], form: str, then: Callable[[Preview], None]) -> None:
        from desktop_app.documents.office_suite import can_make_pdf
        from desktop_app.documents.paper_runs import make_pages

        if not can_make_pdf():
            self.open_papers(numbers, form)
            return
        home = self._context.works.suite(self._context.session.folder)
        run = partial(make_pages, numbers=tuple(numbers), form=form, home=home)
        failed = partial(self._failed, len(numbers))

        def made(pages: PaperPages) -> None:
            waited = not self._slow.isActive()
            self._slow.stop()
            preview = _preview_of(pages, form)
            if not self._tell_unprintable(pages) and waited:
                self._show(f"{preview.title} 已排好；打印或另存时才记入“已制作”。")
            then(preview)

        operations = self._context.operations
        if len(numbers) > AT_ONCE:
            title = f"排版{PAPERS[form].title} {len(numbers):,} 件"
            operations.job(self, title, run, made, None, failed)
        else:
            self._slow.start()
            operations.query(self, "pages", lambda session: run(session, _goes_on), made, failed, aside=True)

    def _look(self, form: str, preview: Preview) -> None:
        """Who looked at protected words is on record before they are shown."""

        def show(_: None = None) -> None:
            self._context.works.show_preview(preview)
            self._context.open_page("preview")

        numbers = preview.numbers
        note = partial(_note_seen, numbers, PAPERS[form].title)
        if not PAPERS[form].identity:
            note = partial(record_preview, form=form, numbers=numbers)
        self._context.operations.change(
            self,
            note,
            show,
            Changes.of("cases", numbers=numbers),
            partial(self._failed, len(numbers)),
        )

    # -------------------------------------------------------------- without pages

    def open_papers(self, numbers: Sequence[str], form: str) -> None:
        """All in one Word file, opened in the suite of this machine; where there is none its folder is."""
        make = partial(make_papers_in, papers_folder(self._context.settings), tuple(numbers), form)
        changes = Changes.of("cases", numbers=frozenset(numbers))
        failed = partial(self._failed, len(numbers))
        if len(numbers) > AT_ONCE:
            title = f"制作{PAPERS[form].title} {len(numbers):,} 件"
            self._context.operations.job(self, title, make, self._open, changes, failed)
        else:
            self._context.operations.change(self, make, self._open, changes, failed)

    def _open(self, made: PapersFile) -> None:
        from desktop_app.documents.office_suite import NoOfficeSuite, open_paper

        try:
            suite = open_paper(made.file)
        except NoOfficeSuite as error:
            show_folder(made.file.parent)
            self._context.show_message(Message(f"{error.message}，文件夹已打开。", "info"))
        else:
            words = f"{_words(made)}，正用 {suite.name} 打开，可在其中查看和打印。"
            self._context.show_message(Message(words, "done"))

    def _saved(self, made: PapersFile) -> None:
        self._context.show_message(Message(f"{_words(made)}。", "done"))

    # -------------------------------------------------------------- telling

    def _tell_unprintable(self, pages: PaperPages) -> bool:
        letters = dict.fromkeys(letter for paper in pages.filled.made for letter in paper.unprintable)
        if letters:
            self._show(f"有的字印成了 □，请核对：{'；'.join(letters)}。")
        return bool(letters)

    def _show(self, words: str) -> None:
        self._context.show_message(Message(words, "info"))

    def _failed(self, count: int, error: LiuyanError) -> None:
        self._slow.stop()
        if isinstance(error, StorageProblem):
            self._context.operations.failed.emit(error)
            return
        message = message_of(error)
        if count > 1:
            message = replace(message, text=f"{message.text}勾选的 {count:,} 件都没有制作。")
        self._context.show_message(message)


def _preview_of(pages: PaperPages, form: str) -> Preview:
    made = pages.filled.made
    first = made[0]
    name = first.file_name.removesuffix(".docx")
    title = name
    if len(made) > 1:
        name = f"{PAPERS[form].title} {first.case} 等 {len(made)} 件"
        title = f"{first.title} {len(made):,} 件"
    return Preview(title, name, pages.pdf, pages.docx, pages.starts, pages.filled)


def _words(made: PapersFile) -> str:
    words = f"{made.title} {made.count:,} 件，已存为 {made.file}"
    if made.unprintable:
        words += f"；有的字印成了 □，请核对：{'；'.join(made.unprintable)}"
    return words


def _note_seen(numbers: frozenset[str], title: str, session: Session) -> None:
    from desktop_app.services.paper_views import note_seen

    note_seen(session, sorted(numbers), title)


def _goes_on(done: int, total: int) -> bool:
    return True
