"""Ratings of the board: grades as exports write them, and praise that nobody gave."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.columns import RATINGS
from desktop_app.domain.ratings import BEST, BoardRating, rating_of


def test_a_rating_is_read_as_exports_write_it() -> None:
    read = rating_of(
        {
            "grade_resolution": "5",
            "grade_manner": "4.0",
            "grade_speed": "３分",
            "satisfaction": "满意",
            "automatic_praise": "否",
            "review_text": "办得快",
            "reviewed_on": "2026-10-08 11:25:05",
        }
    )
    assert read == BoardRating(5, 4, 3, "满意", False, "办得快", date(2026, 10, 8))
    assert read.satisfied is True


@pytest.mark.parametrize(
    "ratings",
    [
        {"satisfaction": "满意", "automatic_praise": "是"},
        {"satisfaction": "满意", "automatic_praise": "TRUE"},
        {"satisfaction": "满意", "automatic_praise": "１"},
        {"satisfaction": "满意", "review_text": "系统默认好评"},
        {"satisfaction": "自动好评"},
    ],
)
def test_automatic_praise_is_no_satisfaction(ratings: dict[str, str]) -> None:
    read = rating_of(ratings)
    assert read is not None and read.automatic and read.satisfied is None


@pytest.mark.parametrize(
    ("words", "satisfied"),
    [("基本满意", True), ("不满意", False), ("非常不满意", False), ("尚可", None), ("", None)],
)
def test_satisfaction_is_what_the_citizen_said(words: str, satisfied: bool | None) -> None:
    read = rating_of({"satisfaction": words, "grade_manner": "2"})
    assert read is not None and read.satisfied is satisfied


@pytest.mark.parametrize("given_words", ["0", "6", "4.5", "-1", "很好", "", "1/5"])
def test_what_is_no_grade_is_none(given_words: str) -> None:
    read = rating_of({"grade_resolution": given_words, "review_text": "甲"})
    assert read is not None and read.level is None


@pytest.mark.parametrize("ratings", [{}, {"satisfaction": " "}])
def test_no_columns_no_rating(ratings: dict[str, str]) -> None:
    assert rating_of(ratings) is None


@given(st.dictionaries(st.sampled_from(RATINGS), st.text(max_size=12)))
def test_any_cells_can_be_read(cells: dict[str, str]) -> None:
    read = rating_of(cells)
    if read is not None:
        assert all(grade is None or 1 <= grade <= BEST for grade in (read.level, read.manner, read.speed))
        assert not (read.automatic and read.satisfied is not None)
