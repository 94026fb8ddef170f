"""Naming a case by hand: its number, or words of it, or its code scanned; what answers stands below to be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.domain.numbering import parse_register_number
from desktop_app.domain.paper_codes import looks_like_code
from desktop_app.errors import Refusal
from desktop_app.gui.page_parts import label
from desktop_app.services.case_search import FoundCase, find_cases
from desktop_app.services.paper_codes import coded_paper
from desktop_app.services.session import Session

_REST_MS = 250


def cases_named(session: Session, words: str) -> tuple[FoundCase, ...]:
    """The cases that what was typed may mean: the one of that number or code alone, else those it is found in."""
    number = _number_in(session, words)
    found = find_cases(session, number or words)
    return tuple(one for one in found if one.number == number) if number else found


def _number_in(session: Session, words: str) -> str:
    try:
        if looks_like_code(words):
            return coded_paper(session, words).number
        return str(parse_register_number(words))
    except Refusal:
        return ""


class CaseChooser(QWidget):
    """Asks once the keys rest. Enter takes the one case that answers; of several one is chosen by ↑ ↓ and Enter, or
    by a click."""

    asked = Signal(str)
    chosen = Signal(str, str)
    """Number and title of the case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[FoundCase, ...] = ()
        self._entered = False
        self.line = QLineEdit()
        self.line.setPlaceholderText("登记号，或标题里的字")
        self.line.setAccessibleName("归到哪一件")
        self.answers = QListWidget()
        self.answers.setAccessibleName("找到的件")
        self.answers.hide()
        self.none = label("没有找到这样的件。", "hint")
        self.none.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.line, self.answers, self.none):
            column.addWidget(widget)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)
        self.line.textEdited.connect(lambda: self._rest.start())
        self.line.returnPressed.connect(self._enter)
        self.answers.itemClicked.connect(self._take)
        self.answers.itemActivated.connect(self._take)

    def clear(self) -> None:
        self._rest.stop()
        self.line.clear()
        self.show_found("", ())
        self.none.hide()

    def show_found(self, words: str, found: Sequence[FoundCase]) -> None:
        """The answer to what was asked."""
        self._found = tuple(found)
        self.answers.clear()
        for case in self._found:
            item = QListWidgetItem(f"{case.number}　{case.title}")
            item.setToolTip(f"{case.title}　{case.status}　{case.lead}".strip())
            self.answers.addItem(item)
        self.answers.setFixedHeight((self.answers.fontMetrics().height() + 8) * len(self._found) + 8)
        self.answers.setVisible(bool(self._found))
        self.none.setVisible(bool(words) and not self._found)
        entered, self._entered = self._entered, False
        if entered and len(self._found) == 1:
            self.chosen.emit(self._found[0].number, self._found[0].title)
        elif entered and self._found:
            self._go_among_them()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._found:
            self._go_among_them()
        else:
            super().keyPressEvent(event)

    def _go_among_them(self) -> None:
        self.answers.setFocus()
        self.answers.setCurrentRow(0)

    def _enter(self) -> None:
        self._rest.stop()
        self._entered = True
        self._ask()

    def _ask(self) -> None:
        words = self.line.text().strip()
        if words:
            self.asked.emit(words)
        else:
            self._entered = False
            self.show_found("", ())

    def _take(self, item: QListWidgetItem) -> None:
        case = self._found[self.answers.row(item)]
        self.chosen.emit(case.number, case.title)
