"""发文登记 without Qt: what is shown of the numbers issued, in which order, and whether one may be voided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.documents.issued_register import fate_words
from desktop_app.domain.wording import date_words
from desktop_app.services.issued_papers import IssuedPaper, SeriesChoice


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters; `order` is what a click on the heading sorts by."""

    title: str
    text: Callable[[IssuedPaper], str]
    width: int
    order: Callable[[IssuedPaper], Any]


def _number_order(one: IssuedPaper) -> tuple[int, str, str, int]:
    return one.year, one.regulation, one.series, one.serial


def _day_order(one: IssuedPaper) -> tuple[date, tuple[int, str, str, int]]:
    return one.on or date.min, _number_order(one)


def served_words(one: IssuedPaper) -> str:
    """``2026-10-13 当面``; empty where no delivery is recorded."""
    return f"{one.served_on} {one.served_manner}".strip() if one.served_on is not None else ""


COLUMNS = (
    Column("文号", lambda one: one.document, 13, _number_order),
    Column("日期", lambda one: one.on.isoformat() if one.on is not None else "", 7, _day_order),
    Column("文书", lambda one: one.title, 12, lambda one: one.title),
    Column("主送", lambda one: one.to, 14, lambda one: one.to),
    Column("所涉登记号", lambda one: "、".join(one.cases), 9, lambda one: one.cases),
    Column("送达", served_words, 9, served_words),
    Column("作废及理由", fate_words, 14, fate_words),
    Column("经手人", lambda one: one.by, 5, lambda one: one.by),
)
DAY = 1
"""The column that the newest stand first by."""
LONG = (2, 6)
"""The columns that take what room is left."""


def in_order(papers: Iterable[IssuedPaper], column: int, descending: bool) -> list[IssuedPaper]:
    """Sorted by what a column shows; those of one word stay in the order of their numbers."""
    numbered = sorted(papers, key=_number_order, reverse=descending)
    return sorted(numbered, key=COLUMNS[column].order, reverse=descending)


def matching(papers: Iterable[IssuedPaper], prefix: str, typed: str) -> list[IssuedPaper]:
    """Those of a series (`prefix`, empty for all) in which every word typed stands somewhere."""
    words = typed.casefold().split()
    return [
        one
        for one in papers
        if one.document.startswith(prefix) and all(word in _said_of(one) for word in words)
    ]


def _said_of(one: IssuedPaper) -> str:
    return "\n".join(column.text(one) for column in COLUMNS).casefold()


def years_of(choices: Iterable[SeriesChoice], today: date) -> list[int]:
    """The years to choose from, the newest first; this year is always among them."""
    return sorted({today.year, *(year for choice in choices for year in choice.years)}, reverse=True)


def why_not_void(one: IssuedPaper, may_void: bool, today: date) -> str:
    """Why a number cannot be voided; empty where it can."""
    if one.missing:
        return "这一号没有编出，请运行核验查明原因。"
    if one.voided:
        return "已经作废，不再使用。"
    if one.served_on is not None:
        return f"{date_words(one.served_on, today)}已送达，不能作废；送达登记错了的，先更正送达或签收的记录。"
    return "" if may_void else "作废文号须由“经办”或“审核”角色的用户办理。"


def summary(papers: Sequence[IssuedPaper]) -> str:
    """What stands below the table."""
    missing = sum(one.missing for one in papers)
    voided = sum(one.voided for one in papers)
    words = f"共 {len(papers) - missing:,} 号"
    if voided:
        words += f"，其中作废 {voided:,} 号"
    return words + (f"；缺 {missing:,} 号，请核验数据" if missing else "")
