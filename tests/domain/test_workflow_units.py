"""Who leads and who supports: changes that mean what they say, and no clock begun again by naming a unit."""

from __future__ import annotations

from datetime import date
from typing import Any

Walks = Any


def open_units(walk: Any) -> dict[str, bool]:
    return {one.unit: one.lead for one in walk.case.assignments if one.open}


def test_a_unit_cannot_support_itself(both: Walks) -> None:
    walk = both.accepted().act("dispatch", "2026-09-19", lead="教育局", supporting="市教育局，住建局、住建局")
    assert open_units(walk) == {"甲市教育局": True, "甲市住建局": False}
    alone = both.accepted().act("dispatch", "2026-09-19", lead="教育局", supporting="教育局")
    assert open_units(alone) == {"甲市教育局": True}
    assert "supporting" not in alone.events[-1].keys


def test_naming_the_lead_again_does_not_begin_its_clock_again(both: Walks) -> None:
    walk = both.received()
    walk.act("change-units", "2026-09-24", lead="教育局", supporting="住建局", reason="增加协办")
    assert walk.status == "办理中" and walk.clock.start == date(2026, 9, 21)
    assert open_units(walk) == {"甲市教育局": True, "甲市住建局": False}


def test_a_supporting_unit_that_becomes_lead_holds_the_case_once(both: Walks) -> None:
    walk = both.received(supporting="住建局,交通局")
    walk.act("change-units", "2026-09-24", lead="住建局", reason="职责调整")
    assert open_units(walk) == {"甲市住建局": True, "甲市交通局": False}


def test_supporting_units_can_all_be_taken_off(both: Walks) -> None:
    walk = both.received(supporting="住建局,交通局")
    walk.act("change-units", "2026-09-24", supporting="无", reason="无需协办")
    assert open_units(walk) == {"甲市教育局": True}
    taken = [one for one in walk.case.assignments if not one.lead]
    assert {(one.ended, one.how_ended) for one in taken} == {(date(2026, 9, 24), "改派")}


def test_a_change_that_changes_nothing_is_refused(both: Walks) -> None:
    walk = both.received(supporting="住建局")
    for keys in ({}, {"lead": "教育局"}, {"supporting": "住建局"}):
        refused = walk.refused("change-units", reason="调整", **keys)
        assert refused.code == "missing_key" and "不同" in refused.message
    assert both.received().refused("change-units", reason="调整", supporting="无").code == "missing_key"


def test_only_units_of_the_register_and_only_those_at_work_return(both: Walks) -> None:
    walk = both.received(supporting="住建局")
    assert walk.refused("return", reason="无关", unit="天文台").code == "unknown_unit"
    assert walk.refused("return", reason="无关", unit="交通局").code == "unknown_unit"
    walk.act("return", "2026-09-22", reason="无关", unit="教育局")
    assert walk.case.lead.pending_return is not None


def test_an_answer_takes_an_unanswered_return_back(both: Walks) -> None:
    walk = both.received().act("return", "2026-09-22", reason="不属职责")
    both.reply(walk, "2026-09-24")
    assert walk.case.lead.pending_return is None and not walk.case.lead.return_requests[0].accepted
    both.rework(walk, "2026-09-24", "2026-09-28")
    assert walk.refused("accept-return").code == "wrong_state"


def test_the_accused_gets_the_case_by_no_way(both: Walks) -> None:
    clause = "第六条" if both.is_x else None
    walk = both.accepted().act("complained-of", "2026-09-18", kind="控告", unit="市教育局")
    for keys in ({"lead": "教育局"}, {"lead": "一中"}, {"lead": "住建局", "supporting": "交通局,一中"}):
        refused = walk.refused("dispatch", "2026-09-19", **keys)
        assert (refused.code, refused.clause) == ("unit_complained_of", clause)
    walk.act("dispatch", "2026-09-19", lead="住建局")
    for keys in ({"lead": "甲市教育局"}, {"supporting": "交通局,一中"}):
        refused = walk.refused("change-units", "2026-09-19", reason="调整", **keys)
        assert (refused.code, refused.clause) == ("unit_complained_of", clause)


def test_the_superior_and_other_units_of_the_accused_may_have_it(both: Walks) -> None:
    walk = both.accepted().act("complained-of", "2026-09-18", kind="控告检举", unit="一中")
    assert walk.act("dispatch", "2026-09-19", lead="教育局", supporting="住建局").status == "待签收"


def test_an_ordinary_complaint_may_go_to_the_unit_it_is_about(both: Walks) -> None:
    walk = both.accepted().act("complained-of", "2026-09-18", kind="投诉", unit="教育局")
    assert walk.act("dispatch", "2026-09-19", lead="教育局").status == "待签收"


def test_but_the_slip_to_it_had_better_not_name_the_citizen(both: Walks) -> None:
    warned = "被投诉单位承办，宜用隐去身份的承办单"
    walk = both.accepted().act("complained-of", "2026-09-18", kind="投诉", unit="教育局")
    assert warned not in walk.items()
    walk.act("dispatch", "2026-09-19", lead="住建局", supporting="一中")
    item = walk.items()[warned]
    assert (item.since, item.until, item.blocking, item.clause) == (date(2026, 9, 19), None, False, None)
    walk.act("change-units", "2026-09-19", supporting="无", reason="调整")
    assert warned not in walk.items()


def test_an_accusation_that_comes_late_must_be_mended_before_the_end(both: Walks) -> None:
    walk = both.published(supporting="一中").act("complained-of", kind="检举", unit="一中")
    assert walk.items()["被反映单位在办"].blocking
    assert walk.refused("close").code == "open_items_remain"
    both.rework(walk, "2026-09-28", "2026-09-30")
    walk.act("change-units", "2026-09-28", supporting="无", reason="回避")
    assert "被反映单位在办" not in walk.items()
