"""What is typed is kept at the seat too, until the server has it: a power cut meanwhile loses no word (docs/adr/041).

Everything typed gets a number as it is given (`begin`), and lies in the seat's folder, sealed, from then (`keep`) until
the server has it or something newer of the same form (`settle`). What a program that was killed or closed left there
is taken into the drafts at the next log-in (`take_in`). For an office in a file nothing is written: there the drafts
lie on the same disk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from desktop_app.storage.seat_name import seat_name

if TYPE_CHECKING:
    from desktop_app.services.session import Session
    from desktop_app.storage.typed_here import TypedHere
    from desktop_app.storage.work import Work

Place = tuple[str, str]
"""Number of the case and action, as in `drafts`."""
_MOST_BEFORE, _DIGITS = 100, 16
_EARLIER = "-earlier"
"""Marks as of another seat what was typed here before something newer."""


@dataclass
class SeatCopies:
    """What of the present session lies at the seat; used from any thread. `guard` is held while a file is written."""

    folder: Path
    key: bytes = field(repr=False)
    user: str
    guard: Lock = field(default_factory=Lock)
    given: dict[Place, int] = field(default_factory=dict)
    settled: dict[Place, int] = field(default_factory=dict)
    written: dict[Place, int] = field(default_factory=dict)
    before: dict[Place, list[str]] = field(default_factory=dict)
    """Digests of what was there before what is typed now: the draft that the server was seen to have, and what was
    typed here since. Where the server has one of these, what lies here is newer."""

    @cached_property
    def files(self) -> TypedHere:
        from desktop_app.storage.typed_here import TypedHere

        return TypedHere(self.folder, self.key, self.user)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What lay at the seat: so much is among the drafts again, of these forms the server had something newer, and so
    many files could not be opened and lie in `aside`."""

    taken: int = 0
    both: tuple[str, ...] = ()
    unreadable: int = 0
    aside: Path | None = None


@dataclass(frozen=True, slots=True)
class _Typed:
    place: Place
    seat: str
    text: str
    before: tuple[str, ...]


def begin(session: Session, number: str, action: str) -> int:
    """The number of what is typed now, to be given on with it; always asked for in the same thread."""
    given = session.copies.given
    given[number, action] = given.get((number, action), 0) + 1
    return given[number, action]


def keep(session: Session, number: str, action: str, text: str, turn: int) -> None:
    """Lay it into the seat's folder, unless the server has it already. StorageProblem of the disk."""
    if not session.database.on_server:
        return
    kept, place = session.copies, (number, action)
    with kept.guard:
        if turn <= max(kept.settled.get(place, 0), kept.written.get(place, 0)):
            return
        before = kept.before.setdefault(place, [])
        told = {"place": place, "seat": seat_name(session.folder), "text": text, "before": before}
        kept.files.write(_name(place), json.dumps(told, ensure_ascii=False).encode())
        kept.written[place] = turn
        before.append(_digest(text))
        del before[:-_MOST_BEFORE]


def settle(session: Session, number: str, action: str, text: str, turn: int | None = None) -> None:
    """The server has `text`, typed as `turn`, or as the last one: what lies here of that, or of before, goes."""
    if not session.database.on_server:
        return
    kept, place = session.copies, (number, action)
    with kept.guard:
        before, now = kept.before.get(place, []), _digest(text)
        kept.before[place] = [now, *before[before.index(now) + 1 :]] if now in before else [now, *before]
        reached = kept.given.get(place, 0) if turn is None else turn
        kept.settled[place] = max(kept.settled.get(place, 0), reached)
        if 0 < kept.written.get(place, 0) <= kept.settled[place]:
            kept.files.drop(_name(place))
            del kept.written[place]


def know(session: Session, number: str, action: str, text: str) -> None:
    """The server was seen to have that draft of this seat; empty for none."""
    with session.copies.guard:
        before = session.copies.before.setdefault((number, action), [])
        if _digest(text) not in before:
            before.append(_digest(text))


def all_here(session: Session) -> bool:
    """Whether everything typed that the server has not lies at the seat; asked in the same thread, and waits for no
    disk."""
    kept = session.copies
    waiting = {place: turn for place, turn in kept.given.items() if turn > kept.settled.get(place, 0)}
    return session.database.on_server and all(
        kept.written.get(place) == turn for place, turn in waiting.items()
    )


def take_in(session: Session) -> TakenIn:
    """Make drafts of what an earlier session of this user left at this seat.

    What the server has newer stands: what was typed before is kept as if it came from another seat.
    """
    if not session.database.on_server:
        return TakenIn()
    files = session.copies.files
    found = {one.name: _read(one.content) for one in files.found()}
    unreadable = [name for name, typed in found.items() if typed is None]
    aside = [files.put_aside(name) for name in unreadable]
    readable = {name: typed for name, typed in found.items() if typed is not None}
    both: list[Place] = []
    taken = 0
    if readable:
        with session.change() as work:
            for typed in readable.values():
                kept = _take(work, session.user.name, typed)
                taken += kept and bool(typed.text)
                both += [typed.place] if not kept else []
        for name in readable:
            files.drop_file(name)
    titles = tuple(_title(place) for place in both)
    return TakenIn(taken, titles, len(unreadable), aside[0].parent if aside else None)


def _take(work: Work, user: str, typed: _Typed) -> bool:
    """False where something newer stands at that seat's place."""
    number, action = typed.place
    seats = {one.seat: one.text for one in work.drafts.of_case(user, number) if one.action == action}
    now = seats.get(typed.seat, "")
    if now == typed.text:
        return True
    if not now or _digest(now) in typed.before:
        if typed.text:
            work.drafts.put(user, number, action, typed.text, typed.seat)
        else:
            work.drafts.drop(user, number, action, typed.seat)
        return True
    if typed.text and typed.text not in seats.values():
        seat = typed.seat + _EARLIER
        while seat in seats:
            seat += _EARLIER
        work.drafts.put(user, number, action, typed.text, seat)
    return not typed.text


def _read(content: bytes | None) -> _Typed | None:
    if content is None:
        return None
    try:
        told = json.loads(content)
        number, action = told["place"]
        before = tuple(map(str, told["before"]))
        return _Typed((str(number), str(action)), str(told["seat"]), str(told["text"]), before)
    except (ValueError, KeyError, TypeError):
        return None


def _title(place: Place) -> str:
    from desktop_app.services.drafts import title_of_place

    return " ".join(filter(None, (place[0], f"“{title_of_place(place[1])}”")))


def _name(place: Place) -> str:
    return "\n".join(place)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def text_of(values: Mapping[str, str]) -> str:
    """Values as a draft holds them; empty for none at all."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True) if values else ""
