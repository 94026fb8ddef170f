"""考核扣分: the deductions of a year, unit by unit; points, appeals and decisions in place; the sheet as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from desktop_app.domain.appraisal import points_words
from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError, Refusal
from desktop_app.gui import appraisal_state as state
from desktop_app.gui.appraisal_forms import APPEAL, DECISION, DeductionForm, PointsForm
from desktop_app.gui.case_papers_desk import CasePapersDesk
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services import appraisal
from desktop_app.services.appraisal import Appraisal, Decision, Listed
from desktop_app.services.edited_meanwhile import EditedMeanwhile
from desktop_app.services.overtaken import CHANGED_MEANWHILE

if TYPE_CHECKING:
    from desktop_app.services.session import Session

_CHANGES = Changes.of("settings", "appraisal")
_FILES = "Excel 工作簿 (*.xlsx)"


class AppraisalPage(Page):
    """A year above, its deductions below, what is recorded of the one chosen at the foot."""

    title = "考核扣分"
    kinds = frozenset({"cases", "appraisal", "batches"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._told: Appraisal | None = None
        self._points_shown: Mapping[str, str] = {}
        self._shown: tuple[Listed, ...] = ()
        self.year = QSpinBox()
        self.year.setRange(2000, 2099)
        self.year.setValue(context.session.today.year)
        self.year.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.year.setKeyboardTracking(False)
        self.unit, self.kind = QComboBox(), QComboBox()
        self.set_points, self.save = QPushButton("设定分值…"), QPushButton("出扣分表…")
        self.final = QPushButton("定稿上报…")
        self.save.setProperty("role", "primary")
        self.total, self.said = label("", "hint"), label("")
        self.table = QTableWidget(0, len(state.COLUMNS))
        self.open_case, self.appeal, self.decide = (
            QPushButton("打开办件"),
            QPushButton("申诉…"),
            QPushButton("裁定…"),
        )
        self.form, self.points = DeductionForm(), PointsForm()
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ laying out

    def _lay_out(self) -> None:
        for choice in (self.unit, self.kind):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(16)
        may_set = self.context.session.may(Right.KEEP_OFFICE)
        self.set_points.setEnabled(may_set)
        self.set_points.setToolTip("" if may_set else "分值由系统管理员设定")
        self._set_up_table()
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.setSpacing(8)
        page.addLayout(
            row(
                *named("年度", self.year),
                *named("单位", self.unit),
                *named("情形", self.kind),
                None,
                self.set_points,
                self.save,
                self.final,
            )
        )
        page.addWidget(self.points)
        page.addWidget(self.total)
        page.addWidget(self.table, 1)
        page.addWidget(self.said)
        page.addLayout(row(self.open_case, self.appeal, self.decide, None))
        page.addWidget(self.form)

    def _set_up_table(self) -> None:
        self.table.setHorizontalHeaderLabels([name for name, _ in state.COLUMNS])
        self.table.setAccessibleName("扣分情形")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        wide = self.table.fontMetrics().horizontalAdvance("字")
        for place, (_, characters) in enumerate(state.COLUMNS):
            self.table.setColumnWidth(place, wide * characters + 12)
        for place in state.LONG:
            self.table.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.year.valueChanged.connect(self._ask)
        for choice in (self.unit, self.kind):
            choice.activated.connect(self._narrow)
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.table.cellDoubleClicked.connect(lambda *_: self._open())
        self.open_case.clicked.connect(self._open)
        self.appeal.clicked.connect(partial(self._begin, APPEAL))
        self.decide.clicked.connect(partial(self._begin, DECISION))
        self.form.appealed.connect(self._record_appeal)
        self.form.decided.connect(self._record_decision)
        self.set_points.clicked.connect(self._begin_points)
        self.points.wanted.connect(self._record_points)
        self.save.clicked.connect(partial(self._ask_and_save, False))
        self.final.clicked.connect(partial(self._ask_and_save, True))

    # ------------------------------------------------------------------ showing

    def refresh(self) -> None:
        self._ask()

    def focus_first(self) -> None:
        self.table.setFocus()

    def _ask(self) -> None:
        self.total.setText("正在逐件核算……")
        year = self.year.value()
        self.context.operations.query(
            self,
            "appraisal",
            lambda session: appraisal.appraisal(session, year),
            self._show,
            failed=self._refused,
            aside=True,
        )

    def _refused(self, error: LiuyanError) -> None:
        self._told = None
        self._fill(())
        self.total.setText(message_of(error).text)

    def _show(self, told: Appraisal) -> None:
        self._told = told
        for choice, words in (
            (self.unit, state.units_of(told)),
            (self.kind, [one.rule.kind for one in told.failings]),
        ):
            before = choice.currentText()
            choice.clear()
            choice.addItems([state.ALL, *words])
            choice.setCurrentIndex(max(0, choice.findText(before)))
        self._narrow()

    def _narrow(self) -> None:
        if self._told is not None:
            self._fill(state.narrowed(self._told, self.unit.currentText(), self.kind.currentText()))
            self.total.setText(
                state.total_words(self._told, self._shown) if self._told.deductions else state.NONE
            )

    def _fill(self, shown: tuple[Listed, ...]) -> None:
        chosen = self.chosen.deduction.found.key if self.chosen is not None else ""
        self._shown = shown
        self.table.setRowCount(len(shown))
        for place, one in enumerate(shown):
            for column, words in enumerate(state.row_of(one)):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.table.setItem(place, column, item)
        keys = [one.deduction.found.key for one in shown]
        self.table.selectRow(keys.index(chosen) if chosen in keys else 0)
        self._show_chosen()
        for button in (self.save, self.final):
            button.setEnabled(self._told is not None)

    @property
    def chosen(self) -> Listed | None:
        place = self.table.currentRow()
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.said.setText(state.said_of(chosen) if chosen is not None else "")
        self.form.hide()
        may_decide = self.context.session.may(Right.DECIDE_APPEALS)
        for button, possible in ((self.open_case, True), (self.appeal, True), (self.decide, may_decide)):
            button.setEnabled(chosen is not None and possible)
        self.decide.setToolTip("" if may_decide else "裁定由审核岗位登记")

    def _open(self) -> None:
        if self.chosen is not None:
            self.context.open_case(self.chosen.deduction.found.case)

    # ------------------------------------------------------------------ recording

    def _begin(self, kind: str) -> None:
        if self.chosen is not None:
            found = self.chosen.deduction.found
            what = "登记申诉" if kind == APPEAL else "登记裁定"
            self.form.begin(kind, f"{what}：{found.unit}　{found.kind}　{found.case}")

    def _record_appeal(self, reason: str) -> None:
        if self.chosen is not None and self._told is not None:
            found, year = self.chosen.deduction.found, self._told.year
            self._change(
                lambda session: appraisal.appeal(session, year, found.case, found.kind, reason, found.event),
                f"{found.case} 已登记申诉。",
            )

    def _record_decision(self, decision: Decision) -> None:
        if self.chosen is not None and self._told is not None:
            found, year = self.chosen.deduction.found, self._told.year
            before = self.chosen.deduction.override
            seen = before.event if before is not None else 0
            self._change(
                lambda session: appraisal.override(
                    session, year, found.case, found.kind, decision, found.event, seen=seen
                ),
                f"{found.case} 已登记裁定。",
            )

    def _begin_points(self) -> None:
        if self._told is not None:
            words = {
                one.rule.kind: "" if one.points is None else points_words(one.points)
                for one in self._told.failings
            }
            self._points_shown = words
            self.points.begin(self._told.failings, words)

    def _record_points(self, wanted: dict[str, str]) -> None:
        shown = self._points_shown
        self._change(lambda session: appraisal.set_points(session, wanted, shown), "分值已保存。")

    def _change(self, act: Callable[[Session], object], words: str) -> None:
        def then(_: object) -> None:
            self.form.hide()
            self.points.hide()
            self.context.show_message(Message(words, "done"))

        self.context.operations.change(self, act, then, _CHANGES, self._failed)

    # ------------------------------------------------------------------ the sheet

    def _ask_and_save(self, final: bool) -> None:
        if self._told is None or (final and not self._sure()):
            return
        name = state.file_name(self._told)
        folder = CasePapersDesk(self.context, self).folder()
        chosen, _ = QFileDialog.getSaveFileName(self, "扣分表另存为", str(folder / name), _FILES)
        if chosen:
            self.write(Path(chosen), final)

    def _sure(self) -> bool:
        """What goes up settles what the office owes; that can be taken back on the desk."""
        assert self._told is not None
        words = f"{self._told.year}年的扣分表定稿上报（{self._told.rule.addressee}）？工作台上当年的考核事项随之办结。"
        box = QMessageBox(QMessageBox.Icon.Question, "定稿上报", words, parent=self)
        yes = box.addButton("定稿上报", QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton("先不上报", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.exec()
        return box.clickedButton() is yes

    def write(self, target: Path, final: bool = False) -> None:
        """The sheet of the year shown, into that file."""
        from desktop_app.documents.appraisal_sheet import write_year

        year = self.year.value()
        self.context.operations.change(
            self,
            lambda session: write_year(session, year, target, final),
            lambda rows: self.context.show_message(Message(f"扣分表已存为 {target}，共 {rows} 处。", "done")),
            _CHANGES if final else Changes(frozenset()),
            self._failed,
        )

    def _failed(self, error: LiuyanError) -> None:
        if isinstance(error, EditedMeanwhile):
            self._points_shown = {**self._points_shown, **error.known}
        elif isinstance(error, Refusal) and error.code == CHANGED_MEANWHILE:
            self.refresh()
        self.context.show_message(message_of(error))
