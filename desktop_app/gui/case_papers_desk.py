"""Making, opening, saving and printing the papers of a case, and keeping files with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from desktop_app.documents.archive.file_names import portable
from desktop_app.domain.office_records import Attachment
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Kind, Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.papers_folder import PAPERS_FOLDER, papers_folder, show_folder
from desktop_app.gui.papers_in_folder import make_papers_in, remake_in
from desktop_app.gui.papers_panel import OPEN, PREVIEW, PRINT
from desktop_app.gui.register_papers import PaperPrinter
from desktop_app.services.access import record_export
from desktop_app.services.attachments import KINDS, attach, read_attachment
from desktop_app.services.session import Session

__all__ = ["PAPERS_FOLDER", "CasePapersDesk", "save_attachment"]

_OPENED = frozenset(
    (
        *(".pdf", ".ofd", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".txt", ".csv"),
        *(".docx", ".doc", ".wps", ".rtf", ".xlsx", ".xls", ".et", ".pptx", ".ppt"),
    )
)
"""Files that are looked at. Any other may be a program, and to open it is to run it."""


class CasePapersDesk(QObject):
    """Works for one page; what comes of it is told in the strip."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._printer = PaperPrinter(context, page)

    # -------------------------------------------------------------- papers

    def paper(self, number: str, form: str, way: str) -> None:
        """Look at a paper, print it, make it and open it, or save it where the operator says."""
        if way == PREVIEW:
            self._printer.preview_papers((number,), form)
            return
        if way == PRINT:
            self._printer.print_papers((number,), form)
            return
        target = self.folder() if way == OPEN else self._ask_folder()
        if target is not None:
            self._make(number, form, target, opened=way == OPEN)

    def folder(self) -> Path:
        """Where papers go: the folder of the last time, else 留言办文书 among the user's documents."""
        return papers_folder(self._context.settings)

    def _ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._page, "文书存到哪个文件夹", str(self.folder()))
        if not chosen:
            return None
        self._context.settings.put(PAPERS_FOLDER, chosen)
        return Path(chosen)

    def _make(self, number: str, form: str, folder: Path, opened: bool) -> None:
        self._context.operations.change(
            self,
            partial(make_papers_in, folder, (number,), form),
            lambda made: self._made(made.file, opened),
            Changes.of("cases", numbers=frozenset((number,))),
            self._failed,
        )

    def again(self, number: str, paper: int) -> None:
        """A paper made earlier, as it was, into the folder of papers and opened."""
        self._context.operations.change(
            self,
            partial(remake_in, self.folder(), number, paper),
            lambda file: self._made(file, opened=True),
            Changes.of("cases", numbers=frozenset((number,))),
            self._failed,
        )

    def _made(self, file: Path, opened: bool) -> None:
        if not opened:
            self._tell(f"文书已存为 {file}")
            return
        self._open(file)

    def _open(self, file: Path) -> None:
        """In the suite of this machine; where there is none its folder is opened, and the program says so."""
        from desktop_app.documents.office_suite import NoOfficeSuite, open_paper

        try:
            suite = open_paper(file)
        except NoOfficeSuite as error:
            show_folder(file.parent)
            self._tell(f"{error.message}，文件夹已打开。", "info")
        else:
            self._tell(f"文书已存为 {file}，正用 {suite.name} 打开")

    # -------------------------------------------------------------- attachments

    def attach(self, number: str) -> None:
        """Ask for a file and what it is, and keep it with the case."""
        chosen, _ = QFileDialog.getOpenFileName(self._page, "存入附件", str(Path.home()))
        if not chosen:
            return
        titles = list(KINDS.values())
        title, agreed = QInputDialog.getItem(self._page, "存入附件", "这是：", titles, 0, False)
        if agreed:
            kind = next(word for word, one in KINDS.items() if one == title)
            self.keep(number, Path(chosen), kind)

    def keep(self, number: str, file: Path, kind: str) -> None:
        """Keep the file with the case, encrypted."""
        self._context.operations.change(
            self,
            lambda session: attach(session, number, file, kind),
            lambda kept: self._tell(f"{number} 已存入附件 {kept.name}"),
            Changes.of("cases", numbers=frozenset((number,))),
            self._failed,
        )

    def attachment(self, number: str, one: Attachment, way: str) -> None:
        """Open one of the case's files, or save a copy of it."""
        target = self.folder() / portable(one.name)
        if way == OPEN and target.suffix.lower() not in _OPENED:
            self._tell(
                f"附件“{one.name}”不是文书、表格或图片，程序不打开它；请另存，核对来历后再看。", "refused"
            )
            return
        if way != OPEN:
            chosen, _ = QFileDialog.getSaveFileName(self._page, "附件另存为", str(target))
            if not chosen:
                return
            target = Path(chosen)
        self._context.operations.query(
            self,
            "attachment",
            lambda session: save_attachment(session, number, one.id, target),
            lambda file: self._copied(file, way == OPEN),
            self._failed,
        )

    def _copied(self, file: Path, opened: bool) -> None:
        if opened:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
        self._tell(f"附件已存为 {file}")

    # -------------------------------------------------------------- telling

    def _tell(self, words: str, kind: Kind = "done") -> None:
        self._context.show_message(Message(words, kind))

    def _failed(self, error: LiuyanError) -> None:
        if isinstance(error, StorageProblem):
            self._context.operations.failed.emit(error)
        else:
            self._context.show_message(message_of(error))


def save_attachment(session: Session, number: str, attachment: int, target: Path) -> Path:
    from desktop_app.documents.case_papers import save_bytes

    content = read_attachment(session, number, attachment)
    record_export(session, "attachment", 1, masked=False, numbers=(number,))
    return save_bytes(content, target)
