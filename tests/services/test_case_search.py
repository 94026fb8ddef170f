"""Finding the case that another one is to be linked to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.services import office
from desktop_app.services.case_search import alike_cases, find_cases
from desktop_app.services.registration import register_all
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

CITIZEN = Citizen("常乐", "13904750001")
MESSAGES = (
    Message("常乐反映路灯不亮", "小区东门外的路灯坏了半个月。", CITIZEN, board_number="18000001"),
    Message("学校收费", "收费没有公示，请说明。", Citizen("王小明"), board_number="18000002"),
    Message("路灯还是不亮", "小区东门外的路灯，坏了半个月！", CITIZEN, board_number="18000003"),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 9, 30))
    with opened.change() as work:
        register_all(opened, work, [Registration(T, date(2026, 9, 18), "市长板块", one) for one in MESSAGES])
    yield opened
    opened.database.close()


@pytest.mark.parametrize("words", ["2026-0001", "2026-1", "２０２６－０００１", "18000001", "board:18000001"])
def test_a_case_is_found_by_either_of_its_numbers(session: Session, words: str) -> None:
    first = find_cases(session, words)[0]
    assert (first.number, first.status) == ("2026-0001", "待初审")


def test_words_find_the_newest_first_with_titles_masked(session: Session) -> None:
    found = find_cases(session, "路灯")
    assert [one.number for one in found] == ["2026-0003", "2026-0001"]
    assert found[1].title == "**反映路灯不亮"


def test_the_case_itself_is_not_offered(session: Session) -> None:
    assert [one.number for one in find_cases(session, "路灯", but="2026-0003")] == ["2026-0001"]
    assert find_cases(session, "2026-0003", but="2026-0003") == ()
    assert find_cases(session, "  ") == ()


def test_what_has_the_same_words_is_alike(session: Session) -> None:
    assert [one.number for one in alike_cases(session, "2026-0003")] == ["2026-0001"]
    assert alike_cases(session, "2026-0002") == ()


def test_voided_cases_are_not_offered(session: Session) -> None:
    with session.change() as work:
        row = work.cases.get("2026-0001")
        assert row is not None
        work.cases.update(replace(row, voided=True))
    assert alike_cases(session, "2026-0003") == ()
    assert "2026-0001" not in [one.number for one in find_cases(session, "2026-0001")]
