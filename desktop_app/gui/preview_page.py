"""文书预览: the pages of a document as they will be printed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.documents.fonts_present import faces_found, faces_of, missing_words
from desktop_app.documents.pdf_pages import PageImage, PdfPages
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.page_picture import image_of
from desktop_app.gui.page_view import PageView
from desktop_app.gui.preview_acts import DOCX, PDF, PreviewActs
from desktop_app.gui.preview_state import FIT_WIDTH, STANDARD, ZOOMS, Preview, zoom_step
from desktop_app.services.session import Session

_ZOOM = "preview/zoom"


class PreviewPage(Page):
    """Shows what stands in the window's preview; empty until there is something."""

    title = "文书预览"

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.acts = PreviewActs(context, self)
        self._preview: Preview | None = None
        self._pages: PdfPages | None = None
        self._lay_out()
        self._connect()
        self._show()

    # -------------------------------------------------------------- building

    def _lay_out(self) -> None:
        self.heading = label("", "title", wrap=False)
        self.fonts = label("", "note")
        self.print_button = _button("打印…", "打印　Ctrl+P")
        self.print_button.setProperty("role", "primary")
        self.word_button = _button("另存为 Word…", "存为 Word 文档　Ctrl+S")
        self.pdf_button = _button("另存为 PDF…", "存为适于归档的 PDF")
        self.before_button = _button("上一页", "上一页　PgUp")
        self.after_button = _button("下一页", "下一页　PgDn")
        self.number = QSpinBox()
        self.number.setAccessibleName("第几页")
        self.number.setKeyboardTracking(False)
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.count = label("", wrap=False)
        self.zoom = QComboBox()
        self.zoom.addItems(ZOOMS)
        self.zoom.setAccessibleName("显示比例")
        self.zoom.setToolTip("放大 Ctrl++　缩小 Ctrl+-　适合宽度 Ctrl+0")
        self.view = PageView()
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(self._tools())
        column.addWidget(self.fonts)
        column.addWidget(self.view, 1)
        empty = label("还没有要预览的文书。请在“办件详情”的“文书与附件”中点“预览”。", "empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(empty)
        self.stack.addWidget(shown)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.print_button, self.word_button, self.pdf_button):
            row.addWidget(widget)
        row.addStretch(1)
        turning: tuple[QWidget, ...] = (
            self.before_button,
            label("第", wrap=False),
            self.number,
            self.count,
            self.after_button,
        )
        for part in turning:
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(label("显示", wrap=False))
        row.addWidget(self.zoom)
        return row

    def _connect(self) -> None:
        self.context.works.preview_changed.connect(self._show)
        self.context.works.closed.connect(self._let_go)
        self.print_button.clicked.connect(self._print)
        self.word_button.clicked.connect(partial(self._save, DOCX))
        self.pdf_button.clicked.connect(partial(self._save, PDF))
        self.before_button.clicked.connect(lambda: self.view.go_to(self.view.page - 1))
        self.after_button.clicked.connect(lambda: self.view.go_to(self.view.page + 1))
        self.number.valueChanged.connect(lambda number: self.view.go_to(number - 1))
        self.zoom.currentTextChanged.connect(self._set_zoom)
        self.view.page_changed.connect(self._show_page)
        self.view.picture_wanted.connect(self._draw)
        self.view.picture_left.connect(lambda page: self.context.operations.forget(self, f"page {page}"))
        kept = self.context.settings.get(_ZOOM, STANDARD)
        self.zoom.setCurrentText(kept if kept in ZOOMS else STANDARD)
        self.view.set_zoom(self.zoom.currentText())

    # -------------------------------------------------------------- showing

    def refresh(self) -> None:
        """A preview stays as it was made."""

    def focus_first(self) -> None:
        (self.view if self._pages is not None else self).setFocus()

    def _show(self) -> None:
        preview = self.context.works.preview
        if preview is None or preview is self._preview:
            return
        before, self._preview = self._pages, preview
        self._pages = PdfPages(preview.pdf, preview.title, preview.starts)
        self.heading.setText(preview.title)
        self.word_button.setVisible(bool(preview.docx))
        self._show_fonts(preview)
        count = len(self._pages)
        with QSignalBlocker(self.number):
            self.number.setRange(1, count)
        self.number.updateGeometry()
        self.count.setText(f"页，共 {count:,} 页")
        self.stack.setCurrentIndex(1)
        self.view.show_pages(self._pages.sizes)
        self._show_page(0)
        if before is not None:
            before.close()

    def _let_go(self) -> None:
        if self._pages is not None:
            self._pages.close()
        self._preview = self._pages = None
        self.stack.setCurrentIndex(0)

    def _show_fonts(self, preview: Preview) -> None:
        named = faces_of(preview.docx) if preview.docx else frozenset()
        words = missing_words(face for face in faces_found() if face.name in named)
        self.fonts.setText(words)
        self.fonts.setVisible(bool(words))

    def _show_page(self, page: int) -> None:
        with QSignalBlocker(self.number):
            self.number.setValue(page + 1)
        at_ends = ((self.before_button, page == 0), (self.after_button, page + 1 == self.number.maximum()))
        for button, at_end in at_ends:
            if not at_end:
                button.setEnabled(True)
        for button, at_end in at_ends:
            if at_end and button.hasFocus():
                self.view.setFocus()
            button.setEnabled(not at_end)

    def _draw(self, page: int, dpi: float) -> None:
        pages = self._pages
        if pages is None:
            return

        def draw(session: Session) -> PageImage:
            return pages.picture(page, dpi)

        def show(image: PageImage) -> None:
            if pages is self._pages:
                self.view.show_picture(page, dpi, image_of(image))

        self.context.operations.query(self, f"page {page}", draw, show)

    # -------------------------------------------------------------- acts

    def _set_zoom(self, zoom: str) -> None:
        self.context.settings.put(_ZOOM, zoom)
        self.view.set_zoom(zoom)

    def _print(self) -> None:
        if self._preview is not None:
            self.acts.print_preview(self._preview)

    def _save(self, ending: str) -> None:
        if self._preview is not None:
            self.acts.save_preview(self._preview, ending)

    def event(self, event: QEvent) -> bool:
        # On this page its keys go before those of the menu: Ctrl+P prints what is seen.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._act_of(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._act_of(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        if self._preview is None:
            return None
        if event.matches(QKeySequence.StandardKey.Print):
            return self._print
        if event.matches(QKeySequence.StandardKey.Save) and self._preview.docx:
            return partial(self._save, DOCX)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
                return lambda: self.zoom.setCurrentText(zoom_step(self.zoom.currentText(), 1))
            if event.key() == Qt.Key.Key_Minus:
                return lambda: self.zoom.setCurrentText(zoom_step(self.zoom.currentText(), -1))
            if event.key() == Qt.Key.Key_0:
                return lambda: self.zoom.setCurrentText(FIT_WIDTH)
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            return partial(
                self.view.go_to, self.view.page + (1 if event.key() == Qt.Key.Key_PageDown else -1)
            )
        return None


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    return button
