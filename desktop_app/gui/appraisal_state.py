"""考核扣分 without Qt: lines of the table, what is chosen of them, and what is said of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from desktop_app.domain.appraisal import Deduction, points_words
from desktop_app.services.appraisal import Appraisal, Listed

ALL = "全部"
COLUMNS = (
    *(("单位", 13), ("情形", 7), ("登记号", 6), ("标题", 20), ("日期", 6), ("情况", 22), ("文书", 12)),
    *(("分值", 4), ("申诉", 3), ("裁定", 3), ("实扣", 4)),
)
LONG = (3, 5)
"""Columns that take what room is left."""
NONE = "这一年没有扣分情形。"
_UNSET = "未设定"


def row_of(one: Listed) -> tuple[str, ...]:
    """One deduction as a line."""
    found, deduction = one.deduction.found, one.deduction
    return (
        found.unit,
        found.kind,
        found.case,
        one.title,
        found.on.isoformat(),
        found.words,
        found.document or "—",
        points_words(deduction.points),
        "有" if deduction.appeal is not None else "",
        "有" if deduction.override is not None else "",
        points_words(deduction.counts),
    )


def units_of(appraisal: Appraisal) -> list[str]:
    """Units that lose something, those that lose most first."""
    return [one.unit for one in appraisal.sums]


def narrowed(appraisal: Appraisal, unit: str = ALL, kind: str = ALL) -> tuple[Listed, ...]:
    """The deductions of that unit and failing."""
    return tuple(
        one
        for one in appraisal.deductions
        if unit in (ALL, one.deduction.found.unit) and kind in (ALL, one.deduction.found.kind)
    )


def total_words(appraisal: Appraisal, shown: Sequence[Listed]) -> str:
    """``2026年共 1173 处，这里列出 40 处，扣 12.5 分。``, and what counts nothing because nobody set its points."""
    words = f"{appraisal.year}年共 {len(appraisal.deductions)} 处"
    if len(shown) != len(appraisal.deductions):
        words += f"，这里列出 {len(shown)} 处"
    words += f"，扣 {points_words(_sum(one.deduction for one in shown))} 分。"
    unset = [one.rule.kind for one in appraisal.failings if one.points is None]
    return words + (f"没有设定分值、不计分的：{'、'.join(unset)}。" if unset else "")


def _sum(deductions: Iterable[Deduction]) -> Decimal:
    return sum((one.counts for one in deductions if one.counts is not None), Decimal(0))


def said_of(one: Listed) -> str:
    """All that is on record of one deduction."""
    deduction = one.deduction
    found = deduction.found
    lines = [
        f"{found.unit}　{found.kind}　{found.case}　{found.words}；文书：{found.document or '—'}；"
        f"分值：{points_words(deduction.points)}"
    ]
    if deduction.appeal is not None:
        appeal = deduction.appeal
        lines.append(f"申诉（{appeal.on.isoformat()}，{appeal.by}登记）：{appeal.reason}")
    if deduction.override is not None:
        made = deduction.override
        lines.append(
            f"裁定（{made.on.isoformat()}，{made.decided_by}决定，{made.by}登记）：扣 {points_words(made.points)} 分。"
            f"{made.reason}"
        )
    return "\n".join(lines)


def file_name(appraisal: Appraisal) -> str:
    return f"{appraisal.year}年考核扣分表.xlsx"
