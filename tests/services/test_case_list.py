"""The register as a list that is scrolled and searched: who may search by what, and where a place in it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role
from desktop_app.errors import Refusal
from desktop_app.services import case_list, office, queries
from desktop_app.services.cases import act
from desktop_app.services.registration import register_all
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

FIRST_DAY = date(2026, 9, 1)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Thirty cases, two a day; the third was dispatched."""
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 9, 30))
    office.bring_in_units(opened, [Unit("甲市住房和城乡建设局", ("住建局",)), Unit("甲市教育局")])
    with opened.change() as work:
        register_all(opened, work, [_registration(place) for place in range(30)])
    act(opened, "2026-0003", "accept", {"category": "投诉"}, date(2026, 9, 2))
    act(opened, "2026-0003", "dispatch", {"lead": "住建局"}, date(2026, 9, 2))
    yield opened
    opened.database.close()


def _registration(place: int) -> Registration:
    names = ("王小明", "单晓", "")
    message = Message(
        f"第{place}件", "反映水压不足。", Citizen(names[place % 3], "13904750001"), str(5000 + place)
    )
    return Registration(T, FIRST_DAY + timedelta(days=place // 2), "市长板块", message)


def found(session: Session, text: str) -> list[str]:
    return queries.case_numbers(session, CaseQuery(text=text))


def test_a_unit_is_found_by_its_initials_and_a_citizen_by_hers(session: Session) -> None:
    assert found(session, "zjj") == ["2026-0003"]
    assert found(session, "sx") == [f"2026-{serial:04d}" for serial in range(2, 31, 3)]
    assert found(session, "王小明") == [f"2026-{serial:04d}" for serial in range(1, 31, 3)]


def test_who_may_not_see_who_wrote_finds_nobody_by_name(session: Session) -> None:
    with session.change() as work:
        # With one user the posts are not separated, and that one may do everything.
        work.users.put(
            replace(session.user, name="李四", roles=frozenset((Role.ADMINISTRATOR, Role.SECURITY)))
        )
    leader = replace(session, user=replace(session.user, roles=frozenset((Role.VIEWER,))))
    assert found(leader, "王小明") == found(leader, "wxm") == []
    assert found(leader, "水压") == found(session, "水压") != []
    assert found(leader, "zjj") == ["2026-0003"]


@pytest.mark.parametrize(
    ("query", "words", "place"),
    [
        (CaseQuery(descending=True), "2026-0021", 9),
        (CaseQuery(), "21", 20),
        (CaseQuery(descending=True), "2026-09-05", 20),
        (CaseQuery(), "9月5日", 8),
        (CaseQuery(sort="received"), "9-5", 8),
        (CaseQuery(sort="received", descending=True), "20260905", 20),
        (CaseQuery(text="水压", descending=True), "9.5", 20),
        (CaseQuery(sort="due"), "2026-0003", 0),
        (CaseQuery(sort="unit"), "2026-0003", 29),
    ],
)
def test_a_place_is_found_by_number_or_by_day(
    session: Session, query: CaseQuery, words: str, place: int
) -> None:
    assert case_list.find_place(session, query, words) == place


@pytest.mark.parametrize(
    ("query", "words", "code"),
    [
        (CaseQuery(), "2026-0099", "unknown_case"),
        (CaseQuery(category="投诉"), "2026-0001", "unknown_case"),
        (CaseQuery(), "什么", "unknown_case"),
        (CaseQuery(sort="unit"), "9-5", "unknown_value"),
        (CaseQuery(), "2027-01-05", "unknown_value"),
        (CaseQuery(sort="due"), "2026-12-31", "unknown_case"),
    ],
)
def test_what_is_no_place_is_refused(session: Session, query: CaseQuery, words: str, code: str) -> None:
    if words == "2026-12-31":
        # Behind the last deadline come the cases that have none.
        assert case_list.find_place(session, query, words) == 1
        return
    with pytest.raises(Refusal) as refused:
        case_list.find_place(session, query, words)
    assert refused.value.code == code


def test_a_list_anew_tells_where_a_case_has_gone(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    query = CaseQuery(descending=True)
    assert case_list.open_list(session, query, 0, 5, "2026-0021").kept_at == 9
    with session.change() as work:
        register_all(session, work, [_registration(28), _registration(29)])
    assert case_list.open_list(session, query, 0, 5, "2026-0021").kept_at == 11
    monkeypatch.setattr(case_list, "NUMBERS_AT_ONCE", 5)
    anew = case_list.open_list(session, query, 0, 5, "2026-0021")
    assert (anew.kept_at, anew.numbers) == (11, None)
    by_due = replace(query, sort="due")
    assert case_list.open_list(session, by_due, 0, 5, "2026-0003").kept_at == 0
    assert case_list.open_list(session, replace(query, category="投诉"), 0, 5, "2026-0021").kept_at is None


def test_a_long_list_is_measured_behind_what_is_shown(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_list, "LANDMARKS_FROM", 10)
    monkeypatch.setattr(case_list, "_EVERY", 10)
    monkeypatch.setattr("desktop_app.storage.case_pages._QUICK_AT_MOST", 4)
    monkeypatch.setattr(case_list, "NUMBERS_AT_ONCE", 3)
    query = CaseQuery(text="水压", sort="received")
    opened = case_list.open_list(session, query, 0, 2)
    assert (opened.total, opened.total_exact, opened.or_more) == (4, False, True)
    measured = case_list.measure_list(session, query)
    assert (measured.total, measured.total_exact) == (30, True)
    assert [place for place, _ in measured.landmarks] == [10, 20, 30]
    window = case_list.list_window(session, query, 20, 2, measured.landmarks[1])
    assert [case.number for case in window.cases] == ["2026-0021", "2026-0022"]
