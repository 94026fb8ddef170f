"""Pages of a paper as pictures, one at a time, as large as there is room for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.documents.pdf_pages import PageImage
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row


def image_of(page: PageImage) -> QImage:
    """The page for Qt, with its own copy of the pixels."""
    shown = QImage(page.pixels, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
    return shown.copy()


class PagePicture(QLabel):
    """A page, whole in its room; or words in its place."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._page: QPixmap | None = None
        self._width = 0
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(200, 240)
        self.setWordWrap(True)
        self.setAccessibleName(name)

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

    def fit_width(self, width: int) -> None:
        """As wide as that, however high it becomes; its scroll area shows a part."""
        self._width = width
        self._fit()

    def _fit(self) -> None:
        if self._page is None:
            return
        smooth = Qt.TransformationMode.SmoothTransformation
        if self._width:
            shown = self._page.scaledToWidth(self._width, smooth)
            self.setFixedSize(shown.size())
        else:
            room = self.contentsRect().size()
            shown = self._page.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        self.setPixmap(shown)


class _ReadingRoom(QScrollArea):
    """A page as wide as there is room for, to be read from the top down."""

    def __init__(self, picture: PagePicture) -> None:
        super().__init__()
        self._picture = picture
        picture.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(picture)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.fit_width(self.viewport().width())

    def go_to_end(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())


class PageTurner(QWidget):
    """A page with 上一页 and 下一页 below it where there are several; which page is wanted it only tells."""

    wanted = Signal(int)
    """A page, counted from 1."""

    def __init__(self, name: str, to_be_read: bool = False, parent: QWidget | None = None) -> None:
        """`to_be_read`: as wide as there is room for, and scrolled; else whole."""
        super().__init__(parent)
        self._page = self._first = self._last = 1
        self.picture = PagePicture(name)
        self.back, self.on = QPushButton("上一页"), QPushButton("下一页")
        self.place = label("", "hint", wrap=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._room = _ReadingRoom(self.picture) if to_be_read else None
        column.addWidget(self._room or self.picture, 1)
        column.addLayout(row(self.back, self.on, self.place, None))
        self.back.clicked.connect(lambda: self.turn_to(self._page - 1))
        self.on.clicked.connect(lambda: self.turn_to(self._page + 1))
        self.begin(1, 0)

    def begin(self, first: int, last: int) -> None:
        """Another paper: its pages; the first is asked for where there is one."""
        self._first, self._last = first, last
        self.picture.say("")
        self.turn_to(first)

    def go_to_end(self) -> None:
        """The foot of the last page, where papers are filled in and signed."""
        self.turn_to(self._last)
        if self._room is not None:
            self._room.go_to_end()

    def turn_to(self, page: int) -> None:
        self._page = page
        pages = self._last - self._first + 1
        for widget in (self.back, self.on, self.place):
            widget.setVisible(pages > 1)
        self.back.setEnabled(page > self._first)
        self.on.setEnabled(page < self._last)
        self.place.setText(f"第 {page - self._first + 1} 页，共 {pages} 页")
        if pages > 0:
            self.wanted.emit(page)
