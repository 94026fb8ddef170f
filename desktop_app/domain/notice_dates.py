"""Dates as holiday notices write them, and the text they stand in, straightened out so that they can be found.

``2月15日（农历腊月二十八、周日）至23日``: the month is left out after the first date, the year mostly everywhere,
and a pasted text breaks its lines anywhere. What is left out is taken from the date before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.lunar import lunar_day

WEEKDAYS = "一二三四五六日"

_BESIDE = r"(?:\([^()]*\)|(?:星期|周)[一二三四五六日天])?"
_YEAR = r"(?:(?:\d{4}|[次翌])年)?"
_FULL = rf"(?<!\d){_YEAR}(?:\d{{1,2}}月\d{{1,2}}[日号]|\d{{1,2}}日){_BESIDE}"
_TO = r"起?(?:至|到|[-—–―~─]{1,2})"
_BARE = rf"(?<!\d){_YEAR}\d{{1,2}}月\d{{1,2}}(?={_TO})"

DAY = rf"(?:{_FULL}|{_BARE})"
SPAN = rf"{DAY}(?:{_TO}{DAY})?"
DAYS = rf"{SPAN}(?:(?:、|和|及|以及|与){SPAN})*"
"""Regular expressions without groups: one date, one date or a span, and several of these."""

NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
HEAD_NUMBER = r"(?:[一二三四五六七八九十]{1,2}[、.]|\d{1,2}[、.]?|\([一二三四五六七八九十\d]{1,2}\))"
NAME = r"(?![月日年天个号])[\u4e00-\u9fff“”\"]{2,16}(?:、[\u4e00-\u9fff“”\"]{2,16})*"
_HEAD_LINE = re.compile(rf"{HEAD_NUMBER}?{NAME}:|{HEAD_NUMBER}{NAME}{DAY}")

_ONE_DAY = re.compile(DAY)
_ONE_SPAN = re.compile(rf"({DAY})(?:{_TO}({DAY}))?")
_PARTS = re.compile(r"(?:(\d{4}|[次翌])年)?(?:(\d{1,2})月)?(\d{1,2})[日号]?")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_LUNAR = re.compile(
    r"农历((?:闰?[正一二三四五六七八九十冬腊]{1,2}月)?"
    r"(?:初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九])|除夕)(?!.*[至到])"
)
_LINE_ENDS_SENTENCE = re.compile(r"(?:[。;:!]|通知|[〕\])]\d+号)$")
_DECORATION = frozenset("*#`>|_\u200b\ufeff")
_DIGITS = {digit: place for place, digit in enumerate("零一二三四五六七八九")}


class FlatText:
    """A text without blanks and line ends, full-width forms made plain; every place still knows its line.

    A line end stays where a sentence or the heading of a holiday begins after it.
    """

    def __init__(self, text: str) -> None:
        self.text = ""
        self._written: list[str] = []
        self._lines: list[int] = []
        before = ""
        for number, raw in enumerate(text.splitlines(), start=1):
            line, written = _plain(raw)
            if line and before and (_LINE_ENDS_SENTENCE.search(before) or _HEAD_LINE.match(line)):
                line, written = f"\n{line}", ["", *written]
            self.text += line
            self._written += written
            self._lines += [number] * len(line)
            before = line or before

    def place(self, start: int, end: int) -> str:
        """``第 3 行“2月15日至23日放假”``, as it was written."""
        return f"第 {self._lines[start]} 行“{''.join(self._written[start:end])}”"


def _plain(line: str) -> tuple[str, list[str]]:
    """A line in plain letters, and for each of them the letter as written (of several made of one, by the first)."""
    plain: list[str] = []
    written: list[str] = []
    for letter in line:
        wide = [
            one
            for one in unicodedata.normalize("NFKC", letter)
            if not one.isspace() and one not in _DECORATION
        ]
        plain += wide
        written += [letter, *[""] * (len(wide) - 1)] if wide else []
    return "".join(plain), written


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A date as written at `at`. `year` is None where it is left to the notice, `after` where it says 次年."""

    at: int
    words: str
    year: int | None
    after: bool
    month: int
    day: int
    weekday: int | None
    lunar: str

    @property
    def end(self) -> int:
        return self.at + len(self.words)

    def in_year(self, year: int) -> date | None:
        """The date, where the notice is of `year`; None where there is no such date."""
        wanted = self.year if self.year is not None else year + self.after
        try:
            return date(wanted, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class WrittenSpan:
    """From one date to another, or one date alone."""

    first: WrittenDay
    last: WrittenDay

    def days(self, year: int, new_year: bool) -> tuple[date, ...]:
        """The dates of the span. `new_year`: they belong to 元旦, which begins in the December before.

        ValueError, in Chinese, where a date does not exist, or the end lies before the beginning.
        """
        crosses = self.first.month == 12 and self.last.month == 1
        years: tuple[int, ...] = (year,)
        if self.first.month == 12 and self.first.year is None:
            years = (year - 1,) if new_year or crosses else (year, year - 1)
        first = next((day for one in years if _agrees(day := self.first.in_year(one), self.first)), None)
        first = first or self.first.in_year(years[0])
        if first is None:
            raise ValueError(f"没有{self.first.month}月{self.first.day}日这一天")
        if self.last is self.first:
            return (first,)
        turned = self.last.year is None and not self.last.after and self.last.month < first.month
        last = self.last.in_year(first.year + turned if self.last.year is None else year)
        if last is None:
            raise ValueError(f"没有{self.last.month}月{self.last.day}日这一天")
        if last < first or (last - first).days > 60:
            raise ValueError("结束的日子不在开始的日子之后两个月内")
        return tuple(first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _agrees(day: date | None, written: WrittenDay) -> bool:
    return day is not None and written.weekday in (None, day.weekday())


def written_days(text: str) -> dict[int, WrittenDay]:
    """Every date of a text by its place, in order; a month left out is that of the date before."""
    found: dict[int, WrittenDay] = {}
    before: WrittenDay | None = None
    for match in _ONE_DAY.finditer(text):
        parts = _PARTS.match(match[0])
        if parts is None or (parts[2] is None and before is None):
            continue
        year = int(parts[1]) if parts[1] and parts[1].isdigit() else None
        if parts[2] is None and before is not None and parts[1] is None:
            year = before.year
        weekdays = _WEEKDAY.findall(match[0])
        lunar = _LUNAR.search(match[0])
        before = WrittenDay(
            at=match.start(),
            words=match[0],
            year=year,
            after=bool(parts[1]) and year is None,
            month=int(parts[2]) if parts[2] else before.month if before is not None else 0,
            day=int(parts[3]),
            weekday=WEEKDAYS.index(weekdays[0].replace("天", "日")) if len(weekdays) == 1 else None,
            lunar=lunar[1] if lunar else "",
        )
        found[match.start()] = before
    return found


def spans_in(text: str, start: int, end: int, days: dict[int, WrittenDay]) -> tuple[WrittenSpan, ...]:
    """The spans of a list of dates that stands from `start` to `end`."""
    spans = []
    for match in _ONE_SPAN.finditer(text, start, end):
        first = days.get(match.start(1))
        last = days.get(match.start(2)) if match[2] else first
        if first is not None and last is not None:
            spans.append(WrittenSpan(first, last))
    return tuple(spans)


def weekday_words(day: date) -> str:
    return f"星期{WEEKDAYS[day.weekday()]}"


def lunar_differs(written: WrittenDay, day: date) -> str:
    """What the lunar date of `day` is, where the text beside it says otherwise; else empty."""
    known = lunar_day(day)
    if not written.lunar or known is None:
        return ""
    said = re.sub(r"^一月", "正月", re.sub(r"^十二月", "腊月", re.sub(r"^十一月", "冬月", written.lunar)))
    said = re.sub(r"二十(?=.)", "廿", said)
    told = f"{known.month}{known.day}"
    if said == (known.festival if said == "除夕" else told if "月" in said else known.day):
        return ""
    return known.festival if said == "除夕" and known.festival else told


def number_of(words: str) -> int:
    """``12`` and ``十二`` alike."""
    if words.isdigit():
        return int(words)
    tens, mark, ones = words.rpartition("十")
    return (_DIGITS[tens] if tens else 1) * 10 * bool(mark) + (_DIGITS[ones] if ones else 0)


def weekdays_fit(written: Sequence[WrittenDay], year: int) -> bool:
    """Whether every weekday that stands in the text is right in that year, and at least one does."""
    told = [one for one in written if one.weekday is not None and one.year is None and one.month != 12]
    return bool(told) and all(_agrees(one.in_year(year), one) for one in told)
