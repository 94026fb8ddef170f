"""The lunar small print of the month."""

from __future__ import annotations

from datetime import date

import pytest
from borax.calendars.lunardate import LunarDate
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import lunar


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 2, 16), "除夕"),
        (date(2026, 2, 17), "春节"),
        (date(2026, 2, 18), "雨水"),
        (date(2026, 2, 19), "初三"),
        (date(2026, 3, 3), "元宵节"),
        (date(2026, 3, 19), "二月"),
        (date(2026, 4, 5), "清明"),
        (date(2026, 6, 19), "端午节"),
        (date(2026, 9, 25), "中秋节"),
        (date(2026, 10, 1), "国庆节"),
        (date(2026, 10, 18), "重阳节"),
        (date(2026, 12, 9), "冬月"),
        (date(2026, 12, 22), "冬至"),
        (date(2027, 1, 8), "腊月"),
        (date(2027, 1, 15), "腊八节"),
        (date(2025, 7, 25), "闰六月"),
        (date(2023, 4, 18), "廿八"),
    ],
)
def test_labels(day: date, label: str) -> None:
    found = lunar.lunar_day(day)
    assert found is not None
    assert found.label == label


def test_a_leap_month_repeats_no_festival() -> None:
    """闰五月 of 2009 had a fifth day that was not 端午节."""
    first, second = lunar.lunar_day(date(2009, 5, 28)), lunar.lunar_day(date(2009, 6, 27))
    assert first is not None and second is not None
    assert (first.month, first.day, first.festival) == ("五月", "初五", "端午节")
    assert (second.month, second.day, second.festival) == ("闰五月", "初五", None)


def test_outside_the_table_there_is_nothing() -> None:
    assert lunar.lunar_day(date(1900, 1, 30)) is None
    assert lunar.lunar_day(date(2101, 1, 29)) is None
    last = lunar.lunar_day(date(2101, 1, 28))
    assert last is not None
    assert (last.month, last.day) == ("腊月", "廿九")


@given(st.dates(date(1901, 1, 1), date(2100, 12, 31)))
def test_the_words_name_the_day_of_the_table(day: date) -> None:
    table, said = LunarDate.from_solar(day), lunar.lunar_day(day)
    assert said is not None
    assert said.day == table.cn_day
    assert said.month == f"{table.cn_leap}{table.cn_month}月"
    assert said.term == table.term
