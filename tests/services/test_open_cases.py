"""What is open on all cases: what is kept between two questions never differs from what the journal says anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.case import Case
from desktop_app.domain.corrections import Step
from desktop_app.domain.history import fold
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit
from desktop_app.domain.work_calendar import Notice, NoticeDay
from desktop_app.services import office, open_cases
from desktop_app.services.cases import act
from desktop_app.services.kept_cases import KeptCases
from desktop_app.services.open_cases import OpenCase
from desktop_app.services.registration import register_one
from desktop_app.services.session import OfficeClock, Session
from tests.cli.offices import BOTH, FIRST, PASSWORD, T, found_quickly

TODAY = date(2026, 9, 30)
UNITS = (
    Unit("甲市教育局", ("教育局",), head="雷局长", phone="0475-1"),
    Unit("甲市住建局", ("住建局",), head="李局长", phone="0475-2"),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, TODAY)
    office.bring_in_units(opened, UNITS)
    yield opened
    opened.database.close()


def register(session: Session, regulation: str = T, title: str = "路灯不亮") -> str:
    source = {T: "市长板块"}.get(regulation, "主席留言专栏")
    message = Message(title, f"{title}。", Citizen("常乐", "13904750001"))
    return register_one(session, Registration(regulation, date(2026, 9, 18), source, message)).number


def step(session: Session, number: str, action: str, on: str, **keys: str) -> int:
    return act(session, number, action, keys, date.fromisoformat(on)).event


def dispatched(session: Session, regulation: str = T, title: str = "路灯不亮") -> str:
    number = register(session, regulation, title)
    step(session, number, "accept", "2026-09-18", category="投诉")
    step(session, number, "dispatch", "2026-09-21", lead="教育局")
    step(session, number, "receive", "2026-09-21", manner="签收")
    return number


def asked(session: Session, day: date | None = None) -> list[OpenCase]:
    with session.read() as work:
        return open_cases.open_cases(session, work, day or session.today)


def anew(session: Session, day: date | None = None) -> list[OpenCase]:
    """The same by one who has kept nothing."""
    return asked(replace(session, kept_cases=KeptCases()), day)


def kinds(session: Session, number: str) -> set[str]:
    return {
        item.kind for one in asked(session) if one.row.number == number for item in one.items[session.today]
    }


@pytest.mark.parametrize("regulation", BOTH)
def test_after_each_step_the_kept_answer_is_that_of_the_journal(session: Session, regulation: str) -> None:
    other = dispatched(session, regulation, "公交改线")
    number = register(session, regulation)
    urge = ""
    for action, on, keys in (
        ("accept", "2026-09-18", {"category": "投诉"}),
        ("dispatch", "2026-09-21", {"lead": "教育局"}),
        ("receive", "2026-09-21", {"manner": "签收"}),
        ("remind", "2026-09-28", {"to": "甲市教育局"}),
        ("urge", "2026-09-30", {"to": "甲市教育局"}),
        ("contact", "2026-09-30", {"when": "办前", "channel": "电话", "result": "已说明"}),
        ("instruct", "2026-09-30", {"leader": "市长", "principal": "yes", "text": "请抓紧。"}),
    ):
        done = act(session, number, action, keys, date.fromisoformat(on))
        urge = str(done.event) if action == "urge" else urge
        assert asked(session) == anew(session)
    step(session, number, "correct", "2026-09-30", event=urge, reason="未发出")
    assert asked(session) == anew(session)
    step(session, other, "contact", "2026-09-30", when="办前", channel="电话", result="已说明")
    assert asked(session) == anew(session)


def test_only_what_something_happened_to_is_folded_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [dispatched(session) for _ in range(3)]
    asked(session)
    folded: list[str] = []

    def counted(number: str, steps: Sequence[Step], regulation: Regulation) -> Case:
        folded.append(number)
        return fold(number, steps, regulation)

    monkeypatch.setattr("desktop_app.services.open_cases.fold", counted)
    asked(session)
    assert folded == []
    step(session, numbers[1], "remind", "2026-09-28", to="甲市教育局")
    asked(session)
    assert folded == [numbers[1]]
    asked(session, date(2026, 10, 8))
    assert folded == [numbers[1]]


def test_another_day_is_another_answer(session: Session) -> None:
    number = dispatched(session)
    assert kinds(session, number) == {"逾期", "承办单位信息不全"}
    for day in ("2026-09-28", "2026-09-29", "2026-10-08", "2026-10-09", "2026-09-27", "2026-09-28"):
        assert asked(session, date.fromisoformat(day)) == anew(session, date.fromisoformat(day))


def test_a_later_day_is_judged_where_the_clock_reaches_it(session: Session) -> None:
    reached, before, new = dispatched(session), dispatched(session), register(session)
    step(session, reached, "apply-extension", "2026-09-28", days="3", reason="复杂", applicant="教育局")
    for level in ("承办单位", "交办单位"):
        step(session, reached, "approve-extension", "2026-09-28", level=level, by="甲")
    ahead = date(2026, 10, 9)
    with session.read() as work:
        found = {one.row.number: one for one in open_cases.open_cases(session, work, TODAY, ahead)}
    assert {number: set(one.items) for number, one in found.items()} == {
        reached: {TODAY, ahead},
        before: {TODAY},
        new: {TODAY},
    }
    assert found[reached].items[ahead] == asked(session, ahead)[0].items[ahead]


def test_a_unit_filled_in_is_seen_at_once(session: Session) -> None:
    number = dispatched(session)
    assert "承办单位信息不全" in kinds(session, number)
    whole = replace(UNITS[0], deputy="钱", section="办公室", handler="孙")
    office.bring_in_units(session, (whole,))
    assert "承办单位信息不全" not in kinds(session, number)
    assert asked(session) == anew(session)


def test_a_changed_calendar_is_seen_at_once(session: Session) -> None:
    number = dispatched(session)
    assert "逾期" in kinds(session, number)
    holidays = Notice(
        2026, "补充通知", "某市", (NoticeDay(date(2026, 9, 29), "地方假日", True),), region="某市"
    )
    later = session.calendar().with_notices(holidays)
    with session.read() as work:
        kept = session.kept_cases.under(later, session.units(work))
    assert kept.by_number.keys() == {number}
    assert not any(one.items for one in kept.by_number.values())


def test_who_is_complained_of_in_a_linked_case_binds_this_one(session: Session) -> None:
    main, other = dispatched(session), register(session, title="学校收费")
    step(session, other, "link-duplicate", "2026-09-22", of=main)
    assert "被反映单位在办" not in kinds(session, main)
    step(session, other, "complained-of", "2026-09-22", kind="控告检举", unit="教育局")
    assert "被反映单位在办" in kinds(session, main)


def test_an_archived_case_is_forgotten(session: Session) -> None:
    number = register(session)
    step(session, number, "refuse", "2026-09-21", ground="涉军涉安", not_told_reason="无法联系")
    assert [one.row.number for one in asked(session)] == [number]
    step(session, number, "close", "2026-09-22")
    step(session, number, "archive", "2026-09-22", retention="10年")
    assert asked(session) == []
    assert session.kept_cases.by_number == {}


def test_what_another_program_wrote_is_seen(session: Session) -> None:
    number = dispatched(session)
    asked(session)
    beside = office.enter_with_key(session.folder, FIRST, session.database.key, TODAY)
    step(beside, number, "apply-extension", "2026-09-28", days="1", reason="复杂", applicant="教育局")
    beside.close()
    assert "延期待批" in kinds(session, number)
    assert session.clock == OfficeClock(TODAY)
