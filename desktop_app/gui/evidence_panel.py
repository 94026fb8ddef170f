"""证据链: everything that passed between office, unit and leaders as one list, folded until asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui.evidence_state import EvidenceLine
from desktop_app.gui.page_parts import label, set_tone

KEY = "Ctrl+J"
_HEADS = ("日期", "环节和文号", "对象、经手和结果", "送达、收到")


class EvidencePanel(QWidget):
    """A head that unfolds it; within, one line a link, and beside a paper the button that records its service."""

    serve = Signal(str)
    """The service of this paper is to be recorded, or recorded otherwise."""
    unfolded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fold_button = QPushButton()
        self.fold_button.setProperty("role", "link")
        self.fold_button.setCheckable(True)
        self.fold_button.setToolTip(f"{KEY} 展开、收起")
        self.fold_button.toggled.connect(self._unfold)
        self._content: QWidget | None = None
        self._lines: tuple[EvidenceLine, ...] = ()
        self.serve_buttons: dict[str, QPushButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.fold_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._name()

    def show_chain(self, lines: Sequence[EvidenceLine]) -> None:
        """Show the chain anew; it stays folded or unfolded as it was."""
        self._lines = tuple(lines)
        self._name()
        self._fill()

    def toggle(self) -> None:
        """By key: unfold, and put the keyboard there; or fold."""
        self.fold_button.toggle()
        if self.fold_button.isChecked():
            self.fold_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _unfold(self, unfolded: bool) -> None:
        self._name()
        self._fill()
        self.unfolded.emit(unfolded)

    def _name(self) -> None:
        waiting = sum(1 for line in self._lines if line.document and not line.served)
        more = f"，{waiting} 份文书未登记送达" if waiting else ""
        verb = "收起证据链" if self.fold_button.isChecked() else "展开证据链"
        self.fold_button.setText(f"{verb}（{len(self._lines)} 条{more}）")

    def _fill(self) -> None:
        """The lines are made when they are looked at: most cases are read without them."""
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
            self._content = None
        self.serve_buttons = {}
        if not self.fold_button.isChecked():
            return
        self._content = QWidget()
        grid = QGridLayout(self._content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 4)
        grid.setColumnStretch(3, 3)
        if not self._lines:
            grid.addWidget(label("还没有可以列入证据链的记录。", "hint"), 0, 0, 1, len(_HEADS))
        else:
            for column, words in enumerate(_HEADS):
                grid.addWidget(label(words, "hint"), 0, column)
        for place, line in enumerate(self._lines):
            self._add(grid, 2 * place + 1, line)
        self._column.addWidget(self._content)

    def _add(self, grid: QGridLayout, place: int, line: EvidenceLine) -> None:
        top = Qt.AlignmentFlag.AlignTop
        when = label(line.when, "story-date", wrap=False)
        when.setAccessibleName(line.spoken)
        what = label("\n".join(part for part in (line.what, line.document) if part), "fact", wrap=False)
        about = label(line.about, "fact")
        for column, part in enumerate((when, what, about)):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(part, place, column, top)
        grid.addWidget(self._service(line), place, 3, top)
        if line.kept:
            grid.addWidget(label(f"存有：{line.kept}", "note"), place + 1, 1, 1, 3)

    def _service(self, line: EvidenceLine) -> QWidget:
        """How it was served, and the button that records it or records it otherwise."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        words = label(line.service, "fact" if line.served else "hint")
        if line.document and not line.served:
            set_tone(words, "due")
        column.addWidget(words)
        if line.paper:
            button = QPushButton("更改送达…" if line.served else "登记送达…")
            button.setProperty("role", "link")
            button.setAccessibleName(f"{button.text()} {line.what} {line.document}")
            paper = line.paper
            button.clicked.connect(lambda: self.serve.emit(paper))
            self.serve_buttons.setdefault(paper, button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return holder
