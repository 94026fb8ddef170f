"""审计日志: who did, looked at and took out what, and when; narrowed, taken out as a sheet, and proved whole.

For who may look through the log. It tells the case's number and opens no case: the post does not read them.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDateEdit,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
)

from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui import trail_state as state
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.gui.trail_job import export_trail, verify_office
from desktop_app.gui.trail_model import TrailModel
from desktop_app.services import trail, trail_words
from desktop_app.services.session import Session
from desktop_app.services.trail import Place, TrailPage, TrailQuery
from desktop_app.services.verification import Verified

_AT_ONCE = 200
_EVERYBODY, _EVERYTHING = "所有人", "所有事项"
_FOLDER = "trail/folder"
_MOST_LINES = 6


class AuditPage(Page):
    """Asks page by page; what is typed narrows after a moment."""

    title = "审计日志"
    kinds = frozenset({"settings"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._query, self._after = TrailQuery(), Place()
        self._recorded = False
        self.span, self.user, self.action = QComboBox(), QComboBox(), QComboBox()
        self.low, self.high = QDateEdit(), QDateEdit()
        self.number, self.text = QLineEdit(), QLineEdit()
        self.verify_button, self.export_button = QPushButton("核验数据"), QPushButton("导出…")
        self.model, self.table = TrailModel(), QTableView()
        self.total, self.fault = label("", "hint"), label("", "fault")
        self.empty = label("没有符合条件的记录。", "empty")
        self.result = QPlainTextEdit()
        self._fill()
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ laying out

    def _fill(self) -> None:
        self.span.addItems(state.SPANS)
        self.user.addItem(_EVERYBODY)
        self.action.addItem(_EVERYTHING)
        only = {trail_words.title_of(one) for one in trail.LOGINS}
        titles = only if not self._may_all else dict.fromkeys(trail_words.titles().values())
        self.action.addItems(sorted(titles))
        self.action.setMaxVisibleItems(20)
        today = self.context.session.today
        for editor in (self.low, self.high):
            editor.setDate(QDate(today.year, today.month, today.day))
            editor.setDisplayFormat("yyyy-MM-dd")
            editor.setCalendarPopup(True)
            editor.hide()
        self.low.setAccessibleName("从哪一天")
        self.high.setAccessibleName("到哪一天")
        self.number.setPlaceholderText("2026-0312")
        self.text.setPlaceholderText("文号、途径、文件指纹……")
        for one in (self.number, self.text):
            one.setClearButtonEnabled(True)
        self.fault.hide()
        self.result.setReadOnly(True)
        self.result.setAccessibleName("核验结果")
        self.result.hide()

    @property
    def _may_all(self) -> bool:
        return self.context.session.may(Right.READ_JOURNAL)

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName("审计日志")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 14)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        wide = self.table.fontMetrics().horizontalAdvance("字")
        for place, column in enumerate(state.COLUMNS):
            self.table.setColumnWidth(place, round(wide * column.width) + 16)
        header.setSectionResizeMode(state.FACTS, QHeaderView.ResizeMode.Stretch)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.number.setMaximumWidth(wide * 8)
        head = row(*named("日期", self.span), self.low, self.high, *named("用户", self.user))
        for widget in (*named("事项", self.action), *named("登记号", self.number), *named("查找", self.text)):
            head.addWidget(widget)
        head.setStretchFactor(self.text, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self.fault)
        page.addWidget(self.stack, 1)
        page.addWidget(self.result)
        page.addLayout(row(self.total, None, self.verify_button, self.export_button))
        self.verify_button.setVisible(self.context.session.may(Right.VERIFY))

    def _connect(self) -> None:
        self.span.activated.connect(self._span_chosen)
        for box in (self.user, self.action):
            box.activated.connect(self._ask_anew)
        for editor in (self.low, self.high):
            editor.dateChanged.connect(self._ask_anew)
        for line in (self.number, self.text):
            line.returnPressed.connect(self._ask_anew)
            line.textChanged.connect(lambda text: self._ask_anew() if not text else None)
        self.model.more_wanted.connect(self._ask_more)
        self.verify_button.clicked.connect(self._verify)
        self.export_button.clicked.connect(self._export)

    # ------------------------------------------------------------------ the list

    def refresh(self) -> None:
        self.context.operations.query(self, "users", trail.users_of, self._show_users, self._refused)
        self._ask_anew()

    def focus_first(self) -> None:
        self.table.setFocus()

    def _show_users(self, users: list[str]) -> None:
        chosen = self.user.currentText()
        self.user.clear()
        self.user.addItems([_EVERYBODY, *users])
        self.user.setCurrentIndex(max(0, self.user.findText(chosen)))

    def _span_chosen(self) -> None:
        own = self.span.currentText() == state.OWN
        for editor in (self.low, self.high):
            editor.setVisible(own)
        self._ask_anew()

    def _asked_for(self) -> TrailQuery:
        chosen = self.span.currentText()
        low, high = state.span_of(chosen, self.context.session.today)
        if chosen == state.OWN:
            low, high = _day(self.low), _day(self.high)
        user = self.user.currentText() if self.user.currentIndex() > 0 else ""
        action = self.action.currentText() if self.action.currentIndex() > 0 else ""
        return TrailQuery(low, high, user, action, self.number.text(), self.text.text())

    def _ask_anew(self, *_: object) -> None:
        self._query, self._after = self._asked_for(), Place()
        query, recorded = self._query, self._recorded

        def ask(session: Session) -> TrailPage:
            page = trail.read_page(session, query, _AT_ONCE)
            if not recorded:
                trail.record_reading(session, "screen")
            return page

        self.context.operations.query(self, "trail", ask, self._show, self._refused)

    def _show(self, page: TrailPage) -> None:
        self._recorded = True
        self.fault.hide()
        self._after = page.next or Place()
        self.model.show(page.lines, page.next is not None)
        self.stack.setCurrentWidget(self.table if page.lines else self.empty)
        self._tell_total(page)

    def _ask_more(self) -> None:
        query, after = self._query, self._after
        self.context.operations.query(
            self,
            "trail",
            lambda session: trail.read_page(session, query, _AT_ONCE, after),
            self._add,
            self._refused,
        )

    def _add(self, page: TrailPage) -> None:
        self._after = page.next or Place()
        self.model.add(page.lines, page.next is not None)
        self._tell_total(page)

    def _tell_total(self, page: TrailPage) -> None:
        self.total.setText(state.summary(len(self.model.lines), page.next is not None))

    def _refused(self, error: LiuyanError) -> None:
        if isinstance(error, StorageProblem):
            self.context.operations.failed.emit(error)
            return
        self.fault.setText(f"✕ {message_of(error).text}")
        self.fault.show()

    # ------------------------------------------------------------------ proving, taking out

    def _verify(self) -> None:
        self.verify_button.setEnabled(False)
        self._say("正在核验……")
        job = self.context.operations.job(self, "核验数据", verify_office, self._verified, None, self._failed)
        job.ended.connect(lambda: self.verify_button.setEnabled(True))

    def _verified(self, found: Verified) -> None:
        self._say(state.verified_words(found))
        self._ask_anew()

    def _say(self, words: str) -> None:
        """As high as the words need, up to where the list would be crowded out."""
        lines = min(_MOST_LINES, words.count("\n") + 1)
        self.result.setPlainText(words)
        self.result.setFixedHeight(self.result.fontMetrics().lineSpacing() * (lines + 1) + 8)
        self.result.show()

    def _failed(self, error: LiuyanError) -> None:
        self.result.hide()
        self._refused(error)

    def _export(self) -> None:
        kept = Path(self.context.settings.get(_FOLDER, str(Path.home())))
        chosen, _ = QFileDialog.getSaveFileName(
            self, "导出审计日志（按现在的筛选）", str(kept / "审计日志.xlsx"), "Excel 工作簿 (*.xlsx)"
        )
        if chosen:
            target = Path(chosen).with_suffix(".xlsx")
            self.context.settings.put(_FOLDER, str(target.parent))
            self.save(target)

    def save(self, target: Path) -> None:
        """What is looked for now, into that file."""
        self.context.operations.job(
            self,
            "导出审计日志",
            partial(export_trail, self._query, target),
            lambda rows: self.context.show_message(Message(f"审计日志 {rows:,} 条已存为 {target}", "done")),
            None,
            self._refused,
        )


def _day(editor: QDateEdit) -> date:
    chosen = editor.date()
    return date(chosen.year(), chosen.month(), chosen.day())
