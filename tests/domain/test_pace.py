"""The rest of a job in words, from how fast it went."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.pace import Pace


@pytest.mark.parametrize(
    ("done", "now", "words"),
    [
        (500, 2.0, ""),
        (5_000, 10.0, "约还需 4 分钟"),
        (50_000, 60.0, "约还需 1 分钟"),
        (99_000, 60.0, "约还需不到 1 分钟"),
        (100, 60.0, "约还需 16 小时 39 分钟"),
        (100_000, 60.0, ""),
    ],
)
def test_the_rest_is_told_by_the_pace_so_far(done: int, now: float, words: str) -> None:
    pace = Pace()
    assert pace.words(0, 100_000, 0.0) == ""
    assert pace.words(done, 100_000, now) == words


def test_a_second_stage_begins_anew() -> None:
    pace = Pace()
    pace.words(0, 10, 0.0)
    pace.words(9, 10, 10.0)
    assert pace.words(1, 100, 11.0) == ""
    assert pace.words(11, 100, 21.0) == "约还需 2 分钟"


def test_while_nothing_is_done_yet_the_clock_does_not_run() -> None:
    pace = Pace()
    for second in range(60):
        pace.words(0, 100, float(second))
    assert pace.words(10, 100, 69.0) == "约还需 2 分钟"


@given(st.lists(st.tuples(st.integers(0, 1000), st.floats(0, 1e6)), max_size=20))
def test_it_never_stumbles(told: list[tuple[int, float]]) -> None:
    pace = Pace()
    for done, now in told:
        pace.words(done, 1000, now)
