"""The second step of an import: the file's first rows, its columns, what it would bring, and the go-ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.regulation import Regulation
from desktop_app.gui import import_state as state
from desktop_app.gui.import_columns import ImportColumns
from desktop_app.gui.import_lines import ImportLines
from desktop_app.gui.import_state import FileRead, Wish
from desktop_app.gui.page_parts import label
from desktop_app.gui.regulation_choice import RegulationChoice
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services.intake import Brought

NEW, OLD = "新收到的留言", "以前的台账（已办结）"
LATER = "归档时再定"
READING, TRYING = "正在读取……", "正在试算……"
STOPPED = "试算已取消，什么也没有导入。"
KEEP_FAULTS = "不能导入的行另存为表格…"


class ImportTrial(QWidget):
    """Tells when something is set anew (`changed`), when a trial that was stopped is wanted after all, and when another
    sheet of the file is."""

    changed = Signal()
    again_wanted = Signal()
    sheet_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: FileRead | None = None
        self._fresh = False
        self.file_name = label("", "section")
        self.sheet = QComboBox()
        self.other = QPushButton("换一个文件…")
        self._choice = RegulationChoice(self)
        self.regulation, self.source = self._choice.regulation, self._choice.source
        self.on = QDateEdit()
        self.on.setCalendarPopup(True)
        self.on.setDisplayFormat("yyyy-MM-dd")
        self.on.setToolTip("表中没有收件日期、也没有留言时间的，按这一天登记")
        self.kind, self.retention = QComboBox(), QComboBox()
        self.kind.addItems([NEW, OLD])
        self.kind.setToolTip("旧台账：按“承办单位”“办结日期”等列登记为已办结的件，没有时限，带标记")
        self.kept_for = label("保管期限", "field")
        self.kept_for.setBuddy(self.retention)
        self.retention.setAccessibleName("保管期限")
        self._known: tuple[Regulation, ...] = ()
        self.columns = ImportColumns()
        self.forecast = label("", "strong")
        self.lines = ImportLines()
        self.lines.setMaximumHeight(self.fontMetrics().height() * 7)
        self.start = QPushButton("导入")
        self.start.setProperty("role", "primary")
        self.leave = QPushButton("取消")
        self.keep = QPushButton(KEEP_FAULTS)
        self.again = QPushButton("重新试算")
        self.sheet_name = label("工作表", "field")
        self._build()
        self.sheet.activated.connect(lambda: self.sheet_wanted.emit(self.sheet.currentText()))
        self._choice.changed.connect(self.changed)
        self.on.dateChanged.connect(self.changed)
        self.columns.changed.connect(self.changed)
        self.again.clicked.connect(self.again_wanted)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.retention.activated.connect(self.changed)
        self._choice.changed.connect(self._show_periods)
        self._show_kind()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(self.file_name, None, self.sheet_name, self.sheet, self.other))
        column.addLayout(
            row(
                *named("适用办法", self.regulation),
                *named("来源", self.source),
                *named("没有日期的登记为", self.on),
                None,
            )
        )
        column.addLayout(row(*named("作为", self.kind), self.kept_for, self.retention, None))
        column.addWidget(self.columns, 1)
        column.addWidget(self.forecast)
        column.addWidget(self.lines)
        column.addLayout(row(self.start, self.again, self.leave, self.keep, None))

    # ------------------------------------------------------------------ what is set

    def show_regulations(self, known: Sequence[Regulation], own: str) -> None:
        """Offer these; the office's own is chosen unless the operator chose another."""
        self._known = tuple(known)
        self._choice.show_regulations(known, own)
        self._show_periods()

    def _show_kind(self) -> None:
        """How long it is kept is asked of an old ledger alone."""
        for widget in (self.kept_for, self.retention):
            widget.setVisible(self.kind.currentText() == OLD)
        self.changed.emit()

    def _show_periods(self) -> None:
        chosen = next((one for one in self._known if one.id == self.regulation.currentData()), None)
        before = self.retention.currentText()
        self.retention.clear()
        self.retention.addItem(LATER, "")
        for value in chosen.values("retention") if chosen is not None else ():
            self.retention.addItem(value, value)
        self.retention.setCurrentIndex(max(0, self.retention.findText(before)))

    def show_file(self, read: FileRead, today: date) -> None:
        self._read, self._fresh = read, True
        self.file_name.setText(f"{read.path.name}  {read.rows:,} 行")
        self.sheet.clear()
        self.sheet.addItems(list(read.table.sheets))
        self.sheet.setCurrentText(read.table.sheet)
        for widget in (self.sheet, self.sheet_name):
            widget.setVisible(len(read.table.sheets) > 1)
        self.on.blockSignals(True)
        self.on.setMaximumDate(QDate(today.year, today.month, today.day))
        self.on.setDate(self.on.maximumDate())
        self.on.blockSignals(False)
        self.columns.show_table(read.table, state.columns_of(read.table.header, read.remembered))

    def wish(self) -> Wish | None:
        """All that the operator has set; None before a file is open."""
        if self._read is None:
            return None
        return Wish(
            path=self._read.path,
            sheet=self._read.table.sheet or None,
            regulation=self.regulation.currentData(),
            source=self.source.currentText(),
            on=self.on.date().toPython(),  # type: ignore[arg-type]
            columns=state.chosen_columns(self._read, self.columns.columns()),
            taken_over=self.kind.currentText() == OLD,
            retention=(self.retention.currentData() or "") if self.kind.currentText() == OLD else "",
        )

    def fault(self) -> str:
        """Why the columns do not do; empty where they do."""
        return state.faults_of_columns(self.columns.columns())

    # ------------------------------------------------------------------ what would come of it

    def say(self, words: str) -> None:
        """Words in the place of the forecast; the import cannot be started on them."""
        self.forecast.setText(words)
        self.start.setEnabled(False)
        self.start.setText("导入")
        self.again.hide()
        self.keep.hide()
        self.lines.hide()

    def say_stopped(self) -> None:
        """The trial was stopped by the operator."""
        self.say(STOPPED)
        self.again.show()
        self.again.setFocus()

    def show_trial(self, brought: Brought) -> None:
        self.again.hide()
        self.forecast.setText(state.forecast(brought))
        self.lines.show_lines(brought)
        self.start.setText(f"导入 {brought.imported:,} 件" if brought.imported else "没有可导入的")
        self.start.setEnabled(brought.imported > 0)
        self.keep.setVisible(bool(brought.rejected))
        if self._fresh:
            self._fresh = False
            self.focus_first()

    def focus_first(self) -> None:
        (self.start if self.start.isEnabled() else self.other).setFocus()

    def lock(self, locked: bool) -> None:
        """While the import runs nothing can be set."""
        self.setEnabled(not locked)
