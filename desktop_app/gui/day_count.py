"""(?) unfolded: why the deadline is that day, rule by rule and day by day."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.count_rules import CountRule
from desktop_app.gui.day_count_state import DayCount, DayLine
from desktop_app.gui.page_parts import label

_COLUMNS = ("日期", "计数", "为什么", "依据")
_HEIGHT = 232


class DayCountPanel(QFrame):
    """The rules with the words of their articles at the left, the days at the right; `compact`, the rules in a line each
    above the days."""

    def __init__(self, compact: bool = False) -> None:
        super().__init__()
        self._compact = compact
        way = QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(way, self)
        if not compact:
            self.setProperty("role", "day-count")
            row.setContentsMargins(16, 8, 16, 8)
        else:
            row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4 if compact else 16)
        self._rules = QVBoxLayout()
        self._rules.setSpacing(2)
        self._rules.setContentsMargins(0, 0, 0, 0)
        self._holder = QWidget()
        self._holder.setLayout(self._rules)
        row.addWidget(self._holder, 0 if compact else 2)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName("逐日计算")
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.verticalHeader().setVisible(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        if compact:
            self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setShowGrid(False)
        self.table.setFixedHeight(_HEIGHT)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        row.addWidget(self.table, 0 if compact else 3)

    def show_count(self, count: DayCount) -> None:
        """Show the count anew."""
        while self._rules.count():
            item = self._rules.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for rule in count.rules:
            self._add_rule(rule)
        if not self._compact:
            self._rules.addStretch(1)
        self.table.setRowCount(len(count.days))
        for place, day in enumerate(count.days):
            self._add_day(place, day)

    def _add_rule(self, rule: CountRule) -> None:
        role = "hint" if self._compact else "strong"
        self._rules.addWidget(label(f"{rule.words}　{rule.clause}", role))
        if rule.text and not self._compact:
            self._rules.addWidget(label(rule.text, "article-text"))

    def _add_day(self, place: int, day: DayLine) -> None:
        for column, words in enumerate((day.day, day.place, day.why, day.source)):
            item = QTableWidgetItem(words)
            item.setToolTip(words)
            if column < 2:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if day.counts:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            self.table.setItem(place, column, item)
