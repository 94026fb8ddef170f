"""The register as a table of any length: rows come by page when they are looked at, and a few pages are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.errors import LiuyanError
from desktop_app.gui.open_elsewhere import OpenElsewhere
from desktop_app.gui.operations import Operations
from desktop_app.gui.register_columns import COLUMNS, PLACES, TICK, TITLE, beside_title, sort_value, title_of
from desktop_app.gui.register_rows import PAGE, KeptRows
from desktop_app.services import case_list
from desktop_app.services.case_list import LANDMARKS_FROM, ListMeasures, OpenedList, Window
from desktop_app.services.queries import Listed, case_numbers

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""The `Listed` of the row; None while it is on its way."""
SORT_ROLE = ROW_ROLE + 1

_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_CHECKED = int(Qt.ItemDataRole.CheckStateRole)
_ALIGNED = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ROWS, _NUMBERS, _MEASURES = "rows", "numbers", "measures"


class RegisterModel(QAbstractTableModel):
    """Asks for what is looked at, one question at a time, so that fast scrolling skips what it passes by."""

    opened = Signal(bool)
    """A list has come; True where it is another list, False where the same one came anew."""
    total_settled = Signal()
    """How many there are is known exactly, where it was not."""
    ticks_changed = Signal()

    def __init__(
        self, operations: Operations, today: Callable[[], date], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._operations, self._today_now = operations, today
        self.query = CaseQuery(descending=True)
        self.today = today()
        self.total_exact = True
        self.or_more = False
        """Whether there may be more than were counted so far; else, where that is not exact, fewer."""
        self.kept_at: int | None = None
        """Where the case stands that the last `refresh` was to stay on."""
        self.ready = False
        """Whether any list has come yet."""
        self._total = 0
        self._rows = KeptRows()
        self._numbers: tuple[str, ...] | None = None
        self._ticked: dict[str, None] = {}
        self._wanted: dict[int, None] = {}
        self._asking = False
        self._elsewhere: OpenElsewhere | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask_pages)

    # ------------------------------------------------------------------ lists

    def show(self, query: CaseQuery) -> None:
        """Another list, from its top. The one shown stays until it has come."""
        self.query = query
        self._open(0, True)

    def refresh(self, first_visible: int = 0, keep: str = "") -> None:
        """The same list anew; `first_visible` is the row at the top of the view, `keep` a case to stay on."""
        self._open(max(0, first_visible) // PAGE * PAGE, False, keep)

    def _open(self, first: int, another: bool, keep: str = "") -> None:
        query, limit = self.query, PAGE if another else 2 * PAGE
        self._asking = True
        self._wanted.clear()
        for topic in (_NUMBERS, _MEASURES):
            self._operations.forget(self, topic)
        self._operations.query(
            self,
            _ROWS,
            lambda session: case_list.open_list(session, query, first, limit, keep),
            lambda found: self._take_list(found, another),
            self._failed,
        )

    def _take_list(self, found: OpenedList, another: bool) -> None:
        self._asking = False
        self.ready = True
        if another:
            self.beginResetModel()
            self._total = found.total
            self._put_list(found)
            self.endResetModel()
        else:
            self._grow_or_shrink(found.total)
            self._put_list(found)
            self._tell_rows(0, self._total - 1)
        self.opened.emit(another)
        if not found.total_exact or found.total >= LANDMARKS_FROM:
            self._measure()

    def _put_list(self, found: OpenedList) -> None:
        self.today = self._today_now()
        self.total_exact, self.or_more = found.total_exact, found.or_more
        self.kept_at = found.kept_at
        self._numbers = found.numbers
        self._rows.clear()
        self._rows.put(found.window)

    def _grow_or_shrink(self, total: int) -> None:
        if total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(QModelIndex(), total, self._total - 1)
            self._total = total
            self.endRemoveRows()

    def _measure(self) -> None:
        """Count the list to its end, and find places in it: behind what is shown, no page waits for it."""
        query = self.query
        self._operations.query(
            self,
            _MEASURES,
            lambda session: case_list.measure_list(session, query),
            self._take_measures,
            self._failed,
            aside=True,
        )

    def _take_measures(self, found: ListMeasures) -> None:
        self._rows.put_landmarks(found.landmarks)
        if not self.total_exact:
            self._settle_total(found.total, found.total_exact)

    def _settle_total(self, total: int, exact: bool = True) -> None:
        self.total_exact, self.or_more = exact, False
        self._grow_or_shrink(total)
        self.total_settled.emit()

    # ------------------------------------------------------------------ pages

    def _want(self, page: int) -> None:
        self._wanted.pop(page, None)
        self._wanted[page] = None
        if not self._asking and not self._soon.isActive():
            self._soon.start()

    def _ask_pages(self) -> None:
        """The page wanted last, with the one beside it that is wanted too; the others were only passed by."""
        for page in self._wanted.keys() & self._rows.pages:
            del self._wanted[page]  # it was on its way when it was looked for
        if self._asking or not self._wanted:
            return
        newest = next(reversed(self._wanted))
        pages = [newest - 1, newest] if newest - 1 in self._wanted else [newest]
        if len(pages) == 1 and newest + 1 in self._wanted:
            pages.append(newest + 1)
        self._wanted.clear()
        query, first, limit = self.query, pages[0] * PAGE, len(pages) * PAGE
        near = self._rows.near(first)
        self._asking = True
        self._operations.query(
            self,
            _ROWS,
            lambda session: case_list.list_window(session, query, first, limit, near),
            self._take_window,
            self._failed,
        )

    def _take_window(self, window: Window) -> None:
        self._asking = False
        end = window.first + len(window.cases)
        if window.next is None and end < self._total and not self.or_more:
            # Fewer than were counted: the count was of candidates, or some have gone since.
            if window.cases or not window.first:
                self._settle_total(end)
            else:
                self.fetch_numbers(lambda numbers: None)
        self._rows.put(window)
        self._tell_rows(window.first, end - 1)
        if self._wanted:
            self._soon.start()

    def _tell_rows(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def _failed(self, error: LiuyanError) -> None:
        self._asking = False
        self._operations.failed.emit(error)

    # ------------------------------------------------------------------ what is in it

    def case(self, row: int) -> Listed | None:
        """The case of a row. One that is not here is asked for, and shown when it comes."""
        case = self._rows.case(row)
        if case is None and row // PAGE not in self._rows.pages and 0 <= row < self._total:
            self._want(row // PAGE)
        return case

    @property
    def rows_kept(self) -> int:
        return self._rows.count

    @property
    def numbers(self) -> tuple[str, ...] | None:
        """The numbers of the whole list, where they are known."""
        return self._numbers

    def number_at(self, row: int) -> str | None:
        """The number of a row where it is at hand; nothing is asked for."""
        if self._numbers is not None and 0 <= row < len(self._numbers):
            return self._numbers[row]
        case = self._rows.case(row)
        return case.number if case is not None else None

    def numbers_around(self, row: int) -> Sequence[str]:
        """The numbers of the whole list; of a very long one those at hand about the row, without a gap."""
        if self._numbers is not None:
            return self._numbers
        return self._rows.numbers_around(row)

    def fetch_numbers(self, then: Callable[[Sequence[str]], None]) -> None:
        """Have the numbers of the whole list, however long it is, then go on with them."""
        if self._numbers is not None:
            then(self._numbers)
            return
        query = self.query

        def take(numbers: list[str]) -> None:
            self._numbers = tuple(numbers)
            self._settle_total(len(numbers))
            then(self._numbers)

        self._operations.query(self, _NUMBERS, lambda session: case_numbers(session, query), take)

    # ------------------------------------------------------------------ who has it open

    def show_elsewhere(self, elsewhere: OpenElsewhere | None) -> None:
        """Mark what colleagues have open, from now on."""
        self._elsewhere = elsewhere
        if elsewhere is not None:
            elsewhere.changed.connect(self._marks_changed)

    def mark(self, case: Listed) -> str:
        """Who has the case open elsewhere, in the few words of a list; empty where nobody has."""
        return self._elsewhere.mark(case.number) if self._elsewhere is not None else ""

    def _marks_changed(self) -> None:
        self._column_changed(TITLE)

    def _elsewhere_words(self, case: Listed) -> str:
        return self._elsewhere.words(case.number) if self._elsewhere is not None else ""

    # ------------------------------------------------------------------ ticks

    @property
    def ticked(self) -> tuple[str, ...]:
        """In the order in which they were ticked. Ticks stay while the list is narrowed down otherwise."""
        return tuple(self._ticked)

    def toggle(self, numbers: Iterable[str]) -> None:
        """Tick them all; where all are ticked already, take the ticks away."""
        given = list(numbers)
        if all(number in self._ticked for number in given):
            for number in given:
                del self._ticked[number]
        else:
            self._ticked |= dict.fromkeys(given)
        self._ticks_told()

    def clear_ticks(self) -> None:
        self._ticked.clear()
        self._ticks_told()

    def is_ticked(self, number: str) -> bool:
        return number in self._ticked

    def _ticks_told(self) -> None:
        self._column_changed(TICK)
        self.ticks_changed.emit()

    def _column_changed(self, name: str) -> None:
        if self._total:
            place = PLACES[name]
            self.dataChanged.emit(self.index(0, place), self.index(self._total - 1, place))

    # ------------------------------------------------------------------ as Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = 0) -> Any:
        case = self.case(index.row())
        if role == ROW_ROLE or case is None:
            return case if role == ROW_ROLE else None
        column = COLUMNS[index.column()]
        if not role:
            return column.text(case, self.today)
        if role == SORT_ROLE:
            return sort_value(case, column)
        if role == _ALIGNED:
            return _RIGHT if column.figures else _LEFT
        if column.name == TICK:
            ticked = case.number in self._ticked
            if role == _CHECKED:
                return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            return ("已勾选" if ticked else "未勾选") if role == _SPOKEN else None
        if role == _TOOL_TIP:
            words = (
                title_of(case) + beside_title(case) if column.name == TITLE else column.text(case, self.today)
            )
            # Escaped: a title may hold <...>, which Qt would take for markup; a paragraph wraps.
            there = self._elsewhere_words(case) if column.name == TITLE else ""
            return "".join(f"<p>{escape(one)}</p>" for one in (words, there) if one) or None
        if role == _SPOKEN:
            there = self._elsewhere_words(case) if column.name == TITLE else ""
            return f"{column.title} {column.text(case, self.today)}" + (f"，{there}" if there else "")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if not role:
            return column.title
        if role == _ALIGNED:
            return _RIGHT if column.figures else _LEFT
        if role == _TOOL_TIP:
            return f"单击按“{column.title}”排序" if column.sort is not None else column.title
        return None
