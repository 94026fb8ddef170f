"""Which page goes on which side of which sheet. No Qt.

Papers of many units printed in one run must not share a sheet: on both sides, each begins on a front.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from desktop_app.documents.pdf_pages import PageSize

Sheet = tuple[int | None, ...]
"""Pages, counted from 0, on the sides of one sheet; None is a side left blank."""


def sheets(
    chosen: Sequence[int],
    starts: Collection[int],
    both_sides: bool = False,
    copies: int = 1,
    collated: bool = True,
) -> list[Sheet]:
    """The sheets in the order in which they are printed.

    chosen: the pages wanted, in their order; starts: the pages on which a paper begins. `copies` of each sheet
    follow one another unless `collated`, which puts whole sets one after the other.
    """
    one_side: Iterable[Sheet] = ((page,) for page in chosen)
    once = list(_both_sides(chosen, starts) if both_sides else one_side)
    if collated:
        return once * copies
    return [sheet for sheet in once for _ in range(copies)]


def sides(order: Iterable[Sheet]) -> list[int | None]:
    """The sides one after the other, as a printer takes them; nothing after the last page."""
    flat = [page for sheet in order for page in sheet]
    while flat and flat[-1] is None:
        flat.pop()
    return flat


def _both_sides(chosen: Sequence[int], starts: Collection[int]) -> Iterator[Sheet]:
    front: int | None = None
    for page in chosen:
        if front is None:
            front = page
        elif page in starts:
            yield (front, None)
            front = page
        else:
            yield (front, page)
            front = None
    if front is not None:
        yield (front, None)


def fitting(page: PageSize, paper: PageSize) -> float:
    """How much a page must be scaled for this paper: 1 where it fits, to the millimetre; smaller where not."""
    slack = 1.0
    if page.width <= paper.width + slack and page.height <= paper.height + slack:
        return 1.0
    return min(paper.width / page.width, paper.height / page.height)
