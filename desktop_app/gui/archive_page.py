"""归档: a year's closed cases, archived together, put into a package for the archive, and any package proven."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
)

from desktop_app.errors import LiuyanError
from desktop_app.gui import archive_job
from desktop_app.gui import archive_state as state
from desktop_app.gui.archive_job import Packed, Proven
from desktop_app.gui.archive_model import ArchiveModel
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services.archive_list import ArchivedTogether, FilesOfYear, files_of_year
from desktop_app.services.ledgers import regulation_of
from desktop_app.services.session import Session

_FOLDER = "archive/folder"
_NONE = "还没有办结的件。办结以后，在这里成批归档，做成数据包交档案室。"


class ArchivePage(Page):
    """The list on top; below it what can be done with it, in the order in which an office does it."""

    title = "归档"
    kinds = frozenset({"cases"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.model = ArchiveModel()
        self._version = 0
        self.year = QComboBox()
        self.table = QTableView()
        self.summary = label("", "strong")
        self.empty = label(_NONE, "empty")
        self.retention = QComboBox()
        self.archive = QPushButton("归档")
        self.with_pdf = QCheckBox("文书另存 PDF（一份约三分之一秒）")
        self.pack = QPushButton("制作数据包…")
        self.prove = QPushButton("检测数据包…")
        self.expired = QPushButton("保管期满清册…")
        self.report = QPlainTextEdit()
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ laying out

    def _lay_out(self) -> None:
        self._set_up_table()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.pack.setProperty("role", "primary")
        self.with_pdf.setChecked(True)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("检测报告")
        self.report.hide()
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.setSpacing(8)
        page.addLayout(row(*named("年度", self.year), self.summary, None))
        page.addWidget(self.stack, 3)
        page.addLayout(row(*named("保管期限", self.retention), self.archive, None))
        page.addLayout(row(self.pack, self.with_pdf, None, self.prove, self.expired))
        page.addWidget(self.report, 2)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName("办结的件")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setAlternatingRowColors(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 14)
        table.horizontalHeader().setHighlightSections(False)
        wide = table.fontMetrics().horizontalAdvance("字")
        for place, column in enumerate(state.COLUMNS):
            table.setColumnWidth(place, wide * column.width + 16)
        table.horizontalHeader().setSectionResizeMode(state.TITLE, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.year.activated.connect(self._ask)
        self.table.activated.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_standing())
        self.archive.clicked.connect(self.archive_chosen)
        self.pack.clicked.connect(self._ask_where)
        self.prove.clicked.connect(self._ask_which)
        self.expired.clicked.connect(self._ask_list)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.activated.connect(self.archive_chosen)

    # ------------------------------------------------------------------ the list

    def refresh(self) -> None:
        self._ask()

    def focus_first(self) -> None:
        self.table.setFocus()

    def _ask(self) -> None:
        year: int | None = self.year.currentData()

        def ask(session: Session) -> tuple[FilesOfYear, tuple[str, ...]]:
            return files_of_year(session, year), regulation_of(session).values("retention")

        self.context.operations.query(self, "files", ask, self._show)

    def _show(self, found: tuple[FilesOfYear, tuple[str, ...]]) -> None:
        files, periods = found
        self._version = files.version
        self.year.clear()
        for one in files.years or (files.year,):
            self.year.addItem(f"{one} 年", one)
        self.year.setCurrentIndex(max(0, self.year.findData(files.year)))
        if not self.retention.count():
            self.retention.addItems(periods)
            self.retention.setCurrentText(state.usual_retention(files.lines))
        self.model.show(files.lines)
        self.stack.setCurrentWidget(self.table if files.lines else self.empty)
        self.summary.setText(state.summary(files.lines))
        if files.lines:
            self.table.selectRow(0)
        self._show_standing()

    def _open(self, index: QModelIndex) -> None:
        numbers = tuple(one.number for one in self.model.lines)
        self.context.open_case(self.model.lines[index.row()].number, numbers)

    def _chosen(self) -> tuple[str, ...]:
        """What of the selection can be archived; where nothing more than one line is chosen, all that can."""
        rows = sorted(one.row() for one in self.table.selectionModel().selectedRows())
        lines = [self.model.lines[place] for place in rows]
        return state.waiting_of(lines if len(lines) > 1 else self.model.lines)

    def _show_standing(self) -> None:
        count = len(self._chosen())
        self.archive.setText(f"归档 {count:,} 件" if count else "没有待归档的")
        self.archive.setEnabled(count > 0)
        self.pack.setEnabled(state.packable(self.model.lines))

    # ------------------------------------------------------------------ archiving

    def archive_chosen(self) -> None:
        """The step 归档 for what is chosen, else for all that wait; as a job that can be stopped."""
        numbers = self._chosen()
        if numbers and self.isEnabled():
            retention = self.retention.currentText()
            run = partial(archive_job.archive, numbers=numbers, retention=retention, seen=self._version)
            self._work("归档", run, self._archived, Changes.of("cases", numbers=frozenset(numbers)))

    def _archived(self, outcome: ArchivedTogether) -> None:
        words = state.archived_words(outcome)
        self.context.show_message(Message(words, "refused" if outcome.refused else "done"))

    # ------------------------------------------------------------------ packages

    def _ask_where(self) -> None:
        year: int = self.year.currentData()
        parent = self._kept_folder()
        proposed = str(Path(parent) / f"归档数据包{year}")
        chosen, _ = QFileDialog.getSaveFileName(self, "数据包存为新的文件夹", proposed)
        if chosen:
            self.context.settings.put(_FOLDER, str(Path(chosen).parent))
            self.make_package(Path(chosen))

    def make_package(self, folder: Path) -> None:
        """The package of the year that is shown."""
        run = partial(
            archive_job.pack,
            folder=folder,
            year=self.year.currentData(),
            numbers=(),
            with_pdf=self.with_pdf.isChecked(),
        )
        self._work("制作归档数据包", run, self._packed, Changes.of("cases"))

    def _packed(self, made: Packed) -> None:
        self.context.show_message(Message(state.packed_words(made), "done"))

    def _ask_which(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选择要检测的数据包", self._kept_folder())
        if chosen:
            self.prove_package(Path(chosen))

    def prove_package(self, folder: Path) -> None:
        """The four checks on a package, wherever it was made."""
        self._work("检测数据包", partial(archive_job.prove, folder=folder), self._proven, None)

    def _proven(self, found: Proven) -> None:
        self.report.setPlainText(found.text)
        self.report.show()
        self.context.show_message(Message(state.proven_words(found), "done" if found.ok else "refused"))

    def _ask_list(self) -> None:
        today = self.context.session.today
        proposed = str(Path(self._kept_folder()) / f"保管期满清册{today.isoformat()}.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self, "保管期满清册另存为", proposed, "Excel (*.xlsx)")
        if chosen:
            self.write_expired(Path(chosen).with_suffix(".xlsx"), today)

    def write_expired(self, path: Path, on: date) -> None:
        """Those whose period was over before that day, for a verdict."""
        self.context.operations.change(
            self,
            lambda session: archive_job.list_expired(session, on, path),
            lambda count: self.context.show_message(
                Message(f"保管期满 {count:,} 件，清册已存为 {path}", "done")
            ),
            Changes(frozenset()),
            self._failed,
        )

    def _kept_folder(self) -> str:
        return self.context.settings.get(_FOLDER, str(Path.home()))

    def _work(self, title: str, run: object, then: object, changes: Changes | None) -> None:
        """A job during which nothing on the page can be set."""
        self.setEnabled(False)
        job = self.context.operations.job(self, title, run, then, changes, self._failed)  # type: ignore[arg-type]
        job.ended.connect(lambda: self.setEnabled(True))

    def _failed(self, error: LiuyanError) -> None:
        self.context.show_message(message_of(error))
