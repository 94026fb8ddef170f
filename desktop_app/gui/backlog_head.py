"""What stays the same for many old files: the year they are of, where they came from, under which regulation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop_app.domain.backlog_trials import Bench
from desktop_app.domain.typed_days import read_year
from desktop_app.gui.page_parts import label
from desktop_app.gui.regulation_choice import RegulationChoice
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services.backlog import Desk

_SOURCE, _TITLE = 9, 36
"""Letters for which there is room."""


class BacklogHead(QWidget):
    """The line above the form."""

    edited = Signal()
    regulation_chosen = Signal()

    def __init__(self, year: int) -> None:
        super().__init__()
        self._choice = RegulationChoice(self)
        self.regulation, self.source = self._choice.regulation, self._choice.source
        self.year = QLineEdit(str(year))
        self.fault = label("", "fault", wrap=False)
        self.year.setMaximumWidth(self.year.fontMetrics().horizontalAdvance("0") * 8)
        self.source.setMinimumWidth(self._letters(_SOURCE))
        # The title gives way where the text is large.
        self.regulation.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.regulation.setMaximumWidth(self._letters(_TITLE))
        line = row(
            *named("年份", self.year),
            self.fault,
            *named("来源", self.source),
            *named("适用办法", self.regulation),
            label("以下各件沿用", "hint", wrap=False),
            None,
        )
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretchFactor(self.regulation, 1000)
        self.setLayout(line)
        self.year.textEdited.connect(self.edited)
        self.source.activated.connect(self.edited)
        self.regulation.activated.connect(self.regulation_chosen)

    def _letters(self, count: int) -> int:
        return self.fontMetrics().horizontalAdvance("国") * count

    def show_desk(self, desk: Desk, chosen: str, source: str = "", year: str = "") -> None:
        """Offer the regulations; `chosen` is taken unless the operator has chosen another. An empty word changes nothing."""
        self._choice.show_regulations([one.regulation for one in desk.benches], chosen)
        if source:
            self.source.setCurrentIndex(max(self.source.findText(source), 0))
        if year:
            self.year.setText(year)

    def bench(self, desk: Desk) -> Bench:
        """By what the files are judged."""
        return desk.bench(self.regulation.currentData())

    def year_read(self) -> int | None:
        """The year at hand; None, with its fault beside it, where what stands there is none."""
        try:
            year = read_year(self.year.text())
        except ValueError as error:
            self.fault.setText(f"✕ {error}")
            return None
        self.fault.setText("")
        return year
