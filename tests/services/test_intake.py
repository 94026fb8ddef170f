"""Bringing messages in, as the window does it: progress, cancelling, and nothing left half done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.documents.message_files import bring_in_file
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.errors import Cancelled, Refusal
from desktop_app.services import office, queries, verification
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

TODAY = date(2026, 10, 30)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, TODAY)
    yield opened
    opened.database.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """1,200 messages: more than one chunk."""
    lines = [f"{n},第{n}条,第 {n} 条的内容，各不相同。,2026-09-18" for n in range(1, 1201)]
    made = tmp_path / "messages.csv"
    made.write_text("\n".join(["留言编号,留言主题,留言详情,收件日期", *lines]), encoding="utf-8")
    return made


def test_progress_is_told_and_ends_with_all(session: Session, file: Path) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    assert bring_in_file(session, file, progress=progress).imported == 1200
    assert told[-1] == (1200, 1200) and len(told) > 1
    assert told == sorted(told)


def test_a_trial_that_compares_no_messages_tells_the_rows_looked_at(session: Session, file: Path) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    bring_in_file(session, file, dry_run=True, most_compared=100, progress=progress)
    assert told == sorted(told) and told[-1] == (1000, 1200)


def test_a_cancelled_import_leaves_nothing(session: Session, file: Path) -> None:
    with session.read() as work:
        before = work.journal.last()
    with pytest.raises(Cancelled):
        bring_in_file(session, file, progress=lambda done, total: False)
    assert queries.count_cases(session, CaseQuery()) == 0
    with session.read() as work:
        assert work.journal.last() == before
    assert verification.verify(session).problems == ()
    # Not even a number was used up.
    numbers = bring_in_file(session, file).numbers
    assert (numbers[0], numbers[-1]) == ("2026-0001", "2026-1200")


def registration(**message: str) -> Registration:
    words = {"title": "路灯不亮", "text": "路灯坏了半个月。", **message}
    return Registration(T, date(2026, 9, 18), "市长板块", Message(citizen=Citizen("常乐"), **words))


def test_one_message_typed_by_hand(session: Session) -> None:
    done = register_one(session, registration())
    assert (done.number, done.status, done.due) == ("2026-0001", "待初审", None)
    with session.read() as work:
        (event,) = work.journal.of_case(done.number)
    assert (event.id, event.on) == (done.event, date(2026, 9, 18))
    assert verification.verify(session).problems == ()


@pytest.mark.parametrize("missing", ["title", "text"])
def test_a_message_typed_by_hand_has_title_and_text(session: Session, missing: str) -> None:
    with pytest.raises(Refusal) as refused:
        register_one(session, registration(**{missing: "  "}))
    assert refused.value.code == "missing_key"


def test_a_message_does_not_come_from_the_future(session: Session) -> None:
    late = Registration(T, date(2026, 10, 31), "市长板块", Message("题", "文"))
    with pytest.raises(Refusal) as refused:
        register_one(session, late)
    assert refused.value.code == "date_in_future"
