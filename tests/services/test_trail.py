"""The auditor looks through both chains: who, when, what and which case, and no word of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desktop_app.documents.trail_sheet import write_trail
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.users import Role
from desktop_app.errors import Refusal
from desktop_app.services import access, case_view, cases, coming_and_going, office, registration, trail
from desktop_app.services.session import Session
from desktop_app.services.trail import Place, TrailLine, TrailQuery
from desktop_app.storage import keyring
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

EVERYTHING = TrailQuery()
WORDS = ("路灯", "杨某", "13900001234", "半个月", "核对手机号", "城建")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Two cases; one accepted, looked at, and revealed."""
    folder = tmp_path / "office"
    found_quickly(folder, T)
    opened = office.enter_with_key(folder, FIRST, keyring.unlock(folder, FIRST, PASSWORD))
    coming_and_going.note_login(opened, "window")
    for serial in (1, 2):
        message = Message(
            f"路灯不亮{serial}",
            "路灯坏了半个月。",
            Citizen("杨某", "13900001234"),
            board_number=f"18{serial}",
        )
        registration.register_one(opened, Registration(T, date(2026, 9, 22), "市长板块", message))
    cases.act(opened, "2026-0001", "accept", {"category": "投诉", "urgency": "一般", "topic": "城建"})
    access.record_view(opened, "2026-0001")
    case_view.reveal_case(opened, "2026-0001", "核对手机号")
    yield opened
    opened.close()


def _all(session: Session, query: TrailQuery = EVERYTHING) -> list[TrailLine]:
    return list(trail.read_all(session, query))


def _as(session: Session, *roles: Role) -> Session:
    session.user = replace(session.user, roles=frozenset(roles))
    return session


def test_both_chains_come_as_one_list_the_newest_first(session: Session) -> None:
    told = [(line.title, line.by, line.number) for line in _all(session)]
    assert told == [
        ("查看受保护信息", FIRST, "2026-0001"),
        ("查看办件", FIRST, "2026-0001"),
        ("受理", FIRST, "2026-0001"),
        ("登记", FIRST, "2026-0002"),
        ("登记", FIRST, "2026-0001"),
        ("登录", FIRST, ""),
        ("建立单位", FIRST, ""),
    ]


def test_no_word_of_a_case_is_told(session: Session, tmp_path: Path) -> None:
    write_trail(session, TrailQuery(), tmp_path / "trail.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "trail.xlsx").active
    assert sheet is not None
    told = repr(_all(session)) + repr(list(sheet.values))
    assert not [word for word in WORDS if word in told]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        (TrailQuery(action="查看办件"), ["查看办件"]),
        (TrailQuery(action="view"), ["查看办件"]),
        (TrailQuery(number="2026-2"), ["登记"]),
        (TrailQuery(user=FIRST, action="登录"), ["登录"]),
        (TrailQuery(user="没有这个人"), []),
        (TrailQuery(text="途径：窗口"), ["登录"]),
        (TrailQuery(text="2026-0002"), ["登记"]),
        (TrailQuery(low=date(2100, 1, 1)), []),
        (TrailQuery(high=date(2001, 1, 1)), []),
    ],
)
def test_it_is_narrowed_by_who_when_what_and_which(
    session: Session, query: TrailQuery, titles: list[str]
) -> None:
    assert [line.title for line in _all(session, query)] == titles


def test_today_is_found_by_its_day(session: Session) -> None:
    today = date.fromisoformat(session.clock.now()[:10])
    assert _all(session, TrailQuery(low=today, high=today)) == _all(session)


def test_a_name_with_marks_of_its_own_finds_only_itself(session: Session) -> None:
    session.user = replace(session.user, name='王"%_\\')
    access.record_view(session, "2026-0002")
    cases.act(session, "2026-0002", "accept", {"category": "投诉", "urgency": "一般"})
    found = _all(session, TrailQuery(user='王"%_\\'))
    assert [line.title for line in found] == ["受理", "查看办件"]


def test_pages_join_to_the_whole(session: Session) -> None:
    whole = _all(session)
    found: list[TrailLine] = []
    after = None
    while True:
        page = trail.read_page(session, TrailQuery(), 2, after)
        found += page.lines
        if page.next is None:
            break
        after = Place.decode(page.next.encode())
    assert found == whole


def test_what_is_no_kind_no_number_and_no_page_is_refused(session: Session) -> None:
    for query, code in (
        (TrailQuery(action="瞎写"), "unknown_value"),
        (TrailQuery(number="瞎写"), "unknown_case"),
    ):
        with pytest.raises(Refusal) as told:
            _all(session, query)
        assert told.value.code == code
    with pytest.raises(Refusal):
        Place.decode("瞎写")


def test_who_took_it_out_is_an_entry_with_the_files_digest(session: Session, tmp_path: Path) -> None:
    assert write_trail(session, TrailQuery(), tmp_path / "trail.xlsx") == 7
    (line,) = _all(session, TrailQuery(action="查阅日志"))
    assert (line.facts["as"], line.facts["rows"], len(line.facts["sha256"])) == ("file", "7", 64)


def test_only_the_auditor_looks_through_it(session: Session) -> None:
    for role in (Role.OPERATOR, Role.REVIEWER, Role.VIEWER):
        with pytest.raises(Refusal, match="安全审计员"):
            trail.read_page(_as(session, role), TrailQuery(), 10)
        assert not trail.may_read(session)
    assert len(_all(_as(session, Role.AUDITOR))) == 7


def test_the_keeper_of_passwords_sees_who_came(session: Session) -> None:
    lines = _all(_as(session, Role.SECURITY))
    assert [line.title for line in lines] == ["登录"]
    assert _all(session, TrailQuery(action="查看办件")) == []
