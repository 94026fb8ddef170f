"""The morning desk in words: headings, lines, day off, what comes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.users import Role, User
from desktop_app.gui import desk_state as state
from desktop_app.gui.calendar_state import Mark
from desktop_app.gui.desk_state import DeskHeading
from desktop_app.services import office_duties
from desktop_app.services.cases import act
from desktop_app.services.desk import Desk, desk
from desktop_app.services.session import OfficeClock, Session
from tests.gui.conftest import TODAY


def on(session: Session, today: date) -> Session:
    return replace(session, clock=OfficeClock(today))


def headings(session: Session, whole: Collection[str] = ()) -> dict[str, DeskHeading]:
    shown = state.headings(desk(session, state.LINES_AT_FIRST, whole), session.today)
    return {heading.name: heading for heading in shown}


def test_headings_stand_in_the_order_of_the_law(session: Session) -> None:
    names = list(headings(session))
    wanted = ["待初审", "今日须提醒", "今日到期", "逾期", "承办单位信息不全", "待办结", "本单位的事"]
    assert [name for name in names if name in wanted] == wanted


def test_a_heading_says_count_clause_and_what_its_button_does(session: Session) -> None:
    late = headings(session)["逾期"]
    assert (late.count, late.clause, late.mark) == ("3 件", "第十九条", Mark.OVERDUE)
    assert late.button == "全部催办并出单　Shift+F9"
    assert late.spoken == "逾期，3 件，第十九条，全部催办并出单　Shift+F9"
    new = headings(session)["待初审"]
    assert (new.button, new.verb, new.press) == ("受理", "accept", "")


def test_only_what_was_not_urged_yet_is_urged(session: Session) -> None:
    act(session, "2026-0001", "urge", {"to": "市住房和城乡建设局"}, TODAY)
    late = headings(session)["逾期"]
    assert (late.count, late.button) == ("3 件", "全部催办并出单 2 件　Shift+F9")
    for number in ("2026-0002", "2026-0003"):
        act(session, number, "urge", {"to": "各单位"}, TODAY)
    late = headings(session)["逾期"]
    assert (late.count, late.button, late.press) == ("3 件", "催办", "")


def test_lines_say_who_has_the_case_and_how_it_stands(session: Session) -> None:
    (line,) = headings(session)["今日到期"].lines
    assert (line.number, line.unit, line.deadline.text) == (
        "2026-0004",
        "市住房和城乡建设局",
        "● 今天到期",
    )
    assert "办理中" in line.detail and line.title in line.detail


def test_a_long_group_shows_its_first_cases_until_all_are_asked_for(session: Session) -> None:
    short = headings(session)["待初审"]
    assert (short.count, len(short.lines), short.rest) == ("12 件", 5, 7)
    whole = headings(session, {"待初审"})["待初审"]
    assert (len(whole.lines), whole.rest) == (12, 0)
    assert short.numbers == whole.numbers


def test_what_the_office_owes_is_a_line_without_a_number(session: Session) -> None:
    own = headings(session)["本单位的事"]
    (line,) = own.lines
    assert (own.count, own.clause, own.button) == ("1 项", "第二十一条", "登记办了")
    assert (line.number, line.title, line.deadline.text) == ("", "通报期到　2026年第三季度", "自 10-01 周四")
    office_duties.settle(session, "通报期到", "2026-Q3")
    assert "本单位的事" not in headings(session)


def test_what_was_missed_at_the_year_s_end_is_marked_late(session: Session) -> None:
    january = on(session, date(2027, 1, 4))
    lines = headings(january)["本单位的事"].lines
    told = {line.title: line.deadline.text for line in lines}
    assert told["考核意见待报　2026年"].startswith("■ 到 2026-12-31")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER])
def test_who_may_not_take_a_step_has_no_button(session: Session, role: Role) -> None:
    other = replace(session, user=User("赵科长", frozenset((role,))))
    assert {heading.button for name, heading in headings(other).items() if name in ("待初审", "逾期")} == {""}


def words(session: Session) -> tuple[Desk, str, str, str, str]:
    shown = desk(session)
    day_off = state.day_off_words(shown, session.today)
    coming = state.coming_words(shown, session.today)
    return shown, state.tab_title(shown), state.day_words(shown, session.today), day_off, coming


def test_a_working_day(session: Session) -> None:
    shown, tab, day, day_off, coming = words(session)
    assert tab == f"今日工作台({shown.total})"
    assert (day, day_off) == ("10月13日 周二 · 工作日", "")
    assert state.sum_words(shown) == f"今天要办 {shown.total} 项"
    assert coming == "明天 10月14日 周三：到期 1 件。"


def test_a_day_off(session: Session) -> None:
    _, tab, day, day_off, coming = words(on(session, date(2026, 10, 17)))
    assert (tab, day) == ("今日工作台", "10月17日 周六 · 休息日")
    assert day_off == ("今天不上班（休息日），没有必须办理的事项。下面是下一个工作日 10月19日 周一 要办的。")
    assert coming.startswith("其后 10月20日 周二：")
    assert all(heading.press == "" for heading in headings(on(session, date(2026, 10, 17))).values())


def test_before_a_weekend(session: Session) -> None:
    _, _, _, _, coming = words(on(session, date(2026, 10, 16)))
    assert coming.startswith("下一个工作日 10月19日 周一：到期 1 件")


def test_nothing_to_do(session: Session) -> None:
    shown = replace(desk(session), groups=(), duties=(), reminders_coming=0, due_coming=0)
    assert state.tab_title(shown) == "今日工作台"
    assert state.sum_words(shown) == ""
    assert state.empty_words(shown, TODAY).splitlines() == [
        "今天没有必须办理的事项。",
        "",
        "明天 10月14日 周三：没有新的须提醒和到期的件。",
    ]
    assert "按 Ctrl+I 导入" in state.empty_words(replace(shown, begun=False), TODAY)
    assert state.headings(shown, TODAY) == ()
