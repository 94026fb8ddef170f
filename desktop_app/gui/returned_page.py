"""收回文书: a slip that a unit filled in and sent back, its own text beside what was understood, recorded as the reply."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop_app.documents.pdf_pages import PageImage
from desktop_app.errors import LiuyanError, Refusal
from desktop_app.gui import case_acts, returned_job
from desktop_app.gui import returned_state as state
from desktop_app.gui.action_form import ActionFormPanel
from desktop_app.gui.changes import Changes
from desktop_app.gui.form_place import NOTHING_CHANGED
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.page_picture import PageTurner
from desktop_app.gui.returned_state import ReturnedFile
from desktop_app.gui.rows_of_widgets import row
from desktop_app.services.attachments import KINDS
from desktop_app.services.overtaken import Overtaken
from desktop_app.services.returned import REPLY, Recorded

FILES = "Word 文档 (*.docx);;所有文件 (*)"
INVITATION = (
    "把承办单位填好发回来的承办单（.docx）拖到这里，或选择文件。\n\n"
    "程序按识别码找到那一件，读出办理情况、回复意见、签字，和原文并排给您核对；\n"
    "核对无误再登记答复，文件同时存为附件。签字盖章的纸质件，请扫描后到“扫描件归件”。"
)
_LOOKS = "td.taken { background-color: #e3f1e6; } td, p { white-space: pre-wrap; }"


class ReturnedPage(Page):
    """The invitation; then the paper at the left and the form of the reply at the right."""

    title = "收回文书"

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.file: ReturnedFile | None = None
        self.panel: ActionFormPanel | None = None
        self._pages: list[PageImage] = []
        self.setAcceptDrops(True)
        self.choose = QPushButton("选择文件…")
        self.other = QPushButton("换一个文件…")
        self.open_case = QPushButton("打开这一件")
        self.unreadable = label("", "fault")
        self.heading, self.paper = label("", "section", wrap=False), label("", "hint", wrap=False)
        self.doubts = label("", "warning")
        self.text = QTextBrowser()
        self.turner = PageTurner("发回来的文书", to_be_read=True)
        self.views = QTabWidget()
        self.around = QScrollArea()
        self.steps = QStackedWidget()
        self.steps.addWidget(self._build_start())
        self.steps.addWidget(self._build_reading())
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.addWidget(self.steps)
        self._connect()

    # ------------------------------------------------------------------ laying out

    def _build_start(self) -> QWidget:
        self.choose.setProperty("role", "primary")
        invitation = label(INVITATION, "empty")
        step = QWidget()
        column = QVBoxLayout(step)
        column.addStretch(1)
        for words in (self.unreadable, invitation):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        self.unreadable.hide()
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return step

    def _build_reading(self) -> QWidget:
        self.text.setAccessibleName("文书原文")
        self.text.setOpenLinks(False)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.document().setDefaultStyleSheet(_LOOKS)
        self.views.setDocumentMode(True)
        self.views.addTab(self.text, "文字")
        self.around.setWidgetResizable(True)
        self.around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.views)
        splitter.addWidget(self.around)
        splitter.setSizes([600, 660])
        step = QWidget()
        column = QVBoxLayout(step)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(self.heading, self.paper, None, self.open_case, self.other))
        column.addWidget(self.doubts)
        column.addWidget(splitter, 1)
        return step

    def _connect(self) -> None:
        for button in (self.choose, self.other):
            button.clicked.connect(self._choose_file)
        self.open_case.clicked.connect(self._open_case)
        self.turner.wanted.connect(self._show_page)
        self.context.operations.failed.connect(self._not_done)

    def refresh(self) -> None:
        """The page shows a file as it was read, until another is opened."""

    def focus_first(self) -> None:
        if self.panel is not None:
            self.panel.focus_first()
        else:
            self.choose.setFocus()

    # ------------------------------------------------------------------ the file

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择发回来的承办单", "", FILES)
        if name:
            self.open_file(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        self.open_file(Path(files[0]))

    def open_file(self, path: Path) -> None:
        """Read a file and show it beside what it says; one that is no slip, or nobody's here, says why."""
        self.context.operations.query(
            self,
            "file",
            lambda session: returned_job.read(session, path),
            self._show_file,
            self._say_unreadable,
        )

    def _say_unreadable(self, error: LiuyanError) -> None:
        self._leave()
        self.unreadable.setText(message_of(error).whole)
        self.unreadable.show()

    def _show_file(self, file: ReturnedFile) -> None:
        self.file = file
        self.unreadable.hide()
        self.heading.setText(file.heading)
        self.heading.setToolTip(file.heading)
        self.paper.setText(file.paper_words)
        self.doubts.setText(state.doubt_words(file.found.doubts))
        self.doubts.setVisible(bool(file.found.doubts))
        self.text.setHtml(state.as_html(file.read.blocks, file.found.keys))
        self._show_form(file)
        self.steps.setCurrentIndex(1)
        self.text.scrollToAnchor(state.ANSWER)
        self._draw(file)

    def _show_form(self, file: ReturnedFile) -> None:
        panel = ActionFormPanel(state.reply_form(file), file.case)
        panel.submitted.connect(self._submit)
        panel.left.connect(self._leave)
        panel.typed.connect(self._keep)
        panel.meanwhile.look_wanted.connect(self._open_case)
        self.panel = panel
        self.around.setWidget(panel)
        panel.focus_first()

    # ------------------------------------------------------------------ its pages as they are printed

    def _draw(self, file: ReturnedFile) -> None:
        self._pages = []
        if self.views.count() > 1:
            self.views.removeTab(1)
        if returned_job.can_draw():
            self.context.operations.job(
                self,
                "画出文书的版面",
                partial(returned_job.pages_of, name=file.path.name, content=file.read.content),
                lambda pages: self.show_pages(file, pages),
                failed=lambda error: None,
            )

    def show_pages(self, file: ReturnedFile, pages: list[PageImage]) -> None:
        """The pages of a file, where it is still the one that is read."""
        if self.file is not file:
            return
        self._pages = pages
        self.views.addTab(self.turner, "版面")
        self.turner.begin(1, len(pages))
        if not self.text.hasFocus():
            self.views.setCurrentWidget(self.turner)
        QTimer.singleShot(0, self.turner.go_to_end)

    def _show_page(self, page: int) -> None:
        self.turner.picture.show_page(self._pages[page - 1])

    # ------------------------------------------------------------------ recording

    def _keep(self, values: dict[str, str]) -> None:
        """What was changed of what the paper says is the draft of this case's reply."""
        file, panel = self.file, self.panel
        if file is None or panel is None:
            return
        number, draft = file.found.number, case_acts.as_draft(panel.form, values)
        self.context.operations.typed.keep(self, number, REPLY, draft, NOTHING_CHANGED)

    def _open_case(self) -> None:
        if self.file is not None:
            self.context.open_case(self.file.found.number, ())

    def _submit(self, keys: dict[str, str], on: date) -> None:
        file = self.file
        if file is None:
            return
        seen = self.panel.seen if self.panel is not None else file.case.view.version
        self.context.operations.change(
            self,
            lambda session: returned_job.record(session, file, keys, on, seen),
            self._recorded,
            Changes.of("cases", numbers=frozenset((file.found.number,))),
            self._refused,
        )

    def _recorded(self, recorded: Recorded) -> None:
        done = recorded.done
        words = f"{done.number} 已登记答复，现为“{done.status}”；文件已存为附件（{KINDS[recorded.attachment.kind]}）。"
        self._leave()
        self.context.show_message(Message(words, "done", undo=partial(self._undo, recorded)))

    def _undo(self, recorded: Recorded) -> None:
        """The reply is voided; the file stays with the case."""
        self.context.operations.change(
            self,
            lambda session: case_acts.undo(session, recorded.done),
            lambda undone: self.context.show_message(case_acts.undone_message(undone)),
            Changes.of("cases", numbers=frozenset((recorded.done.number,))),
            lambda error: self.context.show_message(message_of(error)),
        )

    def _refused(self, error: LiuyanError) -> None:
        if self.panel is None:
            self.context.show_message(message_of(error))
        elif isinstance(error, Overtaken):
            self.panel.set_busy(False)
            self.panel.tell_news(error.since, insist=True)
        elif isinstance(error, Refusal):
            self.panel.show_refusal(error)
        else:
            self.panel.show_problem("没有记下，原因见提示；填写的内容都在。")
            self.context.operations.failed.emit(error)

    def _not_done(self, error: object) -> None:
        """A bug, which comes to the frame alone: the form can be sent again."""
        if self.panel is not None:
            self.panel.set_busy(False)

    def _leave(self) -> None:
        """Back to the invitation; nothing was changed by looking."""
        self.file = self.panel = None
        old = self.around.takeWidget()
        if old is not None:
            old.deleteLater()
        self.unreadable.hide()
        self.steps.setCurrentIndex(0)
        self.choose.setFocus()
