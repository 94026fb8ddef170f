"""The strip over every page while the machine's clock is in doubt; it stays until somebody has seen to it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop_app.gui.page_parts import label
from desktop_app.services.pc_clock import ClockDoubt

_SIGNS = {True: "！ ", False: ""}


class ClockBanner(QFrame):
    """Hidden while nothing is odd. What is found later stands in the place of what was found before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "warning")
        self.words = label("")
        self.seen = QPushButton("已核对")
        self.seen.setToolTip("日期和时间已经核对过；再有不对还会提醒")
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.words, 1)
        line.addWidget(self.seen)
        self.seen.clicked.connect(self.hide)
        self.hide()

    def show_doubt(self, doubt: ClockDoubt | None) -> None:
        """What is odd; nothing new leaves what stands there."""
        if doubt is None:
            return
        self.words.setText(f"{_SIGNS[doubt.grave]}{doubt.words}")
        self.setAccessibleName(doubt.words)
        self.show()
