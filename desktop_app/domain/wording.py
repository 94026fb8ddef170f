"""Dates and numbers as the office says them, on screens and on paper."""

from __future__ import annotations

from datetime import date, timedelta

_WEEKDAYS = "一二三四五六日"
_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def weekday_words(day: date) -> str:
    """``周五``."""
    return f"周{_WEEKDAYS[day.weekday()]}"


def date_words(day: date, today: date) -> str:
    """``10月9日 周五``; ``2025年10月9日 周四`` where the year is not this one."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日 {weekday_words(day)}"


def short_date(day: date, today: date) -> str:
    """For lists: ``10-14 周三``; ``2025-10-14 周二`` where the year is not this one."""
    written = f"{day:%m-%d}" if day.year == today.year else day.isoformat()
    return f"{written} {weekday_words(day)}"


def long_date(day: date) -> str:
    """As papers date themselves, without leading zeros (GB/T 9704): ``2026年10月9日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def full_date(day: date) -> str:
    """``2026年11月23日 星期一``."""
    return f"{long_date(day)} 星期{_WEEKDAYS[day.weekday()]}"


def remaining_words(working_days: int) -> str:
    """What is left, in working days: positive before the due date, 0 on it, negative after it."""
    if working_days > 0:
        return f"还剩 {working_days} 个工作日"
    if working_days < 0:
        return f"逾期 {-working_days} 个工作日"
    return "今天到期"


def deadline_words(due: date, today: date, working_days: int) -> str:
    """How a deadline stands today, for lists and headings.

    ``working_days`` as in `remaining_words`, counted by the office's calendar. It is 0 as well on the days
    off right after the due date, when the case is overdue and no working day has been lost yet.
    """
    if due == today:
        return "今天到期"
    if due == today + timedelta(days=1):
        return f"明天到期 {short_date(due, today)}"
    if due < today and working_days == 0:
        return "已逾期"
    return remaining_words(working_days)


def chinese_number(number: int) -> str:
    """``十四``, ``二百零一``, for 第…次 and 第…条; 0 to 9999, else ValueError."""
    if not 0 <= number <= 9999:
        raise ValueError(f"只能写出 0 到 9999：{number}")
    if number < 10:
        return _DIGITS[number]
    words = ""
    gap = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = gap or bool(words)
            continue
        if gap:
            words += _DIGITS[0]
            gap = False
        words += _DIGITS[digit] + _PLACES[place]
    return words.removeprefix("一") if words.startswith("一十") else words
