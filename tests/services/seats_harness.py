"""Several seats at work in one office on one server, which is killed and whose lines are cut: nothing acknowledged is
lost, nothing is there twice or half, and no number is given twice or skipped.

    python -m tests.services.seats_harness --seats 8 --acts 20000 --kills 2 --cuts 10 --seed 7

Each seat is a process with a folder of its own (`seat_life`), reached over a line that can be cut (`cut_line`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

from desktop_app.documents.unit_files import read_units
from desktop_app.domain.users import Role
from desktop_app.services import accounts, office, verification
from desktop_app.services.numbering_check import series_problems
from desktop_app.services.session import OfficeClock, Session
from desktop_app.storage.server_address import ServerAddress, write_address
from tests.cli.offices import DATA, FIRST, PASSWORD, T
from tests.cut_line import CutLine
from tests.postgres_server import PostgresServer
from tests.services.kill_harness import live_a_little
from tests.services.office_life import TODAY
from tests.services.seat_life import LOOKS, NOTES

ROOT = Path(__file__).parents[2]
_PATIENCE = 3600
_SEVERAL = ("paper", "undo import", "attach")
"""Acts of more than one transaction: the first may stand where the second could not be done."""
_KNOWN_CODES = frozenset(("server_lost", "server_silent", "outcome_unknown", "locked", "server_busy"))


class Lost(AssertionError):
    """Something acknowledged is gone, or there is more than was done."""


@dataclass
class Seat:
    """One seat, and what it has written down."""

    folder: Path
    user: str
    process: subprocess.Popen[str]
    notes: list[dict[str, Any]] = field(default_factory=list)
    ended: int = 0
    _read: int = 0

    def follow(self) -> int:
        """Reads on in its file; returns how many acts it has ended."""
        path = self.folder / NOTES
        if path.exists():
            with path.open("rb") as lines:
                lines.seek(self._read)
                for line in lines:
                    if not line.endswith(b"\n"):
                        break
                    self._read += len(line)
                    note = json.loads(line)
                    self.notes.append(note)
                    self.ended += note["is"] in ("done", "refused", "failed")
        return self.ended


@dataclass
class Result:
    """What came of a run."""

    tally: Counter[str]
    seconds: float
    took: dict[str, list[float]]

    @property
    def lines(self) -> Iterator[str]:
        for what, count in sorted(self.tally.items()):
            yield f"{count:7,}  {what}"
        done = self.tally["acts done"]
        yield f"{done:,} acts acknowledged in {self.seconds:.0f} s, {done / self.seconds:.0f} a second"
        for name, times in sorted(self.took.items()):
            if len(times) > 1:
                cut = quantiles(times, n=100)
                median, most, worst = (cut[place] * 1000 for place in (49, 94, 98))
                yield f"  {name:12} {len(times):6,} times: half within {median:.0f} ms, 95 % {most:.0f}, 99 % {worst:.0f}"


# ------------------------------------------------------------------ the run


def run(
    place: Path, seats: int, acts: int, kills: int, cuts: int, seed: int, durable: bool = False
) -> Result:
    """The whole: an office, its seats at work, trouble, and the proof. Raises Lost."""
    with PostgresServer.start(durable=durable) as server, CutLine(server) as line:
        server.make_database("office")
        found(place / "office", line)
        opened = [_open_seat(place, line, number, acts // seats, seed) for number in range(seats)]
        started = time.monotonic()
        try:
            for seat in opened:
                _tell(seat, "go")
            happened = _trouble(opened, acts, server, line, kills, cuts, Random(seed))
            for seat in opened:
                if seat.process.wait(_PATIENCE) != 0:
                    raise Lost(f"{seat.user} ended with {seat.process.returncode}")
                seat.follow()
        finally:
            for seat in opened:
                seat.process.kill()
                seat.process.wait()
                assert seat.process.stdin is not None and seat.process.stdout is not None
                seat.process.stdin.close()
                seat.process.stdout.close()
        seconds = time.monotonic() - started
        tally = Counter(happened)
        prove(place / "office", opened, tally)
        took: dict[str, list[float]] = {}
        for seat in opened:
            for note in seat.notes:
                if note["is"] == "done":
                    took.setdefault(note["act"], []).append(note["seconds"])
        return Result(tally, seconds, took)


def found(folder: Path, line: CutLine) -> None:
    """An office with units and some cases, over that line."""
    write_address(folder, ServerAddress.of(line.address("office")))
    office.found(folder, "示例单位", T, FIRST, PASSWORD, OfficeClock(TODAY - timedelta(days=60)))
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    office.bring_in_units(session, read_units(DATA / "units.csv"))
    live_a_little(session, folder)
    session.close()


def _open_seat(place: Path, line: CutLine, number: int, acts: int, seed: int) -> Seat:
    folder, user = place / f"seat{number}", f"席位{number + 1}"
    write_address(folder, ServerAddress.of(line.address("office")))
    session = office.enter(place / "office", FIRST, PASSWORD, TODAY)
    accounts.add_user(session, user, (Role.OPERATOR, Role.REVIEWER), PASSWORD)
    session.close()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.seat_life", str(folder), user, str(acts), str(seed + number)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    if process.stdout.readline().strip() != "here":
        raise Lost(f"{user} could not enter")
    return Seat(folder, user, process)


def _tell(seat: Seat, words: str) -> None:
    assert seat.process.stdin is not None
    seat.process.stdin.write(words + "\n")
    seat.process.stdin.flush()


def _trouble(
    seats: list[Seat],
    acts: int,
    server: PostgresServer,
    line: CutLine,
    kills: int,
    cuts: int,
    chance: Random,
) -> list[str]:
    """Kills and cuts at random places between the first act and the last; returns what happened."""
    plans: list[Callable[[], str]] = [lambda: _kill(server)] * kills
    plans += [_cut(line, place) for place in range(cuts)]
    chance.shuffle(plans)
    places = sorted(chance.uniform(0.05, 0.9) * acts for _ in plans)
    happened = []
    for place, plan in zip(places, plans, strict=True):
        until = time.monotonic() + _PATIENCE
        while sum(seat.follow() for seat in seats) < place:
            if all(seat.process.poll() is not None for seat in seats) or time.monotonic() > until:
                return happened
            time.sleep(0.02)
        happened.append(plan())
    return happened


def _kill(server: PostgresServer) -> str:
    server.kill()
    server.restart()
    return "kills of the server"


def _cut(line: CutLine, place: int) -> Callable[[], str]:
    def reset() -> None:
        line.reset()

    def away() -> None:
        line.cut()
        threading.Event().wait(1.0)  # seats meet a server that is not there
        line.mend()

    def half() -> None:
        line.half_close()

    def at_commit(where: Any) -> Callable[[], None]:
        def strike() -> None:
            line.at_commit(where)
            line.struck.wait(_PATIENCE)

        return strike

    ways: dict[str, Callable[[], None]] = {
        "a COMMIT and its line lost": at_commit("before"),
        "the answer to a COMMIT lost": at_commit("after"),
        "all lines reset": reset,
        "a COMMIT sent, its line cut": at_commit("sent"),
        "nobody gets through for a while": away,
        "all lines ended in good order": half,
    }
    name = [*ways][place % len(ways)]

    def do() -> str:
        ways[name]()
        return f"cuts: {name}"

    return do


# ------------------------------------------------------------------ the proof


def prove(folder: Path, seats: list[Seat], tally: Counter[str]) -> None:
    """Every acknowledged act is there once, every other at most once; chains, numbers and all else are whole."""
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    try:
        with session.read() as work:
            journal = {event.id: event for event in work.journal.since(0)}
        _wanted(sorted(journal) == list(range(1, len(journal) + 1)), "a gap in the journal")
        claimed: Counter[int] = Counter()
        for seat in seats:
            _prove_seat(seat, journal, claimed, tally)
        twice = [event for event, count in claimed.items() if count > 1]
        _wanted(not twice, f"events that two acts claim: {twice[:5]}")
        _prove_numbers(session, tally)
        _prove_contents(session, seats, tally)
        checked = verification.verify(session)
        _wanted(not checked.problems, f"verify: {checked.problems[:5]}")
        tally["events in the journal"] = len(journal)
        tally["cases"] = checked.cases
    finally:
        session.close()


def _prove_seat(seat: Seat, journal: dict[int, Any], claimed: Counter[int], tally: Counter[str]) -> None:
    """Its events are those it claims; beyond them, one act at most for each whose outcome nobody could tell."""
    own = sorted(number for number, event in journal.items() if event.by == seat.user)
    before, unknown = 0, 0
    for note in seat.notes:
        if note["is"] == "will":
            continue
        events = [event for (event,) in note.get("events", [])]
        claimed.update(events)
        if note["is"] == "done":
            tally["acts done"] += 1
            tally[f"acts done: {note['act']}"] += 1
            _look_at(seat, note, events, journal)
        elif note["is"] == "refused":
            tally["acts refused by the rules"] += 1
            _wanted(not events or note["act"] in _SEVERAL, f"{seat.user}: refused, and there: {note}")
        elif note["is"] == "failed":
            tally[f"acts failed: {note['code']}"] += 1
            _wanted(note["code"] in _KNOWN_CODES, f"{seat.user}: {note}")
            _wanted(not events or note["act"] in _SEVERAL, f"{seat.user}: failed, and there: {note}")
            unknown += note["code"] == "outcome_unknown"
        if events or note["is"] == "over":
            ends = events[0] if events else len(journal) + 1
            more = _runs([one for one in own if before < one < ends and not claimed[one]])
            _wanted(more <= unknown, f"{seat.user}: {more} acts of nobody before event {ends}")
            tally["acts done, and not known to be"] += more
            before, unknown = ends, 0


def _runs(numbers: list[int]) -> int:
    """How many times a row of numbers begins anew."""
    return sum(1 for place, one in enumerate(numbers) if place == 0 or numbers[place - 1] != one - 1)


def _look_at(seat: Seat, note: dict[str, Any], events: list[int], journal: dict[int, Any]) -> None:
    """An acknowledged act: as many events as it promised, of its case, by who did it."""
    what = note["what"]
    for event in events:
        _wanted(event in journal, f"{seat.user}: event {event} of {note['act']} is gone")
        _wanted(journal[event].by == seat.user, f"{seat.user}: event {event} is another's")
    if note["act"] in LOOKS:
        _wanted(not events, f"{seat.user}: looking wrote {events}")
    if "events" in what and note["act"] not in _SEVERAL:
        _wanted(len(events) == what["events"], f"{seat.user}: {note['act']} is there in part: {events}")
    if "event" in what:
        _wanted(what["event"] in events, f"{seat.user}: {note} is gone")
    if "case" in what and note["act"] != "paper":
        _wanted(any(journal[event].case == what["case"] for event in events), f"{seat.user}: {note}")


def _prove_numbers(session: Session, tally: Counter[str]) -> None:
    with session.read() as work:
        serials: dict[int, list[int]] = {}
        for row in work.cases.all():
            serials.setdefault(row.year, []).append(row.serial)
        problems = list(series_problems(work))
        texts = [one.text for one in work.issued.all()]
    for year, found_there in serials.items():
        whole = list(range(1, len(found_there) + 1))
        _wanted(sorted(found_there) == whole, f"a gap or a double in the register of {year}")
    _wanted(not problems, f"document numbers: {problems[:5]}")
    _wanted(len(texts) == len(set(texts)), "a document number twice")
    tally["document numbers"] = len(texts)


def _prove_contents(session: Session, seats: list[Seat], tally: Counter[str]) -> None:
    """What was kept beside the journal: attachments to the byte, and drafts as they were typed last."""
    from desktop_app.services.drafts import drafts_of

    with session.read() as work:
        for seat in seats:
            for note in seat.notes:
                if note["is"] == "done" and note["act"] == "attach":
                    content = work.attachments.read(note["what"]["attachment"])
                    _wanted(hashlib.sha256(content).hexdigest() == note["what"]["sha256"], f"{note}")
                    tally["attachments read again"] += 1
    for seat in seats:
        last: dict[tuple[str, str], str] = {}
        open_to: set[tuple[str, str]] = set()
        for note in seat.notes:
            if note.get("act") == "draft" and note["is"] in ("done", "failed"):
                told = note["what"] if note["is"] == "done" else note.get("promise", {})
                if "draft" not in told:
                    continue
                where = (told["draft"][0], told["draft"][1])
                if note["is"] == "done":
                    last[where] = told["text"]
                    open_to.discard(where)
                elif note["code"] == "outcome_unknown":
                    open_to.add(where)
        own = office.enter(seat.folder, seat.user, PASSWORD, TODAY)
        try:
            for (number, action), text in last.items():
                kept = drafts_of(own, number, [action]).get(action, {}).get("text")
                _wanted(kept == text or (number, action) in open_to, f"draft of {number}: {kept}, not {text}")
                tally["drafts read again"] += 1
        finally:
            own.close()


def _wanted(holds: bool, what: str) -> None:
    if not holds:
        raise Lost(what)


def main() -> None:
    """From the command line: prints what happened and how long acts took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seats", type=int, default=8)
    parser.add_argument("--acts", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--cuts", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    os.nice(5)
    with tempfile.TemporaryDirectory(prefix="liuyan-seats-") as name:
        result = run(Path(name), given.seats, given.acts, given.kills, given.cuts, given.seed, durable=True)
    print("\n".join(result.lines))


if __name__ == "__main__":
    main()
