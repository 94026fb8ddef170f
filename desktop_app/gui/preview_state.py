"""What stands in the preview, and where its pages lie one below the other. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.documents.pdf_pages import PageSize

if TYPE_CHECKING:
    from desktop_app.documents.case_papers import FilledPapers

MARGIN = 16
"""Pixels around each page."""

FIT_WIDTH, WHOLE_PAGE = "适合宽度", "整页"
ZOOMS: tuple[str, ...] = (WHOLE_PAGE, "75 %", "100 %", FIT_WIDTH, "150 %", "200 %")
"""From small to large, as Ctrl+- and Ctrl++ go through them."""
STANDARD = "100 %"

_PIXELS_A_MM = 96 / 25.4
"""At 100 %: what a screen calls an inch has 96 pixels."""


@dataclass
class Preview:
    """A document to look at, to print and to save.

    title: for the reader; name: of its file, without an ending; docx: empty where there is only a PDF; starts: the
    pages on which a paper begins, as far as they are known. `filled` are the papers it holds, which go on record when
    it is first printed or saved; None for what is no paper of a case.
    """

    title: str
    name: str
    pdf: bytes
    docx: bytes = b""
    starts: tuple[int, ...] = ()
    filled: FilledPapers | None = None
    recorded: bool = False

    @property
    def papers(self) -> int:
        """How many papers it holds."""
        return len(self.filled.made) if self.filled is not None else 1

    @property
    def numbers(self) -> frozenset[str]:
        """The cases whose papers it holds."""
        return frozenset(one.case for one in self.filled.made) if self.filled is not None else frozenset()

    @property
    def form(self) -> str:
        """Which paper it is; that it is none of a case."""
        return self.filled.records[0].form if self.filled is not None else "document"


@dataclass(frozen=True, slots=True)
class PageRect:
    """A page's place in pixels, on a ground whose corner is the first page's."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PagesLaidOut:
    """Pages one below the other, each in the middle. scale: pixels a millimetre."""

    scale: float
    rects: tuple[PageRect, ...]
    width: int
    height: int

    def page_at(self, top: int, room: int) -> int:
        """The page one is reading where the view begins at `top` and shows so much: the one at its upper third."""
        tops = [rect.top - MARGIN for rect in self.rects]
        return max(0, bisect_right(tops, top + room // 3) - 1)

    def seen(self, top: int, room: int) -> range:
        """The pages of which something is in view."""
        tops = [rect.top for rect in self.rects]
        first = max(0, bisect_right(tops, top) - 1)
        if first < len(self.rects) - 1 and self.rects[first].top + self.rects[first].height <= top:
            first += 1
        return range(first, max(first + 1, bisect_right(tops, top + room - 1)))

    def top_of(self, page: int) -> int:
        """Where the view begins for a page to stand at its head."""
        return self.rects[page].top - MARGIN


def lay_out(sizes: Sequence[PageSize], zoom: str, width: int, height: int) -> PagesLaidOut:
    """Lay the pages out for a view of that many pixels."""
    scale = _scale(sizes, zoom, width, height)
    pixels = [(round(size.width * scale), round(size.height * scale)) for size in sizes]
    whole = max(width, max(across for across, _ in pixels) + 2 * MARGIN)
    rects, top = [], MARGIN
    for across, down in pixels:
        rects.append(PageRect((whole - across) // 2, top, across, down))
        top += down + MARGIN
    return PagesLaidOut(scale, tuple(rects), whole, top)


def _scale(sizes: Sequence[PageSize], zoom: str, width: int, height: int) -> float:
    widest = max(size.width for size in sizes)
    across = max(width - 2 * MARGIN, 64) / widest
    if zoom == FIT_WIDTH:
        return across
    if zoom == WHOLE_PAGE:
        return min(across, max(height - 2 * MARGIN, 64) / max(size.height for size in sizes))
    return float(zoom.removesuffix(" %")) / 100 * _PIXELS_A_MM


def zoom_step(zoom: str, by: int) -> str:
    """The next larger (1) or smaller (-1) zoom; the same at either end."""
    return ZOOMS[min(max(ZOOMS.index(zoom) + by, 0), len(ZOOMS) - 1)]
