"""What an export of a ledger may be: which one, of which days, with which columns. No Qt here."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from desktop_app.documents.ledger_columns import LedgerForm, Period
from desktop_app.domain.case_queries import CaseQuery


@dataclass(frozen=True, slots=True)
class LedgerOrder:
    """What was agreed to. columns: keys, all where it is empty; reason: why identity is not covered, else empty."""

    query: CaseQuery
    ledger: str
    columns: tuple[str, ...]
    within: Period | None
    reason: str
    target: Path


@dataclass(frozen=True, slots=True)
class Span:
    """A period by its name; None is no limit."""

    name: str
    within: Period | None


def spans(today: date) -> tuple[Span, ...]:
    """The periods that an office keeps ledgers by."""
    this = today.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    year = today.year
    return (
        Span("不限", None),
        Span(f"本月（{this.month}月）", _month(this)),
        Span(f"上月（{last.year}年{last.month}月）", _month(last)),
        Span(f"本年（{year}年）", (date(year, 1, 1), date(year, 12, 31))),
        Span(f"上年（{year - 1}年）", (date(year - 1, 1, 1), date(year - 1, 12, 31))),
    )


def _month(first: date) -> Period:
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def kept_columns(form: LedgerForm, kept: Sequence[object]) -> tuple[str, ...]:
    """The columns chosen last time as far as the ledger still has them; all where none was chosen."""
    known = [column.key for column in form.columns]
    chosen = tuple(key for key in known if key in kept)
    return chosen or tuple(known)


def dated_words(form: LedgerForm) -> str:
    """By which day a line belongs to a period."""
    titles = {column.key: column.title for column in form.columns}
    return titles.get(form.dated, "收件日期")


def fault_of(columns: Sequence[str], uncovered: bool, reason: str) -> str:
    """What hinders the export; empty where nothing does."""
    if not columns:
        return "至少要选一栏。"
    if uncovered and not reason.strip():
        return "不遮盖身份信息须写明理由，理由记入日志。"
    return ""
