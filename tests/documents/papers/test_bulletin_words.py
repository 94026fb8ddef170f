"""How a bulletin writes periods, rates, comparisons and lists: right for nothing, for one, and for many."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.papers.bulletin_numbers import percent, period_words, span_words
from desktop_app.documents.papers.bulletin_units import numbers_words
from desktop_app.documents.papers.bulletin_words import _difference, _has_grown
from desktop_app.services.bulletin_matter import days_before

D = date.fromisoformat


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-07-01", "2026-09-30", "2026年第三季度"),
        ("2026-02-01", "2026-02-28", "2026年2月"),
        ("2026-01-01", "2026-12-31", "2026年"),
        ("2026-01-01", "2026-06-30", "2026年上半年"),
        ("2026-07-01", "2026-12-31", "2026年下半年"),
        ("2026-03-05", "2026-03-05", "2026年3月5日"),
        ("2026-12-30", "2026-12-31", "2026年12月30日至31日"),
        ("2026-03-05", "2026-04-02", "2026年3月5日至4月2日"),
        ("2025-12-20", "2026-01-05", "2025年12月20日至2026年1月5日"),
    ],
)
def test_a_period_in_words(first: str, last: str, words: str) -> None:
    assert period_words(D(first), D(last)) == words


def test_a_span_names_month_and_year_once() -> None:
    assert span_words(D("2026-07-01"), D("2026-07-31")) == "2026年7月1日至31日"


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_rate_is_rounded_half_up_and_is_all_or_nothing_only_where_it_is(one: int, other: int) -> None:
    part, whole = sorted((one, other))
    written = percent(part, whole)
    if whole == 0:
        assert written == "—"
        return
    exact = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    told = Decimal(written.removesuffix("%"))
    assert (told == 100) == (part == whole) and (told == 0) == (part == 0)
    assert told == exact or {told, exact} in ({Decimal("99.9"), Decimal(100)}, {Decimal("0.1"), Decimal(0)})
    assert ".0%" not in written


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (5, 5, "与去年同期（5件）持平"),
        (6, 5, "比去年同期（5件）增加1件（增长20%）"),
        (3, 4, "比去年同期（4件）减少1件（下降25%）"),
        (9, 3, "比去年同期（3件）增加6件（增长200%）"),
    ],
)
def test_more_fewer_or_as_many(now: int, then: int, words: str) -> None:
    assert _difference(now, then, "去年同期") == words


def test_a_topic_has_grown_only_where_numbers_are_not_small() -> None:
    assert _has_grown(4, 7) and _has_grown(0, 5)
    assert not _has_grown(1, 4)
    assert not _has_grown(10, 13)


def test_numbers_of_cases_are_cut_and_accusations_left_out() -> None:
    numbers = [f"2026-{place:04d}" for place in range(1, 12)]
    words = numbers_words(numbers, frozenset({"2026-0002"}))
    assert "2026-0002" not in words and "另有1件不列" in words and "等10件" in words
    assert numbers_words(["2026-0002"], frozenset({"2026-0002"})) == "（1件不列）"
    assert numbers_words(["2026-0001", "2026-0003"], frozenset()) == "2026-0001、2026-0003"


@given(st.dates(D("2020-01-01"), D("2030-12-31")), st.integers(0, 400))
def test_the_days_before_end_where_the_period_begins(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    begin, end = days_before(first, last)
    assert (first - end).days == 1 and begin <= end
    whole_months = first.day == 1 and date.fromordinal(last.toordinal() + 1).day == 1
    assert begin.day == 1 if whole_months else (end - begin) == (last - first)
