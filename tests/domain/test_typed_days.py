"""Days typed from paper."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.typed_days import EARLIEST_YEAR, LATEST_YEAR, read_day, read_year

SEPTEMBER_24 = date(2026, 9, 24)


@pytest.mark.parametrize(
    "text",
    [
        "0924",
        "9-24",
        "09-24",
        "9.24",
        "9/24",
        "9月24日",
        "9月24",
        "20260924",
        "2026/9/24",
        "2026-09-24",
        "2026.9.24",
        "2026年9月24日",
        "26.9.24",
        "26-09-24",
        " 9-24 ",
        "９－２４",
        "０９２４",
        "2026-09-24 周四",
        "2026-09-24 周六 休",
        "9月24日 星期四",
    ],
)
def test_every_way_in_which_a_day_is_typed(text: str) -> None:
    assert read_day(text, 2026) == SEPTEMBER_24


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "看不出"),
        ("924", "看不出"),
        ("今天", "看不出"),
        ("9-24-2026", "看不出"),
        ("9-", "看不出"),
        ("2026-9-24 08:30", "看不出"),
        ("二〇二六年九月", "看不出"),
        ("1324", "没有 13 月"),
        ("0-24", "没有 0 月"),
        ("0931", "2026 年 9 月没有 31 日"),
        ("2-29", "2026 年 2 月没有 29 日"),
        ("09240924", "年份 924"),
        ("1926-9-24", "年份 1926"),
    ],
)
def test_what_is_no_day_is_told_in_chinese(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_day(text, 2026)


def test_the_answer_of_january_to_what_came_in_december() -> None:
    came = date(2025, 12, 20)
    assert read_day("0105", 2025, came) == date(2026, 1, 5)
    assert read_day("1220", 2025, came) == came
    assert read_day("1231", 2025, came) == date(2025, 12, 31)


def test_a_day_mistyped_before_the_step_before_it_is_not_moved_a_year() -> None:
    assert read_day("0923", 2026, SEPTEMBER_24) == date(2026, 9, 23)
    assert read_day("20260105", 2025, date(2026, 2, 1)) == date(2026, 1, 5)


def test_a_leap_day_is_only_where_it_is() -> None:
    assert read_day("0229", 2023, date(2023, 12, 20)) == date(2024, 2, 29)
    assert read_day("0229", 2024, date(2024, 12, 20)) == date(2024, 2, 29)


@pytest.mark.parametrize(("text", "year"), [("2025", 2025), ("25", 2025), ("25年", 2025), ("２０２５", 2025)])
def test_a_year(text: str, year: int) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize("text", ["", "202", "去年", "1066", "2100", "²⁵x"])
def test_what_is_no_year(text: str) -> None:
    with pytest.raises(ValueError, match="年份"):
        read_year(text)


_DAYS = st.dates(date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31))
_WHOLE = (
    "{0.year}-{0.month}-{0.day}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y%m%d}",
)
_SHORT = ("{0:%m%d}", "{0.month}-{0.day}", "{0.month}.{0.day}", "{0.month}/{0.day}", "{0.month}月{0.day}日")


@given(_DAYS, st.sampled_from(_WHOLE), st.integers(EARLIEST_YEAR, LATEST_YEAR), st.none() | _DAYS)
def test_a_day_written_with_its_year_is_that_day(day: date, way: str, year: int, after: date | None) -> None:
    assert read_day(way.format(day), year, after) == day


@given(_DAYS, st.sampled_from(_SHORT))
def test_a_day_without_its_year_is_of_the_year_at_hand(day: date, way: str) -> None:
    assert read_day(way.format(day), day.year) == day


@given(_DAYS.filter(lambda day: day.year < LATEST_YEAR), st.integers(0, 180), st.sampled_from(_SHORT))
def test_steps_that_follow_soon_are_read_across_new_year(before: date, days: int, way: str) -> None:
    following = before + timedelta(days=days)
    assert read_day(way.format(following), before.year, before) == following


@given(st.text(max_size=12), st.integers(EARLIEST_YEAR, LATEST_YEAR), st.none() | _DAYS)
def test_any_text_is_a_day_or_told_to_be_none(text: str, year: int, after: date | None) -> None:
    try:
        day = read_day(text, year, after)
    except ValueError as error:
        assert any("一" <= letter <= "鿿" for letter in str(error))
    else:
        assert EARLIEST_YEAR <= day.year <= LATEST_YEAR
