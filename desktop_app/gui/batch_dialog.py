"""成批存为文件: which paper, one file or many, Word or PDF, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.gui.page_parts import label
from desktop_app.gui.papers_folder import PAPERS_FOLDER, papers_folder
from desktop_app.gui.papers_in_folder import BatchOrder
from desktop_app.gui.preview_acts import DOCX, PDF
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.window_settings import WindowSettings


class BatchDialog(QDialog):
    """Asks; `ordered` is called with what was agreed to."""

    def __init__(
        self,
        parent: QWidget,
        numbers: Sequence[str],
        titles: Mapping[str, str],
        settings: WindowSettings,
        ordered: Callable[[BatchOrder], None],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("成批存为文件")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._numbers, self._settings, self._ordered = tuple(numbers), settings, ordered
        self.form = QComboBox()
        for form, title in titles.items():
            if form in PAPERS:
                self.form.addItem(title, form)
        self.each = QRadioButton("每件一个文件")
        self.merged = QRadioButton("合为一个文件，一次打印")
        self.each.setChecked(True)
        self.word = QRadioButton("Word")
        self.pdf = QRadioButton("PDF，适于归档")
        self.word.setChecked(True)
        self.folder = QLineEdit(str(papers_folder(settings)))
        self.folder.setMinimumWidth(360)
        self.choose = QPushButton("选择…")
        self.choose.clicked.connect(self._choose)
        self.make = QPushButton("制作")
        self.make.setProperty("role", "primary")
        self.make.setDefault(True)
        self.make.clicked.connect(self._order)
        self.leave = QPushButton("取消")
        self.leave.clicked.connect(self.reject)
        self._lay_out()
        self._show_pdf()

    def _lay_out(self) -> None:
        many = len(self._numbers)
        words = f"勾选的 {many:,} 件" if many > 1 else self._numbers[0]
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        form.addRow("留言", label(words))
        form.addRow("文书", self.form)
        form.addRow("文件", _group(self.each, self.merged))
        form.addRow("格式", _group(self.word, self.pdf))
        form.addRow("文件夹", row(self.folder, self.choose))
        self.fault = label("", "fault")
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(
            label("全部写好才一起放进文件夹，并记在各件上；有一件不能做，或中途取消，都不留下。", "hint")
        )
        column.addWidget(self.fault)
        column.addLayout(row(self.make, self.leave, None))

    def _show_pdf(self) -> None:
        from desktop_app.documents.office_suite import can_make_pdf

        if not can_make_pdf():
            self.pdf.setEnabled(False)
            self.pdf.setToolTip("这台电脑上没有找到 LibreOffice，不能转成 PDF")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "文书存到哪个文件夹", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _order(self) -> None:
        folder = self.folder.text().strip()
        if not folder or not Path(folder).is_absolute():
            self.fault.setText("请写明文件夹的完整位置，或点“选择…”。")
            self.fault.show()
            self.folder.setFocus()
            return
        self._settings.put(PAPERS_FOLDER, folder)
        ending = PDF if self.pdf.isChecked() else DOCX
        order = BatchOrder(
            self._numbers, self.form.currentData(), self.merged.isChecked(), ending, Path(folder)
        )
        self.accept()
        self._ordered(order)


def ask_batch(
    parent: QWidget,
    numbers: Sequence[str],
    titles: Mapping[str, str],
    settings: WindowSettings,
    ordered: Callable[[BatchOrder], None],
) -> None:
    """Open the dialog beside the work."""
    dialog = BatchDialog(parent, numbers, titles, settings, ordered)
    dialog.open()
    dialog.form.setFocus()


def _group(*widgets: QWidget) -> QWidget:
    """Radio buttons that exclude one another, and no others."""
    group = QWidget()
    line = row(*widgets, None)
    line.setContentsMargins(0, 0, 0, 0)
    group.setLayout(line)
    return group
