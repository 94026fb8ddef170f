"""The left column of a case: the citizen's words, the register entry, who holds it."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.case_facts import Fact, Holder
from desktop_app.gui.case_texts_state import CaseText
from desktop_app.gui.oversight_facts import FactGroup
from desktop_app.gui.page_parts import case_link, label, section
from desktop_app.gui.reading_text import LETTERS_A_LINE, ReadingText
from desktop_app.gui.reveal_bar import RevealBar

_FEWEST_LETTERS = 20
_BESIDE = 8
"""Pixels that the frame of the text needs beside its letters."""

_SHORT = 28
"""Columns of a value that fit half a line, two for a Chinese character; longer ones take a line of their own."""


class CaseDetails(QWidget):
    """Shows; asks for nothing but the reason to reveal."""

    reveal = Signal(str)
    opened = Signal(str)
    """Another case is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 16)
        self._column.setSpacing(8)
        self.reveal_button = QPushButton("显示受保护信息")
        self.reveal_button.clicked.connect(self._ask)
        self.bar = RevealBar()
        self.bar.confirmed.connect(self.reveal)
        self._shown = label("受保护信息已显示", "hint")
        self._texts = QVBoxLayout()
        self._texts.setSpacing(8)
        self._rest = QVBoxLayout()
        self._rest.setSpacing(8)
        self._column.addWidget(section("留言", self._shown, self.reveal_button))
        self._column.addWidget(self.bar)
        self._column.addLayout(self._texts)
        self._column.addLayout(self._rest)
        self._column.addStretch(1)
        self.texts: list[ReadingText] = []
        self._letters = LETTERS_A_LINE

    def show_details(
        self,
        texts: Sequence[CaseText],
        facts: Sequence[Fact],
        holders: Sequence[Holder],
        groups: Sequence[FactGroup],
        revealed: bool,
        may_reveal: bool,
    ) -> None:
        """Show everything anew."""
        _clear(self._texts)
        _clear(self._rest)
        self.texts = []
        for place, text in enumerate(texts):
            self._add_text(text, first=place == 0)
        self._rest.addWidget(section("登记信息"))
        self._rest.addWidget(self._grid(facts))
        for group in groups:
            self._rest.addWidget(section(group.heading))
            self._rest.addWidget(self._grid(group.facts))
        if holders:
            self._rest.addWidget(section("承办"))
        for holder in holders:
            self._rest.addWidget(label(holder.heading, "strong" if holder.current else "struck"))
            self._rest.addWidget(self._grid(holder.facts))
        self.reveal_button.setVisible(not revealed and may_reveal)
        self._shown.setVisible(revealed)
        if revealed:
            self.bar.close_bar()

    def set_room(self, width: int) -> None:
        """Set the lines to forty letters, or as many as the width holds."""
        margins = self._column.contentsMargins()
        letter = self.fontMetrics().horizontalAdvance("国" * 10) / 10
        fits = int((width - margins.left() - margins.right() - _BESIDE) / letter)
        self._letters = max(_FEWEST_LETTERS, min(LETTERS_A_LINE, fits))
        for text in self.texts:
            text.set_letters(self._letters)

    def wanted_width(self) -> int:
        """What the column needs for its lines."""
        margins = self._column.contentsMargins()
        line = self.fontMetrics().horizontalAdvance("国" * self._letters)
        return line + margins.left() + margins.right() + _BESIDE

    def _add_text(self, text: CaseText, first: bool) -> None:
        if not first:
            self._texts.addWidget(section(text.heading))
        if text.source:
            self._texts.addWidget(label(text.source, "hint"))
        words = ReadingText(text.heading)
        words.set_letters(self._letters)
        words.show_text(text.text)
        self.texts.append(words)
        self._texts.addWidget(words, 0, Qt.AlignmentFlag.AlignLeft)

    def _grid(self, facts: Sequence[Fact]) -> QWidget:
        """Facts two a line where they are short; labels right-aligned before them."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        line, half = 0, 0
        for fact in facts:
            long = _columns(fact.value) > _SHORT or "\n" in fact.value
            if long and half:
                line, half = line + 1, 0
            top = Qt.AlignmentFlag.AlignTop
            name = label(fact.label, "fact-label", wrap=False)
            grid.addWidget(name, line, half * 2, Qt.AlignmentFlag.AlignRight | top)
            grid.addWidget(self._value(fact), line, half * 2 + 1, 1, 3 if long else 1, top)
            line, half = (line + 1, 0) if long or half else (line, 1)
        return holder

    def _value(self, fact: Fact) -> QWidget:
        if fact.link:
            return case_link(fact.value, f"{fact.label} {fact.value}", self.opened)
        value = label(fact.value, "protected" if fact.protected else "fact")
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{fact.label}：{fact.value}")
        return value

    def _ask(self) -> None:
        self.bar.open_bar()


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _clear(column: QVBoxLayout) -> None:
    while column.count():
        item = column.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
