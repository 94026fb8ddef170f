"""Settings: the templates of papers: where each comes from, a copy to change, a check with places, a look at it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.documents import office_templates
from desktop_app.documents.office_templates import Checked, TemplateInUse
from desktop_app.documents.own_templates import own_folder
from desktop_app.errors import LiuyanError
from desktop_app.gui.messages import Kind, Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.paper_works import open_preview
from desktop_app.gui.papers_folder import show_folder
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.templates_state import (
    checked_words,
    fault_lines,
    field_lines,
    result_words,
    source_words,
)

PAPERS_HEADER = ("文书", "现用模板", "检查")
FIELDS_HEADER = ("字段", "含义", "说明")
_HINT = (
    "每种文书的模板都可以改：复制一份到本单位的文件夹，用 WPS 或 Word 修改后存回原名，以后就用本单位的这一份。"
    "字段写作 {{字段名}}；在右边的表里按回车，可以复制到剪贴板。"
)


class TemplatesPanel(QWidget):
    """The papers at the left; the fields of the one chosen at the right, and what is wrong with it below."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._templates: tuple[TemplateInUse, ...] = ()
        self._checked = False
        self.papers = _table(PAPERS_HEADER, "文书模板", stretched=0)
        self.fields = _table(FIELDS_HEADER, "可用的字段", stretched=1)
        self.faults = label("", "fault")
        self.faults.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.faults.hide()
        self.preview = QPushButton("预览")
        self.preview.setToolTip("用例子填写，看模板的样子")
        self.change = QPushButton("复制一份来改")
        self.check = QPushButton("检查全部")
        self.folder = QPushButton("打开文件夹")
        self.preview.setProperty("role", "primary")
        tables = QHBoxLayout()
        tables.setSpacing(8)
        tables.addWidget(self.papers, 1)
        tables.addWidget(self.fields, 1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label("文书模板", "title"))
        column.addWidget(label(_HINT, "hint"))
        column.addLayout(row(self.preview, self.change, self.check, self.folder, None))
        column.addLayout(tables, 1)
        column.addWidget(self.faults)
        self.papers.currentCellChanged.connect(lambda *_: self._show_chosen())
        self.papers.cellActivated.connect(lambda *_: self._preview())
        self.fields.cellActivated.connect(self._copy_field)
        self.preview.clicked.connect(self._preview)
        self.change.clicked.connect(self._change)
        self.check.clicked.connect(self._check)
        self.folder.clicked.connect(self._open_folder)

    # -------------------------------------------------------------- showing

    def refresh(self) -> None:
        self._context.operations.query(self, "templates", office_templates.templates_in_use, self._show)

    @property
    def chosen(self) -> TemplateInUse | None:
        """The template of the paper on which the keyboard is."""
        line = self.papers.currentRow()
        return self._templates[line] if 0 <= line < len(self._templates) else None

    def _show(self, templates: Sequence[TemplateInUse], checked: bool = False) -> None:
        line = max(0, self.papers.currentRow())
        self._templates, self._checked = tuple(templates), checked
        self.papers.setRowCount(len(templates))
        for place, one in enumerate(templates):
            words = (one.title, source_words(one), checked_words(one, checked))
            _fill(self.papers, place, words, tip=one.file.name)
        self.papers.setCurrentCell(line, 0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        one = self.chosen
        if one is None:
            return
        self.change.setText("打开来改" if one.own else "复制一份来改")
        lines = field_lines(one.form)
        self.fields.setRowCount(len(lines))
        for place, line in enumerate(lines):
            _fill(self.fields, place, (line.written, line.meaning, line.note), tip=line.meaning)
        self.fields.scrollToTop()
        self.faults.setText("\n".join(fault_lines(one)))
        self.faults.setVisible(bool(one.faults))

    # -------------------------------------------------------------- acts

    def _preview(self) -> None:
        one = self.chosen
        if one is None:
            return
        title = f"{one.title}（样例）"
        self._context.operations.query(
            self,
            "sample",
            partial(office_templates.sample_paper, form=one.form),
            lambda data: open_preview(self._context, data, title),
            self._failed,
        )

    def _change(self) -> None:
        one = self.chosen
        if one is None:
            return
        if one.own:
            self._open(one.file)
            return
        self._context.operations.query(
            self, "copy", partial(office_templates.copy_to_change, form=one.form), self._copied, self._failed
        )

    def _copied(self, file: Path) -> None:
        self.refresh()
        self._open(file)

    def _open(self, file: Path) -> None:
        """In the suite of this machine; where there is none its folder is opened, and the program says so."""
        from desktop_app.documents.office_suite import NoOfficeSuite, open_paper

        try:
            suite = open_paper(file)
        except NoOfficeSuite as error:
            show_folder(file.parent)
            self._context.show_message(Message(error.message, "info"))
        else:
            words = f"正用 {suite.name} 打开 {file}；改好存回原名，再按“检查全部”。"
            self._context.show_message(Message(words, "info"))

    def _check(self) -> None:
        self._context.operations.query(
            self, "check", office_templates.check, self._show_checked, self._failed
        )

    def _show_checked(self, checked: Checked) -> None:
        self._show(checked.templates, checked=True)
        bad = next((place for place, one in enumerate(checked.templates) if one.faults), None)
        if bad is not None:
            self.papers.setCurrentCell(bad, 0)
        kind: Kind = "done" if checked.sound else "refused"
        self._context.show_message(Message(result_words(checked), kind))

    def _open_folder(self) -> None:
        folder = own_folder(self._context.session)
        folder.mkdir(parents=True, exist_ok=True)
        show_folder(folder)

    def _copy_field(self, line: int, _column: int) -> None:
        item = self.fields.item(line, 0)
        if item is not None:
            QGuiApplication.clipboard().setText(item.text())
            self._context.show_message(Message(f"已复制 {item.text()}", "done"))

    def _failed(self, error: LiuyanError) -> None:
        self._context.show_message(message_of(error))


def _table(header: Sequence[str], spoken: str, stretched: int) -> QTableWidget:
    made = QTableWidget(0, len(header))
    made.setHorizontalHeaderLabels(list(header))
    made.setAccessibleName(spoken)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTabKeyNavigation(False)
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.verticalHeader().hide()
    sizes = made.horizontalHeader()
    for place in range(len(header)):
        mode = (
            QHeaderView.ResizeMode.Stretch if place == stretched else QHeaderView.ResizeMode.ResizeToContents
        )
        sizes.setSectionResizeMode(place, mode)
    return made


def _fill(table: QTableWidget, line: int, words: Sequence[str], tip: str) -> None:
    for place, text in enumerate(words):
        item = QTableWidgetItem(text)
        item.setToolTip(tip if place == 0 else text)
        table.setItem(line, place, item)
