"""Settings: the regulations on hand, article by article: what each says, and what the program makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.regulation import Regulation
from desktop_app.domain.wording import long_date
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.services import office_settings, regulations

HEADER = ("条款", "条文", "程序怎么做")


class RegulationsPanel(QWidget):
    """One regulation at a time; the whole article in the tooltip of its number."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._known: dict[str, Regulation] = {}
        self.choice = QComboBox()
        self.facts = label("", "hint")
        self.clauses = QTableWidget(0, len(HEADER))
        self.clauses.setHorizontalHeaderLabels(HEADER)
        self.clauses.setAccessibleName("逐条")
        self.clauses.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clauses.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.clauses.setTabKeyNavigation(False)
        self.clauses.setWordWrap(True)
        self.clauses.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clauses.verticalHeader().hide()
        self.clauses.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.clauses.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for place in (1, 2):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label("办法", "title"))
        column.addLayout(row(*named("办法", self.choice), None))
        column.addWidget(self.facts)
        column.addWidget(self.clauses, 1)
        self.choice.activated.connect(self._show_chosen)

    def refresh(self) -> None:
        self._context.operations.query(
            self,
            "regulations",
            lambda session: (regulations.load_all(), office_settings.get(session).regulation),
            lambda found: self._show(*found),
        )

    def _show(self, known: Sequence[Regulation], own: str) -> None:
        if list(self._known) == [one.id for one in known]:
            return
        self._known = {one.id: one for one in known}
        self.choice.clear()
        for one in known:
            self.choice.addItem(one.title, one.id)
        self.choice.setCurrentIndex(self.choice.findData(own))
        self._show_chosen()

    def _show_chosen(self) -> None:
        regulation = self._known[self.choice.currentData()]
        self.facts.setText(
            f"{regulation.issuer}；自{long_date(regulation.in_force)}起施行；来源：{regulation.source}；"
            f"{long_date(regulation.checked)}核对。"
        )
        self.clauses.setRowCount(len(regulation.clauses))
        for line, clause in enumerate(regulation.clauses):
            does = clause.does + (
                f"\n（{clause.later.removesuffix('（后续）')}，后续版本）" if clause.later else ""
            )
            for place, text in enumerate((clause.article, clause.says, does)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                if place == 0:
                    item.setToolTip(regulation.articles.get(clause.article, ""))
                self.clauses.setItem(line, place, item)
        self.clauses.scrollToTop()
