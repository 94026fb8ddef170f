"""No lost update: who saves second is told what was recorded since, and decides; nobody is stopped by oneself."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import office, reminders
from desktop_app.services.access import record_view
from desktop_app.services.archive_list import archive_many, files_of_year
from desktop_app.services.attachments import attach
from desktop_app.services.case_view import reveal_case, view_case
from desktop_app.services.cases import act
from desktop_app.services.child_process import entry_of, run_in_child
from desktop_app.services.overtaken import Overtaken, Since, news
from desktop_app.services.registration import register_one
from desktop_app.services.session import OfficeClock, Session
from tests import engines

TODAY = date(2026, 10, 13)
NUMBER = "2026-0001"
LEAD = {"lead": "市教育局"}


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Session]:
    """The seat of 王敏, in an office with one case to be handed out."""
    folder = engines.place(tmp_path / "data")
    office.found(
        folder, "示例市运维中心", "tongliao-2023", "王敏", "zhong-yang-gong-yuan-7", OfficeClock(TODAY)
    )
    opened = office.enter(folder, "王敏", "zhong-yang-gong-yuan-7", TODAY)
    office.bring_in_units(opened, [Unit("市教育局"), Unit("市公安局")])
    message = Message("标题", "正文，电话 13800000000", Citizen("欧阳小红", "13800000000"))
    register_one(opened, Registration("tongliao-2023", date(2026, 9, 28), "市长板块", message))
    act(opened, NUMBER, "accept", {"category": "投诉"}, TODAY)
    yield opened
    opened.close()


@pytest.fixture
def second(first: Session) -> Iterator[Session]:
    """Another seat of the same office, at which 李四 sits."""
    with first.change() as work:
        work.users.put(User("李四", frozenset((Role.OPERATOR,))))
    opened = office.enter_with_key(first.folder, "李四", first.database.key, TODAY)
    yield opened
    opened.close()


def seen_by(session: Session) -> int:
    return view_case(session, NUMBER).version


def refused(session: Session, seen: int, action: str = "dispatch", **keys: str) -> Overtaken:
    with pytest.raises(Overtaken) as caught:
        act(session, NUMBER, action, keys or {"lead": "市公安局"}, TODAY, seen=seen)
    return caught.value


def test_who_saves_second_is_told_who_did_what_and_when(first: Session, second: Session) -> None:
    seen = seen_by(first)
    act(second, NUMBER, "dispatch", LEAD, TODAY)
    before = view_case(first, NUMBER)
    told = refused(first, seen)
    assert told.code == "changed_meanwhile"
    (one,) = told.since
    assert (one.by, one.title, one.words) == ("李四", "交办", "牵头单位：市教育局")
    assert one.at == before.events[-1].entered[11:16]
    assert f"李四 {one.at} 刚办了「交办」（牵头单位：市教育局），您打开时还没有。" in told.message
    assert view_case(first, NUMBER) == before


def test_what_the_rules_say_comes_after_what_has_changed(first: Session, second: Session) -> None:
    seen = seen_by(first)
    act(second, NUMBER, "dispatch", LEAD, TODAY)
    told = refused(first, seen)
    with pytest.raises(Refusal, match="待交办") as caught:
        act(first, NUMBER, "dispatch", LEAD, TODAY, seen=told.newest)
    assert caught.value.code == "wrong_state"


def test_having_seen_it_one_goes_on_and_is_asked_again_only_by_news(first: Session, second: Session) -> None:
    act(first, NUMBER, "dispatch", LEAD, TODAY)
    seen = seen_by(second)
    act(first, NUMBER, "mark-major", {"reason": "影响较大"}, TODAY)
    told = refused(second, seen, "receive", manner="签收")
    act(first, NUMBER, "contact", {"when": "办前", "channel": "电话", "result": "已联系"}, TODAY)
    again = refused(second, told.newest, "receive", manner="签收")
    assert [one.title for one in again.since] == [view_case(first, NUMBER).events[-1].title]
    done = act(second, NUMBER, "receive", {"manner": "签收"}, TODAY, seen=again.newest)
    assert done.status == "办理中"


def test_ones_own_step_is_no_news(first: Session, second: Session) -> None:
    seen = seen_by(first)
    act(first, NUMBER, "dispatch", LEAD, TODAY)
    act(first, NUMBER, "receive", {"manner": "签收"}, TODAY, seen=seen)
    told = refused(second, seen, "mark-major", reason="影响较大")
    assert [one.by for one in told.since] == ["王敏", "王敏"]


def test_the_same_name_at_another_seat_is_somebody_else(first: Session) -> None:
    other = office.enter_with_key(first.folder, first.user.name, first.database.key, TODAY)
    seen = seen_by(first)
    act(other, NUMBER, "dispatch", LEAD, TODAY)
    other.close()
    assert refused(first, seen).since[0].by == "王敏"


def test_who_says_nothing_is_asked_nothing(first: Session, second: Session) -> None:
    act(second, NUMBER, "dispatch", LEAD, TODAY)
    assert act(first, NUMBER, "receive", {"manner": "签收"}, TODAY).status == "办理中"


def test_looking_overtakes_nobody(first: Session, second: Session) -> None:
    seen = seen_by(first)
    record_view(second, NUMBER)
    reveal_case(second, NUMBER, "联系网友")
    assert act(first, NUMBER, "dispatch", LEAD, TODAY, seen=seen).status == "待签收"


def test_a_file_that_was_added_is_told(first: Session, second: Session, tmp_path: Path) -> None:
    scan = tmp_path / "答复扫描.txt"
    scan.write_text("扫描件", encoding="utf-8")
    seen = seen_by(first)
    attach(second, NUMBER, scan, "scan")
    (one,) = refused(first, seen).since
    assert (one.title, one.words) == ("存入附件", "文件：答复扫描.txt")


def test_protected_words_are_told_covered(first: Session, second: Session) -> None:
    seen = seen_by(first)
    act(second, NUMBER, "complained-of", {"kind": "投诉", "person": "欧阳小红"}, TODAY)
    act(second, NUMBER, "mark-major", {"reason": "欧阳小红多次来电"}, TODAY)
    told = refused(first, seen)
    assert "欧阳小红" not in told.message
    assert len(told.since) == 2


def test_a_correction_says_what_it_corrects(first: Session, second: Session) -> None:
    done = act(second, NUMBER, "dispatch", LEAD, TODAY)
    seen = seen_by(first)
    act(second, NUMBER, "correct", {"event": str(done.event), "reason": "单位选错"}, TODAY)
    (one,) = refused(first, seen).since
    assert (one.title, one.words) == ("作废“交办”", "理由：单位选错")


def test_a_step_on_which_others_built_is_not_taken_back_unseen(first: Session, second: Session) -> None:
    done = act(first, NUMBER, "dispatch", LEAD, TODAY)
    act(second, NUMBER, "mark-major", {"reason": "影响较大"}, TODAY)
    told = refused(first, done.event, "correct", event=str(done.event), reason="当即撤销")
    assert told.since[0].by == "李四"


def test_a_run_on_which_others_built_is_not_taken_back_unseen(first: Session, second: Session) -> None:
    act(first, NUMBER, "dispatch", LEAD, date(2026, 9, 28))
    act(first, NUMBER, "receive", {"manner": "签收"}, date(2026, 9, 28))
    pressed = reminders.press_all(first, reminders.OVERDUE)
    assert pressed.cases == 1
    act(second, NUMBER, "mark-major", {"reason": "影响较大"}, TODAY)
    before = view_case(first, NUMBER).events
    with pytest.raises(Overtaken, match="李四"):
        reminders.take_back(first, pressed.done)
    assert view_case(first, NUMBER).events == before


def test_a_case_that_moved_on_is_left_out_of_what_is_done_to_many(first: Session, second: Session) -> None:
    register_one(
        first, Registration("tongliao-2023", date(2026, 9, 28), "市长板块", Message("另一件", "另一件的正文"))
    )
    for number in (NUMBER, "2026-0002"):
        if number != NUMBER:
            act(first, number, "accept", {"category": "投诉"}, TODAY)
        act(first, number, "refuse", {"ground": "涉军涉安", "not_told_reason": "无法联系"}, TODAY)
        act(first, number, "close", {}, TODAY)
    listed = files_of_year(first, None)
    act(second, NUMBER, "mark-major", {"reason": "影响较大"}, TODAY)
    outcome = archive_many(first, (NUMBER, "2026-0002"), "", lambda done, total: True, listed.version)
    assert outcome.done == ("2026-0002",)
    ((number, why),) = outcome.refused
    assert number == NUMBER and "李四" in why


def test_what_a_job_recorded_is_no_news_to_the_seat_that_ordered_it(first: Session) -> None:
    seen = seen_by(first)
    run_in_child(entry_of(first), hand_out, lambda done, total: None, lambda: False, first.own_events)
    act(first, NUMBER, "receive", {"manner": "签收"}, TODAY, seen=seen)


def test_a_job_knows_what_its_seat_recorded(first: Session) -> None:
    seen = seen_by(first)
    act(first, NUMBER, "dispatch", LEAD, TODAY)
    run_in_child(entry_of(first), partial(sign_for, seen=seen), lambda done, total: None, lambda: False)
    assert view_case(first, NUMBER).case.status == "办理中"


def test_a_job_brings_the_refusal_whole(first: Session, second: Session) -> None:
    act(first, NUMBER, "dispatch", LEAD, TODAY)
    seen = seen_by(first)
    act(second, NUMBER, "mark-major", {"reason": "影响较大"}, TODAY)
    with pytest.raises(Overtaken) as caught:
        run_in_child(entry_of(first), partial(sign_for, seen=seen), lambda done, total: None, lambda: False)
    assert caught.value.since[0].by == "李四"


def hand_out(session: Session, progress: object) -> None:
    act(session, NUMBER, "dispatch", LEAD, TODAY)


def sign_for(session: Session, progress: object, seen: int) -> None:
    act(session, NUMBER, "receive", {"manner": "签收"}, TODAY, seen=seen)


def test_the_refusal_survives_the_way_between_processes() -> None:
    told = Overtaken(NUMBER, (Since(7, "交办", "李四", "14:03", "牵头单位：市教育局"),))
    again = pickle.loads(pickle.dumps(told))
    assert (again.message, again.since, again.code) == (told.message, told.since, told.code)


def test_many_steps_are_told_by_number() -> None:
    told = Overtaken(NUMBER, [Since(one, f"第{one}步", "李四", "14:03") for one in range(1, 6)])
    assert "第3步" in told.message and "第4步" not in told.message
    assert "另有 2 步" in told.message
    assert told.newest == 5


def test_a_day_other_than_today_is_named(first: Session, second: Session) -> None:
    act(second, NUMBER, "dispatch", LEAD, TODAY)
    view = view_case(first, NUMBER)
    first.clock = LaterClock()
    (one,) = news(view.events, view.version - 1, first)
    entered = view.events[-1].entered
    assert one.at.endswith(entered[11:16]) and one.at != entered[11:16]
    assert not one.just


class LaterClock(OfficeClock):
    """A wall clock far ahead."""

    def now(self) -> str:
        return "2031-01-02T09:00:00.000+08:00"
