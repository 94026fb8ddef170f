"""What is open on all cases: what is kept, in the session and in the database, never differs from what the journal says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.case import Case
from desktop_app.domain.corrections import Step
from desktop_app.domain.history import fold
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.open_items import OpenItem, open_items
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit
from desktop_app.domain.work_calendar import Notice, NoticeDay
from desktop_app.services import case_view, kept_items, office, open_cases, searched_words
from desktop_app.services.case_loading import load_case, situation_of
from desktop_app.services.cases import act
from desktop_app.services.kept_cases import KeptCases
from desktop_app.services.registration import register_one
from desktop_app.services.session import OfficeClock, Session
from desktop_app.services.verification import verify
from tests.cli.offices import BOTH, FIRST, PASSWORD, T, found_quickly
from tests.services.year_offices import ALL_THREE, END, office_of_a_year

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


Told = dict[str, dict[date, tuple[OpenItem, ...]]]


def asked(session: Session, day: date | None = None, ahead: date | None = None) -> Told:
    with session.read() as work:
        found = open_cases.open_cases(session, work, day or session.today, ahead)
    return {one.row.number: dict(one.items) for one in found}


def as_kept(session: Session, day: date | None = None) -> Told:
    """The same by one who has kept nothing, out of the database."""
    return asked(replace(session, kept_cases=KeptCases()), day)


def anew(session: Session, day: date | None = None) -> Told:
    """The same from the records of every case, by the rules as they stand on that very day."""
    wanted = day or session.today
    with session.read() as work:
        loaded = [load_case(work, row.number) for row in work.open_items.open_rows()]
        return {
            one.case.number: {wanted: open_items(situation_of(session, work, one, today=wanted))}
            for one in loaded
        }


def unsaved(session: Session) -> set[str]:
    """The cases that one who has kept nothing must find from their records."""
    fresh = replace(session, kept_cases=KeptCases())
    asked(fresh)
    return {one.number for one in fresh.kept_cases.unsaved}


def kinds(session: Session, number: str) -> set[str]:
    return {item.kind for item in asked(session)[number][session.today]}


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
        assert asked(session) == as_kept(session) == anew(session)
        assert unsaved(session) == set()
    step(session, number, "correct", "2026-09-30", event=urge, reason="未发出")
    assert asked(session) == as_kept(session) == anew(session)
    step(session, other, "contact", "2026-09-30", when="办前", channel="电话", result="已说明")
    assert asked(session) == as_kept(session) == anew(session)


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The numbers of the cases as they are folded to find what is open on them."""
    numbers: list[str] = []

    def counted(number: str, steps: Sequence[Step], regulation: Regulation) -> Case:
        numbers.append(number)
        return fold(number, steps, regulation)

    monkeypatch.setattr("desktop_app.services.kept_items.fold", counted)
    return numbers


def test_a_question_folds_nothing_and_a_step_its_own_case(session: Session, folded: list[str]) -> None:
    numbers = [dispatched(session) for _ in range(3)]
    folded.clear()
    as_kept(session)
    asked(session)
    assert folded == []
    step(session, numbers[1], "remind", "2026-09-28", to="甲市教育局")
    assert folded == [numbers[1]]
    asked(session)
    as_kept(session, date(2026, 10, 8))
    assert folded == [numbers[1]]


def test_what_is_recorded_beside_the_steps_leaves_nothing_out_of_date(session: Session) -> None:
    number = dispatched(session)
    case_view.reveal_case(session, number, "电话联系")
    with session.read() as work:
        (row,) = work.open_items.of([number])
    assert row.kept is not None and row.kept.last_event == row.last_event
    assert unsaved(session) == set()


def test_another_day_is_another_answer(session: Session) -> None:
    number = dispatched(session)
    assert kinds(session, number) == {"逾期", "承办单位信息不全"}
    for day in ("2026-09-28", "2026-09-29", "2026-10-08", "2026-10-09", "2026-09-27", "2026-09-28"):
        on = date.fromisoformat(day)
        assert asked(session, on) == as_kept(session, on) == anew(session, on)


def test_a_later_day_is_judged_where_the_clock_reaches_it(session: Session) -> None:
    reached, before, new = dispatched(session), dispatched(session), register(session)
    step(session, reached, "apply-extension", "2026-09-28", days="3", reason="复杂", applicant="教育局")
    for level in ("承办单位", "交办单位"):
        step(session, reached, "approve-extension", "2026-09-28", level=level, by="甲")
    ahead = date(2026, 10, 9)
    found = asked(session, TODAY, ahead)
    assert {number: set(items) for number, items in found.items()} == {
        reached: {TODAY, ahead},
        before: {TODAY},
        new: {TODAY},
    }
    assert found[reached][ahead] == anew(session, ahead)[reached][ahead]


def test_a_unit_filled_in_is_seen_at_once(session: Session) -> None:
    number = dispatched(session)
    assert "承办单位信息不全" in kinds(session, number)
    whole = replace(UNITS[0], deputy="钱", section="办公室", handler="孙")
    office.bring_in_units(session, (whole,))
    assert "承办单位信息不全" not in kinds(session, number)
    assert asked(session) == as_kept(session) == anew(session)


def test_a_changed_calendar_is_seen_at_once(session: Session) -> None:
    number = dispatched(session)
    assert "逾期" in kinds(session, number)
    holidays = Notice(
        2026, "补充通知", "某市", (NoticeDay(date(2026, 9, 29), "地方假日", True),), region="某市"
    )
    later = session.calendar().with_notices(holidays)
    with session.read() as work:
        kept = session.kept_cases.under(later, session.units(work))
    assert kept.by_number == {}


def test_who_is_complained_of_in_a_linked_case_binds_this_one(session: Session) -> None:
    main, other = dispatched(session), register(session, title="学校收费")
    step(session, other, "link-duplicate", "2026-09-22", of=main)
    assert "被反映单位在办" not in kinds(session, main)
    step(session, other, "complained-of", "2026-09-22", kind="控告检举", unit="教育局")
    assert "被反映单位在办" in kinds(session, main)


def test_an_archived_case_is_forgotten(session: Session) -> None:
    number = register(session)
    step(session, number, "refuse", "2026-09-21", ground="涉军涉安", not_told_reason="无法联系")
    assert asked(session).keys() == {number}
    step(session, number, "close", "2026-09-22")
    step(session, number, "archive", "2026-09-22", retention="10年")
    assert asked(session) == {}
    assert session.kept_cases.by_number == {}
    with session.read() as work:
        assert work.open_items.kept() == {}


def test_what_another_program_wrote_is_seen(session: Session) -> None:
    number = dispatched(session)
    asked(session)
    beside = office.enter_with_key(session.folder, FIRST, session.database.key, TODAY)
    step(beside, number, "apply-extension", "2026-09-28", days="1", reason="复杂", applicant="教育局")
    beside.close()
    assert "延期待批" in kinds(session, number)
    assert session.clock == OfficeClock(TODAY)


def test_what_a_step_on_another_day_leaves_is_right_on_every_day(session: Session) -> None:
    dispatched(session)
    extended = dispatched(session)
    step(session, extended, "apply-extension", "2026-09-28", days="3", reason="复杂", applicant="教育局")
    for place in range(-20, 60):
        day = TODAY + timedelta(days=place)
        assert as_kept(session, day) == anew(session, day)


def test_a_change_of_one_unit_leaves_the_cases_of_others_as_they_are_kept(session: Session) -> None:
    mine, other = dispatched(session), register(session)
    step(session, other, "accept", "2026-09-18", category="投诉")
    step(session, other, "dispatch", "2026-09-21", lead="住建局")
    office.bring_in_units(session, (replace(UNITS[0], deputy="钱", section="办公室", handler="孙"),))
    assert unsaved(session) == {mine}
    assert as_kept(session) == anew(session)


def test_a_case_that_accuses_somebody_looks_at_all_units(session: Session) -> None:
    number = dispatched(session)
    step(session, number, "complained-of", "2026-09-22", kind="控告检举", unit="住建局")
    assert "被反映单位在办" not in kinds(session, number)
    office.bring_in_units(session, (replace(UNITS[0], superior="甲市住建局"),))
    assert unsaved(session) == {number}
    assert "被反映单位在办" in kinds(session, number)


def test_what_had_to_be_found_is_saved_once(session: Session, folded: list[str]) -> None:
    numbers = {dispatched(session), dispatched(session)}
    with session.change() as work:
        work.open_items.drop_all()
    assert unsaved(session) == numbers
    before = asked(session)
    assert kept_items.save_found(session) == 2
    assert kept_items.save_found(session) == 0
    folded.clear()
    assert as_kept(session) == before
    assert folded == []


def test_what_was_found_before_a_further_step_is_not_saved(session: Session) -> None:
    number = dispatched(session)
    with session.change() as work:
        work.open_items.drop_all()
    asked(session)
    beside = office.enter_with_key(session.folder, FIRST, session.database.key, TODAY)
    step(beside, number, "apply-extension", "2026-09-28", days="1", reason="复杂", applicant="教育局")
    beside.close()
    assert kept_items.save_found(session) == 0
    assert as_kept(session) == anew(session)


@pytest.mark.parametrize(
    ("items", "units", "named"),
    [
        ("{", None, "读不出来"),
        ('{"open":[["逾期"]]}', None, "读不出来"),
        ('{"open":[]}', None, "承办单位信息不全"),
        (None, "{}", "所依据的单位"),
    ],
)
def test_verify_names_what_is_kept_and_not_so_and_makes_it_anew(
    session: Session, items: str | None, units: str | None, named: str
) -> None:
    number = dispatched(session)
    with session.change() as work:
        (row,) = work.open_items.of([number])
        assert row.kept is not None
        wrong = replace(row.kept, items=items or row.kept.items, units=units or row.kept.units)
        work.open_items.put_many([wrong])
    (problem,) = verify(session).problems
    assert (problem.kind, problem.where) == ("projection", number)
    assert "存下的待办与记录不一致" in problem.message
    assert named in problem.message
    searched_words.rebuild(session)
    assert verify(session).problems == ()
    assert as_kept(session) == anew(session)


def test_what_is_kept_of_another_edition_is_found_anew(session: Session) -> None:
    number = dispatched(session)
    with session.change() as work:
        (row,) = work.open_items.of([number])
        assert row.kept is not None
        work.open_items.put_many([replace(row.kept, edition="0", items="{")])
    assert as_kept(session) == anew(session)
    assert verify(session).problems == ()


@pytest.mark.parametrize("regulation", ALL_THREE)
def test_a_year_of_cases_is_kept_as_its_records_say_on_any_day(tmp_path: Path, regulation: str) -> None:
    with office_of_a_year(tmp_path, regulation, 24) as session:
        for day in [END + timedelta(days=place) for place in (-40, -9, -3, -2, -1, 0, 1, 2, 3, 5, 8, 20, 60)]:
            assert as_kept(session, day) == anew(session, day)
        assert unsaved(session) == set()
