"""Where the program is put together: which part answers, and what it is given."""

from __future__ import annotations

import locale
import os
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
    _leave_no_memory_behind()
    if list(arguments) == ["--self-test"]:
        from desktop_app.selftest import run_self_test

        return run_self_test()
    from desktop_app.cli.main import main

    return main(arguments, open_window)


def open_window(folder: Path | None, today: date | None) -> int:
    """Open the window on a data folder, the platform's own where none is named; returns when it is closed."""
    from desktop_app import paths

    if not _has_display():
        print("这台机器没有图形界面，不能打开窗口；命令行照常可用，见 liuyan --help。", file=sys.stderr)
        return 3
    _speak_utf8()
    from desktop_app.gui.application import start

    return start(folder or paths.default_data_folder(), today)


def _leave_no_memory_behind() -> None:
    """A crash writes no picture of our memory, which holds cases in clear, to the disk. Windows asks its administrator."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _has_display() -> bool:
    """Whether a window can be shown; Qt itself ends the process without a word to the user where none can."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _speak_utf8() -> None:
    """In a locale without UTF-8, as on a bare system, Qt complains in English before anything is shown."""
    if sys.platform.startswith("linux") and locale.getlocale()[1] is None:
        os.environ["LC_ALL"] = "C.UTF-8"
