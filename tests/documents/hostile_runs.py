"""Files are read one after the other in a process of its own, with little memory, no network, and a watch on the clock.

Whatever the file: it is read, or told in one of the program's own errors. Nothing else is raised, nothing takes longer
than ten seconds or more than a gigabyte, nothing is written outside the folder of the trial, nobody is called.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from desktop_app.errors import LiuyanError
from tests.documents.mutations import mutated

EXAMPLES = int(os.environ.get("LIUYAN_HOSTILE", "60"))
"""Files a reader is given; set the variable for a longer hunt."""
SECONDS, MEMORY = 10, 2**30
_WAITING = 90
"""Seconds by the wall: what waits for ever works for none. Work is counted by itself: others may keep the machine busy."""
_WHOLE_RUN = 100 + EXAMPLES * 2

Reader = Callable[[Path], object]
"""Reads a file, or raises a LiuyanError; what it gives back is not looked at, so it asserts what it must hold itself."""


class Fell(AssertionError):
    """A file that brought the program down, or out of its bounds."""


def survive(
    reader: Reader, good: Sequence[Path], folder: Path, seed: int = 0, share: int = 1
) -> Counter[str]:
    """Give the reader the good files made bad, `EXAMPLES` of them or a share for a slow one; how they ended.

    Raises Fell, naming the seed.
    """
    contents = tuple(file.read_bytes() for file in good)

    def made(number: int) -> Path:
        chance = Random(f"{seed}/{number}")
        place = chance.randrange(len(good))
        file = folder / f"{number}{good[place].suffix}"
        file.write_bytes(mutated(contents[place], contents, chance))
        return file

    return survive_all(
        reader, [lambda number=number: made(number) for number in range(EXAMPLES // share)], folder
    )  # type: ignore[misc]


def survive_all(reader: Reader, makers: Sequence[Callable[[], Path]], folder: Path) -> Counter[str]:
    """The same with files that are made one by one, each just before it is read and gone after."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_read_all, args=(reader, makers, folder, theirs))
    child.start()
    theirs.close()
    tally: Counter[str] = Counter()
    under_way = ""
    try:
        while ours.poll(_WHOLE_RUN):
            kind, word = ours.recv()
            if kind == "reads":
                under_way = word
            elif kind == "fell":
                raise Fell(f"{under_way}: {word}")
            else:
                tally[word] += 1
    except EOFError:
        child.join()
        if child.exitcode != 0:
            raise Fell(f"{under_way}: the process died ({child.exitcode})") from None
        return tally
    finally:
        if child.is_alive():
            child.kill()
        child.join()
        ours.close()
    raise Fell(f"{under_way}: no end")


# ------------------------------------------------------------------ the child


def _read_all(reader: Reader, makers: Sequence[Callable[[], Path]], folder: Path, pipe: Connection) -> None:
    _bound(folder, pipe)
    for number, make in enumerate(makers):
        pipe.send(("reads", str(number)))
        try:
            file = make()
            begin_the_clock()
            outcome = _outcome(reader, file)
        except BaseException:
            pipe.send(("fell", traceback.format_exc()))
            os._exit(1)
        finally:
            begin_the_clock(0, 0)
        pipe.send(("ended", outcome))
        if file.is_file():
            file.unlink(missing_ok=True)
    pipe.close()
    os._exit(0)


def begin_the_clock(seconds: float = SECONDS, waiting: float = _WAITING) -> None:
    """For one file; a reader of many lines may begin it for each."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, waiting)


def _outcome(reader: Reader, file: Path) -> str:
    try:
        reader(file)
    except LiuyanError as error:
        assert error.message.strip() and "Traceback" not in error.message, "an error without words"
        return type(error).__name__
    return "read"


def _bound(folder: Path, pipe: Connection) -> None:
    in_use = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (in_use + MEMORY, in_use + MEMORY))

    def late(signum: int, frame: Any) -> None:
        raise TimeoutError(f"more than {SECONDS} s")

    for told in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(told, late)
    allowed = (str(folder), "/dev/null")

    def watch(event: str, given: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
            raise Fell(f"{event} {given}")
        if event == "open" and isinstance(given[0], str | os.PathLike):
            written = isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            path = os.path.realpath(given[0])
            if written and not path.startswith(allowed) and not path.endswith(".pyc"):
                raise Fell(f"writes {path}")

    sys.addaudithook(watch)
