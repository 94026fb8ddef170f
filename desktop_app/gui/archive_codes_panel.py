"""Settings: 全宗号 and 机构代码, as the archives gave them to the office; they stand in every 档号 from then on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services import archive
from desktop_app.services.archive import ArchiveSettings
from desktop_app.services.edited_meanwhile import EditedMeanwhile


class ArchiveCodesPanel(QWidget):
    """Nothing is saved until 保存 is pressed; numbers given before keep what they had."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._shown = ArchiveSettings("", "")
        self.fonds, self.section = QLineEdit(), QLineEdit()
        self.save = QPushButton("保存代码")
        self.save.setEnabled(context.session.may(Right.KEEP_OFFICE))
        self.fault = label("", "fault")
        self.fault.hide()
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        for words, widget in (("全宗号", self.fonds), ("机构（问题）代码", self.section)):
            widget.setMaximumWidth(self.fontMetrics().horizontalAdvance("字") * 12)
            form.addRow(*named(words, widget))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("档号里的代码", "section"))
        column.addWidget(
            label("按档案馆给的填；没有就空着，档号里不写。已经编了的档号，下次制作数据包时换新号。", "hint")
        )
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addLayout(row(self.save, None))
        self.save.clicked.connect(self._save)
        for box in (self.fonds, self.section):
            box.returnPressed.connect(self._save)

    def refresh(self) -> None:
        self._context.operations.query(self, "codes", archive.settings, self._show)

    def typed(self) -> ArchiveSettings:
        """The codes as they stand in the form."""
        return ArchiveSettings(self.fonds.text().strip(), self.section.text().strip())

    def _show(self, kept: ArchiveSettings) -> None:
        if self.typed() == self._shown:
            self._shown = kept
            self.fonds.setText(kept.fonds)
            self.section.setText(kept.section)

    def _save(self) -> None:
        wanted = self.typed()

        def done(kept: ArchiveSettings) -> None:
            self._shown = wanted
            self.fault.hide()
            self._show(kept)
            self._context.show_message(Message("已保存档号里的代码。", "done"))

        def failed(error: LiuyanError) -> None:
            if isinstance(error, EditedMeanwhile):
                self._shown = ArchiveSettings(**error.known)
            self.fault.setText(message_of(error).text)
            self.fault.show()

        shown = self._shown

        self._context.operations.change(
            self,
            lambda session: archive.put_settings(session, wanted, shown),
            done,
            Changes.of("settings"),
            failed,
        )
