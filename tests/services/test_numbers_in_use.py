"""Several seats take numbers at once, each a process of its own on the one file: none is skipped, none given twice."""

from __future__ import annotations

import multiprocessing
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.renumbering import number_taken
from desktop_app.domain.units import Unit
from desktop_app.services import office
from desktop_app.services.cases import act, act_in
from desktop_app.services.registration import register_all
from desktop_app.services.session import Session
from desktop_app.services.spoiled_papers import void
from desktop_app.services.verification import verify
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

TODAY = date(2026, 10, 30)
SEATS, ACTS = 4, 15


def _sit_down(folder: str, key: bytes, seat: int, acts: int) -> None:
    """One seat: reminders on its own case and on everybody's in turn, and a spoiled sheet at the end."""
    session = office.enter_with_key(Path(folder), FIRST, key, TODAY)
    for place in range(acts - 1):
        number = "2026-0001" if place % 2 else f"2026-{seat + 2:04d}"
        taken = act(session, number, "remind", {"to": "教育局", "channel": "书面"}, date(2026, 10, 9))
    void(session, taken.document, "卡纸")
    session.close()


def take_numbers(folder: Path, key: bytes, seats: int, acts: int) -> list[int | None]:
    """Let so many seats take so many numbers each, at once; the exit codes of their processes."""
    fork = multiprocessing.get_context("fork")  # every connection is closed by then
    work = [fork.Process(target=_sit_down, args=(str(folder), key, seat, acts)) for seat in range(seats)]
    for one in work:
        one.start()
    for one in work:
        one.join()
    return [one.exitcode for one in work]


def make_office(folder: Path, seats: int) -> bytes:
    """An office with a dispatched case for each seat and one for all; returns its key."""
    found_quickly(folder, T)
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    office.bring_in_units(session, [Unit("甲市教育局", ("教育局",))])
    message = Message("路灯不亮", "路灯坏了。", Citizen("常乐"))
    registration = Registration(T, date(2026, 9, 18), "市长板块", message)
    with session.change() as work:
        numbers = [one.number for one in register_all(session, work, [registration] * (seats + 1))]
    for number in numbers:
        act(session, number, "accept", {"category": "投诉"}, date(2026, 9, 18))
        act(session, number, "dispatch", {"lead": "教育局"}, date(2026, 9, 21))
    key = session.database.key
    session.close()
    return key


def check_numbers(session: Session, wanted: int) -> None:
    """Serials 1 to `wanted` of 提醒单, each once, each taken by exactly one event of the case that it is listed on."""
    with session.read() as work:
        issued = [one for one in work.issued.all() if one.series.endswith("/reminder")]
        events = [event for event in work.journal.since(0) if number_taken(event)]
    assert [one.serial for one in issued] == list(range(1, wanted + 1))
    taken = {number_taken(event): (event.id, event.case) for event in events}
    assert len(taken) == len(events)
    for one in issued:
        (of,) = one.of_cases
        assert taken[one.text] == (of.event_id, of.case)
    assert verify(session).problems == ()


def test_no_number_is_skipped_or_given_twice(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    key = make_office(folder, SEATS)
    assert take_numbers(folder, key, SEATS, ACTS) == [0] * SEATS
    session = office.enter_with_key(folder, FIRST, key, TODAY)
    check_numbers(session, SEATS * ACTS)
    with session.read() as work:
        assert sum(one.voided for one in work.issued.all()) == SEATS
    session.close()


def test_an_act_that_is_taken_back_leaves_its_number_to_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    key = make_office(folder, 1)
    session = office.enter_with_key(folder, FIRST, key, TODAY)
    with pytest.raises(RuntimeError, match="stop"), session.change() as work:
        act_in(session, work, "2026-0001", "remind", {"to": "教育局"}, TODAY)
        raise RuntimeError("stop")
    assert act(session, "2026-0002", "remind", {"to": "教育局"}).document == "通民盼提〔2026〕1号"
    check_numbers(session, 1)
    session.close()
