"""One paper to one unit about several of its cases: one number, a step on each, delivered once; all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.case import Case
from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.errors import Refusal
from desktop_app.services import office, pressure, regulations, verification
from desktop_app.services.case_loading import load_case
from desktop_app.services.cases import act
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.cli.offices import BOTH, FIRST, PASSWORD, T, X, found_quickly

TODAY = date(2026, 10, 30)
EDUCATION, HOUSING = "甲市教育局", "甲市住建局"
UNITS = (Unit(EDUCATION, ("教育局",), head="雷局长"), Unit(HOUSING, ("住建局",)))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, TODAY)
    office.bring_in_units(opened, UNITS)
    yield opened
    opened.database.close()


def day(text: str) -> date:
    return date.fromisoformat(text)


def received(session: Session, regulation: str = T, unit: str = "教育局") -> str:
    """A case in the hands of a unit since 21 September."""
    source = {T: "市长板块", X: "主席留言专栏"}[regulation]
    registration = Registration(regulation, day("2026-09-18"), source, Message("路灯不亮", "路灯坏了。"))
    number = register_one(session, registration).number
    act(session, number, "accept", {"category": "投诉"}, day("2026-09-18"))
    act(session, number, "dispatch", {"lead": unit}, day("2026-09-21"))
    act(session, number, "receive", {"manner": "签收"}, day("2026-09-21"))
    return number


def case(session: Session, number: str) -> Case:
    with session.read() as work:
        return load_case(work, number).case


def press(session: Session, numbers: list[str], action: str = "remind", **keys: str) -> Any:
    return pressure.press_many(session, numbers, action, {"to": EDUCATION, **keys}, day("2026-10-10"))


def refused(session: Session, numbers: list[str], action: str = "remind", **keys: str) -> Refusal:
    """The refusal; nothing has been recorded, and no number is used."""
    with session.read() as work:
        before = (work.journal.count(), work.numbers.series())
    with pytest.raises(Refusal) as caught:
        press(session, numbers, action, **keys)
    with session.read() as work:
        assert (work.journal.count(), work.numbers.series()) == before
    return caught.value


@pytest.mark.parametrize("regulation", BOTH)
@pytest.mark.parametrize(
    ("action", "keys"), [("remind", {}), ("urge", {}), ("supervise", {"ground": "答非所问"})]
)
def test_each_case_bears_the_one_number(
    session: Session, regulation: str, action: str, keys: dict[str, str]
) -> None:
    numbers = [received(session, regulation) for _ in range(3)]
    done = press(session, numbers, action, **keys)
    (document,) = {one.document for one in done}
    assert [one.number for one in done] == numbers
    assert len({one.event for one in done}) == 3
    for number in numbers:
        (step,) = case(session, number).pressure
        assert (step.action, step.number, step.to, step.on) == (
            action,
            document,
            EDUCATION,
            day("2026-10-10"),
        )
    with session.read() as work:
        issued = work.issued.find(document)
        assert issued is not None
        assert [(one.case, one.event_id, one.standing) for one in issued.of_cases] == [
            (one.number, one.event, True) for one in done
        ]
    following = press(session, numbers[:1], action, **keys)
    assert following[0].document != document
    assert verification.verify(session).problems == ()


def test_a_case_named_twice_gets_one_step(session: Session) -> None:
    number = received(session)
    assert [one.number for one in press(session, [number, number])] == [number]
    assert len(case(session, number).pressure) == 1


def test_what_one_case_refuses_is_refused_for_all_and_names_it(session: Session) -> None:
    numbers = [received(session) for _ in range(2)]
    act(session, numbers[1], "return", {"reason": "非本单位职责", "signer": "钱"}, day("2026-09-22"))
    act(session, numbers[1], "accept-return", {}, day("2026-09-23"))
    refusal = refused(session, numbers)
    assert refusal.code == "wrong_state"
    assert refusal.message.count(numbers[1]) == 1
    late = refused(session, [numbers[0]], "supervise", ground="催办无果")
    assert (late.code, late.message.startswith(numbers[0])) == ("no_served_urge", True)


def test_cases_of_two_units_are_not_put_on_one_paper(session: Session) -> None:
    ours, theirs = received(session), received(session, unit="住建局")
    refusal = refused(session, [ours, theirs])
    assert refusal.code == "unknown_unit"
    assert all(word in refusal.message for word in (ours, theirs, EDUCATION, HOUSING))


def test_cases_of_two_regulations_are_not_put_on_one_paper(session: Session) -> None:
    refusal = refused(session, [received(session), received(session, X)])
    assert refusal.code == "unknown_value"


def test_other_steps_are_taken_case_by_case(session: Session) -> None:
    assert refused(session, [received(session)], "contact").code == "unknown_value"


def test_a_missing_key_and_an_unknown_case_are_refused(session: Session) -> None:
    number = received(session)
    assert refused(session, [number, "2026-0404"]).code == "unknown_case"
    assert refused(session, [number], to="").code == "missing_key"


def test_what_is_delivered_is_delivered_about_all_its_cases(session: Session) -> None:
    numbers = [received(session) for _ in range(3)]
    press(session, numbers, "urge")
    alone = received(session)
    press(session, [alone], "urge")
    act(session, numbers[1], "serve", {"paper": "urge", "manner": "当面"}, day("2026-10-12"))
    served = [case(session, number).pressure[0].served_on for number in (*numbers, alone)]
    assert served == [day("2026-10-12")] * 3 + [None]
    assert verification.verify(session).problems == ()


def test_a_step_taken_back_frees_the_number_only_where_it_stood(session: Session) -> None:
    numbers = [received(session) for _ in range(2)]
    done = press(session, numbers)
    taken_back = {"event": str(done[0].event), "reason": "误提醒"}
    act(session, numbers[0], "correct", taken_back, day("2026-10-12"))
    act(session, numbers[1], "serve", {"paper": done[1].document}, day("2026-10-12"))
    assert case(session, numbers[0]).pressure == ()
    assert case(session, numbers[1]).pressure[0].served_on == day("2026-10-12")
    assert verification.verify(session).problems == ()


def test_to_whom_a_step_is_proposed() -> None:
    units = UnitRegister(UNITS)
    tongliao, xizang = regulations.load(T), regulations.load(X)
    assert pressure.addressee(tongliao, "remind", "教育局", units) == f"{EDUCATION}主要负责同志雷局长"
    assert pressure.addressee(tongliao, "remind", HOUSING, units) == f"{HOUSING}主要负责同志"
    assert pressure.addressee(tongliao, "urge", "教育局", units) == EDUCATION
    assert pressure.addressee(xizang, "remind", "教育局", units) == EDUCATION
