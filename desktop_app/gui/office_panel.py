"""Settings: what the office says of itself on its papers, and which regulation new cases come under."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.errors import LiuyanError
from desktop_app.gui.archive_codes_panel import ArchiveCodesPanel
from desktop_app.gui.changes import Changes
from desktop_app.gui.duties_panel import DutiesPanel
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services import office_settings, regulations
from desktop_app.services.edited_meanwhile import EditedMeanwhile
from desktop_app.services.office_settings import OfficeSettings


class OfficePanel(QWidget):
    """Nothing is saved until 保存 is pressed; what is being typed is not overwritten from elsewhere."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._shown: OfficeSettings | None = None
        self.name = QLineEdit()
        self.phone = QLineEdit()
        self.contact = QLineEdit()
        self.regulation = QComboBox()
        for widget in (self.name, self.phone, self.contact, self.regulation):
            widget.setMaximumWidth(self.fontMetrics().horizontalAdvance("字") * 44)
        self.fault = label("", "fault")
        self.fault.hide()
        self.save = QPushButton("保存")
        self.save.setProperty("role", "primary")
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        for words, widget in (
            ("单位名称 *", self.name),
            ("联系电话", self.phone),
            ("联系人", self.contact),
            ("新登记的件适用", self.regulation),
        ):
            form.addRow(*named(words, widget))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label("本单位", "title"))
        column.addWidget(label("单位名称、电话和联系人印在承办单和督办函上。", "hint"))
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addLayout(row(self.save, None))
        self.duties = DutiesPanel(context)
        column.addWidget(self.duties)
        self.archive_codes = ArchiveCodesPanel(context)
        column.addWidget(self.archive_codes)
        column.addStretch(1)
        for one in regulations.load_all():
            self.regulation.addItem(one.title, one.id)
        self.save.clicked.connect(self._save)

    def refresh(self) -> None:
        self._context.operations.query(self, "office", office_settings.get, self._show)
        self.duties.refresh()
        self.archive_codes.refresh()

    def settings(self) -> OfficeSettings:
        """The settings as they stand in the form."""
        return OfficeSettings(
            self.name.text().strip(),
            self.phone.text().strip(),
            self.contact.text().strip(),
            self.regulation.currentData(),
        )

    def _show(self, settings: OfficeSettings) -> None:
        if self._shown is not None and self.settings() != self._shown:
            return
        self._shown = settings
        self.name.setText(settings.name)
        self.phone.setText(settings.phone)
        self.contact.setText(settings.contact)
        self.regulation.setCurrentIndex(self.regulation.findData(settings.regulation))

    def _save(self) -> None:
        wanted = self.settings()

        def done(saved: OfficeSettings) -> None:
            self._shown = wanted
            self.fault.hide()
            self._show(saved)
            self._context.show_message(Message("已保存本单位的信息。", "done"))

        def failed(error: LiuyanError) -> None:
            if isinstance(error, EditedMeanwhile):
                self._shown = OfficeSettings(**error.known)
            self.fault.setText(message_of(error).text)
            self.fault.show()

        shown = self._shown

        self._context.operations.change(
            self,
            lambda session: office_settings.put(session, wanted, shown),
            done,
            Changes(frozenset({"settings"})),
            failed,
        )
