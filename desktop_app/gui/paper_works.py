"""What the pages of one window share for their papers: the office suite that is kept running, and the preview."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.errors import LiuyanError
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.preview_state import Preview

if TYPE_CHECKING:
    from desktop_app.documents.suite_server import KeptSuite, SuiteHome
    from desktop_app.gui.operations import Operations
    from desktop_app.gui.page import PageContext
    from desktop_app.private_folder import PrivateFolder
    from desktop_app.services.session import Session

_IDLE_MS = 10 * 60 * 1000
"""A suite that nobody has needed for so long gives its memory back."""


class PaperWorks(QObject):
    """One a window. Nothing of it is started before a paper is wanted as pages."""

    preview_changed = Signal()
    closed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self._folder: PrivateFolder | None = None
        self._kept: KeptSuite | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self._rest)

    def sweep(self, operations: Operations) -> None:
        """Remove, aside, what papers left on their way in a window that was killed."""
        operations.query(self, "left behind", _sweep, lambda _: None, aside=True)

    def show_preview(self, preview: Preview) -> None:
        """Put a document into the preview."""
        self.preview = preview
        self.preview_changed.emit()

    def suite(self, data_folder: Path) -> SuiteHome | None:
        """Where a paper becomes pages, with a suite running or starting; None where that cannot be had, and each
        paper sees to its own."""
        from desktop_app.documents.office_suite import NoOfficeSuite, libreoffice
        from desktop_app.documents.suite_server import KeptSuite, SuiteHome
        from desktop_app.private_folder import TEMPORARY_FOLDER, PrivateFolder

        try:
            if self._folder is None or self._kept is None:
                self._folder = PrivateFolder(data_folder / TEMPORARY_FOLDER)
                self._kept = KeptSuite(SuiteHome(self._folder.path), libreoffice())
            self._kept.start()
        except (OSError, NoOfficeSuite):
            return None
        self._idle.start()
        return self._kept.home

    def _rest(self) -> None:
        if self._kept is not None:
            self._kept.close()

    def close(self) -> None:
        """End the suite, and remove all that papers left on their way."""
        self.preview = None
        self.closed.emit()
        self._idle.stop()
        self._rest()
        if self._folder is not None:
            self._folder.close()
        self._kept = self._folder = None


def open_preview(context: PageContext, data: bytes, title: str) -> None:
    """Show any Word or PDF document in the preview, as a template's check does; it goes on no record.

    Where it cannot be shown the strip says why.
    """
    works = context.works
    if data.startswith(b"%PDF-"):
        works.show_preview(Preview(title, title, data))
        context.open_page("preview")
        return
    home = works.suite(context.session.folder)

    def show(pdf: bytes) -> None:
        works.show_preview(Preview(title, title, pdf, data))
        context.open_page("preview")

    def failed(error: LiuyanError) -> None:
        context.show_message(message_of(error))

    context.show_message(Message(f"正在准备预览 {title}……", "info"))
    context.operations.query(works, "preview", partial(_pdf_of, data, home), show, failed, aside=True)


def _sweep(session: Session) -> None:
    from desktop_app.private_folder import TEMPORARY_FOLDER, sweep

    sweep(session.folder / TEMPORARY_FOLDER)


def _pdf_of(data: bytes, home: SuiteHome | None, session: Session) -> bytes:
    from desktop_app.documents.paper_runs import pages_of

    return pages_of(session, data, home)
