"""The program is killed at random instants: nothing acknowledged is lost, nothing half done is there.

Two thousand times on demand: `python -m tests.services.kill_harness`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.services.kill_harness import kill_often

KILLS = 200


@pytest.mark.skipif(os.name == "nt", reason="there is no fork")
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    tally = kill_often(tmp_path, KILLS, seed=20261126, prove_after=100)
    assert tally["killed"] == KILLS
    during = {name for name in tally if name.startswith("killed during")}
    assert "killed during step" in during and len(during) >= 4
    assert tally["acknowledged events"] > KILLS
