"""What a unit may be marked down for, found in the records of a case: when, and by which paper it is shown.

X 第五条（七） 纳入绩效考核, T 第二十一条 反向扣分. Which failings count is in the regulation's file, what each costs is
the office's to set. A failing stands with the unit that led the case when it happened, and on the day it happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.assignment import Assignment
from desktop_app.domain.case import Case, Pressure
from desktop_app.domain.clocks import claim_by, clock_of
from desktop_app.domain.oversight_changes import MERGED
from desktop_app.domain.regulation import FailingRule, Regulation
from desktop_app.domain.wording import long_date
from desktop_app.domain.work_calendar import WorkCalendar

_NOBODY = ("", "无")


@dataclass(frozen=True, slots=True)
class Found:
    """One failing: of which unit, on which day, by which event of the case, told in words, and the paper that shows it.

    `document` is that paper's number, or its name where it bears none.
    """

    kind: str
    unit: str
    case: str
    on: date
    event: int
    words: str
    document: str = ""

    @property
    def key(self) -> str:
        """By what it is known again whenever it is looked for: ``逾期办理/2026-0312/1187``."""
        return f"{self.kind}/{self.case}/{self.event}"


@dataclass(frozen=True, slots=True)
class Looked:
    """The case that is looked at, the rules it goes by, and the day of looking."""

    case: Case
    regulation: Regulation
    calendar: WorkCalendar
    today: date


def failings_of(looked: Looked) -> Iterator[Found]:
    """Every failing in the case that the regulation names, in the regulation's order."""
    if looked.case.voided:
        return
    for rule in looked.regulation.failings:
        yield from FINDERS[rule.finds](looked, rule)


def _overdue(looked: Looked, rule: FailingRule) -> Iterator[Found]:
    """曾逾期, once for each time that a unit led (docs/architecture.md, 期限 6)."""
    case, calendar = looked.case, looked.calendar
    for held in _leads(case):
        if held.how_ended == MERGED:
            continue
        clock = clock_of(held, looked.regulation, case, calendar)
        missed = [(one.due, one.on) for one in clock.missed]
        if clock.overdue_on(looked.today):
            missed.append((clock.due, looked.today))
        if not missed:
            continue
        due, until = missed[0]
        days = sum(calendar.working_days_between(since, to) for since, to in missed)
        words = f"应于{long_date(due)}答复，逾期{days}个工作日" + (
            "，至今未答复" if until == looked.today else ""
        )
        yield Found(
            rule.kind,
            held.unit,
            case.number,
            due + timedelta(days=1),
            held.event,
            words,
            _pressed(case, held),
        )


def _pressed(case: Case, held: Assignment) -> str:
    """The gravest numbered paper that told this unit of it: 督办, else 催办, else 提醒; else its slip."""
    for action in ("supervise", "urge", "remind"):
        numbers = [one.number for one in _pressure(case, action) if _unit_at(case, one.event) == held.unit]
        if any(numbers):
            return next(number for number in reversed(numbers) if number)
    return held.number


def _claimed_late(looked: Looked, rule: FailingRule) -> Iterator[Found]:
    case = looked.case
    for held in _leads(case):
        last = claim_by(held, looked.regulation, case.received, looked.calendar)
        claimed = held.received if not held.presumed else None
        until = claimed or held.ended or looked.today
        if until > last:
            when = f"{long_date(claimed)}领办" if claimed is not None else "没有领办"
            words = f"{long_date(held.dispatched)}交办，{when}"
            yield Found(
                rule.kind, held.unit, case.number, last + timedelta(days=1), held.event, words, held.number
            )


def _said_of_answer(looked: Looked, rule: FailingRule) -> Iterator[Found]:
    """A reply sent back on that ground; a 督办 on the same ground counts where none was sent back."""
    case = looked.case
    units = set()
    for held in _leads(case):
        for rework in held.reworks:
            if rework.ground == rule.ground:
                units.add(held.unit)
                words = f"{long_date(rework.on)}因{rework.ground}退回重办"
                yield Found(rule.kind, held.unit, case.number, rework.on, rework.event, words, "退回重办通知")
    for one in _pressure(case, "supervise"):
        unit = _unit_at(case, one.event)
        if one.ground == rule.ground and unit not in units:
            yield _of_pressure(rule, case, one, unit)


def _urged_in_vain(looked: Looked, rule: FailingRule) -> Iterator[Found]:
    """A 督办 because a 催办 had no result, or on that very ground."""
    for one in _pressure(looked.case, "supervise"):
        term = looked.regulation.term("supervision_ground", one.ground)
        vain = term is not None and "after_urge" in term.flags
        if vain or (rule.ground and one.ground == rule.ground):
            yield _of_pressure(rule, looked.case, one, _unit_at(looked.case, one.event))


def _of_pressure(rule: FailingRule, case: Case, one: Pressure, unit: str) -> Found:
    words = f"{long_date(one.on)}因{one.ground}督办"
    return Found(rule.kind, unit, case.number, one.on, one.event, words, one.number or "督办函")


def _returned_late(looked: Looked, rule: FailingRule) -> Iterator[Found]:
    case = looked.case
    for held in case.assignments:
        for request in held.return_requests:
            if request.late and held.received is not None:
                words = f"{long_date(held.received)}收件，{long_date(request.on)}才退件"
                paper = looked.regulation.forms.get("return")
                document = paper.title if paper is not None else "退件"
                yield Found(rule.kind, held.unit, case.number, request.on, request.event, words, document)


def _unsigned(looked: Looked, rule: FailingRule) -> Iterator[Found]:
    case = looked.case
    for held in _leads(case):
        for reply in held.replies:
            lacking = [
                what
                for what, there in (
                    ("签发", reply.signer not in _NOBODY),
                    ("盖章", reply.stamped is not False),
                )
                if not there
            ]
            if lacking:
                words = f"{long_date(reply.on)}的答复没有{'、'.join(lacking)}"
                yield Found(rule.kind, held.unit, case.number, reply.on, reply.event, words, "答复材料")


def _transferred(looked: Looked, rule: FailingRule) -> Iterator[Found]:
    case = looked.case
    for one in _pressure(case, "transfer"):
        words = f"{long_date(one.on)}移交{one.to}"
        yield Found(
            rule.kind,
            _unit_at(case, one.event),
            case.number,
            one.on,
            one.event,
            words,
            one.number or "移交函",
        )


def _held_accountable(looked: Looked, rule: FailingRule) -> Iterator[Found]:
    case = looked.case
    for one in case.accountability:
        words = f"{one.ground}（{one.by}决定）"
        yield Found(rule.kind, _unit_at(case, one.event), case.number, one.on, one.event, words, "问责记录")


def _dissatisfied(looked: Looked, rule: FailingRule) -> Iterator[Found]:
    """By the last follow-up; what became better after work done again is no failing."""
    case = looked.case
    if not case.follow_ups:
        return
    last = case.follow_ups[-1]
    term = looked.regulation.term("follow_up_result", last.result)
    flags = term.flags if term is not None else frozenset()
    if "reached" in flags and "satisfied" not in flags:
        words = f"{long_date(last.on)}回访：{last.result}"
        yield Found(
            rule.kind, _unit_at(case, last.event), case.number, last.on, last.event, words, "回访记录"
        )


def _leads(case: Case) -> Iterator[Assignment]:
    return (held for held in case.assignments if held.lead)


def _pressure(case: Case, action: str) -> list[Pressure]:
    return [one for one in case.pressure if one.action == action]


def _unit_at(case: Case, event: int) -> str:
    """The unit that led when that was recorded; empty where none did."""
    return next((held.unit for held in reversed(list(_leads(case))) if held.event <= event), "")


FINDERS: Mapping[str, Callable[[Looked, FailingRule], Iterator[Found]]] = {
    "overdue": _overdue,
    "claimed_late": _claimed_late,
    "said_of_answer": _said_of_answer,
    "urged_in_vain": _urged_in_vain,
    "returned_late": _returned_late,
    "unsigned": _unsigned,
    "transferred": _transferred,
    "held_accountable": _held_accountable,
    "dissatisfied": _dissatisfied,
}
"""Names a regulation's file may use for what it counts against a unit (`regulation_checks.FINDS`)."""

DEFINITIONS: Mapping[str, str] = {
    "overdue": "到期日（重办的，重办期限）过后才答复，或者至今没有答复；每次牵头计一次，退件、改派以前已逾期的计入当时的单位。",
    "claimed_late": "交办后到规定的下一个工作日结束时没有领办；每次牵头计一次。",
    "said_of_answer": "答复因这种情形被退回重办，每退回一次计一次；没有退回而以同一情形督办的，计一次。",
    "urged_in_vain": "催办没有结果而督办，每份督办文书计一次。",
    "returned_late": "晚于收件当日才退件，每次计一次，不论是否同意。",
    "unsigned": "答复没有主要负责人签发或者没有盖章，每份答复计一次。",
    "transferred": "移交纪检监察机关，每次计一次。",
    "held_accountable": "被登记问责，每次计一次。",
    "dissatisfied": "最后一次回访为不满意，每件计一次；重办以后改为满意的不计。",
}
"""What each finder counts, as the sheet explains it."""
