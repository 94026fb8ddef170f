"""档号 of what is archived, by DA/T 22-2015: 全宗号-门类代码·年度-保管期限代码-机构代码-件号.

One closed case with all its papers is one 件 (X 第五条（六）, T 第十六条). Its year is the one in which it was closed,
for a matter that runs over two years is filed under the later one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.events import Event

CATEGORY = "WS"
"""文书 among the categories of archives (DA/T 13-2022)."""

PERMANENT = "Y"
_YEARS = re.compile(r"([1-9][0-9]{0,2})\s*年")
_FIGURES = {"十": 10, "二十": 20, "三十": 30, "五十": 50}

FILE_NUMBER = "file-number"
"""Record in a case's journal that its 档号 was given; the newest counts."""


@dataclass(frozen=True, slots=True, order=True)
class FileSeries:
    """What the running numbers of 件 are counted in: fonds and section are blank until the office has set them."""

    fonds: str
    year: int
    retention: str
    section: str = ""

    @property
    def name(self) -> str:
        """The series' name among the counters of the office, without the year."""
        return "/".join(("档号", self.fonds, self.retention, self.section))


@dataclass(frozen=True, slots=True, order=True)
class FileNumber:
    """One 档号: its series and the 件号 within it, from 1."""

    series: FileSeries
    item: int

    def __str__(self) -> str:
        head = f"{self.series.fonds}-{CATEGORY}" if self.series.fonds else CATEGORY
        section = f"-{self.series.section}" if self.series.section else ""
        return f"{head}·{self.series.year}-{self.series.retention}{section}-{self.item:04d}"

    @property
    def folder(self) -> str:
        """The same as the name of a folder, in ASCII and without signs that a disc's file system lacks."""
        return re.sub(r"[^0-9A-Za-z-]", "-", str(self).replace("·", "-"))

    @property
    def keys(self) -> dict[str, str]:
        """As the journal keeps it."""
        return {
            "fonds": self.series.fonds,
            "year": str(self.series.year),
            "retention": self.series.retention,
            "section": self.series.section,
            "item": str(self.item),
        }

    @classmethod
    def of_keys(cls, keys: Mapping[str, str]) -> FileNumber:
        """Read from what `keys` gave."""
        series = FileSeries(keys["fonds"], int(keys["year"]), keys["retention"], keys["section"])
        return cls(series, int(keys["item"]))


def retention_code(words: str) -> str:
    """保管期限代码 of DA/T 22-2015: Y for 永久, D10 for 10年; empty for words that name no period."""
    words = words.strip()
    if words == "永久":
        return PERMANENT
    years = retention_years(words)
    return f"D{years}" if years is not None else ""


def retention_years(words: str) -> int | None:
    """For how many years it is kept; None for ever, and for words that name no number of years."""
    found = _YEARS.fullmatch(words.strip())
    if found is not None:
        return int(found[1])
    return _FIGURES.get(words.strip().removesuffix("年")) if words.strip().endswith("年") else None


def kept_until(closed: date, words: str) -> date | None:
    """The last day of the retention period, counted from the year after the closing; None where there is no end."""
    years = retention_years(words)
    return date(closed.year + years, 12, 31) if years is not None else None


def fonds_fault(text: str) -> str:
    """What is wrong with a code of a fonds or a section (letters and figures, as GB/T 13967 has them); empty if nothing."""
    if text and not re.fullmatch(r"[0-9A-Za-z]{1,12}", text):
        return "只能是 12 个以内的字母和数字"
    return ""


def file_number_of(events: Iterable[Event]) -> FileNumber | None:
    """The 档号 that the case bears: the last it was given."""
    found = [event for event in events if event.action == FILE_NUMBER]
    return FileNumber.of_keys(found[-1].keys) if found else None
