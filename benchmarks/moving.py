"""Moving an office to a server, and back into a folder, in a process of its own each (``--size``).

The clock, with the processor time and the greatest memory of both ends beside it: of this program's process, and of
all the server's together. Without the server's programs on this machine nothing is measured, and a row says so.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks import large_office
from benchmarks.at_size import office_of
from benchmarks.measure import Row, peak_memory, sizes
from desktop_app.services import moving, office, searched_words
from desktop_app.storage.server_address import ServerAddress, seat_folder
from tests.engines import NoServer
from tests.postgres_server import PostgresServer

ONLY_BY_NAME = True
"""Minutes even at ten thousand cases."""
_LOOK_EVERY = 0.2
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class _Moved:
    """Seconds: of the clock until all was there, and after it until it was proved; of the processor. Memory in MB."""

    filled: float
    proved: float
    processor: float
    memory: float


def run() -> list[Row]:
    """Offices of ten thousand cases, a hundred thousand, a million."""
    try:
        return [row for size in sizes() for row in _at(size)]
    except NoServer as lacking:
        return [Row("moving: left out", "-", 0, "", 0, "", str(lacking))]


def _at(size: int) -> Iterator[Row]:
    with (
        tempfile.TemporaryDirectory() as name,
        PostgresServer.start(durable=True) as server,
    ):
        home = Path(name)
        os.environ["XDG_DATA_HOME"] = name  # where the seat's own folder for the server is made
        with office_of(size) as session:
            folder = session.folder
        shutil.copytree(folder, home / "office", ignore=shutil.ignore_patterns("backups"))
        _rebuild(home / "office")
        place = server.make_database("office")
        yield from _rows("moving: to a server", size, server, home / "office", place)
        seat = seat_folder(ServerAddress.of(place))
        yield from _rows("moving: back into a folder", size, server, seat, str(home / "back"))


def _rebuild(folder: Path) -> None:
    """What the made-up office has no fingerprints and readings of: without them it would not be proved."""
    session = office.enter(folder, large_office.USER, large_office.PASSWORD, large_office.TODAY)
    searched_words.rebuild(session, lambda done, total: True)
    session.close()


def _rows(words: str, size: int, server: PostgresServer, folder: Path, place: str) -> Iterator[Row]:
    with _watched(server) as there:
        moved = _in_a_process(folder, place)
    note = (
        f"processor {moved.processor:.0f} s here, {there.processor:.0f} s at the server; "
        f"memory {moved.memory:.0f} MB here, {there.memory:.0f} MB of a process there"
    )
    yield Row(f"{words}, rows and indexes", f"{size:,}", moved.filled, "", 0, "")
    yield Row(f"{words}, proved", f"{size:,}", moved.proved, "", 0, "")
    yield Row(f"{words}, in all", f"{size:,}", moved.filled + moved.proved, "", 0, "", note)


def _in_a_process(folder: Path, place: str) -> _Moved:
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_move, args=(folder, place, theirs))
    child.start()
    theirs.close()
    try:
        moved: _Moved = ours.recv()
    finally:
        child.join()
    return moved


def _move(folder: Path, place: str, said: Connection) -> None:
    session = office.enter(folder, large_office.USER, large_office.PASSWORD, large_office.TODAY)
    go = moving.ready(session, place)
    session.close()
    filled = 0.0

    def progress(done: int, total: int) -> bool:
        nonlocal filled
        if 2 * done <= total:
            filled = time.perf_counter()
        return True

    started, used = time.perf_counter(), time.process_time()
    go(progress)
    ended = time.perf_counter()
    said.send(_Moved(filled - started, ended - filled, time.process_time() - used, peak_memory() or 0.0))


# ------------------------------------------------------------------ the server's share


@dataclass
class _Server:
    processor: float = 0.0
    memory: float = 0.0


@contextmanager
def _watched(server: PostgresServer) -> Iterator[_Server]:
    """What all of the server's processes use meanwhile; the memory of the largest, what they share included."""
    seen, over = _Server(), threading.Event()

    def look() -> None:
        while not over.wait(_LOOK_EVERY):
            seen.memory = max([seen.memory, *map(_memory, _processes(server))])

    before = _used(server)
    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield seen
    finally:
        over.set()
        watch.join()
        seen.processor = _used(server) - before


def _processes(server: PostgresServer) -> list[int]:
    pid = server.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(one) for one in children.split()]


def _used(server: PostgresServer) -> float:
    """Of those that run, and of those that have ended."""
    ended = _times(server.pid or 0)
    return (sum(ended) + sum(sum(_times(one)[:2]) for one in _processes(server))) / _TICKS


def _times(pid: int) -> list[int]:
    """In ticks, of the process and of its children that have ended: for the user, for the system."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return [0, 0, 0, 0]
    return [int(one) for one in told[11:15]]


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
