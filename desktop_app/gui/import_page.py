"""导入留言: choose or drop a file, look at it and try it out, bring it in, and take it back whole if need be."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.errors import LiuyanError
from desktop_app.gui import import_job
from desktop_app.gui.changes import Changes
from desktop_app.gui.import_looks import ImportLooks
from desktop_app.gui.import_result import ImportResult
from desktop_app.gui.import_state import FileRead
from desktop_app.gui.import_trial import READING, TRYING, ImportTrial
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.services import intake, office_settings, regulations
from desktop_app.services.intake import Brought

FILES = "留言表格 (*.xlsx *.xls *.xlsb *.ods *.csv *.tsv *.txt *.json);;所有文件 (*)"
INVITATION = (
    "把留言表格拖到这里，或选择文件。\n\n"
    "Excel、WPS 表格（.xlsx .xls .ods）、文本表格（.csv .tsv）和留言板导出的 .json 都可以。\n"
    "导入之前先看内容和试算结果，导入之后还可以整批撤销。"
)
_CHANGES = Changes(frozenset({"cases", "batches"}))


class ImportPage(Page):
    """Three steps on one page: the file, the trial, the result."""

    title = "导入留言"
    kinds = frozenset({"settings"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._read: FileRead | None = None
        self._brought: Brought | None = None
        self.looks = ImportLooks(context.operations, self)
        self.setAcceptDrops(True)
        self.trial = ImportTrial()
        self.result = ImportResult()
        self.steps = QStackedWidget()
        for step in (self._build_start(), self.trial, self.result):
            self.steps.addWidget(step)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.addWidget(self.steps)
        self._connect()

    def _build_start(self) -> QWidget:
        self.choose = QPushButton("选择文件…")
        self.choose.setProperty("role", "primary")
        invitation = label(INVITATION, "empty")
        invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.unreadable = label("", "fault")
        self.unreadable.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.unreadable.hide()
        step = QWidget()
        column = QVBoxLayout(step)
        column.addStretch(1)
        column.addWidget(self.unreadable)
        column.addWidget(invitation)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return step

    def _connect(self) -> None:
        for button in (self.choose, self.trial.other):
            button.clicked.connect(self._choose_file)
        for button in (self.trial.leave, self.result.again):
            button.clicked.connect(self._start_over)
        for button in (self.trial.keep, self.result.keep):
            button.clicked.connect(self._choose_place)
        for wanted in (self.trial.changed, self.trial.again_wanted):
            wanted.connect(self._try_out)
        self.trial.sheet_wanted.connect(self._on_sheet)
        self.looks.read.connect(self._show_file)
        self.looks.unreadable.connect(self._say_unreadable)
        self.looks.reading_stopped.connect(self._start_over)
        self.looks.tried.connect(self._show_trial)
        self.looks.refused.connect(lambda error: self.trial.say(error.message))
        self.looks.trial_stopped.connect(self.trial.say_stopped)
        self.trial.start.clicked.connect(self.bring_in)
        self.result.undo.clicked.connect(self.take_back)
        self.result.to_register.clicked.connect(lambda: self.context.open_page("register"))

    def focus_first(self) -> None:
        if self.steps.currentWidget() is self.trial:
            self.trial.focus_first()
        else:
            (self.choose if self.steps.currentIndex() == 0 else self.result.again).setFocus()

    # ------------------------------------------------------------------ the file

    def refresh(self) -> None:
        self.context.operations.query(
            self,
            "office",
            lambda session: (regulations.load_all(), office_settings.get(session).regulation),
            lambda found: self.trial.show_regulations(*found),
        )

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择留言表格", "", FILES)
        if name:
            self.open_file(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.trial.isEnabled() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        self.open_file(Path(files[0]))

    def open_file(self, path: Path, sheet: str | None = None) -> None:
        """Read a file and show its first rows; one that cannot be read says why."""
        if self.looks.open(path, sheet):
            self.trial.say(READING)

    def _on_sheet(self, sheet: str) -> None:
        if self._read is not None:
            self.open_file(self._read.path, sheet)

    def _say_unreadable(self, error: LiuyanError) -> None:
        self.unreadable.setText(error.message)
        self.unreadable.show()
        self.steps.setCurrentIndex(0)
        self.choose.setFocus()

    def _show_file(self, read: FileRead) -> None:
        self._read = read
        self.unreadable.hide()
        self.trial.show_file(read, self.context.session.today)
        self.steps.setCurrentWidget(self.trial)
        self._try_out()

    def _start_over(self) -> None:
        self._read = None
        self.looks.drop()
        self.steps.setCurrentIndex(0)
        self.choose.setFocus()

    # ------------------------------------------------------------------ trial and import

    def _try_out(self) -> None:
        self._brought = None
        wish, fault = self.trial.wish(), self.trial.fault()
        if self._read is None or wish is None:
            return
        if fault:
            self.looks.drop()
            self.trial.say(fault)
            return
        self.trial.say(TRYING)
        self.looks.try_out(self._read, wish)

    def _show_trial(self, brought: Brought) -> None:
        self._brought = brought
        self.trial.show_trial(brought)

    def bring_in(self) -> None:
        """Bring the file in, as a job that can be stopped; stopped, nothing of it stays."""
        wish = self.trial.wish()
        if wish is None:
            return
        self.trial.lock(True)
        job = self.context.operations.job(
            self,
            f"导入 {wish.path.name}",
            partial(import_job.bring_in, wish=wish),
            self._show_result,
            _CHANGES,
            lambda error: self.context.show_message(message_of(error)),
        )
        job.ended.connect(lambda: self.trial.lock(False))

    def _show_result(self, brought: Brought) -> None:
        self._brought = brought
        self.result.show_result(brought)
        self.steps.setCurrentWidget(self.result)
        self.result.again.setFocus()
        undo = self.take_back if brought.imported else None
        self.context.show_message(Message(f"已导入 {brought.imported:,} 件。", "done", undo=undo))

    def take_back(self) -> None:
        """Take the whole batch back; its numbers stay used."""
        if self._brought is None or self._brought.batch is None:
            return
        batch = self._brought.batch
        self.result.undo.setEnabled(False)

        def done(numbers: tuple[str, ...]) -> None:
            words = f"已撤销整批导入，{len(numbers):,} 件作废，登记号保留不再使用。"
            self.result.show_undone(words)
            self.context.show_message(Message(words, "done"))

        def failed(error: LiuyanError) -> None:
            self.result.undo.setEnabled(True)
            self.context.show_message(message_of(error))

        self.context.operations.change(
            self, lambda session: intake.undo(session, batch), done, _CHANGES, failed
        )

    # ------------------------------------------------------------------ rows to mend

    def _choose_place(self) -> None:
        if self._read is None:
            return
        proposed = self._read.path.with_name(f"{self._read.path.stem}-待修改.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, "另存不能导入的行", str(proposed), "Excel 表格 (*.xlsx)")
        if name:
            self.keep_faults(Path(name))

    def keep_faults(self, path: Path) -> None:
        """Write the rows that cannot be imported to a sheet of their own, each with its reason."""
        if self._read is None or self._brought is None:
            return
        read, rejected = self._read, self._brought.rejected

        def done(count: int) -> None:
            words = f"已把 {count:,} 行写入 {path.name}，改好后可再导入。"
            self.context.show_message(Message(words, "done"))

        def failed(error: LiuyanError) -> None:
            self.context.show_message(message_of(error))

        if read.is_whole:
            self.context.operations.query(
                self, "faults", lambda _: import_job.keep_faults(read, rejected, path), done, failed
            )
            return
        run = partial(import_job.keep_faults_of_large, read=read, rejected=rejected, path=path)
        self.context.operations.job(self, f"另存 {path.name}", run, done, None, failed)
