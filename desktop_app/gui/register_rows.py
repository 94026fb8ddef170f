"""The few pages of a long list that are kept, and the places in it that are known. No Qt here."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import OrderedDict
from collections.abc import Collection, Iterable

from desktop_app.domain.case_queries import Cursor
from desktop_app.services.case_list import Window
from desktop_app.services.queries import Listed

PAGE = 40
"""Rows asked for at a time: a large screen holds some 35."""
PAGES_KEPT = 6


class KeptRows:
    """Pages of PAGE rows; what came longest ago goes first. Of all pages that ever came the cursors stay."""

    def __init__(self) -> None:
        self._pages: OrderedDict[int, tuple[Listed, ...]] = OrderedDict()
        self._cursors: dict[int, Cursor] = {}
        self._places: list[int] = []

    def clear(self) -> None:
        self._pages.clear()
        self._cursors.clear()
        self._places.clear()

    def put(self, window: Window) -> None:
        """Keep a window that begins on a page's first row."""
        for start in range(0, len(window.cases), PAGE):
            page = (window.first + start) // PAGE
            self._pages[page] = window.cases[start : start + PAGE]
            self._pages.move_to_end(page)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        if window.next is not None:
            self.put_landmarks([(window.first + len(window.cases), window.next)])

    def put_landmarks(self, landmarks: Iterable[tuple[int, Cursor]]) -> None:
        """Keep places of the list: the index of a row, and the cursor before it."""
        for place, cursor in landmarks:
            if place not in self._cursors:
                insort(self._places, place)
                self._cursors[place] = cursor

    def case(self, row: int) -> Listed | None:
        page = self._pages.get(row // PAGE, ())
        place = row % PAGE
        return page[place] if place < len(page) else None

    @property
    def pages(self) -> Collection[int]:
        return self._pages.keys()

    @property
    def count(self) -> int:
        return sum(map(len, self._pages.values()))

    def near(self, first: int) -> tuple[int, Cursor] | None:
        """The last known place that is not behind `first`, and the cursor before it."""
        place = bisect_right(self._places, first) - 1
        return (self._places[place], self._cursors[self._places[place]]) if place >= 0 else None

    def numbers_around(self, row: int) -> list[str]:
        """The numbers at hand before and after a row, without a gap."""
        first = last = row // PAGE
        while first - 1 in self._pages:
            first -= 1
        while last + 1 in self._pages:
            last += 1
        return [case.number for page in range(first, last + 1) for case in self._pages.get(page, ())]
