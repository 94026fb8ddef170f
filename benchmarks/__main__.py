"""``python -m benchmarks [name ...]``: runs the measurements and prints one Markdown table.

Each module beside this one that has ``run() -> list[Row]`` is a measurement; names choose among them. One that says
``ONLY_BY_NAME`` takes long and is run only where it is named.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.measure import OFFICES, SIZE, Row
from benchmarks.table import markdown

_OWN = {"__main__", "film", "large_office", "measure", "message_file", "office_words", "table"}


def available() -> list[str]:
    """Names of the modules that may hold a measurement."""
    here = str(Path(__file__).parent)
    return sorted(found.name for found in pkgutil.iter_modules([here]) if found.name not in _OWN)


def machine() -> str:
    """The machine in a line, without its name."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs all measurements, or those named; 1 where one failed to run, 2 for an unknown name."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="measurements to run (all where none is named)")
    parser.add_argument(
        "--size", type=int, help="cases of the largest office that growth is measured at (default 10000)"
    )
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    chosen = parser.parse_args(arguments)
    if chosen.size:
        os.environ[SIZE] = str(chosen.size)
    known = available()
    if chosen.list:
        print("\n".join(known))
        return 0
    unknown = [name for name in chosen.names if name not in known]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as offices:
        # Made once, the offices serve all measurements of this run.
        os.environ.setdefault(OFFICES, offices)
        rows, failed = _measured(chosen.names or known, not chosen.names)
    print(markdown(rows))
    print(f"\n{machine()}")
    return 1 if failed else 0


def _measured(names: Iterable[str], unasked: bool) -> tuple[list[Row], bool]:
    """What was measured, and whether one of them failed to run; `unasked`: nobody named them."""
    rows: list[Row] = []
    failed = False
    for name in names:
        module = importlib.import_module(f"benchmarks.{name}")
        run: Callable[[], list[Row]] | None = getattr(module, "run", None)
        if run is None or (unasked and getattr(module, "ONLY_BY_NAME", False)):
            continue
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        started = time.perf_counter()
        try:
            rows.extend(run())
        except Exception as error:  # one broken measurement must not hide the others
            failed = True
            print(f"{name} failed: {type(error).__name__}: {error}", file=sys.stderr)
        print(f"  {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return rows, failed


if __name__ == "__main__":
    sys.exit(main())
