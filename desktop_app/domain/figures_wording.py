"""Figures in the office's words: percentages never without their counts, nothing made of no case at all."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.figures import BY_KEY, RANKING_MINIMUM, Kind
from desktop_app.domain.figures_summed import Number, Sums
from desktop_app.domain.wording import long_date

NOTHING = "—"
"""Stands where there is no figure: a rate of no case, days of none."""


def value_words(sums: Sums, key: str) -> str:
    """``30``; ``93.3%（28/30）``; ``4.5``; ``—``."""
    kind = BY_KEY[key].kind
    if kind is Kind.RATE:
        return rate_words(*sums.ratio(key))
    value = sums.value(key)
    return NOTHING if value is None else number_words(value)


def rate_words(part: int, whole: int) -> str:
    """A share with the counts it is made of."""
    return f"{percent_words(part, whole)}（{part}/{whole}）" if whole else NOTHING


def percent_words(part: int, whole: int) -> str:
    """``93.3%``, rounded half up; never 100.0% nor 0.0% unless it is all or none."""
    if not whole:
        return NOTHING
    tenths = (2000 * part + whole) // (2 * whole)
    if part < whole and tenths == 1000:
        tenths = 999
    if part > 0 and tenths == 0:
        tenths = 1
    return f"{tenths // 10}.{tenths % 10}%"


def number_words(value: Number) -> str:
    """Without a fraction where there is none: the median of two may end in a half."""
    return str(int(value)) if value == int(value) else f"{value:.1f}"


def period_words(first: date, last: date) -> str:
    """``2026年``; ``2026年第三季度``; ``2026年9月``; else from day to day."""
    if first.day == 1 and _ends_month(last):
        if first.year == last.year:
            months = last.month - first.month + 1
            if months == 12:
                return f"{first.year}年"
            if months == 6 and first.month in (1, 7):
                return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
            if months == 3 and first.month % 3 == 1:
                return f"{first.year}年第{'一二三四'[first.month // 3]}季度"
            if months == 1:
                return f"{first.year}年{first.month}月"
            return f"{first.year}年{first.month}月至{last.month}月"
        return f"{first.year}年{first.month}月至{last.year}年{last.month}月"
    if first == last:
        return long_date(first)
    return f"{long_date(first)}至{long_date(last)}"


def _ends_month(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


def change_words(now: int, before: int) -> str:
    """Beside a year before: ``增加 12 件`` with a percentage only where there were enough cases to tell one."""
    if now == before:
        return "持平"
    word = "增加" if now > before else "减少"
    more = abs(now - before)
    share = f"（{percent_words(more, before)}）" if before >= RANKING_MINIMUM else ""
    return f"{word} {more} 件{share}"


def points_words(now: tuple[int, int], before: tuple[int, int]) -> str:
    """How a rate moved, in percentage points; empty where either has too few cases to be told by one."""
    if min(now[1], before[1]) < RANKING_MINIMUM:
        return ""
    moved = 100 * (now[0] / now[1] - before[0] / before[1])
    if abs(moved) < 0.05:
        return "持平"
    return f"{'上升' if moved > 0 else '下降'} {abs(moved):.1f} 个百分点"
