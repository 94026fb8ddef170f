"""Several seats at work while their server is killed and their lines are cut: a share of what `seats_harness` does.

The whole on demand: `python -m tests.services.seats_harness`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.seats_harness import run

pytestmark = pytest.mark.server_only("about an office of several seats")


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    acts = 240
    result = run(tmp_path, seats=3, acts=acts, kills=1, cuts=2, seed=20261127)
    tally = result.tally
    assert tally["kills of the server"] == 1
    assert sum(count for name, count in tally.items() if name.startswith("cuts: ")) == 2
    failed = sum(count for name, count in tally.items() if name.startswith("acts failed: "))
    assert tally["acts done"] + tally["acts refused by the rules"] + failed == acts
    assert 0 < failed < acts / 10
    assert tally["events in the journal"] > acts / 3
    assert tally["document numbers"] > 5
