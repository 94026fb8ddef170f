"""查阅日志: what was done and who looked, both chains as one list, the newest first; for the auditor.

The auditor sees who, when, what and the case's number, and neither title nor text nor protected words: whoever
watches over the office is not thereby one who reads its cases.
"""

from __future__ import annotations

import base64
import binascii
import heapq
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from desktop_app.domain.access_entries import GAP, LOCK, LOGIN, LOGIN_FAILED, LOGOUT, READ_TRAIL, UNLOCK
from desktop_app.domain.numbering import parse_register_number
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import access
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.trail import TrailRow, Wanted
    from desktop_app.storage.work import Work

LOGINS = (LOGIN, LOGOUT, LOGIN_FAILED, LOCK, UNLOCK, GAP)
"""What the keeper of passwords may look through as well."""


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """What to look for. Days are those of entering; `action` is a kind or its title; `text` is looked for in all
    that is told of an entry."""

    low: date | None = None
    high: date | None = None
    user: str = ""
    action: str = ""
    number: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry as it may be told. `chain` is `event` or `access`, `facts` short facts by name, `words` the same in
    words; `on` is the day of the fact."""

    chain: str
    id: int
    entered: str
    by: str
    action: str
    title: str
    number: str
    on: str
    facts: Mapping[str, str]
    words: str
    practice: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list ended, in each chain; None where nothing of it was shown yet."""

    event: int | None = None
    access: int | None = None

    def encode(self) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.event, self.access]).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Place:
        """Refusal `unknown_value` where it is none."""
        try:
            event, entry = json.loads(base64.urlsafe_b64decode((text + "=" * (-len(text) % 4)).encode()))
            if not all(one is None or type(one) is int for one in (event, entry)):
                raise ValueError
        except (ValueError, TypeError, binascii.Error):
            raise Refusal("unknown_value", "续页标记不对，请用上一页给出的 next。") from None
        return cls(event, entry)


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Lines, the newest first; `next` is where the page after it begins, None on the last."""

    lines: tuple[TrailLine, ...]
    next: Place | None


def read_page(session: Session, query: TrailQuery, limit: int, after: Place | None = None) -> TrailPage:
    """Some lines. Refusal `not_allowed_for_role`, `unknown_value` for a kind or a number that is none."""
    only = _may_see(session)
    with session.read() as work:
        lines = list(islice(_lines(work, query, only, after or Place()), limit + 1))
    page = tuple(lines[:limit])
    return TrailPage(page, _end(page, after or Place()) if len(lines) > limit else None)


def read_all(session: Session, query: TrailQuery) -> Iterator[TrailLine]:
    """Every line, read piece by piece; the whole belongs to one moment."""
    only = _may_see(session)
    with session.read() as work:
        yield from _lines(work, query, only, Place())


def may_read(session: Session) -> bool:
    """Whether the user may look through the log, or at least through the log-ins."""
    return session.may(Right.READ_JOURNAL) or session.may(Right.SEE_LOGINS)


def record_reading(session: Session, how: str, rows: int = 0, sha256: str = "") -> None:
    """Note that somebody looked through the log: on the `screen`, by the `command-line`, or took a `file` of it out."""
    access.record(session, READ_TRAIL, {"as": how, "rows": str(rows or ""), "sha256": sha256})


def users_of(session: Session) -> list[str]:
    """Everybody who ever left an entry, and all users there are."""
    _may_see(session)
    with session.read() as work:
        return sorted({*work.trail.users(), *(user.name for user in work.users.all())})


def _may_see(session: Session) -> tuple[str, ...]:
    """The kinds that alone are to be seen; none: all."""
    if session.may(Right.READ_JOURNAL):
        return ()
    if session.may(Right.SEE_LOGINS):
        return LOGINS
    session.require(Right.READ_JOURNAL)
    return LOGINS


def _lines(work: Work, query: TrailQuery, only: tuple[str, ...], after: Place) -> Iterator[TrailLine]:
    wanted = _wanted(query, only)
    both = [work.trail.access_log(wanted, after.access)]
    if not only:
        both.append(work.trail.journal(wanted, after.event))
    for row in heapq.merge(*both, key=lambda one: one.entered, reverse=True):
        line = _told(row)
        if _holds(line, query.text.strip()):
            yield line


def _wanted(query: TrailQuery, only: tuple[str, ...]) -> Wanted:
    from desktop_app.services.trail_words import actions_called
    from desktop_app.storage.trail import Wanted

    actions = actions_called(query.action.strip()) if query.action.strip() else ()
    if query.action.strip() and not actions:
        raise Refusal("unknown_value", f"日志里没有“{query.action.strip()}”这种记录。")
    if only:
        # Where none of them may be seen, a kind that is none finds nothing; no kind at all would find everything.
        actions = (tuple(one for one in actions if one in only) or ("",)) if actions else only
    return Wanted(actions, query.user.strip(), _number(query.number.strip()), query.low, query.high)


def _number(text: str) -> str:
    return str(parse_register_number(text)) if text else ""


def _told(row: TrailRow) -> TrailLine:
    from desktop_app.services.trail_words import facts_in_words, facts_of, title_of

    facts = facts_of(row)
    return TrailLine(
        row.chain,
        row.id,
        row.entered,
        row.by,
        row.action,
        title_of(row.action),
        row.case or "",
        row.on,
        facts,
        facts_in_words(facts),
        row.practice,
    )


def _holds(line: TrailLine, text: str) -> bool:
    return not text or any(text in told for told in (line.by, line.title, line.number, line.words))


def _end(lines: tuple[TrailLine, ...], after: Place) -> Place:
    ends = {line.chain: line.id for line in lines}
    return Place(ends.get("event", after.event), ends.get("access", after.access))
