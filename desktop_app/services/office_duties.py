"""What the office itself owes: listing it, noting that it is done, and how often the office does it.

The regulations say only 定期 (X 第五条（七）, T 第二十一条): the data propose how often, the office may set it otherwise.
What was settled stands in the journal and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.office_items import (
    PERIOD_WORDS,
    OfficeDays,
    OfficeItem,
    Period,
    YearMonth,
    office_items,
    period_of,
    read_period,
)
from desktop_app.domain.regulation import OfficeItemRule, Regulation
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services.journaling import note as write
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

PERIODIC, YEARLY = "period_over", "before_year_end"
"""Triggers of what is owed: the periodic report, the appraisal of the year."""
SETTLE, REOPEN = "settle-office-item", "reopen-office-item"
"""Actions of the journal: a period's thing was done; that was noted by mistake."""
HOW_OFTEN = "duties.period."
"""Setting, with the kind after it: how often the office does it, where not as the data propose."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One thing noted as done: for which period, on which day, by whom, and what was written beside it."""

    kind: str
    period: Period
    on: date
    by: str
    note: str
    event: int


@dataclass(frozen=True, slots=True)
class HowOften:
    """`period` is `month`, `quarter` or `year`; `fixed` where the regulation itself ties it to the year."""

    kind: str
    period: str
    fixed: bool


def duties(session: Session, on: date | None = None) -> tuple[OfficeItem, ...]:
    """What the office owes on that day (default today)."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return duties_in(session, work, on or session.today)


def duties_in(session: Session, work: Work, day: date) -> tuple[OfficeItem, ...]:
    """The same within a transaction that the caller holds open."""
    regulation = session.default_regulation(work)
    founding = work.journal.get(1)
    founded = founding.on if founding is not None else day
    return office_items(
        regulation,
        _months(_standing(work, regulation)),
        OfficeDays(founded, work.cases.first_received()),
        day,
        _periods(work, regulation),
    )


def settled_duties(session: Session) -> tuple[Settled, ...]:
    """What stands as done, as it was noted, the latest last."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return _standing(work, session.default_regulation(work))


def how_often(session: Session) -> tuple[HowOften, ...]:
    """How often each is done, in the order of the regulation's file."""
    with session.read() as work:
        regulation = session.default_regulation(work)
        periods = _periods(work, regulation)
    return tuple(
        HowOften(rule.kind, periods[rule.kind], bool(rule.opens)) for rule in regulation.office_items
    )


def settle(session: Session, kind: str, period: str, note: str = "") -> Settled:
    """Note that it was done for that period. Refusals: `unknown_value`, `date_in_future` for a period that has not
    begun, `wrong_state` where it stands as done already."""
    session.require(Right.WORK_ON_CASES)
    wanted = read_period(period)
    with session.change() as work:
        regulation = session.default_regulation(work)
        rule = _rule(regulation, kind)
        if wanted.first > session.today:
            raise Refusal("date_in_future", f"{wanted.words}还没有到。", rule.article or None)
        if wanted.months <= _months(_standing(work, regulation)).get(rule.kind, set()):
            raise Refusal("wrong_state", f"{wanted.words}的“{rule.kind}”已经登记办了。", rule.article or None)
        keys = {"kind": rule.kind, "period": wanted.text, "regulation": regulation.id}
        words = note.strip()
        event = write(session, work, SETTLE, keys, {"note": words} if words else None)
    return Settled(rule.kind, wanted, event.on, event.by, words, event.id)


def settle_by(
    session: Session, work: Work, trigger: str, first: date, last: date, words: str
) -> tuple[str, ...]:
    """A report on these days went out: note as done, within the caller's transaction, what it does for whole periods
    among them (`trigger` names which of the office's things). Returns what was done, in words."""
    regulation = session.default_regulation(work)
    done: list[str] = []
    for rule in regulation.office_items:
        if rule.trigger != trigger:
            continue
        standing = _months(_standing(work, regulation)).get(rule.kind, set())
        for period in _whole_periods(_periods(work, regulation)[rule.kind], first, last):
            if not period.months <= standing:
                keys = {"kind": rule.kind, "period": period.text, "regulation": regulation.id}
                write(session, work, SETTLE, keys, {"note": words})
                done.append(f"{period.words}{rule.kind}")
    return tuple(done)


def _whole_periods(kind: str, first: date, last: date) -> Iterator[Period]:
    period = period_of(kind, first)
    while period.last <= last:
        if period.first >= first:
            yield period
        period = period.after


def reopen(session: Session, kind: str, period: str) -> None:
    """Take back that it was done for that period. Refusal `nothing_to_undo` where nothing was noted for it."""
    session.require(Right.WORK_ON_CASES)
    wanted = read_period(period)
    with session.change() as work:
        regulation = session.default_regulation(work)
        rule = _rule(regulation, kind)
        if not any(one.kind == rule.kind and one.period == wanted for one in _standing(work, regulation)):
            raise Refusal("nothing_to_undo", f"{wanted.words}的“{rule.kind}”没有登记办过。")
        write(
            session,
            work,
            REOPEN,
            {"kind": rule.kind, "period": wanted.text, "regulation": regulation.id},
        )


def set_how_often(session: Session, kind: str, period: str) -> str:
    """Let the office do it every `month`, `quarter` or `year`. Refusal `unknown_value`, also for what the regulation
    itself ties to the year."""
    session.require(Right.KEEP_OFFICE)
    with session.change() as work:
        rule = _rule(session.default_regulation(work), kind)
        if rule.opens:
            raise Refusal("unknown_value", f"“{rule.kind}”每年一次，不能改。", rule.article or None)
        if period not in PERIOD_WORDS:
            known = "、".join(f"{word}（{words}）" for word, words in PERIOD_WORDS.items())
            raise Refusal("unknown_value", f"没有“{period}”这种周期；可填：{known}。")
        setting = HOW_OFTEN + rule.kind
        if (work.settings.get(setting) or rule.period) != period:
            work.settings.put(setting, period)
            write(session, work, "change-settings", {setting: period})
    return period


def _rule(regulation: Regulation, kind: str) -> OfficeItemRule:
    rule = next((one for one in regulation.office_items if one.kind == kind.strip()), None)
    if rule is None:
        known = "、".join(one.kind for one in regulation.office_items)
        raise Refusal("unknown_value", f"本单位的事中没有“{kind}”；有：{known}。")
    return rule


def _periods(work: Work, regulation: Regulation) -> dict[str, str]:
    return {
        rule.kind: (None if rule.opens else work.settings.get(HOW_OFTEN + rule.kind)) or rule.period
        for rule in regulation.office_items
    }


def _standing(work: Work, regulation: Regulation) -> tuple[Settled, ...]:
    """What the journal says was done and not taken back, under that regulation."""
    standing: dict[tuple[str, str], Settled] = {}
    for event in work.journal.of_office(SETTLE, REOPEN):
        if event.keys["regulation"] != regulation.id:
            continue
        kind, period = event.keys["kind"], event.keys["period"]
        if event.action == REOPEN:
            standing.pop((kind, period), None)
        else:
            words = event.protected.get("note", "")
            standing[kind, period] = Settled(kind, read_period(period), event.on, event.by, words, event.id)
    return tuple(standing.values())


def _months(standing: tuple[Settled, ...]) -> dict[str, set[YearMonth]]:
    months: dict[str, set[YearMonth]] = {}
    for one in standing:
        months.setdefault(one.kind, set()).update(one.period.months)
    return months
