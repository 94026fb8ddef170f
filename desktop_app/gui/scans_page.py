"""扫描件归件: scans are read, each finds its case by its code, what has none is given one by hand, and all are kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.documents.scan_filing import Filed
from desktop_app.errors import LiuyanError
from desktop_app.gui import scans_job
from desktop_app.gui import scans_state as state
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.scan_view import ScanView
from desktop_app.gui.scans_job import ReadScans
from desktop_app.gui.scans_model import CASE, FILE, WORDS, ScansModel

INVITATION = (
    "把放扫描件的文件夹拖到这里，或选择文件夹。\n\n"
    "认得 PDF、JPG、PNG、TIFF。纸上有识别码的自己找到那一件，没有的可以人工指定。\n"
    "先看结果，再归件；文件夹里的文件不会改动。"
)
_FOLDER = "scans/folder"


class ScansPage(Page):
    """The invitation; then the list, the page that is looked at beside it, and one button that files what is ticked."""

    title = "扫描件归件"

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._places: tuple[Path, ...] = ()
        self.setAcceptDrops(True)
        self.model = ScansModel(self)
        self.table = QTableView()
        self.view = ScanView()
        self.choose = QPushButton("选择文件夹…")
        self.other = QPushButton("换一个文件夹…")
        self.again = QPushButton("重新读取")
        self.file = QPushButton("归件")
        self.place, self.summary = label("", "section"), label("", "strong")
        self.steps = QStackedWidget()
        self.steps.addWidget(self._build_start())
        self.steps.addWidget(self._build_list())
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.addWidget(self.steps)
        self._connect()

    # ------------------------------------------------------------------ laying out

    def _build_start(self) -> QWidget:
        self.choose.setProperty("role", "primary")
        invitation = label(INVITATION, "empty")
        invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        step = QWidget()
        column = QVBoxLayout(step)
        column.addStretch(1)
        column.addWidget(invitation)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return step

    def _build_list(self) -> QWidget:
        self._build_table()
        self.file.setProperty("role", "primary")
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.view)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([860, 400])
        step = QWidget()
        column = QVBoxLayout(step)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(self.place, None, self.again, self.other))
        column.addWidget(self.summary)
        column.addWidget(splitter, 1)
        hint = label("空格 勾选　Enter 打开那一件　Ctrl+Enter 归件", "hint", wrap=False)
        column.addLayout(row(self.file, None, hint))
        return step

    def _build_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName("扫描件")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.setIconSize(QSize(scans_job.THUMBNAIL, scans_job.THUMBNAIL))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(scans_job.THUMBNAIL + 8)
        head = table.horizontalHeader()
        letter = table.fontMetrics().horizontalAdvance("国")
        table.setColumnWidth(0, scans_job.THUMBNAIL + 32)
        table.setColumnWidth(FILE, 12 * letter)
        head.setSectionResizeMode(CASE, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        for button in (self.choose, self.other):
            button.clicked.connect(self._choose_folder)
        self.again.clicked.connect(lambda: self.read(self._places))
        self.file.clicked.connect(self.file_ticked)
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._look_at(now.row()))
        self.table.activated.connect(self._open_case)
        self.model.changed.connect(self._show_standing)
        self.view.asked.connect(self._find_cases)
        self.view.chosen.connect(self._assign)
        self.view.page_wanted.connect(self._draw)
        for keys, call in (
            ("Space", self._toggle),
            ("Ctrl+Return", self.file_ticked),
            ("Ctrl+Enter", self.file_ticked),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.table if keys == "Space" else self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    def refresh(self) -> None:
        """The page shows what was read, until it is read anew."""

    def focus_first(self) -> None:
        (self.table if self.steps.currentIndex() else self.choose).setFocus()

    # ------------------------------------------------------------------ reading

    def _choose_folder(self) -> None:
        kept = self.context.settings.get(_FOLDER, str(Path.home()))
        chosen = QFileDialog.getExistingDirectory(self, "选择放扫描件的文件夹", kept)
        if chosen:
            self.context.settings.put(_FOLDER, chosen)
            self.read((Path(chosen),))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.isEnabled() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.read(tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()))

    def read(self, places: Sequence[Path]) -> None:
        """Read folders or files, as a job that can be stopped; nothing is filed by it."""
        self._places = tuple(places)
        self._work("读取扫描件", partial(scans_job.read, places=self._places), self.show_read, changes=None)

    def show_read(self, read: ReadScans) -> None:
        """What was found, the first that needs a person in sight."""
        more = len(self._places) - 1
        self.place.setText(str(self._places[0]) + (f" 等 {more + 1} 处" if more else ""))
        self.model.show_lines(state.lines_of(read.found, read.titles))
        self.steps.setCurrentIndex(1)
        self.view.clear()
        if read.found:
            waiting = (at for at, one in enumerate(self.model.lines) if one.state == state.BY_HAND)
            self.table.selectRow(next(waiting, 0))
        self.table.setFocus()

    # ------------------------------------------------------------------ looking, ticking, naming a case

    def _look_at(self, at: int) -> None:
        if 0 <= at < len(self.model.lines):
            self.view.show_line(self.model.lines[at])

    def _draw(self, page: int) -> None:
        line = self._current()
        if line is None:
            return
        path = line.part.path
        self.context.operations.query(
            self,
            "page",
            lambda session: scans_job.page_of(path, page),
            self.view.show_page,
            lambda error: self.view.say(error.message),
        )

    def _current(self) -> state.ScanLine | None:
        at = self.table.currentIndex().row()
        return self.model.lines[at] if 0 <= at < len(self.model.lines) else None

    def _toggle(self) -> None:
        if self._current() is not None:
            self.model.toggle(self.table.currentIndex().row())

    def _open_case(self, index: QModelIndex) -> None:
        line = self.model.lines[index.row()]
        number = line.number or line.part.sorted.kept
        if number:
            self.context.open_case(number, ())

    def _find_cases(self, words: str) -> None:
        from desktop_app.gui.case_chooser import cases_named

        self.context.operations.query(
            self,
            "cases",
            lambda session: cases_named(session, words),
            lambda found: self.view.chooser.show_found(words, found),
        )

    def _assign(self, number: str, title: str) -> None:
        line = self._current()
        if line is None or line.state not in (state.BY_HAND, state.READY):
            return
        at = self.table.currentIndex().row()
        self.model.assign(at, number, title)
        self.view.show_line(self.model.lines[at])
        waiting = (
            place for place, one in enumerate(self.model.lines) if one.state == state.BY_HAND and place > at
        )
        self.table.selectRow(next(waiting, at))
        self.table.setFocus()

    def _show_standing(self) -> None:
        lines = self.model.lines
        count = len(state.wanted(lines))
        self.summary.setText(state.summary(lines))
        self.file.setText(f"归件 {count} 份" if count else "没有勾选要归件的")
        self.file.setEnabled(count > 0)

    # ------------------------------------------------------------------ filing

    def file_ticked(self) -> None:
        """Keep what is ticked with its cases, as a job; stopped, what was kept so far stays."""
        wanted = state.wanted(self.model.lines)
        if wanted and self.isEnabled():
            numbers = frozenset(number for _, number in wanted)
            changes = Changes.of("cases", numbers=numbers)
            self._work("归件", partial(scans_job.file, wanted=wanted), self._show_filed, changes)

    def _show_filed(self, outcome: Filed) -> None:
        self.model.put_lines(state.after(self.model.lines, outcome))
        self._look_at(self.table.currentIndex().row())
        words = state.outcome_words(outcome)
        self.context.show_message(Message(words, "refused" if outcome.failed else "done"))

    def _work(self, title: str, run: object, then: object, changes: Changes | None) -> None:
        """A job during which nothing on the page can be set."""
        self.setEnabled(False)
        job = self.context.operations.job(self, title, run, then, changes, self._failed)  # type: ignore[arg-type]
        job.ended.connect(lambda: self.setEnabled(True))

    def _failed(self, error: LiuyanError) -> None:
        self.context.show_message(message_of(error))
