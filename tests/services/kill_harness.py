"""Kills the program at random instants of random acts and looks whether all it acknowledged is there, and nothing half.

    python -m tests.services.kill_harness --kills 2000 --seed 7

The child dies of SIGKILL in one of three ways: at a moment the parent chooses, just before its n-th call to the disk,
or at the n-th step of the database engine, in the middle of a transaction; on a server, that is before or after its
n-th word to it. A failure names its seed.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from desktop_app.services import office, verification
from desktop_app.services.earlier_keys import key_for
from desktop_app.services.session import Session
from desktop_app.storage import backup
from tests import engines
from tests.cli.offices import FIRST, PASSWORD, T, make_template
from tests.engines import copy_office
from tests.services.office_life import TODAY, Entry, Promise, entries_since, live

_LONGEST = 0.15
"""Seconds that a child lives where the clock ends it: from its start now and then, else from when it has entered."""
_HANGS = 120
"""Seconds after which a child is taken to hang."""
_CALLS, _ENGINE_STEPS, _WORDS_TO_SERVER, _ACTS = 60, 25_000, 300, 14
_NEW_OFFICE_AFTER = 200
"""Kills: so that looking at all of an office stays quick."""
_DISK = ("open", "replace", "rename", "fsync", "unlink", "mkdir", "rmdir", "close")
_KNOWN = {
    "office.db",
    "office.db-wal",
    "office.db-shm",
    "keyring.json",
    "keyring.json.lock",
    "in-use.lock",
    "window.lock",
    "server.json",
    "seat",
    "last-seal.json",
    "waiting-entries.json",
    "waiting-entries.json.lock",
    "attachments",
    "backups",
}


class Lost(AssertionError):
    """Something acknowledged is gone, something half done is there, or the next start is not clean."""


@dataclass
class Office:
    """An office that is killed again and again, and what it has acknowledged so far."""

    folder: Path
    out: Path
    entries: list[Entry] = field(default_factory=list)
    looked_at: int = 0
    drafts: dict[tuple[str, str], str] = field(default_factory=dict)
    attachments: dict[int, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    backup: str = ""
    proved: set[str] = field(default_factory=set)
    under_way: tuple[str, Promise] | None = None

    @classmethod
    def of(cls, template: Path, place: Path) -> Office:
        copy_office(template, place / "office")
        (place / "out").mkdir()
        made = cls(place / "office", place / "out")
        session = office.enter(made.folder, FIRST, PASSWORD, TODAY)
        made.entries = entries_since(session, 0)
        session.close()
        return made


def make_office(folder: Path) -> Path:
    """An office with units and users, to be copied."""
    make_template(folder, T)
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    live_a_little(session, folder)
    session.close()
    return folder


def live_a_little(session: Session, folder: Path) -> None:
    """Some cases to begin with."""
    from tests.services.office_life import ACTS, Life

    life = Life(session, Random(1), folder)
    for _ in range(8):
        ACTS["register"][1](life)


# ------------------------------------------------------------------ the child


def _child(folder: Path, out: Path, seed: int, pipe: Connection) -> None:
    try:
        live(folder, out, seed, pipe.send, _armed(seed), _ACTS)
        signal.pause()
    except BaseException:
        pipe.send(("bug", traceback.format_exc()))
        os._exit(1)


def _armed(seed: int) -> Callable[[Session, Random], None]:
    return (_by_the_clock, _by_the_disk, _by_the_engine)[seed % 3]


def _by_the_clock(session: Session, chance: Random) -> None:
    """The parent does it."""


def _by_the_disk(session: Session, chance: Random) -> None:
    deadly = _deadly(chance.randint(1, _CALLS))
    for name in _DISK:
        setattr(os, name, deadly(getattr(os, name)))


def _by_the_engine(session: Session, chance: Random) -> None:
    if session.database.on_server:
        import psycopg

        deadly = _deadly(chance.randint(1, _WORDS_TO_SERVER))
        # Each is counted before and after: what was committed may not have been heard of.
        for kind, name in ((psycopg.Cursor, "execute"), (psycopg.Connection, "commit")):
            setattr(kind, name, deadly(getattr(kind, name), after=True))
        return
    with session.read() as work:
        driver: Any = work._connection.connection.driver_connection

    def die() -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    driver.set_progress_handler(die, chance.randint(1, _ENGINE_STEPS))


def _deadly(calls: int) -> Callable[..., Callable[..., Any]]:
    """Makes functions of which the call of that number, whichever of them it is to, is the last."""
    left = calls

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def deadly(call: Callable[..., Any], after: bool = False) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            count()
            done = call(*given, **named)
            if after:
                count()
            return done

        return counted

    return deadly


# ------------------------------------------------------------------ the parent


def kill_once(one: Office, seed: int, tally: Counter[str]) -> None:
    """Let a child live on the office and die, take down what it acknowledged, and look. Raises Lost."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(one.folder, one.out, seed, theirs))
    child.start()
    theirs.close()
    one.under_way = None
    _listen(one, ours, child.pid or 0, seed, tally)
    child.join()
    tally["killed" if child.exitcode == -signal.SIGKILL else "ended"] += 1
    tally[f"killed during {one.under_way[0]}" if one.under_way else "killed between two acts"] += 1
    _look(one, tally)


def _listen(one: Office, pipe: Connection, pid: int, seed: int, tally: Counter[str]) -> None:
    by_clock, at_the_door = seed % 3 == 0, seed % 12 == 0
    lives = Random(seed).random() * _LONGEST
    started = time.monotonic()
    until = started + (lives if at_the_door else _HANGS)
    with pipe:
        while True:
            try:
                if not pipe.poll(max(0.0, until - time.monotonic())):
                    os.kill(pid, signal.SIGKILL)
                    if time.monotonic() - started >= _HANGS:
                        raise Lost("it hangs")
                    until = started + _HANGS
                    continue
                told = pipe.recv()
            except EOFError:
                return
            if told[0] == "end":
                os.kill(pid, signal.SIGKILL)
            elif told[0] == "bug":
                raise Lost(told[1])
            else:
                _take_down(one, told, tally)
                if by_clock and told[:2] == ("did", "enter"):
                    until = min(until, time.monotonic() + lives)


def _take_down(one: Office, told: tuple[Any, ...], tally: Counter[str]) -> None:
    kind, name = told[0], told[1]
    if kind == "will":
        one.under_way = (name, told[2])
        return
    one.under_way = None
    tally[f"{name} {kind}"] += 1
    if kind == "refused":
        return
    _, _, done, entered = told
    one.entries += entered or []
    if "draft" in done:
        one.drafts[done["draft"]] = done["text"]
    if "attachment" in done:
        one.attachments[done["attachment"]] = done["sha256"]
    if "file" in done:
        one.papers[done["file"]] = done["sha256"]
    one.backup = done.get("backup", one.backup)


def _look(one: Office, tally: Counter[str]) -> None:
    """The next start, and everything that was acknowledged."""
    session = office.enter(one.folder, FIRST, PASSWORD, TODAY)
    try:
        _look_at_journal(session, one, tally)
        _look_at_numbers(session)
        _look_at_files(session, one)
        _look_at_drafts(session, one)
    finally:
        session.close()
    strange = {path.name for path in one.folder.iterdir()} - _KNOWN
    _wanted(not strange, f"left behind: {strange}")


def _look_at_journal(session: Session, one: Office, tally: Counter[str]) -> None:
    name, promise = one.under_way or ("", {})
    before = one.entries[: one.looked_at]
    there = entries_since(session, before[-1][0] if before else 0)
    acknowledged = one.entries[one.looked_at :]
    _wanted(there[: len(acknowledged)] == acknowledged, "acknowledged events are gone or altered")
    more = there[len(acknowledged) :]
    if more and name != "enter":
        _wanted(bool(name), f"events of nobody: {more}")
        whole = promise.get("events")
        _wanted(whole is None or len(more) == whole, f"{name} is there in part: {more}")
        wanted = promise.get("case")
        _wanted(wanted is None or more[0][2] == wanted, f"{name} of another case: {more}")
        tally["done and not acknowledged"] += 1
    one.entries = before + there
    one.looked_at = len(one.entries)


def _look_at_numbers(session: Session) -> None:
    from desktop_app.services.numbering_check import series_problems

    with session.read() as work:
        found: dict[int, list[int]] = {}
        for row in work.cases.all():
            found.setdefault(row.year, []).append(row.serial)
        problems = list(series_problems(work))
    for year, serials in found.items():
        _wanted(sorted(serials) == list(range(1, len(serials) + 1)), f"a gap in the register of {year}")
    _wanted(not problems, f"document numbers: {problems}")


def _look_at_files(session: Session, one: Office) -> None:
    with session.read() as work:
        for attachment, sha256 in one.attachments.items():
            _wanted(_digest(work.attachments.read(attachment)) == sha256, f"attachment {attachment}")
        lost = [file for file in work.attachments.files() if not work.attachments.is_whole(file)]
        strays = work.attachments.strays()
    one.attachments.clear()
    _wanted(not lost and not strays, f"attachments without a file, or files of none: {lost} {strays}")
    promise = one.under_way[1] if one.under_way else {}
    for file, sha256 in one.papers.items():
        _wanted(_digest(Path(file).read_bytes()) == sha256, f"paper {file}")
        Path(file).unlink()
    one.papers.clear()
    for file in one.out.glob("*.docx"):
        _wanted(str(file) == promise.get("file"), f"a paper of nobody: {file}")
        file.unlink()
    places = {path.name for path in (one.folder / backup.BACKUPS_FOLDER).glob("*")}
    # A newer one of the same day may have taken its place; it is proved below.
    _wanted(not one.backup or max(places, default="") >= one.backup, f"backup {one.backup} is gone")
    for place in places - one.proved:
        file = one.folder / backup.BACKUPS_FOLDER / place
        problems = backup.check_backup(file, key_for(session, file))
        _wanted(not problems, f"half a backup: {place} {problems}")
        one.proved.add(place)


def _look_at_drafts(session: Session, one: Office) -> None:
    from desktop_app.services.drafts import drafts_of

    promise = one.under_way[1] if one.under_way else {}
    for (number, action), text in one.drafts.items():
        kept = drafts_of(session, number, [action]).get(action, {}).get("text")
        may = {text, promise["text"]} if promise.get("draft") == (number, action) else {text}
        _wanted(kept in may, f"draft of {number}: {kept}, not {may}")
    one.drafts.clear()


def prove(one: Office) -> None:
    """Everything in the office, as `verify` does it."""
    session = office.enter(one.folder, FIRST, PASSWORD, TODAY)
    found = verification.verify(session)
    everything = entries_since(session, 0)
    session.close()
    _wanted(everything == one.entries, "acknowledged events are gone or altered")
    _wanted(not found.problems, f"verify: {found.problems}")


def _wanted(holds: bool, what: str) -> None:
    if not holds:
        raise Lost(what)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kill_often(place: Path, kills: int, seed: int, prove_after: int) -> Counter[str]:
    """So many kills, offices proved whole after each `prove_after` of them and at the end. Raises Lost."""
    tally: Counter[str] = Counter()
    template = make_office(place / "template")
    one = Office.of(template, place / "0")
    for count in range(kills):
        if count and count % _NEW_OFFICE_AFTER == 0:
            prove(one)
            engines.forget(one.folder)
            shutil.rmtree(one.folder.parent)
            one = Office.of(template, place / str(count))
        try:
            kill_once(one, seed + count, tally)
            if (count + 1) % prove_after == 0:
                prove(one)
        except Exception as error:
            raise Lost(f"kill {count}, seed {seed + count}, during {one.under_way}: {error}") from error
    prove(one)
    tally["acknowledged events"] = len(one.entries)
    return tally


def main() -> None:
    """From the command line: prints what was killed during what."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--prove-after", type=int, default=50)
    parser.add_argument("--engine", choices=engines.ENGINES, default=engines.SQLITE)
    given = parser.parse_args()
    engines.choose(given.engine)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="liuyan-kills-") as name:
        tally = kill_often(Path(name), given.kills, given.seed, given.prove_after)
    for what, count in sorted(tally.items()):
        print(f"{count:7,}  {what}")
    print(f"{given.kills:,} kills in {time.monotonic() - started:.0f} s: nothing acknowledged was lost")


if __name__ == "__main__":
    sys.exit(main())
