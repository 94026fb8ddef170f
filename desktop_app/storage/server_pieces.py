"""A long list cut into pieces that the search index has marks for, small ones in large ones; and how it is walked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from desktop_app.storage.case_ids import join_id, split_id
from desktop_app.storage.search_tokens import PIECE_SIZES, day_mark, number_mark

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

WHOLE = 3
"""Above the three levels of pieces: all that is left of the list."""
_FAN = 16
"""About so many pieces lie in one of the next level."""
_FIRST, _MOST = 1_000, 16_000
"""Cases that one question may well bring: few for a page, more the longer the walk takes."""
_BEHIND_DAYS = "~"
"""Stands behind all digits and hyphens."""
_DAYS, _MONTHS = 3, 1
"""So many days and months are on a ladder beside the first: over a weekend nothing comes in, a month may be young."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list: behind the case with that sort key and id. `key` is None where the order has none, or the
    case none."""

    key: str | None
    case_id: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What is asked for next: what has these marks and stands behind `place` (None: all of it).

    `key`: by which all of it stands in the list, so that only numbers tell its cases apart.
    """

    marks: tuple[str, ...]
    place: Place | None
    key: str | None = None


Rung = tuple[Any, int]
"""A piece by a key in it, which no case need have, and its level."""


class Pieces(Protocol):
    """An order, and how it is cut; a piece is named by the key of any case in it, and its level."""

    by_key: bool
    """Whether cases stand by a key of their own, and only then by their numbers."""

    def first_behind(self, place: Place | None) -> Any:
        """The key of the first case behind a place; None where the list ends."""

    def mark(self, key: Any, level: int) -> str:
        """The mark of the piece that holds `key`."""

    def end(self, key: Any, level: int) -> Place:
        """The place behind the piece that holds `key`."""

    def lies_in(self, place: Place, key: Any, level: int) -> bool:
        """Whether a place lies in the piece that holds `key`, so that not all of it is behind the place."""

    def rungs(self, key: Any, smallest: int) -> Iterator[Rung]:
        """Pieces from that of `key` on, ever larger from the level `smallest`, as far as can be told without asking
        what cases there are. None stands for far more cases than the one before."""


class Numbers:
    """The order of the register, cut by a thousand numbers, by sixteen thousand, by years."""

    by_key = False

    def __init__(self, connection: Connection, descending: bool) -> None:
        self._connection = connection
        self._descending = descending

    def first_behind(self, place: Place | None) -> int | None:
        if place is not None and self._descending and split_id(place.case_id)[1] > 1:
            # Within a year a register has no gaps worth asking for: at worst the piece is an empty one.
            return place.case_id - 1
        bound = None if place is None else place.case_id
        found = _first(self._connection, "id", {}, self._descending, bound, there_too=False)
        return None if found is None else int(found)

    def mark(self, key: int, level: int) -> str:
        return number_mark(key, PIECE_SIZES[level])

    def end(self, key: int, level: int) -> Place:
        year, serial = split_id(key)
        first = serial - serial % PIECE_SIZES[level]
        return Place(None, join_id(year, first if self._descending else first + PIECE_SIZES[level] - 1))

    def lies_in(self, place: Place, key: int, level: int) -> bool:
        return self.mark(place.case_id, level) == self.mark(key, level)

    def rungs(self, key: int, smallest: int) -> Iterator[Rung]:
        year, serial = split_id(key)
        for level in range(smallest, WHOLE - 1):
            size = PIECE_SIZES[level]
            yield join_id(year, serial), level
            left = serial % size if self._descending else size - serial % size
            if 2 * left < size:
                serial += -size if self._descending else size
                if serial <= 0:
                    return  # the year before may be as full as ever: it begins with a piece of this size as well
                yield join_id(year, serial), level
        # Where a year ends nobody knows.
        if self._descending:
            yield key, WHOLE - 1
            yield key, WHOLE


class Days:
    """The order of a date, cut by days, months and years; without the cases that are voided or have no such date."""

    by_key = True
    _LETTERS = (10, 7, 4)

    def __init__(
        self,
        connection: Connection,
        descending: bool,
        kind: str,
        column: str,
        only: Mapping[str, object] | None = None,
    ) -> None:
        """`only`: what the columns hold of all cases that are looked for, where an index begins with them."""
        self._connection = connection
        self._descending = descending
        self._kind = kind
        self._column = column
        self._only = {"voided": 0, **(only or {})}

    @staticmethod
    def after(day: str) -> str:
        """A key behind all cases of a day, a month or a year."""
        return day + _BEHIND_DAYS

    def first_behind(self, place: Place | None) -> str | None:
        bound = None if place is None else place.key
        # The day of the place may have more cases, unless the place lies at the very end of it.
        there_too = place is not None and (place.case_id > 0 or not self._descending)
        found = _first(self._connection, self._column, self._only, self._descending, bound, there_too)
        return None if found is None else str(found)

    def mark(self, key: str, level: int) -> str:
        return day_mark(self._kind, key[: self._LETTERS[level]])

    def end(self, key: str, level: int) -> Place:
        part = key[: self._LETTERS[level]]
        return Place(part if self._descending else self.after(part), 0)

    def lies_in(self, place: Place, key: str, level: int) -> bool:
        letters = self._LETTERS[level]
        return place.key is not None and place.key[:letters] == key[:letters]

    def rungs(self, key: str, smallest: int) -> Iterator[Rung]:
        turn = -1 if self._descending else 1
        for _ in range(0 if smallest else 1 + _DAYS):
            yield key, 0
            key = _day_beside(key, turn)
        month = 12 * int(key[:4]) + int(key[5:7]) - 1
        for level in (*[1] * (1 + _MONTHS), 2):
            if month // 12 <= date.max.year:
                yield f"{month // 12:04d}-{month % 12 + 1:02d}", level
            month += turn
        yield key, WHOLE


def piece_of(pieces: Pieces, key: Any, level: int, place: Place | None) -> Piece:
    """The piece that holds the first key behind a place; where the whole piece is behind it, no row need be asked."""
    inside = place is not None and pieces.lies_in(place, key, level)
    alike = key if pieces.by_key and level == 0 else None
    return Piece((pieces.mark(key, level),), place if inside else None, alike)


def _day_beside(day: str, turn: int) -> str:
    known = date.fromisoformat(day)
    at_the_end = known == (date.min if turn < 0 else date.max)
    return day if at_the_end else (known + timedelta(days=turn)).isoformat()


class Walk:
    """Where a walk through the pieces of a list has come to, and how large its next piece is to be."""

    def __init__(
        self, pieces: Pieces, place: Place | None, most: int | None = None, rarely: bool = False
    ) -> None:
        """`most`: about so many cases one question may bring; of a list that is walked on more and more. `rarely`:
        little is likely to be found anywhere."""
        self._pieces = pieces
        self._place = place
        self._level = 0
        self._most = most or _FIRST
        self._rarely = rarely
        self._next: Place | None = place
        self._was_thin = False
        self._ended = False

    def ladder(self) -> list[Piece]:
        """The first pieces, for one question that reads them only as far as it must."""
        key = self._pieces.first_behind(self._place)
        if key is None:
            self._ended = True
            return []
        found = []
        for near, level in self._pieces.rungs(key, smallest=1 if self._rarely else 0):
            self._level = min(level + 1, WHOLE)
            if level == WHOLE:
                found.append(Piece((), self._place))
                self._ended = True
            elif (end := self._pieces.end(near, level)) != self._place:
                found.append(piece_of(self._pieces, near, level, self._place))
                self._place = end
        return found

    def go_back(self, place: Place) -> None:
        """To a place on the ladder, from which on there may be more."""
        self._place = place
        self._level = 0
        self._ended = False

    def piece(self) -> Piece | None:
        """The next one; None at the end of the list."""
        if self._ended:
            return None
        if self._level == WHOLE:
            self._ended = True
            return Piece((), self._place)
        key = self._pieces.first_behind(self._place)
        if key is None:
            return None
        self._next = self._pieces.end(key, self._level)
        return piece_of(self._pieces, key, self._level, self._place)

    def go_on(self, found: int) -> None:
        """Past the piece, in which so many were found."""
        self._place = self._next
        thin = found * _FAN <= self._most
        # One thin piece may be the end of a month that has hardly begun; an empty one is passed at once.
        if found == 0 or (thin and (self._was_thin or self._rarely)):
            self._level = min(self._level + (2 if self._rarely and not found else 1), WHOLE)
            thin = False
        elif found > self._most and self._level:
            self._level -= 1
        self._was_thin = thin
        self._most = max(self._most, min(2 * self._most, _MOST))


def _first(
    connection: Connection,
    column: str,
    only: Mapping[str, object],
    descending: bool,
    bound: Any,
    there_too: bool,
) -> Any:
    """The first value of an indexed column that lies behind `bound` (None: of all), or at it."""
    end, sign = ("max", "<") if descending else ("min", ">")
    # Flags stand in the words of the question: an index of a part of the table serves only where they do.
    where = [f"{name} = {value if isinstance(value, int) else f'%({name})s'}" for name, value in only.items()]
    if bound is not None:
        where.append(f"{column} {sign}{'=' if there_too else ''} %(bound)s")
    sql = f"SELECT {end}({column}) FROM cases{' WHERE ' if where else ''}{' AND '.join(where)}"
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, {**only, "bound": bound})
        return cursor.fetchall()[0][0]
    finally:
        cursor.close()
