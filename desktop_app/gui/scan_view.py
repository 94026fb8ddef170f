"""The page of a scan that is looked at, and below it what becomes of it, or the case that a person names."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.documents.pdf_pages import PageImage
from desktop_app.gui import scans_state as state
from desktop_app.gui.case_chooser import CaseChooser
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.scans_model import image_of
from desktop_app.gui.scans_state import ScanLine


class PagePicture(QLabel):
    """A page as large as there is room for, never larger than it is."""

    def __init__(self) -> None:
        super().__init__()
        self._page: QPixmap | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(200, 240)
        self.setWordWrap(True)
        self.setAccessibleName("扫描件的一页")

    def show_page(self, page: PageImage) -> None:
        self._page = QPixmap.fromImage(image_of(page))
        self._fit()

    def say(self, words: str) -> None:
        self._page = None
        self.setText(words)

    @property
    def shows_page(self) -> bool:
        return self._page is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._page is not None:
            room = self.contentsRect().size()
            smooth = Qt.TransformationMode.SmoothTransformation
            self.setPixmap(self._page.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth))


class ScanView(QWidget):
    """Tells which page is wanted and which case was named; drawing and finding are the page's."""

    page_wanted = Signal(int)
    asked = Signal(str)
    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: ScanLine | None = None
        self._page = 1
        self.picture = PagePicture()
        self.back, self.on = QPushButton("上一页"), QPushButton("下一页")
        self.place = label("", "hint", wrap=False)
        self.words = label("", "strong")
        self.by_hand = label("归到哪一件", "field")
        self.chooser = CaseChooser()
        self.by_hand.setBuddy(self.chooser.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.picture, 1)
        column.addLayout(row(self.back, self.on, self.place, None))
        column.addWidget(self.words)
        column.addWidget(self.by_hand)
        column.addWidget(self.chooser)
        self.back.clicked.connect(lambda: self._turn(-1))
        self.on.clicked.connect(lambda: self._turn(1))
        self.chooser.asked.connect(self.asked)
        self.chooser.chosen.connect(self.chosen)
        self.clear()

    def clear(self) -> None:
        """Before anything is looked at."""
        self._line = None
        self.picture.say("")
        self._show_around()

    def show_line(self, line: ScanLine) -> None:
        """The first page of a paper, and where it goes; the same paper stays at the page it was turned to."""
        same = self._line is not None and self._line.part is line.part
        self._line = line
        if not same:
            self._page = line.part.run.first
            self.chooser.clear()
            if line.part.readable:
                self.page_wanted.emit(self._page)
            else:
                self.say(line.words)
        self._show_around()

    def show_page(self, page: PageImage) -> None:
        self.picture.show_page(page)

    def say(self, words: str) -> None:
        """Words in the place of the page."""
        self.picture.say(words)

    def _turn(self, by: int) -> None:
        self._page += by
        self._show_around()
        self.page_wanted.emit(self._page)

    def _show_around(self) -> None:
        line = self._line
        run = line.part.run if line is not None else None
        several = run is not None and run.pages > 1
        for widget in (self.back, self.on, self.place):
            widget.setVisible(several)
        if run is not None:
            self.back.setEnabled(self._page > run.first)
            self.on.setEnabled(self._page < run.last)
            self.place.setText(f"第 {self._page - run.first + 1} 页，共 {run.pages} 页")
        self.words.setText(f"归到 {line.case_words}" if line is not None and line.case_words != "—" else "")
        self.words.setVisible(bool(self.words.text()))
        asked = line is not None and line.state in (state.BY_HAND, state.READY)
        self.by_hand.setText("改归到哪一件" if line is not None and line.number else "归到哪一件")
        self.by_hand.setVisible(asked)
        self.chooser.setVisible(asked)
