"""What the register is narrowed down and sorted by, and the words for it. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from desktop_app.domain.case_queries import CaseQuery, SortKey
from desktop_app.domain.clocks import FROM_DISPATCH
from desktop_app.domain.wording import deadline_words, short_date
from desktop_app.gui.calendar_state import Mark
from desktop_app.services.queries import Listed

ANY, TODAY, THREE_DAYS, WEEK, NEXT_WEEK, MONTH, CHOSEN = (
    "",
    "today",
    "3",
    "week",
    "next-week",
    "month",
    "chosen",
)
DUE_CHOICES = {
    ANY: "不限",
    TODAY: "今天到期",
    THREE_DAYS: "三日内到期",
    WEEK: "本周到期",
    NEXT_WEEK: "下周到期",
    MONTH: "本月到期",
    CHOSEN: "自选日期……",
}
"""Each but the last means cases that are still worked on."""

NEWEST_FIRST = ("number", "received")
"""Sorts that begin at the end when they are first chosen."""


@dataclass(frozen=True, slots=True)
class Sorting:
    key: SortKey = "number"
    descending: bool = True

    def by(self, key: SortKey) -> Sorting:
        """After a click on that column: the same once more turns the order round."""
        return Sorting(key, not self.descending if key == self.key else key in NEWEST_FIRST)

    @classmethod
    def read(cls, kept: Mapping[str, object]) -> Sorting:
        key, descending = kept.get("key"), kept.get("descending")
        return cls(key, descending) if key in get_args(SortKey) and isinstance(descending, bool) else cls()  # type: ignore[arg-type]

    def written(self) -> dict[str, object]:
        return {"key": self.key, "descending": self.descending}


@dataclass(frozen=True, slots=True)
class Filters:
    """Every filter that is set must hold. `due` is one of DUE_CHOICES; `first` and `last` belong to CHOSEN."""

    state: str = ""
    overdue: bool = False
    unit: str = ""
    category: str = ""
    due: str = ANY
    first: date | None = None
    last: date | None = None

    @property
    def any(self) -> bool:
        return self != Filters()

    def query(self, text: str, sorting: Sorting, today: date) -> CaseQuery:
        first, last = due_span(self.due, today) if self.due != CHOSEN else (self.first, self.last)
        return CaseQuery(
            status=self.state or None,
            unit=self.unit or None,
            category=self.category or None,
            text=text or None,
            due_from=first,
            due_to=last,
            overdue_on=today if self.overdue else None,
            open_only=self.due not in (ANY, CHOSEN),
            sort=sorting.key,
            descending=sorting.descending,
        )

    @classmethod
    def read(cls, kept: Mapping[str, object]) -> Filters:
        """From the window's settings; what cannot be read is not set."""
        words = {
            name: kept[name]
            for name in ("state", "unit", "category", "due")
            if isinstance(kept.get(name), str) and kept[name] != ""
        }
        if words.get("due", ANY) not in DUE_CHOICES:
            del words["due"]
        days = {name: _day(kept.get(name)) for name in ("first", "last")}
        return cls(**words, **days, overdue=kept.get("overdue") is True)  # type: ignore[arg-type]

    def written(self) -> dict[str, object]:
        return {
            "state": self.state,
            "overdue": self.overdue,
            "unit": self.unit,
            "category": self.category,
            "due": self.due,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
        }


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and text else None
    except ValueError:
        return None


def due_span(due: str, today: date) -> tuple[date | None, date | None]:
    """The days of one of DUE_CHOICES; weeks begin on Monday."""
    monday = today - timedelta(days=today.weekday())
    next_month = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    spans = {
        TODAY: (today, today),
        THREE_DAYS: (today, today + timedelta(days=2)),
        WEEK: (monday, monday + timedelta(days=6)),
        NEXT_WEEK: (monday + timedelta(days=7), monday + timedelta(days=13)),
        MONTH: (today.replace(day=1), next_month - timedelta(days=1)),
    }
    return spans.get(due, (None, None))


# ------------------------------------------------------------------ deadlines


@dataclass(frozen=True, slots=True)
class DeadlineWords:
    """Words, and the mark whose shape and colour stand before them; None where nothing presses."""

    mark: Mark | None = None
    words: str = ""

    @property
    def shape(self) -> str:
        return self.mark.shape if self.mark is not None else ""

    @property
    def text(self) -> str:
        return f"{self.shape} {self.words}".strip()


NO_DEADLINE = DeadlineWords()


def deadline_of(case: Listed, today: date) -> DeadlineWords:
    """How the deadline stands today; a plain date where no clock runs any more, or nothing presses yet."""
    row = case.row
    if row.due is None:
        return NO_DEADLINE
    day = short_date(row.due, today)
    if case.overdue:
        return DeadlineWords(Mark.OVERDUE, deadline_words(row.due, today, -case.days_overdue))
    if row.due_from == FROM_DISPATCH and row.is_open and row.replied is None:
        return DeadlineWords(Mark.EXPECTED, f"按交办日预计 {day}")
    if not row.awaiting_reply:
        return DeadlineWords(None, day)
    if row.due == today:
        return DeadlineWords(Mark.DUE, "今天到期")
    if row.reminder is not None and row.reminder <= today:
        words = deadline_words(row.due, today, case.days_left)
        return DeadlineWords(Mark.REMIND, words if day in words else f"{words} {day}")
    if row.provisional:
        return DeadlineWords(Mark.EXPECTED, f"暂定 {day}")
    return DeadlineWords(None, day)


# ------------------------------------------------------------------ words for the whole list


def total_words(total: int, exact: bool, or_more: bool = False) -> str:
    if or_more:
        return f"多于 {total:,} 件，正在点数……"
    return f"共 {total:,} 件" if exact else f"不超过 {total:,} 件"


def empty_words(filters: Filters, text: str) -> str:
    """What to do next where the list holds nothing; `text` is what is searched for."""
    if filters.any:
        return f"没有符合条件、又含有“{text}”的件。" if text else "没有符合条件的件。"
    if text:
        return f"没有找到“{text}”。请换个词，或清空搜索框。"
    return "还没有留言。按 Ctrl+I 导入人民网导出的留言表，或按 Ctrl+N 登记一件。"
