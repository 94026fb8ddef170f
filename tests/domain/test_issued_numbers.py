"""Which numbers stand on a case, how their papers went out, and what a spoiled sheet changes."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.corrections import CORRECT, WITH, effective_steps
from desktop_app.domain.events import Event
from desktop_app.domain.issued_numbers import numbers_borne
from desktop_app.domain.office_records import DocumentOfCase
from desktop_app.domain.renumbering import RENUMBER

CASE = "2026-0001"
SLIP, URGE, ANEW, AGAIN = "办〔2026〕1号", "催〔2026〕1号", "催〔2026〕2号", "催〔2026〕3号"


def day(number: int) -> date:
    return date(2026, 10, number)


def event(number: int, action: str, **keys: str) -> Event:
    return Event(number, action, day(number), "张三", "", CASE, keys, {})


def correction(number: int, target: int, **new: str) -> Event:
    return event(number, CORRECT, event=str(target), reason="误", **{WITH + k: v for k, v in new.items()})


def spoiled(number: int, old: str, new: str) -> Event:
    return event(number, RENUMBER, old=old, document=new)


DISPATCHED = [event(1, "register"), event(2, "dispatch", lead="甲局", document=SLIP)]
URGED = [*DISPATCHED, event(5, "urge", to="甲局局长", document=URGE)]


def borne(*events: Event) -> dict[str, DocumentOfCase]:
    return numbers_borne(CASE, effective_steps(events))


def test_a_number_is_borne_by_the_step_that_took_it() -> None:
    assert borne(*URGED) == {
        SLIP: DocumentOfCase(CASE, 2, on=day(2), addressee="甲局"),
        URGE: DocumentOfCase(CASE, 5, on=day(5), addressee="甲局局长"),
    }


def test_a_slip_went_out_when_it_was_first_delivered_or_taken() -> None:
    delivered = event(3, "receive", manner="传真", stays="yes")
    found = borne(*DISPATCHED, delivered, event(4, "receive", manner="领办"))
    assert (found[SLIP].served_on, found[SLIP].served_manner) == (day(3), "传真")


def test_a_notice_went_out_when_its_delivery_was_recorded() -> None:
    served = event(6, "serve", paper=URGE, manner="当面")
    assert (borne(*URGED, served)[URGE].served_on, borne(*URGED, served)[SLIP].served_on) == (day(6), None)
    assert borne(*URGED, served, correction(7, 6))[URGE].served_on is None


def test_delivery_of_a_paper_nobody_issued_changes_nothing() -> None:
    assert borne(*URGED, event(6, "serve", paper="别处的文件")) == borne(*URGED)


def test_a_new_lead_has_a_slip_of_its_own_and_the_first_stands() -> None:
    found = borne(
        *DISPATCHED, event(3, "change-units", lead="乙局", document="办〔2026〕2号"), event(4, "receive")
    )
    assert found[SLIP].served_on is None
    assert found["办〔2026〕2号"].served_on == day(4)


def test_a_voided_step_bears_no_number_and_a_corrected_one_tells_its_new_day() -> None:
    assert set(borne(*URGED, correction(6, 5))) == {SLIP}
    assert borne(*URGED, correction(6, 5, on="2026-10-04", to="乙"))[URGE].on == day(4)


def test_a_spoiled_paper_s_step_bears_the_number_given_anew() -> None:
    found = borne(*URGED, spoiled(6, URGE, ANEW))
    assert set(found) == {SLIP, ANEW}
    assert found[ANEW] == DocumentOfCase(CASE, 6, on=day(5), addressee="甲局局长")


def test_a_sheet_may_be_spoiled_again() -> None:
    assert set(borne(*URGED, spoiled(6, URGE, ANEW), spoiled(7, ANEW, AGAIN))) == {SLIP, AGAIN}


def test_what_is_delivered_afterwards_is_the_new_paper() -> None:
    found = borne(*URGED, spoiled(6, URGE, ANEW), event(7, "serve", paper=ANEW))
    assert found[ANEW].served_on == day(7)


def test_a_paper_printed_under_a_number_does_not_take_it() -> None:
    printed = event(6, "paper", form="urge", document=URGE)
    assert borne(*URGED, printed) == borne(*URGED)
    steps = effective_steps([*URGED, printed, spoiled(7, URGE, ANEW)])
    assert [step.get("document") for step in steps if step.action == "paper"] == [URGE]


def test_a_renumbered_step_that_was_voided_bears_neither_number() -> None:
    assert set(borne(*URGED, spoiled(6, URGE, ANEW), correction(7, 5))) == {SLIP}


def test_a_case_that_was_taken_back_bears_no_number() -> None:
    assert borne(*URGED, event(6, "void", batch="1")) == {}
