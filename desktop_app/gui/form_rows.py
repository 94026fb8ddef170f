"""The rows of a form and how they are laid out: labels, editors, words beside them, faults; and the article to read by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from desktop_app.gui.advice_line import AdviceLine
from desktop_app.gui.choice_editors import ChecksEditor
from desktop_app.gui.field_editor import FieldEditor, TextEditor
from desktop_app.gui.form_faults import FieldFault
from desktop_app.gui.form_shapes import WIDE, Field
from desktop_app.gui.page_parts import ARTICLE_WIDTH, ArticlePanel, label

_LETTERS_OF_FIELDS = 24
"""What labels and editors need in width, below which the article moves under them."""
_LETTERS_OF_A_PART = 22
"""What each wide part needs in width to stand beside another; a text with its other text counts for two."""
_TALL = (TextEditor, ChecksEditor)


class FormRow:
    """One field on the form."""

    def __init__(self, field: Field, editor: FieldEditor) -> None:
        self.field, self.editor = field, editor
        self.title = label(field.title, "field")
        self.title.setBuddy(editor)
        self.hint = label(field.hint, "hint")
        self.advice = AdviceLine(field.advice) if field.advice is not None else None
        if self.advice is not None:
            self.advice.taken.connect(editor.set_value)
        self.fault = label("", "fault")
        self.fault.setVisible(False)
        if not field.hint:
            self.hint.hide()

    @property
    def wide(self) -> bool:
        return self.field.shape in WIDE

    def mark(self, required: bool) -> None:
        """Tell, to the eye and to readers, whether the field must be filled in."""
        title = f"{self.field.title} *" if required else self.field.title
        self.title.setText(title)
        self.editor.set_title(title)
        self.editor.name_for_readers(f"{self.field.title}，必填" if required else self.field.title)

    def show(self, shown: bool) -> None:
        self.title.setVisible(shown and not self.editor.bears_title)
        self.editor.set_asked(shown)
        self.hint.setVisible(shown and bool(self.hint.text()))
        if self.advice is not None:
            self.advice.setVisible(shown and self.editor.value() != self.advice.advice.value)
        self.fault.setVisible(shown and bool(self.fault.text()))

    def tell(self, fault: FieldFault | None) -> None:
        self.fault.setText(f"✕ {fault.text}" if fault is not None else "")
        self.fault.setVisible(fault is not None and not self.editor.isHidden())


class FormBody(QWidget):
    """Fields that need room above, the others in a grid; the article beside the grid while both have room, else below."""

    def __init__(self, rows: Sequence[FormRow], article: ArticlePanel | None) -> None:
        super().__init__()
        self._article = article
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        wide = [row for row in rows if row.wide]
        self._wide = _WideRows(wide) if wide else None
        if self._wide is not None:
            whole.addWidget(self._wide)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.setSpacing(16)
        self._lower.addLayout(_grid(row for row in rows if not row.wide), 1)
        if article is not None:
            self._lower.addWidget(article)
        whole.addLayout(self._lower)

    @property
    def wide(self) -> bool:
        """Whether the form needs all the room there is."""
        return self._wide is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wide is not None:
            self._wide.fit(self.width())
        if self._article is None:
            return
        letter = self.fontMetrics().horizontalAdvance("国")
        beside = not self.wide and self.width() >= ARTICLE_WIDTH + _LETTERS_OF_FIELDS * letter
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._lower.direction() != way:
            self._lower.setDirection(way)
            self._article.stand_below(not beside)


def _grid(rows: Iterable[FormRow]) -> QGridLayout:
    """Labels right-aligned before their editors, words and faults below these."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    line = 0
    for row in rows:
        top = Qt.AlignmentFlag.AlignTop if isinstance(row.editor, _TALL) else Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(row.title, line, 0, Qt.AlignmentFlag.AlignRight | top)
        grid.addWidget(row.editor, line, 1)
        grid.addWidget(row.hint, line + 1, 1)
        if row.advice is not None:
            grid.addWidget(row.advice, line + 2, 1)
        grid.addWidget(row.fault, line + 3, 1)
        line += 4
    grid.setRowStretch(line, 1)
    return grid


class _WideRows(QWidget):
    """Fields that need room: beside each other where there is enough for all, else one below the other."""

    def __init__(self, rows: Iterable[FormRow]) -> None:
        super().__init__()
        self._parts = 0
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        for row in rows:
            parts = 2 if row.editor.bears_title else 1
            self._parts += parts
            self._box.addWidget(_part(row), parts)

    def fit(self, width: int) -> None:
        """Arrange the parts for a form of that width."""
        letter = self.fontMetrics().horizontalAdvance("国")
        beside = width >= self._parts * _LETTERS_OF_A_PART * letter
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)


def _part(row: FormRow) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for widget in (row.title, row.hint, row.editor, row.fault):
        column.addWidget(widget)
    column.addStretch(1)
    return part
