"""Programs that are not ours are started without what a bundle tells the loader for itself."""

from __future__ import annotations

import os
import sys


def environment_of_others() -> dict[str, str]:
    """Our environment, fit for a program of the machine's own."""
    told = dict(os.environ)
    if getattr(sys, "frozen", False):
        # PyInstaller's start-up points the loader at the bundle, and keeps what stood there before.
        before = told.pop("LD_LIBRARY_PATH_ORIG", None)
        told.pop("LD_LIBRARY_PATH", None)
        if before is not None:
            told["LD_LIBRARY_PATH"] = before
    return told
