"""Above a form: what others did on the case while it was being filled in, and what can be done about it.

What is typed stays in any case. Three things it may say: there is news; this is the news, the form stands on it now; the
step can no longer be taken.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop_app.gui.page_parts import label

_STAYS = "您填的内容还在。"


class MeanwhileStrip(QFrame):
    """Hidden until there is something to tell; it takes the keyboard only where it is asked to."""

    look_wanted = Signal()
    """The case is to be read again, and the form put on what it is now."""
    story_wanted = Signal()
    """The new lines of the story are wanted."""
    anyway = Signal()
    """What is filled in is to be done, the news being known."""
    copy_wanted = Signal()
    leave_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "warning")
        self._words = label("")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.look_button = self._button("看变化", self.look_wanted)
        self.anyway_button = self._button("仍按我填的办理", self.anyway)
        self.story_button = self._button("在经过中看", self.story_wanted)
        self.copy_button = self._button("复制所填内容", self.copy_wanted)
        self.leave_button = self._button("留作草稿，离开", self.leave_wanted)
        self.drop_button = self._button("不要了", self.drop_wanted)
        buttons = QHBoxLayout()
        for button in self._buttons:
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addLayout(buttons)
        self.hide()

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.look_button,
            self.anyway_button,
            self.story_button,
            self.copy_button,
            self.leave_button,
            self.drop_button,
        )

    def _button(self, words: str, wanted: object) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(wanted)
        return button

    @property
    def words(self) -> str:
        """What it says now; empty while it is hidden."""
        return self._words.text() if not self.isHidden() else ""

    def tell_news(self, told: str) -> None:
        """Somebody did something since the form was opened."""
        self._say(f"{told}，您打开时还没有。{_STAYS}", self.look_button, self.anyway_button)

    def tell_looked(self, told: str, clashes: str) -> None:
        """The form stands on the case as it is now; `clashes` names fields that were set otherwise meanwhile."""
        self._say(
            f"已经更新：{told}，在“经过”中标着“新”。{clashes}{_STAYS}", self.anyway_button, self.story_button
        )

    def tell_barred(self, told: str, reason: str, typed: bool) -> None:
        """The step cannot be taken any more; `typed`: whether anything stands in the form that would be a loss."""
        lead = f"{told}。" if told else ""
        kept = (self.copy_button, self.leave_button, self.drop_button) if typed else (self.drop_button,)
        self.drop_button.setText("不要了" if typed else "知道了")
        rest = "您填的内容还在，可以复制，也可以留作草稿。" if typed else ""
        self._say(f"{lead}{reason}{rest}", *kept)

    def focus_first(self) -> None:
        """Put the keyboard on the first thing that can be done."""
        first = next(button for button in self._shown if not button.isHidden())
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str, *shown: QPushButton) -> None:
        self._shown = shown
        self._words.setText(words)
        self.setAccessibleName(words)
        for button in self._buttons:
            button.setVisible(button in shown)
        self.show()
