"""统计通报 without Qt: periods to choose, columns to show, rows with the figures in them, and the words beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from desktop_app.domain.figures import (
    BY_KEY,
    COHORT,
    DEFINITIONS,
    GROUPING_WORDS,
    OF_UNITS,
    RANKING_MINIMUM,
    Grouping,
    Kind,
)
from desktop_app.domain.figures_summed import Sums
from desktop_app.domain.figures_wording import change_words, period_words, points_words, value_words
from desktop_app.domain.regulation import Regulation
from desktop_app.services.statistics import Compared

CHOSEN = "chosen"
PERIODS: Mapping[str, str] = {
    "month": "本月",
    "quarter": "本季度",
    "half": "本半年",
    "year": "本年",
    "last-month": "上月",
    "last-quarter": "上季度",
    "last-half": "上半年度",
    "last-year": "上年",
    CHOSEN: "自选时段",
}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
FIRST_SHOWN = "year"

COLUMN_SETS: Mapping[str, tuple[str, ...]] = {
    "办理": (
        *("received", "accepted", "refused", "replied", "on_time_rate", "overdue", "overdue_open"),
        *("extended", "median_days", "p90_days"),
    ),
    "督办": (
        *("dispatched", "returned", "returned_late", "return_refused", "reworked", "reminded", "urged"),
        *("supervised", "transferred", "instructed", "due_rate", "first_on_time_rate"),
    ),
    "答复与满意": (
        *("published", "private", "published_late", "merged", "explained", "closed", "satisfied"),
        *("rather_satisfied", "dissatisfied", "unreached", "satisfaction_rate", "board_satisfaction_rate"),
    ),
}
"""What fits side by side; together with the file that is saved, all."""

_ON_TWO_LINES: Mapping[str, str] = {
    "overdue_open": "逾期\n未答复",
    "median_days": "用时\n中位数",
    "p90_days": "九成\n以内用时",
    "due_rate": "应答复件\n按期率",
    "first_on_time_rate": "首次答复\n按期率",
    "instructed": "领导\n批示",
    "return_refused": "不予\n退件",
    "refused": "不予\n受理",
    "reworked": "退回\n重办",
    "published": "公开\n答复",
    "private": "直接\n答复",
    "rather_satisfied": "基本\n满意",
    "unreached": "未\n联系上",
    "explained": "解释\n办结",
}
"""Where a heading parts: in the middle of a word it would be hard to read."""

TOTAL, YEAR_BEFORE = "合计", "上年同期"
NOTHING = "这个时段没有收到留言。"
CHOOSE = "点表中的一个数，或把光标移到它上面按 Enter，这里列出是哪些件。"
MOST_LISTED = 300


def period_of(choice: str, today: date) -> tuple[date, date]:
    """First and last day of a period; one that still runs ends today, so that it is not held against a whole one."""
    length = _MONTHS[choice.removeprefix("last-")]
    first = date(today.year, (today.month - 1) // length * length + 1, 1)
    if not choice.startswith("last-"):
        return first, today
    last = first - timedelta(days=1)
    return date(last.year, (last.month - 1) // length * length + 1, 1), last


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. The whole and the year before stand always first."""

    name: str
    sums: Sums
    fixed: bool = False


def rows_of(compared: Compared, by: Grouping) -> tuple[Row, ...]:
    """The whole, the year before, then the groups as they come."""
    groups = (Row(one.name, one.sums) for one in compared.now.by(by))
    return (
        Row(TOTAL, compared.now.total, True),
        Row(YEAR_BEFORE, compared.before.total, True),
        *groups,
    )


def sorted_rows(rows: Sequence[Row], key: str, descending: bool) -> tuple[Row, ...]:
    """The groups by a figure; an empty key: by name. Where a rate is made of too few cases it ranks with nobody."""
    fixed = [row for row in rows if row.fixed]
    groups = [row for row in rows if not row.fixed]
    if not key:
        return (*fixed, *sorted(groups, key=lambda row: row.name, reverse=descending))
    told = [row for row in groups if _can_be_ranked(row.sums, key)]
    rest = [row for row in groups if not _can_be_ranked(row.sums, key)]
    told.sort(key=lambda row: row.sums.value(key) or 0, reverse=descending)
    return (*fixed, *told, *rest)


def _can_be_ranked(sums: Sums, key: str) -> bool:
    kind = BY_KEY[key].kind
    if kind is Kind.COUNT:
        return True
    cases = sums.ratio(key)[1] if kind is Kind.RATE else len(sums.listed(key))
    return cases >= RANKING_MINIMUM


def too_few(sums: Sums, key: str) -> bool:
    """Whether a rate, or a number of days, is told of so few cases that it should not be compared."""
    return bool(sums.listed(key)) and not _can_be_ranked(sums, key)


def cell_words(sums: Sums, key: str) -> str:
    """As the table shows it, thousands parted."""
    return f"{sums.count(key):,}" if BY_KEY[key].kind is Kind.COUNT else value_words(sums, key)


def cell_hint(row: Row, key: str) -> str:
    """What the figure is, in a sentence for the tooltip and for screen readers."""
    words = f"{row.name}　{BY_KEY[key].name} {value_words(row.sums, key)}"
    return f"{words}（不足 {RANKING_MINIMUM} 件，不宜比较）" if too_few(row.sums, key) else words


def heading_words(key: str) -> str:
    """The name of a figure over its column."""
    return _ON_TWO_LINES.get(key, BY_KEY[key].name)


def heading_hint(key: str, regulation: Regulation | None) -> str:
    """What the column counts, and the article that it rests on."""
    return BY_KEY[key].in_full + _clause(key, regulation)


def _clause(key: str, regulation: Regulation | None) -> str:
    rule = regulation.actions.get(BY_KEY[key].action) if regulation is not None else None
    return f"（{rule.article}）" if rule is not None and rule.article else ""


# ------------------------------------------------------------------ words above the table


def summary(compared: Compared) -> str:
    """``2026年第三季度收到 1,361 件，比上年同期增加 112 件（9.0%）；按期答复率 93.1%（1,210/1,300），…``"""
    now, before = compared.now, compared.before
    received = now.total.count("received")
    parts = [f"{period_words(now.first, now.last)}收到 {received:,} 件"]
    if before.total.count("received"):
        parts.append(f"比上年同期{change_words(received, before.total.count('received'))}")
    told = [_rate(compared, key) for key in ("on_time_rate", "satisfaction_rate")]
    overdue = now.total.count("overdue_open")
    waiting = f"逾期未答复 {overdue:,} 件" if overdue else "没有逾期未答复的件"
    return "，".join(parts) + "；" + "；".join([*filter(None, told), waiting]) + f"（截至 {now.today}）。"


def _rate(compared: Compared, key: str) -> str:
    now, before = compared.now.total, compared.before.total
    if not now.ratio(key)[1]:
        return ""
    moved = points_words(now.ratio(key), before.ratio(key))
    return f"{BY_KEY[key].name} {value_words(now, key)}" + (f"，比上年同期{moved}" if moved else "")


def list_heading(row: Row, key: str) -> str:
    """Over the cases behind a figure."""
    return f"{row.name} · {BY_KEY[key].name}"


def list_note(key: str, count: int) -> str:
    """How many there are, and of what: a rate lists the cases it is told of."""
    definition = BY_KEY[key]
    of = "" if definition.kind is Kind.COUNT else "，即计算所依据的件"
    more = f"，列出前 {MOST_LISTED} 件，打开后按 Alt+↓ 可看到全部" if count > MOST_LISTED else ""
    return f"共 {count:,} 件{of}{more}。{definition.in_full}"


# ------------------------------------------------------------------ definitions


def definitions_page(regulation: Regulation | None) -> str:
    """Every figure with what it counts, as a page to read."""
    lines = "".join(
        f"<tr><td><b>{escape(one.name)}</b></td><td>{escape(one.in_full)}{escape(_clause(one.key, regulation))}</td></tr>"
        for one in DEFINITIONS
    )
    whole = f"<p>{escape(COHORT)}</p><p>{escape(OF_UNITS)}</p>"
    few = f"<p>件数不足 {RANKING_MINIMUM} 的率和天数不参加排序，百分比都附件数。</p>"
    return f'{whole}{few}<table cellspacing="0" cellpadding="6">{lines}</table>'


def file_stem(compared: Compared, by: Grouping) -> str:
    """``留言办理情况统计表 2026年第三季度 按承办单位``."""
    now = compared.now
    return f"留言办理情况统计表 {period_words(now.first, now.last)} 按{GROUPING_WORDS[by]}"
