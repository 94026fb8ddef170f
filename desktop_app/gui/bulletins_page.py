"""历次通报: a new bulletin as a draft or issued, and those that went out with what has become of their figures."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QFrame,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
)

from desktop_app.domain.bulletin_records import Differences, IssuedBulletin
from desktop_app.errors import LiuyanError
from desktop_app.gui import bulletins_state as state
from desktop_app.gui.case_papers_desk import CasePapersDesk
from desktop_app.gui.changes import Changes
from desktop_app.gui.day_edit import day_edit, day_in
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services import issued_bulletins

_FILES = "Word 文档 (*.docx)"
_DRAFTS = "Word 文档 (*.docx);;PDF (*.pdf)"


class BulletinsPage(Page):
    """Above the period and the two buttons; issuing says first what it will do. Below what was issued."""

    title = "历次通报"
    kinds = frozenset({"cases", "settings", "batches"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._issued: tuple[IssuedBulletin, ...] = ()
        self._target: Path | None = None
        self.first, self.last = day_edit("时段的第一天"), day_edit("时段的最后一天")
        self.order = QComboBox()
        self.draft, self.issue = QPushButton("出草稿…"), QPushButton("印发…")
        self.draft.setProperty("role", "primary")
        self.warning = label("", "hint")
        self.confirm, self.leave = QPushButton("印发"), QPushButton("不印发")
        self.table = QTableWidget(0, len(state.COLUMNS))
        self.empty = label(state.NONE, "empty")
        self.since = QTextBrowser()
        self.again = QPushButton("原样再出…")
        self._lay_out()
        self._connect()
        self._show(())

    # ------------------------------------------------------------------ laying out

    def _lay_out(self) -> None:
        from desktop_app.documents.papers.bulletin import ORDERS

        for key, words in ORDERS.items():
            self.order.addItem(words, key)
        head = row(
            *named("时段", self.first),
            label("至", "hint", wrap=False),
            self.last,
            *named("单位表", self.order),
            self.draft,
            self.issue,
            None,
        )
        self.form = QFrame()
        self.form.setProperty("role", "form")
        within = QVBoxLayout(self.form)
        within.setContentsMargins(12, 8, 12, 8)
        within.setSpacing(8)
        within.addWidget(self.warning)
        within.addLayout(row(self.confirm, self.leave, None))
        self.form.hide()
        self._set_up_table()
        self.since.setAccessibleName("印发以后的变化")
        self.since.setMaximumHeight(self.fontMetrics().height() * 11)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self.form)
        page.addWidget(label("印发过的", "section"))
        page.addWidget(self.table, 1)
        page.addWidget(self.empty, 1)
        page.addWidget(self.since)
        page.addLayout(row(self.again, None))

    def _set_up_table(self) -> None:
        self.table.setHorizontalHeaderLabels([name for name, _ in state.COLUMNS])
        self.table.setAccessibleName("印发过的通报")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        wide = self.table.fontMetrics().horizontalAdvance("字")
        for place, (_, characters) in enumerate(state.COLUMNS):
            self.table.setColumnWidth(place, wide * characters + 16)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.draft.clicked.connect(self._ask_and_draft)
        self.issue.clicked.connect(self._explain)
        self.confirm.clicked.connect(self._ask_and_issue)
        self.leave.clicked.connect(self.form.hide)
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self.form.hide)
        self.table.itemSelectionChanged.connect(self._show_since)
        self.again.clicked.connect(self._ask_and_make_again)

    # ------------------------------------------------------------------ showing

    def refresh(self) -> None:
        kept: dict[str, object] = self.context.settings.get(state.PERIOD_SETTING, {})
        self.show_period(*state.kept_period(kept, self.context.session.today))
        self.context.operations.query(self, "bulletins", issued_bulletins.issued, self._show)

    def focus_first(self) -> None:
        self.first.setFocus()

    def show_period(self, first: date, last: date) -> None:
        for edit, day in ((self.first, first), (self.last, last)):
            edit.setDate(QDate(day.year, day.month, day.day))

    @property
    def span(self) -> tuple[date, date]:
        return day_in(self.first), day_in(self.last)

    def _show(self, issued: tuple[IssuedBulletin, ...]) -> None:
        self._issued = issued
        self.table.setRowCount(len(issued))
        for place, one in enumerate(issued):
            for column, words in enumerate(state.row_of(one)):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.table.setItem(place, column, item)
        for widget in (self.table, self.since, self.again):
            widget.setVisible(bool(issued))
        self.empty.setVisible(not issued)
        if issued and self.table.currentRow() < 0:
            self.table.selectRow(0)

    @property
    def chosen(self) -> IssuedBulletin | None:
        place = self.table.currentRow()
        return self._issued[place] if 0 <= place < len(self._issued) else None

    def _show_since(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        self.since.setPlainText("正在核对……")
        self.context.operations.query(
            self,
            "differences",
            lambda session: issued_bulletins.differences_since(session, chosen.id),
            partial(self._tell_since, chosen),
            aside=True,
        )

    def _tell_since(self, bulletin: IssuedBulletin, found: Differences) -> None:
        if bulletin == self.chosen:
            self.since.setPlainText(state.differences_words(bulletin, found))

    # ------------------------------------------------------------------ making

    def _ask_and_draft(self) -> None:
        target = self._ask("通报草稿另存为", state.file_name(*self.span, draft=True), _DRAFTS)
        if target is not None:
            self.make_draft(target)

    def make_draft(self, target: Path) -> None:
        """A draft of the period chosen, into that file."""
        from desktop_app.documents.bulletin_run import draft_job

        self.context.operations.job(
            self,
            "出通报草稿",
            partial(draft_job, *self.span, target, str(self.order.currentData())),
            lambda title: self._say(f"《{title}》草稿已存为 {target}"),
            failed=self._failed,
        )

    def _explain(self) -> None:
        today = self.context.session.today
        self.warning.setText(state.issue_warning(*self.span, today))
        self.confirm.setEnabled(self.span[1] <= today)
        self.form.show()
        self.leave.setFocus()

    def _ask_and_issue(self) -> None:
        target = self._ask("通报另存为", state.file_name(*self.span, draft=False), _FILES)
        if target is not None:
            self.make_issue(target)

    def make_issue(self, target: Path) -> None:
        """Issue the bulletin of the period chosen, into that file."""
        from desktop_app.documents.bulletin_run import issue_job

        self.form.hide()
        self.context.operations.job(
            self,
            "印发通报",
            partial(issue_job, *self.span, target, str(self.order.currentData())),
            lambda issued: self._say(f"{issued.bulletin.number}已印发，存为 {target}"),
            Changes.of("settings", "cases"),
            failed=self._failed,
        )

    def _ask_and_make_again(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        target = self._ask("原样再出", state.file_name(chosen.first, chosen.last, draft=False), _DRAFTS)
        if target is not None:
            self.make_again(chosen, target)

    def make_again(self, bulletin: IssuedBulletin, target: Path) -> None:
        """An issue as it went out, into that file."""
        from desktop_app.documents.bulletin_run import bulletin_again

        self.context.operations.change(
            self,
            lambda session: bulletin_again(session, bulletin.id, target),
            lambda number: self._say(f"{number}已原样存为 {target}"),
            Changes(frozenset()),
            self._failed,
        )

    def _ask(self, title: str, name: str, kinds: str) -> Path | None:
        folder = CasePapersDesk(self.context, self).folder()
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(folder / name), kinds)
        return Path(chosen) if chosen else None

    def _say(self, words: str) -> None:
        self.context.show_message(Message(words, "done"))

    def _failed(self, error: LiuyanError) -> None:
        self.context.show_message(message_of(error))
