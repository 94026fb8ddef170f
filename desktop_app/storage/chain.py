"""Proof that the journal is what it was: every event, every link, every protected word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from desktop_app.domain.events import DIGEST_PREFIX, FIRST_LINK, digest, salted_digest
from desktop_app.domain.losses import RECOVER, Losses, losses_told
from desktop_app.domain.office_records import Problem
from desktop_app.storage.case_ids import number_of
from desktop_app.storage.tables import events, journal_head, protected_words

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_CHUNK = 1000


def check_chain(connection: Connection) -> Iterator[Problem]:
    """Every fault of the journal in the order of its events, read piece by piece; nothing where it is whole.

    An event that was altered and given a fitting digest of its own shows at the next one, which still names
    the old digest; that fault is laid to the earlier of the two.
    """
    expected_id, previous = 1, FIRST_LINK
    owned_up = _losses(connection).events
    for row, words in _rows(connection):
        event_id, _, _, canonical, link = row
        if not owned_up.issuperset(range(expected_id, event_id)):
            yield _problem("event_missing", expected_id, f"缺少第 {expected_id} 至 {event_id - 1} 号事件")
        told = _told(canonical)
        if digest(canonical) != link or told is None:
            yield _problem("event_altered", event_id, f"第 {event_id} 号事件的内容被改动")
        else:
            if told.get("previous") != previous and event_id == expected_id:
                earlier = max(event_id - 1, 1)
                yield _problem(
                    "chain_broken",
                    earlier,
                    f"第 {earlier} 号与第 {event_id} 号事件接不上，其中有一条被改动或插入",
                )
            yield from _check_columns(row, told)
            yield from _check_words(event_id, told, words)
        expected_id, previous = event_id + 1, link
    yield from _check_head(connection, expected_id - 1, previous)


def _losses(connection: Connection) -> Losses:
    told = connection.execute(select(events.c.canonical).where(events.c.action == RECOVER)).scalars()
    return losses_told(content["keys"] for one in told if (content := _told(one)) is not None)


def _rows(connection: Connection) -> Iterator[tuple[Any, dict[str, tuple[str | None, str]]]]:
    after = -1
    while rows := connection.execute(
        select(events.c.id, events.c.case_id, events.c.action, events.c.canonical, events.c.hash)
        .where(events.c.id > after)
        .order_by(events.c.id)
        .limit(_CHUNK)
    ).all():
        words: dict[int, dict[str, tuple[str | None, str]]] = {}
        for event_id, key, text, salt in connection.execute(
            select(
                protected_words.c.event_id,
                protected_words.c.key,
                protected_words.c.words,
                protected_words.c.salt,
            ).where(protected_words.c.event_id > after, protected_words.c.event_id <= rows[-1].id)
        ):
            words.setdefault(event_id, {})[key] = (text, salt)
        after = rows[-1].id
        for row in rows:
            yield row, words.get(row.id, {})


def _told(canonical: str) -> dict[str, Any] | None:
    try:
        told = json.loads(canonical)
    except ValueError:
        return None
    return told if isinstance(told, dict) and isinstance(told.get("protected"), dict) else None


def _check_columns(row: Any, told: dict[str, Any]) -> Iterator[Problem]:
    event_id, case_id, action, _, _ = row
    case = None if case_id is None else number_of(case_id)
    if (told.get("id"), told.get("case"), told.get("action")) != (event_id, case, action):
        yield _problem("event_altered", event_id, f"第 {event_id} 号事件的编号、登记号或事项与其原文不符")


def _check_words(
    event_id: int, told: dict[str, Any], words: dict[str, tuple[str | None, str]]
) -> Iterator[Problem]:
    for key in sorted(told["protected"].keys() | words.keys()):
        if key not in words:
            yield _problem("words_missing", event_id, f"第 {event_id} 号事件缺少受保护内容“{key}”")
            continue
        text, salt = words[key]
        # Words that were lawfully disposed of leave a row without text; their digest stays in the event.
        if text is not None and told["protected"].get(key) != DIGEST_PREFIX + salted_digest(salt, text):
            yield _problem("words_altered", event_id, f"第 {event_id} 号事件的受保护内容“{key}”被改动")


def _check_head(connection: Connection, last_id: int, last_link: str) -> Iterator[Problem]:
    head = connection.execute(
        select(journal_head.c.event_id, journal_head.c.hash).where(journal_head.c.place == 1)
    ).first()
    head_id, head_link = (head[0], head[1]) if head is not None else (0, FIRST_LINK)
    if head_id > last_id:
        yield _problem("event_missing", last_id + 1, f"缺少第 {last_id + 1} 至 {head_id} 号事件")
    elif head_id < last_id:
        yield _problem("event_inserted", head_id + 1, f"第 {head_id + 1} 号事件不是由本程序写入的")
    elif head_link != last_link:
        yield _problem("chain_broken", last_id, f"第 {last_id} 号事件与链尾的记录不符")


def _problem(kind: str, event_id: int, words: str) -> Problem:
    return Problem(kind, f"event {event_id}", f"办理记录：{words}。")
