"""Protected words found in a text about to go public: each in its sentence, to be looked at before it is let stand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.privacy import KIND_WORDS, Hit
from desktop_app.gui.page_parts import label
from desktop_app.services.public_text import PublicTextCheck

_AROUND = 12
_MOST_SHOWN = 20


class ProtectedWords(QFrame):
    """Hidden until there is something to look at."""

    cleared = Signal()
    """The operator has looked at every word and lets it stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "warning")
        self._head = label("", "strong")
        self.words = label("")
        self.clear_button = QPushButton("已核对，可以公开")
        self.clear_button.clicked.connect(self.cleared)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        for part in (self._head, self.words, label("请删去或改写；逐条核对后确可公开的，点：", "hint")):
            column.addWidget(part)
        column.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(False)

    def show_hits(self, check: PublicTextCheck) -> None:
        """List the words, each with its kind and what stands around it."""
        self._head.setText(f"拟公开的文字中有 {len(check.hits)} 处受保护的信息，请逐条核对：")
        lines = [
            f"· {KIND_WORDS[hit.kind]}　{_in_its_place(check.text, hit)}" for hit in check.hits[:_MOST_SHOWN]
        ]
        if len(check.hits) > _MOST_SHOWN:
            lines.append(f"……另有 {len(check.hits) - _MOST_SHOWN} 处")
        self.words.setText("\n".join(lines))
        self.setVisible(True)


def _in_its_place(text: str, hit: Hit) -> str:
    before = text[max(0, hit.start - _AROUND) : hit.start].replace("\n", " ")
    after = text[hit.end : hit.end + _AROUND].replace("\n", " ")
    return f"……{before}【{hit.text}】{after}……"
