"""What a bulletin tells of a period: its figures, and the few cases, units and topics that it names.

X 第五条（七）督查通报, T 第二十一条 办理情况报告. Masked by construction: it holds no citizen and no reply; titles are covered,
and a case of 控告、检举 is counted and never named (X 第六条, T 第七条（二）).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desktop_app.domain.accused import BARRED
from desktop_app.domain.case import Case
from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.deadlines import end_of_period
from desktop_app.domain.figures import Grouping
from desktop_app.domain.figures_summed import Sums, year_before
from desktop_app.domain.history import fold
from desktop_app.domain.privacy import masked_text
from desktop_app.domain.regulation import BulletinRule, Regulation
from desktop_app.domain.rights import Right
from desktop_app.domain.units import UnitRegister
from desktop_app.errors import Refusal
from desktop_app.services import regulations, settings_keys
from desktop_app.services.session import Session
from desktop_app.services.statistics import Statistics, check_period, told_in

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

BY = (Grouping.UNIT, Grouping.CATEGORY, Grouping.TOPIC, Grouping.SOURCE, Grouping.MONTH)

INSTRUCTED, MAJOR, TREND, TRANSFERRED = "领导批示", "重大影响", "苗头性倾向性", "移交"
"""Why a case is named."""


@dataclass(frozen=True, slots=True)
class Notable:
    """A case that the bulletin names: its covered title, why, who leads it and how far it has come."""

    number: str
    title: str
    why: tuple[str, ...]
    unit: str
    status: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """One matter about which several wrote: the case that is answered, and how many were joined to it."""

    number: str
    title: str
    joined: int


@dataclass(frozen=True, slots=True)
class BulletinMatter:
    """Everything that a bulletin on the cases received from `first` to `last` says, as it stands on `today`.

    `before` is the whole of the same days a year before, `previous` of as many days just before; `topics_before`
    the topics of the latter. `in_vain` are, by unit, cases urged without result; `withheld` those never named.
    """

    regulation: Regulation
    rule: BulletinRule
    office: str
    contact: str
    phone: str
    first: date
    last: date
    today: date
    now: Statistics
    before: Sums
    previous: Sums
    topics_before: Mapping[str, int]
    units: UnitRegister
    notable: tuple[Notable, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    in_vain: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()


def bulletin_matter(session: Session, first: date, last: date) -> BulletinMatter:
    """Gather it. Refusals `unknown_value` for a period that ends before it begins, `date_in_future` for one that has
    not begun, `form_not_available` where the regulation knows no bulletin."""
    session.require(Right.SEE_CASES)
    check_period(first, last)
    if first > session.today:
        raise Refusal("date_in_future", f"{first.isoformat()} 还没有到，没有可以通报的。")
    with session.read() as work:
        return matter_in(session, work, first, last)


def matter_in(session: Session, work: Work, first: date, last: date) -> BulletinMatter:
    """The same within a transaction that the caller holds open."""
    regulation = session.default_regulation(work)
    now = told_in(session, work, first, last, BY)
    previous = told_in(session, work, *days_before(first, last), (Grouping.TOPIC,))
    cases = _cases(work, now.total)
    return BulletinMatter(
        regulation=regulation,
        rule=_rule(regulation),
        office=session.office_name(work),
        contact=work.settings.get(settings_keys.OFFICE_CONTACT) or "",
        phone=work.settings.get(settings_keys.OFFICE_PHONE) or "",
        first=first,
        last=last,
        today=session.today,
        now=now,
        before=told_in(session, work, *year_before(first, last), ()).total,
        previous=previous.total,
        topics_before={one.name: one.sums.count("received") for one in previous.by(Grouping.TOPIC)},
        units=session.units(work),
        notable=tuple(_notable(work, now.total, cases)),
        repeated=tuple(_repeated(work, now.total, cases)),
        in_vain=_in_vain(session, now.total, cases),
        withheld=frozenset(_accusations(cases.values())),
    )


def days_before(first: date, last: date) -> tuple[date, date]:
    """As many days just before (环比); whole months before whole months."""
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
        return date(year, month + 1, 1), first - timedelta(days=1)
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)


def _rule(regulation: Regulation) -> BulletinRule:
    if regulation.bulletin is None:
        raise Refusal("form_not_available", f"《{regulation.title}》没有通报。")
    return regulation.bulletin


_LOOKED_AT = ("instructed", "major", "trend", "transferred", "merged", "urged", "overdue", "reworked")
"""Cases that may be named, by the figure they count in."""


def _cases(work: Work, total: Sums) -> dict[str, Case]:
    numbers = sorted({number for key in _LOOKED_AT for number in total.cases.get(key, ())})
    mains = {
        case.linked_to
        for case in _folded(work, total.cases.get("merged", ())).values()
        if case.linked_to and case.linked_to not in numbers
    }
    return _folded(work, [*numbers, *sorted(mains)])


def _folded(work: Work, numbers: Iterable[str]) -> dict[str, Case]:
    found: dict[str, Case] = {}
    for number, events in work.journal.of_cases(numbers).items():
        row = work.cases.get(number)
        if row is not None:
            found[number] = fold(number, effective_steps(events), regulations.load(row.regulation))
    return found


def _accusations(cases: Iterable[Case]) -> Iterable[str]:
    for case in cases:
        kinds = regulations.load(case.regulation).vocabularies["complaint_kind"]
        barred = {term.value for term in kinds if BARRED in term.flags}
        if any(one.kind in barred for one in case.complaints):
            yield case.number


def _titles(work: Work, numbers: Iterable[str]) -> dict[str, str]:
    """Titles as third parties may read them."""
    messages = work.messages.get_many(numbers)
    return {number: masked_text(one.title, one.citizen) for number, one in messages.items()}


_WHY = (("instructed", INSTRUCTED), ("major", MAJOR), ("trend", TREND), ("transferred", TRANSFERRED))


def _notable(work: Work, total: Sums, cases: Mapping[str, Case]) -> Iterable[Notable]:
    withheld = set(_accusations(cases.values()))
    why: dict[str, list[str]] = {}
    for key, words in _WHY:
        for number in total.cases.get(key, ()):
            if number not in withheld:
                why.setdefault(number, []).append(words)
    titles = _titles(work, why)
    for number, reasons in why.items():
        lead = cases[number].lead
        unit = lead.unit if lead is not None else ""
        yield Notable(number, titles.get(number, ""), tuple(reasons), unit, cases[number].status)


def _repeated(work: Work, total: Sums, cases: Mapping[str, Case]) -> Iterable[Repeated]:
    """The matters with most messages first; one about which two wrote counts already."""
    withheld = set(_accusations(cases.values()))
    joined: dict[str, int] = {}
    for number in total.cases.get("merged", ()):
        main = cases[number].linked_to
        if main and not {main, number} & withheld:
            joined[main] = joined.get(main, 0) + 1
    titles = _titles(work, joined)
    for main, count in sorted(joined.items(), key=lambda one: (-one[1], one[0])):
        yield Repeated(main, titles.get(main, ""), count)


def _in_vain(session: Session, total: Sums, cases: Mapping[str, Case]) -> dict[str, tuple[str, ...]]:
    """By unit the cases in which no reply came for so long after a 催办 as the regulation or the office allows."""
    found: dict[str, list[str]] = {}
    for number in total.cases.get("urged", ()):
        for unit in sorted(set(_let_it_lie(session, cases[number]))):
            found.setdefault(unit, []).append(number)
    return {unit: tuple(numbers) for unit, numbers in found.items()}


def _let_it_lie(session: Session, case: Case) -> Iterable[str]:
    limit = regulations.load(case.regulation).limits_on(case.received).after_urge
    for urge in case.pressure:
        if urge.action != "urge":
            continue
        leads = [held for held in case.assignments if held.lead and held.event <= urge.event]
        if not leads:
            continue
        held = leads[-1]
        last = end_of_period(session.calendar(), urge.served_on or urge.on, limit)
        replied = [one.on for one in held.replies if one.event > urge.event]
        until = min([*replied, *([held.ended] if held.ended is not None else [])], default=session.today)
        if until > last:
            yield held.unit
