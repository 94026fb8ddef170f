"""The journal: every event, numbered and chained, never changed or deleted (triggers see to it as well)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select, update

from desktop_app.domain.events import (
    EVENT_VERSION,
    FIRST_LINK,
    Event,
    NewEvent,
    canonical_text,
    digest,
    salted_digest,
)
from desktop_app.domain.office_records import EventProof, Problem
from desktop_app.errors import StorageProblem
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.chain import check_chain
from desktop_app.storage.chunks import chunked
from desktop_app.storage.tables import events, journal_head, protected_words

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.sql.elements import BindParameter

_CHUNK = 1000
_HEAD = 1
"""The row of the table of heads; the access log has the next."""

_LAST = select(journal_head.c.event_id, journal_head.c.hash).where(journal_head.c.place == _HEAD)
_SET_HEAD = (
    update(journal_head)
    .where(journal_head.c.place == _HEAD)
    .values(event_id=bindparam("event_id"), hash=bindparam("hash"))
)
_OF_CASE = (
    select(events.c.id, events.c.canonical).where(events.c.case_id == bindparam("case")).order_by(events.c.id)
)
_WORDS_OF_CASE = (
    select(protected_words.c.event_id, protected_words.c.key, protected_words.c.words)
    .join(events, events.c.id == protected_words.c.event_id)
    .where(events.c.case_id == bindparam("case"))
)
_PROOFS_OF_CASE = (
    select(events.c.id, events.c.canonical, events.c.hash)
    .where(events.c.case_id == bindparam("case"))
    .order_by(events.c.id)
)
_SALTED_OF_CASE = (
    select(protected_words.c.event_id, protected_words.c.key, protected_words.c.salt, protected_words.c.words)
    .join(events, events.c.id == protected_words.c.event_id)
    .where(events.c.case_id == bindparam("case"))
)
_OF_ACTION = select(events.c.canonical).where(events.c.action == bindparam("action")).order_by(events.c.id)
_ACTION_AFTER = (
    select(events.c.id, events.c.canonical)
    .where(events.c.id > bindparam("after"), events.c.action == bindparam("action"))
    .order_by(events.c.id)
    .limit(_CHUNK)
)
_CASES: BindParameter[list[int]] = bindparam("cases", expanding=True)
_OF_CASES = (
    select(events.c.case_id, events.c.id, events.c.canonical)
    .where(events.c.case_id.in_(_CASES))
    .order_by(events.c.case_id, events.c.id)
)
_WORDS_OF_CASES = (
    select(protected_words.c.event_id, protected_words.c.key, protected_words.c.words)
    .join(events, events.c.id == protected_words.c.event_id)
    .where(events.c.case_id.in_(_CASES))
)
_LAST_OF_CASES = (
    select(events.c.case_id, func.max(events.c.id))
    .where(events.c.case_id.in_(_CASES))
    .group_by(events.c.case_id)
)
# By number: asked for distinct cases, the engine would walk the index of all events by case.
_CASES_SINCE = select(events.c.case_id).where(events.c.id > bindparam("event")).order_by(events.c.id)
_OF_OFFICE = (
    select(events.c.id, events.c.canonical)
    .where(events.c.case_id.is_(None), events.c.action.in_(bindparam("actions", expanding=True)))
    .order_by(events.c.id)
)
_WORDS_OF_OFFICE = (
    select(protected_words.c.event_id, protected_words.c.key, protected_words.c.words)
    .join(events, events.c.id == protected_words.c.event_id)
    .where(events.c.case_id.is_(None), events.c.action.in_(bindparam("actions", expanding=True)))
)
_BETWEEN = (
    select(events.c.id, events.c.canonical)
    .where(events.c.id > bindparam("low"), events.c.id <= bindparam("high"))
    .order_by(events.c.id)
)
_WORDS_BETWEEN = select(protected_words.c.event_id, protected_words.c.key, protected_words.c.words).where(
    protected_words.c.event_id > bindparam("low"), protected_words.c.event_id <= bindparam("high")
)
_CASES_AFTER = (
    select(events.c.case_id)
    .where(events.c.case_id > bindparam("after"))
    .distinct()
    .order_by(events.c.case_id)
    .limit(_CHUNK)
)
_OF_CASES_BETWEEN = (
    select(events.c.case_id, events.c.id, events.c.canonical)
    .where(events.c.case_id.between(bindparam("low"), bindparam("high")))
    .order_by(events.c.case_id, events.c.id)
)
_WORDS_OF_CASES_BETWEEN = (
    select(protected_words.c.event_id, protected_words.c.key, protected_words.c.words)
    .join(events, events.c.id == protected_words.c.event_id)
    .where(events.c.case_id.between(bindparam("low"), bindparam("high")))
)


class Journal:
    """Events of the office in one sequence; the only truth about its cases."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.appended = range(0)
        """The numbers of the events appended within this transaction."""

    def append(self, new: Sequence[NewEvent]) -> list[Event]:
        """Numbers, chains and stores `new` in the order given; returns them as the journal holds them."""
        if not new:
            return []
        last = self.last()
        last_id, previous = last or (0, FIRST_LINK)
        appended: list[Event] = []
        event_rows: list[dict[str, Any]] = []
        word_rows: list[dict[str, Any]] = []
        for event_id, event in enumerate(new, start=last_id + 1):
            digests: dict[str, str] = {}
            for key, words in event.protected.items():
                salt = secrets.token_hex(16)
                digests[key] = salted_digest(salt, words)
                word_rows.append({"event_id": event_id, "key": key, "words": words, "salt": salt})
            canonical = canonical_text(event_id, event, digests, previous)
            previous = digest(canonical)
            event_rows.append(
                {
                    "id": event_id,
                    "case_id": None if event.case is None else id_of(event.case),
                    "action": event.action,
                    "canonical": canonical,
                    "hash": previous,
                }
            )
            appended.append(_numbered(event_id, event))
        self._connection.execute(insert(events), event_rows)
        if word_rows:
            self._connection.execute(insert(protected_words), word_rows)
        head = {"event_id": appended[-1].id, "hash": previous}
        if last is None:
            self._connection.execute(insert(journal_head), {"place": _HEAD, **head})
        else:
            self._connection.execute(_SET_HEAD, head)
        self.appended = range(self.appended.start or appended[0].id, appended[-1].id + 1)
        return appended

    def last(self) -> tuple[int, str] | None:
        """Number and digest of the newest event; None in an empty journal."""
        row = self._connection.execute(_LAST).first()
        return None if row is None else (row[0], row[1])

    def count(self) -> int:
        """How many events there are."""
        return int(self._connection.execute(select(func.count()).select_from(events)).scalar_one())

    def get(self, event_id: int) -> Event | None:
        """The event of that number."""
        found = self._between(event_id - 1, event_id)
        return found[0] if found else None

    def of_case(self, number: str) -> list[Event]:
        """All events of a case, in the order in which they were entered."""
        case = {"case": id_of(number)}
        rows = self._connection.execute(_OF_CASE, case).all()
        words = _by_event(self._connection.execute(_WORDS_OF_CASE, case)) if rows else {}
        return [read_event(canonical, words.get(event_id, {})) for event_id, canonical in rows]

    def proofs_of_case(self, number: str) -> list[EventProof]:
        """The same events with their hashed texts, digests and salted words; words disposed of are left out."""
        case = {"case": id_of(number)}
        salted: dict[int, dict[str, tuple[str, str]]] = {}
        for event_id, key, salt, words in self._connection.execute(_SALTED_OF_CASE, case):
            if words is not None:
                salted.setdefault(event_id, {})[key] = (salt, words)
        rows = self._connection.execute(_PROOFS_OF_CASE, case)
        return [EventProof(event_id, text, link, salted.get(event_id, {})) for event_id, text, link in rows]

    def of_action(self, action: str) -> list[Event]:
        """Every event of that action, of all cases, in order; without protected words."""
        return [read_event(text, {}) for (text,) in self._connection.execute(_OF_ACTION, {"action": action})]

    def each_of_action(self, action: str) -> Iterator[Event]:
        """The same read piece by piece: of some actions every case has one."""
        after = 0
        while rows := self._connection.execute(_ACTION_AFTER, {"action": action, "after": after}).all():
            yield from (read_event(canonical, {}) for _, canonical in rows)
            after = rows[-1][0]

    def of_cases(self, numbers: Iterable[str]) -> dict[str, list[Event]]:
        """All events of each of these cases, as `of_case` gives them, in a few questions; unknown ones left out."""
        found: dict[str, list[Event]] = {}
        for part in chunked(id_of(number) for number in numbers):
            words = _by_event(self._connection.execute(_WORDS_OF_CASES, {"cases": part}))
            for case_id, event_id, canonical in self._connection.execute(_OF_CASES, {"cases": part}):
                event = read_event(canonical, words.get(event_id, {}))
                found.setdefault(number_of(case_id), []).append(event)
        return found

    def last_of_cases(self, numbers: Iterable[str]) -> dict[str, int]:
        """The number of the newest event of each of these cases: it tells whether anything happened since."""
        return {
            number_of(case_id): last
            for part in chunked(id_of(number) for number in numbers)
            for case_id, last in self._connection.execute(_LAST_OF_CASES, {"cases": part})
        }

    def cases_since(self, event_id: int, at_most: int) -> list[str] | None:
        """The cases that events after that number are about; None where more than `at_most` events came since."""
        last = self.last()
        if last is not None and last[0] - event_id > at_most:
            return None
        found = self._connection.execute(_CASES_SINCE, {"event": event_id}).scalars()
        return [number_of(case_id) for case_id in dict.fromkeys(found) if case_id is not None]

    def of_office(self, *actions: str) -> list[Event]:
        """The events of these actions that are about the office and no case, in order."""
        wanted = {"actions": actions}
        words = _by_event(self._connection.execute(_WORDS_OF_OFFICE, wanted))
        rows = self._connection.execute(_OF_OFFICE, wanted)
        return [read_event(canonical, words.get(event_id, {})) for event_id, canonical in rows]

    def since(self, event_id: int) -> Iterator[Event]:
        """All events after that number, in order, read piece by piece."""
        last = self.last()
        end = last[0] if last else 0
        for low in range(event_id, end, _CHUNK):
            yield from self._between(low, min(low + _CHUNK, end))

    def by_case(self) -> Iterator[tuple[str, list[Event]]]:
        """Every case with all its events, in the order of the register, read piece by piece."""
        after = 0
        while True:
            case_ids = self._connection.execute(_CASES_AFTER, {"after": after}).scalars().all()
            if not case_ids:
                return
            after = case_ids[-1]
            span = {"low": case_ids[0], "high": after}
            words = _by_event(self._connection.execute(_WORDS_OF_CASES_BETWEEN, span))
            of_case: dict[int, list[Event]] = {case_id: [] for case_id in case_ids}
            for case_id, event_id, canonical in self._connection.execute(_OF_CASES_BETWEEN, span):
                of_case[case_id].append(read_event(canonical, words.get(event_id, {})))
            for case_id, found in of_case.items():
                yield number_of(case_id), found

    def check_chain(self) -> Iterator[Problem]:
        """Every fault of the journal, the first event's first; nothing where it is whole."""
        return check_chain(self._connection)

    def _between(self, low: int, high: int) -> list[Event]:
        span = {"low": low, "high": high}
        words = _by_event(self._connection.execute(_WORDS_BETWEEN, span))
        rows = self._connection.execute(_BETWEEN, span)
        return [read_event(canonical, words.get(event_id, {})) for event_id, canonical in rows]


def read_event(canonical: str, words: Mapping[str, str]) -> Event:
    """The event that a canonical text tells, with its protected words; StorageProblem where it can't be read."""
    try:
        told = json.loads(canonical)
        version = told["version"]
        if version > EVENT_VERSION:
            raise StorageProblem(
                "newer_schema",
                f"第 {told['id']} 号事件由更新版本的程序写入，本版本读不了。",
                "请改用新版本的程序打开。",
            )
        return Event(
            id=told["id"],
            action=told["action"],
            on=date.fromisoformat(told["on"]),
            by=told["by"],
            entered=told["entered"],
            case=told["case"],
            keys=told["keys"],
            protected=words,
            practice=told["practice"],
            version=version,
            disposed=frozenset(told["protected"]) - words.keys(),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StorageProblem(
            "damaged",
            f"办理记录中有一条读不出来：{canonical[:40]}",
            "请运行 verify 查明是哪一条，并从最近的备份恢复。",
        ) from error


def _numbered(event_id: int, event: NewEvent) -> Event:
    return Event(
        id=event_id,
        action=event.action,
        on=event.on,
        by=event.by,
        entered=event.entered,
        case=event.case,
        keys=dict(event.keys),
        protected=dict(event.protected),
        practice=event.practice,
    )


def _by_event(rows: Any) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for event_id, key, words in rows:
        # Words that were lawfully disposed of are gone from the event as well; their digest still stands in it.
        if words is not None:
            found.setdefault(event_id, {})[key] = words
    return found
