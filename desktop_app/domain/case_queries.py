"""What one may ask of the list of cases, and what comes back."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop_app.domain.case_rows import CaseRow
from desktop_app.errors import Refusal

SortKey = Literal["number", "due", "received", "status", "unit"]


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """Which cases, in which order. Every filter that is set must hold.

    `unit` is a full name, lead or supporting. `overdue_on` keeps the cases whose clock had run out before
    that day with no reply in. `text` is looked for as it stands, after folding, in all that is indexed; with
    `by_name` in citizens' names as well, and where it may be pinyin `spelled_units` are those that it means.
    Cases without a due date come last whichever way the dates run.
    """

    status: str | None = None
    statuses: tuple[str, ...] = ()
    unit: str | None = None
    category: str | None = None
    text: str | None = None
    due_from: date | None = None
    due_to: date | None = None
    overdue_on: date | None = None
    open_only: bool = False
    sort: SortKey = "number"
    descending: bool = False
    include_voided: bool = False
    by_name: bool = False
    spelled_units: tuple[str, ...] = ()

    @property
    def wanted_statuses(self) -> tuple[str, ...] | None:
        """The states that pass, sorted; None where any does."""
        both = set(self.statuses)
        if self.status is not None:
            both = {self.status} if not both or self.status in both else {""}
        return tuple(sorted(both)) if both else None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after a row in a sorted list: the row's sort key and its register number (year, serial)."""

    sort: SortKey
    descending: bool
    key: str | None
    year: int
    serial: int

    def encode(self) -> str:
        """One word for a command line; nothing in it is protected."""
        words = json.dumps([self.sort, self.descending, self.key, self.year, self.serial], ensure_ascii=False)
        return base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, query: CaseQuery) -> Cursor:
        """The cursor in `text`; Refusal ``unknown_value`` where it is none, or belongs to another order."""
        try:
            padded = text + "=" * (-len(text) % 4)
            sort, descending, key, year, serial = json.loads(base64.urlsafe_b64decode(padded.encode()))
        except (ValueError, TypeError, binascii.Error):
            raise _foreign_cursor() from None
        if (
            sort != query.sort
            or descending is not query.descending
            or not (key is None or isinstance(key, str))
            or type(year) is not int
            or type(serial) is not int
        ):
            raise _foreign_cursor()
        return cls(query.sort, query.descending, key, year, serial)


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some rows in order. `next` is None on the last page; `total` counts all that match.

    `total_exact` is False where so many rows match a text that only the candidates were counted: the true
    total is `total` or less.
    """

    rows: tuple[CaseRow, ...]
    next: Cursor | None
    total: int
    total_exact: bool = True


@dataclass(frozen=True, slots=True)
class CaseTotal:
    """How many match, as far as it was counted: exactly; or at least `count`; or else at most."""

    count: int
    exact: bool = True
    or_more: bool = False


@dataclass(frozen=True, slots=True)
class CaseWindow:
    """Some rows from the middle of a list; `next` is the place after the last of them, None at the list's end."""

    rows: tuple[CaseRow, ...]
    next: Cursor | None


def _foreign_cursor() -> Refusal:
    return Refusal(
        "unknown_value",
        "续页标记无效，或不属于这种排序。",
        remedy="请原样使用上一页给出的标记，排序方式保持不变；或从第一页重新开始。",
    )
