"""The yearly appraisal: what it finds is what the journal says, and nothing costs points that the office has not set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import appraisal, office, office_duties, sample_year
from desktop_app.services.cases import act
from desktop_app.services.sample_office import PASSWORD
from desktop_app.services.sample_year import YearWanted
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, T, X
from tests.engines import place
from tests.services.year_recount import Recount, Tale

END = date(2026, 12, 31)


@pytest.fixture(scope="module", params=(T, X))
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A year of 150 cases. What the tests record on it stands beside the cases and changes none."""
    folder = tmp_path_factory.mktemp("year") / "office"
    sample_year.make(place(folder), YearWanted(request.param, 2026, 150, 2, END))
    session = office.enter(folder, FIRST, PASSWORD, END)
    yield session
    session.close()


def tales(session: Session) -> list[Tale]:
    with session.read() as work:
        recount = Recount(session.default_regulation(work), session.calendar(), END)
        return [recount.tale(number, events) for number, events in work.journal.by_case()]


def counted(session: Session) -> Counter[tuple[str, str]]:
    """Unit and failing → times, by the second way of counting."""
    with session.read() as work:
        regulation = session.default_regulation(work)
    found: Counter[tuple[str, str]] = Counter()
    for rule in regulation.failings:
        for tale in tales(session):
            for unit in UNITS_FAILING[rule.finds](tale, rule.ground, regulation):
                found[unit, rule.kind] += 1
    return found


def said(tale: Tale, ground: str, regulation: object) -> list[str]:
    units = [unit for unit, why, _ in tale.reworks if why == ground]
    others = [u for a, u, why, _ in tale.pressed if a == "supervise" and why == ground and u not in units]
    return units + others


def vain(tale: Tale, ground: str, regulation: object) -> list[str]:
    return [
        unit for action, unit, why, _ in tale.pressed if action == "supervise" and why in ("催办无果", ground)
    ]


def pressed(name: str):  # type: ignore[no-untyped-def]
    return lambda tale, ground, regulation: [unit for action, unit, _, _ in tale.pressed if action == name]


def unhappy(tale: Tale, ground: str, regulation: object) -> list[str]:
    return [tale.last_follow_up[1]] if tale.last_follow_up and tale.last_follow_up[0] == "不满意" else []


UNITS_FAILING = {
    "overdue": lambda tale, ground, regulation: [one.unit for one in tale.holds if one.late],
    "said_of_answer": said,
    "urged_in_vain": vain,
    "returned_late": lambda tale, ground, regulation: tale.late_returns,
    "unsigned": lambda tale, ground, regulation: tale.unsigned,
    "transferred": pressed("transfer"),
    "held_accountable": pressed("hold-accountable"),
    "dissatisfied": unhappy,
    "claimed_late": lambda tale, ground, regulation: [],
}


def test_every_deduction_is_found_by_a_second_count_as_well(year: Session) -> None:
    found: Counter[tuple[str, str]] = Counter()
    for listed in appraisal.appraisal(year, 2026).deductions:
        found[listed.deduction.found.unit, listed.deduction.found.kind] += 1
    for key in [key for key in found if key[1] == "未第一时间领办"]:
        del found[key]
    assert found == counted(year)
    assert sum(found.values()) > 20


def test_what_the_office_has_not_set_costs_nothing(year: Session) -> None:
    told = appraisal.appraisal(year, 2026)
    kind = told.failings[0].rule.kind
    assert all(one.deduction.points is None for one in told.deductions)
    assert {one.points for one in told.sums} == {Decimal(0)}
    try:
        appraisal.set_points(year, {kind: "1.50"})
        costly = appraisal.appraisal(year, 2026)
        for line in costly.sums:
            assert line.points == Decimal("1.5") * line.times.get(kind, 0)
    finally:
        appraisal.set_points(year, {kind: ""})
    assert appraisal.points(year)[0].points is None


@pytest.mark.parametrize("text", ["-1", "101", "1.234", "两分", "NaN", "Infinity"])
def test_points_are_numbers_from_0_to_100(year: Session, text: str) -> None:
    kind = appraisal.points(year)[0].rule.kind
    with pytest.raises(Refusal, match="分值应为"):
        appraisal.set_points(year, {kind: text})
    with pytest.raises(Refusal, match="没有“迟到”"):
        appraisal.set_points(year, {"迟到": "1"})


def test_an_appeal_and_its_decision_stand_with_who_and_why(year: Session) -> None:
    first = appraisal.appraisal(year, 2026).deductions[0].deduction.found
    named = (2026, first.case, first.kind)
    appraisal.appeal(year, *named, "系统故障，承办单未及时收到。", first.event)
    with pytest.raises(Refusal, match="请写明由谁决定"):
        appraisal.override(year, *named, appraisal.Decision("0", " ", "情况属实"), first.event)
    appraisal.override(year, *named, appraisal.Decision("0", "中心主任", "情况属实"), first.event)
    (after,) = [
        one.deduction
        for one in appraisal.appraisal(year, 2026).deductions
        if one.deduction.found.key == first.key
    ]
    assert after.appeal is not None and after.appeal.reason == "系统故障，承办单未及时收到。"
    assert after.override is not None
    assert (after.override.decided_by, after.override.by, after.counts) == ("中心主任", FIRST, Decimal(0))
    with pytest.raises(Refusal) as refused:
        appraisal.appeal(year, 2026, first.case, "没有这种", "理由")
    assert refused.value.code == "nothing_to_undo"


def test_what_is_said_of_who_answered_for_it_is_seen_by_some(year: Session) -> None:
    with year.read() as work:
        number = next(row.number for row in work.cases.all() if row.lead and row.status == "待归档")
    ground = appraisal_ground(year)
    act(year, number, "hold-accountable", {"ground": ground, "by": "分管领导"}, END)
    seen = [one for one in of_kind(year, "被问责") if one.deduction.found.case == number]
    assert [one.deduction.found.words for one in seen] == [f"{ground}（分管领导决定）"]
    operator = replace(year, user=User("周经办", frozenset((Role.OPERATOR,))))
    covered = [one for one in of_kind(operator, "被问责") if one.deduction.found.case == number]
    assert [one.deduction.found.unit for one in covered] == [one.deduction.found.unit for one in seen]
    assert all("仅审核、领导可见" in one.deduction.found.words for one in covered)
    assert not any(ground in one.deduction.found.words for one in covered)


def appraisal_ground(session: Session) -> str:
    with session.read() as work:
        return session.default_regulation(work).values("accountability_ground")[0]


def of_kind(session: Session, kind: str) -> list[appraisal.Listed]:
    listed = appraisal.appraisal(session, 2026).deductions
    return [one for one in listed if one.deduction.found.kind == kind]


def test_a_final_sheet_settles_what_the_office_owes(year: Session) -> None:
    def owed() -> list[str]:
        return [one.period.text for one in office_duties.duties(year) if one.until is not None]

    assert owed() == ["2026"]
    assert appraisal.note_made(year, 2026, 3) == ()
    assert owed() == ["2026"]
    (done,) = appraisal.note_made(year, 2026, 3, final=True)
    assert done.startswith("2026年") and owed() == []


def test_a_year_that_is_not_there_yet(year: Session) -> None:
    with pytest.raises(Refusal, match="还没有到"):
        appraisal.appraisal(year, 2027)
    assert appraisal.appraisal(year, 2025).deductions == ()
