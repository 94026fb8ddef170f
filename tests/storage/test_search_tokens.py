"""What is written into the search index of a case: the same in every process that writes or compares it."""

from __future__ import annotations

import os
import subprocess
import sys

TOLD = """
from desktop_app.storage.search_tokens import name_tokens, text_tokens
print(*text_tokens("小区水压不足，已经三个月没有热水了，请有关部门尽快解决。"), *name_tokens("欧阳建国"))
"""


def told_under(seed: int) -> str:
    given = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(
        [sys.executable, "-c", TOLD], env=given, capture_output=True, text=True, check=True
    ).stdout


def test_tokens_stand_in_the_same_order_in_every_process() -> None:
    first = told_under(1)
    assert len(first.split()) > 50
    assert {told_under(seed) for seed in (2, 3)} == {first}
