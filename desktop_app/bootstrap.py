"""Where the program is put together: which part answers, and what it is given."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path


def run(arguments: Sequence[str]) -> int:
    """Run the program with these words of the command line; returns the exit code."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        # A child of the packaged program starts here again, with its own words.
        multiprocessing.freeze_support()
    if list(arguments) == ["--self-test"]:
        from desktop_app.selftest import run_self_test

        return run_self_test()
    from desktop_app.cli.main import main

    return main(arguments, open_window)


def open_window(folder: Path | None, today: date | None) -> int:
    """Open the window on a data folder, the platform's own where none is named; returns when it is closed."""
    from desktop_app import paths
    from desktop_app.gui.application import start

    return start(folder or paths.default_data_folder(), today)
