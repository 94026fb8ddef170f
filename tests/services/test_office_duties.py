"""Noting that what the office owes is done: for which period, taken back, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import office, office_duties, verification
from desktop_app.services.registration import register_one
from desktop_app.services.session import OfficeClock, Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

REPORT, APPRAISAL = "通报期到", "考核意见待报"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An office founded on 1 September with one case of that month, looked at on 7 December."""
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 12, 7))
    register_one(opened, Registration(T, date(2026, 9, 18), "市长板块", Message("路灯不亮", "路灯坏了。")))
    yield opened
    opened.database.close()


def owed(session: Session) -> list[tuple[str, str]]:
    return [(one.kind, one.period.text) for one in office_duties.duties(session)]


def on(session: Session, today: str) -> Session:
    return replace(session, clock=OfficeClock(date.fromisoformat(today)))


def refused(session: Session, kind: str, period: str) -> str:
    with pytest.raises(Refusal) as caught:
        office_duties.settle(session, kind, period)
    return caught.value.code


def test_what_is_owed_goes_once_it_is_settled(session: Session) -> None:
    assert owed(session) == [(REPORT, "2026-Q3"), (APPRAISAL, "2026")]
    done = office_duties.settle(session, REPORT, "2026-Q3", "已报市政府。")
    assert (done.period.text, done.on, done.by, done.note) == (
        "2026-Q3",
        date(2026, 12, 7),
        FIRST,
        "已报市政府。",
    )
    assert owed(session) == [(APPRAISAL, "2026")]
    assert office_duties.settled_duties(session) == (done,)
    assert verification.verify(session).problems == ()


def test_a_day_may_be_asked_about(session: Session) -> None:
    assert office_duties.duties(session, date(2026, 9, 30)) == ()
    (report,) = office_duties.duties(session, date(2026, 11, 30))
    assert (report.kind, report.since) == (REPORT, date(2026, 10, 1))


def test_what_was_noted_by_mistake_is_taken_back(session: Session) -> None:
    office_duties.settle(session, REPORT, "2026-Q3")
    office_duties.reopen(session, REPORT, "2026-Q3")
    assert owed(session) == [(REPORT, "2026-Q3"), (APPRAISAL, "2026")]
    assert office_duties.settled_duties(session) == ()
    with pytest.raises(Refusal) as caught:
        office_duties.reopen(session, REPORT, "2026-Q3")
    assert caught.value.code == "nothing_to_undo"


def test_what_cannot_be_settled(session: Session) -> None:
    assert refused(session, "通报", "2026-Q3") == "unknown_value"
    assert refused(session, REPORT, "三季度") == "unknown_value"
    assert refused(session, REPORT, "2027-Q1") == "date_in_future"
    office_duties.settle(session, REPORT, "2026-Q3")
    assert refused(session, REPORT, "2026-Q3") == "wrong_state"
    assert refused(session, REPORT, "2026-09") == "wrong_state"


def test_a_report_may_be_settled_on_the_last_day_of_its_period(session: Session) -> None:
    office_duties.settle(on(session, "2026-09-30"), REPORT, "2026-Q3")
    assert owed(on(session, "2026-10-08")) == []


def test_the_office_sets_how_often(session: Session) -> None:
    told = [(one.kind, one.period, one.fixed) for one in office_duties.how_often(session)]
    assert told == [(REPORT, "quarter", False), (APPRAISAL, "year", True)]
    office_duties.settle(session, REPORT, "2026-Q3")
    office_duties.set_how_often(session, REPORT, "month")
    assert owed(session) == [(REPORT, "2026-10"), (REPORT, "2026-11"), (APPRAISAL, "2026")]
    for kind, often in ((REPORT, "week"), (APPRAISAL, "month")):
        with pytest.raises(Refusal) as caught:
            office_duties.set_how_often(session, kind, often)
        assert caught.value.code == "unknown_value"


def test_who_may_do_it(session: Session) -> None:
    viewer = replace(session, user=User("赵科长", frozenset((Role.VIEWER,))))
    assert owed(viewer) == [(REPORT, "2026-Q3"), (APPRAISAL, "2026")]
    assert refused(viewer, REPORT, "2026-Q3") == "not_allowed_for_role"
    with pytest.raises(Refusal) as caught:
        office_duties.set_how_often(viewer, REPORT, "month")
    assert caught.value.code == "not_allowed_for_role"
