"""What stands against a unit, found in a case: each failing once, with the unit that led then and the paper that shows it."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.failings import DEFINITIONS, FINDERS, Found, Looked, failings_of
from desktop_app.domain.regulation_checks import FINDS
from desktop_app.services import regulations
from tests.domain.conftest import Walk

T, X = "tongliao-2023", "xizang-2017"
REPLY = {"text": "已修好。", "signer": "李局", "stamped": "yes", "handler": "吴科", "phone": "0475-8230002"}


def found(walk: Walk) -> list[Found]:
    return list(failings_of(Looked(walk.case, walk.regulation, walk.calendar, walk.today)))


def working(regulation: str) -> Walk:
    walk = Walk(regulation).act("accept", "2026-09-18", category="投诉")
    walk.act("dispatch", "2026-09-18", lead="住建局")
    return walk.act("receive", "2026-09-18", manner="签收")


def test_every_name_a_regulation_may_use_is_there_and_explained() -> None:
    assert set(FINDS) == set(FINDERS) == set(DEFINITIONS)
    for regulation in regulations.load_all():
        assert len({one.kind for one in regulation.failings}) == len(regulation.failings)
        for one in regulation.failings:
            words = {*regulation.values("rework_ground"), *regulation.values("supervision_ground")}
            assert not one.ground or one.ground in words


def test_a_case_done_well_has_none() -> None:
    walk = working(T).act("reply", "2026-09-22", **REPLY)
    walk.act("pass-review", "2026-09-22", by="主任", public="yes").act("publish", "2026-09-22")
    assert found(walk) == []


def test_overdue_is_shown_by_the_gravest_paper() -> None:
    walk = working(T)
    assert [(one.kind, one.unit, one.on, one.document) for one in found(walk)] == [
        ("逾期办理", "甲市住建局", date(2026, 9, 25), walk.case.assignments[0].number)
    ]
    assert "至今未答复" in found(walk)[0].words
    walk.act("urge", "2026-09-28", to="住建局")
    assert found(walk)[0].document == walk.case.pressure[-1].number
    walk.act("reply", "2026-09-29", **REPLY)
    (late,) = found(walk)
    assert late.words == "应于2026年9月24日答复，逾期2个工作日"


def test_a_reply_sent_back_counts_each_time_on_its_ground() -> None:
    walk = working(T).act("reply", "2026-09-22", **REPLY)
    walk.act("rework", "2026-09-22", ground="答非所问", due="2026-09-24")
    walk.act("reply", "2026-09-23", **REPLY).act("rework", "2026-09-23", ground="敷衍塞责", due="2026-09-24")
    walk.act("reply", "2026-09-24", **REPLY)
    assert [(one.kind, one.on.isoformat()) for one in found(walk)] == [
        ("答非所问", "2026-09-22"),
        ("敷衍塞责", "2026-09-23"),
    ]
    assert len({one.key for one in found(walk)}) == 2


def test_a_supervision_counts_where_nothing_was_sent_back() -> None:
    walk = working(T).act("supervise", "2026-09-21", to="住建局", ground="重答轻办")
    walk.act("reply", "2026-09-22", **REPLY)
    (one,) = found(walk)
    assert (one.kind, one.document) == ("重答轻办", walk.case.pressure[0].number)


def test_a_late_return_stays_with_who_gave_it_back() -> None:
    walk = working(T).act("return", "2026-09-21", reason="不属职责", signer="周副局")
    walk.act("accept-return", "2026-09-21").act("dispatch", "2026-09-21", lead="教育局")
    walk.act("receive", "2026-09-21", manner="签收").act("reply", "2026-09-22", **REPLY)
    (one,) = found(walk)
    assert (one.kind, one.unit, one.document) == ("迟退", "甲市住建局", "退办单")


@pytest.mark.parametrize(
    ("keys", "lacking"),
    [
        ({"signer": "无"}, "签发"),
        ({"stamped": "no"}, "盖章"),
        ({"signer": "无", "stamped": "no"}, "签发、盖章"),
    ],
)
def test_an_answer_that_nobody_signed(keys: dict[str, str], lacking: str) -> None:
    walk = working(T).act("reply", "2026-09-22", **{**REPLY, **keys})
    assert [(one.kind, one.words) for one in found(walk)] == [
        ("未经审签盖章", f"2026年9月22日的答复没有{lacking}")
    ]


def test_in_xizang_what_is_not_claimed_at_once() -> None:
    walk = Walk(X, today=date(2026, 9, 22)).act("accept", "2026-09-18", category="投诉")
    walk.act("dispatch", "2026-09-18", lead="住建局")
    assert [(one.kind, one.on.isoformat()) for one in found(walk)] == [("未第一时间领办", "2026-09-21")]
    assert "没有领办" in found(walk)[0].words
    walk.act("receive", "2026-09-20", manner="领办")
    assert found(walk) == []


def test_dissatisfied_until_work_done_again_made_it_good() -> None:
    walk = working(T).act("reply", "2026-09-22", **REPLY)
    walk.act("pass-review", "2026-09-22", by="主任", public="yes").act("publish", "2026-09-22")
    walk.act("follow-up", "2026-09-23", result="不满意")
    assert [(one.kind, one.document) for one in found(walk)] == [("网民不满意", "回访记录")]
    walk.act("follow-up", "2026-09-24", result="满意")
    assert found(walk) == []
