"""档号 by DA/T 22-2015, and how long what is filed under it is kept."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.archive_numbers import (
    FILE_NUMBER,
    FileNumber,
    FileSeries,
    file_number_of,
    fonds_fault,
    kept_until,
    retention_code,
    retention_years,
)
from desktop_app.domain.events import Event

_CODES = st.text(string.ascii_letters + string.digits, max_size=12)
_SERIES = st.builds(FileSeries, _CODES, st.integers(1990, 2100), st.sampled_from(("Y", "D30", "D10")), _CODES)


@pytest.mark.parametrize(
    ("series", "item", "written"),
    [
        (FileSeries("Z109", 2026, "Y", "BGS"), 1, "Z109-WS·2026-Y-BGS-0001"),
        (FileSeries("Z109", 2026, "D30", ""), 12, "Z109-WS·2026-D30-0012"),
        (FileSeries("", 2026, "D10", ""), 12345, "WS·2026-D10-12345"),
    ],
)
def test_it_is_written_as_the_standard_has_it(series: FileSeries, item: int, written: str) -> None:
    number = FileNumber(series, item)
    assert str(number) == written
    assert number.folder == written.replace("·", "-")
    assert number.folder.isascii()


@given(_SERIES, st.integers(1, 99999))
def test_it_comes_back_out_of_the_journal(series: FileSeries, item: int) -> None:
    number = FileNumber(series, item)
    assert FileNumber.of_keys(number.keys) == number


@given(_SERIES, _SERIES)
def test_two_series_share_a_counter_only_where_they_are_one(one: FileSeries, other: FileSeries) -> None:
    assert ((one.name, one.year) == (other.name, other.year)) is (one == other)


@pytest.mark.parametrize(
    ("words", "code", "years"),
    [
        ("永久", "Y", None),
        ("30年", "D30", 30),
        ("10 年", "D10", 10),
        ("十年", "D10", 10),
        ("三十年", "D30", 30),
        ("", "", None),
        ("长期", "", None),
        ("0年", "", None),
        ("十", "", None),
    ],
)
def test_the_period_in_words_has_a_code(words: str, code: str, years: int | None) -> None:
    assert retention_code(words) == code
    assert retention_years(words) == years


def test_the_period_counts_from_the_year_after_the_closing() -> None:
    assert kept_until(date(2026, 1, 1), "10年") == date(2036, 12, 31)
    assert kept_until(date(2026, 12, 31), "10年") == date(2036, 12, 31)
    assert kept_until(date(2026, 12, 31), "永久") is None


def test_the_newest_number_counts() -> None:
    def given_number(event: int, item: int) -> Event:
        keys = FileNumber(FileSeries("Z1", 2026, "D10"), item).keys
        return Event(event, FILE_NUMBER, date(2026, 10, 1), "王敏", "", "2026-0001", keys, {})

    other = Event(9, "close", date(2026, 10, 1), "王敏", "", "2026-0001", {}, {})
    assert file_number_of([other]) is None
    found = file_number_of([given_number(1, 4), given_number(2, 7), other])
    assert found is not None and found.item == 7


@pytest.mark.parametrize("code", ["Z109", "", "0123456789AB"])
def test_codes_of_the_archives_are_letters_and_figures(code: str) -> None:
    assert fonds_fault(code) == ""


@pytest.mark.parametrize("code", ["Z-1", "全宗", "a" * 13, "Z 1", "../x"])
def test_anything_else_is_refused(code: str) -> None:
    assert fonds_fault(code)
