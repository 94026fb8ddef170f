"""Settings: how often the office does what it owes by itself, where the regulation says only 定期."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from desktop_app.domain.office_items import PERIOD_WORDS
from desktop_app.errors import LiuyanError
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named
from desktop_app.services import office_duties
from desktop_app.services.office_duties import HowOften


class DutiesPanel(QWidget):
    """A choice holds at once, from the day on; what was noted as done stays so."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.choices: dict[str, QComboBox] = {}
        self._form = QFormLayout()
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._form.setHorizontalSpacing(8)
        self._form.setVerticalSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("定期要办的事", "section"))
        column.addWidget(label("办法只说“定期”的，由本单位定多久一次；到期列在今日工作台上。", "hint"))
        column.addLayout(self._form)

    def refresh(self) -> None:
        self._context.operations.query(self, "how often", office_duties.how_often, self._show)

    def _show(self, known: tuple[HowOften, ...]) -> None:
        for one in known:
            if one.kind not in self.choices:
                self._add(one.kind)
            choice = self.choices[one.kind]
            choice.setCurrentIndex(choice.findData(one.period))
            choice.setEnabled(not one.fixed)

    def _add(self, kind: str) -> None:
        choice = QComboBox()
        for period, words in PERIOD_WORDS.items():
            choice.addItem(words, period)
        choice.activated.connect(partial(self._choose, kind))
        choice.setMaximumWidth(self.fontMetrics().horizontalAdvance("字") * 12)
        self.choices[kind] = choice
        self._form.addRow(*named(kind, choice))

    def _choose(self, kind: str, place: int) -> None:
        period = self.choices[kind].itemData(place)
        self._context.operations.change(
            self,
            lambda session: office_duties.set_how_often(session, kind, period),
            lambda _: self._context.show_message(
                Message(f"{kind}：改为{PERIOD_WORDS[period]}一次。", "done")
            ),
            Changes.of("settings"),
            self._refused,
        )

    def _refused(self, error: LiuyanError) -> None:
        self._context.show_message(message_of(error))
        self.refresh()
