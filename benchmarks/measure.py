"""What a measurement is: one operation of ours beside a peer or a floor, both in seconds."""

from __future__ import annotations

import gc
import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

SIZE = "LIUYAN_BENCH_SIZE"
"""How many cases the largest office has that measurements which grow are taken at."""
OFFICES = "LIUYAN_BENCH_OFFICES"
"""A folder in which large offices are kept from one run to the next: a million cases take half an hour to make."""
_SMALLEST = 10_000


def sizes(at_most: int | None = None) -> list[int]:
    """Ten thousand cases, then ten times as many, up to what was asked for, or to `at_most` where that is less."""
    largest = int(os.environ.get(SIZE, _SMALLEST))
    if at_most is not None:
        largest = min(largest, at_most)
    found = [min(largest, _SMALLEST)]
    while found[-1] * 10 <= largest:
        found.append(found[-1] * 10)
    return found


@dataclass(frozen=True)
class Row:
    """One line of the table.

    ``ours`` and ``peer`` are seconds of the same run (ratios may be trusted, times drift); 0 for ``peer``
    where there is none. ``target`` is words for people; where it begins with a comparison and a figure
    (``<= 2 x``, ``>= 30 x faster``, ``<= 400 ms``, ``>= 300 /s``) the table says whether it is met.
    ``note`` adds what the figures alone do not tell (memory, sizes).
    """

    operation: str
    size: str
    ours: float
    peer_name: str
    peer: float
    target: str
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours as a multiple of the peer; nan where there is no peer time."""
        return self.ours / self.peer if self.peer > 0 else float("nan")


def peak_memory() -> float | None:
    """The greatest memory of this process so far, in MB; getrusage would count the parent's before exec, too."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else None


def processor_time_of(fn: Callable[[], object], repeats: int = 5) -> float:
    """Seconds of the processor that the thriftiest of ``repeats`` calls took in this thread.

    For what waits for nothing but the processor: on a machine that others use as well the clock tells of them.
    """
    best = float("inf")
    for _ in range(repeats):
        started = time.thread_time()
        fn()
        best = min(best, time.thread_time() - started)
    return best


def best_of(fn: Callable[[], object], repeats: int = 5) -> float:
    """Seconds of the quickest of ``repeats`` calls, garbage collected before them and not during them."""
    return best_of_each((fn,), repeats)[0]


def best_of_each(fns: Sequence[Callable[[], object]], repeats: int) -> list[float]:
    """The same of several, called by turns, so that what else the machine does touches all of them."""
    best = [float("inf")] * len(fns)
    # Once: beside a call of a millisecond, each collection takes fifty.
    gc.collect()
    gc.disable()
    try:
        for _ in range(repeats):
            for place, fn in enumerate(fns):
                started = time.perf_counter()
                fn()
                best[place] = min(best[place], time.perf_counter() - started)
    finally:
        gc.enable()
    return best
