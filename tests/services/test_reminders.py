"""One key for all reminders, or all 催办: a joint step a unit, whatever one unit's refusal does to the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import office, pressure, reminders, verification
from desktop_app.services.case_loading import load_case
from desktop_app.services.cases import Done, act
from desktop_app.services.desk import desk
from desktop_app.services.registration import register_one
from desktop_app.services.reminders import OVERDUE, REMINDER
from desktop_app.services.session import OfficeClock, Session
from desktop_app.storage.work import Work
from tests.cli.offices import FIRST, PASSWORD, T, X, found_quickly

EDUCATION, HOUSING = "甲市教育局", "甲市住建局"
UNITS = (Unit(EDUCATION, ("教育局",), head="雷局长", phone="0475-1"), Unit(HOUSING, ("住建局",)))
MONDAY = date(2026, 9, 28)
"""The day before cases of 通辽 received on 21 September fall due."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, MONDAY)
    office.bring_in_units(opened, UNITS)
    yield opened
    opened.database.close()


def day(text: str) -> date:
    return date.fromisoformat(text)


def on(session: Session, today: str) -> Session:
    return replace(session, clock=OfficeClock(day(today)))


def received(session: Session, unit: str = "教育局", on: str = "2026-09-21", regulation: str = T) -> str:
    source = {T: "市长板块", X: "主席留言专栏"}[regulation]
    registration = Registration(regulation, day("2026-09-18"), source, Message("路灯不亮", "路灯坏了。"))
    number = register_one(session, registration).number
    act(session, number, "accept", {"category": "投诉"}, day("2026-09-18"))
    act(session, number, "dispatch", {"lead": unit}, day(on))
    act(session, number, "receive", {"manner": "签收"}, day(on))
    return number


def steps(session: Session, number: str) -> list[tuple[str, str, str]]:
    with session.read() as work:
        case = load_case(work, number).case
    return [(one.action, one.to, one.number) for one in case.pressure]


def waiting(session: Session, kind: str) -> tuple[str, ...]:
    return next((one.unpressed for one in desk(session).groups if kind in one.kinds), ())


def test_each_unit_gets_one_reminder_about_all_its_cases(session: Session) -> None:
    ours, theirs = [received(session) for _ in range(2)], received(session, "住建局")
    later = received(session, on="2026-09-24")
    result = reminders.press_all(session, REMINDER)
    assert [(one.unit, one.head, one.phone, one.numbers) for one in result.done] == [
        (EDUCATION, "雷局长", "0475-1", tuple(ours)),
        (HOUSING, "", "", (theirs,)),
    ]
    assert (result.cases, result.refused, result.left) == (3, (), 0)
    documents = [one.document for one in result.done]
    assert len(set(documents)) == 2
    assert [steps(session, number) for number in (*ours, theirs, later)] == [
        [("remind", f"{EDUCATION}主要负责同志雷局长", documents[0])],
        [("remind", f"{EDUCATION}主要负责同志雷局长", documents[0])],
        [("remind", f"{HOUSING}主要负责同志", documents[1])],
        [],
    ]
    assert verification.verify(session).problems == ()


def test_the_second_time_there_is_nothing_left(session: Session) -> None:
    received(session)
    reminders.press_all(session, REMINDER)
    assert waiting(session, "今日须提醒") == ()
    assert reminders.press_all(session, REMINDER).done == ()


def test_cases_of_two_regulations_get_papers_of_their_own(session: Session) -> None:
    theirs = received(session, regulation=X)
    october = on(session, "2026-10-12")
    ours = received(october, on="2026-09-30")
    result = reminders.press_all(october, REMINDER)
    assert [(one.regulation, one.unit, one.numbers) for one in result.done] == [
        (X, EDUCATION, (theirs,)),
        (T, EDUCATION, (ours,)),
    ]
    assert result.done[0].document != result.done[1].document
    assert steps(session, theirs)[0][1] == EDUCATION
    assert reminders.units_of(result.done) == 1


def test_what_is_late_is_urged_once(session: Session) -> None:
    first, second = received(session), received(session, "住建局")
    late = on(session, "2026-10-08")
    act(late, first, "urge", {"to": EDUCATION}, day("2026-10-08"))
    assert waiting(late, "逾期") == (second,)
    result = reminders.press_all(late, OVERDUE)
    assert [one.numbers for one in result.done] == [(second,)]
    assert steps(late, second) == [("urge", HOUSING, result.done[0].document)]
    assert waiting(late, "逾期") == ()


def test_one_unit_s_refusal_stops_no_other(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = received(session), received(session, "住建局")

    def refusing(session: Session, work: Work, numbers: Sequence[str], *rest: Any) -> tuple[Done, ...]:
        if theirs in numbers:
            raise Refusal("wrong_state", f"{theirs} 不能提醒。", "第十三条")
        return pressure.press_in(session, work, numbers, *rest)

    monkeypatch.setattr("desktop_app.services.reminders.press_in", refusing)
    result = reminders.press_all(session, REMINDER)
    assert [one.numbers for one in result.done] == [(ours,)]
    (refused,) = result.refused
    assert (refused.unit, refused.numbers, refused.clause) == (HOUSING, (theirs,), "第十三条")
    assert theirs in refused.reason
    assert steps(session, theirs) == []


def test_a_case_that_accuses_the_unit_is_left_out_and_keeps_no_other_back(session: Session) -> None:
    harmless, accusing = received(session), received(session)
    act(session, accusing, "complained-of", {"kind": "控告检举", "unit": EDUCATION}, day("2026-09-22"))
    pressed = reminders.press_all(session, REMINDER)
    assert [one.numbers for one in pressed.done] == [(harmless,)]
    assert [(one.unit, one.numbers) for one in pressed.refused] == [(EDUCATION, (accusing,))]
    assert steps(session, accusing) == []


def test_what_somebody_did_meanwhile_is_left_out(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = received(session), received(session)
    gathered = reminders._waiting

    def and_then_somebody_acts(session: Session, trigger: str) -> object:
        found = gathered(session, trigger)
        act(session, first, "remind", {"to": EDUCATION}, MONDAY)
        return found

    monkeypatch.setattr(reminders, "_waiting", and_then_somebody_acts)
    result = reminders.press_all(session, REMINDER)
    assert [one.numbers for one in result.done] == [(second,)]
    assert len(steps(session, first)) == 1


def test_it_can_be_stopped_between_two_units(session: Session) -> None:
    received(session)
    received(session, "住建局")
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return False

    result = reminders.press_all(session, REMINDER, progress)
    assert (len(result.done), result.left, told) == (1, 1, [(1, 2)])


def test_a_run_is_taken_back_whole(session: Session) -> None:
    numbers = [received(session), received(session, "住建局"), received(session)]
    result = reminders.press_all(session, REMINDER)
    assert reminders.take_back(session, result.done) == 3
    assert [steps(session, number) for number in numbers] == [[], [], []]
    assert waiting(session, "今日须提醒") == tuple(numbers)
    with session.read() as work:
        spoilt = [work.issued.find(one.document) for one in result.done]
    assert [one.voided_reason for one in spoilt if one is not None] == ["撤销", "撤销"]
    assert verification.verify(session).problems == ()


def test_only_an_operator_presses(session: Session) -> None:
    number = received(session)
    reviewer = replace(session, user=User("李审核", frozenset((Role.REVIEWER,))))
    with pytest.raises(Refusal) as caught:
        reminders.press_all(reviewer, REMINDER)
    assert caught.value.code == "not_allowed_for_role"
    assert steps(session, number) == []
