"""A line in which units are named: by words of the name, a short name, pinyin or its initials."""

from __future__ import annotations

import re
from itertools import islice

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from desktop_app.domain.names import match_units
from desktop_app.domain.units import UnitRegister

_MOST_SHOWN = 12
_BETWEEN = re.compile("[、，,；;]")


class UnitEdit(QLineEdit):
    """Completes to full names as they stand in the register. With `several`, names stand apart by 、."""

    taken = Signal()
    """Enter has taken a name from the list."""

    def __init__(self, units: UnitRegister, several: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units, self._several = units, several
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(self)
        # What is typed may be pinyin: the list is chosen here, so the completer must not filter it again.
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._take)
        self.textEdited.connect(self._offer)
        self.setPlaceholderText("名称、简称或拼音首字母")

    def offered(self) -> list[str]:
        """The full names that the list shows now."""
        return list(self._model.stringList())

    def _offer(self) -> None:
        typed = self._last_part()
        found = islice(match_units(typed, self._units), _MOST_SHOWN) if typed else ()
        self._model.setStringList([match.unit.name for match in found])
        if self._model.rowCount() and self._model.stringList() != [typed]:
            self._completer.complete()
            popup = self._completer.popup()
            popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        else:
            self._completer.popup().hide()

    def _last_part(self) -> str:
        text = self.text()[: self.cursorPosition()]
        return (_BETWEEN.split(text)[-1] if self._several else text).strip()

    def _take(self, name: str) -> None:
        if not self._several:
            self.setText(name)
            return
        before = [part.strip() for part in _BETWEEN.split(self.text())[:-1]]
        self.setText("、".join([*filter(None, before), name]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._completer.popup().isVisible() and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Tab,
        ):
            index = self._completer.popup().currentIndex()
            if index.isValid():
                self._take(str(index.data()))
                self._completer.popup().hide()
                if event.key() != Qt.Key.Key_Tab:
                    self.taken.emit()
                    return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A short name left standing becomes the full one: what is recorded is seen before it is."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        parts = (
            [part.strip() for part in _BETWEEN.split(self.text())] if self._several else [self.text().strip()]
        )
        known = [self._units.find(part) for part in parts]
        full = [unit.name if unit is not None else part for unit, part in zip(known, parts, strict=True)]
        if full != parts:
            self.setText("、".join(filter(None, full)))
