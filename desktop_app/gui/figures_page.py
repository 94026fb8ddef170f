"""统计通报: the figures of a period, in a table and as charts, each with its cases and with what it counts."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.regulation import Regulation
from desktop_app.errors import LiuyanError
from desktop_app.gui import figures_state as state
from desktop_app.gui.bulletins_state import PERIOD_SETTING
from desktop_app.gui.case_papers_desk import CasePapersDesk
from desktop_app.gui.changes import Changes
from desktop_app.gui.figures_cases import FigureCases
from desktop_app.gui.figures_charts import FiguresCharts
from desktop_app.gui.figures_head import FiguresHead
from desktop_app.gui.figures_state import Row
from desktop_app.gui.figures_table import FiguresTable
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.paper_works import open_preview
from desktop_app.gui.word_choice import WordChoice
from desktop_app.services import figure_facts
from desktop_app.services.ledgers import regulation_of
from desktop_app.services.statistics import Compared, compared

if TYPE_CHECKING:
    from desktop_app.documents.figure_files import FigureOrder
    from desktop_app.services.session import Session

SETTINGS, COLUMNS_SETTING = "figures/period", "figures/columns"
_FIGURES, _CHARTS, _MEANINGS = "数字", "图", "口径"
_QUICKLY = 1_500
"""Cases whose facts are found again while one waits; more is a job with its progress."""
_FILES = "Excel 工作簿 (*.xlsx);;Word 文档 (*.docx)"

Told = Compared | list[str]
"""The figures, or the cases that have to be looked through first."""


class FiguresPage(Page):
    """A period above; below it table, charts or definitions, and at the side the cases of one number."""

    title = "统计通报"
    kinds = frozenset({"cases", "settings", "batches"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._told: Compared | None = None
        self._looking_through = False
        self.head = FiguresHead(context.session.today)
        self.head.read(context.settings.get(SETTINGS, {}))
        self.summary = label("", "hint")
        self.views = WordChoice((_FIGURES, _CHARTS, _MEANINGS))
        self.columns = WordChoice(tuple(state.COLUMN_SETS))
        self.columns.choose(str(context.settings.get(COLUMNS_SETTING, "")))
        self.table = FiguresTable()
        self.charts = FiguresCharts(context)
        self.meanings = QTextBrowser()
        self.meanings.setAccessibleName("各项数字的口径")
        self.empty = label("", "empty")
        self.cases = FigureCases(context)
        self.new_bulletin, self.appraisal = QPushButton("通报…"), QPushButton("考核…")
        self.new_bulletin.setToolTip("按这个时段出通报草稿、印发，查看历次通报")
        self.appraisal.setToolTip("各单位一年的考核扣分")
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ laying out

    def _lay_out(self) -> None:
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        for widget in (self.table, self.charts, self.meanings, self.empty):
            self.stack.addWidget(widget)
        bar = QHBoxLayout()
        bar.setSpacing(16)
        bar.addWidget(self.views)
        bar.addStretch(1)
        bar.addWidget(self.columns)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.cases)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([980, 330])
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.setSpacing(8)
        page.addWidget(self.head)
        page.addWidget(self.summary)
        page.addWidget(self.splitter, 1)

        for button in (self.new_bulletin, self.appraisal):
            self.head.bulletins.addWidget(button)

    def _connect(self) -> None:
        self.new_bulletin.clicked.connect(self._open_bulletins)
        self.appraisal.clicked.connect(lambda: self.context.open_page("appraisal"))
        self.head.changed.connect(self._period_changed)
        self.views.group.buttonClicked.connect(lambda _: self._show_view())
        self.columns.group.buttonClicked.connect(self._columns_chosen)
        self.table.cases_wanted.connect(self._show_cases)
        self.cases.left.connect(self.table.setFocus)
        self.head.print_button.clicked.connect(self._print)
        self.head.save_button.clicked.connect(self._ask_and_save)

    # ------------------------------------------------------------------ asking

    def refresh(self) -> None:
        self.head.show_day(self.context.session.today)
        self.context.operations.query(self, "regulation", regulation_of, self._show_regulation)
        self._ask()

    def focus_first(self) -> None:
        self.table.setFocus()

    def _period_changed(self) -> None:
        self.context.settings.put(SETTINGS, self.head.written())
        self.cases.clear()
        self._ask()

    def _ask(self) -> None:
        first, last = self.head.span
        self.head.show_fault(first > last)
        if first > last:
            self._say("时段的最后一天在第一天之前。")
            return
        if self._looking_through:
            # What the job writes tells every page of a change; it asks again itself once it is done.
            return
        by = self.head.grouping

        def ask(session: Session) -> Told:
            stale = figure_facts.out_of_date(session, first, last)
            return stale if len(stale) > _QUICKLY else compared(session, first, last, (by,))

        self.context.operations.query(self, "figures", ask, self._show, aside=True)

    def _show(self, told: Told) -> None:
        if isinstance(told, list):
            self._look_through(told)
            return
        self._told = told
        self.summary.setText(state.summary(told))
        self._show_table()
        self.charts.show_figures(told, self.head.grouping)
        self._show_view()

    def _look_through(self, numbers: list[str]) -> None:
        """The facts of many cases found again, in a process of its own; then the figures are asked for once more."""
        self._looking_through = True
        self._say(f"有 {len(numbers):,} 件要先逐件核算一遍，请稍候。")
        job = self.context.operations.job(
            self,
            "核算统计数字",
            partial(figure_facts.bring_up_to_date_job, numbers),
            lambda _: self._ask(),
            failed=lambda error: self._say(message_of(error).text),
        )
        job.ended.connect(self._looked_through)

    def _looked_through(self) -> None:
        self._looking_through = False
        self.empty.setText("核算没有做完；再选一次时段，从停下的地方接着做。")

    def _say(self, words: str) -> None:
        """In the place of figures that are not there."""
        self._told = None
        self.summary.setText("")
        self.empty.setText(words)
        self._show_view()

    def _show_regulation(self, regulation: Regulation) -> None:
        self.table.figures.regulation = regulation
        self.meanings.setHtml(state.definitions_page(regulation))

    # ------------------------------------------------------------------ showing

    def _show_table(self) -> None:
        if self._told is not None:
            rows = state.rows_of(self._told, self.head.grouping)
            self.table.show_rows(rows, state.COLUMN_SETS[self.columns.chosen], self.head.grouping)

    def _show_view(self) -> None:
        view = self.views.chosen
        something = self._told is not None and self._told.now.total.count("received")
        if self._told is not None and not something:
            self.empty.setText(state.NOTHING)
        shown = {_FIGURES: self.table, _CHARTS: self.charts, _MEANINGS: self.meanings}[view]
        self.stack.setCurrentWidget(shown if something or view == _MEANINGS else self.empty)
        self.columns.setVisible(view == _FIGURES)
        self.cases.setVisible(view == _FIGURES)
        for button in (self.head.print_button, self.head.save_button):
            button.setEnabled(bool(something))

    def _columns_chosen(self) -> None:
        self.context.settings.put(COLUMNS_SETTING, self.columns.chosen)
        self._show_table()

    def _show_cases(self, row: Row, key: str) -> None:
        self.cases.show_figure(row, key, focus=True)

    # ------------------------------------------------------------------ paper and files

    def _order(self, every: bool) -> FigureOrder:
        from desktop_app.documents.figure_files import FigureOrder

        keys = [key for keys in state.COLUMN_SETS.values() for key in keys]
        chosen = tuple(keys) if every else state.COLUMN_SETS[self.columns.chosen]
        return FigureOrder(*self.head.span, self.head.grouping, chosen)

    def _open_bulletins(self) -> None:
        """To the bulletins, with the period that is shown here."""
        first, last = self.head.span
        self.context.settings.put(PERIOD_SETTING, {"first": first.isoformat(), "last": last.isoformat()})
        self.context.open_page("bulletins")

    def _print(self) -> None:
        """The columns that are shown, in the preview."""
        from desktop_app.documents.figure_files import TITLE, figures_to_print

        order = self._order(every=False)
        self.context.operations.change(
            self,
            lambda session: figures_to_print(session, order),
            lambda made: open_preview(self.context, made, TITLE),
            Changes(frozenset()),
            self._failed,
        )

    def _ask_and_save(self) -> None:
        if self._told is None:
            return
        stem = state.file_stem(self._told, self.head.grouping)
        proposed = CasePapersDesk(self.context, self).folder() / f"{stem}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, "统计表另存为", str(proposed), _FILES)
        if chosen:
            self.save(Path(chosen))

    def save(self, file: Path) -> None:
        """All columns into that file; Excel where its name does not say otherwise."""
        from desktop_app.documents.figure_files import write_figures

        order, target = self._order(every=True), file if file.suffix else file.with_suffix(".xlsx")
        self.context.operations.change(
            self,
            lambda session: write_figures(session, order, target),
            lambda _: self.context.show_message(Message(f"统计表已存为 {target}", "done")),
            Changes(frozenset()),
            self._failed,
        )

    def _failed(self, error: LiuyanError) -> None:
        self.context.show_message(message_of(error))
