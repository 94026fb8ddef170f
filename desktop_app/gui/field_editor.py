"""What every editor of a form's field can do, and those into which one types. Each gives and takes its value as text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.gui.theme import CURRENT

_PADDING = 8
"""Above and below the text together, as the style sheet has it; grows with the text."""


class FieldEditor(QWidget):
    """What every editor can do."""

    edited = Signal()
    settled = Signal()
    """What is typed is meant as it stands: the field was left."""

    bears_title = False
    """Whether it shows its title itself, so that no label stands before it."""

    def is_midway(self) -> bool:
        """Whether what stands there is on its way to something known, and so no fault yet."""
        return False

    def value(self) -> str:
        raise NotImplementedError

    def set_value(self, text: str) -> None:
        raise NotImplementedError

    def name_for_readers(self, name: str) -> None:
        """Tell screen readers what is asked for here."""
        target = self.focusProxy() or self
        target.setAccessibleName(name)

    def set_title(self, title: str) -> None:
        """The title, with the mark of a required field, for an editor that bears it itself."""

    def set_asked(self, asked: bool) -> None:
        """Show the editor only while its field is asked for."""
        self.setVisible(asked)

    def _put(self, *widgets: QWidget) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)


class LineEditor(FieldEditor):
    def __init__(self, suggestions: Sequence[str] = ()) -> None:
        super().__init__()
        self.line = QLineEdit()
        if suggestions:
            self.line.setCompleter(_completer(suggestions, self.line))
            self.line.setPlaceholderText(f"如：{'、'.join(suggestions[:3])}")
        self.line.textChanged.connect(self.edited)
        self._put(self.line)
        self.setFocusProxy(self.line)

    def value(self) -> str:
        return self.line.text()

    def set_value(self, text: str) -> None:
        self.line.setText(text)


def _completer(words: Sequence[str], parent: QWidget) -> QCompleter:
    completer = QCompleter(QStringListModel(list(words), parent), parent)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return completer


class CountEditor(LineEditor):
    """A number of days; narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.line.setValidator(QIntValidator(1, 9999, self.line))
        self.line.setMaximumWidth(96)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addStretch(1)


class GrowingText(QPlainTextEdit):
    """Plain text of some lines; grows with what is typed, up to a height from which it scrolls."""

    def __init__(self, lines: int, most: int) -> None:
        super().__init__()
        self._lines, self._most = lines, most
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._grow)
        # How many lines there are is known only once they are laid out.
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())
        self._grow()

    def _grow(self) -> None:
        held = int(self.document().size().height())
        wanted = max(self._lines, min(self._most, held))
        off, as_needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(off if held <= wanted else as_needed)
        around = 2 * self.frameWidth() + 2 * int(self.document().documentMargin()) + CURRENT.px(_PADDING)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * wanted + around)


class TextEditor(FieldEditor):
    def __init__(self, lines: int = 3, most: int = 9) -> None:
        super().__init__()
        self.text = GrowingText(lines, most)
        self.text.textChanged.connect(self.edited)
        self._put(self.text)
        self.setFocusProxy(self.text)

    def value(self) -> str:
        return self.text.toPlainText()

    def set_value(self, text: str) -> None:
        self.text.setPlainText(text)
