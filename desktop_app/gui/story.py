"""经过: every event of a case as a timeline. ↑ ↓ go along it, Enter opens the form that corrects a line."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.page_parts import label, set_tone
from desktop_app.gui.story_state import Note, StoryLine

_LONG = 90
"""Letters of a long text that are shown until it is unfolded."""


class _FoldedText(QWidget):
    """A long text, its beginning first, the whole on demand."""

    def __init__(self, note: Note) -> None:
        super().__init__()
        self._note = note
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._words = label("", "note")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._words)
        self._more = QPushButton("展开全文")
        self._more.setProperty("role", "link")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._more.setHidden(len(note.words) <= _LONG)
        self._show(False)

    def _show(self, whole: bool) -> None:
        text = self._note.words
        short = text if whole or len(text) <= _LONG else text[:_LONG].replace("\n", " ") + "……"
        self._words.setText(f"{self._note.label}：{short}")
        self._more.setText("收起" if whole else "展开全文")


class StoryRow(QFrame):
    """One line of the story."""

    correct = Signal(int)
    step = Signal(int)
    """Where the keyboard wants to go from here: -1 up, 1 down."""

    def __init__(self, line: StoryLine, new: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.new = line, new
        self.setProperty("role", "story-row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{'新，' if new else ''}{spoken(line)}")
        set_tone(self, "quiet" if line.quiet else "struck" if line.struck else "plain")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        when = label(line.when, "story-date", wrap=False)
        when.setFixedWidth(when.fontMetrics().horizontalAdvance("2026-00-00 周五") + 4)
        grid.addWidget(when, 0, 0)
        grid.addWidget(self._head(), 0, 1)
        if line.correctable:
            self._add_button(grid)
        place = 1
        for widget in self._below():
            grid.addWidget(widget, place, 1)
            place += 1

    def _head(self) -> QWidget:
        line = self.line
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        title = label(line.title, "struck" if line.struck else "story-title", wrap=False)
        signed = "　".join(part for part in (line.by, line.entered, "演练" if line.practice else "") if part)
        document = label(line.document, "struck" if line.struck else "story-document", wrap=False)
        for part in (
            label("新" if self.new else "", "badge", wrap=False),
            title,
            document,
            label("已作废" if line.struck else "", "amended"),
            label(signed, "hint"),
        ):
            row.addWidget(part)
            # Hidden, never shown, before it has its place: a shown label without a parent is a window.
            part.setHidden(not part.text())
        row.setStretch(4, 1)
        return head

    def _add_button(self, grid: QGridLayout) -> None:
        self.button = QPushButton("更正")
        self.button.setProperty("role", "link")
        # With the keyboard Enter on the line does the same; the button would double every stop.
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setAccessibleName(f"更正：{self.line.when} {self.line.title}")
        self.button.clicked.connect(lambda: self.correct.emit(self.line.event))
        grid.addWidget(self.button, 0, 2)

    def _below(self) -> Sequence[QWidget]:
        notes = self.line.notes
        short = "　".join(f"{note.label}：{note.words}" for note in notes if not note.long)
        parts: list[QWidget] = [label(short, "note")] if short else []
        parts += [_FoldedText(note) for note in notes if note.long]
        parts += [label(words, "amended") for words in (self.line.late, self.line.amended) if words]
        return parts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up if event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.step.emit(-1)
            case Qt.Key.Key_Down if event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.step.emit(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.line.correctable and not event.modifiers():
                self.correct.emit(self.line.event)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setProperty("current", True)
        self.style().polish(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setProperty("current", False)
        self.style().polish(self)


class StoryPanel(QWidget):
    """All lines. One stop of the Tab key: from there ↑ ↓ go along."""

    correct = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rows: list[StoryRow] = []

    def show_story(self, lines: Sequence[StoryLine], new: Collection[int] = ()) -> None:
        """Show the lines anew, the newest last and the one Tab comes to. `new` are events that somebody else recorded
        since the case was opened."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [StoryRow(line, line.event in new) for line in lines]
        for place, row in enumerate(self.rows):
            row.correct.connect(self.correct)
            row.step.connect(lambda way, here=place: self._go(here + way))
            self._column.addWidget(row)
        self._only_stop(len(self.rows) - 1)

    def focus_new(self) -> None:
        """Put the keyboard on the first line that is new."""
        self._go(next((place for place, row in enumerate(self.rows) if row.new), -1))

    def _go(self, place: int) -> None:
        if 0 <= place < len(self.rows):
            self._only_stop(place)
            self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _only_stop(self, place: int) -> None:
        for here, row in enumerate(self.rows):
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here == place else Qt.FocusPolicy.ClickFocus)


def spoken(line: StoryLine) -> str:
    """The line as a screen reader says it."""
    state = "，已作废" if line.struck else ""
    late = f"，{line.late}" if line.late else ""
    more = "，按回车更正" if line.correctable else ""
    return f"{line.when} {line.title} {line.document} {line.by}{state}{late}{more}"
