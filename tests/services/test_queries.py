"""Questions of the window: the calendar of deadlines, counts, and the order of what is to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.services import day_lists, office, queries
from desktop_app.services.cases import act
from desktop_app.services.registration import register_one
from desktop_app.services.session import OfficeClock, Session
from tests.cli.offices import FIRST, PASSWORD, T, X, found_quickly


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 9, 30))
    office.bring_in_units(opened, [Unit("甲市教育局", ("教育局",))])
    yield opened
    opened.database.close()


def register(session: Session, regulation: str = T) -> str:
    source = {T: "市长板块", X: "主席留言专栏"}[regulation]
    message = Message("路灯不亮", "路灯坏了半个月。", Citizen("常乐", "13904750001"))
    return register_one(session, Registration(regulation, date(2026, 9, 18), source, message)).number


def run(session: Session, number: str, *steps: tuple[str, str, Mapping[str, str]]) -> None:
    for action, on, keys in steps:
        act(session, number, action, keys, date.fromisoformat(on))


ACCEPT = ("accept", "2026-09-18", {"category": "投诉"})
DISPATCH = ("dispatch", "2026-09-21", {"lead": "教育局"})
RECEIVE = ("receive", "2026-09-21", {"manner": "签收"})


def on(session: Session, today: str) -> Session:
    return replace(session, clock=OfficeClock(date.fromisoformat(today)))


def marks(session: Session, first: str, last: str) -> dict[str, str]:
    """Day → the marks it bears: ● due, ▲ reminder, ◇ expected, ■ overdue since; days without any left out."""
    days = day_lists.calendar_days(session, date.fromisoformat(first), date.fromisoformat(last))
    told = {
        one.day.date.isoformat(): "●" * one.due
        + "▲" * one.reminders
        + "◇" * one.expected
        + "■" * one.overdue_since
        for one in days
    }
    for one in days:
        # The list of a day has what its figures say.
        cases = day_lists.day_cases(session, one.day.date)
        listed = (len(cases.due), len(cases.reminders), len(cases.expected), len(cases.overdue_since))
        assert listed == (one.due, one.reminders, one.expected, one.overdue_since)
    return {day: words for day, words in told.items() if words}


def test_the_calendar_shows_when_a_case_is_due_and_to_be_reminded(session: Session) -> None:
    run(session, register(session), ACCEPT, DISPATCH, RECEIVE)
    assert marks(on(session, "2026-09-22"), "2026-09-01", "2026-10-31") == {
        "2026-09-28": "▲",
        "2026-09-29": "●",
    }


def test_a_late_case_stands_at_the_day_from_which_it_is_late(session: Session) -> None:
    run(session, register(session), ACCEPT, DISPATCH, RECEIVE)
    late = marks(on(session, "2026-10-12"), "2026-09-01", "2026-10-31")
    assert late["2026-09-30"] == "■"


def test_an_unclaimed_case_is_expected(session: Session) -> None:
    run(session, register(session, X), ACCEPT, DISPATCH)
    told = marks(on(session, "2026-09-22"), "2026-09-01", "2026-10-31")
    assert told["2026-10-12"] == "◇"


def test_an_answered_case_is_off_the_calendar(session: Session) -> None:
    reply = {
        "text": "已修复。",
        "signer": "赵局长",
        "stamped": "yes",
        "handler": "孙科员",
        "phone": "0475-8230001",
    }
    run(session, register(session), ACCEPT, DISPATCH, RECEIVE, ("reply", "2026-09-24", reply))
    assert "●" not in "".join(marks(on(session, "2026-09-25"), "2026-09-01", "2026-10-31").values())


def test_every_day_asked_for_is_there_with_what_it_is(session: Session) -> None:
    days = day_lists.calendar_days(session, date(2026, 10, 1), date(2026, 10, 31))
    assert [one.day.date.day for one in days] == list(range(1, 32))
    working = {one.day.date.day for one in days if one.day.working}
    assert {1, 2, 7}.isdisjoint(working) and {8, 9, 10} <= working
    assert all(one.total == 0 for one in days)


def test_counts(session: Session) -> None:
    numbers = [register(session) for _ in range(3)]
    run(session, numbers[0], ACCEPT)
    run(session, numbers[1], ACCEPT, DISPATCH, RECEIVE)
    counts = queries.count_by_status(on(session, "2026-09-29"))
    held = {status: count for status, count in counts.by_status.items() if count}
    assert held == {"待初审": 1, "待交办": 1, "办理中": 1}
    assert (counts.total, counts.overdue) == (3, 0)
    assert queries.count_by_status(on(session, "2026-09-30")).overdue == 1


def test_what_is_to_do_comes_kind_by_kind_then_by_number(session: Session) -> None:
    numbers = [register(session) for _ in range(3)]
    run(session, numbers[1], ACCEPT)
    items = [(one.item.kind, one.row.number) for one in queries.todo(session)]
    assert items == [("待初审", numbers[0]), ("待初审", numbers[2]), ("待交办", numbers[1])]
