"""Text to be read, not edited: forty characters a line, generous lines, as tall as what it holds."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextBlockFormat, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QTextEdit, QWidget

LETTERS_A_LINE = 40
LINE_HEIGHT = 160
"""Per cent of the font's own."""

_EDGE = 4
"""Pixels beside the lines, for the bar that shows the focus (see the style sheet)."""


class ReadingText(QTextEdit):
    """Shows plain text. It never scrolls by itself: the column it stands in does."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("reading", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self._letters = LETTERS_A_LINE
        self.cursorPositionChanged.connect(self._follow_cursor)

    def set_letters(self, letters: int) -> None:
        """Fewer letters a line, where forty of a large size would leave no room beside."""
        if letters != self._letters:
            self._letters = letters
            self._set_lines()

    def show_text(self, text: str) -> None:
        """Put `text` there as it was written."""
        self.setPlainText(text)
        self._set_lines()

    def _set_lines(self) -> None:
        form = QTextBlockFormat()
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)
        width = ceil(QFontMetricsF(self.font()).horizontalAdvance("国" * self._letters)) + 1
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(width)
        self.setFixedWidth(width + _EDGE)
        self.setFixedHeight(ceil(self.document().size().height()) + 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._set_lines()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _follow_cursor(self) -> None:
        """Reading with the keyboard moves the column along."""
        if not self.hasFocus():
            return
        area = self._column()
        if area is not None and area.widget() is not None:
            where = QRectF(self.cursorRect()).center().toPoint()
            spot = self.viewport().mapTo(area.widget(), where)
            area.ensureVisible(spot.x(), spot.y(), 0, 40)

    def _column(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above
