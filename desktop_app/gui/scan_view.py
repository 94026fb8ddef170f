"""The page of a scan that is looked at, and below it where it goes, or the case that a person names."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.documents.pdf_pages import PageImage
from desktop_app.gui import scans_state as state
from desktop_app.gui.case_chooser import CaseChooser
from desktop_app.gui.page_parts import label
from desktop_app.gui.page_picture import PageTurner
from desktop_app.gui.scans_state import ScanLine


class ScanView(QWidget):
    """Tells which page is wanted and which case was named; drawing and finding are the page's."""

    page_wanted = Signal(int)
    asked = Signal(str)
    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: ScanLine | None = None
        self.turner = PageTurner("扫描件的一页")
        self.words = label("", "strong")
        self.by_hand = label("归到哪一件", "field")
        self.chooser = CaseChooser()
        self.by_hand.setBuddy(self.chooser.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.turner, 1)
        for widget in (self.words, self.by_hand, self.chooser):
            column.addWidget(widget)
        self.turner.wanted.connect(self.page_wanted)
        self.chooser.asked.connect(self.asked)
        self.chooser.chosen.connect(self.chosen)
        self.clear()

    @property
    def shows_page(self) -> bool:
        return self.turner.picture.shows_page

    def clear(self) -> None:
        """Before anything is looked at."""
        self._line = None
        self.turner.begin(1, 0)
        self._show_around()

    def show_line(self, line: ScanLine) -> None:
        """The first page of a paper, and where it goes; the same paper stays at the page it was turned to."""
        same = self._line is not None and self._line.part is line.part
        self._line = line
        if not same:
            self.chooser.clear()
            self.turner.begin(line.part.run.first, line.part.run.last)
            if not line.part.readable:
                self.say(line.words)
        self._show_around()

    def show_page(self, page: PageImage) -> None:
        self.turner.picture.show_page(page)

    def say(self, words: str) -> None:
        """Words in the place of the page."""
        self.turner.picture.say(words)

    def _show_around(self) -> None:
        line = self._line
        self.words.setText(f"归到 {line.case_words}" if line is not None and line.case_words != "—" else "")
        self.words.setVisible(bool(self.words.text()))
        asked = line is not None and line.state in (state.BY_HAND, state.READY)
        self.by_hand.setText("改归到哪一件" if line is not None and line.number else "归到哪一件")
        self.by_hand.setVisible(asked)
        self.chooser.setVisible(asked)
