"""The editor in which another case is named: its number, or words by which it is looked up, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from desktop_app.domain.wording import date_words
from desktop_app.gui.field_editor import FieldEditor
from desktop_app.gui.page_parts import label
from desktop_app.services.case_search import FoundCase

_PAUSE = 250
"""Milliseconds of rest after which what is typed is looked for."""
_NUMBER = Qt.ItemDataRole.UserRole


class _Line(QLineEdit):
    """↓ goes into the list of what was found."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.down.emit()
        else:
            super().keyPressEvent(event)


class _List(QListWidget):
    """Enter takes the line one is on."""

    taken = Signal(QListWidgetItem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentItem() is not None:
                self.taken.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class CaseEditor(FieldEditor):
    """Asks for nothing itself: `looked_for` tells what to find, `show_found` brings it."""

    looked_for = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._found: tuple[FoundCase, ...] = ()
        self.line = _Line()
        self.line.setPlaceholderText("如：2026-0312，或标题中的字")
        self.list = _List()
        self.list.setAccessibleName("找到的件")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.chosen = label("", "strong")
        self.chosen.setVisible(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(lambda: self.looked_for.emit(self.value()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.line, self.list, self.chosen):
            column.addWidget(part)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._typed)
        self.line.down.connect(self._into_list)
        self.line.editingFinished.connect(self.settled)
        self.list.taken.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self._show_list(())

    def value(self) -> str:
        return self.line.text().strip()

    def set_value(self, text: str) -> None:
        self.line.setText(text)

    def is_midway(self) -> bool:
        return self.line.hasFocus() or self.list.hasFocus()

    def offer(self, found: Sequence[FoundCase]) -> None:
        """Show cases before anything is typed, such as those that look alike."""
        if not self.value():
            self._show_list(found)

    def show_found(self, words: str, found: Sequence[FoundCase]) -> None:
        """What was found for `words`; an answer to what no longer stands there is passed over."""
        if words != self.value():
            return
        self._found = tuple(found)
        named = self._named()
        self._show_list(() if named is not None else found)
        if named is not None:
            self.chosen.setText(f"→ {_described(named, self._today)}")
        elif words:
            self.chosen.setText("" if found else "没有找到。请核对登记号，或换几个字再找。")
        self.chosen.setVisible(bool(self.chosen.text()))
        self.settled.emit()

    def _named(self) -> FoundCase | None:
        return next((one for one in self._found if one.number == self.value()), None)

    def _typed(self) -> None:
        self.chosen.clear()
        self.chosen.setVisible(False)
        self._pause.start()
        self.edited.emit()

    def _show_list(self, found: Sequence[FoundCase]) -> None:
        self.list.clear()
        for one in found:
            words = f"{one.number}　{_described(one, self._today)}"
            item = QListWidgetItem(words)
            item.setData(_NUMBER, one.number)
            item.setToolTip(words)
            self.list.addItem(item)
        self.list.setVisible(bool(found))
        line = self.list.sizeHintForRow(0) if found else 0
        self.list.setFixedHeight(line * len(found) + 2 * self.list.frameWidth() + 2)

    def _into_list(self) -> None:
        if self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self, item: QListWidgetItem) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.setText(str(item.data(_NUMBER)))
        self._pause.stop()
        self.looked_for.emit(self.value())


def _described(one: FoundCase, today: date) -> str:
    holder = f"　{one.lead}" if one.lead else ""
    return f"{one.title}　{one.status}{holder}　{date_words(one.received, today)}收"
