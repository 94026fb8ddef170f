"""December's deadlines before and after a made-up notice of 2027: told before, counted anew, recorded, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.deadlines import end_of_period
from desktop_app.domain.entered_notices import EnteredNotice
from desktop_app.domain.events import Event
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.national_notices import standard_calendar
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.domain.work_calendar import Notice, NoticeDay
from desktop_app.errors import BadData, Refusal
from desktop_app.services import holidays, office, queries, recount, regulations, settings_keys, verification
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
from desktop_app.services.holidays import Given
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, X, found_quickly

TODAY = date(2026, 12, 31)
TEXT = (Path(__file__).parents[1] / "data" / "notices" / "2027-made-up.txt").read_text(encoding="utf-8")
SOURCE = "国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕99号）"
GIVEN = Given(TEXT, "粘贴的文字")
TIBET = "西藏自治区"
LOCAL = Given(
    "2026年藏历新年：12月24日至25日放假调休，共2天。12月26日（周六）上班。", "藏历新年", region=TIBET
)
UNIT = "甲市教育局"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, TODAY)
    office.bring_in_units(opened, [Unit(UNIT)])
    yield opened
    opened.close()


@pytest.fixture
def case(session: Session) -> Callable[..., str]:
    """Register a case that its unit took on a day of December."""

    def make(taken: date, regulation: str = T) -> str:
        first = taken - timedelta(days=3)
        message = Message("王小明反映路灯不亮", f"路灯坏了，{taken} 报修。", Citizen("王小明", "13800000000"))
        number = register_one(session, Registration(regulation, first, "", message)).number
        act(session, number, "accept", {"category": "投诉"}, first)
        act(session, number, "dispatch", {"lead": UNIT}, first)
        act(session, number, "receive", {"by": "李某", "manner": "签收"}, taken)
        return number

    return make


def row(session: Session, number: str) -> tuple[date | None, date | None, bool]:
    """Due date, reminder date and 暂定, as the register has them."""
    listed = {one.number: one.row for one in queries.list_cases(session, CaseQuery(), 100).cases}
    return listed[number].due, listed[number].reminder, listed[number].provisional


def recounts(session: Session, number: str) -> list[Event]:
    with session.read() as work:
        return [event for event in work.journal.of_case(number) if event.action == recount.RECOUNT]


def whole(session: Session) -> bool:
    return verification.verify(session).problems == ()


def test_december_cases_before_and_after_the_notice_of_the_next_year(
    session: Session, case: Callable[..., str]
) -> None:
    """X taken on 21 December: due on 5 January while 31 December is worked and 27 December is not."""
    late, early, moved_within = (
        case(date(2026, 12, 21), X),
        case(date(2026, 12, 14)),
        case(date(2026, 12, 24)),
    )
    assert row(session, late) == (date(2027, 1, 5), date(2027, 1, 4), True)
    assert row(session, early) == (date(2026, 12, 21), date(2026, 12, 18), False)
    assert row(session, moved_within) == (date(2026, 12, 31), date(2026, 12, 30), False)

    shown = holidays.preview(session, GIVEN)
    assert shown.read.faults == () and shown.change is not None
    assert [(one.number, one.old_due, one.new_due) for one in shown.change.moves.moved] == [
        (moved_within, date(2026, 12, 31), date(2026, 12, 30))
    ]
    (only_certain,) = shown.change.moves.confirmed
    assert (only_certain.number, only_certain.old_provisional, only_certain.new_provisional) == (
        late,
        True,
        False,
    )
    assert row(session, late)[2], "nothing is written before it is confirmed"

    entered = holidays.enter(session, GIVEN)
    assert entered.change is not None
    assert entered.change.moves == shown.change.moves
    assert row(session, late) == (date(2027, 1, 5), date(2027, 1, 4), False)
    assert row(session, moved_within) == (date(2026, 12, 30), date(2026, 12, 29), False)
    assert row(session, early) == (date(2026, 12, 21), date(2026, 12, 18), False)
    assert whole(session)


def test_what_moved_is_recorded_on_the_case(session: Session, case: Callable[..., str]) -> None:
    number = case(date(2026, 12, 24))
    holidays.enter(session, GIVEN)
    (event,) = recounts(session, number)
    assert dict(event.keys) == {
        "old_due": "2026-12-31",
        "new_due": "2026-12-30",
        "old_reminder": "2026-12-30",
        "new_reminder": "2026-12-29",
        "source": SOURCE,
    }
    view = view_case(session, number)
    assert [one.title for one in view.events if one.action == recount.RECOUNT] == ["期限重算"]
    assert view.clock is not None and view.clock.due == date(2026, 12, 30)


def test_the_story_goes_on_after_a_recount(session: Session, case: Callable[..., str]) -> None:
    """Steps, corrections and replies pass over it."""
    number = case(date(2026, 12, 24))
    holidays.enter(session, GIVEN)
    receipt = next(event.id for event in view_case(session, number).events if event.action == "receive")
    act(session, number, "correct", {"event": str(receipt), "reason": "笔误", "on": "2026-12-25"})
    assert row(session, number)[0] == date(2027, 1, 4)
    recorded = recounts(session, number)[0].id
    with pytest.raises(Refusal, match="不是办理步骤"):
        act(session, number, "correct", {"event": str(recorded), "reason": "试试"})
    assert whole(session)


def test_withdrawing_brings_everything_back(session: Session, case: Callable[..., str]) -> None:
    numbers = [case(date(2026, 12, day)) for day in (21, 23, 24, 25, 28)]
    before = [row(session, number) for number in numbers]
    with session.read() as work:
        edition = work.settings.get("calendar.edition")
    holidays.enter(session, GIVEN)
    assert [row(session, number) for number in numbers] != before
    change = holidays.withdraw(session, holidays.last_entered(session, 2027))
    assert [row(session, number) for number in numbers] == before
    assert {one.number for one in change.moves.moved} == {
        number for number in numbers if recounts(session, number)
    }
    assert session.calendar().is_provisional(date(2027, 1, 4))
    assert whole(session)
    with session.read() as work:
        assert (work.settings.get("calendar.edition") or None) == edition
        assert work.notices.all() == []
    with pytest.raises(Refusal, match="没有录入过"):
        holidays.last_entered(session, 2027)


def test_entering_a_year_again_replaces_it_and_taking_that_back_restores_it(
    session: Session, case: Callable[..., str]
) -> None:
    number = case(date(2026, 12, 24))
    holidays.enter(session, GIVEN)
    again = Given(
        TEXT.replace("2026年12月31日（周四）至2027年1月3日（周日）放假调休，共4天", "1月1日至3日放假，共3天"),
        "再录",
    )
    entered = holidays.enter(session, again)
    assert entered.change is not None and entered.change.replaced == (SOURCE,)
    assert row(session, number)[0] == date(2026, 12, 30), "27 December is still worked"
    assert whole(session) is not True or session.calendar().is_working(TODAY)
    held = [(one.notice.year, one.holds) for one in holidays.list_notices(session) if one.entered]
    assert held == [(2027, False), (2027, True)]
    holidays.withdraw(session, holidays.last_entered(session, 2027))
    assert not session.calendar().is_working(TODAY)
    assert whole(session)


def test_closed_and_archived_cases_are_counted_anew_for_the_record(
    session: Session, case: Callable[..., str]
) -> None:
    number = case(date(2026, 12, 24))
    reply = {
        "text": "已修好。",
        "signer": "赵局",
        "stamped": "yes",
        "handler": "孙科",
        "phone": "0475-8230001",
    }
    act(session, number, "reply", reply, date(2026, 12, 25))
    act(session, number, "pass-review", {"by": "主任", "public": "yes"}, date(2026, 12, 25))
    act(session, number, "publish", {"place": "留言板"}, date(2026, 12, 25))
    act(session, number, "close", {}, date(2026, 12, 28))
    act(session, number, "archive", {}, date(2026, 12, 28))
    change = holidays.enter(session, GIVEN).change
    assert change is not None and change.moves.moved == ()
    assert [one.number for one in change.moves.settled] == [number]
    assert row(session, number)[0] == date(2026, 12, 30)
    assert len(recounts(session, number)) == 1
    assert whole(session)


def test_a_local_notice_lies_on_the_national_one_and_names_its_source(
    session: Session, case: Callable[..., str]
) -> None:
    number = case(date(2026, 12, 21))
    assert row(session, number)[0] == date(2026, 12, 28)
    change = holidays.enter(session, LOCAL).change
    assert change is not None and [one.number for one in change.moves.moved] == [number]
    assert row(session, number)[0] == date(2026, 12, 29)
    day = session.calendar().day(date(2026, 12, 24))
    assert (day.why, day.source) == ("藏历新年放假", f"{TIBET}2026年放假通知")
    assert session.calendar().day(date(2026, 10, 1)).holiday == "国庆节"
    assert holidays.calendar_of(session, regions=()).is_working(date(2026, 12, 24))
    assert not holidays.calendar_of(session, regions=(TIBET,)).is_working(date(2026, 12, 24))
    assert whole(session)
    holidays.withdraw(session, holidays.last_entered(session, 2026, TIBET))
    assert row(session, number)[0] == date(2026, 12, 28)
    assert whole(session)


def test_a_change_needs_its_year_and_keeps_it_from_being_withdrawn(session: Session) -> None:
    change = Given(
        "国务院办公厅关于调整2027年劳动节假期安排的通知\n2027年5月1日至4日放假调休，共4天。", "调整"
    )
    with pytest.raises(BadData, match="尚未录入；请先录入全年的通知"):
        holidays.enter(session, change)
    holidays.enter(session, GIVEN)
    whole_year = holidays.last_entered(session, 2027)
    holidays.enter(session, change)
    assert session.calendar().is_working(date(2027, 5, 5))
    assert not session.calendar().is_working(date(2027, 10, 7))
    with pytest.raises(Refusal, match="后来有过调整，不能先撤销它") as refused:
        holidays.withdraw(session, whole_year)
    assert refused.value.remedy == "请先撤销“国务院办公厅关于调整2027年劳动节假期安排的通知”。"
    holidays.withdraw(session, holidays.last_entered(session, 2027))
    assert not session.calendar().is_working(date(2027, 5, 5))
    holidays.withdraw(session, whole_year)
    assert whole(session)


def test_a_holiday_is_prolonged_from_where_it_ends(session: Session) -> None:
    holidays.enter(session, GIVEN)
    holidays.enter(
        session,
        Given("国务院办公厅关于延长2027年春节假期的通知\n延长2027年春节假期至2月15日（星期一）。", "延长"),
    )
    calendar = session.calendar()
    assert not any(calendar.is_working(date(2027, 2, day)) for day in range(5, 16))
    assert calendar.is_working(date(2027, 2, 16))


def test_what_has_faults_is_not_entered(session: Session) -> None:
    given = Given(TEXT.replace("共9天", "共8天"), "粘贴的文字")
    shown = holidays.preview(session, given)
    assert shown.change is None and shown.read.notice is not None
    with pytest.raises(BadData, match="写明 8 天，按日期数是 9 天"):
        holidays.enter(session, given)
    assert session.calendar().is_provisional(date(2027, 1, 1))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.VIEWER])
def test_only_operator_and_administrator_enter(session: Session, role: Role) -> None:
    holidays.enter(session, GIVEN)
    session.user = User("别人", frozenset((role,)))
    assert holidays.preview(session, GIVEN).change is not None
    for act_of_theirs in (lambda: holidays.enter(session, GIVEN), lambda: holidays.withdraw(session, 1)):
        with pytest.raises(Refusal) as refused:
            act_of_theirs()
        assert refused.value.code == "not_allowed_for_role"


def test_an_administrator_who_sees_no_cases_sees_no_titles(
    session: Session, case: Callable[..., str]
) -> None:
    case(date(2026, 12, 24))
    change = holidays.preview(session, GIVEN).change
    assert change is not None and "王小明" not in change.moves.moved[0].title
    assert change.moves.moved[0].title.endswith("反映路灯不亮")
    session.user = User("孙管理", frozenset((Role.ADMINISTRATOR,)))
    change = holidays.preview(session, GIVEN).change
    assert change is not None and change.moves.moved[0].title == ""


def test_another_seat_counts_by_the_new_notice(session: Session, case: Callable[..., str]) -> None:
    """A second session of the same office, as a second window or the command line is."""
    other = office.enter(session.folder, FIRST, PASSWORD, TODAY)
    try:
        assert other.calendar().is_working(TODAY)
        holidays.enter(session, GIVEN)
        number = case(date(2026, 12, 23))
        assert view_case(other, number).days[-1].date == date(2026, 12, 29)
        assert not other.calendar().is_working(TODAY)
    finally:
        other.close()


def test_within_the_transaction_that_enters_it_the_new_calendar_counts(session: Session) -> None:
    found = holidays.read_notice(session, GIVEN)
    with session.change() as work:
        assert session.calendar().is_working(TODAY)
        holidays._put(session, work, (2027, ""), [EnteredNotice(1, found.sure(), found.scope, "", FIRST)])
        assert not session.calendar().is_working(TODAY)


def test_a_transaction_that_fails_leaves_the_calendar_as_it_was(session: Session) -> None:
    found = holidays.read_notice(session, GIVEN)
    with pytest.raises(RuntimeError), session.change() as work:
        holidays._put(session, work, (2027, ""), [EnteredNotice(1, found.sure(), found.scope, "", FIRST)])
        assert not session.calendar().is_working(TODAY)
        raise RuntimeError
    assert session.calendar().is_working(TODAY)
    assert whole(session)


def test_verify_notices_a_calendar_that_the_journal_does_not_tell(session: Session) -> None:
    holidays.enter(session, GIVEN)
    with session.change() as work:
        work.notices.drop(2027)
    kinds = {problem.kind for problem in verification.verify(session).problems}
    assert "calendar" in kinds


def test_a_program_that_knows_further_notices_counts_anew_on_entering(
    session: Session, case: Callable[..., str]
) -> None:
    """As after an update: the rows were counted when fewer notices were built in."""
    number = case(date(2026, 12, 24))
    with session.change() as work:
        stale = {one.number: one for one in work.cases.all()}[number]
        work.cases.update(replace(stale, due=date(2026, 12, 30), provisional=True))
        work.settings.put(settings_keys.BUILT_IN_NOTICES, "2025")
    assert not whole(session)
    entered = office.enter(session.folder, FIRST, PASSWORD, TODAY)
    try:
        assert row(entered, number) == (date(2026, 12, 31), date(2026, 12, 30), False)
        (event,) = recounts(entered, number)
        assert (event.keys["old_due"], event.keys["new_due"]) == ("2026-12-30", "2026-12-31")
        assert event.keys["source"] == "程序自带的放假通知已更新"
        assert whole(entered)
        with entered.read() as work:
            last = work.journal.last()
        office.enter(session.folder, FIRST, PASSWORD, TODAY).close()
        with entered.read() as work:
            assert work.journal.last() == last, "once is enough"
    finally:
        entered.close()


def test_no_deadline_of_any_regulation_is_counted_further_than_rows_are_looked_at() -> None:
    for regulation in regulations.load_all():
        limits = regulation.limits_on(date(2026, 1, 1))
        for start in (date(2026, 1, 30), date(2026, 9, 20), date(2026, 12, 25)):
            end = end_of_period(standard_calendar(), start, limits.reply)
            assert end_of_period(standard_calendar(), end, limits.extension) - start < recount._LONGEST


def test_calendars_that_agree_differ_nowhere() -> None:
    calendar = standard_calendar()
    assert recount.first_difference(calendar, calendar, 2027) is None
    moved = calendar.with_notices(Notice(2027, "某", "某", (NoticeDay(date(2026, 12, 31), "元旦", True),)))
    assert recount.first_difference(calendar, moved, 2027) == date(2026, 12, 31)
