"""Mistakes undone by further events: voided, replaced, and what later history says to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from desktop_app.domain.corrections import CORRECT, WITH, Step, effective_steps
from desktop_app.domain.events import Event

Walks = Any


def event(number: int, action: str, **keys: str) -> Event:
    return Event(number, action, date(2026, 10, number), "张三", "", "2026-0001", keys, {})


def correction(number: int, target: int, **new: str) -> Event:
    return event(number, CORRECT, event=str(target), reason="误", **{WITH + k: v for k, v in new.items()})


FACTS = [
    event(1, "register"),
    event(2, "accept", category="咨询", topic="教育"),
    event(3, "dispatch", lead="甲"),
]


def keys_of(*corrections: Event) -> dict[int, dict[str, str]]:
    return {step.id: dict(step.keys) for step in effective_steps([*FACTS, *corrections])}


def test_without_corrections_all_stands() -> None:
    assert [step.action for step in effective_steps(FACTS)] == ["register", "accept", "dispatch"]


def test_a_voided_step_is_gone_and_corrections_are_no_steps() -> None:
    assert set(keys_of(correction(4, 2))) == {1, 3}


def test_keys_and_day_are_put_in_place_of_those_recorded() -> None:
    steps = effective_steps([*FACTS, correction(4, 2, category="投诉", on="2026-10-01")])
    assert steps[1] == Step(2, "accept", date(2026, 10, 1), {"category": "投诉", "topic": "教育"})


def test_several_corrections_of_one_step_add_up_and_the_newest_wins() -> None:
    first, second = correction(4, 2, category="投诉"), correction(5, 2, topic="住房")
    assert keys_of(first, second)[2] == {"category": "投诉", "topic": "住房"}
    assert keys_of(first, second, correction(6, 2, category="求助"))[2]["category"] == "求助"


def test_a_voided_correction_leaves_the_others() -> None:
    first, second = correction(4, 2, category="投诉"), correction(5, 2, category="求助")
    assert keys_of(first, second, correction(6, 5))[2]["category"] == "投诉"
    assert set(keys_of(correction(4, 2), correction(5, 4))) == {1, 2, 3}
    assert set(keys_of(correction(4, 2), correction(5, 4), correction(6, 5))) == {1, 3}


def test_a_key_corrected_to_nothing_is_not_there() -> None:
    (step,) = [one for one in effective_steps([*FACTS, correction(4, 2, topic="")]) if one.id == 2]
    assert step.keys == {"category": "咨询"} and step.yes_or_unknown("topic") is None


def test_the_last_step_can_be_voided(both: Walks) -> None:
    walk = both.received()
    walk.correct(walk.event_of("receive"))
    assert walk.status == "待签收" and walk.case.lead.received is None
    assert walk.act("receive", "2026-09-22").clock.start == date(2026, 9, 22)


def test_another_day_moves_the_deadline(both: Walks) -> None:
    walk = both.received()
    before = walk.clock.due
    walk.correct(walk.event_of("receive"), on="2026-09-24")
    assert walk.clock.start == date(2026, 9, 24) and walk.clock.due > before


def test_later_history_is_replayed_and_must_stand(both: Walks) -> None:
    walk = both.published()
    refused = walk.correction_refused(walk.event_of("receive"), on="2026-09-26")
    assert refused.code == "correction_breaks_history"
    assert "答复" in refused.message and refused.clause == walk.regulation.actions["reply"].article
    assert walk.correction_refused(walk.event_of("dispatch")).code == "correction_breaks_history"
    assert walk.correction_refused(walk.event_of("reply")).code == "correction_breaks_history"
    walk.correct(walk.event_of("receive"), on="2026-09-25")
    assert walk.status == "已回复" and walk.case.lead.received == date(2026, 9, 25)


def test_what_is_wrong_with_the_corrected_step_itself_is_said_as_such(both: Walks) -> None:
    walk = both.received()
    assert walk.correction_refused(walk.event_of("dispatch"), lead="天文台").code == "unknown_unit"
    assert (
        walk.correction_refused(walk.event_of("dispatch"), days="99").code == "limit_longer_than_regulation"
    )
    assert walk.correction_refused(walk.event_of("receive"), on="2027-01-01").code == "date_in_future"
    assert walk.correction_refused(walk.event_of("receive"), on="2026-09-18").code == "date_before_previous"


def test_the_day_of_registration_can_be_corrected_but_not_into_the_future(walk: Callable[..., Any]) -> None:
    case = walk("tongliao-2023")
    assert case.correct(1, on="2026-09-16").case.received == date(2026, 9, 16)
    assert case.correction_refused(1, on="2026-12-01").code == "date_in_future"
    case.act("accept", "2026-09-18", category="咨询")
    assert case.correction_refused(1, on="2026-09-20").code == "correction_breaks_history"


def test_what_a_later_step_meant_follows_from_the_corrected_history(both: Walks) -> None:
    """同意退件 answers the lead's return first; with that voided it answers the supporting unit's."""
    walk = both.received(supporting="住建局")
    walk.act("return", "2026-09-21", reason="无关", unit="住建局")
    walk.act("return", "2026-09-21", reason="无关")
    voided = walk.last
    walk.act("accept-return", "2026-09-22")
    assert walk.status == "待交办"
    walk.correct(voided)
    assert walk.status == "办理中" and walk.case.supporting == ()
    assert walk.case == walk.folded()


def test_later_steps_stay_as_recorded_when_names_have_changed_since(both: Walks) -> None:
    """The journal alone must give the case again, so a renamed unit changes nothing that was recorded."""
    from desktop_app.domain.units import Unit, UnitRegister

    walk = both.received()
    walk.units = UnitRegister([Unit("甲市教育和体育局", ("甲市教育局",))])
    walk.correct(walk.event_of("accept"), category="投诉")
    assert walk.case.lead.unit == "甲市教育局"
    assert walk.case == walk.folded()


def test_a_waived_item_no_longer_open_does_not_break_a_correction(both: Walks) -> None:
    walk = both.new(today=date(2026, 9, 18))
    walk.act("waive", item="待初审", reason="转线下办理", by="主任")
    accepted = walk.act("accept", category="咨询").last
    walk.today = date(2026, 9, 21)
    walk.correct(2, reason="另行办理")
    assert walk.status == "待交办" and accepted == walk.event_of("accept")


def test_a_voided_event_frees_what_it_had_stopped(both: Walks) -> None:
    walk = both.accepted().act("complained-of", "2026-09-18", kind="控告检举", unit="教育局")
    assert walk.refused("dispatch", lead="教育局").code == "unit_complained_of"
    walk.correct(walk.last)
    assert walk.act("dispatch", "2026-09-19", lead="教育局").status == "待签收"
