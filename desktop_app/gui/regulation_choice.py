"""Under which regulation a message is registered and from where it came: two lists, the second hanging on the first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox

from desktop_app.domain.regulation import Regulation


class RegulationChoice(QObject):
    """The lists themselves are laid out by the page. `changed` tells what the operator chose, not what was shown."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, Regulation] = {}
        self.regulation = QComboBox()
        self.source = QComboBox()
        self.regulation.activated.connect(self._chosen)
        self.source.activated.connect(self.changed)

    def show_regulations(self, known: Sequence[Regulation], own: str) -> None:
        """Offer these; the office's own is chosen unless the operator chose another."""
        chosen = self.regulation.currentData() or own
        self._known = {one.id: one for one in known}
        self.regulation.clear()
        for one in known:
            self.regulation.addItem(one.title, one.id)
        self.regulation.setCurrentIndex(max(self.regulation.findData(chosen), 0))
        self._show_sources()

    def _show_sources(self) -> None:
        chosen = self.source.currentText()
        self.source.clear()
        self.source.addItems(list(self._known[self.regulation.currentData()].values("source")))
        self.source.setCurrentIndex(max(self.source.findText(chosen), 0))

    def _chosen(self) -> None:
        self._show_sources()
        self.changed.emit()
