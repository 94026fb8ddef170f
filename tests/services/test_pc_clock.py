"""The machine's clock held against the newest record, and against time itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.events import NewEvent
from desktop_app.services import office, pc_clock
from desktop_app.services.pc_clock import LONG_AGO, TOLERANCE, ClockWatch, doubt_of, doubt_on_entering
from desktop_app.services.session import CHINA, OfficeClock, Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=CHINA)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD)
    yield opened
    opened.close()


def record_at(session: Session, moment: datetime) -> None:
    """A record as a machine whose clock stands at `moment` would have left it."""
    with session.change() as work:
        work.journal.append([NewEvent("backup", moment.date(), FIRST, moment.isoformat())])


def test_a_clock_that_goes_on_from_the_last_record_raises_no_doubt(session: Session) -> None:
    assert doubt_on_entering(session) is None


def test_a_clock_before_the_last_record_is_certainly_wrong(session: Session) -> None:
    record_at(session, datetime.now(CHINA) + 3 * DAY)
    doubt = doubt_on_entering(session)
    assert doubt is not None and doubt.grave
    assert "早于最近一条记录的时间" in doubt.words


def test_a_long_silence_is_a_milder_note(session: Session) -> None:
    record_at(session, datetime.now(CHINA) - LONG_AGO - 2 * DAY)
    doubt = doubt_on_entering(session)
    assert doubt is not None and not doubt.grave
    assert "已有 32 天" in doubt.words


def test_a_practice_day_is_not_held_against_the_clock(session: Session) -> None:
    record_at(session, datetime.now(CHINA) + 3 * DAY)
    assert doubt_on_entering(replace(session, clock=OfficeClock(date(2026, 12, 1)))) is None


def test_the_words_name_both_times() -> None:
    doubt = doubt_of(NOW + DAY, NOW)
    assert doubt is not None
    assert "2026年11月26日 星期四 08:00" in doubt.words
    assert "2026年11月27日 星期五 08:00" in doubt.words


@given(st.timedeltas(-2 * DAY, 60 * DAY))
def test_doubt_begins_beyond_the_tolerance_and_again_after_a_month(since: timedelta) -> None:
    doubt = doubt_of(NOW, NOW + since)
    assert (doubt is not None) == (since < -TOLERANCE or since > LONG_AGO)
    assert doubt is None or doubt.grave == (since < timedelta(0))


class Machine:
    """A wall clock that can be set, and a steady one that only goes on."""

    def __init__(self) -> None:
        self.wall, self.steady = NOW, 0.0
        self.watch = ClockWatch(lambda: self.wall, lambda: self.steady)

    def goes_on(self, time: timedelta) -> None:
        self.wall += time
        self.steady += time.total_seconds()


def test_time_that_goes_on_and_sleep_raise_no_doubt() -> None:
    machine = Machine()
    for _ in range(3):
        machine.goes_on(MINUTE)
        assert machine.watch.look() is None
    machine.goes_on(14 * timedelta(hours=1))
    assert machine.watch.look() is None


@pytest.mark.parametrize(("jump", "way"), [(-6 * DAY, "往回拨"), (timedelta(hours=2), "往前拨")])
def test_a_jump_is_noticed_once(jump: timedelta, way: str) -> None:
    machine = Machine()
    machine.goes_on(MINUTE)
    machine.wall += jump
    doubt = machine.watch.look()
    assert doubt is not None and doubt.grave and way in doubt.words
    machine.goes_on(MINUTE)
    assert machine.watch.look() is None


def test_a_clock_set_right_by_a_little_is_let_pass() -> None:
    machine = Machine()
    machine.wall += TOLERANCE
    assert machine.watch.look() is None


def test_the_steady_clock_goes_on() -> None:
    before = pc_clock.steady_seconds()
    assert pc_clock.steady_seconds() >= before
