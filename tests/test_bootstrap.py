"""What holds for the whole program, from its first line on."""

from __future__ import annotations

import subprocess
import sys

import pytest

_CODE = """
import resource
from desktop_app.bootstrap import run
run(["deadline", "--regulation", "tongliao-2023", "--start", "2026-09-24", "--json"])
print(resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core files by itself")
def test_a_crash_writes_no_picture_of_the_memory() -> None:
    ran = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "(0, 0)"
