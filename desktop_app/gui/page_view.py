"""Pages of a document one below the other, scrolled and turned by keys; only those in view are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop_app.documents.pdf_pages import PageSize
from desktop_app.gui.preview_state import STANDARD, PageRect, PagesLaidOut, lay_out

_LINE = 48
"""Pixels of one press of an arrow key."""
_MM_AN_INCH = 25.4


class PageView(QAbstractScrollArea):
    """Shows what it is given; asks for the pictures of the pages that come into view, and forgets those that leave."""

    picture_wanted = Signal(int, float)
    """Page, counted from 0, and dots an inch."""
    picture_left = Signal(int)
    """A page is out of view, or wanted otherwise: its picture need not come any more."""
    page_changed = Signal(int)
    """The page that is being read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("文书的各页")
        self.viewport().setBackgroundRole(QPalette.ColorRole.Mid)
        self._sizes: Sequence[PageSize] = ()
        self._zoom = STANDARD
        self._laid_out: PagesLaidOut | None = None
        self._pictures: dict[int, tuple[float, QImage]] = {}
        self._asked: dict[int, float] = {}
        self._page = 0
        # Else its coming and going would change the width that pages are fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._moved)

    # -------------------------------------------------------------- what is shown

    def show_pages(self, sizes: Sequence[PageSize]) -> None:
        """Another document, from its first page."""
        self._forget()
        self._sizes, self._page = sizes, 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self._ask()

    def show_picture(self, page: int, dpi: float, picture: QImage) -> None:
        """The picture of a page, drawn at that many dots an inch."""
        if self._asked.get(page) == dpi:
            del self._asked[page]
            picture.setDevicePixelRatio(self.devicePixelRatio())
            self._pictures[page] = (dpi, picture)
            self.viewport().update()

    @property
    def zoom(self) -> str:
        return self._zoom

    def set_zoom(self, zoom: str) -> None:
        """Another size; what is being read stays where it is."""
        self._zoom = zoom
        self._keep_place()

    @property
    def page(self) -> int:
        """The page that is being read, counted from 0."""
        return self._page

    def go_to(self, page: int) -> None:
        """Bring a page to the head of the view."""
        if self._laid_out is not None and self._sizes:
            page = min(max(page, 0), len(self._sizes) - 1)
            self.verticalScrollBar().setValue(self._laid_out.top_of(page))
            self._now_reading(page)

    @property
    def drawn(self) -> frozenset[int]:
        """The pages whose pictures are there."""
        return frozenset(self._pictures)

    # -------------------------------------------------------------- layout

    def _lay_out(self) -> None:
        if not self._sizes:
            self._laid_out = None
            self.viewport().update()
            return
        shown = self.viewport().size()
        self._laid_out = lay_out(self._sizes, self._zoom, shown.width(), shown.height())
        for bar, whole, part in (
            (self.verticalScrollBar(), self._laid_out.height, shown.height()),
            (self.horizontalScrollBar(), self._laid_out.width, shown.width()),
        ):
            bar.setRange(0, max(0, whole - part))
            bar.setPageStep(part)
            bar.setSingleStep(_LINE)
        self.viewport().update()

    def _keep_place(self) -> None:
        """Lay out anew, the same line of the same page at the head of the view."""
        before, top = self._laid_out, self.verticalScrollBar().value()
        self._lay_out()
        if before is not None and self._laid_out is not None:
            page = min(self._page, len(self._sizes) - 1)
            into = (top - before.top_of(page)) / max(before.rects[page].height, 1)
            self.verticalScrollBar().setValue(
                self._laid_out.top_of(page) + round(into * self._laid_out.rects[page].height)
            )
            middle = self.horizontalScrollBar()
            middle.setValue(middle.maximum() // 2)
        self._ask()

    def _moved(self) -> None:
        if self._laid_out is not None:
            self._now_reading(
                self._laid_out.page_at(self.verticalScrollBar().value(), self.viewport().height())
            )
            self._ask()
        self.viewport().update()

    def _now_reading(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    # -------------------------------------------------------------- pictures

    def _dpi(self) -> float:
        assert self._laid_out is not None
        return self._laid_out.scale * _MM_AN_INCH * self.devicePixelRatio()

    def _ask(self) -> None:
        """For the pages in view that are not there, or not at this size."""
        if self._laid_out is None or not self.isVisible():
            return
        seen = self._laid_out.seen(self.verticalScrollBar().value(), self.viewport().height())
        dpi = self._dpi()
        for page in [page for page, asked in self._asked.items() if page not in seen or asked != dpi]:
            del self._asked[page]
            self.picture_left.emit(page)
        near = range(seen.start - 1, seen.stop + 1)
        self._pictures = {page: kept for page, kept in self._pictures.items() if page in near}
        for page in seen:
            there = page in self._pictures and self._pictures[page][0] == dpi
            if not there and page not in self._asked:
                self._asked[page] = dpi
                self.picture_wanted.emit(page, dpi)

    def _forget(self) -> None:
        for page in list(self._asked):
            self.picture_left.emit(page)
        self._asked, self._pictures = {}, {}

    # -------------------------------------------------------------- events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Mid))
        if self._laid_out is None:
            return
        corner = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for page in self._laid_out.seen(corner.y(), self.viewport().height()):
            rect = _qrect(self._laid_out.rects[page]).translated(-corner)
            painter.fillRect(rect, QColor("white"))  # paper is white, whatever the theme
            if page in self._pictures:
                dpi, picture = self._pictures[page]
                if dpi == self._dpi():
                    painter.drawImage(rect.topLeft(), picture)
                else:
                    painter.drawImage(rect, picture)
            painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._ask()
        elif event.type() == QEvent.Type.Show:
            self._keep_place()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = event.key(), self.verticalScrollBar()
        if key == Qt.Key.Key_PageDown:
            self.go_to(self._page + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to(self._page - 1)
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(len(self._sizes) - 1)
        elif key == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar.setValue(bar.value() + (-bar.pageStep() if back else bar.pageStep()) * 9 // 10)
        else:
            super().keyPressEvent(event)


def _qrect(rect: PageRect) -> QRect:
    return QRect(rect.left, rect.top, rect.width, rect.height)
