"""发文登记: every document number given out, by year and series; printing the register, voiding a spoiled number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
)

from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui import issued_state as state
from desktop_app.gui.changes import Changes
from desktop_app.gui.issued_model import PAPER_ROLE, IssuedModel
from desktop_app.gui.issued_printer import IssuedPrinter
from desktop_app.gui.issued_voiding import VoidingForm
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services.issued_papers import IssuedPaper, SeriesChoice, list_issued, series_choices
from desktop_app.services.session import Session
from desktop_app.services.spoiled_papers import Renumbered, void

if TYPE_CHECKING:
    from desktop_app.documents.issued_register import RegisterQuery

_ALL_YEARS = "全部年份"
_ALL_SERIES = "全部文书"
_NONE = "这里还没有文号。交办、提醒、催办、督办时，程序自动编号并登记在这里。"
_NO_SUCH = "没有找到这样的文号。"
_SERIES_CHARACTERS = 12
"""What of a series' title the closed box shows; its list shows all."""


@dataclass(frozen=True, slots=True)
class _Found:
    choices: tuple[SeriesChoice, ...]
    papers: tuple[IssuedPaper, ...]


class IssuedPage(Page):
    """Looks up one year at a time; series and words narrow what is there."""

    title = "发文登记"
    kinds = frozenset({"cases"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._papers: tuple[IssuedPaper, ...] = ()
        self._wanted = ""
        self.printer = IssuedPrinter(context, self)
        self.year = QComboBox()
        self.series = QComboBox()
        self.search = QLineEdit()
        self.print = QPushButton("打印…")
        self.export = QPushButton("导出…")
        self.issued = IssuedModel(self)
        self.table = QTableView()
        self.empty = label(_NONE, "empty")
        self.total = label("", "hint")
        self.voiding = VoidingForm()
        self._show_choices(())
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ laying out

    def _lay_out(self) -> None:
        self.series.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.series.setMinimumContentsLength(2 * _SERIES_CHARACTERS)
        self.search.setPlaceholderText("文号、主送、登记号、理由")
        self.search.setClearButtonEnabled(True)
        self.table.setModel(self.issued)
        self.table.setAccessibleName("发文登记簿")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 14)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicator(state.DAY, Qt.SortOrder.DescendingOrder)
        self.table.setSortingEnabled(True)
        wide = self.table.fontMetrics().horizontalAdvance("字")
        for place, column in enumerate(state.COLUMNS):
            self.table.setColumnWidth(place, wide * column.width + 16)
        for place in state.LONG:
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        head = row(*named("年份", self.year), *named("文书", self.series), *named("查找", self.search))
        head.setStretchFactor(self.search, 1)
        for button in (self.print, self.export):
            head.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self.stack, 1)
        page.addWidget(self.total)
        page.addWidget(self.voiding)

    def _connect(self) -> None:
        self.year.activated.connect(self._ask)
        self.series.activated.connect(self._narrow)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.activated.connect(self._open)
        self.issued.modelReset.connect(self._show_total)
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._save)
        self.voiding.wanted.connect(self._void)
        self.voiding.left.connect(self.table.setFocus)

    # ------------------------------------------------------------------ the list

    def refresh(self) -> None:
        self._ask()

    def focus_first(self) -> None:
        self.table.setFocus()

    @property
    def chosen_year(self) -> int | None:
        """None for all years."""
        year: int | None = self.year.currentData()
        return year

    @property
    def chosen_prefix(self) -> str:
        """How the numbers of the chosen series begin; empty for all."""
        return str(self.series.currentData() or "")

    def _ask(self) -> None:
        year = self.chosen_year

        def ask(session: Session) -> _Found:
            return _Found(series_choices(session), list_issued(session, year=year))

        self.context.operations.query(self, "issued", ask, self._show, aside=year is None)

    def _show(self, found: _Found) -> None:
        self._papers = found.papers
        self._show_choices(found.choices)
        self._narrow()

    def _show_choices(self, choices: tuple[SeriesChoice, ...]) -> None:
        """What there is to choose from, and what was chosen before still chosen."""
        today = self.context.session.today
        years: list[tuple[str, object]] = [(f"{year} 年", year) for year in state.years_of(choices, today)]
        titles: list[tuple[str, object]] = [(f"{one.prefix}　{one.title}", one.prefix) for one in choices]
        for box, entries in (
            (self.year, [*years, (_ALL_YEARS, None)]),
            (self.series, [(_ALL_SERIES, ""), *titles]),
        ):
            before = box.currentData() if box.count() else entries[0][1]
            box.clear()
            for words, value in entries:
                box.addItem(words, value)
            values = [value for _, value in entries]
            box.setCurrentIndex(values.index(before) if before in values else 0)
            box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 32)

    def _narrow(self) -> None:
        at = self._current()
        wanted = self._wanted or (at.document if at is not None else "")
        self._wanted = ""
        self.issued.show(state.matching(self._papers, self.chosen_prefix, self.search.text()))
        self.empty.setText(_NO_SUCH if self._papers else _NONE)
        self.stack.setCurrentWidget(self.table if self.issued.papers else self.empty)
        self.table.setCurrentIndex(self.issued.index(max(0, self.issued.row_of(wanted)), 0))
        self._on_row()

    def _show_total(self) -> None:
        self.total.setText(state.summary(self.issued.papers))

    def _current(self) -> IssuedPaper | None:
        index = self.table.currentIndex()
        return index.data(PAPER_ROLE) if index.isValid() else None

    def _on_row(self, *_: QModelIndex) -> None:
        paper, session = self._current(), self.context.session
        may_void = session.may(Right.WORK_ON_CASES)
        why_not = state.why_not_void(paper, may_void, session.today) if paper is not None else ""
        self.voiding.show_paper(paper, why_not)

    def _open(self, index: QModelIndex) -> None:
        """The first of its cases; Alt+↓ goes on to the others."""
        paper = index.data(PAPER_ROLE)
        if paper.cases:
            self.context.open_case(paper.cases[0], paper.cases)

    # ------------------------------------------------------------------ voiding

    def _void(self, number: str, reason: str) -> None:
        def done(renumbered: Renumbered) -> None:
            self.voiding.leave()
            self._wanted = renumbered.document
            cases = "、".join(renumbered.cases)
            words = f"{renumbered.voided} 已作废，{cases} 的文书换为 {renumbered.document}，请重新打印。"
            self.context.show_message(Message(words, "done"))

        self.context.operations.change(
            self, lambda session: void(session, number, reason), done, Changes.of("cases"), self._not_voided
        )

    def _not_voided(self, error: LiuyanError) -> None:
        if isinstance(error, StorageProblem):
            self.context.operations.failed.emit(error)
        else:
            self.voiding.show_fault(message_of(error).text)

    # ------------------------------------------------------------------ paper

    def _print(self) -> None:
        self.printer.print_register(self._query())

    def _save(self) -> None:
        self.printer.ask_and_save(self._query())

    def _query(self) -> RegisterQuery:
        """What is chosen by year and series; what is merely looked for is no register of its own."""
        from desktop_app.documents.issued_register import RegisterQuery

        return RegisterQuery(self.chosen_prefix or None, self.chosen_year)
