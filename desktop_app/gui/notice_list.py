"""The holiday notices that are known, in two lines each: year, place and how it came; under them its title."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop_app.gui.holidays_state import NoticeLine

_LINE_ROLE = int(Qt.ItemDataRole.UserRole)


class NoticeList(QListWidget):
    """As tall as two notices, and taller where there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("已有的放假通知")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def show_lines(self, lines: Sequence[NoticeLine]) -> None:
        """These; the one chosen before stays chosen, without a word about it."""
        before = self.chosen
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem(f"{line.year}年 {line.where} · {line.came}\n{line.source}")
            item.setData(_LINE_ROLE, line)
            item.setToolTip(line.spoken)
            self.addItem(item)
            if before is not None and (line.source, line.event) == (before.source, before.event):
                self.setCurrentItem(item)
        self.blockSignals(False)

    @property
    def chosen(self) -> NoticeLine | None:
        item = self.currentItem()
        line: NoticeLine | None = item.data(_LINE_ROLE) if item is not None else None
        return line

    def choose_none(self) -> None:
        self.setCurrentRow(-1)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * 5)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())
