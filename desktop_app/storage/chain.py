"""Proof that the journal and the access log are what they were: every entry, every link, every protected word."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from desktop_app.domain.events import DIGEST_PREFIX, FIRST_LINK, digest, salted_digest
from desktop_app.domain.losses import RECOVER, Losses, losses_told
from desktop_app.domain.office_records import Problem
from desktop_app.storage.case_ids import number_of
from desktop_app.storage.tables import access_log, events, journal_head, protected_words

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

T = TypeVar("T")
_CHUNK = 1000
_Words = dict[str, tuple[str | None, str]]
_Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chain:
    """One of the two chains. `head` is its row of the table of heads, `title` and `word` how people and problems
    call it; `columns` repeat, under those titles, what the text tells. `title_of` says what an office calls a step."""

    table: Table
    head: int
    title: str
    word: str
    columns: Mapping[str, str]
    title_of: Callable[[str], str] = str

    @property
    def holds_words(self) -> bool:
        """Whether its entries have protected words beside them: those of the journal do."""
        return self.table is events


JOURNAL = Chain(events, 1, "办理记录", "event", {"case_id": "登记号", "action": "事项"})
ACCESS_LOG = Chain(
    access_log,
    2,
    "登录与查看记录",
    "access",
    {"case_id": "登记号", "action": "事项", "by": "用户", "day": "日期"},
)


def check_chain(
    connection: Connection,
    title_of: Callable[[str], str] = str,
    watch: Callable[[int], None] | None = None,
) -> Iterator[Problem]:
    """Every fault of the journal in the order of its events, read piece by piece; nothing where it is whole.

    `watch` is told after each piece which event was reached.
    """
    return _check(connection, replace(JOURNAL, title_of=title_of), losses_of(connection).events, watch)


def check_access_log(connection: Connection, title_of: Callable[[str], str] = str) -> Iterator[Problem]:
    """The same of the access log."""
    return _check(connection, replace(ACCESS_LOG, title_of=title_of), losses_of(connection).entries)


def problem_at(
    chain: Chain, kind: str, number: int, told: Mapping[str, Any] | None, words: str, to: int = 0
) -> Problem:
    """A fault of the entry of that number (or of those to `to`), told with its day, user, step and case."""
    span = f"{number} 至 {to}" if to > number else f"{number}"
    return Problem(
        kind, f"{chain.word} {number}", f"{chain.title}：第 {span} 号{entry_words(told, chain)}{words}。"
    )


def entry_words(told: Mapping[str, Any] | None, chain: Chain) -> str:
    """``（2026-09-24，王敏，交办，2026-0003）``: by what a person finds the entry; empty where nothing is told."""
    if not told:
        return ""
    step = chain.title_of(str(told.get("action", "")))
    parts = (str(told.get("entered", ""))[:10], told.get("by"), step, told.get("case"))
    return f"（{'，'.join(str(part) for part in parts if part)}）"


# ------------------------------------------------------------------ link by link


@dataclass(slots=True)
class _Link:
    """A row with its text read. `whole`: the digest is that of the text."""

    row: Any
    words: _Words
    told: _Told | None
    whole: bool

    @property
    def number(self) -> int | None:
        """The number in the text, which stays where rows are given other places."""
        number = self.told.get("id") if self.told is not None and self.whole else None
        return number if isinstance(number, int) else None

    def follows(self, number: int, previous: str | None) -> bool:
        """Whether this is the entry of that number, and names that link as the one before."""
        return self.number == number and self.told is not None and self.told.get("previous") == previous


@dataclass(slots=True)
class _Standing:
    """How far the chain was followed: the number that comes next, by how much rows stand off their numbers, the last
    link (None after a gap), what its entry told, and whether something was wrong with it."""

    expected: int = 1
    shift: int = 0
    previous: str | None = FIRST_LINK
    before: _Told | None = None
    faulty: bool = False


def _check(
    connection: Connection,
    chain: Chain,
    owned_up: frozenset[int],
    watch: Callable[[int], None] | None = None,
) -> Iterator[Problem]:
    """Along the chain, with a look at the next link: by it an entry that was put in is told from one that was altered.

    After an entry that was put in or taken out the count goes on by the entries' own numbers, so that the first
    fault is not drowned by those that follow from it.
    """
    at = _Standing()
    for link, after in _with_next(_links(connection, chain, watch)):
        place = link.row.id - at.shift
        if place < at.expected or _is_put_in(link, after, at):
            words = "是插进来的，不是由本程序写入的"
            yield problem_at(chain, "event_inserted", link.row.id, link.told, words)
            at.shift += place >= at.expected
            continue
        goes_on = _after_gap(link, after, at)
        if goes_on > at.expected:
            if not owned_up.issuperset(range(at.expected, goes_on)):
                yield _missing(chain, at.expected, goes_on - 1, at.before, link.told)
            at.shift, at.expected, at.previous = link.row.id - goes_on, goes_on, None
        found = list(_check_link(chain, link, after, at))
        yield from found
        at.expected, at.previous = at.expected + 1, link.row.hash
        at.before, at.faulty = link.told, bool(found)
    yield from _check_head(connection, chain, at)


def _is_put_in(link: _Link, after: _Link | None, at: _Standing) -> bool:
    """Whether it is the next row that belongs here."""
    return at.previous is not None and after is not None and after.follows(at.expected, at.previous)


def _after_gap(link: _Link, after: _Link | None, at: _Standing) -> int:
    """The number at which the chain goes on: the expected one where nothing is missing before this row.

    Whoever takes entries out may give the rest their places; then only the numbers in their texts tell of it.
    """
    number, place = link.number, int(link.row.id) - at.shift
    if number is not None and number > at.expected and place == at.expected:
        goes_on = after is None or after.follows(number + 1, link.row.hash)
        return number if goes_on else at.expected
    return place


def _check_link(chain: Chain, link: _Link, after: _Link | None, at: _Standing) -> Iterator[Problem]:
    """The entry itself, and whether it goes on from the one before."""
    number, told = at.expected, link.told
    if not link.whole or told is None:
        fits = after is not None and after.follows(number + 1, digest(link.row.canonical))
        words = "的校验值被改动" if fits else "的内容被改动"
        yield problem_at(chain, "event_altered", number, told, words)
        return
    differing = ["编号"] * (told.get("id") != number)
    differing += [
        title for name, title in chain.columns.items() if _column(link.row, name) != _told(told, name)
    ]
    elsewhere = told.get("id") != number or at.faulty or at.previous is None
    if not elsewhere and told.get("previous") != at.previous:
        # One that was altered and given a fitting digest shows at the next, which still names the old digest:
        # that fault is laid to the earlier of the two.
        words = f"与第 {number} 号接不上，其中有一条被改动或插入"
        yield problem_at(chain, "chain_broken", max(number - 1, 1), at.before or told, words)
    if differing:
        yield problem_at(chain, "event_altered", number, told, f"的{'、'.join(differing)}与其原文不符")
    if chain.holds_words:
        yield from _check_words(chain, number, told, link.words)


def _column(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return number_of(value) if name == "case_id" and value is not None else value


def _told(told: _Told, name: str) -> Any:
    if name == "case_id":
        return told.get("case")
    return str(told.get("entered"))[:10] if name == "day" else told.get(name)


def _check_words(chain: Chain, number: int, told: _Told, words: _Words) -> Iterator[Problem]:
    for key in sorted(told["protected"].keys() | words.keys()):
        if key not in words:
            yield problem_at(chain, "words_missing", number, told, f"缺少受保护内容“{key}”")
            continue
        text, salt = words[key]
        # Words that were lawfully disposed of leave a row without text; their digest stays in the event.
        if text is not None and told["protected"].get(key) != DIGEST_PREFIX + salted_digest(salt, text):
            yield problem_at(chain, "words_altered", number, told, f"的受保护内容“{key}”被改动")


def _missing(chain: Chain, low: int, high: int, before: _Told | None, after: _Told | None) -> Problem:
    there = [
        f"{side}一条是{entry_words(told, chain).strip('（）')}"
        for side, told in (("前", before), ("后", after))
        if told
    ]
    beside = f"（{'；'.join(there)}）" if there else ""
    return problem_at(chain, "event_missing", low, None, f"缺失{beside}", high)


def _check_head(connection: Connection, chain: Chain, at: _Standing) -> Iterator[Problem]:
    head = connection.execute(
        select(journal_head.c.event_id, journal_head.c.hash).where(journal_head.c.place == chain.head)
    ).first()
    head_id, head_link = (head[0], head[1]) if head is not None else (0, FIRST_LINK)
    last = at.expected - 1
    if head_link == at.previous and head_id in (last, last + at.shift):
        return
    if head_id > last:
        yield _missing(chain, last + 1, head_id, at.before, None)
    elif head_id < last:
        words = "不是由本程序写入的"
        yield problem_at(chain, "event_inserted", head_id + 1, None, words, last)
    else:
        yield problem_at(chain, "chain_broken", last, at.before, "与链尾的记录不符")


# ------------------------------------------------------------------ reading


def losses_of(connection: Connection) -> Losses:
    """What the office owned up to have lost for good."""
    texts = connection.execute(select(events.c.canonical).where(events.c.action == RECOVER)).scalars()
    return losses_told(told["keys"] for one in texts if (told := _read(one, JOURNAL)) is not None)


def _links(connection: Connection, chain: Chain, watch: Callable[[int], None] | None) -> Iterator[_Link]:
    table = chain.table
    after: int | None = None
    while True:
        asked = select(table).order_by(table.c.id).limit(_CHUNK)
        rows = connection.execute(asked if after is None else asked.where(table.c.id > after)).all()
        if not rows:
            return
        words = _words(connection, rows[0].id, rows[-1].id) if chain.holds_words else {}
        for row in rows:
            whole = digest(row.canonical) == row.hash
            yield _Link(row, words.get(row.id, {}), _read(row.canonical, chain), whole)
        after = rows[-1].id
        if watch is not None:
            watch(after)


def _words(connection: Connection, low: int, high: int) -> dict[int, _Words]:
    columns = protected_words.c
    asked = select(columns.event_id, columns.key, columns.words, columns.salt).where(
        columns.event_id.between(low, high)
    )
    words: dict[int, _Words] = {}
    for event_id, key, text, salt in connection.execute(asked):
        words.setdefault(event_id, {})[key] = (text, salt)
    return words


def _read(canonical: str, chain: Chain) -> _Told | None:
    try:
        told = json.loads(canonical)
    except ValueError:
        return None
    if not isinstance(told, dict) or (chain.holds_words and not isinstance(told.get("protected"), dict)):
        return None
    return told


def _with_next(links: Iterable[T]) -> Iterator[tuple[T, T | None]]:
    """Each with the one after it, the last with None."""
    waiting: T | None = None
    for link in links:
        if waiting is not None:
            yield waiting, link
        waiting = link
    if waiting is not None:
        yield waiting, None
