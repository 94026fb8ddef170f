"""Which step a paper rests on, and how the assignment stood when that was taken."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.domain.clocks import clock_of
from desktop_app.domain.paper_basis import Basis, basis_of, latest_step
from desktop_app.domain.past_assignments import as_it_stood, assignment_concerned, before

Walks = Any


def step_of(walk: Any, action: str) -> Basis:
    basis = latest_step(walk.case, action)
    assert basis is not None
    return basis


def unit_of(walk: Any, basis: Basis) -> str:
    held = assignment_concerned(walk.case, basis)
    assert held is not None
    return held.unit


def test_a_paper_rests_on_the_latest_of_its_steps(both: Walks) -> None:
    walk = both.received().act("remind", "2026-09-28", to="赵局").act("remind", "2026-09-29", to="赵局")
    basis = basis_of(walk.case, walk.regulation.forms["reminder"])
    assert basis is not None
    assert (basis.event, basis.on, basis.action) == (walk.last, date(2026, 9, 29), "remind")
    assert basis.number == f"reminder-{walk.last}"
    assert basis_of(walk.case, walk.regulation.forms["urge"]) is None
    slip = basis_of(walk.case, walk.regulation.forms["slip"])
    assert slip is not None and slip.number == walk.case.lead.number


def test_a_return_concerns_the_unit_that_returned(both: Walks) -> None:
    walk = both.received(supporting="住建局").act("return", "2026-09-22", reason="无关", unit="住建局")
    basis = step_of(walk, "return")
    assert unit_of(walk, basis) == "甲市住建局"


def test_a_reminder_concerns_the_unit_that_led_then(both: Walks) -> None:
    walk = both.received().act("remind", "2026-09-28", to="赵局")
    walk.act("change-units", "2026-09-29", lead="住建局", reason="职责调整")
    assert unit_of(walk, step_of(walk, "remind")) == "甲市教育局"
    assert unit_of(walk, step_of(walk, "dispatch")) == "甲市住建局"


def test_a_reminder_printed_later_bears_the_date_that_stood_when_it_was_sent(both: Walks) -> None:
    walk = both.received()
    due = walk.clock.due
    walk.act("remind", "2026-09-25", to="赵局")
    both.grant(both.extension(walk, "2026-09-25", "2"), "2026-09-25")
    assert walk.clock.due > due
    basis = step_of(walk, "remind")
    held = as_it_stood(walk.case.lead, basis)
    assert clock_of(held, walk.regulation, walk.case, walk.calendar).due == due


def test_an_extension_moves_the_date_that_stood_before_it(both: Walks) -> None:
    walk = both.received()
    first = walk.clock.due
    both.grant(both.extension(walk, "2026-09-24", "1"), "2026-09-24")
    second = walk.clock.due
    both.grant(both.extension(walk, "2026-09-25", "1"), "2026-09-25")
    dues = [
        clock_of(before(walk.case.lead, one.event), walk.regulation, walk.case, walk.calendar).due
        for one in walk.case.lead.extensions
    ]
    assert dues == [first, second]


def test_a_letter_of_the_day_before_the_receipt_knows_of_none(xizang: Walks) -> None:
    walk = xizang.dispatched().act("remind", "2026-10-08", to="赵局").act("receive", "2026-10-09", by="孙科")
    basis = step_of(walk, "remind")
    assert as_it_stood(walk.case.lead, basis).received is None
    assert walk.case.lead.received == date(2026, 10, 9)
