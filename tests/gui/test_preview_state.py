"""Where the pages of a preview lie, and which is being read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.pdf_pages import PageSize
from desktop_app.gui.preview_state import (
    FIT_WIDTH,
    MARGIN,
    STANDARD,
    WHOLE_PAGE,
    ZOOMS,
    Preview,
    lay_out,
    zoom_step,
)

A4 = PageSize(210, 297)

sizes = st.lists(st.builds(PageSize, st.floats(50, 420), st.floats(50, 420)), min_size=1, max_size=30)
rooms = st.integers(100, 4000)


def test_at_100_percent_a_page_has_its_size_on_a_screen() -> None:
    (rect,) = lay_out([A4], STANDARD, 1366, 500).rects
    assert (rect.width, rect.height) == (794, 1123)
    assert rect.left == (1366 - 794) // 2 and rect.top == MARGIN


def test_a_page_is_fitted_to_the_width_or_whole_into_the_view() -> None:
    (wide,) = lay_out([A4], FIT_WIDTH, 1000, 500).rects
    assert wide.width == 1000 - 2 * MARGIN
    (whole,) = lay_out([A4], WHOLE_PAGE, 1000, 500).rects
    assert whole.height == 500 - 2 * MARGIN and whole.width < wide.width


@given(sizes, st.sampled_from(ZOOMS), rooms, rooms)
def test_pages_stand_one_below_the_other_in_the_middle(
    pages: list[PageSize], zoom: str, width: int, height: int
) -> None:
    laid_out = lay_out(pages, zoom, width, height)
    for before, after in zip(laid_out.rects, laid_out.rects[1:], strict=False):
        assert after.top == before.top + before.height + MARGIN
    last = laid_out.rects[-1]
    assert laid_out.height == last.top + last.height + MARGIN
    for rect in laid_out.rects:
        assert abs(rect.left + rect.width / 2 - laid_out.width / 2) <= 1
        assert rect.left >= MARGIN or zoom == WHOLE_PAGE or width < 64 + 2 * MARGIN


@given(sizes, st.sampled_from(ZOOMS), rooms, rooms, st.floats(0, 1))
def test_only_what_shows_counts_as_seen(
    pages: list[PageSize], zoom: str, width: int, height: int, place: float
) -> None:
    laid_out = lay_out(pages, zoom, width, height)
    top = round(place * max(0, laid_out.height - height))
    showing = {
        page
        for page, rect in enumerate(laid_out.rects)
        if rect.top < top + height and rect.top + rect.height > top
    }
    seen = set(laid_out.seen(top, height))
    assert showing <= seen
    assert len(seen) <= len(showing) + 1


@given(sizes, st.sampled_from(ZOOMS), rooms, rooms)
def test_the_page_at_the_head_is_the_one_being_read(
    pages: list[PageSize], zoom: str, width: int, height: int
) -> None:
    laid_out = lay_out(pages, zoom, width, height)
    for page in range(len(pages)):
        read = laid_out.page_at(laid_out.top_of(page), 3)
        assert read in (page, min(page + 1, len(pages) - 1))


def test_zoom_goes_step_by_step_and_ends() -> None:
    assert zoom_step(STANDARD, 1) == FIT_WIDTH
    assert zoom_step(ZOOMS[-1], 1) == ZOOMS[-1]
    assert zoom_step(ZOOMS[0], -1) == ZOOMS[0]


@pytest.mark.parametrize("recorded", [True, False])
def test_what_is_no_paper_of_a_case_is_one_paper_of_none(recorded: bool) -> None:
    preview = Preview("模板", "模板", b"%PDF-", recorded=recorded)
    assert preview.papers == 1 and preview.numbers == frozenset()
