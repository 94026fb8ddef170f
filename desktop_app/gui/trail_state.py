"""What 审计日志 shows: columns, spans of days to choose from, and what came of a verification in words. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.documents.trail_sheet import CHAINS, when_words
from desktop_app.services.trail import TrailLine
from desktop_app.services.verification import Verified

ALL, OWN = "全部日期", "自选日期"
SPANS = (ALL, "今天", "最近 7 天", "最近 30 天", "今年", OWN)
_DAYS_BACK = {"今天": 0, "最近 7 天": 6, "最近 30 天": 29}
_MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: its heading, its width in letters, and what it says of a line."""

    title: str
    width: float
    text: Callable[[TrailLine], str]


COLUMNS = (
    Column("时间", 11, when_words),
    Column("用户", 7, lambda line: line.by),
    Column("事项", 9, lambda line: line.title + ("（演练）" if line.practice else "")),
    Column("登记号", 6, lambda line: line.number),
    Column("内容", 24, lambda line: line.words),
    Column("记录", 7, lambda line: f"{CHAINS[line.chain]} {line.id}"),
)
FACTS = 4
"""Place of the column that takes the room that is left."""
GRAVE = frozenset(("login-failed", "waiting-gap"))
"""Kinds of entry that an auditor looks for first."""


def span_of(chosen: str, today: date) -> tuple[date | None, date | None]:
    """First and last day of a span; None where it is open."""
    if chosen in _DAYS_BACK:
        return today - timedelta(days=_DAYS_BACK[chosen]), today
    return (date(today.year, 1, 1), today) if chosen == "今年" else (None, None)


def summary(shown: int, more: bool) -> str:
    """``已列出 200 条，后面还有，往下翻就接着列。``"""
    if more:
        return f"已列出 {shown:,} 条，后面还有，往下翻接着列。"
    return f"共 {shown:,} 条。" if shown else ""


def verified_words(found: Verified) -> str:
    """What a verification found, in sentences, the first fault first."""
    notes = [f"另请知道：{one.message}" for one in found.notes]
    if not found.problems:
        return "\n".join(
            (
                f"✓ 核验无误：{found.cases:,} 件，{found.events:,} 条办理记录，"
                "登录与查看记录、封条、附件和备份都对得上。",
                *notes,
            )
        )
    told = [f"✕ {one.message}" for one in found.problems[:_MOST_PROBLEMS]]
    left = len(found.problems) - len(told)
    more = [f"还有 {left:,} 处，命令行 verify 列出全部。"] if left else []
    return "\n".join((f"核验发现 {len(found.problems):,} 处问题，最先的一处：", *told, *more, *notes))
