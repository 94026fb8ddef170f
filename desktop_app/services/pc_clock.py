"""Whether the clock of this machine can be believed: every deadline is counted from the day it tells.

On entering an office it is held against the newest record; while the program runs, against a clock that nobody
can set. What is found is said, and nothing is refused: only people know which of the two is wrong.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.domain.wording import full_date
from desktop_app.services.session import CHINA, Session

TOLERANCE = timedelta(minutes=5)
"""A clock is set right by less than this now and then; no deadline stands on it."""

LONG_AGO = timedelta(days=30)
"""Longer than any holiday: an office that recorded nothing for so long may have a clock that ran ahead."""


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """What is odd about the clock. `grave`: it is certainly wrong, or was."""

    words: str
    grave: bool


def doubt_on_entering(session: Session) -> ClockDoubt | None:
    """The clock against the newest record of the journal; None where they agree, and on a practice day."""
    if session.clock.practice:
        return None
    with session.read() as work:
        last = work.journal.last()
        event = work.journal.get(last[0]) if last is not None else None
    if event is None:
        return None
    return doubt_of(datetime.fromisoformat(event.entered), datetime.fromisoformat(session.clock.now()))


def doubt_of(recorded: datetime, now: datetime) -> ClockDoubt | None:
    """What the time of the newest record says about the clock."""
    if now < recorded - TOLERANCE:
        return ClockDoubt(
            f"本机时钟是 {_words(now)}，早于最近一条记录的时间 {_words(recorded)}。"
            "期限、提醒都按本机日期计算，请先核对并校正日期和时间。",
            grave=True,
        )
    if now > recorded + LONG_AGO:
        days = (now.astimezone(CHINA).date() - recorded.astimezone(CHINA).date()).days
        return ClockDoubt(
            f"本机时钟是 {_words(now)}，距最近一条记录（{_words(recorded)}）已有 {days} 天；"
            "如果不是这么久没有办理，请核对本机日期。",
            grave=False,
        )
    return None


def _words(moment: datetime) -> str:
    local = moment.astimezone(CHINA)
    return f"{full_date(local.date())} {local:%H:%M}"


def steady_seconds() -> float:
    """Seconds on a clock that nobody sets and that goes on while the machine sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class ClockWatch:
    """Looks again and again whether the clock went as time did. One a window."""

    def __init__(
        self,
        now: Callable[[], datetime] = lambda: datetime.now(CHINA),
        steady: Callable[[], float] = steady_seconds,
    ) -> None:
        self._now, self._steady = now, steady
        self._seen, self._since = now(), steady()

    def look(self) -> ClockDoubt | None:
        """What happened to the clock since the last look; None where it only went on."""
        now, since = self._now(), self._steady()
        expected = self._seen + timedelta(seconds=since - self._since)
        self._seen, self._since = now, since
        if abs(now - expected) <= TOLERANCE:
            return None
        way = "往回拨" if now < expected else "往前拨"
        return ClockDoubt(
            f"本机时钟刚才被{way}：应为 {_words(expected)}，现为 {_words(now)}。"
            "期限、提醒都按本机日期计算，请核对日期和时间。",
            grave=True,
        )
