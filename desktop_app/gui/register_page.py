"""留言台账: every case on a line of its own, narrowed down, sorted, ticked, opened, printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.documents.paper_catalogue import PAPERS, SLIP
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.gui.day_count_popup import KEY_HINT, DayCountHints
from desktop_app.gui.jump_bar import JumpBar
from desktop_app.gui.messages import Message
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.register_columns import DEADLINE, PLACES
from desktop_app.gui.register_filters import RegisterFilters
from desktop_app.gui.register_model import RegisterModel
from desktop_app.gui.register_papers import PaperPrinter
from desktop_app.gui.register_state import Filters, Sorting, empty_words, total_words
from desktop_app.gui.register_table import RegisterTable
from desktop_app.gui.register_views import SavedView
from desktop_app.gui.view_chooser import ViewChooser
from desktop_app.services.case_list import ListFacts, find_place, list_facts

FILTER_SETTINGS, SORT_SETTINGS = "register/filters", "register/sort"


class RegisterPage(Page):
    """States and filters above, the list, and below it how many there are and how many are ticked."""

    title = "留言台账"
    kinds = frozenset({"cases", "units", "settings", "batches"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._text = ""
        self._sorting = Sorting.read(context.settings.get(SORT_SETTINGS, {}))
        self.views = ViewChooser(context.settings, self._current_view, context.show_message)
        self.filters = RegisterFilters(context.session.today, self.views)
        self.filters.show_filters(Filters.read(context.settings.get(FILTER_SETTINGS, {})))
        self.model = RegisterModel(context.operations, lambda: context.session.today, self)
        self.model.show_elsewhere(context.elsewhere)
        self.table = RegisterTable(self.model, context.settings)
        self.table.show_sorting(self._sorting)
        self.day_counts = DayCountHints(
            self.table, context.operations, self._number_of, lambda index: index.column() == PLACES[DEADLINE]
        )
        self.printer = PaperPrinter(context, self)
        self._at: str | None = None
        self._lay_out()
        self._connect()
        self.model.query = self.current_query()

    # ------------------------------------------------------------------ laying out

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self._empty())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.filters)
        column.addWidget(self.stack, 1)
        column.addLayout(self._foot())

    def _empty(self) -> QWidget:
        page = QWidget()
        self.empty = label("", "empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.clear_conditions = QPushButton("清除条件")
        self.to_import = QPushButton("导入留言……")
        self.to_entry = QPushButton("登记一件……")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.clear_conditions, self.to_import, self.to_entry):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(page)
        column.addStretch(2)
        column.addWidget(self.empty)
        column.addLayout(buttons)
        column.addStretch(3)
        return page

    def _foot(self) -> QHBoxLayout:
        self.total = label("", "hint", wrap=False)
        self.chosen = label("", "hint", wrap=False)
        self.ticks = label("", "strong", wrap=False)
        self.jump = JumpBar()
        self.print_button = QPushButton("打印勾选的承办单（Ctrl+P）")
        self.untick_button = QPushButton("取消勾选")
        for button in (self.print_button, self.untick_button):
            button.setProperty("role", "quiet")
            button.hide()
        row = QHBoxLayout()
        row.setSpacing(16)
        for widget in (self.jump, self.total, self.chosen, self.ticks, self.print_button, self.untick_button):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(
            label(f"Enter 打开　空格 勾选　Ctrl+G 跳到　{KEY_HINT}　Ctrl+P 打印承办单", "hint", wrap=False)
        )
        return row

    def _connect(self) -> None:
        self.filters.changed.connect(self._ask_anew)
        self.filters.columns_button.clicked.connect(self._choose_columns)
        self.views.chosen.connect(self._show_view)
        self.table.sort_wanted.connect(self._sort_by)
        self.table.open_wanted.connect(self.open_row)
        self.table.tick_wanted.connect(self._tick)
        self.table.print_wanted.connect(self.print_papers)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.model.opened.connect(self._opened)
        self.model.total_settled.connect(self._show_total)
        self.model.ticks_changed.connect(self._show_ticks)
        self.jump.wanted.connect(self._jump_to)
        self.jump.left.connect(self.table.setFocus)
        keys = QShortcut(QKeySequence("Ctrl+G"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.jump.begin)
        self.clear_conditions.clicked.connect(self.filters.clear)
        self.to_import.clicked.connect(lambda: self.context.open_page("import"))
        self.to_entry.clicked.connect(lambda: self.context.open_page("entry"))
        self.print_button.clicked.connect(lambda: self.print_papers())
        self.untick_button.clicked.connect(self.model.clear_ticks)

    # ------------------------------------------------------------------ for the frame

    def set_text(self, query: str) -> None:
        """What is searched for; comes from the frame's box once the keys rest."""
        if query.strip() != self._text:
            self._text = query.strip()
            self._ask()

    def current_query(self) -> CaseQuery:
        """What the list shows now, in its order."""
        return self.filters.filters.query(self._text, self._sorting, self.context.session.today)

    def _number_of(self, index: QModelIndex) -> str | None:
        return self.model.number_at(index.row())

    def current_number(self) -> str | None:
        row = self.table.current_row
        return self.model.number_at(row) if row >= 0 else None

    def print_papers(self, form: str = SLIP) -> None:
        """A paper of each case that is ticked, else of the current one."""
        what = f"打印{PAPERS[form].title}"
        self.with_chosen(what, lambda numbers: self.printer.print_papers(numbers, form))

    def preview_papers(self, form: str) -> None:
        """The same papers, to be looked at."""
        what = f"预览{PAPERS[form].title}"
        self.with_chosen(what, lambda numbers: self.printer.preview_papers(numbers, form))

    def with_chosen(self, what: str, then: Callable[[Sequence[str]], None]) -> None:
        """The cases that are ticked, else the current one; where there is none, `what` cannot be done, and why."""
        if self.model.ticked:
            then(self.model.ticked)
        elif self.table.current_row >= 0:
            self._with_numbers([self.table.current_row], then)
        else:
            words = f"请先勾选要{what}的件，或把光标移到一件上。"
            self.context.show_message(Message(words, "info"))

    def focus_first(self) -> None:
        if self.stack.currentWidget() is self.table:
            self.table.setFocus()
        else:
            self.filters.setFocus()

    # ------------------------------------------------------------------ asking

    def refresh(self) -> None:
        """The same list anew, at the same place."""
        self._at = self.current_number()
        query = self.current_query()
        if query != self.model.query or not self.model.ready:
            self.model.show(query)
        else:
            self.model.refresh(self.table.first_visible_row(), self._at or "")
        self.context.operations.query(self, "facts", list_facts, self._show_facts)

    def _ask(self) -> None:
        self.table.lines.search_for(self._text)
        self.model.show(self.current_query())

    def _ask_anew(self) -> None:
        self.context.settings.put(FILTER_SETTINGS, self.filters.filters.written())
        self._ask()

    def _sort_by(self, key: str) -> None:
        self._sort(self._sorting.by(key))  # type: ignore[arg-type]
        self._ask()

    def _sort(self, sorting: Sorting) -> None:
        self._sorting = sorting
        self.context.settings.put(SORT_SETTINGS, sorting.written())
        self.table.show_sorting(sorting)

    def _current_view(self, name: str) -> SavedView:
        return SavedView(name, self.filters.filters, self._sorting, self.table.columns)

    def _show_view(self, view: SavedView) -> None:
        """As it was saved, over whatever is searched for now."""
        self.table.show_columns(view.columns)
        self._sort(view.sorting)
        self.filters.show_filters(view.filters)
        self._ask_anew()
        self.focus_first()

    # ------------------------------------------------------------------ showing

    def _opened(self, another: bool) -> None:
        if another:
            self.table.scrollToTop()
            if self.model.rowCount():
                self.table.go_to(0)
        else:
            self._stay_at()
        self._show_total()
        self._show_chosen()

    def _stay_at(self) -> None:
        """Keep the keyboard on the case it was on, where the list has moved under it."""
        row = self.model.kept_at
        if row is not None and row != self.table.current_row:
            self.table.go_to(row)

    def _show_facts(self, facts: ListFacts) -> None:
        self.filters.show_facts(facts)

    def _show_total(self) -> None:
        count = self.model.rowCount()
        self.total.setText(total_words(count, self.model.total_exact, self.model.or_more))
        filters = self.filters.filters
        nothing_yet = not filters.any and not self._text
        self.empty.setText(empty_words(filters, self._text))
        self.clear_conditions.setVisible(filters.any)
        self.to_import.setVisible(nothing_yet)
        self.to_entry.setVisible(nothing_yet)
        self.stack.setCurrentIndex(0 if count else 1)

    def _show_chosen(self) -> None:
        rows = sum(one.height() for one in self.table.selectionModel().selection())  # type: ignore[attr-defined]
        self.chosen.setText(f"选中 {rows:,} 件" if rows > 1 else "")

    def _show_ticks(self) -> None:
        count = len(self.model.ticked)
        self.ticks.setText(f"✓ 已勾选 {count:,} 件" if count else "")
        self.print_button.setVisible(bool(count))
        self.untick_button.setVisible(bool(count))

    # ------------------------------------------------------------------ going to a place

    def _jump_to(self, words: str) -> None:
        """The row of a register number, or the first of a day, wherever in the list."""
        query = self.model.query
        self.context.operations.query(
            self,
            "jump",
            lambda session: find_place(session, query, words),
            self._jumped,
            lambda error: self.jump.refused(error.message),
        )

    def _jumped(self, row: int) -> None:
        self.jump.end()
        self.table.setFocus()
        self.table.go_to_top(row)

    # ------------------------------------------------------------------ acts

    def open_row(self, row: int) -> None:
        self._with_numbers(
            [row], lambda numbers: self.context.open_case(numbers[0], self.model.numbers_around(row))
        )

    def _tick(self, rows: list[int]) -> None:
        self._with_numbers(rows, self.model.toggle)

    def _with_numbers(self, rows: Sequence[int], then: Callable[[Sequence[str]], None]) -> None:
        """Of lines that may have been selected, in a very long list, without having been looked at."""
        at_hand = [number for row in rows if (number := self.model.number_at(row)) is not None]
        if len(at_hand) == len(rows):
            then(at_hand)
        else:
            self.model.fetch_numbers(lambda known: then([known[row] for row in rows if row < len(known)]))

    def _choose_columns(self) -> None:
        button = self.filters.columns_button
        self.table.column_menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def hideEvent(self, event: QHideEvent) -> None:
        self.table.save_columns()
        super().hideEvent(event)
