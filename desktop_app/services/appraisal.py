"""The yearly appraisal of units (X 第五条（七）, T 第二十一条): points that the office sets, deductions found in the records,
appeals and decisions on them. What was recorded stands in the journal and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop_app.domain.actions import NO, YES
from desktop_app.domain.appraisal import (
    Appeal,
    Deduction,
    Override,
    UnitSum,
    points_words,
    read_points,
    unit_sums,
)
from desktop_app.domain.case import Case
from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.events import Event
from desktop_app.domain.failings import Found, Looked, failings_of
from desktop_app.domain.history import fold
from desktop_app.domain.messages import Citizen
from desktop_app.domain.privacy import masked_text
from desktop_app.domain.regulation import AppraisalRule, FailingRule, Regulation
from desktop_app.domain.rights import Right
from desktop_app.errors import Cancelled, Refusal
from desktop_app.services.edited_meanwhile import Edited, merged
from desktop_app.services.journaling import note
from desktop_app.services.office_duties import YEARLY, settle_by
from desktop_app.services.overtaken import CHANGED_MEANWHILE
from desktop_app.services.seen_by import case_as_read
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.services.child_process import Progress
    from desktop_app.storage.work import Work

APPEAL, OVERRIDE, MADE = "appeal-deduction", "override-deduction", "make-appraisal"
"""Actions of the journal: a unit objects; other points were decided on; the sheet was made."""
POINTS = "appraisal.points."
"""Setting, with regulation and failing after it: what the failing costs."""

_AT_ONCE = 500
_ACCUSATION = "（控告、检举件，不列标题）"


@dataclass(frozen=True, slots=True)
class Failing:
    """A failing that the regulation names, and what it costs; None while the office has not said."""

    rule: FailingRule
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A deduction with the case's title as third parties may read it."""

    deduction: Deduction
    title: str


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The appraisal of a year as it stands on `today`."""

    year: int
    today: date
    office: str
    regulation: Regulation
    rule: AppraisalRule
    failings: tuple[Failing, ...]
    deductions: tuple[Listed, ...]

    @property
    def sums(self) -> tuple[UnitSum, ...]:
        return unit_sums(one.deduction for one in self.deductions)


def appraisal(session: Session, year: int, progress: Progress | None = None) -> Appraisal:
    """What units lose in that year. Refusals `unknown_value` where the regulation knows no appraisal,
    `date_in_future` for a year that has not begun; Cancelled."""
    session.require(Right.SEE_CASES)
    if date(year, 1, 1) > session.today:
        raise Refusal("date_in_future", f"{year} 年还没有到，没有可以考核的。")
    with session.read() as work:
        regulation = session.default_regulation(work)
        rule = _rule(regulation)
        failings = failings_in(work, regulation)
        points = {one.rule.kind: one.points for one in failings}
        appeals, overrides = _recorded(work)
        listed = [
            Listed(
                Deduction(found, points[found.kind], appeals.get(found.key), overrides.get(found.key)), title
            )
            for found, title in _found(session, work, regulation, year, progress)
        ]
        office = session.office_name(work)
    return Appraisal(year, session.today, office, regulation, rule, failings, tuple(listed))


def points(session: Session) -> tuple[Failing, ...]:
    """The failings of the office's regulation with their points, in the order of its file."""
    with session.read() as work:
        return failings_in(work, session.default_regulation(work))


def failings_in(work: Work, regulation: Regulation) -> tuple[Failing, ...]:
    """The same within a transaction that the caller holds open."""

    def kept(rule: FailingRule) -> Decimal | None:
        text = work.settings.get(_setting(regulation, rule.kind))
        return read_points(text) if text else None

    return tuple(Failing(rule, kept(rule)) for rule in regulation.failings)


def set_points(
    session: Session, wanted: Mapping[str, str], shown: Mapping[str, str] | None = None
) -> tuple[Failing, ...]:
    """Set what failings cost, by kind; an empty text takes the points away. All or none.

    Refusal `unknown_value` for another failing, or what is no number of points; `EditedMeanwhile` where somebody else
    changed since `shown` (by kind, too) what is changed here.
    """
    session.require(Right.KEEP_OFFICE)
    with session.change() as work:
        regulation = session.default_regulation(work)
        read = {
            _failing(regulation, kind).kind: points_words(read_points(text)) if text.strip() else ""
            for kind, text in wanted.items()
        }
        stored = {kind: work.settings.get(_setting(regulation, kind)) or "" for kind in read}
        changed = {}
        for kind, value in merged(session, work, _POINTS_EDITED, stored, shown, read).items():
            setting = _setting(regulation, kind)
            if stored[kind] != value:
                work.settings.put(setting, value)
                changed[setting] = value
        if changed:
            note(session, work, "change-settings", changed)
        return failings_in(work, regulation)


_POINTS_EDITED = Edited(
    "分值", {}, "change-settings", lambda event: any(name.startswith(POINTS) for name in event.keys)
)


def appeal(
    session: Session, year: int, case: str, failing: str, reason: str, event: int | None = None
) -> Found:
    """Record that the unit objects to a deduction. Refusals as `deduction_named`; `missing_key` without a reason."""
    session.require(Right.WORK_ON_CASES)
    found, why = deduction_named(session, year, case, failing, event), _reason(reason)
    with session.change() as work:
        note(session, work, APPEAL, _keys(found, year), {"reason": why})
    return found


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on an appeal, as typed: the points that count (0 strikes it out), by whom, and why."""

    points: str
    by: str
    reason: str


def override(
    session: Session,
    year: int,
    case: str,
    failing: str,
    decision: Decision,
    event: int | None = None,
    *,
    seen: int | None = None,
) -> Found:
    """Record other points for one deduction. Refusals as `deduction_named`; `missing_key` without who decided and why,
    `unknown_value` for what is no number of points; `changed_meanwhile` where it was decided on after the event `seen`."""
    session.require(Right.DECIDE_APPEALS)
    wanted, why = read_points(decision.points), _reason(decision.reason)
    if not decision.by.strip():
        raise Refusal("missing_key", "请写明由谁决定改分（by）。")
    found = deduction_named(session, year, case, failing, event)
    with session.change() as work:
        if seen is not None:
            _refuse_decided(work, found, seen)
        keys = {**_keys(found, year), "points": points_words(wanted), "decided_by": decision.by.strip()}
        note(session, work, OVERRIDE, keys, {"reason": why})
    return found


def _refuse_decided(work: Work, found: Found, seen: int) -> None:
    last = _recorded(work)[1].get(found.key)
    if last is not None and last.event > seen:
        raise Refusal(
            CHANGED_MEANWHILE,
            f"{last.by}刚登记了裁定：{found.case} “{found.kind}”计 {points_words(last.points)} 分"
            f"（{last.decided_by}决定）。",
            None,
            "请看过再定；仍要改分的，再登记一次。",
        )


def deduction_named(session: Session, year: int, case: str, failing: str, event: int | None = None) -> Found:
    """The one deduction so named. Refusal `nothing_to_undo` where there is none, `unknown_value` where there are
    several and `event` does not tell which."""
    listed = [one.deduction.found for one in appraisal(session, year).deductions]
    wanted = [one for one in listed if (one.case, one.kind) == (case.strip(), failing.strip())]
    if event is not None:
        wanted = [one for one in wanted if one.event == event]
    if not wanted:
        raise Refusal("nothing_to_undo", f"{year} 年的考核中，{case.strip()} 没有“{failing.strip()}”的扣分。")
    if len(wanted) > 1:
        events = "、".join(f"{one.event}（{one.words}）" for one in wanted)
        raise Refusal(
            "unknown_value", f"{case} 有 {len(wanted)} 处“{failing}”，请写明是哪一条记录：{events}。"
        )
    return wanted[0]


def note_made(session: Session, year: int, rows: int, *, final: bool = False) -> tuple[str, ...]:
    """Note in the journal that the sheet of that year was made. A `final` one is what goes up: what the office owed for
    that year is done by it; returns what was."""
    if final:
        session.require(Right.WORK_ON_CASES)
    with session.change() as work:
        event = note(
            session, work, MADE, {"year": str(year), "rows": str(rows), "final": YES if final else NO}
        )
        if not final:
            return ()
        rule = _rule(session.default_regulation(work))
        of_year = date(year, 1, 1), date(year, 12, 31)
        return settle_by(session, work, YEARLY, *of_year, f"{rule.title}（第 {event.id} 号记录）")


def _rule(regulation: Regulation) -> AppraisalRule:
    if regulation.appraisal is None:
        raise Refusal("unknown_value", f"《{regulation.title}》没有考核扣分的规定。")
    return regulation.appraisal


def _failing(regulation: Regulation, kind: str) -> FailingRule:
    rule = next((one for one in regulation.failings if one.kind == kind.strip()), None)
    if rule is None:
        known = "、".join(one.kind for one in regulation.failings)
        raise Refusal("unknown_value", f"没有“{kind.strip()}”这种扣分情形；有：{known}。")
    return rule


def _setting(regulation: Regulation, kind: str) -> str:
    return f"{POINTS}{regulation.id}/{kind}"


def _reason(text: str) -> str:
    if not text.strip():
        raise Refusal("missing_key", "请写明理由（reason）。")
    return text.strip()


def _keys(found: Found, year: int) -> dict[str, str]:
    return {"deduction": found.key, "year": str(year), "unit": found.unit}


def _recorded(work: Work) -> tuple[dict[str, Appeal], dict[str, Override]]:
    """The last appeal and the last decision on each deduction."""
    appeals: dict[str, Appeal] = {}
    overrides: dict[str, Override] = {}
    for event in work.journal.of_office(APPEAL, OVERRIDE):
        key, reason = event.keys["deduction"], event.protected.get("reason", "")
        if event.action == APPEAL:
            appeals[key] = Appeal(event.on, event.by, reason, event.id)
        else:
            overrides[key] = Override(
                event.on,
                read_points(event.keys["points"]),
                event.keys["decided_by"],
                reason,
                event.by,
                event.id,
            )
    return appeals, overrides


def _found(
    session: Session, work: Work, regulation: Regulation, year: int, progress: Progress | None
) -> Iterator[tuple[Found, str]]:
    """Every failing of the year with its case's title, in the order of the register."""
    numbers = [
        row.number
        for row in work.cases.all()
        if row.regulation == regulation.id
        and row.received <= date(year, 12, 31)
        and not row.voided
        and not (row.archived is not None and row.archived < date(year, 1, 1))
    ]
    for begin in range(0, len(numbers), _AT_ONCE):
        if progress is not None and not progress(begin, len(numbers)):
            raise Cancelled
        part = numbers[begin : begin + _AT_ONCE]
        events, messages = work.journal.of_cases(part), work.messages.get_many(part)
        for number in part:
            case = _case(session, regulation, number, events.get(number, []))
            if case is None:
                continue
            failings = [
                one
                for one in failings_of(Looked(case, regulation, session.calendar(), session.today))
                if one.on.year == year and one.unit
            ]
            if failings:
                citizen = messages[number].citizen
                title = _title(regulation, case, messages[number].title, citizen)
                yield from ((replace(one, words=masked_text(one.words, citizen)), title) for one in failings)


def _case(session: Session, regulation: Regulation, number: str, events: list[Event]) -> Case | None:
    if not events:
        return None
    return case_as_read(fold(number, effective_steps(events), regulation), regulation, session.roles)


def _title(regulation: Regulation, case: Case, title: str, citizen: Citizen) -> str:
    """As third parties may read it; that of an accusation is left out (X 第六条, T 第七条（二）)."""
    kinds = {term.value for term in regulation.vocabularies["complaint_kind"] if "barred" in term.flags}
    return _ACCUSATION if any(one.kind in kinds for one in case.complaints) else masked_text(title, citizen)
