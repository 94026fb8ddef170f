"""A few words in a line of which one is chosen, such as the views of a page."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class WordChoice(QWidget):
    """A few words of which one is chosen."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for word in words:
            button = QPushButton(word)
            button.setCheckable(True)
            button.setProperty("role", "state")
            self.group.addButton(button)
            self.buttons[word] = button
            row.addWidget(button)
        self.choose(words[0])

    def choose(self, word: str) -> None:
        if word in self.buttons:
            self.buttons[word].setChecked(True)

    @property
    def chosen(self) -> str:
        return next(word for word, button in self.buttons.items() if button.isChecked())
