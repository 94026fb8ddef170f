"""Where a holiday notice is pasted or opened: its text, what it holds for, what was read, and 确认录入."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.errors import Fault
from desktop_app.gui import holidays_state as state
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services.holidays import Given, Preview

PASTED = "粘贴的文字"
_INVITATION = (
    "把放假通知的全文粘贴在这里，或者打开文件（.txt .md .json，也可以拖进来）。\n"
    "例：二、春节：2月5日（周五）至13日（周六）放假调休，共9天。2月14日（周日）上班。"
)
_NO_REGION = Fault("", "", "请写明是哪个地方的通知，如“西藏自治区”")
_MOST_LINES = 5


class _TextBox(QPlainTextEdit):
    """As tall as a few lines, and taller where there is room."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * 5 + 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())


class NoticeEntry(QFrame):
    """Tells when anything in it is otherwise (`changed`); the page reads it and shows what was found."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._file = PASTED
        self.text = _TextBox()
        self.text.setPlaceholderText(_INVITATION)
        self.text.setAccessibleName("放假通知全文")
        self.text.setTabChangesFocus(True)
        self.text.setAcceptDrops(False)  # a file dropped here goes to the page, which reads it
        self.open = QPushButton("打开文件…")
        self.clear_all = QPushButton("清空")
        self.where = QComboBox()
        self.where.addItems(["全国", "地方"])
        self.region = QLineEdit()
        self.region.setPlaceholderText("如 西藏自治区")
        self.region.setAccessibleName("哪个地方")
        self.year = QComboBox()
        self.year.addItem("按通知所写", None)
        for year in range(today.year + 2, today.year - 3, -1):
            self.year.addItem(f"{year}年", year)
        self.source = QLineEdit()
        self.source.setPlaceholderText("按通知的标题和文号")
        self.found = label("", "strong")
        self.verdict = label("", "fault")
        self.findings = QPlainTextEdit()
        self.findings.setReadOnly(True)
        self.findings.setTabChangesFocus(True)
        self.findings.setAccessibleName("要核对的地方")
        self.confirm = QPushButton("确认录入")
        self.confirm.setProperty("role", "primary")
        self.confirm.setToolTip("Ctrl+Enter")
        self._build()
        self._connect()
        self.show_nothing()

    def _build(self) -> None:
        self.region.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(row(label("录入放假通知", "section"), None, self.open, self.clear_all))
        column.addWidget(self.text, 1)
        column.addLayout(row(*named("适用", self.where), self.region))
        column.addLayout(row(*named("年份", self.year), *named("依据", self.source)))
        column.addWidget(self.found)
        column.addWidget(self.verdict)
        column.addWidget(self.findings)
        column.addLayout(row(self.confirm, None))

    def _connect(self) -> None:
        self.text.textChanged.connect(self.changed)
        self.region.textChanged.connect(self.changed)
        self.source.textChanged.connect(self.changed)
        self.year.currentIndexChanged.connect(lambda: self.changed.emit())
        self.where.currentIndexChanged.connect(self._on_where)
        self.clear_all.clicked.connect(self.clear)

    def _on_where(self) -> None:
        self.region.setEnabled(self._is_local)
        if self._is_local:
            self.region.setFocus()
        self.changed.emit()

    @property
    def _is_local(self) -> bool:
        return self.where.currentIndex() == 1

    # ------------------------------------------------------------------ what is given

    def given(self) -> Given | None:
        """What stands here; None where nothing does, or a local notice names no place."""
        if not self.text.toPlainText().strip() or (self._is_local and not self.region.text().strip()):
            return None
        region = self.region.text() if self._is_local else ""
        year: int | None = self.year.currentData()
        return Given(self.text.toPlainText(), self._file, year, region, self.source.text())

    def put_text(self, text: str, file: str) -> None:
        """The text of a file in the place of what stood here."""
        self._file = file
        self.text.setPlainText(text)

    def clear(self) -> None:
        """Nothing given any more; for which place stays, for the next notice."""
        self._file = PASTED
        self.year.setCurrentIndex(0)
        self.source.clear()
        self.text.clear()
        self.text.setFocus()

    def typed(self) -> dict[str, str]:
        """What stands here as words to keep; nothing where no text does."""
        if not self.text.toPlainText().strip():
            return {}
        return {
            "text": self.text.toPlainText(),
            "file": self._file,
            "local": "yes" if self._is_local else "",
            "region": self.region.text(),
            "year": str(self.year.currentData() or ""),
            "source": self.source.text(),
        }

    def put_typed(self, words: Mapping[str, str]) -> None:
        """The same as it was kept."""
        self._file = words.get("file") or PASTED
        self.where.setCurrentIndex(1 if words.get("local") else 0)
        self.region.setText(words.get("region", ""))
        years = [str(self.year.itemData(place) or "") for place in range(self.year.count())]
        wanted = words.get("year", "")
        self.year.setCurrentIndex(years.index(wanted) if wanted in years else 0)
        self.source.setText(words.get("source", ""))
        self.text.setPlainText(words.get("text", ""))

    # ------------------------------------------------------------------ what was found

    def show_nothing(self) -> None:
        """Nothing was read."""
        waits = self._is_local and not self.region.text().strip() and self.text.toPlainText().strip()
        self.found.hide()
        self._show_findings([_NO_REGION] if waits else [], [])
        self.confirm.setEnabled(False)

    def show_preview(self, shown: Preview) -> None:
        """What was read, its faults and its doubts."""
        words = state.found_words(shown.read)
        self.found.setText(words)
        self.found.setVisible(bool(words))
        self._show_findings(shown.read.faults, shown.read.warnings)
        self.confirm.setEnabled(shown.change is not None)

    def _show_findings(self, faults: Sequence[Fault], doubts: Sequence[Fault]) -> None:
        lines = [f"✕ {state.fault_words(one)}" for one in faults]
        lines += [f"！ {state.fault_words(one)}" for one in doubts]
        self.verdict.setText(f"有 {len(faults)} 处不对，改好后才能录入" if faults else "")
        self.verdict.setVisible(bool(faults))
        self.findings.setPlainText("\n".join(lines))
        self.findings.setVisible(bool(lines))
        # Lines wrap; what does not fit is scrolled.
        shown = min(2 * len(lines), _MOST_LINES)
        self.findings.setFixedHeight(self.fontMetrics().lineSpacing() * shown + 20)
        self.findings.moveCursor(QTextCursor.MoveOperation.Start)
