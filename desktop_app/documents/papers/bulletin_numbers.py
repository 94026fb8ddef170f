"""How a bulletin writes its periods, rates and counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desktop_app.domain.figures_summed import Sums
from desktop_app.domain.office_items import MONTH, QUARTER, YEAR, period_of
from desktop_app.domain.wording import long_date

NAMED = 5
"""How many units, topics or matters a sentence names at most."""


def period_words(first: date, last: date) -> str:
    """``2026年第三季度``, ``2026年9月``, ``2026年``, ``2026年上半年``; else from day to day."""
    for kind in (MONTH, QUARTER, YEAR):
        period = period_of(kind, first)
        if (period.first, period.last) == (first, last):
            return period.words
    if (first.month, first.day, last.month, last.day) == (1, 1, 6, 30) and first.year == last.year:
        return f"{first.year}年上半年"
    if (first.month, first.day, last.month, last.day) == (7, 1, 12, 31) and first.year == last.year:
        return f"{first.year}年下半年"
    if first == last:
        return long_date(first)
    return span_words(first, last)


def span_words(first: date, last: date) -> str:
    """``2026年12月30日至31日``; month and year of the last day only where they are others."""
    month = f"{last.month}月" if (first.year, first.month) != (last.year, last.month) else ""
    year = f"{last.year}年" if first.year != last.year else ""
    return f"{long_date(first)}至{year}{month}{last.day}日"


def percent(part: int, whole: int) -> str:
    """``96.4%`` with half a tenth rounded up; ``—`` of nothing. Whole per cents without a decimal."""
    if not whole:
        return "—"
    tenths = (2000 * part + whole) // (2 * whole)
    # What is not all is not called all, nor nothing what is some.
    tenths = min(tenths, 999) if part < whole else tenths
    tenths = max(tenths, 1) if part else tenths
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def rate(sums: Sums, key: str) -> str:
    return percent(*sums.ratio(key))


def rate_with_counts(sums: Sums, key: str) -> str:
    """``96.4%（54/56）``."""
    part, whole = sums.ratio(key)
    return f"{percent(part, whole)}（{part}/{whole}）"


def listed_counts(sums: Sums, keys: Iterable[tuple[str, str]]) -> str:
    return "，".join(f"{words}{sums.count(key)}件" for key, words in keys if sums.count(key))
