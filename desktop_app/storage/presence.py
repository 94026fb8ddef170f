"""Who has which case open, on a server: one row a seat, by the server's own clock, in no journal.

It is told and never a lock. A seat that says nothing for `GONE_AFTER` seconds counts as gone, whatever became of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import text

from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.server_extras import CHANNEL

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

GONE_AFTER = 30
"""Seconds without a word after which a seat counts as gone."""
TOLD_AS = "presence"
"""The name under which others hear that somebody came, left, or began to type (`server_news`)."""

_OTHERS = text(
    'SELECT "user", since, doing FROM presence '
    "WHERE case_id = :case AND seat <> :seat AND beat > now() - make_interval(secs => :gone) "
    'ORDER BY since, "user"'
)
_ELSEWHERE = text(
    'SELECT case_id, "user", since FROM presence '
    "WHERE seat <> :seat AND beat > now() - make_interval(secs => :gone) "
    'ORDER BY since, "user"'
)
_STAY = text(
    "UPDATE presence SET beat = now() WHERE seat = :seat AND case_id = :case AND doing = :doing "
    "AND beat > now() - make_interval(secs => :gone)"
)
_ARRIVE = text(
    'INSERT INTO presence (seat, "user", case_id, doing, since, beat) '
    "VALUES (:seat, :user, :case, :doing, now(), now()) "
    "ON CONFLICT (seat) DO UPDATE SET case_id = excluded.case_id, doing = excluded.doing, beat = excluded.beat, "
    "since = CASE WHEN presence.case_id = excluded.case_id "
    "AND presence.beat > now() - make_interval(secs => :gone) THEN presence.since ELSE excluded.since END"
)
_LEAVE = text("DELETE FROM presence WHERE seat = :seat")
_SWEEP = text("DELETE FROM presence WHERE beat < now() - make_interval(secs => :gone)")
_TELL = text(f"SELECT pg_notify('{CHANNEL}', '{TOLD_AS}')")


@dataclass(frozen=True, slots=True)
class There:
    """Somebody else who has the case open: since when, and the action whose form stands open, or none."""

    user: str
    since: datetime
    doing: str


class Presence:
    """Seats at their cases, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stay(self, seat: str, user: str, number: str, doing: str) -> None:
        """The seat has that case open, now and for the next while; others are told only where that is new."""
        here = {"seat": seat, "case": id_of(number), "doing": doing, "gone": GONE_AFTER}
        if self._connection.execute(_STAY, here).rowcount:
            return
        self._connection.execute(_SWEEP, {"gone": 10 * GONE_AFTER})
        self._connection.execute(_ARRIVE, {**here, "user": user})
        self._connection.execute(_TELL)

    def leave(self, seat: str) -> None:
        """The seat has no case open any more."""
        if self._connection.execute(_LEAVE, {"seat": seat}).rowcount:
            self._connection.execute(_TELL)

    def others(self, seat: str, number: str) -> list[There]:
        """Who else has that case open, first come first."""
        wanted = {"case": id_of(number), "seat": seat, "gone": GONE_AFTER}
        rows = self._connection.execute(_OTHERS, wanted)
        return [There(user, since, doing) for user, since, doing in rows]

    def elsewhere(self, seat: str) -> list[tuple[str, There]]:
        """Number of each case that is open at another seat, and who has it open, first come first; not for what."""
        rows = self._connection.execute(_ELSEWHERE, {"seat": seat, "gone": GONE_AFTER})
        return [(number_of(case), There(user, since, "")) for case, user, since in rows]
