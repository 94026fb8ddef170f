"""A long list cut into pieces that the search index has marks for, small ones in large ones; and how it is walked."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list: behind the case with that sort key and id. `key` is None where the order has none, or the
    case none."""

    key: str | None
    case_id: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What is asked for next: what has these marks and stands behind `place` (None: all of it)."""

    marks: tuple[str, ...]
    place: Place | None


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
        found = _first(self._connection, "id", (), self._descending, bound, there_too=False)
        return None if found is None else int(found)

    def mark(self, key: int, level: int) -> str:
        return number_mark(key, PIECE_SIZES[level])

    def end(self, key: int, level: int) -> Place:
        year, serial = split_id(key)
        first = serial - serial % PIECE_SIZES[level]
        return Place(None, join_id(year, first if self._descending else first + PIECE_SIZES[level] - 1))

    def lies_in(self, place: Place, key: int, level: int) -> bool:
        return self.mark(place.case_id, level) == self.mark(key, level)


class Days:
    """The order of a date, cut by days, months and years; without the cases that are voided or have no such date."""

    by_key = True
    _LETTERS = (10, 7, 4)

    def __init__(self, connection: Connection, descending: bool, kind: str, column: str) -> None:
        self._connection = connection
        self._descending = descending
        self._kind = kind
        self._column = column

    @staticmethod
    def after(day: str) -> str:
        """A key behind all cases of a day, a month or a year."""
        return day + _BEHIND_DAYS

    def first_behind(self, place: Place | None) -> str | None:
        bound = None if place is None else place.key
        # The day of the place may have more cases, unless the place lies at the very end of it.
        there_too = place is not None and (place.case_id > 0 or not self._descending)
        found = _first(self._connection, self._column, ("voided = 0",), self._descending, bound, there_too)
        return None if found is None else str(found)

    def mark(self, key: str, level: int) -> str:
        return day_mark(self._kind, key[: self._LETTERS[level]])

    def end(self, key: str, level: int) -> Place:
        part = key[: self._LETTERS[level]]
        return Place(part if self._descending else self.after(part), 0)

    def lies_in(self, place: Place, key: str, level: int) -> bool:
        letters = self._LETTERS[level]
        return place.key is not None and place.key[:letters] == key[:letters]


def piece_of(pieces: Pieces, key: Any, level: int, place: Place | None) -> Piece:
    """The piece that holds the first key behind a place; where the whole piece is behind it, no row need be asked."""
    inside = place is not None and pieces.lies_in(place, key, level)
    return Piece((pieces.mark(key, level),), place if inside else None)


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
    connection: Connection, column: str, where: tuple[str, ...], descending: bool, bound: Any, there_too: bool
) -> Any:
    """The first value of an indexed column that lies behind `bound` (None: of all), or at it."""
    end, sign = ("max", "<") if descending else ("min", ">")
    if bound is not None:
        where = (*where, f"{column} {sign}{'=' if there_too else ''} %s")
    sql = f"SELECT {end}({column}) FROM cases{' WHERE ' if where else ''}{' AND '.join(where)}"
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, (bound,) if bound is not None else ())
        return cursor.fetchall()[0][0]
    finally:
        cursor.close()
