"""A bulletin's figures, frozen on the day it is issued; and what has become of them since (X 第五条（七）, T 第二十一条).

What is kept is not the sums alone but every case with what it counted as, so that a later difference is told by case
and as what it is: a correction, something entered late, or the work going on. The event bears the digest of it all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop_app.domain.bulletin_records import Cause, Differences, IssuedBulletin, differences
from desktop_app.domain.corrections import CORRECT
from desktop_app.domain.events import Event, digest
from desktop_app.domain.figures import DEFINITIONS, Grouping
from desktop_app.domain.figures_of_cases import CaseFacts
from desktop_app.domain.figures_summed import Summary, summed
from desktop_app.domain.history import VOID
from desktop_app.domain.kept_facts import read_facts, write_facts
from desktop_app.domain.office_records import Problem
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services.journaling import note
from desktop_app.services.recount import RECOUNT
from desktop_app.services.session import Session
from desktop_app.services.statistics import check_period, facts_today

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

ISSUE = "issue-bulletin"
"""The event of the office: period, number, title, the day as of which figures are told, and their digest."""


def issue(
    session: Session, first: date, last: date, title: str, number: str = "", issued_on: date | None = None
) -> IssuedBulletin:
    """Freeze the figures of a period as they stand today, for a bulletin of that title.

    Refusal `missing_key` without a title, `date_in_future` where it is issued after today, `unknown_value` for a
    period that ends before it begins.
    """
    session.require(Right.WORK_ON_CASES)
    check_period(first, last)
    day = issued_on or session.today
    if not title.strip():
        raise Refusal("missing_key", "通报须有标题。")
    if day > session.today:
        raise Refusal("date_in_future", "发出日期在今天之后。", None, "请填写实际发出的日期。")
    with session.change() as work:
        return issue_in(session, work, first, last, title.strip(), number.strip(), day)


def issue_in(
    session: Session,
    work: Work,
    first: date,
    last: date,
    title: str,
    number: str,
    issued_on: date,
    paper: Mapping[str, str] | None = None,
) -> IssuedBulletin:
    """The same within a transaction that the caller holds open. `paper`: what the event tells of the paper made."""
    figures, cases = _written(facts_today(session, work, first, last))
    seal = digest(f"{figures}\n{cases}")
    facts = {"from": first.isoformat(), "to": last.isoformat(), "told_on": session.today.isoformat()}
    facts |= {"number": number, "digest": seal, **(paper or {})}
    event = note(session, work, ISSUE, facts, {"title": title}, on=issued_on)
    bulletin = IssuedBulletin(
        id=event.id,
        first=first,
        last=last,
        issued_on=issued_on,
        told_on=session.today,
        number=number,
        title=title,
        by=session.user.name,
        entered=event.entered,
        figures=figures,
        counted=cases,
        digest=seal,
    )
    work.bulletins.add(bulletin)
    return bulletin


def issued(session: Session) -> tuple[IssuedBulletin, ...]:
    """The bulletins of the office, the newest first, without their figures."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return tuple(work.bulletins.all())


def figures_issued(session: Session, bulletin_id: int, by: Grouping | None = None) -> Summary:
    """The figures as the bulletin told them, by any grouping. Refusal `unknown_value` where there is no such one."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return summed(_counted_in(_found(work, bulletin_id)), by)


def differences_since(session: Session, bulletin_id: int) -> Differences:
    """What is told otherwise today than the bulletin told it, by figure and by case."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        bulletin = _found(work, bulletin_id)
        then = _counted_in(bulletin)
        now = list(facts_today(session, work, bulletin.first, bulletin.last))
        changed = {one.number: one.all_keys for one in then}
        numbers = [one.number for one in now if changed.pop(one.number, None) != one.all_keys] + list(changed)
        causes = _causes(work, numbers, bulletin)
    return differences(then, now, causes)


def check(work: Work) -> Iterable[Problem]:
    """Bulletins that are no longer what the journal says was issued."""
    said = {event.id: event.keys.get("digest", "") for event in work.journal.of_office(ISSUE)}
    for head in work.bulletins.all():
        bulletin = work.bulletins.get(head.id)
        assert bulletin is not None
        if digest(f"{bulletin.figures}\n{bulletin.counted}") != said.get(head.id):
            yield Problem("bulletin", str(head.id), f"通报“{head.title}”的数字与发出时的记录不符。")


def _found(work: Work, bulletin_id: int) -> IssuedBulletin:
    bulletin = work.bulletins.get(bulletin_id)
    if bulletin is None:
        raise Refusal("unknown_value", f"没有第 {bulletin_id} 号通报。")
    return bulletin


def _written(counted: Iterable[CaseFacts]) -> tuple[str, str]:
    """Figures, and cases with what each counted as, as text."""
    cases = list(counted)
    total = summed(cases).total
    figures = {one.key: total.value(one.key) for one in DEFINITIONS}
    told = {
        one.number: {
            "row": [one.received.isoformat(), one.source, one.category, one.topic, one.unit],
            "facts": write_facts(one),
        }
        for one in cases
    }
    return _json(figures), _json(told)


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _counted_in(bulletin: IssuedBulletin) -> list[CaseFacts]:
    try:
        return [_case(number, told) for number, told in json.loads(bulletin.counted).items()]
    except (ValueError, LookupError, TypeError) as error:
        raise StorageProblem(
            "damaged",
            f"通报“{bulletin.title}”的数字读不出来。",
            "请运行 verify 查明，并从最近的备份恢复。",
        ) from error


def _case(number: str, told: Mapping[str, Any]) -> CaseFacts:
    received, source, category, topic, unit = told["row"]
    plain = CaseFacts(number, date.fromisoformat(received), source, category, topic, unit)
    return read_facts(told["facts"], plain)


def _causes(work: Work, numbers: Iterable[str], bulletin: IssuedBulletin) -> dict[str, Cause]:
    """What was recorded since on each of these cases; where nothing was, time alone went on."""
    return {
        number: cause
        for number, events in work.journal.of_cases(numbers).items()
        if (cause := _cause([one for one in events if one.id > bulletin.id], bulletin)) is not None
    }


def _cause(since: Iterable[Event], bulletin: IssuedBulletin) -> Cause | None:
    recorded = list(since)
    if any(one.action == VOID for one in recorded):
        return Cause.VOIDED
    if any(one.action in (CORRECT, RECOUNT) for one in recorded):
        return Cause.CORRECTED
    return Cause.ENTERED_LATE if any(one.on <= bulletin.told_on for one in recorded) else None
