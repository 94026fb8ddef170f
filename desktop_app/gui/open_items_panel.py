"""待办事项 of one case: what is still open, by which clause, the step that settles it, and 免办 for what may be set aside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desktop_app.gui.case_steps import OpenLine
from desktop_app.gui.page_parts import label


class OpenItemsPanel(QWidget):
    """One line an item."""

    waive = Signal(str)
    """The operator wants to set this item aside."""
    settle = Signal(str, str)
    """The step that settles an item is wanted, and the item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        self.waive_buttons: dict[str, QPushButton] = {}
        self.settle_buttons: dict[str, QPushButton] = {}

    def show_items(self, lines: Sequence[OpenLine]) -> None:
        """Show the items anew; an empty list says so."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.waive_buttons, self.settle_buttons = {}, {}
        if not lines:
            self._grid.addWidget(label("没有待办事项。", "hint"), 0, 0, 1, 3)
        for place, line in enumerate(lines):
            self._add(place, line)

    def _add(self, place: int, line: OpenLine) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        kind, verb = line.kind, line.verb
        self._grid.addWidget(label(kind, "strong"), place, 0)
        self._grid.addWidget(
            label("必办" if line.blocking else "提示", "badge", wrap=False), place, 1, middle
        )
        self._grid.addWidget(label(f"{line.words}　{line.clause}", "hint"), place, 2)
        if verb:
            button = _link(f"{line.verb_title}…", f"{line.verb_title}：{kind}")
            button.clicked.connect(lambda: self.settle.emit(verb, kind))
            self.settle_buttons[kind] = button
            self._grid.addWidget(button, place, 3, Qt.AlignmentFlag.AlignLeft)
        if line.waivable:
            button = _link("免办", f"免办{kind}")
            button.clicked.connect(lambda: self.waive.emit(kind))
            self.waive_buttons[kind] = button
            self._grid.addWidget(button, place, 4)


def _link(words: str, spoken: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "link")
    button.setAccessibleName(spoken)
    return button
