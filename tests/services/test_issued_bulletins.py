"""A bulletin keeps what it told; what changes afterwards is told by case, and as a correction where it is one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.bulletin_records import Cause
from desktop_app.domain.figures import Grouping
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import issued_bulletins, office
from desktop_app.services.cases import act
from desktop_app.services.registration import register_one
from desktop_app.services.session import OfficeClock, Session
from desktop_app.services.statistics import statistics
from tests.engines import behind, place

PASSWORD = "shi-li-mi-ma-2026"
REGULATION = "tongliao-2023"
QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
TODAY = date(2026, 10, 8)
REPLY = {"text": "已修好。", "signer": "赵局", "stamped": "yes", "handler": "孙科", "phone": "0475-8230001"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    office.found(place(tmp_path), "某中心", REGULATION, "王敏", PASSWORD, OfficeClock(TODAY))
    entered = office.enter(tmp_path, "王敏", PASSWORD, TODAY)
    from desktop_app.domain.units import Unit

    office.bring_in_units(entered, [Unit("甲市教育局"), Unit("甲市住建局")])
    yield entered
    entered.close()


def registered(session: Session, received: date = date(2026, 9, 18)) -> str:
    message = Message(f"路灯不亮 {received}", "坏了半个月。", Citizen("常乐", "13900000000"))
    return register_one(session, Registration(REGULATION, received, "市长板块", message)).number


def replied(session: Session, on: date) -> str:
    number = registered(session)
    act(session, number, "accept", {"category": "投诉"}, date(2026, 9, 18))
    act(session, number, "dispatch", {"lead": "甲市教育局"}, date(2026, 9, 18))
    act(session, number, "receive", {"manner": "签收"}, date(2026, 9, 21))
    act(session, number, "reply", REPLY, on)
    return number


@pytest.fixture
def three(session: Session) -> tuple[str, str, str]:
    return replied(session, date(2026, 9, 24)), replied(session, date(2026, 9, 30)), registered(session)


def test_figures_stay_as_they_were_issued(session: Session, three: tuple[str, str, str]) -> None:
    issued = issued_bulletins.issue(session, *QUARTER, "第三季度办理情况报告", "通民盼报〔2026〕3号")
    before = statistics(session, *QUARTER, (Grouping.UNIT,))
    assert json.loads(issued.figures)["on_time_rate"] == 0.5
    act(session, three[2], "accept", {"category": "咨询"}, TODAY)
    frozen = issued_bulletins.figures_issued(session, issued.id, Grouping.UNIT)
    assert (frozen.total, frozen.groups) == (before.total, before.by(Grouping.UNIT))
    assert statistics(session, *QUARTER).total.count("accepted") == 3
    (head,) = issued_bulletins.issued(session)
    assert (head.title, head.number, head.told_on) == ("第三季度办理情况报告", "通民盼报〔2026〕3号", TODAY)


def test_later_differences_are_told_by_case_and_cause(session: Session, three: tuple[str, str, str]) -> None:
    on_time, late, waiting = three
    issued = issued_bulletins.issue(session, *QUARTER, "第三季度办理情况报告")
    assert issued_bulletins.differences_since(session, issued.id).cases == ()
    session.clock = OfficeClock(date(2026, 10, 20))
    with session.read() as work:
        reply = next(one for one in work.journal.of_case(late) if one.action == "reply")
    act(session, late, "correct", {"event": str(reply.id), "reason": "笔误", "on": "2026-09-24"})
    act(session, waiting, "accept", {"category": "咨询"}, date(2026, 9, 21))
    act(session, on_time, "pass-review", {"by": "主任", "public": "yes"}, date(2026, 10, 9))
    act(session, on_time, "publish", {"place": "留言板"}, date(2026, 10, 9))
    further = registered(session, date(2026, 9, 30))
    found = issued_bulletins.differences_since(session, issued.id)
    told = {one.number: (one.cause, one.no_longer, one.now_also) for one in found.cases}
    assert told[late] == (Cause.CORRECTED, ("overdue", "replied_late"), ("on_time", "first_on_time"))
    assert told[waiting] == (Cause.ENTERED_LATE, ("pending",), ("accepted",))
    assert told[on_time][0] is Cause.WENT_ON and "published" in told[on_time][2]
    assert told[further] == (Cause.CAME_IN, (), ("received", "pending"))
    assert [one.number for one in found.corrections] == [late, waiting, further]
    assert (found.then.count("received"), found.now.count("received")) == (3, 4)


def test_what_was_issued_cannot_be_altered_unseen(session: Session, three: tuple[str, str, str]) -> None:
    issued = issued_bulletins.issue(session, *QUARTER, "第三季度办理情况报告")
    with session.read() as work:
        assert list(issued_bulletins.check(work)) == []
    with behind(session.folder, session.database.key) as driver:
        with pytest.raises(Exception, match="never changed"):
            driver.execute("UPDATE bulletins SET figures = '{}'")
        driver.disarm()
        driver.execute("UPDATE bulletins SET figures = '{}'")
    with session.read() as work:
        (problem,) = issued_bulletins.check(work)
    assert problem.where == str(issued.id)


def test_who_may_issue_and_what_it_takes(session: Session) -> None:
    with pytest.raises(Refusal, match="标题"):
        issued_bulletins.issue(session, *QUARTER, " ")
    with pytest.raises(Refusal, match="今天之后"):
        issued_bulletins.issue(session, *QUARTER, "报告", issued_on=date(2026, 10, 9))
    with pytest.raises(Refusal, match="没有第 99 号"):
        issued_bulletins.figures_issued(session, 99)
    session.user = User("赵科长", frozenset((Role.VIEWER,)))
    assert issued_bulletins.issued(session) == ()
    with pytest.raises(Refusal) as refused:
        issued_bulletins.issue(session, *QUARTER, "报告")
    assert refused.value.code == "not_allowed_for_role"
