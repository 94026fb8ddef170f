"""导出台账: which ledger, of which days, with which columns; identity covered unless the right and a reason are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.documents.ledger_columns import LedgerForm
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.rights import Right
from desktop_app.gui import ledger_state as state
from desktop_app.gui.ledger_state import LedgerOrder
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services.session import Session

_FOLDER = "ledger/folder"
_ROWS_SHOWN = 8


class LedgerDialog(QDialog):
    """Asks; `ordered` is called with what was agreed to. What was chosen stands there next time."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        ledgers: Mapping[str, LedgerForm],
        query: CaseQuery,
        settings: WindowSettings,
        ordered: Callable[[LedgerOrder], None],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出台账")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ledgers, self._query, self._settings, self._ordered = ledgers, query, settings, ordered
        self.ledger = QComboBox()
        for one in ledgers.values():
            self.ledger.addItem(one.title, one.id)
        self.filtered = QRadioButton("列表现在筛选出来的")
        self.every = QRadioButton("全部")
        self.filtered.setChecked(True)
        self.period = QComboBox()
        for span in state.spans(session.today):
            self.period.addItem(span.name, span.within)
        self.dated = label("", "hint", wrap=False)
        self.columns = QListWidget()
        self.all_columns = QPushButton("全选")
        self.uncovered = QCheckBox("不遮盖网民身份信息")
        self.uncovered.setEnabled(session.may(Right.EXPORT_UNMASKED))
        self.reason = QLineEdit()
        self.fault = label("", "fault")
        self.make = QPushButton("导出…")
        self.leave = QPushButton("取消")
        self._lay_out()
        self._connect()
        self._show_ledger()
        self._show_reason()

    def _lay_out(self) -> None:
        self.columns.setAccessibleName("栏目")
        self.columns.setMinimumWidth(360)
        line = self.columns.fontMetrics().height() + 8
        self.columns.setFixedHeight(_ROWS_SHOWN * line)
        self.reason.setPlaceholderText("理由，记入日志")
        self.reason.setAccessibleName("不遮盖的理由")
        if not self.uncovered.isEnabled():
            self.uncovered.setToolTip("须由“审核”角色的用户导出")
        self.make.setProperty("role", "primary")
        self.make.setDefault(True)
        self.fault.hide()
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        form.addRow("台账", self.ledger)
        form.addRow("留言", row(self.filtered, self.every, None))
        form.addRow("期间", row(self.period, self.dated, None))
        form.addRow("栏目", self.columns)
        form.addRow("", row(self.all_columns, None))
        form.addRow("", row(self.uncovered, None))
        form.addRow("", self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addLayout(row(self.make, self.leave, None))

    def _connect(self) -> None:
        self.ledger.currentIndexChanged.connect(self._show_ledger)
        self.all_columns.clicked.connect(self._choose_all)
        self.uncovered.toggled.connect(self._show_reason)
        self.make.clicked.connect(self._order)
        self.leave.clicked.connect(self.reject)

    @property
    def form(self) -> LedgerForm:
        """The ledger that is chosen."""
        return self._ledgers[self.ledger.currentData()]

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the columns that are ticked."""
        items = [self.columns.item(place) for place in range(self.columns.count())]
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def _show_ledger(self) -> None:
        form = self.form
        kept = state.kept_columns(form, self._settings.get(_kept_under(form), []))
        self.columns.clear()
        for column in form.columns:
            item = QListWidgetItem(column.title)
            item.setData(Qt.ItemDataRole.UserRole, column.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = column.key in kept
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.columns.addItem(item)
        self.columns.setCurrentRow(0)
        self.dated.setText(f"按{state.dated_words(form)}")

    def _choose_all(self) -> None:
        for place in range(self.columns.count()):
            self.columns.item(place).setCheckState(Qt.CheckState.Checked)

    def _show_reason(self) -> None:
        self.reason.setVisible(self.uncovered.isChecked())
        if self.uncovered.isChecked():
            self.reason.setFocus()

    def _order(self) -> None:
        fault = state.fault_of(self.chosen, self.uncovered.isChecked(), self.reason.text())
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        if fault:
            return
        form = self.form
        proposed = Path(self._settings.get(_FOLDER, str(Path.home()))) / f"{form.title}.xlsx"
        file, _ = QFileDialog.getSaveFileName(self, "台账另存为", str(proposed), "Excel 工作簿 (*.xlsx)")
        if not file:
            return
        target = Path(file).with_suffix(".xlsx")
        self._settings.put(_FOLDER, str(target.parent))
        self._settings.put(_kept_under(form), list(self.chosen))
        query = self._query if self.filtered.isChecked() else CaseQuery()
        reason = self.reason.text().strip() if self.uncovered.isChecked() else ""
        order = LedgerOrder(query, form.id, self.chosen, self.period.currentData(), reason, target)
        self.accept()
        self._ordered(order)


def _kept_under(form: LedgerForm) -> str:
    return f"ledger/{form.id}/columns"
