"""The editor of a text about to go public, beside the unit's answer that it is made from: what differs is marked as one types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QBrush, QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.privacy import Hit
from desktop_app.domain.text_differences import Span, differences
from desktop_app.gui.field_editor import FieldEditor
from desktop_app.gui.page_parts import label
from desktop_app.gui.theme import CONTRAST, CURRENT, LIGHT

_PAUSE = 150
"""Milliseconds of rest after which the texts are compared."""
_FEWEST_LETTERS = 18
"""A pane narrower than this is no place to read in: then the two stand below each other."""
_FEWEST_LINES, _MOST_LINES = 6, 18

_Pane = QPlainTextEdit


class PublicTextEditor(FieldEditor):
    """Left the answer, read only; right the text, edited. `value` is the right one."""

    bears_title = True

    def __init__(self, title: str, answer: str) -> None:
        super().__init__()
        self._title = title
        self._hits: tuple[Hit, ...] = ()
        self.answer, self.text = _Pane(), _Pane()
        self.answer.setReadOnly(True)
        self.answer.setPlainText(answer)
        self.answer.setAccessibleName("承办单位答复，对照用")
        for pane in (self.answer, self.text):
            pane.setTabChangesFocus(True)
        self._head = label("", "strong")
        self.summary = label("", "hint")
        self._left = _column(label("承办单位答复", "strong"), self.answer)
        self._right = _column(self._head, self.text)
        self._panes = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._panes.setSpacing(12)
        self._panes.addWidget(self._left, 1)
        self._panes.addWidget(self._right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(self._panes)
        whole.addWidget(self.summary)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.compare)
        self.text.textChanged.connect(self._typed)
        self.setFocusProxy(self.text)
        self.set_title(title)
        self._left.setVisible(bool(answer))
        self.compare()

    def value(self) -> str:
        return self.text.toPlainText()

    def set_value(self, text: str) -> None:
        self.text.setPlainText(text)
        self.compare()

    def set_title(self, title: str) -> None:
        self._head.setText(title)

    def set_asked(self, asked: bool) -> None:
        """An answer that does not go public is read all the same."""
        self._right.setVisible(asked)
        self.summary.setVisible(asked)
        self.compare()

    def mark_protected(self, text: str, hits: Sequence[Hit]) -> None:
        """Mark what is protected in the text, as long as that is the text that stands there."""
        self._hits = tuple(hits) if text == self.value() else ()
        self.compare()

    def _typed(self) -> None:
        self._hits = ()
        self._pause.start()
        self.edited.emit()

    def compare(self) -> None:
        """Mark on the left what was cut, on the right what was added and what is protected; say it in words below."""
        old, new = self.answer.toPlainText(), self.value()
        shown = self._right.isVisibleTo(self)
        found = differences(old, new) if shown and new.strip() and old else None
        removed, added = (found.removed, found.added) if found is not None else ((), ())
        self.answer.setExtraSelections(list(marked(self.answer, removed, _removed_format())))
        hits = [(hit.start, hit.end) for hit in self._hits]
        self.text.setExtraSelections(
            [
                *marked(self.text, added, _added_format()),
                *marked(self.text, hits, _protected_format()),
            ]
        )
        self.summary.setText(self._words(old, new, removed, added))
        self._settle_height()

    def _words(self, old: str, new: str, removed: Sequence[Span], added: Sequence[Span]) -> str:
        if not new.strip():
            return "没有改写：公开的就是承办单位答复原文。" if old else ""
        said = []
        if old and not removed and not added:
            said.append("与承办单位答复一致。")
        elif old:
            cut, put = (sum(end - start for start, end in spans) for spans in (removed, added))
            told = [f"删去 {len(removed)} 处 {cut} 字"] if removed else []
            told += [f"增加 {len(added)} 处 {put} 字"] if added else []
            said.append(f"与答复相比，{'，'.join(told)}（删去的加删除线，增加的加下划线）。")
        if self._hits:
            said.append(f"有 {len(self._hits)} 处受保护的信息（加波浪线），公开前须改写或逐条核对。")
        return "".join(said)

    # -------------------------------------------------------------- its place

    def _settle_height(self) -> None:
        """Both panes as tall as the longer text needs, within bounds; beyond them they scroll."""
        line = self.text.fontMetrics().lineSpacing()
        needed = max(int(pane.document().size().height()) for pane in (self.answer, self.text))
        lines = max(_FEWEST_LINES, min(_MOST_LINES, needed))
        for pane in (self.answer, self.text):
            pane.setFixedHeight(line * lines + 2 * pane.frameWidth() + CURRENT.px(16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letter = self.fontMetrics().horizontalAdvance("国")
        beside = self.width() >= 2 * _FEWEST_LETTERS * letter
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._panes.direction() != way:
            self._panes.setDirection(way)
        self._settle_height()


def _column(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return holder


def marked(
    pane: QPlainTextEdit, spans: Iterable[Span], look: QTextCharFormat
) -> Iterable[QTextEdit.ExtraSelection]:
    """A span counts letters; Qt counts UTF-16 units, of which 𠮷 and emoji have two."""
    text = pane.toPlainText()
    for start, end in spans:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(pane.document())
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor  # type: ignore[attr-defined]
        selection.format = look  # type: ignore[attr-defined]
        yield selection


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _colour(name: str) -> QColor:
    return QColor((CONTRAST if CURRENT.high_contrast else LIGHT)[name])


def _removed_format() -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFontStrikeOut(True)
    look.setBackground(QBrush(_colour("refused")))
    look.setForeground(QBrush(_colour("overdue")))
    return look


def _added_format() -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFontUnderline(True)
    look.setBackground(QBrush(_colour("done")))
    return look


def _protected_format() -> QTextCharFormat:
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(_colour("overdue"))
    look.setBackground(QBrush(_colour("warning")))
    return look
