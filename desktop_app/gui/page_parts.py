"""Small parts that pages are put together from: labels by their role, section heads, an article to read beside."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

ARTICLE_WIDTH = 240
_ARTICLE_HEIGHT = 144
_NO_LIMIT = 16_777_215
"""Qt's own largest size (QWIDGETSIZE_MAX)."""


def label(text: str, role: str = "", wrap: bool = True) -> QLabel:
    """A label of plain text; `role` gives it its looks (see the style sheet)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap and role not in ("section", "field"))
    if role:
        made.setProperty("role", role)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a widget another tone (overdue, due, remind, refused …) and let the style sheet see it."""
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def bring_into_view(widget: QWidget) -> None:
    """Scroll what is around it, once it has its place, so that a widget just shown can be seen."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea):
        area = above
        QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget))


def case_link(number: str, spoken: str, opened: SignalInstance) -> QPushButton:
    """A case's number as a link; a click emits it."""
    button = QPushButton(number)
    button.setProperty("role", "link")
    button.setAccessibleName(f"打开 {spoken}")
    button.setToolTip(f"打开 {number}")
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    button.clicked.connect(lambda: opened.emit(number))
    return button


class ArticlePanel(QFrame):
    """What the regulation says, to be read beside the fields; as tall as they are, and scrolled where it is longer."""

    def __init__(self, clause: str, text: str) -> None:
        super().__init__()
        self._below = False
        self.setProperty("role", "article")
        words = label(text, "article-text")
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidget(words)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setAccessibleName(f"{clause}原文")
        self.area, self._words = area, words
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 4, 8)
        column.setSpacing(4)
        self._title = label(clause, "article-title")
        column.addWidget(self._title)
        column.addWidget(area, 1)
        self.setMinimumHeight(_ARTICLE_HEIGHT)
        self.setFixedWidth(ARTICLE_WIDTH)

    def stand_below(self, below: bool) -> None:
        """Under the fields it takes their width and no more height than its words need, beside them its own."""
        self._below = below
        self.setMinimumWidth(0 if below else ARTICLE_WIDTH)
        self.setMaximumWidth(_NO_LIMIT if below else ARTICLE_WIDTH)
        self._fit_height()

    def _fit_height(self) -> None:
        margins = self.contentsMargins()
        around = self._title.sizeHint().height() + 24 + margins.top() + margins.bottom()
        needed = self._words.heightForWidth(max(1, self.area.viewport().width())) + around
        self.setMinimumHeight(min(_ARTICLE_HEIGHT, needed) if self._below else _ARTICLE_HEIGHT)
        self.setMaximumHeight(
            max(self.minimumHeight(), min(needed, 2 * _ARTICLE_HEIGHT)) if self._below else _NO_LIMIT
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()


def section(title: str, *beside: QWidget) -> QWidget:
    """A section's head with what stands at its right."""
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label(title, "section"))
    row.addStretch(1)
    for widget in beside:
        row.addWidget(widget)
    return head
