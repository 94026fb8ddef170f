"""Sheets: every page once a copy, in order, and no two papers on one sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.pdf_pages import PageSize
from desktop_app.gui.print_order import fitting, sheets, sides

A4, A5, A3 = PageSize(210, 297), PageSize(148, 210), PageSize(297, 420)


def test_one_side_is_page_by_page() -> None:
    assert sheets([0, 1, 2], {0}) == [(0,), (1,), (2,)]


def test_both_sides_of_one_paper() -> None:
    assert sheets([0, 1, 2], {0}, both_sides=True) == [(0, 1), (2, None)]


def test_each_paper_begins_on_a_front() -> None:
    assert sheets([0, 1, 2, 3, 4], {0, 1, 4}, both_sides=True) == [(0, None), (1, 2), (3, None), (4, None)]
    assert sides(sheets([0, 1, 2], {0, 1}, both_sides=True)) == [0, None, 1, 2]


def test_copies_by_the_set_and_by_the_sheet() -> None:
    assert sheets([0, 1], {0}, copies=2) == [(0,), (1,), (0,), (1,)]
    assert sheets([0, 1], {0}, copies=2, collated=False) == [(0,), (0,), (1,), (1,)]
    assert sides(sheets([0], {0}, both_sides=True, copies=2)) == [0, None, 0]


papers = st.lists(st.integers(1, 5), min_size=1, max_size=12)
"""How many pages each paper of a run has."""


@given(papers, st.integers(1, 3), st.booleans(), st.booleans())
def test_nothing_is_lost_and_no_two_papers_share_a_sheet(
    lengths: list[int], copies: int, collated: bool, both_sides: bool
) -> None:
    starts = {sum(lengths[:place]) for place in range(len(lengths))}
    paper_of = [place for place, length in enumerate(lengths) for _ in range(length)]
    total = sum(lengths)
    order = sheets(range(total), starts, both_sides, copies, collated)
    for sheet in order:
        assert len({paper_of[page] for page in sheet if page is not None}) == 1
        assert sheet[0] is not None
    printed = [page for page in sides(order) if page is not None]
    assert sorted(printed) == sorted(list(range(total)) * copies)
    if collated:
        assert printed == list(range(total)) * copies


@given(st.lists(st.integers(0, 30), min_size=1, unique=True).map(sorted), st.booleans())
def test_a_range_is_printed_in_its_order(chosen: list[int], both_sides: bool) -> None:
    order = sides(sheets(chosen, {0, 7, 15}, both_sides))
    assert [page for page in order if page is not None] == chosen


@pytest.mark.parametrize(("page", "paper", "scale"), [(A4, A4, 1), (A4, A3, 1), (A4, A5, 148 / 210)])
def test_a_page_is_only_ever_made_smaller(page: PageSize, paper: PageSize, scale: float) -> None:
    assert fitting(page, paper) == pytest.approx(scale)


def test_what_is_a_hair_too_large_is_left_alone() -> None:
    assert fitting(PageSize(210.02, 297.04), A4) == 1
