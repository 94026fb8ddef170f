"""What every test stands on: no screen, known fonts, and the same examples each time.

Set before the first test module is imported, because Qt and the office suite read the environment once.
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))

# Derandomized: a red test is red for everyone, and `make test` never turns red by luck.
settings.register_profile("house", max_examples=60, deadline=None, derandomize=True, database=None)
settings.load_profile("house")
