"""`verify`: whatever of a case is altered behind the journal's back is found and named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.services import office, registration, verification
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

MESSAGE = Message(
    title="路灯不亮",
    text="小区门口的路灯坏了半个月。",
    citizen=Citizen("杨某", "13900001234"),
    board_number="1801",
    kind="投诉/求助",
    extra={"点赞数": "3"},
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 10, 30))
    yield opened
    opened.database.close()


@pytest.fixture
def number(session: Session) -> str:
    given = Registration(T, date(2026, 9, 22), "市长板块", MESSAGE)
    return registration.register_one(session, given).number


def test_an_untouched_office_is_whole(session: Session, number: str) -> None:
    found = verification.verify(session)
    assert (found.cases, found.problems) == (1, ())


@pytest.mark.parametrize(
    "altered",
    [
        replace(MESSAGE, text="别的内容。"),
        replace(MESSAGE, citizen=Citizen("杨某", "13900009999")),
        replace(MESSAGE, extra={"点赞数": "4"}),
        replace(MESSAGE, kind="咨询"),
        replace(MESSAGE, answer="早已答复。"),
    ],
)
def test_an_altered_message_is_found(session: Session, number: str, altered: Message) -> None:
    with session.change() as work:
        work.messages.replace(number, altered)
    problems = verification.verify(session).problems
    # Where the words themselves differ, so does what is kept of them for searching and for likeness.
    assert problems[0].kind == "projection"
    assert {problem.where for problem in problems} - {"likeness_keys"} == {number}


def test_of_many_like_problems_the_first_are_told_and_how_many_more(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "_MOST_TOLD", 2)
    numbers = []
    for serial in range(5):
        message = replace(MESSAGE, board_number=f"18{serial}", text=f"第 {serial} 盏路灯坏了。")
        given = Registration(T, date(2026, 9, 22), "市长板块", message)
        numbers.append(registration.register_one(session, given).number)
    with session.change() as work:
        for number in numbers:
            work.search.put(number, ["别的"], "别人")
    problems = verification.verify(session).problems
    assert [one.where for one in problems] == [*numbers[:2], ""]
    assert problems[-1].kind == "search"
    assert "还有 3 处" in problems[-1].message
