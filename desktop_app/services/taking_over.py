"""Taking over an old ledger: cases that were dealt with before, entered as closed and marked as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.columns import folded_name
from desktop_app.domain.history import TAKE_OVER, fold
from desktop_app.domain.incoming import BAD_TIME, IncomingMessage, Rejected
from desktop_app.domain.message_times import read_time
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services.case_loading import load_case
from desktop_app.services.cases import settle
from desktop_app.services.journaling import new_event
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.services.registration import Registered
    from desktop_app.storage.work import Work

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "lead": ("承办单位", "牵头单位", "办理单位", "责任单位"),
    "closed_on": ("办结日期", "办结时间", "结案日期", "完成日期"),
    "retention": ("保管期限",),
}
"""What an old ledger tells besides the message: field → the names it goes by. They are kept as given as well."""


@dataclass(frozen=True, slots=True)
class OldRow:
    """What became of a case by its old ledger. retention: in the regulation's words; empty leaves it to be archived."""

    lead: str
    category: str
    closed: date
    replied: date | None
    retention: str


@dataclass(frozen=True, slots=True)
class OldLedger:
    """By row of the sheet."""

    rows: Mapping[int, OldRow]


def read_old(
    session: Session,
    messages: Sequence[IncomingMessage],
    regulation: Regulation,
    on: date,
    retention: str = "",
    chosen: Mapping[str, str] | None = None,
) -> tuple[OldLedger, tuple[IncomingMessage, ...], tuple[Rejected, ...]]:
    """What the rows tell of their end; those whose days make no sense are turned away with the reason.

    `retention` is for rows that name none; `chosen` maps `lead`, `closed_on`, `retention` to columns of other names.
    Refusal `unknown_value` for a period of no known length.
    """
    session.require(Right.REGISTER)
    names = {
        field: ((chosen[field],) if chosen and field in chosen else known) for field, known in COLUMNS.items()
    }
    kept, good, bad = {}, [], []
    for one in messages:
        try:
            kept[one.row] = _row(one, regulation, on, retention, names, session)
            good.append(one)
        except ValueError as error:
            bad.append(Rejected(one.row, BAD_TIME, f"第 {one.row} 行：{error}"))
    return OldLedger(kept), tuple(good), tuple(bad)


def _row(
    one: IncomingMessage,
    regulation: Regulation,
    on: date,
    retention: str,
    names: Mapping[str, tuple[str, ...]],
    session: Session,
) -> OldRow:
    told = {folded_name(name): value.strip() for name, value in one.message.extra.items()}

    def given(field: str) -> str:
        return next((value for name in names[field] if (value := told.get(folded_name(name), ""))), "")

    received = one.registered_on(on)
    replied = _day(one.message.answered_at)
    closed = _closing_day(given("closed_on")) or replied or received
    if closed < received:
        raise ValueError(f"办结日期 {closed} 在收件日期 {received} 之前；请改正后重新导入该行")
    if closed > session.today:
        raise ValueError(f"办结日期 {closed} 在今天之后；还没有办结的件请照常导入")
    category = regulation.term("category", one.message.kind) if one.message.kind else None
    return OldRow(
        lead=given("lead") or one.message.answered_by,
        category=category.value if category is not None else "",
        closed=closed,
        replied=replied,
        retention=_retention(regulation, given("retention") or retention),
    )


def _retention(regulation: Regulation, words: str) -> str:
    if not words:
        return ""
    term = regulation.term("retention", words)
    if term is None:
        known = "、".join(regulation.values("retention"))
        raise Refusal("unknown_value", f"没有“{words}”这种保管期限；可填：{known}。")
    return term.value


def _closing_day(text: str) -> date | None:
    if not text:
        return None
    found = _day(text)
    if found is None:
        raise ValueError(f"办结日期“{text[:30]}”看不懂；请写作 2025-12-31")
    return found


def _day(text: str) -> date | None:
    try:
        read = read_time(text) if text else None
    except ValueError:
        return None
    return read.date if read is not None else None


def take_over(
    session: Session, work: Work, old: OldLedger, registered: Sequence[tuple[int, Registered]]
) -> None:
    """Close what was just registered, in the same transaction."""
    work.journal.append(
        [
            new_event(session, TAKE_OVER, _facts(old.rows[row]), case=done.number, on=old.rows[row].closed)
            for row, done in registered
        ]
    )
    for _, done in registered:
        loaded = load_case(work, done.number)
        before = replace(loaded, case=fold(done.number, loaded.steps[:1], loaded.regulation))
        settle(session, work, before, loaded.case, loaded.events[-1])


def _facts(one: OldRow) -> dict[str, str]:
    facts = {
        "lead": one.lead,
        "category": one.category,
        "replied_on": one.replied.isoformat() if one.replied is not None else "",
        "retention": one.retention,
    }
    return {name: value for name, value in facts.items() if value}
